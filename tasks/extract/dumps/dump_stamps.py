"""The dates of a text dump: which line each stands on, and what that makes it the date of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from schemas.date_sources import DateSource
from tasks.extract.dates.date_labels import label_kind
from tasks.extract.dumps.dump_labels import UNDER_TITLE, Label
from tasks.extract.dumps.dump_lines import Line
from tasks.extract.dumps.dump_phrases import find_subjects, split_words
from tasks.extract.evidence import BlockKind, DateClue, DateKind
from tasks.printed.dates.date_shapes import DateSpan, find_dates, fold

# "BAKU, 7 May 2024 (Agency) —": how far the date of a dateline may stand from the start.
_DATELINE_CHARS = 60
_AFTER_DATELINE = re.compile(
    r"[\s.,/)]*(?:(?:\([^()]{1,40}\)|/[^/]{1,30}/)[\s.]*+)?(?:[:–—]|-{1,2}\s)"
)
# "7 May 2024. The mill ...", "(7 May 2024) The mill ...", "Desk / 7 May 2024 The mill ...": a day
# before a sentence that begins without it.
_BEFORE_LEAD = re.compile(r"(?:[^\W\d_][\w.-]*+[\s,]*+){0,3}[(/|]\s*|\(?")
_LEAD = re.compile(r"[.)\s]*\s[\"'“„«‚‘»]?(?=[^\W\d_a-zß-ÿа-я])")
# "(A. Reporter, agency, 7 May 2024)" closes an article: names before the day, no label.
_BEFORE_SIGNED_DAY = re.compile(r"[(\[](?:[^()\[\]\d:]{2,120}[,/;|]\s*)$")
_AFTER_SIGNED_DAY = re.compile(r"\s*[)\]][\s.]*")
_SIGN_OFF_CHARS = 160
_HOUR = re.compile(r"(?<![\d.:])(?:[01]?\d|2[0-3])[:.][0-5]\d(?![\d.:])")
_ARTICLE_KINDS = frozenset({BlockKind.LEAD, BlockKind.BODY})
_AGREEING = (DateKind.PUBLISHED, DateKind.UNKNOWN)
_VOTING = frozenset({DateKind.PUBLISHED, DateKind.MODIFIED, DateKind.UNKNOWN})
_ANYWHERE = frozenset({DateKind.RELATED, DateKind.PAGE_CLOCK, DateKind.UNKNOWN, DateKind.MODIFIED})
# A post on a social network: "A. Reporter (@reporter) 7 May 2024".
_HANDLE = re.compile(r"\(@\w+\)")


@dataclass(frozen=True, slots=True)
class _Printed:
    """A printed date, the line and the label that it stands under, and the clue that it gives."""

    date: DateSpan
    line: Line
    label: Label
    clue: DateClue


def collect_dump_dates(lines: Sequence[Line], labels: Sequence[Label]) -> tuple[DateClue, ...]:
    """Collects every date of a dump with its line and what the line's position says of it.

    Where no position is the publication's, what a stamp says of itself counts wherever it stands:
    "Published on", a byline; and a page that prints one day only has no other story's.
    The date of a dateline is a clue of source `dateline`, all others are of source `line`.
    """
    printed = list(_printed_dates(lines, labels))
    clues = [found.clue for found in printed]
    if _has_hour_alone(lines, labels):
        clues = [_of_today(clue) for clue in clues]
    if not any(clue.kind is DateKind.PUBLISHED for clue in clues):
        why, chosen = _stamp_elsewhere(printed)
        # By identity: a dump may print a date on each of its lines.
        known = {id(found) for found in chosen}
        clues = [
            _as_published(found.clue, why) if id(found) in known else found.clue
            for found in printed
        ]
    return tuple(clues)


def _printed_dates(lines: Sequence[Line], labels: Sequence[Label]) -> Iterator[_Printed]:
    pairs = list(zip(lines, labels, strict=True))
    article = [line for line, label in pairs if label.kind in _ARTICLE_KINDS]
    for line, label in pairs:
        is_first = bool(article) and line is article[0]
        for date, clue in _line_clues(line, label, is_first=is_first):
            yield _Printed(date, line, label, clue)
        if article and line is article[-1] and (signed := _signed_day(line)):
            clue = DateClue(
                text=signed.text,
                source=DateSource.LINE,
                position=f"line {line.number}, in the sign-off",
                kind=DateKind.PUBLISHED,
                line=line.number,
            )
            yield _Printed(signed, line, label, clue)


def _has_hour_alone(lines: Sequence[Line], labels: Sequence[Label]) -> bool:
    """Says whether the head prints "Published 14:10" and no day: it was on the page's own day."""
    pairs = list(zip(lines, labels, strict=True))
    if any(label.date_kind is DateKind.PUBLISHED and line.is_stamp for line, label in pairs):
        return False
    return any(
        _HOUR.search(line.text) and "published" in _subjects_anywhere(line.text)
        for line, label in pairs
        if label.reason == UNDER_TITLE and not line.dates
    )


def _of_today(clue: DateClue) -> DateClue:
    if clue.kind is not DateKind.PAGE_CLOCK:
        return clue
    return _as_published(clue, "the page's day, with an hour alone by the title")


def _as_published(clue: DateClue, why: str) -> DateClue:
    return replace(clue, kind=DateKind.PUBLISHED, position=f"{clue.position}, {why}")


def _line_clues(line: Line, label: Label, *, is_first: bool) -> Iterator[tuple[DateSpan, DateClue]]:
    end = 0
    for date in line.dates:
        before = line.text[end : date.start]
        kind, source = label.date_kind, DateSource.LINE
        if kind in _VOTING:
            told = _kind_by_words(before)
            # What only agrees with the article's own stamp does not become a second one.
            kind = kind if told is None or (told, kind) == _AGREEING else told
            if "print_edition" in line.subjects:
                kind = DateKind.PRINT_EDITION
            elif end and not before:
                kind = DateKind.MODIFIED  # glued behind the publication: the day of a change
        elif label.kind in _ARTICLE_KINDS and is_first and _is_dateline(line, date):
            kind, source = DateKind.PUBLISHED, DateSource.DATELINE
        clue = DateClue(
            text=date.text,
            source=source,
            position=f"line {line.number}",
            kind=kind,
            line=line.number,
        )
        yield date, clue
        end = date.end


def _kind_by_words(before: str) -> DateKind | None:
    """Reads "Updated" or "Published" off what stands before a date."""
    if _HANDLE.search(before) or label_kind(fold(before)) is DateKind.EVENT:
        return DateKind.EVENT  # of a post that the article shows, of a registration
    subjects = _subjects_anywhere(before)
    if "modified" in subjects:
        return DateKind.MODIFIED
    return DateKind.PUBLISHED if "published" in subjects else None


def _subjects_anywhere(text: str) -> set[str]:
    """Returns the subjects of a line that prints several things side by side."""
    words = split_words(text)
    return {subject for at in range(len(words)) for subject in find_subjects(words[at:], text)}


def _is_dateline(line: Line, date: DateSpan) -> bool:
    if date.start >= _DATELINE_CHARS:
        return False
    if _AFTER_DATELINE.match(line.text, date.end):
        return True
    return (
        date.is_full
        and _BEFORE_LEAD.fullmatch(line.text, 0, date.start) is not None
        and _LEAD.match(line.text, date.end) is not None
    )


def _signed_day(line: Line) -> DateSpan | None:
    """Finds the day in the brackets that close an article behind its authors' names."""
    tail = line.text[-_SIGN_OFF_CHARS:]
    for date in find_dates(tail):
        if (
            date.is_full
            and _BEFORE_SIGNED_DAY.search(tail[: date.start])
            and _AFTER_SIGNED_DAY.fullmatch(tail, date.end)
        ):
            return date
    return None


def _stamp_elsewhere(printed: Sequence[_Printed]) -> tuple[str, list[_Printed]]:
    """Finds the stamps that are the article's although they stand far from it, and why."""
    stamps = [found for found in printed if found.line.is_stamp and found.date.is_full]
    for why, likely in (
        ("labelled so", [found for found in stamps if _label_of(found) is DateKind.PUBLISHED]),
        ("beside the author", [found for found in stamps if _is_by_author(found)]),
        ("the only day", _of_any_position(printed, stamps)),
    ):
        if likely:
            is_one = len({_day_key(found.date) for found in likely}) == 1
            return (why, likely) if is_one else ("", [])
    return "", []


def _of_any_position(printed: Sequence[_Printed], stamps: Sequence[_Printed]) -> list[_Printed]:
    """Returns the stamps that may be the article's; none where the only day is of something else.

    A change may be much later than the publication, a printed issue is dated ahead, and a day of
    the week above all is the page's clock.
    """
    likely = [
        found
        for found in stamps
        if found.clue.kind in _ANYWHERE and _label_of(found) in {None, DateKind.MODIFIED}
    ]
    foreign = {
        _day_key(found.date)
        for found in printed
        if found.clue.kind is DateKind.PRINT_EDITION or "print_edition" in found.line.subjects
    }
    is_told = any(
        found.clue.kind is not DateKind.MODIFIED
        and _label_of(found) is None
        and not _is_clock(found)
        and _day_key(found.date) not in foreign
        for found in likely
    )
    return likely if is_told else []


def _is_clock(found: _Printed) -> bool:
    return found.clue.kind is DateKind.PAGE_CLOCK and bool(found.date.parts.weekdays)


def _label_of(found: _Printed) -> DateKind | None:
    if found.label.date_kind is DateKind.COMMENT:
        return DateKind.COMMENT
    if _HANDLE.search(found.line.text, 0, found.date.start):
        return DateKind.EVENT
    return label_kind(fold(found.line.text[: found.date.start]))


def _is_by_author(found: _Printed) -> bool:
    """Says whether a name stands beside a day above the title, as beside no page's clock."""
    return found.label.date_kind is DateKind.PAGE_CLOCK and "byline" in found.line.subjects


def _day_key(date: DateSpan) -> tuple[int, tuple[int, ...], int | None, int | None]:
    """Returns what tells two printed days apart, in whatever form each is printed."""
    parts = date.parts
    months = tuple(sorted({name.number for name in parts.month}))
    return (parts.year or 0) % 100, months, parts.first, parts.second
