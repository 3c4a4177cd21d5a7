"""`newsmill run`: the flow, started from the command line."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from newsmill.options import (
    DayType,
    configuration,
    configured,
    need_ordered,
    notify_option,
    rates_option,
    raw_option,
    registry_option,
    warehouse_option,
)
from schemas.settings import Settings

if TYPE_CHECKING:
    from flows.request import RunRequest
    from tasks.discover.plan import Plan, Start
    from tasks.report.runs import Run

# What an embedded Prefect server needs to be quick, quiet and off-line; the environment overrides.
_PREFECT_DEFAULTS = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    # The first start on an empty home migrates a database and passes the default limit of 20 s.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    # It ends with the run: nobody sets automations in it or looks at its feed of events, and both
    # cost it a tenth of what it uses. Runs, their tasks, logs and artifacts are kept.
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
    # Nor does anybody store blocks there. A new home would have all of their types written to it.
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
}

_LOOKING = "looking for what is new"

# What they show without --verbose, and with it. What Prefect says of a failure is pages long; a run
# says it in a line. The root speaks for Prefect's services, which warn where they are busy at the
# end, and for all other libraries.
_LOGGERS = {
    "PREFECT_LOGGING_LEVEL": ("CRITICAL", "INFO"),
    "PREFECT_LOGGING_INTERNAL_LEVEL": ("CRITICAL", "INFO"),
    "PREFECT_LOGGING_ROOT_LEVEL": ("ERROR", "WARNING"),
}

_OPTIONS = (
    raw_option,
    warehouse_option,
    click.option(
        "--workers",
        type=click.IntRange(1, 256),
        default=configured("workers"),
        show_default="the number of cores",
        help="Worker processes, at most.",
    ),
    click.option("--since", type=DayType(), help="First landing date to process."),
    click.option("--until", type=DayType(), help="Last landing date to process."),
    click.option(
        "--partition-by",
        type=click.Choice(["month", "date"]),
        default=configured("partition_by"),
        show_default="month",
        help="One file per month, or one per day.",
    ),
    click.option(
        "--part-rows",
        type=click.IntRange(min=1),
        default=configured("part_rows"),
        show_default=f"{Settings().part_rows:,}",
        help="The most rows of a file; a month or day of more is several.",
    ),
    registry_option,
    rates_option,
    click.option(
        "--dask",
        metavar="ADDRESS",
        default=configured("dask"),
        help="A Dask scheduler, tcp://HOST:PORT, whose workers do the work.",
    ),
    notify_option,
    click.option("--accept", is_flag=True, help="Publish in spite of the audit's findings."),
    click.option("--prune", is_flag=True, help="Drop the records of raw files that are gone."),
    click.option("-v", "--verbose", is_flag=True, help="Show Prefect's log."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """The options of a run, as given."""

    raw: Path
    warehouse: Path
    workers: int
    since: date | None
    until: date | None
    partition_by: Literal["month", "date"]
    part_rows: int
    registry: Path | None
    rates: tuple[Path, ...]
    dask: str | None
    notify: tuple[str, ...]
    accept: bool
    prune: bool
    verbose: bool


def with_run_options(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options of a run, which `RunOptions` takes."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command()
@with_run_options
def run(**options: Any) -> None:
    """Process what is new or changed in RAW and publish it.

    Nothing new ends in seconds. Exit status: 0 done, 1 a fault, 2 usage, 3 held back by the audit.
    """
    execute_run(RunOptions(**options), None)


def execute_run(options: RunOptions, start: "Start | None", reason: str | None = None) -> None:
    """Runs the flow where there is something to do, and prints what the warehouse holds then.

    Args:
        options: of the command.
        start: do again what is done, from here.
        reason: only the batches with documents quarantined under this code.

    Raises:
        click.UsageError: the window ends before it begins.
        HeldBackError: the audit holds the run back.
    """
    try:
        done = complete_run(options, start, reason)
    except Exception as error:
        from tasks.validate.findings import HeldBackError

        if isinstance(error, HeldBackError):
            from newsmill.run_table import HELD_BACK, print_run
            from tasks.storage.warehouse import Warehouse

            print_run(options.raw, Warehouse(options.warehouse), None, HELD_BACK)
        raise
    # Imported here: pyarrow and pandas cost half a second that `--help` need not pay.
    from newsmill.run_table import print_run
    from tasks.storage.warehouse import Warehouse

    print_run(options.raw, Warehouse(options.warehouse), done)


def complete_run(
    options: RunOptions, start: "Start | None", reason: str | None = None
) -> "Run | None":
    """Runs the flow where there is something to do; None where nothing is. See `execute_run`.

    Damaged files that it meets are set aside, and told about on the standard error.
    """
    from newsmill.allocators import keep_memory_small
    from newsmill.console import SafeConsole
    from newsmill.telling import people_told

    keep_memory_small()
    console = SafeConsole(stderr=True, quiet=options.verbose)
    # A person sees at once that it works; the imports alone take longer than a glance.
    with console.status(_LOOKING) as shown:
        # Drawn now, and not once its thread has a turn between the imports.
        shown.update(spinner="dots")
        from newsmill.pending import find_work, tell
        from newsmill.terminal import echo
        from tasks.inspect.healing import healed
        from tasks.storage.warehouse import Warehouse

        request = make_request(options, start, reason)
    warehouse = Warehouse(request.warehouse)

    def attempt() -> "Run | None":
        with console.status(_LOOKING):
            work = find_work(request)
        tell(work.notices)
        if not work.is_needed:
            return None
        # Imported here: it knows the pool, and where nothing is new there is none.
        from newsmill.progress import watch

        call = partial(call_flow, request, work.plan, is_verbose=options.verbose)
        return watch(call, work.documents, console)

    with people_told(options.notify, str(request.warehouse)):
        return healed(warehouse, attempt, lambda damage: echo(f"newsmill: {damage}", err=True))


def make_request(
    options: RunOptions, start: "Start | None", reason: str | None = None
) -> "RunRequest":
    """Returns what the flow is asked to do; see `execute_run`.

    Raises:
        click.UsageError: the window ends before it begins.
    """
    from flows.request import RunRequest
    from tasks.discover.plan import Scope
    from tasks.normalize.reference import ReferenceSource

    since, until = options.since, options.until
    need_ordered(since, until)
    settings = replace(
        configuration().settings(),
        workers=options.workers,
        partition_by=options.partition_by,
        part_rows=options.part_rows,
        dask=options.dask,
    )
    return RunRequest(
        raw=options.raw,
        warehouse=options.warehouse,
        scope=Scope(since=since, until=until, start=start, reason=reason),
        settings=settings,
        reference=ReferenceSource(overlay=options.registry, rates=options.rates),
        accept=options.accept,
        prune=options.prune,
    )


def call_flow(request: "RunRequest", plan: "Plan | None", *, is_verbose: bool) -> "Run":
    """Runs the flow with an embedded Prefect server, unless Prefect's settings name another.

    Args:
        request: what the flow is asked to do.
        plan: what it will stage, to prepare for that while the server starts; None where that is
            not known, or nothing.
        is_verbose: let Prefect log.
    """
    start_prefect(partial(_prepare, plan, request), is_verbose=is_verbose)
    from flows.news_etl import news_etl
    from flows.runners import task_runner
    from newsmill.embedded_server import without_heartbeats

    with without_heartbeats():
        return news_etl.with_options(task_runner=task_runner(request.settings))(request)


def start_prefect(meanwhile: Callable[[], None], *, is_verbose: bool) -> None:
    """Sees to it that flows can run in this process: quietly, and with a server.

    Args:
        meanwhile: what can be done while the server starts.
        is_verbose: let Prefect log.
    """
    for name, value in _PREFECT_DEFAULTS.items():
        os.environ.setdefault(name, value)
    for logger, levels in _LOGGERS.items():
        os.environ.setdefault(logger, levels[is_verbose])
    if not os.environ.get("PREFECT_API_URL"):
        # Set but empty it floods the log with errors.
        os.environ.pop("PREFECT_API_URL", None)
    from newsmill.embedded_server import use_a_server

    use_a_server(meanwhile)


def _prepare(plan: "Plan | None", request: "RunRequest") -> None:
    import flows.news_etl  # noqa: F401
    from flows.preparing import prepare

    if plan is not None:
        prepare(plan, request)
