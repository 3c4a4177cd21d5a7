"""`newsmill backfill`: what landed in a window, processed again; or what that would change."""

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import click

from newsmill.options import existing_warehouse
from newsmill.run import Request, call_flow, execute_run, make_settings, with_run_options

if TYPE_CHECKING:
    from tasks.report.changes.changes import WarehouseChanges


@dataclass(frozen=True, slots=True)
class Trial:
    """What a backfill would do.

    Attributes:
        changes: to the published rows; None where there is nothing to process.
        held_back_by: the audit's findings that would hold it back, unless it is run with --accept.
    """

    changes: "WarehouseChanges | None"
    held_back_by: tuple[str, ...] = ()


@click.command()
@with_run_options
@click.option(
    "--from",
    "stage",
    type=click.Choice(["staged", "raw"]),
    default="raw",
    show_default=True,
    help="Extract again, or only normalize again what extraction found.",
)
@click.option("--diff", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="With --diff: print JSON for machines.")
def backfill(stage: Literal["staged", "raw"], diff: bool, as_json: bool, **options: Any) -> None:
    """Process again what landed in a window, with today's code, outlets and rates.

    Without --since and --until everything is processed again. With --diff it is done on a shadow of
    the warehouse, which costs as much time as the backfill itself, and other runs go on meanwhile.
    """
    request = Request(**options)
    if as_json and not diff:
        raise click.UsageError("--json goes with --diff")
    if not diff:
        execute_run(request, stage)
        return
    trial = try_backfill(request, stage)
    if as_json:
        click.echo(json.dumps(asdict(trial), default=str, ensure_ascii=False, indent=2))
    else:
        from newsmill.changes import print_changes

        print_changes(trial.changes, trial.held_back_by)


def try_backfill(request: Request, redo: Literal["staged", "raw"]) -> Trial:
    """Runs the flow on a shadow of the warehouse, and compares what is published before and after.

    Where the audit holds the run back, the shadow is published all the same, to see what that would
    change.

    Raises:
        click.UsageError: there is no warehouse, or the window ends before it begins.
    """
    from rich.console import Console

    from newsmill.pending import find_work
    from newsmill.progress import watch
    from tasks.report.changes.compare import compare_warehouses
    from tasks.shadow import shadowed
    from tasks.storage import Warehouse
    from tasks.validate.findings import HeldBackError

    settings = make_settings(request)
    warehouse = Warehouse(existing_warehouse(request.warehouse))
    console = Console(stderr=True, quiet=request.verbose)
    with shadowed(warehouse) as shadow:
        trial = replace(request, warehouse=shadow.after.root)
        window = (request.since, request.until)
        work = find_work(request.raw, shadow.after, settings, *window, redo, None)
        if work is None:
            return Trial(None)
        held_back_by: tuple[str, ...] = ()
        try:
            watch(lambda: call_flow(trial, settings, redo, None), work.documents, console)
        except HeldBackError as error:
            held_back_by = tuple(map(str, error.findings))
            call_flow(replace(trial, accept=True), settings, None, None)
        changes = compare_warehouses(shadow.before, shadow.after, shadow.scratch)
    return Trial(changes, held_back_by)
