"""What a report counts of each published file: counted once, then remembered by file.

A run rewrites few files. So its report costs by what it changed, and by the number of files, not of
rows. What is remembered is of a size that does not grow with rows either, but for the batches whose
documents a file holds.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from schemas.tables import ARTICLES, MONEY, QUARANTINE
from tasks.storage.caches import FileMemo, caches_folder
from tasks.storage.parquet import open_columns, read_table
from tasks.storage.warehouse import Warehouse

# Of what is counted below. It is raised when that changes, so that what was remembered is not used.
_VERSION = "1"
# Documents that are named for each reason of quarantine.
EXAMPLES = 2
# Amounts are told apart by their first digits: so a median is known by as many.
_DIGITS = 3
_EPOCH = date(1970, 1, 1)

Counts = dict[str, Any]

OUTLETS_SCHEMA = pa.schema(
    [
        ("outlet_id", pa.string()),
        ("articles", pa.int64()),
        ("day_only", pa.int64()),
        ("copies", pa.int64()),
        ("first_date", pa.date32()),
        ("last_date", pa.date32()),
    ]
)
AMOUNTS_SCHEMA = pa.schema(
    [
        ("currency_code", pa.string()),
        ("is_ambiguous", pa.bool_()),
        ("usd", pa.float64()),
        ("mentions", pa.int64()),
    ]
)


class CountedParts:
    """The counts of a warehouse's published files."""

    def __init__(self, warehouse: Warehouse) -> None:
        """Counts nothing yet."""
        self._warehouse = warehouse
        self._memo = FileMemo(caches_folder(warehouse) / "counted", _VERSION, _count)
        self._counted: dict[str, dict[Path, Counts]] = {}

    def of(self, dataset: str) -> dict[Path, Counts]:
        """Returns the counts of each file of `articles`, `money` or `quarantine`, by partition.

        What a summary tells too, `tasks.publish.parts` has. Of articles `rows`, `batches` (how many
        articles, and how many copies among them, are of each), `published_source`,
        `published_precision` and `language` (how many have each value, in pairs), `outlets` (the
        columns of `OUTLETS_SCHEMA`), and `first_date`, `last_date` and `last_arrived` (as `as_day`
        takes them; the last one of what is known to have arrived on some day). Of money `amounts`
        (the columns of `AMOUNTS_SCHEMA`, dollars to three digits). Of quarantine `batches`,
        `reasons` (how many documents have each, and have it first of all), and `examples`:
        batch_id, raw_path, raw_offset and detail of the first documents that have a reason first.
        """
        if dataset not in self._counted:
            files = self._warehouse.partitions(dataset).values()
            self._counted[dataset] = {path: self._memo[path] for path in files}
        return self._counted[dataset]

    def of_batches(self, batches: Iterable[str]) -> list[Path]:
        """Returns the files with articles or quarantined documents of some batches."""
        wanted = set(batches)
        return [
            path
            for dataset in (ARTICLES.name, QUARANTINE.name)
            for path, counts in self.of(dataset).items()
            if not wanted.isdisjoint(counts["batches"])
        ]

    def of_days(self, first: date, last: date) -> list[Path]:
        """Returns the files with articles that were published between two days."""
        start, stop = ((day - _EPOCH).days for day in (first, last))
        return [
            path
            for path, counts in self.of(ARTICLES.name).items()
            if counts["rows"] and counts["first_date"] <= stop and counts["last_date"] >= start
        ]

    def sum_up(self, dataset: str, name: str, schema: pa.Schema) -> pa.Table:
        """Returns what is counted in columns under a name, of one file below the other."""
        parts = [counts[name] for counts in self.of(dataset).values()]
        columns = {
            column: [value for part in parts for value in part[column]] for column in schema.names
        }
        return _from_numbers(columns, schema)

    def keep(self) -> None:
        """Remembers what was asked for; only the holder of the warehouse may call it."""
        self._memo.keep()


def as_day(number: int) -> date:
    """Returns the day that a number of days since 1970 is."""
    return _EPOCH + timedelta(days=number)


def _count(path: Path) -> Counts:
    return _COUNTERS[path.parent.parent.name](path)


def _count_articles(path: Path) -> Counts:
    # In two parts: a file may have half a million rows, and each reading takes its time.
    with open_columns(path) as columns:
        fetched = ("batch_id", "duplicate_of", "published_date", "landing_date", "fetched_at")
        counts = _count_fetched(columns(fetched))
        named = ("published_source", "published_precision", "language")
        rows = columns(["outlet_id", "duplicate_of", "published_date", *named])
        return {
            **counts,
            "outlets": _count_outlets(rows),
            **{name: _count_values(rows[name]) for name in named},
        }


def _count_fetched(read: pa.Table) -> Counts:
    return {"batches": _count_batches(read), **_count_days(read)}


def _count_batches(read: pa.Table) -> dict[str, list[int]]:
    counted = read.group_by("batch_id", use_threads=False).aggregate(
        [([], "count_all"), ("duplicate_of", "count")]
    )
    rows = zip(*(counted[name].to_pylist() for name in counted.column_names), strict=True)
    return {batch_id: [articles, copies] for batch_id, articles, copies in rows}


def _count_days(read: pa.Table) -> Counts:
    has_arrived = pc.or_(pc.is_valid(read["landing_date"]), pc.is_valid(read["fetched_at"]))
    days = read["published_date"].cast(pa.int32())
    first_and_last = pc.min_max(days)
    return {
        "rows": read.num_rows,
        "first_date": first_and_last["min"].as_py(),
        "last_date": first_and_last["max"].as_py(),
        "last_arrived": pc.max(days.filter(has_arrived)).as_py(),
    }


def _count_outlets(read: pa.Table) -> dict[str, list[Any]]:
    is_day_only = pc.equal(read["published_precision"], "day").cast(pa.int64())
    counted = (
        read.append_column("day_only", is_day_only)
        .group_by("outlet_id", use_threads=False)
        .aggregate(
            [
                ([], "count_all"),
                ("day_only", "sum"),
                ("duplicate_of", "count"),
                ("published_date", "min"),
                ("published_date", "max"),
            ]
        )
    )
    return _as_numbers(counted.rename_columns(OUTLETS_SCHEMA.names))


def _count_money(path: Path) -> Counts:
    read = read_table(path, ["currency_code", "is_ambiguous", "usd_amount", "kind"])
    mentions = read.filter(pc.equal(read["kind"], "mention"))
    dollars = mentions["usd_amount"].cast(pa.float64()).to_numpy()
    counted = (
        mentions.set_column(2, "usd", pa.array(first_digits(dollars), from_pandas=True))
        .group_by(["currency_code", "is_ambiguous", "usd"], use_threads=False)
        .aggregate([([], "count_all")])
    )
    return {"amounts": _as_numbers(counted.rename_columns(AMOUNTS_SCHEMA.names))}


def first_digits(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Returns amounts rounded to their first three digits; of an unknown one NaN."""
    with np.errstate(divide="ignore", invalid="ignore"):
        places = np.floor(np.log10(np.abs(values))) - (_DIGITS - 1)
    places = np.where(np.isfinite(places), places, 0)
    # Powers of ten with a negative exponent are no numbers of the machine, so they divide.
    up, down = 10.0 ** np.maximum(places, 0), 10.0 ** np.maximum(-places, 0)
    rounded: npt.NDArray[np.float64] = np.round(values / up * down) / down * up
    return rounded


def _count_quarantined(path: Path) -> Counts:
    read = read_table(path, ["batch_id", "reasons", "raw_path", "raw_offset"])
    firsts = pc.list_element(read["reasons"], 0)
    counted_firsts = dict(_count_values(firsts))
    every = _count_values(pc.list_flatten(read["reasons"]))
    order = pc.sort_indices(read, [("raw_path", "ascending"), ("raw_offset", "ascending")])
    examples: dict[str, list[int]] = {code: [] for code in counted_firsts}
    for row, code in zip(order.to_pylist(), firsts.take(order).to_pylist(), strict=True):
        if len(examples[code]) < EXAMPLES:
            examples[code].append(row)
    return {
        "batches": dict(_count_values(read["batch_id"])),
        "reasons": {code: [count, counted_firsts.get(code, 0)] for code, count in every},
        "examples": _read_examples(path, examples),
    }


def _read_examples(path: Path, rows: Mapping[str, Sequence[int]]) -> dict[str, list[list[Any]]]:
    read = read_table(path, ["batch_id", "raw_path", "raw_offset", "detail"])
    return {
        code: [list(row.values()) for row in read.take(pa.array(some)).to_pylist()]
        for code, some in rows.items()
    }


def _count_values(column: pa.ChunkedArray) -> list[tuple[Any, int]]:
    """Returns how often each value is there, null among them."""
    counted = pc.value_counts(column)
    return list(zip(*(counted.field(part).to_pylist() for part in range(2)), strict=True))


def _as_numbers(counted: pa.Table) -> dict[str, list[Any]]:
    """Returns the columns as JSON holds them: days as numbers."""
    return {
        name: (column.cast(pa.int32()) if pa.types.is_date(column.type) else column).to_pylist()
        for name, column in zip(counted.column_names, counted.columns, strict=True)
    }


def _from_numbers(columns: Mapping[str, list[Any]], schema: pa.Schema) -> pa.Table:
    arrays = [
        pa.array(columns[field.name], pa.int32()).cast(field.type)
        if pa.types.is_date(field.type)
        else pa.array(columns[field.name], field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


_COUNTERS: dict[str, Callable[[Path], Counts]] = {
    ARTICLES.name: _count_articles,
    MONEY.name: _count_money,
    QUARANTINE.name: _count_quarantined,
}
