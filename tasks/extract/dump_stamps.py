"""The dates of a text dump: which line each stands on, and what that makes it the date of."""

import re
from collections.abc import Iterator, Sequence

from tasks.extract.dump_labels import Label
from tasks.extract.dump_lines import Line
from tasks.extract.dump_phrases import find_subjects, split_words
from tasks.extract.evidence import BlockKind, DateClue, DateKind

# "BAKU, 7 May 2024 (Agency) —": how far the date of a dateline may stand from the start.
_DATELINE_CHARS = 60
_AFTER_DATELINE = re.compile(r"[\s.,/)]*(?:\([^()]{1,40}\)|/[^/]{1,30}/)?[\s.]*(?:[:–—]|-{1,2}\s)")
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
    return tuple(clues)


def _line_clues(line: Line, label: Label, *, is_first: bool) -> Iterator[DateClue]:
    end = 0
    for date in line.dates:
        kind, source = label.date_kind, "line"
        if kind in {DateKind.PUBLISHED, DateKind.MODIFIED}:
            kind = _kind_by_words(line.text[end : date.start]) or kind
        elif label.kind in _ARTICLE_KINDS and is_first and _is_dateline(line, date.start, date.end):
            kind, source = DateKind.PUBLISHED, "dateline"
        yield DateClue(text=date.text, source=source, place=f"line {line.number}", kind=kind)
        end = date.end


def _kind_by_words(before: str) -> DateKind | None:
    """Reads "Updated" or "Published" off what stands before a date."""
    words = split_words(before)
    subjects = {
        subject for at in range(len(words)) for subject in find_subjects(words[at:], before)
    }
    if "modified" in subjects:
        return DateKind.MODIFIED
    return DateKind.PUBLISHED if "published" in subjects else None


def _is_dateline(line: Line, start: int, end: int) -> bool:
    return start < _DATELINE_CHARS and _AFTER_DATELINE.match(line.text, end) is not None
