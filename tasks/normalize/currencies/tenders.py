"""When a currency was legal tender, and which of its name was on a day.

Facts: CLDR's currencies by territory, with their first and last days.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from schemas.currencies.iso_4217 import SUCCESSIONS


@dataclass(frozen=True, slots=True)
class Tender:
    """A currency of a country, from its first day to its last; None where it has no end."""

    code: str
    since: date
    until: date | None

    def is_on(self, day: date) -> bool:
        """Whether it was legal tender on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@cache
def tenders_of(country: str) -> tuple[Tender, ...]:
    """Returns the legal tenders that a country has had, the earliest first."""
    return tuple(tender for territory, tender in _all_tenders() if territory == country)


@cache
def has_used(country: str, code: str) -> bool:
    """Whether a currency is or was legal tender in a country."""
    return any(tender.code == code for tender in tenders_of(country))


def has_ended(country: str, code: str, day: date) -> bool:
    """Whether a currency was legal tender in a country, and is no more on a day."""
    ends = [tender.until for tender in tenders_of(country) if tender.code == code]
    return bool(ends) and all(end is not None and end < day for end in ends)


def on_day(code: str, day: date) -> tuple[str, bool]:
    """Returns the currency of the same name that was in use on a day.

    Args:
        code: the currency that bears the name now, or bore it last.
        day: the day of the text.

    Returns:
        The currency, and whether another of the name was in use too. Before the first of them,
        and for a name that has had one currency only, it is `code`.
    """
    for succession in SUCCESSIONS:
        if code == succession[-1]:
            valid = [tender for tender in _history(succession) if tender.since <= day]
            if not valid:
                return code, False
            is_shared = sum(tender.is_on(day) for tender in valid) > 1
            return valid[-1].code, is_shared
    return code, False


@cache
def last_change(code: str) -> date | None:
    """Returns the day from which a currency bears its name, None where no other bore it before."""
    for succession in SUCCESSIONS:
        if code in succession[1:]:
            return next(each.since for each in _history(succession) if each.code == code)
    return None


@cache
def _history(succession: tuple[str, ...]) -> tuple[Tender, ...]:
    """Returns the currencies of a name, each once with its first day anywhere."""
    found: dict[str, Tender] = {}
    for _, tender in _all_tenders():
        known = found.get(tender.code)
        if tender.code in succession and (known is None or tender.since < known.since):
            found[tender.code] = tender
    return tuple(sorted(found.values(), key=lambda tender: tender.since))


@cache
def _all_tenders() -> tuple[tuple[str, Tender], ...]:
    from babel.core import get_global  # noqa: PLC0415 - loaded with the first text that needs it

    return tuple(
        (territory, Tender(code, date(*since), date(*until) if until else None))
        for territory, tenders in get_global("territory_currencies").items()
        for code, since, until, is_tender in tenders
        if is_tender and since
    )
