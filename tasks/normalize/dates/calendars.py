"""Days of calendars other than the Gregorian, as Gregorian days.

Sources: the Solar Hijri calendar of Iran and Afghanistan (jdatetime), the Umm al-Qura calendar of
Saudi Arabia for lunar Hijri dates (hijridate), era names of Japan and the Republic of China and
the Thai Buddhist era by their fixed differences of years. The Ethiopian calendar has thirteen
months, twelve of 30 days, and a leap year each fourth one without exception (Dershowitz and
Reingold, Calendrical Calculations).
"""

from datetime import date

import jdatetime
from hijridate import Hijri

from schemas.languages import dates as date_words

# Years that printed dates of our time have in each calendar.
SOLAR_HIJRI_YEARS = range(1340, 1450)
HIJRI_YEARS = range(1380, 1500)
BUDDHIST_YEARS = range(2500, 2600)
ROC_YEARS = range(84, 150)
# Of the Bikram Sambat, whose months have other lengths each year: only tables tell them.
BIKRAM_YEARS = range(2040, 2100)
# The day before the first of the Ethiopian calendar, counted as `date.toordinal` does.
_ETHIOPIC_EPOCH = 2795
_ETHIOPIC_MONTHS, _MONTH_DAYS = 13, 30


def gregorian_day(year: int, month: int, day: int) -> date | None:
    """Returns the day, None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def solar_hijri_day(year: int, month: int, day: int) -> date | None:
    """Returns the Gregorian day of a Solar Hijri date, None where that calendar has none."""
    try:
        found: date = jdatetime.date(year, month, day).togregorian()
    except ValueError:
        return None
    return found


def hijri_day(year: int, month: int, day: int) -> date | None:
    """Returns the Gregorian day of an Umm al-Qura date, None where that calendar has none."""
    try:
        found = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


def ethiopic_day(year: int, month: int, day: int) -> date | None:
    """Returns the Gregorian day of an Ethiopian date, None where that calendar has none."""
    last = _MONTH_DAYS if month < _ETHIOPIC_MONTHS else 6 if year % 4 == 3 else 5  # noqa: PLR2004
    if not (1 <= month <= _ETHIOPIC_MONTHS and 1 <= day <= last):
        return None
    days = 365 * (year - 1) + year // 4 + _MONTH_DAYS * (month - 1) + day
    return date.fromordinal(_ETHIOPIC_EPOCH + days)


def roc_year(year: int) -> int:
    """Returns the Gregorian year of a year of the Republic of China."""
    return year + 1911


def era_year(era: str, year: int) -> int | None:
    """Returns the Gregorian year of a year of an era, None for an era that is not known."""
    first = date_words.eras().get(era)
    return None if first is None else first + year - 1
