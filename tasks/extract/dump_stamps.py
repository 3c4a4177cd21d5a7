"""The dates of a text dump: which line each stands on, and what that makes it the date of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tasks.extract.dump_labels import UNDER_TITLE, Label
from tasks.extract.dump_lines import Line
from tasks.extract.dump_phrases import find_subjects, split_words
from tasks.extract.evidence import BlockKind, DateClue, DateKind

# "BAKU, 7 May 2024 (Agency) —": how far the date of a dateline may stand from the start.
_DATELINE_CHARS = 60
_AFTER_DATELINE = re.compile(r"[\s.,/)]*(?:\([^()]{1,40}\)|/[^/]{1,30}/)?[\s.]*(?:[:–—]|-{1,2}\s)")
_HOUR = re.compile(r"(?<![\d.:])(?:[01]?\d|2[0-3])[:.][0-5]\d(?![\d.:])")
_ARTICLE_KINDS = frozenset({BlockKind.LEAD, BlockKind.BODY})


def collect_dump_dates(lines: Sequence[Line], labels: Sequence[Label]) -> tuple[DateClue, ...]:
    """Collects every date of a dump with its line and what the line's place says of it.

    The date of a dateline is a clue of source `dateline`, all others are of source `line`.
    """
    clues: list[DateClue] = []
    is_first = True
    for line, label in zip(lines, labels, strict=True):
        clues.extend(_line_clues(line, label, is_first=is_first))
        if label.kind in _ARTICLE_KINDS:
            is_first = False
    if _has_hour_alone(lines, labels):
        return tuple(_of_today(clue) for clue in clues)
    return tuple(clues)


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
    place = f"{clue.place}, the page's day, with an hour alone by the title"
    return replace(clue, kind=DateKind.PUBLISHED, place=place)


def _line_clues(line: Line, label: Label, *, is_first: bool) -> Iterator[DateClue]:
    end = 0
    for date in line.dates:
        kind, source = label.date_kind, "line"
        if kind in {DateKind.PUBLISHED, DateKind.MODIFIED}:
            kind = _kind_by_words(line.text[end : date.start]) or kind
            if "print_edition" in line.subjects:
                kind = DateKind.PRINT_EDITION
        elif label.kind in _ARTICLE_KINDS and is_first and _is_dateline(line, date.start, date.end):
            kind, source = DateKind.PUBLISHED, "dateline"
        yield DateClue(text=date.text, source=source, place=f"line {line.number}", kind=kind)
        end = date.end


def _kind_by_words(before: str) -> DateKind | None:
    """Reads "Updated" or "Published" off what stands before a date."""
    subjects = _subjects_anywhere(before)
    if "modified" in subjects:
        return DateKind.MODIFIED
    return DateKind.PUBLISHED if "published" in subjects else None


def _subjects_anywhere(text: str) -> set[str]:
    """Returns the subjects of a line that prints several things side by side."""
    words = split_words(text)
    return {subject for at in range(len(words)) for subject in find_subjects(words[at:], text)}


def _is_dateline(line: Line, start: int, end: int) -> bool:
    return start < _DATELINE_CHARS and _AFTER_DATELINE.match(line.text, end) is not None
