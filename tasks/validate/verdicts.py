"""Verdicts: which accepted records of a batch may be published, and what the others failed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.suites import MONEY_SUITE, RECORDS_SUITE
from tasks.stage.records import read_records, staged_batches
from tasks.storage import Warehouse, read_metadata, write_table

VERDICT_SCHEMA = pa.schema([("row", pa.int32()), ("failed", pa.list_(pa.string()))])
# Records validated at once: a call of GX costs 0.4 s, plus 2 s and 200 MB for 100,000 rows.
_ROWS_AT_ONCE = 100_000


def pending_batches(warehouse: Warehouse) -> list[str]:
    """Returns the staged batches whose records no verdict speaks of, sorted."""
    return [
        batch_id
        for batch_id, metadata in staged_batches(warehouse).items()
        if _judged_stamp(warehouse, batch_id) != metadata["stamp"]
    ]


def validate_batches(warehouse: Warehouse, known_outlets: frozenset[str] | None = None) -> None:
    """Judges every staged batch that has no verdict yet, many at once.

    Args:
        warehouse: where the staged records are.
        known_outlets: the outlet_ids of the registry; None where it is switched off.

    Raises:
        SuiteError: an expectation could not be evaluated.
    """
    for group in _groups(warehouse, pending_batches(warehouse)):
        _judge(warehouse, group, known_outlets)


def read_verdict(warehouse: Warehouse, batch_id: str) -> dict[int, list[str]]:
    """Returns the names of the checks that records of a batch failed, by row number."""
    table = pq.read_table(warehouse.verdicts / f"{batch_id}.parquet", partitioning=None)
    return {row["row"]: row["failed"] for row in table.to_pylist()}


def _judge(warehouse: Warehouse, group: list[str], known_outlets: frozenset[str] | None) -> None:
    # Imported here: Great Expectations costs seconds, and most commands only read verdicts.
    from tasks.validate.frames import JUDGED, money_frame, records_frame  # noqa: PLC0415
    from tasks.validate.suites import run_suite  # noqa: PLC0415

    tables = [read_records(warehouse, batch_id, JUDGED) for batch_id in group]
    staged = pa.concat_tables(tables)
    found = [
        *run_suite(records_frame(staged, known_outlets), RECORDS_SUITE, "records"),
        *run_suite(money_frame(staged), MONEY_SUITE, "money"),
    ]
    by_row: dict[int, set[str]] = defaultdict(set)
    for failure in found:
        if failure.severity == "critical":
            by_row[failure.row_key].add(failure.check)
    first = 0
    for batch_id, table in zip(group, tables, strict=True):
        failed = {
            row - first: sorted(names)
            for row, names in sorted(by_row.items())
            if first <= row < first + table.num_rows
        }
        _write_verdict(warehouse, batch_id, failed)
        first += table.num_rows


def _write_verdict(warehouse: Warehouse, batch_id: str, failed: Mapping[int, list[str]]) -> None:
    table = pa.table({"row": list(failed), "failed": list(failed.values())}, schema=VERDICT_SCHEMA)
    stamp = read_metadata(warehouse.records / f"{batch_id}.parquet")["stamp"]
    path = warehouse.verdicts / f"{batch_id}.parquet"
    write_table(path, [table], VERDICT_SCHEMA, {"stamp": stamp})


def _judged_stamp(warehouse: Warehouse, batch_id: str) -> str | None:
    path = warehouse.verdicts / f"{batch_id}.parquet"
    return read_metadata(path).get("stamp") if path.exists() else None


def _groups(warehouse: Warehouse, batches: list[str]) -> Iterable[list[str]]:
    group: list[str] = []
    rows = 0
    for batch_id in batches:
        group.append(batch_id)
        rows += pq.read_metadata(warehouse.records / f"{batch_id}.parquet").num_rows
        if rows >= _ROWS_AT_ONCE:
            yield group
            group, rows = [], 0
    if group:
        yield group
