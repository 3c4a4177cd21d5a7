"""The months or days that partitions are of, across all shards.

Which periods there are, and whether anything of one may have changed, is told by what shards say of
their days. The rows of a period are read only to make its selection.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from schemas.settings import Settings
from tasks.publish.blank_rows import blank_rows
from tasks.publish.duplicates import WINDOW
from tasks.publish.index import UNKNOWN_DAY, put
from tasks.publish.joined_outlets import JoinedOutlets
from tasks.publish.shard_days import ARTICLES, DAY, Days, Rows
from tasks.publish.shard_files import KINDS, Shard, read_days, read_days_rows
from tasks.storage.warehouse import Warehouse

UNKNOWN_MONTH = "unknown"
_SECOND = 1_000_000
# The unit of days that partitions are of.
_UNITS = {"month": "M", "date": "D"}

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Period:
    """The rows of one partition, and those that its articles may repeat.

    Attributes:
        value: as its partition is named: `2024-03`.
        first_day: the first day that has rows in it, since 1970.
        last_day: the last one.
        start: the instant from which articles are compared, in microseconds since 1970.
        stop: the last instant of its own articles.
        rows: how many rows are read for it.
        key: the digest of all that its selection is made of, and possibly of more.
    """

    value: str
    first_day: int
    last_day: int
    start: int
    stop: int
    rows: int
    key: str

    def find_days(self, days: Days) -> Mask:
        """Tells which days hold rows of the period, or articles that these may repeat."""
        own = (days["day"] >= self.first_day) & (days["day"] <= self.last_day)
        found: Mask = own | ((days["latest"] >= self.start) & (days["earliest"] <= self.stop))
        return found


def unit_of(section: str, settings: Settings) -> str:
    """Returns the unit of the periods of a section, as numpy writes it: `M` or `D`."""
    return _UNITS[settings.partition_by] if section == ARTICLES else "M"


def list_periods(
    shards: Iterable[Shard], section: str, unit: str, joined: JoinedOutlets
) -> list[Period]:
    """Returns the periods of a section, in the order of time; the unknown first.

    Args:
        shards: all.
        section: of the shards.
        unit: of the periods.
        joined: on which the rows depend too.
    """
    days = _sum_up([read_days(shard, section) for shard in shards])
    joins = hashlib.sha256(joined.names.tobytes() + joined.outlets.tobytes()).digest()
    return [
        _describe(value, days, members, section, joins)
        for value, members in by_period(days["day"], unit)
    ]


def by_period(days: npt.NDArray[np.int32], unit: str) -> Iterator[tuple[str, npt.NDArray[np.intp]]]:
    """Yields the months (`M`) or days (`D`) that rows are of, with their rows in order."""
    periods = days.astype("datetime64[D]").astype(f"datetime64[{unit}]")
    order = np.argsort(periods, kind="stable")
    starts = np.flatnonzero(periods[order][1:] != periods[order][:-1]) + 1
    for members in np.split(order, starts) if len(days) else ():
        is_known = days[members[0]] != UNKNOWN_DAY
        yield str(periods[members[0]]) if is_known else UNKNOWN_MONTH, members


def search_start(instant: int) -> int:
    """Returns the instant from which on an article may repeat others, in microseconds.

    `find_duplicates` compares whole seconds; so does this, or a copy at the edge would be missed.
    """
    return (instant // _SECOND) * _SECOND - int(WINDOW // np.timedelta64(1, "us"))


def read_period_rows(
    warehouse: Warehouse, shards: Iterable[Shard], section: str, periods: Sequence[Period]
) -> Rows:
    """Reads all rows that the selections of some periods are made of, a shard at a time.

    Raises:
        DamagedSectionError: a shard is not as it was written.
    """
    wanted = []
    for shard in shards:
        days = read_days(shard, section)
        masks = [period.find_days(days) for period in periods]
        wanted.append((shard, days[np.logical_or.reduce(masks)]))
    count = sum(int(days["rows"].sum()) for _, days in wanted)
    rows = blank_rows(warehouse, KINDS[section], count)
    first = 0
    for shard, days in wanted:
        found = read_days_rows(shard, section, days)
        put(rows, first, found)
        first += len(found)
    return rows


def share_out(periods: Sequence[Period], at_most: int) -> Iterator[list[Period]]:
    """Yields periods that are selected together: neighbours, as long as their rows are few.

    A share of one period may have more rows.
    """
    share: list[Period] = []
    rows = 0
    for period in periods:
        if share and rows + period.rows > at_most:
            yield share
            share, rows = [], 0
        share.append(period)
        rows += period.rows
    if share:
        yield share


def _sum_up(by_shard: Sequence[Days]) -> Days:
    """Returns each day of all shards once; its digest is that of what each of them says of it."""
    if len(by_shard) == 1:
        return by_shard[0]
    every = np.concatenate(by_shard)
    every = every[np.argsort(every["day"], kind="stable")]
    starts = np.flatnonzero(np.r_[True, every["day"][1:] != every["day"][:-1]][: len(every)])
    days = np.zeros(len(starts), DAY)
    if not len(starts):
        return days
    days["day"] = every["day"][starts]
    for name in ("rows", "named"):
        days[name] = np.add.reduceat(every[name], starts)
    days["earliest"] = np.minimum.reduceat(every["earliest"], starts)
    days["latest"] = np.maximum.reduceat(every["latest"], starts)
    digests = np.split(np.ascontiguousarray(every["digest"]), starts[1:])
    content = b"".join(hashlib.sha256(some.tobytes()).digest() for some in digests)
    days["digest"] = np.frombuffer(content, "V32")
    return days


def _describe(
    value: str, days: Days, members: npt.NDArray[np.intp], section: str, joins: bytes
) -> Period:
    own = days[members]
    start, stop = 0, -1
    if section == ARTICLES:
        start, stop = search_start(int(own["earliest"].min())), int(own["latest"].max())
    first_day, last_day = int(own["day"][0]), int(own["day"][-1])
    period = Period(value, first_day, last_day, start, stop, 0, "")
    read = days[period.find_days(days)]
    key = hashlib.sha256(f"{section} {value}".encode() + read["digest"].tobytes())
    if read["named"].any():
        key.update(joins)
    return Period(value, first_day, last_day, start, stop, int(read["rows"].sum()), key.hexdigest())
