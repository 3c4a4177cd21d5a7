"""Reads a printed date as a day and a time, in every way that it can be read.

Strict machine formats come first (ISO 8601, RFC 2822, epoch seconds), then printed dates in any
language by their shape (tasks/printed/dates), then dateparser. Nothing here reads a clock:
relative forms are read against the fetch, and not at all without it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from schemas.languages.dates import BUDDHIST_AHEAD
from tasks.normalize.dates import calendars, zones
from tasks.normalize.dates.day_periods import hour_of_day
from tasks.normalize.dates.locales import cldr_order
from tasks.normalize.dates.readings import Reading
from tasks.normalize.dates.stamps import parse_stamp
from tasks.normalize.dates.unusual import read_unusual_day
from tasks.normalize.decisions import Precision
from tasks.printed.dates.date_shapes import DateParts, find_dates


@dataclass(frozen=True, slots=True, kw_only=True)
class DateHints:
    """What helps to read a printed date.

    Attributes:
        zone: the zone of the outlet's printed times, None where not known.
        date_order: `DMY`, `MDY` or `YMD` for numeric dates, None where not known.
        languages: ISO 639-1 codes in which the page may print dates; they choose among months.
        country: ISO 3166-1 alpha-2 of the outlet; it chooses among calendars.
        fetched_at: the instant that relative forms refer to; None forbids them.
    """

    zone: tzinfo | None = None
    date_order: str | None = None
    languages: tuple[str, ...] = ()
    country: str | None = None
    fetched_at: datetime | None = None


_TWO_DIGITS, _THREE_DIGITS, _FOUR_DIGITS = 2, 3, 4
_CENTURY, _PIVOT = 2000, 69
_WEEKDAY_YEARS = 7
_NOON = 12
_MIDNIGHT = 24


def parse_date(text: str, hints: DateHints) -> tuple[Reading, ...]:
    """Returns the ways to read a printed date: one where it is plain, several if ambiguous.

    Args:
        text: a stamp, an attribute value or a printed date; what stands beside the first date in it
            is passed over.
        hints: what is known of the outlet and the page.

    Returns:
        Nothing where there is no day in it (a bare clock time, a day without a year, a relative
        form without a fetch).
    """
    text = text.strip()
    strict = parse_stamp(text)
    if strict is not None:
        return () if _is_bikram(strict.day.year, hints) else (strict,)
    spans = find_dates(text)
    for span in (*(s for s in spans if s.is_full), *(s for s in spans if not s.is_full)):
        readings = tuple(dict.fromkeys(_read_parts(span.parts, hints)))
        if readings:
            return readings
    day = read_unusual_day(text, hints.languages)
    return (Reading(day=day, precision=Precision.DAY, order="unusual"),) if day else ()


def _read_parts(parts: DateParts, hints: DateHints) -> Iterator[Reading]:
    if parts.order in _RELATIVE:
        yield from _read_relative(parts, hints)
        return
    orders: dict[date, str] = {}
    for day, order in _days(parts, hints):
        orders.setdefault(day, order)
    days = list(orders.items())
    if parts.weekdays:
        # A printed weekday decides between two readings; where it fits none, it is the typo.
        days = [item for item in days if item[0].weekday() in parts.weekdays] or days
    for day, order in days:
        yield _with_clock(day, order, parts, hints)


def _days(parts: DateParts, hints: DateHints) -> Iterator[tuple[date, str]]:
    if parts.month:
        yield from _named_days(parts, hints)
        return
    for order in _orders(parts, hints):
        first, second = parts.first or 0, parts.second or 0
        day, month = (first, second) if order == "dmy" else (second, first)
        if order == "ymd":
            month, day = first, second
        year = parts.year
        if parts.order == "short" and order == "ymd":
            year, month, day = first, second, parts.year or 0
        for found in _gregorian_days(parts._replace(year=year), month, day, hints):
            yield found, order
        if order == "dmy" and _is_ethiopic(parts, hints):
            ethiopic = calendars.ethiopic_day(parts.year or 0, month, day)
            if ethiopic is not None:
                yield ethiopic, "ethiopic"


_ETHIOPIC_LANGUAGES = frozenset({"am", "ti"})


def _is_ethiopic(parts: DateParts, hints: DateHints) -> bool:
    """Says whether a numeric date may be of the Ethiopian calendar, which both are printed in."""
    is_spoken = _base(hints.languages[0]) in _ETHIOPIC_LANGUAGES if hints.languages else False
    return is_spoken and parts.year_digits == _FOUR_DIGITS


def _orders(parts: DateParts, hints: DateHints) -> tuple[str, ...]:
    if parts.order not in {"numeric", "short"}:
        return (parts.order,)
    if parts.order == "short" and hints.date_order not in {"DMY", "MDY"}:
        return _short_orders(hints)
    if parts.first == parts.second or hints.date_order == "DMY":
        return ("dmy",)
    if hints.date_order is None and (order := _order_of_words(parts)):
        return (order,)
    return ("mdy",) if hints.date_order == "MDY" else ("dmy", "mdy")


def _order_of_words(parts: DateParts) -> str | None:
    """Returns the order of the language whose word stands beside the clock ("petang")."""
    orders = {
        cldr_order(language, None)
        for period in parts.day_periods
        if not period.is_half
        for language in period.languages
    }
    order = orders.pop() if len(orders) == 1 else None
    return order if order in {"dmy", "mdy"} else None


def _short_orders(hints: DateHints) -> tuple[str, ...]:
    """Returns the orders of "24/1/19"; the year stands first where the language prints it so."""
    orders = {cldr_order(_base(language), hints.country) for language in hints.languages}
    if orders == {"ymd"} or hints.date_order == "YMD":
        return ("ymd",)
    return ("dmy", "mdy") if orders and "ymd" not in orders else ("dmy", "mdy", "ymd")


def _gregorian_days(parts: DateParts, month: int, day: int, hints: DateHints) -> Iterator[date]:
    """Yields the day of a numeric date; its year may be of another era or calendar."""
    year = parts.year
    if year is None or _is_bikram(year, hints):
        return
    if parts.era is not None:
        year = calendars.era_year(parts.era, year)
    elif parts.year_digits == _THREE_DIGITS:
        year = calendars.roc_year(year) if _is_roc(parts, hints) else None
    elif parts.year_digits == _TWO_DIGITS:
        year = _full_year(year)
    elif year in calendars.BUDDHIST_YEARS:
        year -= BUDDHIST_AHEAD
    elif year in calendars.SOLAR_HIJRI_YEARS or year in calendars.HIJRI_YEARS:
        yield from _muslim_days(year, month, day, hints)
        return
    found = calendars.gregorian_day(year, month, day) if year is not None else None
    if found is not None:
        yield found


def _is_bikram(year: int, hints: DateHints) -> bool:
    """Says whether a year may be of the Bikram Sambat, which is 56 ahead, on a page of Nepal."""
    languages = set(map(_base, hints.languages[:1]))
    is_nepali = hints.country == "NP" or (hints.country is None and languages == {"ne"})
    return is_nepali and year in calendars.BIKRAM_YEARS


def _is_roc(parts: DateParts, hints: DateHints) -> bool:
    """Says whether three digits are a year of the Republic of China, whose press prints both."""
    languages = set(map(_base, hints.languages[:1]))
    return parts.year in calendars.ROC_YEARS and (
        hints.country == "TW" or (hints.country is None and languages <= {"zh"})
    )


_SOLAR_HIJRI_COUNTRIES, _SOLAR_HIJRI_LANGUAGES = {"IR", "AF"}, {"fa", "ps"}


def _muslim_days(year: int, month: int, day: int, hints: DateHints) -> Iterator[date]:
    """Yields the Solar Hijri day, the lunar Hijri day, or both where nothing tells which it is."""
    languages = {language.split("-")[0] for language in hints.languages}
    is_solar = hints.country in _SOLAR_HIJRI_COUNTRIES or bool(languages & _SOLAR_HIJRI_LANGUAGES)
    is_lunar = bool(hints.country or languages) and not is_solar
    if not is_lunar and year in calendars.SOLAR_HIJRI_YEARS:
        found = calendars.solar_hijri_day(year, month, day)
        if found:
            yield found
    if not is_solar and year in calendars.HIJRI_YEARS:
        yield from _lunar_days(year, month, day, hints)


def _lunar_days(year: int, month: int, day: int, hints: DateHints) -> Iterator[date]:
    """Yields the Umm al-Qura day; outside Saudi Arabia its neighbours too, for the moon."""
    found = calendars.hijri_day(year, month, day)
    if found is None:
        return
    yield found
    if hints.country != "SA":
        yield found - timedelta(days=1)
        yield found + timedelta(days=1)


def _named_days(parts: DateParts, hints: DateHints) -> Iterator[tuple[date, str]]:
    year, day = parts.year, parts.first or 0
    if year is None:
        yield from _yearless_days(parts, hints)
        return
    wanted = {language.split("-")[0] for language in hints.languages}
    spoken = [
        name for name in parts.month if wanted & {code.split("-")[0] for code in name.languages}
    ]
    for name in spoken or parts.month:
        if name.calendar == "solar_hijri" and year in calendars.SOLAR_HIJRI_YEARS:
            found = calendars.solar_hijri_day(year, name.number, day)
        elif name.calendar == "hijri" and year in calendars.HIJRI_YEARS:
            for lunar in _lunar_days(year, name.number, day, hints):
                yield lunar, parts.order
            continue
        elif name.calendar == "ethiopic" and parts.year_digits == _FOUR_DIGITS:
            found = calendars.ethiopic_day(year, name.number, day)
        elif name.calendar == "gregorian":
            found = calendars.gregorian_day(
                _gregorian_year(year, parts.year_digits, name.languages), name.number, day
            )
        else:
            continue
        if found is not None:
            yield found, parts.order


def _yearless_days(parts: DateParts, hints: DateHints) -> Iterator[tuple[date, str]]:
    """Yields the last such day before the fetch, on its weekday where one is printed.

    A day of the year falls on the same weekday again after five, six or eleven years.
    """
    if hints.fetched_at is None:
        return
    last = _local(hints.fetched_at, hints).date() + timedelta(days=1)
    months = [name.number for name in parts.month if name.calendar == "gregorian"]
    for number in dict.fromkeys(months):
        for year in range(last.year, last.year - (_WEEKDAY_YEARS if parts.weekdays else 2), -1):
            found = calendars.gregorian_day(year, number, parts.first or 0)
            is_past = found is not None and found <= last
            if found and is_past and (not parts.weekdays or found.weekday() in parts.weekdays):
                yield found, "yearless"
                break


def _gregorian_year(year: int, digits: int, languages: frozenset[str]) -> int:
    """Returns the Gregorian year; Thai and Lao print Buddhist years, in four digits or in two."""
    if year in calendars.BUDDHIST_YEARS:
        return year - BUDDHIST_AHEAD
    if digits == _TWO_DIGITS:
        # The Thai print 2567 as 67.
        return 2500 + year - BUDDHIST_AHEAD if languages == {"th"} else _full_year(year)
    return year


def _is_foreign(parts: DateParts, hints: DateHints) -> bool:
    spoken = {code.split("-")[0] for name in parts.month for code in name.languages}
    wanted = {_SAME_NAMES.get(code, code) for code in map(_base, hints.languages[:1])}
    return bool(spoken and wanted) and not spoken & wanted


# CLDR files Norwegian under its two written forms.
_SAME_NAMES = {"no": "nb"}


def _base(language: str) -> str:
    return language.split("-", maxsplit=1)[0]


def _full_year(year: int) -> int:
    """Returns the year of two digits; POSIX strptime's pivot: 69 to 99 are of the 20th century."""
    return year + (_CENTURY if year < _PIVOT else _CENTURY - 100)


def _with_clock(day: date, order: str, parts: DateParts, hints: DateHints) -> Reading:
    hour, minute = parts.hour, parts.minute or 0
    if hour is not None and hour <= _NOON:
        hour = _hour_of_day(parts, hints)
    if hour is None or hour > _MIDNIGHT or (hour == _MIDNIGHT and minute):
        return Reading(day=day, order=order)
    if hour == _MIDNIGHT:
        day, hour = day + timedelta(days=1), 0
    clock = time(hour, minute, parts.second_of_minute or 0)
    offset = None
    if parts.zone:
        offset = zones.offset_of(parts.zone, hints.zone, datetime.combine(day, clock))
    return Reading(
        day=day,
        clock=clock,
        offset_minutes=offset,
        is_zulu=offset == 0,
        precision=Precision.MINUTE if parts.second_of_minute is None else Precision.SECOND,
        order=order,
        is_foreign=_is_foreign(parts, hints),
    )


def _hour_of_day(parts: DateParts, hints: DateHints) -> int | None:
    """Returns the hour of a clock up to 12; None where a word beside it may move it to evening."""
    assert parts.hour is not None
    if parts.day_periods:
        return hour_of_day(parts.hour, parts.minute or 0, parts.day_periods, hints.languages)
    return parts.hour if parts.is_clock_plain or parts.hour == 0 else None


def is_relative(text: str) -> bool:
    """Says whether a printed date has a meaning only against the fetch ("3 hours ago")."""
    spans = find_dates(text.strip())
    return bool(spans) and all(span.parts.order in _RELATIVE for span in spans)


_RELATIVE = frozenset({"ago", "day_shift", "weekday"})


def _read_relative(parts: DateParts, hints: DateHints) -> Iterator[Reading]:
    """Reads "3 hours ago", "yesterday" and a bare weekday against the fetch."""
    if hints.fetched_at is None:
        return
    if parts.order == "ago" and parts.ago_s is not None:
        then = hints.fetched_at - timedelta(seconds=parts.ago_s)
        # An age is rounded to its unit: it tells the day, and not the minute.
        yield Reading(day=_local(then, hints).date(), order="ago")
        return
    today = _local(hints.fetched_at, hints).date()
    if parts.day_shift is not None:
        languages = {language.split("-")[0] for language in hints.languages}
        if languages and parts.languages and not languages & parts.languages:
            return
        day = today + timedelta(days=parts.day_shift)
    elif len(parts.weekdays) == 1:
        (weekday,) = parts.weekdays
        day = today - timedelta(days=(today.weekday() - weekday) % 7)
    else:
        return
    yield _with_clock(day, parts.order, parts, hints)


def _local(instant: datetime, hints: DateHints) -> datetime:
    return instant.astimezone(hints.zone or UTC)
