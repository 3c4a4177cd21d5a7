"""`newsmill verify`: everything that a warehouse promises, recomputed, and made again."""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsmill.failures import EXIT_FAULT
from newsmill.options import (
    Folder,
    configuration,
    configured,
    existing_warehouse,
    rates_option,
    registry_option,
    warehouse_option,
)
from newsmill.terminal import echo

if TYPE_CHECKING:
    from tasks.inspect.healing import SetAside
    from tasks.inspect.verification.verify import Verification

# What was made again is looked at again: behind damaged records there may be damaged partitions.
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class _Source:
    """What damaged files are made from."""

    raw: Path
    registry: Path | None
    rates: tuple[Path, ...]


@click.command()
@warehouse_option
@click.option("--repair", is_flag=True, help="Set damaged files aside and make them again.")
@click.option(
    "--raw",
    type=Folder(),
    default=configured("raw"),
    show_default="raw",
    help="With --repair: the folder of raw pages.",
)
@registry_option
@rates_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def verify(
    warehouse: Path,
    repair: bool,
    raw: Path,
    registry: Path | None,
    rates: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Recompute everything that a warehouse promises, and name every fault.

    Checksums, columns, partitions, order, identities, references, accounts; and every row against
    the staged record that it was made of. Nothing is changed, unless --repair is given: then
    damaged files go to _damaged/, and a run makes them again. Exit status: 0 clean, 1 faults.
    """
    root = existing_warehouse(warehouse)
    source = _Source(raw, registry, rates)
    found = _look(root, source)
    set_aside: list[SetAside] = []
    if repair and found.faults:
        if not raw.is_dir():
            raise click.UsageError(f"--repair makes things again from raw/, and {raw} is not there")
        found, set_aside = _repair(root, found, source)
    if as_json:
        outcome = asdict(found) | {"set_aside": [asdict(each) for each in set_aside]}
        echo(json.dumps(outcome, indent=2))
    else:
        for each in (*set_aside, *found.faults):
            echo(str(each))
        published = (
            f"{found.articles} articles + {found.revisions} revisions "
            f"+ {found.quarantined} quarantined"
        )
        if found.documents is None:
            echo(f"{len(found.faults)} faults; {published}; staged/ cannot be counted")
        else:
            echo(f"{len(found.faults)} faults; {found.documents} documents = {published}")
    if found.faults:
        sys.exit(EXIT_FAULT)


def _look(root: Path, source: _Source) -> "Verification":
    from tasks.inspect.verification.verify import verify_warehouse
    from tasks.normalize.reference import ReferenceSource
    from tasks.storage.holding import hold_warehouse
    from tasks.storage.warehouse import Warehouse

    # A run would change files between two looks at them.
    with hold_warehouse(root, clean=False):
        return verify_warehouse(Warehouse(root), ReferenceSource(overlay=source.registry))


def _repair(
    root: Path, found: "Verification", source: _Source
) -> tuple["Verification", list["SetAside"]]:
    """Sets aside what is damaged and runs, until nothing is damaged any more."""
    from tasks.inspect.healing import set_aside_all
    from tasks.inspect.verification.verify import damaged_paths
    from tasks.storage.holding import hold_warehouse
    from tasks.storage.warehouse import Warehouse

    warehouse = Warehouse(root)
    done: list[SetAside] = []
    for _ in range(_ROUNDS):
        with hold_warehouse(root):
            done += set_aside_all(warehouse, damaged_paths(warehouse, found.faults))
        _run(warehouse.root, source)
        found = _look(root, source)
        if not damaged_paths(warehouse, found.faults):
            break
    return found, done


def _run(root: Path, source: _Source) -> None:
    from newsmill.run import RunOptions, complete_run
    from tasks.inspect.verification.file_checks import infer_settings
    from tasks.storage.warehouse import Warehouse

    layout = infer_settings(Warehouse(root))
    options = RunOptions(
        raw=source.raw,
        warehouse=root,
        workers=configuration().workers,
        since=None,
        until=None,
        partition_by=layout.partition_by,
        part_rows=layout.part_rows,
        registry=source.registry,
        rates=source.rates,
        notify=(),
        dask=configuration().dask,
        accept=False,
        prune=False,
        verbose=False,
    )
    complete_run(options, None)
