"""Verdicts: which accepted records of a batch may be published, and what the others failed.

With its verdict a batch gets its profile, which is all that the audit reads of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from schemas.drift import CHECK_WARNING
from schemas.suites import MONEY_SUITE, RECORDS_SUITE
from tasks.storage.locations import parse_location
from tasks.storage.maps import Map, map_here
from tasks.storage.parquet import read_file_metadata, read_table
from tasks.storage.records import read_records, staged_batches, state_of
from tasks.storage.staged_view import StagedView
from tasks.storage.warehouse import Warehouse, read_metadata, write_table
from tasks.validate.audit_state import LandedDay, add_pending

if TYPE_CHECKING:
    import pandas as pd

    from tasks.validate.gx_suites import Failure

VERDICT_SCHEMA = pa.schema([("row", pa.int32()), ("failed", pa.list_(pa.string()))])
# Records validated at once. A call of Great Expectations costs 0.4 s, and 10,000 news pages with
# their texts take 200 MB.
_ROWS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Judging:
    """An order to judge the records of some batches.

    Attributes:
        warehouse: its location, as written.
        batches: batch_ids.
        known_outlets: the outlet_ids of the registry; None where it is switched off.
    """

    warehouse: str
    batches: tuple[str, ...]
    known_outlets: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found of some batches.

    Attributes:
        profiles: what `profile_records` counted.
        states: the state that each batch was judged in.
        verdicts: of each batch the checks that records failed, by row number.
    """

    profiles: "pd.DataFrame"
    states: dict[str, str]
    verdicts: dict[str, dict[int, list[str]]]


def pending_batches(warehouse: Warehouse, seen: StagedView | None = None) -> list[str]:
    """Returns the staged batches whose records no verdict speaks of, sorted.

    Args:
        warehouse: where they are.
        seen: what was seen of staged/ before; None to look now.
    """
    seen = seen or StagedView(warehouse)
    return [
        batch_id
        for batch_id, metadata in staged_batches(warehouse, seen).items()
        if _judged_state(seen.verdict(batch_id)) != state_of(metadata)
    ]


def validate_batches(
    warehouse: Warehouse,
    known_outlets: frozenset[str] | None = None,
    spread: Map = map_here,
    pending: Sequence[str] | None = None,
) -> None:
    """Judges every staged batch that has no verdict yet, many at once.

    Args:
        warehouse: where the staged records are.
        known_outlets: the outlet_ids of the registry; None where it is switched off.
        spread: the map over groups of batches.
        pending: what `pending_batches` returns, where somebody asked before.

    Raises:
        SuiteError: an expectation could not be evaluated.
    """
    where = str(warehouse.root.resolve())
    pending = pending_batches(warehouse) if pending is None else pending
    orders = [Judging(where, tuple(group), known_outlets) for group in _groups(warehouse, pending)]
    for judged in spread("validating records", judge, orders):
        _keep(warehouse, judged)


def read_verdict(warehouse: Warehouse, batch_id: str) -> dict[int, list[str]]:
    """Returns the names of the checks that records of a batch failed, by row number."""
    table = read_table(warehouse.verdicts / f"{batch_id}.parquet")
    return {row["row"]: row["failed"] for row in table.to_pylist()}


def judge(order: Judging) -> Judged:
    """Judges the records of some batches, and counts what the audit compares; writes nothing.

    Raises:
        SuiteError: an expectation could not be evaluated.
    """
    # Imported here: Great Expectations costs seconds, and most commands only read verdicts.
    from tasks.validate.frames import JUDGED, money_frame, records_frame  # noqa: PLC0415
    from tasks.validate.gx_suites import run_suite  # noqa: PLC0415
    from tasks.validate.profiles import PROFILED, profile_records  # noqa: PLC0415

    warehouse = Warehouse(parse_location(order.warehouse))
    columns = list(dict.fromkeys((*JUDGED, *PROFILED)))
    tables = [read_records(warehouse, batch_id, columns) for batch_id in order.batches]
    staged = pa.concat_tables(tables)
    found = [
        *run_suite(records_frame(staged, order.known_outlets), RECORDS_SUITE, "records"),
        *run_suite(money_frame(staged), MONEY_SUITE, "money"),
    ]
    failed, others = _by_row(found)
    footers = {
        batch: read_metadata(warehouse.records / f"{batch}.parquet") for batch in order.batches
    }
    sources = {batch: footer.get("source", "") for batch, footer in footers.items()}
    verdicts = {}
    first = 0
    for batch_id, table in zip(order.batches, tables, strict=True):
        rows = range(first, first + table.num_rows)
        verdicts[batch_id] = {row - first: failed[row] for row in rows if row in failed}
        first += table.num_rows
    return Judged(
        profiles=profile_records(staged, failed, sources, others),
        states={batch: state_of(footer) for batch, footer in footers.items()},
        verdicts=verdicts,
    )


def _keep(warehouse: Warehouse, judged: Judged) -> None:
    """Writes profiles and verdicts; a batch that has a verdict has its profile too."""
    from tasks.validate.profiles import landing_month  # noqa: PLC0415 - as above

    profiles = judged.profiles
    _keep_profiles(warehouse, profiles, judged.states)
    for batch_id, verdict in judged.verdicts.items():
        landed = profiles["landing_date"][profiles["batch_id"] == batch_id]
        footer = {
            "state": judged.states[batch_id],
            "months": sorted(set(map(landing_month, landed))),
        }
        _write_verdict(warehouse, batch_id, verdict, footer)


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


def _judged_state(verdict: Mapping[str, Any] | None) -> str | None:
    # A verdict without months is of a version that kept no profiles: judged again.
    return verdict.get("state") if verdict and "months" in verdict else None


def _count_rows(warehouse: Warehouse, batch_id: str) -> int:
    return int(read_file_metadata(warehouse.records / f"{batch_id}.parquet").num_rows)


def _groups(warehouse: Warehouse, batches: Sequence[str]) -> Iterable[list[str]]:
    group: list[str] = []
    rows = 0
    for batch_id in batches:
        group.append(batch_id)
        rows += _count_rows(warehouse, batch_id)
        if rows >= _ROWS_AT_ONCE:
            yield group
            group, rows = [], 0
    if group:
        yield group
