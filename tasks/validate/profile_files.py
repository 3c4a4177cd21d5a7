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
from tasks.storage.caches import FileMemo, caches_folder
from tasks.storage.locations import list_files, parse_location
from tasks.storage.maps import Map, map_here
from tasks.storage.parquet import open_parquet, read_table
from tasks.storage.records import staged_states
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
# Rows of sums that wait to be summed up once more: 50 MB.
_SUMMED_AT_ONCE = 500_000


@dataclass(frozen=True, slots=True)
class ProfiledDay:
    """A landing day's files of profiles, for a map over days.

    Attributes:
        warehouse: its location, as written.
        name: of the day, as `name_day` gives it.
        files: their names, in the order in which they are to be read.
    """

    warehouse: str
    name: str
    files: tuple[str, ...]


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
    named = here.union(day[:_MONTH_LENGTH] for day in here)
    return [
        warehouse.profiles / _joined(day)
        for day in sorted(days)
        if day not in named and day[:_MONTH_LENGTH] not in here
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
            _write_by_day(warehouse, _read(path), path.stem)
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
        days: names of others of which something is to go, because it was counted anew.
        spread: the map over days.
    """
    unjoined = [
        day
        for day in _list_days(warehouse)
        if day.name in days or day.files != (_joined(day.name),)
    ]
    for _ in spread("joining profiles", join_day, unjoined):
        pass


def join_day(day: ProfiledDay) -> None:
    """Joins the files of a landing day; what batches counted in an earlier state goes.

    It may be called once more for the same files, by who did not hear that it was done.
    """
    warehouse = Warehouse(parse_location(day.warehouse))
    joined = _joined(day.name)
    parts = [name for name in day.files if name != joined]
    files = [name for name in (*parts, joined) if (warehouse.profiles / name).exists()]
    pieces = _iterate_day(warehouse, files)
    first = next(pieces, None)
    if first is not None:
        write_table(warehouse.profiles / joined, chain([first], pieces), PROFILE_SCHEMA, {})
    for name in files:
        if name != joined or first is None:
            remove_file(warehouse.profiles / name)


def sum_day(day: ProfiledDay) -> pa.Table:
    """Returns the counts of a landing day, summed over the batches that are staged now."""
    warehouse = Warehouse(parse_location(day.warehouse))
    return _sum_all(map(_sum_up, _iterate_day(warehouse, day.files)))


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
    summed = spread("summing profiles", sum_day, wanted)
    frame: pd.DataFrame = pa.concat_tables([_SUMMED_SCHEMA.empty_table(), *summed]).to_pandas()
    return frame


def count_warnings(warehouse: Warehouse) -> dict[str, int]:
    """Returns how many staged records fail each check that only warns.

    Only files that changed since the last call are read.
    """
    memo = FileMemo(caches_folder(warehouse) / "profiles", "1", _find_warnings)
    found = {
        (batch_id, state, day, check): count
        for digest in memo.digests(warehouse.profiles).values()
        for batch_id, state, day, check, count in memo.found(digest)
    }
    memo.keep()
    states = staged_states(warehouse, {batch_id for batch_id, *_ in found})
    counts: dict[str, int] = {}
    for (batch_id, state, _, check), count in found.items():
        if states.get(batch_id) == state:
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
    where = str(warehouse.root.resolve())
    return [
        ProfiledDay(where, day, tuple(sorted(names, key=lambda name: (name == _joined(day), name))))
        for day, names in files.items()
    ]


def _joined(day: str) -> str:
    return f"{day}.parquet"


def _iterate_day(warehouse: Warehouse, files: Iterable[str]) -> Iterator[pa.Table]:
    """Yields what batches in their present state count, each from the first file that has it."""
    taken: set[str] = set()
    for name in files:
        here: set[str] = set()
        for rows in _iterate(warehouse.profiles / name):
            batches = set(pc.unique(rows["batch_id"]).to_pylist())
            states = staged_states(warehouse, sorted(batches - taken))
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


def _sum_all(sums: Iterable[pa.Table]) -> pa.Table:
    total = _SUMMED_SCHEMA.empty_table()
    waiting: list[pa.Table] = []
    for each in sums:
        waiting.append(each)
        if sum(table.num_rows for table in waiting) > _SUMMED_AT_ONCE:
            total, waiting = _sum_up(pa.concat_tables([total, *waiting])), []
    return _sum_up(pa.concat_tables([total, *waiting]))


def _iterate(path: Path) -> Iterator[pa.Table]:
    """Yields the rows of a file, a row group at a time."""
    with open_parquet(path) as file:
        for group in range(file.num_row_groups):
            yield _as_declared(file.read_row_group(group))


def _read(path: Path) -> pa.Table:
    return _as_declared(read_table(path))


def _as_declared(rows: pa.Table) -> pa.Table:
    return rows.rename_columns(PROFILE_SCHEMA.names).replace_schema_metadata()
