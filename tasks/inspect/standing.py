"""How a warehouse stands: what is new, stale, held back or quarantined, and the last runs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from schemas.tables import QUARANTINE, RUNS
from tasks.discover.plan import plan_run
from tasks.lineage.versions import pipeline_version
from tasks.publish.accounting import Accounts, read_accounts
from tasks.publish.parts import count_reasons
from tasks.storage.locations import list_files
from tasks.storage.parquet import open_parquet
from tasks.storage.pruned import read_pruned
from tasks.storage.records import count_records_of_others, staged_batches
from tasks.storage.setting_aside import damaged_batches
from tasks.storage.staged_view import StagedView
from tasks.storage.warehouse import Warehouse
from tasks.validate.audit_state import read_state
from tasks.validate.verdicts import pending_batches

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SHOWN_RUNS = 5
_UNKNOWN_OUTLET = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRun:
    """A run, newest first in `Standing.last_runs`."""

    run_id: str
    started_at: datetime
    outcome: str
    seconds: float
    step_seconds: dict[str, float]
    processed_count: int
    raw_bytes: int
    document_count: int
    waiting_count: int | None
    partitions_written: int
    findings: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a warehouse stands.

    Attributes:
        new_or_changed_batches, new_or_changed_files: what raw/ has that staged/ has not.
        raw_files_gone: files that the warehouse was built from and raw/ has no more.
        passed_over: how many names in raw/ are no documents, by kind.
        pruned_files: files that were removed from raw/ on purpose; their records stay.
        batches_without_verdict: staged by a run that was interrupted.
        batches_of_other_versions: made by another version of the code; `backfill` renews them.
        records_of_other_references: made with other outlets or rates than those in use now;
            `backfill --from staged` renews them.
        held_back: what holds publishing back since the last run; empty where nothing does.
        unpublished_days: landing days that were staged and not yet published, sorted.
        accounts: published and staged documents.
        quarantined_by_reason: documents, the most frequent reason first.
        quarantined_by_outlet: documents by outlet, then by reason, the most frequent first.
        last_runs: the newest first.
    """

    new_or_changed_batches: int
    new_or_changed_files: int
    raw_files_gone: int
    passed_over: dict[str, int]
    pruned_files: int
    batches_without_verdict: int
    batches_of_other_versions: int
    records_of_other_references: int
    held_back: tuple[dict[str, Any], ...]
    unpublished_days: tuple[date, ...]
    accounts: Accounts
    quarantined_by_reason: dict[str, int]
    quarantined_by_outlet: dict[str, dict[str, int]]
    last_runs: tuple[LastRun, ...]


def describe_standing(raw: Path, warehouse: Warehouse, reference_version: str) -> Standing:
    """Compares raw/ with the warehouse and reads what the last runs left.

    Args:
        raw: the raw folder.
        warehouse: what was made of it.
        reference_version: of the outlets and rates that a run would use now.
    """
    seen = StagedView(warehouse)
    staged = staged_batches(warehouse, seen)
    plan = plan_run(raw, staged | damaged_batches(warehouse), pruned=read_pruned(warehouse))
    runs = read_last_runs(warehouse)
    days = {day.landing_date for day in read_state(warehouse).pending if day.landing_date}
    return Standing(
        new_or_changed_batches=len(plan.batches),
        new_or_changed_files=sum(len(batch.files) for batch in plan.batches),
        raw_files_gone=len(plan.gone),
        passed_over={kind: n for kind, n in plan.passed_over.items() if kind != "pruned"},
        pruned_files=plan.passed_over.get("pruned", 0),
        batches_without_verdict=len(pending_batches(warehouse, seen)),
        batches_of_other_versions=sum(
            footer["pipeline_version"] != pipeline_version() for footer in staged.values()
        ),
        records_of_other_references=count_records_of_others(warehouse, reference_version, seen),
        held_back=_held_back(runs),
        unpublished_days=tuple(sorted(days)),
        accounts=read_accounts(warehouse, seen=seen),
        quarantined_by_reason=count_reasons(warehouse),
        quarantined_by_outlet=_count_by_outlet(warehouse),
        last_runs=tuple(runs),
    )


def read_last_runs(warehouse: Warehouse, shown: int = _SHOWN_RUNS) -> list[LastRun]:
    """Reads the rows of the last runs, the newest first."""
    paths = list_files(warehouse.dataset(RUNS.name), "*.parquet")[-shown:]
    return [_read_run(path) for path in reversed(paths)]


def _read_run(path: Path) -> LastRun:
    table = _read(path)
    # For an instant of Python's, Arrow imports pandas (see `_read`).
    started_us = table["started_at"].cast(pa.int64())[0].as_py()
    (row,) = table.drop_columns(["started_at"]).to_pylist()
    return LastRun(
        run_id=row["run_id"],
        started_at=_EPOCH + timedelta(microseconds=started_us),
        outcome=row.get("outcome") or "published",
        seconds=row["seconds"],
        step_seconds=dict(row["step_seconds"]),
        processed_count=row["processed_count"],
        raw_bytes=row["raw_bytes"],
        document_count=row["document_count"],
        waiting_count=row.get("waiting_count"),
        partitions_written=row["partitions_written"],
        findings=tuple(row.get("audit_findings") or ()),
    )


def _held_back(runs: Sequence[LastRun]) -> tuple[dict[str, Any], ...]:
    if not runs or runs[0].outcome != "held_back":
        return ()
    return tuple(
        finding for finding in runs[0].findings if finding["holds"] and not finding["accepted"]
    )


def _count_by_outlet(warehouse: Warehouse) -> dict[str, dict[str, int]]:
    counts: Counter[tuple[str, str]] = Counter()
    for path in warehouse.partitions(QUARANTINE.name).values():
        counts.update(_reasons_of_outlets(_read(path, ["outlet_id", "reasons"])))
    by_outlet: dict[str, dict[str, int]] = {}
    for (outlet, reason), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        by_outlet.setdefault(outlet, {})[reason] = count
    return dict(sorted(by_outlet.items(), key=lambda item: (-sum(item[1].values()), item[0])))


def _reasons_of_outlets(table: pa.Table) -> Iterator[tuple[str, str]]:
    rows = zip(table["outlet_id"].to_pylist(), table["reasons"].to_pylist(), strict=True)
    for outlet, reasons in rows:
        for reason in reasons:
            yield outlet or _UNKNOWN_OUTLET, reason


def _read(path: Path, columns: list[str] | None = None) -> pa.Table:
    # `read_table`, and whatever Arrow makes of Python's values, import pandas: a second, for a
    # command that has one.
    with open_parquet(path) as file:
        return file.read(columns=columns)
