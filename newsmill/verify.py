"""`newsmill verify`: everything that a warehouse promises, recomputed."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from newsmill.failures import EXIT_FAULT
from newsmill.options import existing_warehouse, warehouse_option
from newsmill.terminal import echo


@click.command()
@warehouse_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def verify(warehouse: Path, as_json: bool) -> None:
    """Recompute everything that a warehouse promises, and name every fault.

    Checksums, columns, partitions, order, identities, references, accounts; and every row against
    the staged record that it was made of. Nothing is changed. Exit status: 0 clean, 1 faults.
    """
    from tasks.inspect.verification.verify import verify_warehouse
    from tasks.storage.holding import hold_warehouse
    from tasks.storage.warehouse import Warehouse

    root = existing_warehouse(warehouse)
    # A run would change files between two looks at them.
    with hold_warehouse(root, clean=False):
        found = verify_warehouse(Warehouse(root))
    if as_json:
        echo(json.dumps(asdict(found), indent=2))
    else:
        for fault in found.faults:
            echo(str(fault))
        echo(
            f"{len(found.faults)} faults; {found.documents} documents = {found.articles} articles "
            f"+ {found.revisions} revisions + {found.quarantined} quarantined"
        )
    if found.faults:
        sys.exit(EXIT_FAULT)
