"""Finds printed dates in a line of text, in any language, without deciding what day they are.

A span says where a date stands and what its parts are; `tasks.normalize.dates.parse` reads the
parts as days and instants. Names of months come from CLDR (schemas/languages).
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import attrgetter

from schemas.languages import dates as date_words
from tasks.printed.dates.date_clocks import CLOCK, with_clock
from tasks.printed.dates.date_machines import find_machine_printed
from tasks.printed.dates.date_names import find_named, split_tokens
from tasks.printed.dates.date_numbers import HAN_DIGITS, find_numeric
from tasks.printed.dates.date_parts import LETTER, WORD, DateParts, Found, fold
from tasks.printed.dates.date_relatives import (
    find_ago,
    find_day_word,
    find_leading_day,
    is_day_word,
)

__all__ = [
    "DateParts",
    "DateSpan",
    "find_dates",
    "fold",
    "is_date_line",
    "is_relative_day",
    "may_hold_date",
]

# A line longer than this is a paragraph: no date line, and only its first part is searched.
MAX_LINE = 2_000
MAX_DATE_LINE = 160
_MAX_DAY_WORD = 30
_ASCII_DIGIT = re.compile("[0-9]")
# Behind the letters of Latin, Greek, Cyrillic and Hebrew, but for quotation marks and dashes.
_MAY_BE_DIGIT = re.compile("[\u0660-\u1fff\u2070-\U0010ffff]")
_DIGIT = re.compile(r"\d")
_HAN_DATE = re.compile(rf"[{HAN_DIGITS}]\s?[年月]")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSpan:
    """A printed date in a line.

    Attributes:
        start, end: code point offsets into the line, the time and the weekday included.
        text: the line between them.
        is_full: day, month and year are printed.
        parts: the numbers.
    """

    start: int
    end: int
    text: str
    is_full: bool
    parts: DateParts


def find_dates(line: str) -> tuple[DateSpan, ...]:
    """Returns the printed dates of a line in the order they stand, with their times and weekdays.

    Args:
        line: one line or attribute value; only its first `MAX_LINE` code points are searched.

    Returns:
        Spans that do not overlap. Days without a year, "3 hours ago" and "yesterday" are spans
        with `is_full` False.
    """
    return _find_in(line[:MAX_LINE])


# A byline is read where it stands, and what was found in it again. What is kept has a length.
@lru_cache(maxsize=1024)
def _find_in(line: str) -> tuple[DateSpan, ...]:
    is_short = len(line) <= MAX_DATE_LINE
    folded = fold(line)
    if not may_hold_date(line):
        found = find_day_word(folded) if is_short else None
        return (_span(line, found),) if found else ()
    spans: list[DateSpan] = []
    for candidate in (
        *find_machine_printed(folded),
        *find_numeric(folded),
        *find_named(folded),
        *(find_ago(folded) if is_short else ()),
    ):
        if not any(candidate[0] < span.end and span.start < candidate[1] for span in spans):
            spans.append(_span(line, _extend(folded, candidate, line)))
    if not spans and is_short and (leading := find_leading_day(folded)):
        timed = with_clock(folded, leading, line)
        return (_span(line, timed),) if timed[2].hour is not None else ()
    return tuple(sorted(spans, key=attrgetter("start")))


def may_hold_date(text: str) -> bool:
    """Says whether a text has digits of any script, or Han numerals before a year or month."""
    if _ASCII_DIGIT.search(text):
        return True
    if text.isascii() or not _MAY_BE_DIGIT.search(text):
        return False
    return bool(_DIGIT.search(text) or _HAN_DATE.search(text))


def _extend(folded: str, found: Found, line: str) -> Found:
    # An age has no clock; what a machine printed has its own.
    if found[2].order == "ago" or found[2].hour is not None:
        return found
    return with_clock(folded, _with_weekday(folded, found), line)


def _span(line: str, found: Found) -> DateSpan:
    start, end, parts = found
    return DateSpan(
        start=start,
        end=end,
        text=line[start:end],
        is_full=parts.year is not None,
        parts=parts,
    )


def is_relative_day(text: str) -> bool:
    """Says whether a text is nothing but "yesterday", "today" or the name of a weekday."""
    return len(text) <= _MAX_DAY_WORD and is_day_word(fold(text))


_WEEKDAY_BEFORE = re.compile(
    rf"(?<!{LETTER})((?:({WORD})[\s.'-])?({WORD}(?:\.{WORD})?))\.?[\s,.(]{{0,3}}$"
)
_WEEKDAY_AFTER = re.compile(rf"\.?\s?\(({WORD})\)|[.,]{{0,2}}\s({WORD}(?:\s{WORD})?)(?![^\s,.)|])")
_WEEKDAY_WINDOW = 30


def _with_weekday(folded: str, found: Found) -> Found:
    start, end, parts = found
    names = date_words.weekday_names()
    first = max(0, start - _WEEKDAY_WINDOW)
    before = _WEEKDAY_BEFORE.search(folded[first:start]) if start else None
    if before:
        for group in (1, 3):
            if days := names.get(before[group]):
                return first + before.start(group), end, parts._replace(weekdays=days)
    after = _WEEKDAY_AFTER.match(folded, end)
    if after:
        word = after[1] or after[2]
        # East Asian papers print one character in brackets: (四), (木), (화).
        full = (word, f"星期{word}", f"{word}曜日", f"{word}요일")
        if days := next((names[name] for name in full if name in names), None):
            return start, after.end(), parts._replace(weekdays=days)
    return found


@cache
def _line_words() -> frozenset[str]:
    """Returns the words that may stand on a date line beside the dates."""
    labels = (*date_words.words_of("published"), *date_words.words_of("modified"))
    words = {word for label in labels for word in label.split()}
    words.update(date_words.words_of("connectors"), date_words.weekday_names())
    words.update(word for phrase in date_words.day_periods() for word in phrase.split())
    words.update(date_words.zones(), date_words.ambiguous_zones(), date_words.words_of("switches"))
    words.update(
        date_words.words_of("after_day"),
        date_words.words_of("after_year"),
        date_words.words_of("before_year"),
    )
    return frozenset(words)


def is_date_line(line: str) -> bool:
    """Says whether a line holds nothing but a date or time, its label and a language switch.

    Args:
        line: "Published: 28 March 2024, 22:36", "28.03.2024 / 22:36 RU", "3 hours ago", "10:44".
    """
    if len(line) > MAX_DATE_LINE:
        return False
    folded = fold(line)
    bounds = [(span.start, span.end) for span in find_dates(line)]
    if not bounds:
        clock = CLOCK.search(folded)
        if clock is None or (":" not in clock[0] and clock.end() != len(folded)):
            return False
        bounds = [clock.span()]
    rest, position = [], 0
    for start, end in bounds:
        rest.append(folded[position:start])
        position = end
    rest.append(folded[position:])
    return all(word in _line_words() for word in split_tokens(" ".join(rest)))
