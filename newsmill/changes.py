"""What `newsmill backfill --diff` prints."""

import shlex
import sys
from collections.abc import Sequence

from rich.table import Table

from newsmill.console import SafeConsole
from newsmill.next_command import program
from tasks.inspect.changes.change_texts import OVERVIEW, count_changes, describe_changes
from tasks.inspect.changes.changed import WarehouseChanges


def print_changes(changes: WarehouseChanges | None, held_back_by: Sequence[str]) -> None:
    """Prints what would change and the command that does it; None where nothing is to be done."""
    console = SafeConsole()
    if changes is None or changes.is_empty:
        console.print("Nothing would change.")
    else:
        console.print(_overview(changes))
        for line in describe_changes(changes):
            console.print(line, highlight=False, markup=False, soft_wrap=True)
    for finding in held_back_by:
        console.print(
            f"The audit would hold it back: {finding}",
            highlight=False,
            markup=False,
            soft_wrap=True,
        )
    if changes is not None:
        arguments = [word for word in sys.argv[1:] if word != "--diff"]
        if held_back_by:
            arguments.append("--accept")
        console.print("Nothing has been changed. To do it:")
        command = shlex.join([program(), *arguments])
        console.print(f"  {command}", highlight=False, markup=False, soft_wrap=True)


def _overview(changes: WarehouseChanges) -> Table:
    table = Table(title="What would change", title_justify="left")
    dataset, *numbers = OVERVIEW
    table.add_column(dataset)
    for name in numbers:
        table.add_column(name, justify="right")
    for row in count_changes(changes):
        table.add_row(*row)
    return table
