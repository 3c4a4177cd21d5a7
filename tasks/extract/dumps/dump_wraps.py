"""Paragraphs of a dump whose tool broke them to a fixed width (`lynx -dump`, html2text)."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

# Tools break at 60 to 80 columns; a longer line that is no exception says that nothing was broken.
_WIDEST = 100
_NARROWEST = 50
_MAX_EXCEPTIONS = 0.03
# A page where lines end by chance at the same column has fewer breaks than this.
_MIN_BREAKS = 5
_MIN_SHARE = 0.5
_NEARLY_FULL = 0.8


class Paragraph(NamedTuple):
    """Printed lines that are one paragraph: its first line's number in the dump, and its lines."""

    number: int
    parts: tuple[str, ...]


def join_wrapped(printed: Sequence[str]) -> list[Paragraph]:
    """Joins the lines of broken paragraphs; in a dump that was not broken each line is one.

    A line was broken where the next line's first word would not have fit on it.

    Args:
        printed: the dump's lines, blank ones too.
    """
    width = _width(printed)
    paragraphs: list[Paragraph] = []
    joins = False
    for number, line in enumerate(printed, start=1):
        if line and joins:
            first = paragraphs[-1]
            paragraphs[-1] = Paragraph(first.number, (*first.parts, line))
        elif line:
            paragraphs.append(Paragraph(number, (line,)))
        below = printed[number] if number < len(printed) else ""
        joins = bool(width and line) and _is_broken(line, below, width)
    return paragraphs


def _width(printed: Sequence[str]) -> int:
    """Returns the width that a dump was broken to, 0 for one that was not."""
    lengths = [len(line) for line in printed if line]
    wide = sum(length > _WIDEST for length in lengths)
    width = max((length for length in lengths if length <= _WIDEST), default=0)
    if width < _NARROWEST or wide > _MAX_EXCEPTIONS * len(lengths):
        return 0
    full = [
        (line, below)
        for line, below in pairwise(printed)
        if below and _NEARLY_FULL * width <= len(line) <= width
    ]
    breaks = sum(_is_broken(line, below, width) for line, below in full)
    return width if breaks >= max(_MIN_BREAKS, _MIN_SHARE * len(full)) else 0


def _is_broken(line: str, below: str, width: int) -> bool:
    word = below.partition(" ")[0]
    return bool(word) and len(line) + 1 + len(word) > width and " " in line
