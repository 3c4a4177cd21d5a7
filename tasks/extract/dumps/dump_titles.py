"""Which line of a text dump is the article's title."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tasks.extract.dumps.dump_bylines import is_person_name
from tasks.extract.dumps.dump_lines import Line
from tasks.extract.dumps.dump_phrases import UNSPACED

_MAX_LINES_BEFORE = 100
_MAX_LINES_INSIDE = 30
# Headlines have four to sixteen words, some more; a section has one or two.
_POINTS_BY_WORDS = (
    (2.0, -2.0),
    (4.0, 0.0),
    (17.0, 1.5),
    (25.0, 1.0),
    (33.0, 0.0),
    (math.inf, -3.0),
)
_PER_LINE = 0.02
# Of two lines in one head the upper is the headline, the lower its lead, unless much speaks for it.
_FIRST = 0.5
_FIRST_OVERLAP = 0.2
_HEAD = 12
# For a headline whose words are all in the text, and one that is printed again.
_OVERLAP = 2.0
_ECHO = 2.0
_ECHO_WORDS = 3.0
_MAX_ECHOES = 4
_ECHO_LINES = 20
_TITLE_LINES = 3
# A byline or date right below a line, and some lines below it.
_SIGNED, _SIGNED_BELOW = 1.5, 0.7
_NEAR = 2
_FOLLOWING = 6
_LONG_TITLE = 25.0
_MAX_WORDS_PASSED = 60.0
_NO_WITNESS = 4.0
_PER_WORD_PASSED = 0.05
_STOPS = (".", "。", "।", "۔")
# "Home > Science > Space": where on the site a page is.
_PATH = re.compile(r"\s*[>›»→]+\s*")
_COLONS = (":", "：")
_NOT_TITLE = frozenset(
    {
        "share",
        "subscribe",
        "consent",
        "privacy",
        "legal",
        "advertisement",
        "comments",
        "caption",
        "tags_heading",
        "menu",
        "source",
        "related_heading",
    }
)
# A colon and a space.
_KICKER_MARK = 2
_NOT_LETTERS = re.compile(r"[\W_]+")
# "HomeNewsSport": a menu that lost its spaces.
_GLUED = re.compile(r"[a-zß-ÿ][A-ZÀ-Þ]\w+\s?\w*[a-zß-ÿ][A-ZÀ-Þ][a-z]")
_SUFFIX = re.compile(r"\s+[-–—|·•»]\s+(?=\S)")
_MIN_CONTENT_WORD = 4
_STEM = 5


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


@dataclass(frozen=True, slots=True)
class _Dump:
    """A dump of which the body is known.

    Attributes:
        lines: all of them. scores: their prose scores. in_body: which ones are the body's.
        first: the body's first line.
        body_words: the content words of its paragraphs.
    """

    lines: Sequence[Line]
    scores: Sequence[float]
    in_body: Sequence[bool]
    first: int
    body_words: set[str]


class _TitleLine(NamedTuple):
    """A line that may be the title: what speaks for it, and the share of its words in the text."""

    at: int
    score: float
    overlap: float


def find_title_line(
    lines: Sequence[Line], scores: Sequence[float], in_body: Sequence[bool]
) -> Title | None:
    """Finds the title above the body.

    Args:
        lines: the dump's lines.
        scores: their prose scores.
        in_body: which lines were taken for the body.
    """
    best: _TitleLine | None = None
    for candidate in _title_lines(lines, scores, in_body):
        if best is None or candidate.score > best.score + _first_bonus(best, candidate):
            best = candidate
    if best is None or best.score < 0:
        return None
    line = lines[best.at]
    text = _without_kicker(line.content, lines)
    text = _without_outlet(text, {line.content.casefold() for line in lines})
    return Title(text, best.at, "title_repeated" if line.repeats > 1 else "title_above_body")


def _first_bonus(best: _TitleLine, candidate: _TitleLine) -> float:
    is_same_head = candidate.at - best.at < _HEAD and best.overlap >= _FIRST_OVERLAP
    return _FIRST if is_same_head else 0.0


def _title_lines(
    lines: Sequence[Line], scores: Sequence[float], in_body: Sequence[bool]
) -> Iterator[_TitleLine]:
    """Weighs the lines above the body, and its first ones: a lead may have been taken for it."""
    first = next((index for index, inside in enumerate(in_body) if inside), None)
    if first is None:
        return
    dump = _Dump(lines, scores, in_body, first, _body_words(lines, in_body))
    passed = 0.0
    last = min(first + _MAX_LINES_INSIDE, len(lines))
    for index in range(max(0, first - _MAX_LINES_BEFORE), last):
        line = lines[index]
        if not (line.is_stamp or line.is_bare):
            yield _weigh(dump, index, passed)
        passed += line.weight if in_body[index] else 0.0
        if passed > _MAX_WORDS_PASSED:
            return


def _weigh(dump: _Dump, index: int, passed: float) -> _TitleLine:
    """Weighs a line as the title.

    Args:
        dump: the dump.
        index: of the line.
        passed: words of the body above it.
    """
    line = dump.lines[index]
    overlap = _overlap(line, dump.body_words)
    echo = 0.0
    if overlap and (line.repeats > 1 or not passed) and _is_echoed(index, dump.lines):
        echo = min(_ECHO, 2 * _ECHO * overlap)
    followed = _followed(index, dump.lines, dump.scores)
    score = _score(line) + _OVERLAP * overlap + echo + followed
    score -= _PER_LINE * max(0, dump.first - index)
    if dump.in_body[index] and not echo:
        score -= _NO_WITNESS if line.content.endswith(_STOPS) else max(0.0, dump.scores[index])
    if passed:
        # Under a paragraph a headline needs a witness, else a subheading passes for one.
        score -= _PER_WORD_PASSED * passed if echo or followed >= 1 else _NO_WITNESS
    return _TitleLine(index, score, overlap)


def content_words(words: Sequence[str]) -> list[str]:
    """Returns what of a line's words tells its subject.

    Stems; pairs of characters where a script has no spaces or glues endings to its words.
    """
    content: list[str] = []
    for word in words:
        if UNSPACED.search(word):
            content += [word[at : at + 2] for at in range(max(1, len(word) - 1))]
        elif len(word) >= _MIN_CONTENT_WORD:
            content.append(word[:_STEM])
    return content


def _body_words(lines: Sequence[Line], in_body: Sequence[bool]) -> set[str]:
    return {
        word
        for line, inside in zip(lines, in_body, strict=True)
        if inside and line.weight > _LONG_TITLE / 2
        for word in content_words(line.words)
    }


def _overlap(line: Line, body_words: set[str]) -> float:
    """Returns the share of a line's content words that the article's text uses too.

    One word more counts as not used: a menu's only word may stand in any text.
    """
    content = content_words(line.words)
    return sum(word in body_words for word in content) / (len(content) + 1)


def _score(line: Line) -> float:
    score = next(points for limit, points in _POINTS_BY_WORDS if line.weight < limit)
    if line.subjects & _NOT_TITLE:
        score -= 4.0
    if "byline" in line.subjects or is_person_name(line.content):
        score -= 2.0
    if line.is_item:
        score -= 2.0
    if line.sentences > 1:
        score -= 1.0
    if len(_PATH.findall(line.content)) > 1 or line.content.endswith(_COLONS):
        score -= 4.0
    if line.content.count("/") > 1 or _GLUED.search(line.content):
        score -= 2.0
    if line.content.endswith(_STOPS):
        score -= 1.5
    return score


def _followed(index: int, lines: Sequence[Line], scores: Sequence[float]) -> float:
    """Under a headline stand its lead, its date and its authors."""
    score = 0.0
    following = range(index + 1, min(index + _FOLLOWING, len(lines)))
    signed = (at for at in following if lines[at].is_stamp or "byline" in lines[at].subjects)
    if (first := next(signed, None)) is not None:
        score += _SIGNED if first - index <= _NEAR else _SIGNED_BELOW
    if index + 1 < len(lines) and scores[index + 1] > 0:
        score += 0.5
    return score


def _is_echoed(index: int, lines: Sequence[Line]) -> bool:
    """A headline is printed again: in the page's title, over the breadcrumb, in a share link."""
    line = lines[index]
    if line.is_item or line.content.endswith(_STOPS):
        return False
    if 1 < line.repeats <= _MAX_ECHOES and line.weight >= _ECHO_WORDS:
        return True
    own = line.content
    is_long = line.weight >= _ECHO_WORDS
    # The page's title stands over all else where a tool prints it.
    if is_long and any(_holds(other, own) for other in lines[:_TITLE_LINES]):
        return True
    return line.weight > 1 and any(
        len(other.content) > len(own)
        and (other.content.endswith(own) or (is_long and own in other.content))
        for other in lines[max(0, index - _ECHO_LINES) : index + _ECHO_LINES]
    )


def _holds(line: Line, content: str) -> bool:
    return len(line.content) > len(content) and content in line.content


def _without_kicker(text: str, lines: Sequence[Line]) -> str:
    """Takes the kicker off a headline.

    One line prints "Kicker: Headline", another both without a colon: the first shows where the
    headline of the second begins.
    """
    letters = _NOT_LETTERS.sub("", text)
    same = [
        line.content
        for line in lines
        if abs(len(line.content) - len(text)) <= _KICKER_MARK
        and _NOT_LETTERS.sub("", line.content) == letters
    ]
    for content in same:
        _, colon, headline = content.partition(": ")
        glued = (other.removesuffix(headline) for other in same if other.endswith(headline))
        if colon and any(":" not in kicker for kicker in glued):
            return headline
    return text


def _without_outlet(text: str, contents: set[str]) -> str:
    """Takes "- Outlet" off a title where the same headline stands alone on another line."""
    for match in _SUFFIX.finditer(text):
        if text[: match.start()].casefold() in contents:
            return text[: match.start()]
    return text
