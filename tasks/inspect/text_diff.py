"""How one text became another: paragraph by paragraph, and word by word where one was changed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

# A word, a mark or white space; a character where words are not spaced.
_UNSPACED = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff"
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+|[^\w\s]|\s+")
# Of their words; a paragraph that shares less with the one before it was written anew, and marking
# the few words that are in both would only hide that.
_MIN_SIMILARITY = 0.5
# A comparison takes a bit for each pair of items, here 64 MB, or four bytes to find partners. A
# novel on one line, compared with another, is shown whole.
_MAX_PAIRS = 512 * 1024 * 1024
_MAX_PARTNERS = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words in a paragraph."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph that was removed, added or changed, or a run of those that stayed.

    Attributes:
        kind: what happened.
        count: how many paragraphs stayed; 1 for the others.
        words: all of a removed or added paragraph; of a changed one both versions, in runs. Empty
            where it stayed.
    """

    kind: Literal["same", "removed", "added", "changed"]
    count: int = 1
    words: tuple[Words, ...] = ()


def diff_texts(old: str, new: str) -> tuple[Paragraph, ...]:
    """Compares two texts, whose paragraphs are their lines; returns what happened, in order."""
    before, after = ([line for line in text.split("\n") if line.strip()] for text in (old, new))
    found: list[Paragraph] = []
    for is_same, removed, added in _runs(before, after):
        if is_same:
            found.append(Paragraph(kind="same", count=len(removed)))
        else:
            found += _diff_run(removed, added)
    return tuple(found)


def _runs(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    """Yields the runs that two sequences share, and those that they do not, from both."""
    if len(old) * len(new) > _MAX_PAIRS:
        yield False, old, new
        return
    start, new_start = 0, 0
    for code in Indel.opcodes(old, new):
        if code.tag != "equal":
            continue
        if (start, new_start) != (code.src_start, code.dest_start):
            yield False, old[start : code.src_start], new[new_start : code.dest_start]
        start, new_start = code.src_end, code.dest_end
        yield True, old[code.src_start : start], new[code.dest_start : new_start]
    if start < len(old) or new_start < len(new):
        yield False, old[start:], new[new_start:]


def _diff_run(old: Sequence[str], new: Sequence[str]) -> Iterator[Paragraph]:
    """Pairs the paragraphs that became each other; the others were removed or added."""
    old_tokens, new_tokens = ([_TOKEN.findall(text) for text in texts] for texts in (old, new))
    done, new_done = 0, 0
    for one, other in (*_partners(old_tokens, new_tokens), (len(old), len(new))):
        yield from (_whole("removed", text) for text in old[done:one])
        yield from (_whole("added", text) for text in new[new_done:other])
        if one < len(old):
            words = tuple(_diff_words(old_tokens[one], new_tokens[other]))
            yield Paragraph(kind="changed", words=words)
        done, new_done = one + 1, other + 1


def _partners(old: list[list[str]], new: list[list[str]]) -> Iterator[tuple[int, int]]:
    """Yields which paragraph became which, both in order: for each new one the most similar."""
    if not old or not new or len(old) * len(new) > _MAX_PARTNERS:
        return
    similar = cdist(old, new, scorer=Indel.normalized_similarity, score_cutoff=_MIN_SIMILARITY)
    first = 0
    for other in range(len(new)):
        if first == len(old):
            return
        best = first + int(similar[first:, other].argmax())
        if similar[best, other]:
            yield best, other
            first = best + 1


def _diff_words(old: Sequence[str], new: Sequence[str]) -> Iterator[Words]:
    """Yields the runs of words; a space between two changes belongs to both."""
    removed = added = ""
    runs = list(_runs(old, new))
    for number, (is_same, before, after) in enumerate(runs):
        text = "".join(after)
        if is_same and (not text.isspace() or number in {0, len(runs) - 1}):
            yield from _changed(removed, added)
            yield Words("same", text)
            removed = added = ""
        else:
            removed, added = removed + "".join(before), added + text
    yield from _changed(removed, added)


def _changed(removed: str, added: str) -> Iterator[Words]:
    if removed:
        yield Words("removed", removed)
    if added:
        yield Words("added", added)


def _whole(kind: Literal["removed", "added"], text: str) -> Paragraph:
    return Paragraph(kind=kind, words=(Words(kind, text),))
