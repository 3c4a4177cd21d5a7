"""Which line of a text dump is the article's title."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.extract.dump_lines import Line

_MAX_LINES_BEFORE = 40
_MIN_WORDS = 2.0
_MAX_WORDS = 32.0
_NOT_TITLE = frozenset(
    "share subscribe consent legal advertisement comments caption published modified tags_heading menu source".split()
)
_SUFFIX = re.compile(r"\s+[-–—|·•»]\s+(?=\S)")
_MIN_CONTENT_WORD = 4
_SOLID_SCORE = 1.5
_SOLID_WORDS = 12.0


@dataclass(frozen=True, slots=True)
class Title:
    """The title that was found.

    Attributes:
        text: the headline.
        index: which of the dump's lines it stands on.
        reason: the rule that says so.
    """

    text: str
    index: int
    reason: str


def find_title(
    lines: Sequence[Line], scores: Sequence[float], in_body: Sequence[bool], stamps: Sequence[bool]
) -> Title | None:
    """Finds the title above the body.

    Args:
        lines: the dump's lines.
        scores: their prose scores.
        in_body: which lines were taken for the body.
        stamps: which lines are little more than a date.
    """
    end = _first_solid(lines, scores, in_body)
    if end is None:
        return None
    body_words = {
        word
        for line, inside in zip(lines, in_body, strict=True)
        if inside
        for word in line.words
        if len(word) >= _MIN_CONTENT_WORD
    }
    longer = {line.content.casefold() for line in lines}
    best: tuple[float, int] | None = None
    for index in range(max(0, end - _MAX_LINES_BEFORE), end):
        line = lines[index]
        if stamps[index] or line.is_bare:
            continue
        score = _score(line, end - index, body_words) + _echo(line, lines, end)
        if best is None or score >= best[0]:
            best = (score, index)
    if best is None or best[0] < 0:
        return None
    index = best[1]
    text = _without_outlet(lines[index].content, longer)
    reason = "title_repeated" if lines[index].repeats > 1 else "title_above_body"
    return Title(text, index, reason)


def _first_solid(
    lines: Sequence[Line], scores: Sequence[float], in_body: Sequence[bool]
) -> int | None:
    first = None
    for index, (line, score, inside) in enumerate(zip(lines, scores, in_body, strict=True)):
        if not inside:
            continue
        first = index if first is None else first
        if score >= _SOLID_SCORE and line.weight >= _SOLID_WORDS:
            return index
    return first


def _score(line: Line, distance: int, body_words: set[str]) -> float:
    score = -0.1 * distance
    if line.weight < _MIN_WORDS:
        score -= 2.0
    elif line.weight >= 4:
        score += 1.0
    if line.weight > _MAX_WORDS:
        score -= 4.0
    if line.subjects & _NOT_TITLE:
        score -= 4.0
    if line.is_item:
        score -= 1.0
    if line.content.endswith((".", "。")):
        score -= 1.5
    content = [word for word in line.words if len(word) >= _MIN_CONTENT_WORD]
    if content:
        score += 2.0 * sum(word in body_words for word in content) / len(content)
    else:
        score -= 1.0
    return score


def _echo(line: Line, lines: Sequence[Line], end: int) -> float:
    """A headline is printed again: in the page's title, over the breadcrumb, in a share link."""
    if line.weight < 3:
        return 0.0
    if 2 <= line.repeats <= 3:
        return 1.5
    own = line.content
    if any(
        other is not line and len(other.content) > len(own) and own in other.content
        for other in lines[: end + 5]
    ):
        return 1.5
    return 0.0


def _without_outlet(text: str, contents: set[str]) -> str:
    """Takes "- Outlet" off a title where the same headline stands alone on another line."""
    for match in _SUFFIX.finditer(text):
        if text[: match.start()].casefold() in contents:
            return text[: match.start()]
    return text
