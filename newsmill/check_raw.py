"""`newsmill check-raw`: what a run would read of a folder, and what it would not."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsmill.options import Folder, configuration, configured
from newsmill.terminal import echo

if TYPE_CHECKING:
    from rich.table import Table

    from tasks.inspect.raw_check import RawCheck


@click.command(name="check-raw")
@click.argument("raw", type=Folder(exists=True), default=configured("raw"))
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def check_raw(raw: Path, as_json: bool) -> None:
    """Show what a run would read of the folder RAW, as what, and what it would not.

    Nothing is processed. Names and first bytes tell, so what a run finds inside may still differ.
    """
    from tasks.inspect import raw_check

    found = raw_check.check_raw(raw, configuration().settings().limits)
    if as_json:
        echo(json.dumps(asdict(found), indent=2))
    else:
        _print(raw, found)


def _print(raw: Path, found: "RawCheck") -> None:
    from newsmill.console import SafeConsole

    console = SafeConsole()
    if not found.read:
        echo(f"no file in {raw} would be read")
    for table in (_read(found), _not_read(found)):
        if table.row_count:
            console.print(table)
            console.print()
    undated = sum(group.files - group.in_date_folders for group in found.read)
    if undated:
        console.print(
            f"{undated:,} of these lie outside of date folders. They land on the day of their "
            "fetch, where a sidecar, a row or a record tells it.",
            markup=False,
            highlight=False,
        )


def _read(found: "RawCheck") -> "Table":
    from rich.table import Table

    table = Table("source", "read as", title="Would be read", title_justify="left")
    for head in ("files", "MB", "in date folders", "with sidecars"):
        table.add_column(head, justify="right")
    for group in found.read:
        counts = (group.in_date_folders, group.with_sidecars)
        table.add_row(
            group.source or "-",
            group.form,
            f"{group.files:,}",
            f"{group.size / 1e6:,.1f}",
            *(f"{count:,}" if count else "-" for count in counts),
        )
    return table


def _not_read(found: "RawCheck") -> "Table":
    from rich.table import Table

    table = Table("what", title="Would not be read", title_justify="left")
    table.add_column("files", justify="right")
    # A path that is cut cannot be opened.
    table.add_column("why", overflow="fold")
    for group in found.refused:
        why = "\n".join((group.detail, *group.examples))
        table.add_row(f"quarantined as {group.reason}", f"{group.files:,}", why)
    for kind, count in found.passed_over.items():
        examples = found.orphan_sidecars if kind == "orphan_sidecar" else ()
        table.add_row("passed over", f"{count:,}", "\n".join((kind, *examples)))
    return table
