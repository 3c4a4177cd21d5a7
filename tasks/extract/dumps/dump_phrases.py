"""Which of the trade's words (schemas/languages) a line holds."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from schemas.languages.dumps import FORMS, read_dump_words

# A colon is a word of its own: "Photo:" is a credit, "photo" is not. So are the copyright signs.
_TOKEN = re.compile(r"[^\W_]+|[:©ⓒ#]")
_NUMBER = "#"
# Scripts that print words without spaces, or glue endings to them: compared character by character.
UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_FOLDS = str.maketrans({"İ": "i", "：": ":", "﹕": ":"})


_FULL_STOPS = (".", "!", "?", "。", "।", "۔")
# Labels are short: a paragraph that begins with "More" or "Video" is none.
_LABELS = frozenset(
    ("advertisement", "article_end", "comments", "inline_link", "menu", "related_heading", "share")
)
_LABEL_WORDS = 20


class _Phrase(NamedTuple):
    """One entry of the word lists, in words; `form` is one of FORMS."""

    words: tuple[str, ...]
    subject: str
    form: str


_UnspacedLists = tuple[str, frozenset[str], tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def split_words(text: str) -> list[str]:
    """Splits a line into lower-case words; a colon and a copyright sign count as words."""
    folded = text if text.isascii() else text.translate(_FOLDS)
    return _TOKEN.findall(folded.lower())


def find_subjects(words: list[str], text: str) -> frozenset[str]:
    """Returns the subjects (`share`, `related_heading`, ...) whose words a line holds.

    Args:
        words: the line as `split_words` gives it.
        text: the line as printed, for the scripts that have no spaces.
    """
    found = set(_spaced_subjects(words, is_sentence=text.endswith(_FULL_STOPS)))
    if UNSPACED.search(text):
        found.update(_unspaced_subjects(text.lower()))
    return frozenset(found)


def _spaced_subjects(words: list[str], *, is_sentence: bool) -> Iterator[str]:
    index = _phrase_index()
    # "Related:" and "Comments (12)" are the whole line as much as "Related" is.
    size = len(words)
    while size > 1 and (words[size - 1] == ":" or words[size - 1].isdigit()):
        size -= 1
    words = [_NUMBER if word.isdigit() else word for word in words]
    for at, word in enumerate(words):
        if word not in index:
            continue
        for phrase in index[word]:
            length = len(phrase.words)
            if length > 1 and tuple(words[at : at + length]) != phrase.words:
                continue
            if _fits(phrase, at, length, size, len(words), is_sentence=is_sentence):
                yield phrase.subject


def _fits(
    phrase: _Phrase, at: int, length: int, size: int, count: int, *, is_sentence: bool
) -> bool:
    """Says whether a phrase stands in the line where its form wants it.

    Args:
        phrase: an entry whose words stand in the line.
        at: where they begin.
        length: how many they are.
        size: how many words the line has without a colon or a count at its end.
        count: how many words the line has.
        is_sentence: the line ends as a sentence does.
    """
    if count > _LABEL_WORDS and phrase.subject in _LABELS:
        return False
    if phrase.form == "phrases":
        return True
    if phrase.form == "ends":
        return not is_sentence and at + length == count
    return at == 0 and (phrase.form == "starts" or length == size)


def _unspaced_subjects(text: str) -> Iterator[str]:
    bare = text.strip(" :：・·•-–—■▼▶【】[]()（）0123456789")
    for subject, lines, starts, phrases, ends in _unspaced_lists():
        if (
            bare in lines
            or text.startswith(starts)
            or bare.endswith(ends)
            or any(phrase in text for phrase in phrases)
        ):
            yield subject


@cache
def _phrase_index() -> dict[str, tuple[_Phrase, ...]]:
    """Indexes the spaced entries by their first word, so that a line costs one lookup a word."""
    index: defaultdict[str, list[_Phrase]] = defaultdict(list)
    for subject, lists in read_dump_words().items():
        for form in FORMS:
            for words in map(split_words, _spaced(getattr(lists, form))):
                index[words[0]].append(_Phrase(tuple(words), subject, form))
    return {word: tuple(phrases) for word, phrases in index.items()}


@cache
def _unspaced_lists() -> tuple[_UnspacedLists, ...]:
    return tuple(
        (
            subject,
            frozenset(_unspaced(lists.lines)),
            tuple(sorted(_unspaced(lists.starts))),
            tuple(sorted(_unspaced(lists.phrases))),
            tuple(sorted(_unspaced(lists.ends))),
        )
        for subject, lists in read_dump_words().items()
    )


def _spaced(entries: Iterable[str]) -> Iterator[str]:
    return (entry for entry in sorted(entries) if not UNSPACED.search(entry))


def _unspaced(entries: Iterable[str]) -> Iterator[str]:
    return (entry for entry in entries if UNSPACED.search(entry))
