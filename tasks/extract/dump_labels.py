"""What each line of a text dump is, once the body and the title are known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.extract.dump_bylines import find_byline_names
from tasks.extract.dump_lines import Line
from tasks.extract.dump_titles import Title
from tasks.extract.evidence import BlockKind, DateKind

_HASHTAG = re.compile(r"#\s?(\w[\w-]*)")
_HASHTAG_LINE = re.compile(r"(?:[#＃]\s?\w[\w-]*[\s,]*)+")
_MAX_REPEATS_IN_BODY = 3


@dataclass(frozen=True, slots=True)
class Label:
    """What a line was taken for and the rule that says so.

    Attributes:
        kind: what it is. reason: the rule's name (docs/text-dumps.md lists them).
        names: authors that it names.
        tag: the keyword that it gives.
        date_kind: what a date on it is the date of.
    """

    kind: BlockKind
    reason: str
    names: tuple[str, ...] = ()
    tag: str | None = None
    date_kind: DateKind = DateKind.UNKNOWN


def label_lines(
    lines: Sequence[Line],
    scores: Sequence[float],
    in_body: Sequence[bool],
    stamps: Sequence[bool],
    title: Title | None,
) -> list[Label]:
    """Labels every line."""
    body = [i for i, inside in enumerate(in_body) if inside and (title is None or i > title.index)]
    first = body[0] if body else len(lines)
    last = body[-1] if body else len(lines)
    labels = []
    for index, line in enumerate(lines):
        if title and index == title.index:
            labels.append(Label(BlockKind.TITLE, title.reason))
        elif title and line.content.casefold() == title.text.casefold():
            labels.append(Label(BlockKind.TITLE, "title_again"))
        elif in_body[index] and first <= index <= last:
            labels.append(_in_body(line, scores[index], stamps[index]))
        elif first < index < last:
            labels.append(_in_gap(line, stamps[index]))
        elif index < first:
            above = title is not None and index < title.index
            labels.append(
                _above(line, stamps[index])
                if above
                else _under_title(line, scores[index], stamps[index])
            )
        else:
            labels.append(_below(line, stamps[index], index - last))
    return labels


def _in_body(line: Line, score: float, stamp: bool) -> Label:
    if "advertisement" in line.subjects and score < 0:
        return Label(BlockKind.BOILERPLATE, "advertisement")
    if "inline_link" in line.subjects and score < 1:
        return Label(BlockKind.RELATED, "inline_link")
    if line.subjects & {"share", "subscribe", "consent", "legal", "comments"} and score < 0:
        return Label(BlockKind.BOILERPLATE, "furniture_word")
    if "caption" in line.subjects and score < 2:
        return Label(BlockKind.CAPTION, "picture_credit")
    if stamp and score < 0:
        return Label(BlockKind.DATE, "date_in_body", date_kind=DateKind.UNKNOWN)
    if line.repeats >= _MAX_REPEATS_IN_BODY and score < 0:
        return Label(BlockKind.BOILERPLATE, "repeated_line")
    if line.is_bare:
        return Label(BlockKind.BOILERPLATE, "bare_mark")
    if score >= 0:
        return Label(BlockKind.BODY, "prose", date_kind=DateKind.EVENT)
    return Label(BlockKind.BODY, "between_prose", date_kind=DateKind.EVENT)


def _in_gap(line: Line, stamp: bool) -> Label:
    if stamp:
        return Label(BlockKind.DATE, "date_in_gap", date_kind=DateKind.RELATED)
    if "caption" in line.subjects:
        return Label(BlockKind.CAPTION, "picture_credit")
    if "related_heading" in line.subjects or "inline_link" in line.subjects:
        return Label(BlockKind.RELATED, "related_heading")
    return Label(BlockKind.BOILERPLATE, "gap_in_body", date_kind=DateKind.RELATED)


def _above(line: Line, stamp: bool) -> Label:
    if stamp:
        return Label(BlockKind.PAGE_CLOCK, "date_above_title", date_kind=DateKind.PAGE_CLOCK)
    return Label(BlockKind.MENU, "above_title", date_kind=DateKind.PAGE_CLOCK)


def _under_title(line: Line, score: float, stamp: bool) -> Label:
    names = find_byline_names(line, is_near_title=True)
    if stamp:
        return Label(BlockKind.DATE, "date_by_title", names=names, date_kind=_stamp_kind(line))
    if names:
        return Label(BlockKind.BYLINE, "name_by_title", names=names)
    if "caption" in line.subjects:
        return Label(BlockKind.CAPTION, "picture_credit")
    if score >= 0 and line.weight >= 6 and not line.subjects:
        return Label(BlockKind.LEAD, "prose_under_title")
    return Label(BlockKind.BOILERPLATE, "under_title")


def _stamp_kind(line: Line) -> DateKind:
    return (
        DateKind.MODIFIED
        if "modified" in line.subjects and "published" not in line.subjects
        else DateKind.PUBLISHED
    )


def _below(line: Line, stamp: bool, distance: int) -> Label:
    hashtags = _HASHTAG_LINE.fullmatch(line.text)
    if hashtags:
        return Label(BlockKind.TAGS, "hashtags", tag=_HASHTAG.search(line.text)[1])
    if stamp:
        near = distance <= 4
        return Label(
            BlockKind.DATE if near else BlockKind.RELATED,
            "date_after_body" if near else "date_of_related",
            date_kind=_stamp_kind(line) if near else DateKind.RELATED,
        )
    if distance <= 3 and (names := find_byline_names(line, is_near_title=True)):
        return Label(BlockKind.BYLINE, "name_after_body", names=names)
    if "related_heading" in line.subjects:
        return Label(BlockKind.RELATED, "related_heading")
    if line.subjects & {
        "share",
        "subscribe",
        "legal",
        "menu",
        "comments",
        "consent",
        "advertisement",
    }:
        return Label(BlockKind.BOILERPLATE, "furniture_word")
    return Label(BlockKind.RELATED, "after_body", date_kind=DateKind.RELATED)
