"""Warehouses made of pages without an orchestrator and without worker processes."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from schemas.settings import Limits, Settings
from tasks.discover.batches import discover
from tasks.normalize.record import Record
from tasks.normalize.reference import ReferenceSource, load_reference
from tasks.publish.accounting import check_accounts
from tasks.publish.datapackage import write_datapackage
from tasks.publish.partitions import publish_partition
from tasks.publish.publication import settle_publication
from tasks.publish.select import select_partitions
from tasks.report.runs import Run, RunContext, describe_run, write_run
from tasks.stage.batch_staging import BatchCounts, stage_batch
from tasks.stage.documents import process_document
from tasks.stage.work_orders import Item, WorkOrder
from tasks.storage.warehouse import Warehouse
from tasks.validate.verdicts import validate_batches


class OneProcess:
    """Processes documents where it stands."""

    def process(self, documents: Iterable[Item], order: WorkOrder) -> Iterator[Record]:
        return (process_document(document, order) for document in documents)


def make_warehouse(raw: Path, root: Path) -> tuple[Warehouse, list[BatchCounts]]:
    """Takes the steps from raw/ to published partitions; returns what was processed."""
    warehouse, settings = Warehouse(root), Settings()
    batches = [
        stage_batch(batch, raw, warehouse, settings, ReferenceSource(), OneProcess())
        for batch in discover(raw).batches
    ]
    validate_batches(warehouse)
    for partition in select_partitions(warehouse, settings):
        publish_partition(warehouse, partition, settings)
    publish_rest(warehouse)
    return warehouse, batches


def publish_rest(warehouse: Warehouse, settings: Settings | None = None) -> None:
    """Publishes what belongs to no partition, as a run does at its end."""
    registry = load_reference(ReferenceSource()).registry
    settle_publication(warehouse, settings or Settings(), registry)
    write_datapackage(warehouse)


def leave_row(warehouse: Warehouse, batches: list[BatchCounts], number: int = 1) -> Run:
    """Writes the row of a run that processed these batches on a day of March."""
    started_at = datetime(2024, 3, number, 6, tzinfo=UTC)
    run = describe_run(
        warehouse,
        RunContext(
            run_id=f"{started_at:%Y%m%dT%H%M%SZ}-1",
            started_at=started_at,
            raw=Path("raw"),
            limits=Limits(),
            parameters={"raw": "raw"},
            batches=batches,
            step_seconds={"process": 2.0, "validate": 1.5},
            reference_version="2",
        ),
        findings=[],
        accounts=check_accounts(warehouse),
        partitions_written=2,
    )
    write_run(warehouse, run)
    return run
