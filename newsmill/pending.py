"""Whether a run would change anything, found out without starting Prefect."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flows.request import RunRequest
from newsmill.next_command import next_command
from newsmill.terminal import echo
from schemas.raw_forms import RawKind
from schemas.tables import PARTITIONED
from tasks.discover.plan import Plan, plan_warehouse, refuse_gone
from tasks.inspect.healing import check_recent
from tasks.normalize.reference import load_reference
from tasks.publish.datapackage import write_datapackage
from tasks.publish.publication import settle_publication
from tasks.publish.select import select_partitions
from tasks.stage.hands import map_of
from tasks.storage.holding import hold_warehouse
from tasks.storage.overlap import refuse_overlap
from tasks.storage.records import count_records_of_others
from tasks.storage.staged_view import StagedView
from tasks.storage.tombstones import has_unfinished
from tasks.storage.warehouse import Warehouse
from tasks.validate.verdicts import pending_batches


@dataclass(frozen=True, slots=True)
class Work:
    """What a run would do.

    Attributes:
        is_needed: whether there is anything to do.
        plan: what would be staged.
        documents: how many documents it would process; None where only reading a container tells.
        notices: what the user should know of what is left as it is, a line each.
    """

    is_needed: bool
    plan: Plan
    documents: int | None
    notices: tuple[str, ...]


def find_work(request: RunRequest) -> Work:
    """Finds what is new, changed, or left undone by an interrupted run.

    What would end a run before its first document ends it here, without the wait for a server.

    Raises:
        RegistryError, RatesFileError: the user's outlets or rates have faults.
        LocationError: raw/ and the warehouse overlap.
        RawFilesGoneError: records would go because their raw files are gone.
        WarehouseHeldError: another process writes in the warehouse.
        SchemaVersionError: a newer newsmill wrote in the warehouse.
        PrunedListError, TombstoneError: what was pruned or erased cannot be told.
        DamagedFileError: a file that a run reads is damaged; see `tasks.inspect.healing`.
    """
    reference = load_reference(request.reference)
    warehouse = Warehouse(request.warehouse)
    # Before the warehouse is held, which makes its folder.
    refuse_overlap(request.raw, warehouse.root)
    with hold_warehouse(warehouse.root):
        check_recent(warehouse)
        seen = StagedView(warehouse)
        plan = plan_warehouse(request.raw, warehouse, request.scope, seen=seen)
        refuse_gone(plan, prune=request.prune)
        others = count_records_of_others(warehouse, reference.version, seen)
        notices = tuple(_notices(request, plan, others))
        if plan.renormalize:
            return Work(True, plan, None, notices)
        is_left = has_unfinished(warehouse) or pending_batches(warehouse, seen)
        if plan.batches or plan.superseded or is_left:
            return Work(True, plan, _count_documents(plan), notices)
        if select_partitions(warehouse, request.settings, map_of(request.settings), seen):
            return Work(True, plan, 0, notices)
        if any(warehouse.partitions(table.name) for table in PARTITIONED):
            settle_publication(warehouse, request.settings, reference.registry)
            write_datapackage(warehouse)
        return Work(False, plan, 0, notices)


def _notices(request: RunRequest, plan: Plan, others: int) -> Iterator[str]:
    if plan.undated_files:
        yield (
            f"files without any landing date: {plan.undated_files:,}. "
            "No --since or --until reaches them"
        )
    if plan.pruned:
        yield (
            f"batches whose files were pruned from raw/: {len(plan.pruned):,}. They stay as they "
            "are: only `newsmill backfill --from staged` makes them again"
        )
    if others and request.scope.start is None:
        yield (
            f"records made with other outlets or rates than these: {others:,}. To make them again: "
            + next_command(
                *("backfill", "--from", "staged"),
                raw=request.raw,
                warehouse=request.warehouse,
                registry=request.reference.overlay,
                rates=request.reference.rates,
            )
        )


def _count_documents(plan: Plan) -> int | None:
    if any(batch.kind is not RawKind.LOOSE for batch in plan.batches):
        return None
    return sum(len(batch.files) for batch in plan.batches)


def tell(notices: Iterable[str]) -> None:
    """Prints notices on the standard error."""
    for notice in notices:
        echo(f"newsmill: {notice}", err=True)
