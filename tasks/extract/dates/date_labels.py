"""What the words before a date say that it is the date of ("Updated:", "Print edition of")."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from schemas import date_markup as markup
from schemas.languages import dates as date_words
from tasks.extract.evidence import DateKind
from tasks.printed.dates.date_shapes import DateSpan, fold

_WORDS = re.compile(r"[^\s:;,|()/\-]+")
_LEAD = 80
_MAX_LABEL_WORDS = 5
# Prepositions stand in the tables as labels of their own lines; before a date they say nothing.
_MIN_LABEL = 3
# "published", "posted": long enough to be no word of a story ("date", "time", "stand").
_MIN_TELLING = 9


@cache
def _labels() -> dict[str, DateKind]:
    found: dict[str, DateKind] = {}
    for words, kind in (
        (date_words.words_of("published"), DateKind.PUBLISHED),
        (date_words.words_of("modified"), DateKind.MODIFIED),
        (date_words.words_of("other"), DateKind.EVENT),
        (date_words.words_of("printed_issue"), DateKind.PRINT_EDITION),
    ):
        found.update(dict.fromkeys(words, kind))
    return found


@cache
def _prepositions() -> frozenset[str]:
    return frozenset(word for word in date_words.words_of("connectors") if len(word) <= _MIN_LABEL)


def label_kind(lead: str) -> DateKind | None:
    """Returns what a label at the end of a text says, None where it is no label.

    Args:
        lead: the text before a date, folded (`tasks.printed.dates.date_shapes.fold`).
    """
    words = _WORDS.findall(lead[-_LEAD:])
    while words:
        for count in range(min(_MAX_LABEL_WORDS, len(words)), 0, -1):
            phrase = " ".join(words[-count:])
            kind = _labels().get(phrase)
            if kind is not None and len(phrase) > _MIN_LABEL:
                return kind
        if words[-1] not in _prepositions():
            return None
        words.pop()
    return None


def label_spans(line: str, spans: Iterable[DateSpan]) -> Iterator[tuple[DateSpan, DateKind | None]]:
    """Yields each date of a line with what the words since the date before say of it."""
    folded = fold(line)
    position = 0
    for span in spans:
        yield span, label_kind(folded[position : span.start])
        position = span.end


def has_label(line: str) -> bool:
    """Says whether a line has a word that only speaks of publishing ("veröffentlicht")."""
    return not _publishing_words().isdisjoint(_WORDS.findall(fold(line)))


@cache
def _publishing_words() -> frozenset[str]:
    return frozenset(
        label
        for label, kind in _labels().items()
        if kind is DateKind.PUBLISHED and " " not in label and len(label) >= _MIN_TELLING
    )


@lru_cache(maxsize=8192)  # an outlet's pages have one template
def class_kind(names: str) -> DateKind | None:
    """Returns what an element's class names say: MODIFIED, PUBLISHED or nothing."""
    if markup.MODIFIED_BOX.search(names):
        return None if markup.PUBLISHED_BOX.search(names) else DateKind.MODIFIED
    return DateKind.PUBLISHED if markup.PUBLISHED_BOX.search(names) else None
