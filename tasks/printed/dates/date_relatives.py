"""Dates that mean something only against the fetch: "3 hours ago", "yesterday", "Thursday"."""

import re
from collections.abc import Iterator
from functools import cache

from schemas.languages import dates as date_words
from tasks.printed.dates.date_parts import WORD, DateParts, Found

_NUMBER = re.compile(r"(\d(?<![\d.:/\-]\d)\d{0,2})(?![\d:/])")
_FIRST_WORDS = re.compile(rf"\W*({WORD}(?:['-]{WORD})?)(?:\s({WORD}))?")
_SEPARATORS = " .,:|"


def find_ago(folded: str) -> Iterator[Found]:
    """Yields (start, end, parts) for "3 hours ago" in a folded short line."""
    forms, befores, firsts, after_pattern = _ago_patterns()
    for number in _NUMBER.finditer(folded):
        head = folded[: number.start()].rstrip()
        before = ""
        if head.endswith(befores):
            before = next(words for words in befores if head.endswith(words))
        ahead = folded[number.end() :].lstrip()
        # One pattern holds the forms of all languages. Few numbers are followed like any of them.
        may_follow = ahead[:2] in firsts or ahead[:1] in firsts
        if not may_follow and not before:
            continue
        tail = after_pattern.match(folded, number.end()) if may_follow else None
        after = " ".join(tail[1].split()) if tail else ""
        end = tail.end() if tail else number.end()
        unit = forms.get((before, after))
        if unit:
            start = len(head) - len(before)
        elif after and (unit := forms.get(("", after))):
            start = number.start()
        else:
            continue
        yield start, end, DateParts(order="ago", ago_s=int(number[1]) * unit)


@cache
def _ago_patterns() -> tuple[
    dict[tuple[str, str], int], tuple[str, ...], frozenset[str], re.Pattern[str]
]:
    """Returns the forms, what stands before a number, how what follows begins, its pattern."""
    forms = date_words.ago_forms()
    befores = sorted({before for before, _ in forms if before}, key=lambda word: (-len(word), word))
    afters = sorted({after for _, after in forms if after}, key=lambda word: (-len(word), word))
    joined = "|".join(re.escape(after).replace(r"\ ", r"\s+") for after in afters)
    firsts = frozenset(after[:2] for after in afters)
    return forms, tuple(befores), firsts, re.compile(rf"\s*({joined})(?!{WORD})")


@cache
def _day_words() -> frozenset[str]:
    return frozenset((*date_words.relative_days(), *date_words.weekday_names()))


def is_day_word(folded: str) -> bool:
    """Says whether `find_day_word` finds a word."""
    return folded.strip(_SEPARATORS) in _day_words()


def find_day_word(folded: str) -> Found | None:
    """Returns "yesterday", "today" or a weekday's name where nothing else stands on the line."""
    text = folded.strip(_SEPARATORS)
    if text in date_words.relative_days():
        parts = _shift_of(text)
    elif text in date_words.weekday_names():
        parts = DateParts(order="weekday", weekdays=date_words.weekday_names()[text])
    else:
        return None
    start = folded.find(text)
    return start, start + len(text), parts


def find_leading_day(folded: str) -> Found | None:
    """Returns the "yesterday" with which a line begins, for a clock time to follow."""
    match = _FIRST_WORDS.match(folded)
    if match is None:
        return None
    both = f"{match[1]} {match[2]}"
    if match[2] and both in date_words.relative_days():
        return match.start(1), match.end(2), _shift_of(both)
    if match[1] in date_words.relative_days():
        return match.start(1), match.end(1), _shift_of(match[1])
    return None


def _shift_of(word: str) -> DateParts:
    shift, languages = date_words.relative_days()[word]
    return DateParts(order="day_shift", day_shift=shift, languages=languages)
