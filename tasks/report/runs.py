"""The row that each run leaves in runs/."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

import pyarrow as pa

from schemas.tables import QUARANTINE, RUNS
from tasks.publish.accounting import Accounts
from tasks.publish.parts import PublishedParts
from tasks.schema_versions import describe_version
from tasks.storage import Warehouse, write_table
from tasks.validate.findings import Finding

if TYPE_CHECKING:
    # It brings all of extraction, and most commands only read runs.
    from tasks.stage.batches import BatchCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run, by the columns of runs/."""

    run_id: str
    started_at: datetime
    seconds: float
    parameters: str
    batch_count: int
    processed_count: int
    raw_bytes: int
    document_count: int
    article_count: int
    earlier_revision_count: int
    quarantined_count: int
    reason_counts: dict[str, int]
    skipped_counts: dict[str, int]
    step_seconds: dict[str, float]
    outcome: Literal["published", "held_back"]
    findings: tuple[str, ...]
    audit_findings: tuple[dict[str, Any], ...]
    partitions_written: int
    pipeline_version: str
    reference_version: str


def describe_run(
    warehouse: Warehouse,
    *,
    run_id: str,
    started_at: datetime,
    parameters: Mapping[str, Any],
    batches: Sequence["BatchCounts"],
    findings: Sequence[Finding],
    accounts: Accounts,
    step_seconds: Mapping[str, float],
    partitions_written: int,
    pipeline_version: str,
    reference_version: str,
) -> Run:
    """Sums a run up; quarantine is counted over the whole warehouse, batches over this run."""
    skipped: Counter[str] = Counter()
    for batch in batches:
        skipped.update(batch.skipped)
    return Run(
        run_id=run_id,
        started_at=started_at,
        seconds=sum(step_seconds.values()),
        parameters=json.dumps(parameters, default=str, sort_keys=True),
        batch_count=len(batches),
        processed_count=sum(batch.documents for batch in batches),
        raw_bytes=sum(batch.raw_bytes for batch in batches),
        document_count=accounts.documents,
        article_count=accounts.articles,
        earlier_revision_count=accounts.revisions,
        quarantined_count=accounts.quarantined,
        reason_counts=count_reasons(warehouse),
        skipped_counts=dict(sorted(skipped.items())),
        step_seconds=dict(step_seconds),
        outcome="held_back" if any(finding.is_holding for finding in findings) else "published",
        findings=tuple(map(str, findings)),
        audit_findings=tuple(map(asdict, findings)),
        partitions_written=partitions_written,
        pipeline_version=pipeline_version,
        reference_version=reference_version,
    )


def write_run(warehouse: Warehouse, run: Run) -> None:
    """Writes a run's row to runs/, a file of its own."""
    row = asdict(run)
    for name in ("reason_counts", "skipped_counts", "step_seconds"):
        row[name] = list(row[name].items())
    table = pa.Table.from_pylist([row], schema=RUNS.schema)
    path = warehouse.dataset(RUNS.name) / f"{run.run_id}.parquet"
    write_table(path, [table], RUNS.schema, describe_version(RUNS), warehouse.scratch)


def count_reasons(warehouse: Warehouse) -> dict[str, int]:
    """Counts quarantined documents by reason, the most frequent first."""
    counts: Counter[str] = Counter()
    for part in PublishedParts(warehouse).of(QUARANTINE.name):
        counts.update(part["reasons"])
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
