"""Whether a run would change anything, found out without starting Prefect."""

from dataclasses import dataclass
from pathlib import Path

from schemas.raw_forms import RawKind
from schemas.settings import Settings
from tasks.discover.plan import Plan, Scope, plan_warehouse
from tasks.inspect.healing import check_recent
from tasks.inspect.verification.file_checks import PARTITIONED
from tasks.publish.datapackage import write_datapackage
from tasks.publish.select import select_partitions
from tasks.storage.holding import hold_warehouse
from tasks.storage.overlap import refuse_overlap
from tasks.storage.warehouse import Warehouse
from tasks.validate.verdicts import pending_batches


@dataclass(frozen=True, slots=True)
class Work:
    """What a run would do.

    Attributes:
        documents: how many documents it would process; None where only reading a container tells.
    """

    documents: int | None


def find_work(raw: Path, warehouse: Warehouse, settings: Settings, scope: Scope) -> Work | None:
    """Finds what is new, changed, or left undone by an interrupted run; None where nothing is.

    Raises:
        LocationError: raw/ and the warehouse overlap.
        DamagedFileError: a file that a run reads is damaged; see `tasks.inspect.healing`.
    """
    # Before the warehouse is held, which makes its folder.
    refuse_overlap(raw, warehouse.root)
    with hold_warehouse(warehouse.root):
        check_recent(warehouse)
        plan = plan_warehouse(raw, warehouse, scope)
        if plan.renormalize:
            return Work(None)
        if plan.batches or plan.superseded or pending_batches(warehouse):
            return Work(_count_documents(plan))
        if select_partitions(warehouse, settings):
            return Work(0)
        if any(warehouse.partitions(table.name) for table in PARTITIONED):
            write_datapackage(warehouse)
        return None


def _count_documents(plan: Plan) -> int | None:
    if any(batch.kind is not RawKind.LOOSE for batch in plan.batches):
        return None
    return sum(len(batch.files) for batch in plan.batches)
