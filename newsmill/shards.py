"""`newsmill shards`: into how many shards the index of a warehouse is divided."""

from pathlib import Path

import click

from newsmill.options import existing_warehouse, warehouse_option
from newsmill.terminal import echo


@click.command()
@click.argument("count", type=int, required=False)
@warehouse_option
def shards(warehouse: Path, count: int | None) -> None:
    """Print, or set to COUNT, the number of shards of the index.

    One will do for some millions of records. More let selecting take less memory at once, and more
    hands. They change nothing of what is published. COUNT is a power of two; the next run divides
    the index anew.
    """
    from tasks.publish.shard_count import read_shard_count, write_shard_count
    from tasks.storage.holding import hold_warehouse
    from tasks.storage.warehouse import Warehouse

    target = Warehouse(existing_warehouse(warehouse))
    if count is None:
        echo(f"{read_shard_count(target):,}")
        return
    with hold_warehouse(target.root):
        try:
            write_shard_count(target, count)
        except ValueError as error:
            raise click.UsageError(str(error)) from None
    echo(f"the next run divides the index into {count:,}")
