"""The row that each run leaves in runs/."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from schemas.row_fields import NO_OWN_FIELDS, OwnFields
from schemas.rows import require_fields, table_of
from schemas.settings import Limits
from schemas.tables import RUNS
from tasks.lineage.versions import pipeline_version
from tasks.publish.accounting import Accounts
from tasks.publish.parts import count_reasons
from tasks.publish.published_changes import NOTHING_CHANGED, PublishedChanges
from tasks.storage.parquet import read_table
from tasks.storage.schema_versions import describe_version
from tasks.storage.warehouse import Warehouse, write_table
from tasks.validate.findings import Finding

if TYPE_CHECKING:
    # It brings all of extraction, and most commands only read runs.
    from tasks.stage.batch_staging import BatchCounts

# Columns that are maps.
_COUNTS = ("reason_counts", "skipped_counts", "step_seconds")


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
    waiting_count: int | None
    reason_counts: dict[str, int]
    skipped_counts: dict[str, int]
    step_seconds: dict[str, float]
    outcome: Literal["published", "held_back"]
    findings: tuple[str, ...]
    audit_findings: tuple[dict[str, Any], ...]
    partitions_written: int
    added_count: int | None
    replaced_count: int | None
    withdrawn_count: int | None
    new_outlets: tuple[str, ...]
    pipeline_version: str
    reference_version: str

    @property
    def accounts(self) -> Accounts:
        """The documents of the warehouse by fate, as the run left it."""
        return Accounts(
            documents=self.document_count + (self.waiting_count or 0),
            articles=self.article_count,
            revisions=self.earlier_revision_count,
            quarantined=self.quarantined_count,
        )

    @property
    def has_changed(self) -> bool:
        """Whether there is more to tell of it than that there was nothing to do."""
        return bool(self.batch_count or self.partitions_written) or self.outcome == "held_back"


require_fields(Run, RUNS.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunContext:
    """What a flow knows of its own run when it reports.

    Attributes:
        run_id: names the run.
        started_at: UTC instant of the start.
        raw: the raw folder.
        limits: what a document may cost.
        fields: a user's own names of fields.
        parameters: what it was asked to do.
        batches: what became of each batch that it processed.
        step_seconds: wall time by step, so far.
        reference_version: of the outlets and rates that it used.
        passed_over: how many names in raw/ are no documents, by kind.
    """

    run_id: str
    started_at: datetime
    raw: Path
    limits: Limits
    fields: OwnFields = NO_OWN_FIELDS
    parameters: Mapping[str, Any]
    batches: Sequence["BatchCounts"]
    step_seconds: Mapping[str, float]
    reference_version: str
    passed_over: Mapping[str, int] = field(default_factory=dict)


def describe_run(
    warehouse: Warehouse,
    context: RunContext,
    *,
    findings: Sequence[Finding],
    accounts: Accounts,
    partitions_written: int,
    changes: PublishedChanges = NOTHING_CHANGED,
) -> Run:
    """Sums a run up; quarantine is counted over the whole warehouse, batches over this run."""
    skipped: Counter[str] = Counter(context.passed_over)
    for batch in context.batches:
        skipped.update(batch.skipped)
    return Run(
        run_id=context.run_id,
        started_at=context.started_at,
        seconds=sum(context.step_seconds.values()),
        parameters=json.dumps(context.parameters, default=str, sort_keys=True),
        batch_count=len(context.batches),
        processed_count=sum(batch.documents for batch in context.batches),
        raw_bytes=sum(batch.raw_bytes for batch in context.batches),
        document_count=accounts.published,
        article_count=accounts.articles,
        earlier_revision_count=accounts.revisions,
        quarantined_count=accounts.quarantined,
        waiting_count=accounts.waiting,
        reason_counts=count_reasons(warehouse),
        skipped_counts=dict(sorted(skipped.items())),
        step_seconds=dict(context.step_seconds),
        outcome="held_back" if any(finding.is_holding for finding in findings) else "published",
        findings=tuple(map(str, findings)),
        audit_findings=tuple(finding.as_row() for finding in findings),
        partitions_written=partitions_written,
        added_count=changes.added,
        replaced_count=changes.replaced,
        withdrawn_count=changes.withdrawn,
        new_outlets=changes.new_outlets,
        pipeline_version=pipeline_version(),
        reference_version=context.reference_version,
    )


def describe_changes(run: Run) -> str:
    """Says how many articles a run added, replaced and withdrew.

    Nothing of a run that published nothing, or whose row is of a version that did not count them.
    """
    counts = (run.added_count, run.replaced_count, run.withdrawn_count)
    if run.outcome == "held_back" or None in counts or not run.partitions_written:
        return ""
    if run.added_count == run.article_count:
        return "Nothing was published before." if run.article_count else ""
    added, replaced, withdrawn = (f"{count:,}" for count in counts)
    return (
        f"Articles against the run before: {added} added, {replaced} replaced by another document,"
        f" {withdrawn} withdrawn."
    )


def write_run(warehouse: Warehouse, run: Run) -> None:
    """Writes a run's row to runs/, a file of its own."""
    row = asdict(run)
    for name in _COUNTS:
        row[name] = list(row[name].items())
    table = table_of([row], RUNS.schema)
    path = warehouse.dataset(RUNS.name) / f"{run.run_id}.parquet"
    write_table(path, [table], RUNS.schema, describe_version(RUNS), warehouse.scratch)


def read_run(path: Path) -> Run:
    """Reads the row that a run left in runs/."""
    # By the schema, because rows of earlier versions have fewer columns.
    (row,) = read_table(path, schema=RUNS.schema).to_pylist()
    for name in _COUNTS:
        row[name] = dict(row[name] or ())
    for name in ("findings", "audit_findings", "new_outlets"):
        row[name] = tuple(row[name] or ())
    return Run(**{field.name: row[field.name] for field in fields(Run)})
