"""Dates with the name of a month, in any language and order: 28 March 2024, 2024 m. kovo 28 d."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from schemas.languages import dates as date_words
from schemas.languages.dates import MonthName
from tasks.printed.dates.date_parts import WORD, DateParts, Found

_TOKEN = re.compile(rf"\d+|{WORD}(?:[.'\u05f3]{WORD})*")
_GAP = re.compile(r"[\s.,/'\-]{0,5}")
_TWO_DIGITS = re.compile(r"\d\d")
_GAP_OF_YEAR = frozenset({"'", "-", "/"})
# "28 March 24" is a date where nothing goes on, "28 March 24 people" is not.
_ENDS = re.compile(r"\s*(?:$|[,|)\]]|\d{1,2}:\d\d)")
# "5 Mar, 1505 GMT": four digits before these are a clock.
_CLOCK_WORDS = re.compile(r"\s?(?:hrs?|hours|gmt|utc)(?![a-z])")
_MAX_DAY, _YEARS, _YEARS_OF_NEWS = 31, range(1300, 2600), range(1990, 2060)
_MAX_SKIPPED = 2
# See `_without_article`.
_ARTICLES = ("d'", "ב")


def find_named(folded: str) -> Iterator[Found]:
    """Yields (start, end, parts): walks from each day number of a folded line to its neighbours."""
    words = split_tokens(folded)
    if not _may_name_month(folded, words):
        return
    line = _Line(folded, [match.span() for match in _TOKEN.finditer(folded)], words)
    in_words = _last_day_words()
    for index, word in enumerate(words):
        if len(word) <= 2 and word.isdecimal() and 0 < int(word) <= _MAX_DAY:  # noqa: PLR2004
            day = _Day(int(word), index, index)
            found = line.day_then_month(day) or line.month_then_day(day)
            if found:
                yield found
        elif word in in_words:
            yield from _in_words(line, index)


def _in_words(line: "_Line", index: int) -> Iterator[Found]:
    """Yields a date whose day is in words and whose year is printed: "May eighth, 2010"."""
    for first in (index - 1, index):
        start, end = line.tokens[first][0], line.tokens[index][1]
        number = date_words.day_numbers().get(line.folded[start:end]) if first >= 0 else None
        if number is None:
            continue
        day = _Day(number, first, index)
        found = line.day_then_month(day) or line.month_then_day(day)
        if found and found[2].year is not None:
            yield found
            return


def _may_name_month(folded: str, words: list[str]) -> bool:
    """Tells whether a word may begin or end the name of a month, which few lines hold."""
    edges = _edge_words()
    if not edges.isdisjoint(words):
        return True
    may_have_article = any(article in folded for article in _ARTICLES)
    return may_have_article and not edges.isdisjoint(map(_without_article, words))


def split_tokens(folded: str) -> list[str]:
    """Returns the words and numbers of a folded text."""
    return _TOKEN.findall(folded)


@cache
def _last_day_words() -> frozenset[str]:
    return frozenset(split_tokens(name)[-1] for name in date_words.day_numbers())


class _Day(NamedTuple):
    number: int
    first: int
    last: int


class _Year(NamedTuple):
    number: int
    digits: int
    at: int


class _Line(NamedTuple):
    folded: str
    tokens: list[tuple[int, int]]
    words: list[str]

    def day_then_month(self, day: _Day) -> Found | None:
        """Reads "28 March 2024" and "2024. gada 28. martā" from the day on."""
        month, after = self._month_from(self._skip(day.last + 1, date_words.words_of("after_day")))
        if not month:
            return None
        after = self._skip_second_name(month, after)
        start, end = self.tokens[day.first][0], self.tokens[after - 1][1]
        year = self._year_from(after) or self._year_before(day.first)
        if year is not None:
            start = min(start, self.tokens[year.at][0])
            end = max(end, self.tokens[year.at][1])
        return start, end, self._parts("dmy", month, day, year)

    def month_then_day(self, day: _Day) -> Found | None:
        """Reads "March 28, 2024" and "2024. március 28." from the day on."""
        month, first = self._month_before(day.first)
        if not month or self._is_clock(day.last):
            return None
        start, end = self.tokens[first][0], self.tokens[day.last][1]
        year = self._year_before(first)
        if year is not None:
            return self.tokens[year.at][0], end, self._parts("ymd", month, day, year)
        year = self._year_from(self._skip(day.last + 1, date_words.words_of("after_day")))
        if year is not None:
            end = self.tokens[year.at][1]
        return start, end, self._parts("mdy", month, day, year)

    def _parts(
        self, order: str, month: tuple[MonthName, ...], day: _Day, year: _Year | None
    ) -> DateParts:
        return DateParts(
            order=order,
            year=year.number if year else None,
            year_digits=year.digits if year else 0,
            month=month,
            first=day.number,
        )

    def _is_near(self, index: int) -> bool:
        """Says whether a token exists and only separators stand between it and the one before."""
        if not 0 < index < len(self.words):
            return index == 0
        gap = self.folded[self.tokens[index - 1][1] : self.tokens[index][0]]
        return gap == " " or _GAP.fullmatch(gap) is not None

    def _is_clock(self, index: int) -> bool:
        start, end = self.tokens[index]
        return ":" in (self.folded[end : end + 1], self.folded[max(0, start - 1) : start])

    def _skip(self, index: int, words: frozenset[str]) -> int:
        last = min(index + _MAX_SKIPPED, len(self.words))
        while index < last and self.words[index] in words and self._is_near(index):
            index += 1
        return index

    def _month_from(self, index: int) -> tuple[tuple[MonthName, ...], int]:
        """Returns what the words from here on mean as a month, the longest phrase first."""
        names = date_words.month_names()
        if index >= len(self.words):
            return (), index
        for count in _lengths_from(self.words[index]):
            if all(map(self._is_near, range(index, index + count))):
                phrase = " ".join(self.words[index : index + count])
                if month := names.get(phrase) or names.get(_without_article(phrase)):
                    return month, index + count
        return (), index

    def _skip_second_name(self, month: tuple[MonthName, ...], after: int) -> int:
        """Passes over the month's other name: Arabic papers print "مايو/أيار"."""
        other, end = self._month_from(after)
        if not other:
            return after
        is_same = {name.number for name in other} == {name.number for name in month}
        return end if is_same else after

    def _month_before(self, index: int) -> tuple[tuple[MonthName, ...], int]:
        """Returns what the words up to here mean as a month, the longest phrase first."""
        names = date_words.month_names()
        if index == 0:
            return (), index
        for count in _lengths_by_word(-1).get(self.words[index - 1], ()):
            if count <= index and all(map(self._is_near, range(index - count + 1, index + 1))):
                phrase = " ".join(self.words[index - count : index])
                if month := names.get(phrase):
                    return month, index - count
        return (), index

    def _is_year(self, index: int) -> bool:
        word = self.words[index]
        is_year = len(word) == 4 and word.isdecimal() and int(word) in _YEARS  # noqa: PLR2004
        if not is_year or int(word) in _YEARS_OF_NEWS:
            return is_year
        return not _CLOCK_WORDS.match(self.folded, self.tokens[index][1])

    def _year_from(self, index: int) -> _Year | None:
        index = self._skip(index, date_words.words_of("before_year"))
        if index >= len(self.words) or not self._is_near(index):
            return None
        if self._is_year(index):
            return _Year(int(self.words[index]), 4, index)
        start, end = self.tokens[index]
        gap = self.folded[self.tokens[index - 1][1] : start].strip()
        is_short = _TWO_DIGITS.fullmatch(self.words[index]) and (
            self.folded[end : end + 1] not in {":", ".", "h", "%"}
        )
        if is_short and (gap in _GAP_OF_YEAR or _ENDS.match(self.folded, end)):
            return _Year(int(self.words[index]), 2, index)
        return None

    def _year_before(self, index: int) -> _Year | None:
        """Returns the year before a date: "2024 m. kovo 28", "2024-yil 28-mart"."""
        before = index - 1
        while (
            before > max(0, index - 1 - _MAX_SKIPPED)
            and self._is_near(before + 1)
            and self.words[before].rstrip(".") in date_words.words_of("after_year")
        ):
            before -= 1
        if before < 0 or not self._is_year(before) or not self._is_near(before + 1):
            return None
        return _Year(int(self.words[before]), 4, before)


@cache
def _edge_words() -> frozenset[str]:
    """Returns the words that a month's name begins or ends with, with and without its article."""
    return frozenset(
        word
        for name in date_words.month_names()
        for edge in (name.split()[0], name.split()[-1])
        for word in (edge, _without_article(edge))
    )


@cache
def _lengths_by_word(edge: Literal[0, -1]) -> dict[str, list[int]]:
    """Returns of how many words the months' names are that begin (0) or end (-1) with each word."""
    found: dict[str, set[int]] = {}
    for name in date_words.month_names():
        words = name.split(" ")
        found.setdefault(words[edge], set()).add(len(words))
    return {word: sorted(lengths, reverse=True) for word, lengths in found.items()}


def _lengths_from(word: str) -> Sequence[int]:
    """Returns of how many words the names are that a word begins, the longest first."""
    lengths = _lengths_by_word(0)
    own = lengths.get(word, ())
    if not word.startswith(_ARTICLES):
        return own
    return sorted({*own, *lengths.get(_without_article(word), ())}, reverse=True)


def _without_article(word: str) -> str:
    """Strips the preposition that Catalan elides ("d'abril") and Hebrew writes on ("בינואר")."""
    for article in _ARTICLES:
        word = word.removeprefix(article)
    return word
