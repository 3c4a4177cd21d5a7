"""What runs would change, found by doing them on a shadow of the warehouse."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tasks.inspect.changes.changed import WarehouseChanges
from tasks.inspect.changes.compare import compare_warehouses
from tasks.storage.shadow import shadowed
from tasks.storage.warehouse import Warehouse
from tasks.validate.findings import HeldBackError


@dataclass(frozen=True, slots=True)
class Trial:
    """What runs would do.

    Attributes:
        changes: to the published rows; None where there is nothing to process.
        held_back_by: the audit's findings that would hold them back, unless they are accepted.
    """

    changes: WarehouseChanges | None
    held_back_by: tuple[str, ...] = ()


def try_runs(warehouse: Warehouse, runs: Iterable[Callable[[Path, bool], object]]) -> Trial:
    """Does runs on a shadow of the warehouse, and compares what is published before and after.

    Where the audit holds a run back, the shadow is published all the same, to see what that would
    change.

    Args:
        warehouse: stays as it is.
        runs: are called in order with the root to run on and False, and where the audit holds one
            back once more with True: to publish what is there, in spite of the audit.

    Raises:
        WarehouseHeldError: a run is changing the warehouse right now.
    """
    held_back_by: dict[str, None] = {}
    with shadowed(warehouse) as shadow:
        for run in runs:
            try:
                run(shadow.after.root, False)
            except HeldBackError as error:
                held_back_by |= dict.fromkeys(
                    str(finding) for finding in error.findings if finding.is_holding
                )
                run(shadow.after.root, True)
        changes = compare_warehouses(shadow.before, shadow.after, shadow.scratch)
    return Trial(changes, tuple(held_back_by))
