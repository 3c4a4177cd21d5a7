"""Verdicts: which accepted records of a batch may be published, and what the others failed.

With its verdict a batch gets its profile, which is all that the audit reads of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from schemas.drift import CHECK_WARNING
from schemas.suites import MONEY_SUITE, RECORDS_SUITE
from tasks.storage.caches import FileMemo, staged_footers, verdict_footers
from tasks.storage.parquet import read_file_metadata, read_table
from tasks.storage.records import read_records, staged_batches, state_of
from tasks.storage.warehouse import Warehouse, read_metadata, write_table
from tasks.validate.audit_state import LandedDay, add_pending

if TYPE_CHECKING:
    import pandas as pd

    from tasks.validate.gx_suites import Failure

VERDICT_SCHEMA = pa.schema([("row", pa.int32()), ("failed", pa.list_(pa.string()))])
# Records validated at once. A call of Great Expectations costs 0.4 s, and 10,000 news pages with
# their texts take 200 MB.
_ROWS_AT_ONCE = 10_000


def pending_batches(warehouse: Warehouse) -> list[str]:
    """Returns the staged batches whose records no verdict speaks of, sorted."""
    footers = verdict_footers(warehouse)
    return [
        batch_id
        for batch_id, metadata in staged_batches(warehouse).items()
        if _judged_state(warehouse.verdicts / f"{batch_id}.parquet", footers) != state_of(metadata)
    ]


def count_pending(warehouse: Warehouse) -> int:
    """Returns how many staged records no verdict speaks of."""
    footers = staged_footers(warehouse)
    return sum(
        footers[warehouse.records / f"{batch_id}.parquet"]["rows"]
        for batch_id in pending_batches(warehouse)
    )


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
    table = read_table(warehouse.verdicts / f"{batch_id}.parquet")
    return {row["row"]: row["failed"] for row in table.to_pylist()}


def _judge(warehouse: Warehouse, group: list[str], known_outlets: frozenset[str] | None) -> None:
    # Imported here: Great Expectations costs seconds, and most commands only read verdicts.
    from tasks.validate.frames import JUDGED, money_frame, records_frame  # noqa: PLC0415
    from tasks.validate.gx_suites import run_suite  # noqa: PLC0415
    from tasks.validate.profiles import PROFILED, landing_month, profile_records  # noqa: PLC0415

    columns = list(dict.fromkeys((*JUDGED, *PROFILED)))
    tables = [read_records(warehouse, batch_id, columns) for batch_id in group]
    staged = pa.concat_tables(tables)
    found = [
        *run_suite(records_frame(staged, known_outlets), RECORDS_SUITE, "records"),
        *run_suite(money_frame(staged), MONEY_SUITE, "money"),
    ]
    failed, others = _by_row(found)
    footers = {batch: read_metadata(warehouse.records / f"{batch}.parquet") for batch in group}
    sources = {batch: footers[batch].get("source", "") for batch in group}
    profiles = profile_records(staged, failed, sources, others)
    # The verdict comes last: a batch that has one has its profile, and its days are marked.
    _keep_profiles(warehouse, profiles, {batch: state_of(footers[batch]) for batch in group})
    first = 0
    for batch_id, table in zip(group, tables, strict=True):
        rows = range(first, first + table.num_rows)
        verdict = {row - first: failed[row] for row in rows if row in failed}
        months = sorted(
            set(map(landing_month, profiles["landing_date"][profiles["batch_id"] == batch_id]))
        )
        footer = {"state": state_of(footers[batch_id]), "months": months}
        _write_verdict(warehouse, batch_id, verdict, footer)
        first += table.num_rows


def _by_row(
    found: Iterable["Failure"],
) -> tuple[dict[int, list[str]], dict[str, dict[int, list[str]]]]:
    """Returns the checks that records are rejected for, and by measure those that only warn."""
    rejecting: dict[int, set[str]] = defaultdict(set)
    warning: dict[int, set[str]] = defaultdict(set)
    for failure in found:
        rows = warning if failure.severity == "warning" else rejecting
        rows[failure.row_key].add(failure.check)
    return _sorted(rejecting), {CHECK_WARNING: _sorted(warning)}


def _sorted(rows: Mapping[int, Iterable[str]]) -> dict[int, list[str]]:
    return {row: sorted(names) for row, names in sorted(rows.items())}


def _keep_profiles(
    warehouse: Warehouse, profiles: "pd.DataFrame", states: Mapping[str, str]
) -> None:
    from tasks.validate.profiles import write_profiles  # noqa: PLC0415

    paths = (warehouse.verdicts / f"{batch_id}.parquet" for batch_id in states)
    earlier = {
        month for path in paths if path.exists() for month in read_metadata(path).get("months", ())
    }
    landed = profiles[["source", "landing_date"]].drop_duplicates()
    # pandas makes an unknown landing date a float (NaN).
    landed = landed.astype(object).where(landed.notna(), None)
    add_pending(warehouse, (LandedDay(*row) for row in landed.itertuples(index=False, name=None)))
    write_profiles(warehouse, profiles, states, earlier)


def _write_verdict(
    warehouse: Warehouse, batch_id: str, failed: Mapping[int, list[str]], footer: dict[str, Any]
) -> None:
    table = pa.table({"row": list(failed), "failed": list(failed.values())}, schema=VERDICT_SCHEMA)
    path = warehouse.verdicts / f"{batch_id}.parquet"
    write_table(path, [table], VERDICT_SCHEMA, footer)


def _judged_state(path: Path, footers: FileMemo) -> str | None:
    try:
        metadata = footers[path]["footer"]
    except FileNotFoundError:
        return None
    # A verdict without months is of a version that kept no profiles: judged again.
    return metadata.get("state") if "months" in metadata else None


def _groups(warehouse: Warehouse, batches: list[str]) -> Iterable[list[str]]:
    group: list[str] = []
    rows = 0
    for batch_id in batches:
        group.append(batch_id)
        rows += read_file_metadata(warehouse.records / f"{batch_id}.parquet").num_rows
        if rows >= _ROWS_AT_ONCE:
            yield group
            group, rows = [], 0
    if group:
        yield group
