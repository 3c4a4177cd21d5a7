"""`newsmill snapshot`: what is published at one moment, for readers of any kind."""

from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

import click

from newsmill.options import existing_warehouse, warehouse_option
from newsmill.terminal import echo

if TYPE_CHECKING:
    from tasks.storage.warehouse import Warehouse

_RETRY_S = 0.5


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@warehouse_option
@click.option("--copy", is_flag=True, help="Copy files, where others may write in FOLDER.")
@click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=300.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait while a run publishes.",
)
def snapshot(folder: Path, warehouse: Path, copy: bool, wait: float) -> None:
    """Put what is published at this moment into FOLDER, where no run changes it.

    The files are hard links where the disk has them, and cost no space. Runs go on meanwhile;
    removing FOLDER never touches the warehouse.
    """
    from tasks.storage.warehouse import Warehouse

    source = Warehouse(existing_warehouse(warehouse))
    echo(f"{wait_for_snapshot(source, folder, copy=copy, wait_s=wait):,} files in {folder}")


def wait_for_snapshot(
    warehouse: "Warehouse", folder: Path, *, copy: bool = False, wait_s: float
) -> int:
    """Takes a snapshot as soon as no run publishes; see `tasks.inspect.snapshot.take_snapshot`."""
    from tasks.inspect.snapshot import BeingPublishedError, take_snapshot

    until = monotonic() + wait_s
    while True:
        try:
            return take_snapshot(warehouse, folder, copy=copy)
        except BeingPublishedError:
            if monotonic() > until:
                raise
            sleep(_RETRY_S)
