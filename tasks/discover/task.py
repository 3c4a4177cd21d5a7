"""The Prefect task of the discover step: what there is to do."""

from pathlib import Path

from prefect import task

from tasks.discover.plan import (
    Plan,
    Scope,
    Versions,
    plan_warehouse,
    refuse_gone,
    remove_superseded,
)
from tasks.orchestrator.task_options import UNCACHED
from tasks.storage.warehouse import Warehouse


@task(name="discover", task_run_name="discover {raw}", **UNCACHED)
def discover(
    raw: Path, warehouse: Path, scope: Scope, *, current: Versions | None, prune: bool
) -> Plan:
    """Plans the run and removes staged batches that no longer exist; see `tasks.discover.plan`.

    Raises:
        LocationError: raw/ and the warehouse overlap.
        RawFilesGoneError: records would go because their raw files are gone, and `prune` does not
            say that they should.
        SchemaVersionError: a newer newsmill wrote in the warehouse.
    """
    target = Warehouse(warehouse)
    plan = plan_warehouse(raw, target, scope, current)
    refuse_gone(plan, prune=prune)
    remove_superseded(target, plan)
    return plan
