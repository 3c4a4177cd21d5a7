"""Days of the past: what a backfill is to bring, and what printed dates and names say of days.

Dates are taken as they are printed, without their zones: a site prints the day of its own place.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from email.utils import parsedate
from typing import NamedTuple
from urllib.parse import urlsplit

_DAY = timedelta(days=1)
_LAST_MONTH = 12
# There was no web before.
_FIRST_YEAR = 1990
# W3C's profile of ISO 8601, which sitemaps, Atom and JSON Feed have: a year, month or day.
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T|\s|$)")
# Parts of names: 2024, 2024-03, 20240315, yyyy=2024&mm=03&dd=15.
_BETWEEN = r"(?:[-_/.]|&\w{1,9}=)?"
_NAMED = re.compile(rf"(?<!\d)(\d{{4}})(?:{_BETWEEN}(\d\d)(?:{_BETWEEN}(\d\d))?)?(?!\d)")
# An article's address has whole parts of its path for its day; 2024 in a title may be its subject.
_IN_PATH = re.compile(r"/(\d{4})[/-](\d\d)(?:[/-](\d\d))?(?=/)")
_NUMBER = re.compile(r"\d+")


class Days(NamedTuple):
    """A span of days: of a day, a month or a year.

    Attributes:
        first: its first day.
        last: its last day.
    """

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Window:
    """The days whose articles a backfill brings, both included."""

    since: date
    until: date

    def holds(self, days: Days) -> bool:
        """Whether some of the days are within."""
        return days.first <= self.until and days.last >= self.since

    def covers(self, days: Days) -> bool:
        """Whether all of the days are within."""
        return self.since <= days.first and days.last <= self.until

    def is_after(self, days: Days) -> bool:
        """Whether the days are over before it begins; a day in between is a matter of zones."""
        return days.last < self.since - _DAY

    def may_hold(self, days: Days) -> bool:
        """Whether some of the days are within, or next to it."""
        return self.since - _DAY <= days.last and days.first <= self.until + _DAY


def read_days(printed: str) -> Days | None:
    """Reads a date as sitemaps and feeds print it: of ISO 8601, or of RFC 822.

    None where it is neither: nothing is guessed.
    """
    text = printed.strip()
    if found := _ISO.match(text):
        return _span(found[1], found[2], found[3])
    try:
        parts = parsedate(text)
    except (ValueError, TypeError, IndexError):
        return None
    return _span(*map(str, parts[:3])) if parts else None


def days_of_address(url: str) -> Days | None:
    """Returns the day or month that an article's address has in its path."""
    try:
        found = _IN_PATH.search(urlsplit(url).path)
    except ValueError:
        return None
    return _span(*found.groups()) if found else None


def days_of_names(urls: Sequence[str], today: date) -> dict[str, Days]:
    """Returns the days that the names of an index's sitemaps say.

    `sitemap-2019.xml` may be the sitemap of a year, or the 2,019th. So names that differ in
    their numbers only are judged together: all of them are dates, or none is. The same holds for
    months and days: where some have no day, what looks like one is a count.

    Args:
        urls: all sitemaps of an index.
        today: no name is of a year behind the next.
    """
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for url in urls:
        groups[_NUMBER.sub("#", url)].append(url)
    found: dict[str, Days] = {}
    for group in groups.values():
        dates = {url: _dates_of(url, today.year + 1) for url in group}
        precision = min(len(of[0]) if of else 0 for of in dates.values())
        if not precision:
            continue
        for url, of in dates.items():
            spans = [span for one in of if (span := _span(*one[:precision]))]
            # Of two dates, one is the first and one the last day.
            found[url] = Days(min(spans).first, max(spans, key=lambda span: span.last).last)
    return found


def _dates_of(url: str, last_year: int) -> list[tuple[str, ...]]:
    """Returns the dates in a name, as year, month and day: those that say most."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return []
    dates = list(_dates_in(f"{parts.path}?{parts.query}"))
    dates = [one for one in dates if one and int(one[0]) <= last_year]
    most = max(map(len, dates), default=0)
    return [one for one in dates if len(one) == most]


def _dates_in(name: str) -> Iterator[tuple[str, ...]]:
    for found in _NAMED.finditer(name):
        numbers = tuple(part for part in found.groups() if part is not None)
        while numbers and _span(*numbers) is None:
            numbers = numbers[:-1]
        yield numbers


def _span(year: str, month: str | None = None, day: str | None = None) -> Days | None:
    numbers = int(year), int(month or 1), int(day or 1)
    if not _FIRST_YEAR <= numbers[0] < MAXYEAR:
        return None
    try:
        first = date(*numbers)
    except ValueError:
        return None
    if day is not None:
        return Days(first, first)
    if month is not None:
        next_year, next_month = divmod(first.month, _LAST_MONTH)
        return Days(first, date(first.year + next_year, next_month + 1, 1) - _DAY)
    return Days(first, date(first.year, 12, 31))
