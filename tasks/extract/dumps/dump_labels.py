"""What each line of a text dump is, once the body and the title are known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.extract.dumps.dump_bylines import (
    Byline,
    find_author_note,
    find_byline,
    is_person_name,
)
from tasks.extract.dumps.dump_lines import Line
from tasks.extract.dumps.dump_titles import Title
from tasks.extract.evidence import BlockKind, DateKind
from tasks.printed.ticker_lines import is_ticker_line

# Rules that other modules ask for by name.
PROSE = "prose"
UNDER_TITLE = "under_title"
FURNITURE = frozenset({"share", "subscribe", "consent", "legal", "comments", "advertisement"})
# How far under its title an article's head goes: lead, byline and date may stand in any order.
HEAD_LINES = 12
_HEAD_WORDS = 80.0
# A date up to so many lines above the title may be the article's.
_CLOSE = 3
_NO_LEAD = FURNITURE | {"related_heading", "inline_link", "menu", "source"}
_LEAD_WORDS = 6.0
# A caption with more evidence of prose than this is a paragraph that names a photographer.
_CAPTION_SCORE = 2.0
_MAX_REPEATS_IN_BODY = 3
_NOTE_LINES = 6
MAX_TICKER_WORDS = 24.0
_LINKS = frozenset({"inline_link", "related_heading"})
_LINKING = frozenset({"inline_link", "inline_link_title"})
_LINK_WORDS = 4.0
# "28 March 2024 / 22:36 RU": a clock beside the switch to another language is the page's.
_LANGUAGE_SWITCH = re.compile(
    r"\s(?:AR|AZ|BG|CN|DE|EL|EN|ES|FA|FR|GE|GR|HE|HR|HY|IT|KA|KK|KZ|PL|PT|RO|RU|SR|TR|UA|UK|UZ|ZH)$"
)


@dataclass(frozen=True, slots=True)
class Label:
    """What a line was taken for and the rule that says so.

    Attributes:
        kind: what it is.
        reason: the rule's name (docs/text-dumps.md lists them).
        byline: authors that it names.
        tags: keywords that it gives.
        date_kind: what a date on it is the date of.
    """

    kind: BlockKind
    reason: str
    byline: Byline | None = None
    tags: tuple[str, ...] = ()
    date_kind: DateKind = DateKind.UNKNOWN


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the parts of the article lie, as indices of lines.

    Attributes:
        title: the title's line, -1 where there is none.
        first, last: the body's first and last line.
        head_end: the last line of the head; it may lie behind the first of the body, a lead.
        note: where a note about the author begins, None where there is none.
        has_stamp: the head holds the article's date.
    """

    title: int
    first: int
    last: int
    head_end: int
    note: int | None
    has_stamp: bool


def find_frame(lines: Sequence[Line], in_body: Sequence[bool], title: Title | None) -> Frame | None:
    """Finds the parts of the article; None where there is no body.

    Args:
        lines: the dump's lines.
        in_body: which lines were taken for the body.
        title: the title, where one was found.
    """
    top = title.index if title else -1
    body = [at for at, inside in enumerate(in_body) if inside and at > top]
    if not body:
        return None
    first, last = body[0], body[-1]
    note = find_author_note(lines, body[-_NOTE_LINES:][0], last + _NOTE_LINES)
    if note is not None and first < note <= last:
        last = note - 1
    above = top if title else max(-1, first - HEAD_LINES - 1)
    head_end = _head_end(lines, above, first, last)
    has_stamp = any(line.is_stamp for line in lines[above + 1 : head_end + 1])
    return Frame(top, first, last, head_end, note, has_stamp)


def _head_end(lines: Sequence[Line], above: int, first: int, last: int) -> int:
    """Finds the last line of the article's head: a byline or a date over or under its lead."""
    end = first - 1
    words = 0.0
    for at in range(above + 1, min(first + HEAD_LINES, last + 1)):
        line = lines[at]
        if at >= first and line.ends_sentence and not line.is_item:
            words += line.weight
        if words > _HEAD_WORDS:
            break
        is_name = at <= first + _CLOSE and is_person_name(line.content) and find_byline(line)
        if line.is_stamp or "byline" in line.subjects or is_name:
            end = max(end, at)
    return end


def label_article(
    lines: Sequence[Line],
    scores: Sequence[float],
    in_body: Sequence[bool],
    title: Title | None,
    frame: Frame,
) -> list[Label]:
    """Labels the lines down to the end of the body.

    Args:
        lines: the dump's lines.
        scores: their prose scores.
        in_body: which lines were taken for the body.
        title: the title, where one was found.
        frame: the parts of the article.
    """
    headline = lines[title.index].content.casefold() if title else None
    labels = []
    for at in range(frame.last + 1):
        line = lines[at]
        if title and line.content.casefold() == headline:
            reason = title.reason if at == title.index else "title_again"
            labels.append(Label(BlockKind.TITLE, reason))
        elif at < frame.title or (frame.title < 0 and at < frame.first - HEAD_LINES):
            labels.append(_above(line, frame.title - at, has_stamp=frame.has_stamp))
        elif at <= frame.head_end and not (in_body[at] and scores[at] > 0):
            above = lines[at - 1] if at else None
            labels.append(_head(line, scores[at], above, is_above_body=at < frame.first))
        elif in_body[at]:
            labels.append(_inside(line, scores[at], labels[-1] if labels else None))
        else:
            labels.append(_gap(line))
    return labels


def _above(line: Line, distance: int, *, has_stamp: bool) -> Label:
    if line.weight <= MAX_TICKER_WORDS and is_ticker_line(line.text):
        return Label(BlockKind.TICKER, "currency_rates")
    if not line.is_stamp:
        return Label(BlockKind.MENU, "above_title", date_kind=DateKind.PAGE_CLOCK)
    if _LANGUAGE_SWITCH.search(line.text):
        return Label(BlockKind.PAGE_CLOCK, "clock_with_language", date_kind=DateKind.PAGE_CLOCK)
    byline = find_byline(line) if "byline" in line.subjects else None
    if byline and not has_stamp:
        return Label(BlockKind.BYLINE, "byline_over_title", byline, date_kind=DateKind.PUBLISHED)
    if has_stamp or not 0 < distance <= _CLOSE:
        return Label(BlockKind.PAGE_CLOCK, "clock_above_title", date_kind=DateKind.PAGE_CLOCK)
    return Label(BlockKind.DATE, "date_over_title", date_kind=DateKind.PUBLISHED)


def _head(line: Line, score: float, above: Line | None, *, is_above_body: bool) -> Label:
    byline = find_byline(line, above)
    if line.is_stamp:
        return Label(BlockKind.DATE, "date_by_title", byline, date_kind=DateKind.PUBLISHED)
    if byline:
        return Label(BlockKind.BYLINE, "name_by_title", byline, date_kind=DateKind.PUBLISHED)
    if "caption" in line.subjects:
        return Label(BlockKind.CAPTION, "picture_credit", date_kind=DateKind.EVENT)
    is_lead = score >= 0 and line.weight >= _LEAD_WORDS and not line.subjects & _NO_LEAD
    if is_lead and is_above_body:
        return Label(BlockKind.LEAD, "prose_under_title", date_kind=DateKind.EVENT)
    kind = DateKind.UNKNOWN if line.weight <= HEAD_LINES else DateKind.EVENT
    return Label(BlockKind.BOILERPLATE, UNDER_TITLE, date_kind=kind)


def _inside(line: Line, score: float, above: Label | None) -> Label:
    if line.is_bare:
        return Label(BlockKind.BOILERPLATE, "bare_mark")
    if "caption" in line.subjects and score < _CAPTION_SCORE:
        return Label(BlockKind.CAPTION, "picture_credit", date_kind=DateKind.EVENT)
    if score >= 0:
        return Label(BlockKind.BODY, PROSE, date_kind=DateKind.EVENT)
    return _foreign(line, above) or Label(BlockKind.BODY, "between_prose", date_kind=DateKind.EVENT)


def _foreign(line: Line, above: Label | None) -> Label | None:
    """Labels what stands between paragraphs and is none of the article's."""
    if line.subjects & _LINKS:
        return Label(BlockKind.RELATED, "inline_link", date_kind=DateKind.RELATED)
    if line.subjects & FURNITURE:
        return Label(BlockKind.BOILERPLATE, "furniture_word")
    if line.is_stamp:
        return Label(BlockKind.DATE, "date_in_body", date_kind=DateKind.RELATED)
    if above and above.reason in _LINKING and line.weight >= _LINK_WORDS:
        return Label(BlockKind.RELATED, "inline_link_title", date_kind=DateKind.RELATED)
    if line.repeats >= _MAX_REPEATS_IN_BODY:
        return Label(BlockKind.BOILERPLATE, "repeated_line")
    return None


def _gap(line: Line) -> Label:
    if line.is_stamp:
        return Label(BlockKind.DATE, "date_in_gap", date_kind=DateKind.RELATED)
    if "caption" in line.subjects:
        return Label(BlockKind.CAPTION, "picture_credit", date_kind=DateKind.EVENT)
    if line.subjects & _LINKS:
        return Label(BlockKind.RELATED, "inline_link", date_kind=DateKind.RELATED)
    return Label(BlockKind.BOILERPLATE, "gap_in_body", date_kind=DateKind.RELATED)
