"""What the hours of a collection brought, by its fetch log, and whether nothing comes any more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import pyarrow.compute as pc
import pyarrow.parquet as pq

from tasks.collect.exchange import RequestKind
from tasks.collect.running.fetch_log import log_files

_HOUR_S = 3600
_DAY_H, _WEEK_H = 24, 168
# So many days are read: a week, and the hour of a week ago.
_DAYS = 8
# An hour without pages is unusual where these would have come: of ten that are expected, none
# comes by chance in one of twenty thousand cases.
_EXPECTED_PAGES = 10.0
_OK = 200


@dataclass(frozen=True, slots=True)
class Hour:
    """Requests of an hour, and pages that were had."""

    requests: int
    pages: int


@dataclass(frozen=True, slots=True)
class Drought:
    """Whole hours, up to now, in which nothing came although it was asked for.

    Attributes:
        since: epoch seconds of the beginning of the first.
        expected: pages that came in these hours on other days.
    """

    since: float
    expected: float


def read_hours(folder: Path, now: datetime) -> dict[int, Hour]:
    """Returns the hours of the last eight days in which there were requests, by epoch hours."""
    requests: dict[int, int] = {}
    pages: dict[int, int] = {}
    first = now.astimezone(UTC).date() - timedelta(days=_DAYS)
    for file in log_files(folder, since=first):
        table = pq.read_table(file, columns=["at", "kind", "status"])
        hours = pc.divide(pc.cast(table["at"], "int64"), _HOUR_S * 1000)
        is_page = pc.and_(
            pc.equal(table["kind"], RequestKind.PAGE.value),
            pc.fill_null(pc.equal(table["status"], _OK), fill_value=False),
        )
        for counts, counted in ((requests, hours), (pages, hours.filter(is_page))):
            for hour, count in zip(*pc.value_counts(counted).flatten(), strict=True):
                counts[hour.as_py()] = counts.get(hour.as_py(), 0) + count.as_py()
    return {hour: Hour(count, pages.get(hour, 0)) for hour, count in requests.items()}


def find_drought(hours: Mapping[int, Hour], now: float) -> Drought | None:
    """Returns since when nothing has come; None where that is usual, or not known yet.

    What is usual in an hour is the median of the same hour on the last seven days, and no more
    than a week ago: outlets rest at week-ends. Hours in which nothing was asked say nothing.

    Args:
        hours: of `read_hours`.
        now: epoch seconds; its own hour is not over and does not count.
    """
    expected, since = 0.0, None
    current = int(now // _HOUR_S)
    for hour in range(current - 1, current - 1 - _DAY_H, -1):
        known = hours.get(hour)
        if known is None:
            continue
        if known.pages:
            break
        expected += _usual(hours, hour)
        since = hour * float(_HOUR_S)
    if since is None or expected < _EXPECTED_PAGES:
        return None
    return Drought(since, expected)


def _usual(hours: Mapping[int, Hour], hour: int) -> float:
    week_ago = hours.get(hour - _WEEK_H)
    if week_ago is None:
        return 0.0
    known = (hours.get(hour - days * _DAY_H) for days in range(1, _DAYS))
    return min(median(found.pages for found in known if found), float(week_ago.pages))
