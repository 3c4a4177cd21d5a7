"""What each line of a text dump is, once the body and the title are known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.extract.dump_bylines import find_byline_names
from tasks.extract.dump_lines import Line
from tasks.extract.dump_titles import Title
from tasks.extract.evidence import BlockKind, DateKind

_HASHTAG = re.compile(r"[#＃]\s?(\w[\w-]*)")
_HASHTAG_LINE = re.compile(r"(?:[#＃]\s?\w[\w-]*[\s,;·|]*)+")
_LANGUAGE_SWITCH = re.compile(r"\s[A-Z]{2}(?:\s*[|/]?\s*[A-Z]{2})*$")
_FURNITURE = frozenset({"share", "subscribe", "consent", "legal", "comments"})
_MAX_REPEATS_IN_BODY = 3
# How far the head of an article goes down: its lead, byline and date may stand in any order.
_HEAD_LINES = 12
_HEAD_WORDS = 80.0
_CLOSE = 3
_TAIL_LINES = 5
_LEAD_WORDS = 6.0


@dataclass(frozen=True, slots=True)
class Label:
    """What a line was taken for and the rule that says so.

    Attributes:
        kind: what it is. reason: the rule's name (docs/text-dumps.md lists them).
        names: authors that it names.
        tags: the keywords that it gives.
        date_kind: what a date on it is the date of.
    """

    kind: BlockKind
    reason: str
    names: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    date_kind: DateKind = DateKind.UNKNOWN


def label_lines(
    lines: Sequence[Line], scores: Sequence[float], in_body: Sequence[bool], title: Title | None
) -> list[Label]:
    """Labels every line.

    Args:
        lines: the dump's lines.
        scores: their prose scores.
        in_body: which lines were taken for the body.
        title: the title, where one was found.
    """
    top = title.index if title else -1
    body = [at for at, inside in enumerate(in_body) if inside and at > top]
    if not body:
        return [_without_article(line) for line in lines]
    first, last = body[0], body[-1]
    head_end = _head_end(lines, max(top, first - _HEAD_LINES - 1), first, last)
    has_stamp = any(line.is_stamp for line in lines[top + 1 : head_end + 1])
    labels: list[Label] = []
    tail = _Tail()
    for at, line in enumerate(lines):
        if title and (at == top or line.content.casefold() == lines[top].content.casefold()):
            labels.append(Label(BlockKind.TITLE, title.reason if at == top else "title_again"))
        elif at < top or (title is None and at < first - _HEAD_LINES):
            labels.append(_above(line, top - at, has_stamp=has_stamp))
        elif at <= head_end and not (in_body[at] and scores[at] > 0):
            labels.append(_head(line, scores[at], is_above_body=at < first))
        elif at <= last:
            labels.append(_inside(line, scores[at]) if in_body[at] else _gap(line))
        else:
            labels.append(tail.label(line, has_stamp=has_stamp))
    return labels


def _without_article(line: Line) -> Label:
    return Label(BlockKind.MENU, "no_article", date_kind=DateKind.UNKNOWN)


def _head_end(lines: Sequence[Line], top: int, first: int, last: int) -> int:
    """Finds the last line of the article's head: a byline or a date above or under its lead."""
    end = first - 1
    words = 0.0
    for at in range(top + 1, min(first + _HEAD_LINES, last + 1)):
        line = lines[at]
        if at >= first:
            words += line.weight if line.ends_sentence else 0.0
        if words > _HEAD_WORDS:
            break
        if line.is_stamp or "byline" in line.subjects:
            end = max(end, at)
    return end


def _above(line: Line, distance: int, *, has_stamp: bool) -> Label:
    if not line.is_stamp:
        return Label(BlockKind.MENU, "above_title", date_kind=DateKind.PAGE_CLOCK)
    if _LANGUAGE_SWITCH.search(line.text):
        return Label(BlockKind.PAGE_CLOCK, "clock_with_language", date_kind=DateKind.PAGE_CLOCK)
    if has_stamp or not 0 < distance <= _CLOSE:
        return Label(BlockKind.PAGE_CLOCK, "clock_above_title", date_kind=DateKind.PAGE_CLOCK)
    return Label(BlockKind.DATE, "date_over_title", date_kind=DateKind.PUBLISHED)


def _head(line: Line, score: float, *, is_above_body: bool) -> Label:
    names = find_byline_names(line, is_near_title=True)
    if line.is_stamp:
        return Label(BlockKind.DATE, "date_by_title", names, date_kind=DateKind.PUBLISHED)
    if names:
        return Label(BlockKind.BYLINE, "name_by_title", names, date_kind=DateKind.PUBLISHED)
    if "caption" in line.subjects:
        return Label(BlockKind.CAPTION, "picture_credit", date_kind=DateKind.EVENT)
    is_lead = score >= 0 and line.weight >= _LEAD_WORDS and not line.subjects
    if is_lead and is_above_body:
        return Label(BlockKind.LEAD, "prose_under_title", date_kind=DateKind.EVENT)
    return Label(BlockKind.BOILERPLATE, "under_title", date_kind=DateKind.PUBLISHED)


def _inside(line: Line, score: float) -> Label:
    if line.is_bare:
        return Label(BlockKind.BOILERPLATE, "bare_mark")
    if "caption" in line.subjects and score < 2:
        return Label(BlockKind.CAPTION, "picture_credit", date_kind=DateKind.EVENT)
    if score >= 0:
        return Label(BlockKind.BODY, "prose", date_kind=DateKind.EVENT)
    if "advertisement" in line.subjects:
        return Label(BlockKind.BOILERPLATE, "advertisement")
    if line.subjects & {"inline_link", "related_heading"}:
        return Label(BlockKind.RELATED, "inline_link", date_kind=DateKind.RELATED)
    if line.subjects & _FURNITURE:
        return Label(BlockKind.BOILERPLATE, "furniture_word")
    if line.is_stamp:
        return Label(BlockKind.DATE, "date_in_body", date_kind=DateKind.RELATED)
    if line.repeats >= _MAX_REPEATS_IN_BODY:
        return Label(BlockKind.BOILERPLATE, "repeated_line")
    return Label(BlockKind.BODY, "between_prose", date_kind=DateKind.EVENT)


def _gap(line: Line) -> Label:
    if line.is_stamp:
        return Label(BlockKind.DATE, "date_in_gap", date_kind=DateKind.RELATED)
    if "caption" in line.subjects:
        return Label(BlockKind.CAPTION, "picture_credit", date_kind=DateKind.EVENT)
    if line.subjects & {"inline_link", "related_heading"}:
        return Label(BlockKind.RELATED, "related_heading", date_kind=DateKind.RELATED)
    return Label(BlockKind.BOILERPLATE, "gap_in_body", date_kind=DateKind.RELATED)


class _Tail:
    """Labels the lines after the body, in order: what ends the article, then other stories."""

    def __init__(self) -> None:
        self._passed = 0
        self._is_over = False
        self._has_names = False
        self._has_comments = False

    def label(self, line: Line, *, has_stamp: bool) -> Label:
        hashtags = _HASHTAG_LINE.fullmatch(line.text)
        if hashtags:
            return Label(BlockKind.TAGS, "hashtags", tags=tuple(_HASHTAG.findall(line.text)))
        self._has_comments |= "comments" in line.subjects
        if line.subjects & {"related_heading", "comments", "menu"} or line.is_bare:
            self._is_over = True
        is_near = not self._is_over and self._passed < _TAIL_LINES
        self._passed += not line.subjects & {"share", "tags_heading", "source"}
        if line.is_stamp:
            return self._label_date(line, is_near=is_near, has_stamp=has_stamp)
        names = find_byline_names(line, is_near_title=is_near) if is_near else ()
        if names and not self._has_names:
            self._has_names = True
            return Label(BlockKind.BYLINE, "name_after_body", names)
        if "related_heading" in line.subjects:
            return Label(BlockKind.RELATED, "related_heading", date_kind=DateKind.RELATED)
        if line.subjects & _FURNITURE or line.is_bare:
            return Label(BlockKind.BOILERPLATE, "furniture_word", date_kind=DateKind.RELATED)
        if "menu" in line.subjects:
            return Label(BlockKind.MENU, "menu_word", date_kind=DateKind.RELATED)
        return Label(BlockKind.RELATED, "after_body", date_kind=DateKind.RELATED)

    def _label_date(self, line: Line, *, is_near: bool, has_stamp: bool) -> Label:
        if self._has_comments:
            return Label(BlockKind.RELATED, "date_of_comment", date_kind=DateKind.COMMENT)
        if not is_near:
            return Label(BlockKind.RELATED, "date_of_related", date_kind=DateKind.RELATED)
        self._is_over = True
        kind = DateKind.UNKNOWN if has_stamp else DateKind.PUBLISHED
        return Label(BlockKind.DATE, "date_after_body", date_kind=kind)
