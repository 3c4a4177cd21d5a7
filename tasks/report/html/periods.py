"""Days, months or years: the columns of the coverage map, by how long its articles go back."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Unit = Literal["day", "month", "year"]

# Columns of a map: on a phone each has three pixels.
_COLUMNS = 60
_MONTHS_A_YEAR = 12
# Formats of `strftime`, which Vega reads too.
_FORMATS: dict[Unit, str] = {"day": "%-d %B %Y", "month": "%B %Y", "year": "%Y"}


@dataclass(frozen=True, slots=True)
class Periods:
    """The columns of a map, without a gap.

    Attributes:
        unit: what each is.
        starts: the first day of each, sorted.
    """

    unit: Unit
    starts: tuple[date, ...]

    @property
    def first_day(self) -> date:
        """The first day of all."""
        return self.starts[0]

    @property
    def last_day(self) -> date:
        """The last day of all."""
        return _following(self.unit, self.starts[-1]) - timedelta(days=1)

    def start_of(self, day: date) -> date:
        """Returns the first day of the period that a day is in."""
        return _start(self.unit, day)

    def name(self, start: date) -> str:
        """Returns how a period is printed: 5 March 2024, March 2024, 2024."""
        return start.strftime(_FORMATS[self.unit])


def choose_periods(first: date, last: date, earliest: date) -> Periods:
    """Chooses days where all of a span fits into the map, else months, else years.

    Args:
        first: the first day that the map is about.
        last: the last one; it is in the last column.
        earliest: the day of the earliest article: months and years before it are not shown.

    Returns:
        The periods up to `last`; sixty, or as many as there are months or years.
    """
    units: tuple[Unit, ...] = ("day", "month", "year")
    unit = next((unit for unit in units if _count(unit, first, last) <= _COLUMNS), units[-1])
    start = _start(unit, last)
    starts = [start]
    while len(starts) < _COLUMNS and (unit == "day" or start > earliest):
        start = _start(unit, start - timedelta(days=1))
        starts.append(start)
    return Periods(unit, tuple(reversed(starts)))


def _count(unit: Unit, first: date, last: date) -> int:
    """Counts the periods from a day to another."""
    years = last.year - first.year
    match unit:
        case "day":
            return (last - first).days + 1
        case "month":
            return years * _MONTHS_A_YEAR + last.month - first.month + 1
        case "year":
            return years + 1


def _start(unit: Unit, day: date) -> date:
    match unit:
        case "day":
            return day
        case "month":
            return day.replace(day=1)
        case "year":
            return day.replace(month=1, day=1)


def _following(unit: Unit, start: date) -> date:
    """Returns the start of the next period; a month and a year end within so many days."""
    return _start(unit, start + timedelta(days={"day": 1, "month": 31, "year": 366}[unit]))
