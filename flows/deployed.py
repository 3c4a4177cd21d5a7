"""The flows that prefect.yaml deploys: the main job as schedules and operators ask for it.

Their parameters are what a person can type into Prefect's form. What is not given comes from the
environment and newsmill.toml in the deployment's working directory (`schemas.configuration`).
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal

from prefect import flow, get_run_logger
from prefect.runtime import flow_run

from flows.news_etl import news_etl
from flows.request import RunRequest
from flows.runners import task_runner
from schemas.code_meanings import known_codes
from schemas.configuration import Configuration
from tasks.discover.plan import Scope
from tasks.discover.windows import split_window
from tasks.inspect.changes.trial import try_runs
from tasks.inspect.healing import healed
from tasks.normalize.reference import ReferenceSource
from tasks.normalize.task import fetch
from tasks.orchestrator.states import held_back
from tasks.report.task import show_changes
from tasks.storage.locations import parse_location
from tasks.storage.warehouse import Warehouse
from tasks.validate.findings import HeldBackError

_HOUR_S = 3600
_WEEK_S = 7 * 24 * _HOUR_S


def _scheduled_day() -> date:
    """Returns the UTC day that a run was scheduled for: late runs keep their day."""
    scheduled: datetime = flow_run.scheduled_start_time or datetime.now(UTC)
    return scheduled.astimezone(UTC).date()


@flow(
    name="daily",
    flow_run_name=lambda: f"daily {_scheduled_day()}",
    timeout_seconds=12 * _HOUR_S,
    persist_result=False,
    retries=0,
)
def daily(raw: str | None = None, warehouse: str | None = None, accept: bool = False) -> Any:
    """Processes whatever landed in raw/ since the last run and publishes it.

    Args:
        raw: the raw folder.
        warehouse: where everything is written.
        accept: publish in spite of the audit's findings.
    """
    return _run(_request(_configure(raw, warehouse), accept=accept))


def _name_backfill() -> str:
    given = flow_run.parameters
    verb = "diff" if given["diff"] else "backfill"
    window = f" {given['since'] or ''}..{given['until'] or ''}"
    return f"{verb}{window if window.strip(' .') else ''} from {given['start']}"


@flow(
    name="backfill",
    flow_run_name=_name_backfill,
    timeout_seconds=_WEEK_S,
    persist_result=False,
    retries=0,
)
def backfill(
    since: date | None = None,
    until: date | None = None,
    start: Literal["raw", "staged"] = "raw",
    chunk_days: int = 31,
    everything: bool = False,
    diff: bool = False,
    raw: str | None = None,
    warehouse: str | None = None,
    accept: bool = False,
) -> Any:
    """Processes what landed in a window again, with today's code, outlets and rates.

    A window with both ends is run in chunks, one at a time: a warehouse has one writer. Without
    them everything is processed again, whether or not it has a landing date. What today's code and
    reference data have made already is left alone, so a backfill that was stopped goes on where it
    was when it is started again.

    Args:
        since: first landing date; None for no bound.
        until: last landing date; None for no bound.
        start: extract again from `raw`, or only normalize again what is `staged`.
        chunk_days: landing dates per chunk.
        everything: do again also what today's code and reference data have made.
        diff: show what would change, as an artifact and in the log, and replace nothing.
        raw: the raw folder.
        warehouse: where everything is written.
        accept: publish in spite of the audit's findings.
    """
    configuration = _configure(raw, warehouse)
    windows: Iterable[tuple[date | None, date | None]] = [(since, until)]
    if since and until:
        windows = split_window(since, until, chunk_days)
    asked = _request(configuration, only_stale=not everything, accept=accept)
    requests = [
        asked.model_copy(update={"scope": Scope(since=first, until=last, start=start)})
        for first, last in windows
    ]
    if diff:
        return _show_changes(requests)
    return _run(*requests)


@flow(
    name="replay-quarantine",
    flow_run_name="replay {reason}",
    timeout_seconds=12 * _HOUR_S,
    persist_result=False,
    retries=0,
)
def replay_quarantine(
    reason: str, raw: str | None = None, warehouse: str | None = None, accept: bool = False
) -> Any:
    """Processes the batches with documents quarantined under a code again, from raw/.

    Args:
        reason: a code of quarantine/reasons.
        raw: the raw folder.
        warehouse: where everything is written.
        accept: publish in spite of the audit's findings.

    Raises:
        ValueError: there is no such code.
    """
    if reason not in known_codes():
        raise ValueError(f"{reason!r} is no reason code; docs/columns.md and README list them")
    scope = Scope(start="raw", reason=reason)
    return _run(_request(_configure(raw, warehouse), scope=scope, accept=accept))


@flow(
    name="rates",
    flow_run_name=lambda: f"rates {_scheduled_day()}",
    timeout_seconds=_HOUR_S,
    persist_result=False,
    retries=0,
)
def rates(
    table: Path, banks: list[Literal["ecb", "cbar", "cbr"]], since: date | None = None
) -> None:
    """Fetches central banks' rates, from where the table ends to the scheduled day.

    Args:
        table: the CSV to add to; name it in the settings' `rates`, so that runs use it.
        banks: which banks.
        since: first day wanted, where it is not the one after the table's newest.
    """
    for bank in banks:
        fetch(bank, since, _scheduled_day(), table)


def _show_changes(requests: Sequence[RunRequest]) -> None:
    """Runs a backfill's chunks on a shadow of the warehouse, and leaves what they would change."""

    def run(asked: RunRequest, root: Path, is_held_back: bool) -> None:
        _run_one(asked.on_shadow(root, is_held_back=is_held_back))

    warehouse = requests[0].warehouse
    trial = try_runs(Warehouse(warehouse), [partial(run, request) for request in requests])
    get_run_logger().info("%s", show_changes(warehouse, trial))


def _configure(raw: str | None, warehouse: str | None) -> Configuration:
    given: dict[str, Any] = {"raw": raw, "warehouse": warehouse}
    return Configuration(**{name: folder for name, folder in given.items() if folder is not None})


def _request(configuration: Configuration, **asked: Any) -> RunRequest:
    """Returns a run as it is configured, and as it is asked for."""
    return RunRequest(
        raw=parse_location(configuration.raw),
        warehouse=parse_location(configuration.warehouse),
        settings=configuration.settings(),
        reference=ReferenceSource(overlay=configuration.registry, rates=configuration.rates),
        **asked,
    )


def _run(*requests: RunRequest) -> Any:
    """Does runs one after the other; returns the state "Held back" at the first that is."""
    try:
        for request in requests:
            _run_one(request)
    except HeldBackError as held:
        return held_back(held)


def _run_one(request: RunRequest) -> None:
    run = news_etl.with_options(task_runner=task_runner(request.settings))
    tell = partial(get_run_logger().warning, "%s")
    healed(Warehouse(request.warehouse), partial(run, request), tell)
