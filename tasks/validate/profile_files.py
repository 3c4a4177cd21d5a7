"""Files of profiles: where what the audit compares is written, joined and read.

    staged/profiles/2026-11-30.parquet            of a landing day
    staged/profiles/2026-11-30-<digest>.parquet   of batches judged together, not yet joined
    staged/profiles/unknown.parquet               of records whose landing day is not known
    staged/profiles/2026-11.parquet               of a month, as earlier versions wrote them

Batches are judged in groups, wherever there are hands, and each group leaves files of its own. When
all are judged, the files of each day that got new ones are joined. So no task holds more than the
profiles of a group, and an audit reads the days that it compares and nothing else.

A file holds all that a batch counts on its day. Who is interrupted between joining files and
removing them leaves a batch in two: it is read from the first.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from schemas.drift import CHECK_WARNING
from tasks.storage.caches import FileMemo, caches_folder, staged_footers
from tasks.storage.locations import list_files, parse_location
from tasks.storage.maps import Map, map_here
from tasks.storage.parquet import open_parquet, read_table
from tasks.storage.records import staged_states, state_of
from tasks.storage.staged_view import StagedView
from tasks.storage.warehouse import Warehouse, remove_file, write_table

if TYPE_CHECKING:
    import pandas as pd

PROFILE_SCHEMA = pa.schema(
    [
        ("batch_id", pa.string()),
        ("state", pa.string()),
        ("source", pa.string()),
        ("landing_date", pa.date32()),
        ("outlet", pa.string()),
        ("host", pa.string()),
        ("country", pa.string()),
        ("measure", pa.string()),
        ("value", pa.string()),
        ("count", pa.int64()),
        ("example", pa.string()),
    ]
)
# Earlier versions called the state of a batch its stamp.
EARLIER_PROFILE_SCHEMA = PROFILE_SCHEMA.set(1, pa.field("stamp", pa.string()))
_KEYS = ["source", "landing_date", "outlet", "host", "country", "measure", "value"]
_SUMMED_SCHEMA = pa.schema([PROFILE_SCHEMA.field(name) for name in (*_KEYS, "count", "example")])
_UNKNOWN_DAY = "unknown"
_MONTH_LENGTH, _DAY_LENGTH = len("2026-11"), len("2026-11-30")
_DIGEST_LENGTH = 16
# In place of a digest, behind all of which it comes in the order of names: it is older.
_OF_MONTH = "month"
# Days that are summed by one task, which opens what is remembered of staged records once.
_DAYS_AT_ONCE = 8
# Rows of sums that wait to be summed up once more: 50 MB.
_SUMMED_AT_ONCE = 500_000


@dataclass(frozen=True, slots=True)
class ProfiledDay:
    """A landing day's files of profiles.

    Attributes:
        name: of the day, as `name_day` gives it.
        files: their names, in the order in which they are to be read.
    """

    name: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProfiledDays:
    """Some days, for a map.

    Attributes:
        warehouse: its location, as written.
        days: one or more.
    """

    warehouse: str
    days: tuple[ProfiledDay, ...]


def name_day(day: date | None) -> str:
    """Returns what a landing day's files are named after."""
    return _UNKNOWN_DAY if day is None else day.isoformat()


def day_of_file(path: Path) -> str:
    """Returns the name of the day that a file is of; of an earlier version's, of its month."""
    stem = path.stem
    return _UNKNOWN_DAY if stem.startswith(_UNKNOWN_DAY) else stem[:_DAY_LENGTH]


def is_named(path: Path, days: Iterable[str]) -> bool:
    """Tells whether a file may hold counts of days, of which some may be named by their month."""
    of_file = day_of_file(path)
    return any(of_file.startswith(day) or day.startswith(of_file) for day in days)


def list_missing(warehouse: Warehouse, days: Iterable[str]) -> list[Path]:
    """Returns the files that should be there of days, of which some may be named by their month."""
    here = set(map(day_of_file, list_files(warehouse.profiles, "*.parquet")))
    named = here.union(map(_month_of, here))
    return [
        warehouse.profiles / _joined(day)
        for day in sorted(days)
        if day not in named and _month_of(day) not in here
    ]


def write_profiles(
    warehouse: Warehouse, profiles: "pd.DataFrame", states: Mapping[str, str]
) -> None:
    """Writes the profiles of batches that were judged together, a file for each landing day.

    Args:
        warehouse: where they are written.
        profiles: what `profile_records` counted.
        states: the state that each batch was judged in.
    """
    # pandas makes floats of a column of days in which one is unknown.
    landed = profiles["landing_date"].astype(object)
    landed = landed.where(landed.notna(), None)
    table = pa.Table.from_pandas(
        profiles.assign(landing_date=landed, state=profiles["batch_id"].map(states)),
        PROFILE_SCHEMA,
        preserve_index=False,
    ).replace_schema_metadata()
    told = "\n".join(f"{batch_id} {state}" for batch_id, state in sorted(states.items()))
    digest = hashlib.sha256(told.encode()).hexdigest()[:_DIGEST_LENGTH]
    _write_by_day(warehouse, table, digest)


def split_months(warehouse: Warehouse) -> None:
    """Makes files of days out of those of months, which earlier versions wrote."""
    for path in list_files(warehouse.profiles, "*.parquet"):
        if len(path.stem) == _MONTH_LENGTH and path.stem != _UNKNOWN_DAY:
            _write_by_day(warehouse, _read(path), _OF_MONTH)
            remove_file(path)


def _write_by_day(warehouse: Warehouse, table: pa.Table, suffix: str) -> None:
    landed = table["landing_date"]
    for day in pc.unique(landed).to_pylist():
        rows = table.filter(pc.is_null(landed) if day is None else pc.equal(landed, day))
        path = warehouse.profiles / f"{name_day(day)}-{suffix}.parquet"
        write_table(path, [rows], PROFILE_SCHEMA, {})


def join_profiles(warehouse: Warehouse, days: Collection[str] = (), spread: Map = map_here) -> None:
    """Joins the files of each landing day that has some which are not joined.

    Args:
        warehouse: where they are.
        days: others of which something is to go, because it was counted anew; some may be named by
            their month.
        spread: the map over days.
    """
    where = str(warehouse.root.resolve())
    unjoined = [
        ProfiledDays(where, (day,))
        for day in _list_days(warehouse)
        if day.files != (_joined(day.name),) or not {day.name, _month_of(day.name)}.isdisjoint(days)
    ]
    for _ in spread("joining profiles", join_days, unjoined):
        pass


def drop_outdated(warehouse: Warehouse) -> None:
    """Drops all that batches counted which are gone, or in another state now.

    It is passed over by who reads, and goes by itself where its day is joined again. After an
    erasure it has to go at once: counts have an example, which names a document and its outlet.
    """
    footers = staged_footers(warehouse)
    outdated = set()
    for day in _list_days(warehouse):
        for name in day.files:
            pairs = _read(warehouse.profiles / name).group_by(["batch_id", "state"]).aggregate([])
            counted = {(row["batch_id"], row["state"]) for row in pairs.to_pylist()}
            states = staged_states(warehouse, {batch_id for batch_id, _ in counted}, footers)
            if not counted <= states.items():
                outdated.add(day.name)
    join_profiles(warehouse, outdated)


def join_days(order: ProfiledDays) -> None:
    """Joins the files of each of some days; what batches counted in an earlier state goes.

    It may be called once more for the same files, by who did not hear that it was done.
    """
    warehouse = Warehouse(parse_location(order.warehouse))
    for day in order.days:
        try:
            _join(warehouse, day)
        except FileNotFoundError:
            # Who was taken for lost joined them meanwhile.
            if not (warehouse.profiles / _joined(day.name)).exists():
                raise


def _join(warehouse: Warehouse, day: ProfiledDay) -> None:
    joined = _joined(day.name)
    parts = [name for name in day.files if name != joined]
    files = [name for name in (*parts, joined) if (warehouse.profiles / name).exists()]
    pieces = _iterate_day(warehouse, files, staged_footers(warehouse))
    first = next(pieces, None)
    if first is not None:
        write_table(warehouse.profiles / joined, chain([first], pieces), PROFILE_SCHEMA, {})
    for name in files:
        if name != joined or first is None:
            remove_file(warehouse.profiles / name)


def sum_days(order: ProfiledDays) -> pa.Table:
    """Returns the counts of landing days, summed over the batches that are staged now."""
    warehouse = Warehouse(parse_location(order.warehouse))
    footers = staged_footers(warehouse)
    sums = (_sum_day(warehouse, day, footers) for day in order.days)
    return pa.concat_tables(sums)


def _sum_day(warehouse: Warehouse, day: ProfiledDay, footers: FileMemo) -> pa.Table:
    total = _SUMMED_SCHEMA.empty_table()
    waiting: list[pa.Table] = []
    for rows in _iterate_day(warehouse, day.files, footers):
        waiting.append(_sum_up(rows))
        if sum(table.num_rows for table in waiting) > _SUMMED_AT_ONCE:
            total, waiting = _sum_up(pa.concat_tables([total, *waiting])), []
    return _sum_up(pa.concat_tables([total, *waiting]))


def read_counts(
    warehouse: Warehouse, days: Iterable[date | None], spread: Map = map_here
) -> "pd.DataFrame":
    """Reads the counts of some landing days, summed over the batches that are staged now.

    Args:
        warehouse: where the profiles are. Those of another state than their batch now has are
            passed over.
        days: the days; None for the records whose day is not known.
        spread: the map over days.

    Returns:
        The columns source, landing_date, outlet, host, country, measure, value, count, example.
    """
    names = set(map(name_day, days))
    wanted = [day for day in _list_days(warehouse) if day.name in names]
    where = str(warehouse.root.resolve())
    orders = [
        ProfiledDays(where, tuple(wanted[first : first + _DAYS_AT_ONCE]))
        for first in range(0, len(wanted), _DAYS_AT_ONCE)
    ]
    summed = spread("summing profiles", sum_days, orders)
    frame: pd.DataFrame = pa.concat_tables([_SUMMED_SCHEMA.empty_table(), *summed]).to_pandas()
    return frame


def count_warnings(warehouse: Warehouse, seen: StagedView) -> dict[str, int]:
    """Returns how many staged records fail each check that only warns.

    Only files that changed since the last call are read.

    Args:
        warehouse: whose.
        seen: what was seen of staged/.
    """
    memo = FileMemo(caches_folder(warehouse) / "profiles", "1", _find_warnings)
    digests = memo.digests(warehouse.profiles)
    files = [name for day in _list_days(warehouse) for name in day.files]
    # Of a batch in two files of a day the first counts, and so is written last.
    found = {
        (batch_id, state, day, check): count
        for name in reversed(files)
        for batch_id, state, day, check, count in memo.found(digests[Path(name).stem])
    }
    memo.keep()
    counts: dict[str, int] = {}
    for (batch_id, state, _, check), count in found.items():
        if batch_id in seen.records and state_of(seen.footer(batch_id)) == state:
            counts[check] = counts.get(check, 0) + count
    return counts


def _find_warnings(path: Path) -> list[list[str | int]]:
    """Returns batch, state, day, check and count of what a file says of checks that only warn."""
    table = _read(path)
    table = table.filter(pc.equal(table["measure"], CHECK_WARNING))
    keys = ["batch_id", "state", "landing_date", "value"]
    summed = table.group_by(keys).aggregate([("count", "sum")])
    return [
        [
            row["batch_id"],
            row["state"],
            name_day(row["landing_date"]),
            row["value"],
            row["count_sum"],
        ]
        for row in summed.to_pylist()
    ]


def _list_days(warehouse: Warehouse) -> list[ProfiledDay]:
    """Lists the days that have files; of each first those that are not joined: they are newer."""
    files: dict[str, list[str]] = {}
    for path in list_files(warehouse.profiles, "*.parquet"):
        files.setdefault(day_of_file(path), []).append(path.name)
    return [
        ProfiledDay(day, tuple(sorted(names, key=lambda name: (name == _joined(day), name))))
        for day, names in files.items()
    ]


def _month_of(day: str) -> str:
    return day[:_MONTH_LENGTH]


def _joined(day: str) -> str:
    return f"{day}.parquet"


def _iterate_day(
    warehouse: Warehouse, files: Iterable[str], footers: FileMemo
) -> Iterator[pa.Table]:
    """Yields what batches in their present state count, each from the first file that has it."""
    taken: set[str] = set()
    for name in files:
        here: set[str] = set()
        for rows in _iterate(warehouse.profiles / name):
            batches = set(pc.unique(rows["batch_id"]).to_pylist())
            states = staged_states(warehouse, sorted(batches - taken), footers)
            current = pa.table(
                {"batch_id": list(states), "state": list(states.values())},
                pa.schema([PROFILE_SCHEMA.field(key) for key in ("batch_id", "state")]),
            )
            kept = rows.join(current, current.column_names, join_type="left semi")
            here.update(pc.unique(kept["batch_id"]).to_pylist())
            if kept.num_rows:
                yield kept.select(PROFILE_SCHEMA.names)
        taken |= here


def _sum_up(rows: pa.Table) -> pa.Table:
    summed = rows.group_by(_KEYS).aggregate([("count", "sum"), ("example", "min")])
    return summed.rename_columns(_SUMMED_SCHEMA.names)


def _iterate(path: Path) -> Iterator[pa.Table]:
    """Yields the rows of a file, a row group at a time."""
    with open_parquet(path) as file:
        for group in range(file.num_row_groups):
            yield _as_declared(file.read_row_group(group))


def _read(path: Path) -> pa.Table:
    return _as_declared(read_table(path))


def _as_declared(rows: pa.Table) -> pa.Table:
    return rows.rename_columns(PROFILE_SCHEMA.names).replace_schema_metadata()
