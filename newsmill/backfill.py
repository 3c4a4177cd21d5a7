"""`newsmill backfill`: what landed in a window, processed again; or what that would change."""

import json
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from newsmill.options import existing_warehouse
from newsmill.run import RunOptions, call_flow, execute_run, make_request, with_run_options
from newsmill.terminal import echo

if TYPE_CHECKING:
    from tasks.inspect.changes.trial import Trial


@click.command()
@with_run_options
@click.option(
    "--from",
    "start",
    type=click.Choice(["staged", "raw"]),
    default="raw",
    show_default=True,
    help="Extract again, or only normalize again what extraction found.",
)
@click.option("--diff", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="With --diff: print JSON for machines.")
def backfill(start: Literal["staged", "raw"], diff: bool, as_json: bool, **options: Any) -> None:
    """Process again what landed in a window, with today's code, outlets and rates.

    Without --since and --until everything is processed again. With --diff it is done on a shadow of
    the warehouse, which costs as much time as the backfill itself, and other runs go on meanwhile.
    """
    given = RunOptions(**options)
    if as_json and not diff:
        raise click.UsageError("--json goes with --diff")
    if not diff:
        execute_run(given, start)
        return
    trial = try_backfill(given, start)
    if as_json:
        echo(json.dumps(asdict(trial), default=str, ensure_ascii=False, indent=2))
    else:
        from newsmill.changes import print_changes

        print_changes(trial.changes, trial.held_back_by)


def try_backfill(options: RunOptions, start: Literal["staged", "raw"]) -> "Trial":
    """Runs the flow on a shadow of the warehouse, where there is something to do.

    Raises:
        click.UsageError: there is no warehouse, or the window ends before it begins.
    """
    from newsmill.console import SafeConsole
    from newsmill.pending import find_work, tell
    from newsmill.progress import watch
    from tasks.inspect.changes.trial import Trial, try_runs
    from tasks.storage.warehouse import Warehouse

    request = make_request(options, start)
    warehouse = Warehouse(existing_warehouse(request.warehouse))
    console = SafeConsole(stderr=True, quiet=options.verbose)
    work = find_work(request)
    tell(work.notices)
    if not work.is_needed:
        return Trial(None)

    def run(root: Path, is_held_back: bool) -> None:
        trial = request.on_shadow(root, is_held_back=is_held_back)
        plan = None if is_held_back else work.plan
        call = partial(call_flow, trial, plan, is_verbose=options.verbose)
        watch(call, 0 if is_held_back else work.documents, console)

    return try_runs(warehouse, [run])
