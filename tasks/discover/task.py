"""The Prefect task of the discover step: what there is to do."""

from datetime import date
from pathlib import Path

from prefect import task

from tasks.discover.plan import Plan, RawFilesGoneError, Redo, Versions, plan_run
from tasks.orchestrator.options import UNCACHED
from tasks.storage.overlap import refuse_overlap
from tasks.storage.quarantined import quarantined_batches
from tasks.storage.records import remove_batch, staged_batches
from tasks.storage.schema_versions import refuse_newer_warehouse
from tasks.storage.setting_aside import damaged_batches, list_waiting, put_aside
from tasks.storage.warehouse import Warehouse


@task(name="discover", task_run_name="discover {raw}", **UNCACHED)
def discover(
    raw: Path,
    warehouse: Path,
    since: date | None,
    until: date | None,
    redo: Redo | None,
    *,
    redo_reason: str | None,
    current: Versions | None,
    prune: bool,
) -> Plan:
    """Plans the run and removes staged batches that no longer exist; see `tasks.discover.plan`.

    Raises:
        PlaceError: raw/ and the warehouse overlap.
        RawFilesGoneError: records would go because their raw files are gone, and `prune` does not
            say that they should.
        SchemaVersionError: a newer newsmill wrote in the warehouse.
    """
    target = Warehouse(warehouse)
    refuse_overlap(raw, warehouse)
    refuse_newer_warehouse(target)
    redo_batches = quarantined_batches(target, redo_reason) if redo_reason else None
    staged = staged_batches(target) | damaged_batches(target)
    plan = plan_run(raw, staged, since, until, redo, redo_batches, current)
    if plan.gone and not prune:
        raise RawFilesGoneError(plan.gone)
    for batch_id in plan.superseded:
        remove_batch(target, batch_id)
    for path in list_waiting(target):
        put_aside(target, path)
    return plan
