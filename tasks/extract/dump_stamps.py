"""The dates of a text dump: which line each stands on, and what that makes it the date of."""

import re
from collections.abc import Sequence

from tasks.extract.dump_labels import Label
from tasks.extract.dump_lines import Line
from tasks.extract.evidence import BlockKind, DateClue, DateKind

_DATE = re.compile(
    r"\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b|\d{1,2}\.?\s+(?:de\s+)?[^\W\d]{3,12}\.?,?\s+(?:de\s+)?\d{4}|[^\W\d]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{4}\s*[年년]\s*\d{1,2}\s*[月월]"
)
_MAX_OTHER_WORDS = 7


def is_stamp(line: Line) -> bool:
    """Says whether a line is little more than a date."""
    match = _DATE.search(line.content)
    if match is None:
        return False
    rest = line.content[: match.start()] + " " + line.content[match.end() :]
    return len(rest.split()) <= _MAX_OTHER_WORDS


def collect_dump_dates(lines: Sequence[Line], labels: Sequence[Label]) -> tuple[DateClue, ...]:
    """Collects every date of a dump with its line and what the line's place says of it."""
    clues = []
    for line, label in zip(lines, labels, strict=True):
        for match in _DATE.finditer(line.text):
            kind = label.date_kind
            clues.append(
                DateClue(text=match[0], source="line", place=f"line {line.number}", kind=kind)
            )
    return tuple(clues)


__all__ = ["BlockKind", "DateKind", "collect_dump_dates", "is_stamp"]
