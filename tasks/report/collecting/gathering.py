"""What the page about collecting says, gathered from the collector's state."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tasks.collect.exchange import Outcome
from tasks.collect.memory.accounts import FOUND
from tasks.collect.memory.state import State
from tasks.collect.reporting.alarms import Alarm
from tasks.collect.reporting.standing import CollectStanding
from tasks.report.html.periods import Periods
from tasks.report.html.report_data import Count
from tasks.report.html.series_charts import Cell

# Columns of the map: on a phone each has five pixels.
_DAYS = 30
_WEEK = 7
_OUTLETS = 20
_HOSTS = 10


@dataclass(frozen=True, slots=True)
class CollectedOutlet:
    """The pages of an outlet: stored on the last day, in the last week and on the map's days."""

    name: str
    today: int
    week: int
    shown: int


@dataclass(frozen=True, slots=True)
class Backlog:
    """Pages of a host that wait, and the hours until the last is asked."""

    host: str
    pages: int
    hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectingData:
    """How collecting stands, and went.

    Attributes:
        at: UTC.
        standing: see there.
        alarms: what people were told, and is not over.
        warnings: of the sources file.
        found, stored: addresses by day, the last one today.
        periods: the days of the map.
        outlets: its rows: those with most pages, the others as one.
        cells: pages stored, by these names and days.
        outcomes: addresses by outcome, in the last week.
        backlog: the hosts whose pages wait longest.
    """

    at: datetime
    standing: CollectStanding
    alarms: tuple[Alarm, ...]
    warnings: tuple[str, ...]
    found: tuple[int, ...]
    stored: tuple[int, ...]
    periods: Periods
    outlets: tuple[CollectedOutlet, ...]
    cells: tuple[Cell, ...]
    outcomes: tuple[Count, ...]
    backlog: tuple[Backlog, ...]


def gather_collecting(
    state: State,
    standing: CollectStanding,
    alarms: Sequence[Alarm],
    now: datetime,
    warnings: Sequence[str] = (),
) -> CollectingData:
    """Gathers what the page says.

    Args:
        state: of the collector.
        standing: how collecting stands.
        alarms: that there are.
        now: UTC.
        warnings: of the sources file.
    """
    today = now.astimezone(UTC).date()
    days = tuple(today - timedelta(days=back) for back in range(_DAYS))[::-1]
    counts = Counter[tuple[date, str, str]]()
    first = (now - timedelta(days=_DAYS)).timestamp()
    for counted_on, outlet, what, count in state.accounts.since(first):
        counts[date.fromisoformat(counted_on), outlet, what] += count
    stored = _stored_by_outlet(counts)
    names = _rows(stored, days)
    cells = Counter[tuple[str, date]]()
    for outlet, by_day in stored.items():
        for day in days:
            cells[names[outlet], day] += by_day[day]
    return CollectingData(
        at=now,
        standing=standing,
        alarms=tuple(alarms),
        warnings=tuple(warnings),
        found=_by_day(counts, FOUND, days),
        stored=_by_day(counts, Outcome.STORED, days),
        periods=Periods("day", days),
        outlets=tuple(_outlet(name, cells, days) for name in dict.fromkeys(names.values())),
        cells=tuple(Cell(name, day, count) for (name, day), count in cells.items() if count),
        outcomes=_outcomes(counts, days[-_WEEK:]),
        backlog=_backlog(standing),
    )


_Counts = Counter[tuple[date, str, str]]


def _stored_by_outlet(counts: _Counts) -> dict[str, Counter[date]]:
    stored: dict[str, Counter[date]] = {}
    for (day, outlet, what), count in counts.items():
        if what == Outcome.STORED:
            stored.setdefault(outlet, Counter())[day] += count
    return stored


def _rows(stored: dict[str, Counter[date]], days: Sequence[date]) -> dict[str, str]:
    """Returns the row of each outlet, those with most pages first, the others in one."""
    ranked = sorted(stored, key=lambda outlet: (-sum(stored[outlet][day] for day in days), outlet))
    others = f"{len(ranked) - _OUTLETS:,} others"
    return {outlet: outlet if n < _OUTLETS else others for n, outlet in enumerate(ranked)}


def _by_day(counts: _Counts, what: str, days: Sequence[date]) -> tuple[int, ...]:
    totals = Counter[date]()
    for (day, _, counted), count in counts.items():
        if counted == what:
            totals[day] += count
    return tuple(totals[day] for day in days)


def _outlet(name: str, cells: Counter[tuple[str, date]], days: Sequence[date]) -> CollectedOutlet:
    pages = [cells[name, day] for day in days]
    return CollectedOutlet(name, pages[-1], sum(pages[-_WEEK:]), sum(pages))


def _outcomes(counts: _Counts, days: Sequence[date]) -> tuple[Count, ...]:
    totals = Counter[str]()
    for (day, _, what), count in counts.items():
        if day in days and what != FOUND:
            totals[what] += count
    return tuple(Count(what, count) for what, count in totals.most_common())


def _backlog(standing: CollectStanding) -> tuple[Backlog, ...]:
    hours = sorted(standing.backlog_hours_by_host.items(), key=lambda entry: -entry[1])
    return tuple(Backlog(host, standing.backlog[host], wait) for host, wait in hours[:_HOSTS])
