"""`newsmill run`: process what is new, publish what changes."""

import logging
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsmill.options import Day, raw_option, warehouse_option

if TYPE_CHECKING:
    from tasks.report.runs import Run

# What an embedded Prefect server needs to be quick, quiet and off-line; the environment overrides.
_PREFECT_DEFAULTS = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    # The first start on an empty home migrates a database and passes the default limit of 20 s.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
}


@click.command()
@raw_option
@warehouse_option
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=lambda: os.cpu_count() or 1,
    show_default="the number of cores",
    help="Worker processes.",
)
@click.option("--since", type=Day(), help="First landing date to process.")
@click.option("--until", type=Day(), help="Last landing date to process.")
@click.option(
    "--partition-by",
    type=click.Choice(["month", "date"]),
    default="month",
    show_default=True,
    help="One file a month, or one a day.",
)
@click.option(
    "--registry",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own outlet registry, laid over the embedded one.",
)
@click.option("--accept", is_flag=True, help="Publish in spite of the audit's findings.")
@click.option("--prune", is_flag=True, help="Drop the records of raw files that are gone.")
@click.option("-v", "--verbose", is_flag=True, help="Show Prefect's log.")
def run(
    raw: Path,
    warehouse: Path,
    workers: int,
    since: date | None,
    until: date | None,
    partition_by: str,
    registry: Path | None,
    accept: bool,
    prune: bool,
    verbose: bool,
) -> None:
    """Process what is new or changed in RAW and publish it.

    Nothing new ends in seconds. Exit status: 0 done, 1 a fault, 2 usage, 3 held back by the audit.
    """
    # Imported here: pyarrow and pandas cost half a second that `--help` need not pay.
    from rich.console import Console

    from newsmill.pending import find_work
    from newsmill.progress import watch
    from newsmill.tables import print_run
    from schemas.settings import Settings
    from tasks.normalize.reference import ReferenceSource
    from tasks.storage import Warehouse

    if since and until and since > until:
        raise click.UsageError(f"--since {since} is after --until {until}")
    settings = Settings(workers=workers, partition_by=partition_by)
    target = Warehouse(warehouse)
    work = find_work(raw, target, settings, since, until)
    if work is None:
        print_run(target, None)
        return
    reference = ReferenceSource(overlay=registry)

    def call() -> "Run":
        return _flow(verbose, workers)(
            raw, warehouse, since, until, settings, reference, accept, prune
        )

    print_run(target, watch(call, work.documents, Console(stderr=True, quiet=verbose)))


def _flow(verbose: bool, workers: int) -> Callable[..., "Run"]:
    for name, value in _PREFECT_DEFAULTS.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "INFO" if verbose else "CRITICAL")
    if not os.environ.get("PREFECT_API_URL"):
        # Set but empty it floods the log with errors; unset it means an embedded server.
        os.environ.pop("PREFECT_API_URL", None)
    from prefect.task_runners import ThreadPoolTaskRunner

    from flows.news_etl import news_etl

    if not verbose:
        # On its import GX sets its own logger to INFO; what lies below it keeps what is set here.
        logging.getLogger("great_expectations.data_context").setLevel(logging.WARNING)
    return news_etl.with_options(task_runner=ThreadPoolTaskRunner(max_workers=workers + 1))
