"""Settles which of two readings a numeric date has: 03/04/2024 is 3 April or 4 March."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from babel.languages import get_official_languages

from schemas.date_sources import DateSource, DateTrait
from tasks.normalize.dates.date_candidates import DatedClue
from tasks.normalize.dates.locales import cldr_order
from tasks.normalize.dates.parse import DateHints
from tasks.normalize.dates.readings import Reading

# A month's name tells no order: "March 9, 2023" stands on pages that print 09/03/2023 too.
_NUMERIC = re.compile(r"\d{1,2}[-./]\s?\d{1,2}[-./]\s?\d{2}")
_YEAR_LAST = {"dmy": "dmy", "mdy": "mdy", "ymd": "dmy"}


def settle_orders(found: Sequence[DatedClue], hints: DateHints) -> list[DatedClue]:
    """Returns the candidates with ambiguous ones settled where the page or its language tells.

    In this order: another date of the page that can be one day only and is one of the two (or its
    neighbour, for the zone); a numeric date of the page that can have one order only; the order
    that the outlet's country and the page's language print.
    """
    if all(len(candidate.readings) <= 1 for candidate in found):
        return list(found)
    order = _order_on_page(found) or _order_of_language(hints)
    printed = _settle_all(found, hints, order, DateTrait.PRINTED)
    # A CMS may print its metas in another order than readers see ("11/01/2023" for 1 November).
    return _settle_all(printed, hints, order, DateTrait.NONE)


def _settle_all(
    found: Sequence[DatedClue], hints: DateHints, order: str | None, trait: DateTrait
) -> list[DatedClue]:
    plain = {
        candidate.local_day(candidate.readings[0], hints)
        for candidate in found
        if len(candidate.readings) == 1
    }
    return [
        candidate
        if len(candidate.readings) <= 1 or trait not in candidate.clue.source.traits
        else replace(candidate, readings=_settle(candidate, plain, order))
        for candidate in found
    ]


def settle_years(found: Sequence[DatedClue], hints: DateHints) -> list[DatedClue]:
    """Returns the candidates with days without a year in the year of another date of the page.

    "Mar 5" beside a stamp of 5 March 2024 is that day, whenever the page was fetched.
    """
    if not any(_is_yearless(candidate) for candidate in found):
        return list(found)
    whole = {
        candidate.local_day(candidate.readings[0], hints)
        for candidate in found
        if len(candidate.readings) == 1 and not _is_yearless(candidate)
        if candidate.clue.source in _SHOWN_WHOLE
    }
    return [_in_year_of(candidate, whole) for candidate in found]


# A year far from the stamp may be another story's.
_SHOWN_WHOLE = frozenset(
    {DateSource.TIME, DateSource.MICRODATA, DateSource.JSON_LD, DateSource.META, DateSource.URL}
)


def _is_yearless(candidate: DatedClue) -> bool:
    return any(reading.order == "yearless" for reading in candidate.readings)


def _in_year_of(candidate: DatedClue, whole: set[date]) -> DatedClue:
    if len(candidate.readings) != 1 or not _is_yearless(candidate):
        return candidate
    (reading,) = candidate.readings
    near = {
        (day + timedelta(days=shift)).year
        for day in whole
        for shift in (-1, 0, 1)
        if (day + timedelta(days=shift)).timetuple()[1:3] == (reading.day.month, reading.day.day)
    }
    if len(near) != 1:
        return candidate
    dated = replace(reading, day=reading.day.replace(year=near.pop()))
    return replace(candidate, readings=(dated,))


def _settle(candidate: DatedClue, plain: set[date], order: str | None) -> tuple[Reading, ...]:
    for reach in (0, 1):
        agreeing = tuple(
            reading
            for reading in candidate.readings
            if any(reading.day + timedelta(days=shift) in plain for shift in (-reach, reach))
        )
        if len(agreeing) == 1:
            return agreeing
    # Which calendar it is of, an order cannot tell.
    likely = {order, "ethiopic"}
    ordered = tuple(reading for reading in candidate.readings if reading.order in likely)
    return ordered if len(ordered) == 1 else candidate.readings


def _order_on_page(found: Sequence[DatedClue]) -> str | None:
    """Returns the one order that the page's plain numeric dates have ("25/04/2023")."""
    orders = {
        candidate.readings[0].order
        for candidate in found
        if len(candidate.readings) == 1
        and candidate.readings[0].order in {"dmy", "mdy"}
        and _NUMERIC.search(candidate.clue.text)
    }
    return orders.pop() if len(orders) == 1 else None


def _order_of_language(hints: DateHints) -> str | None:
    """Returns the order of CLDR's short dates; English without a country has none."""
    languages = [language.split("-")[0] for language in hints.languages[:1]]
    if not languages and hints.country is not None:
        languages = list(get_official_languages(hints.country, de_facto=True))
    if not hints.country and languages == ["en"]:
        return None
    # A language that prints the year first has no order of its own for dates that print it last.
    # Their day stands first.
    orders = {_YEAR_LAST.get(cldr_order(code, hints.country) or "") for code in languages}
    return orders.pop() if len(orders) == 1 else None
