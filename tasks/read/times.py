"""Instants as crawlers write them: when a page was fetched."""

import re
from datetime import UTC, date, datetime

# Epoch numbers are told apart by size: today's seconds have ten digits, each unit three more.
_UNITS_PER_SECOND = ((1e11, 1), (1e14, 1e3), (1e17, 1e6), (1e20, 1e9))
# The web is no older; a later year is a typing error. Fixed, for nothing here reads the clock.
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_NUMBER = re.compile(r"\d{9,19}(?:\.\d+)?")


def parse_instant(value: object) -> datetime | None:
    """Read a moment: ISO 8601 with a time, or (milli-, micro-, nano-)seconds since 1970.

    Without an offset it is taken as UTC, as `fetched_at` and WARC-Date are defined to be.

    Returns:
        The UTC instant; None where the value is none: a day alone is not an instant.
    """
    if isinstance(value, datetime):
        return _accept(value)
    if isinstance(value, str):
        text = value.strip()
        if _NUMBER.fullmatch(text):
            return _parse_epoch(float(text))
        return _parse_iso(text)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _parse_epoch(value)
    return None


def _parse_iso(text: str) -> datetime | None:
    if ":" not in text and "T" not in text.upper():
        return None
    try:
        return _accept(datetime.fromisoformat(text))
    except ValueError:
        return None


def _parse_epoch(value: float) -> datetime | None:
    units = next((units for bound, units in _UNITS_PER_SECOND if value < bound), None)
    if units is None or value < 0:
        return None
    return _accept(datetime.fromtimestamp(value / units, tz=UTC))


def _accept(moment: datetime) -> datetime | None:
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return None
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC)


def utc_day(moment: datetime | None) -> date | None:
    """Give the UTC day of an instant."""
    return None if moment is None else moment.astimezone(UTC).date()
