"""Collecting: the phases of a run, from what the last one left to how it stands."""

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from prefect import flow, get_run_logger
from prefect.runtime import flow_run
from pydantic import BaseModel, ConfigDict

from flows.clock import SystemClock
from flows.collect_alarms import raise_alarms
from flows.request import Folder
from schemas.outlets import load_registry
from schemas.sources import read_sources
from tasks.collect.archive.recovery import Recovery
from tasks.collect.memory.backfills import Order
from tasks.collect.memory.signs import expect_no_sign, leave_sign
from tasks.collect.memory.state import State, open_state
from tasks.collect.reporting.runs import CollectRun
from tasks.collect.reporting.standing import CollectStanding, describe_collecting
from tasks.collect.running.collector import Collector, Span
from tasks.collect.running.equipment import Equipment
from tasks.collect.task import poll_and_fetch, recover_files, report_collecting
from tasks.report.collecting.gathering import gather_collecting
from tasks.report.collecting.writing import write_collecting

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class CollectRequest(BaseModel):
    """What a run of the collector is asked to do.

    Attributes:
        sources: the sources file.
        raw: the raw folder, on a disk or in a store.
        state: the folder of the collector's state.
        warehouse: the report is shown beside those of its runs; as written, a path or a store.
        registry: an outlet registry that is laid over the embedded one.
        seconds: how long the run lasts; None for once or without end.
        is_once: each source is polled once, and the run ends with their pages.
        only: outlets to which it is limited; none for all.
        backfill: is ordered, and the run ends where nothing of it is due any more.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    sources: Path
    raw: Folder
    state: Path
    warehouse: str = ""
    registry: Path | None = None
    seconds: float | None = None
    is_once: bool = False
    only: tuple[str, ...] = ()
    backfill: Order | None = None


def _name_run() -> str:
    request: CollectRequest = flow_run.parameters["request"]
    return f"collect {request.raw}"


@flow(name="news-collect", flow_run_name=_name_run, persist_result=False)
def collect(request: CollectRequest) -> CollectRun:
    """Polls the sources, stores what they show in raw/, and says how collecting stands.

    Raises:
        SourcesError: the sources file has faults.
        StateHeldError: another collector works with this state.
        AddressesLostError: an address that was found has no outcome and does not wait for one.
    """
    clock = SystemClock()
    begun, started_at = perf_counter(), clock.now()
    registry = load_registry(overlay=request.registry)
    sources = read_sources(request.sources, registry)
    for warning in sources.warnings:
        get_run_logger().warning("%s", warning)
    with open_state(request.state) as state:
        equipment = Equipment(
            sources=sources,
            registry=registry,
            raw=request.raw,
            folder=request.state,
            state=state,
            clock=clock,
            version=version("newsmill"),
            only=frozenset(request.only) or None,
        )
        before = {what.value: count for what, count in state.accounts.read().outcomes.items()}
        recovery = recover_files(request.raw, state)
        span = _begin(request, state)
        with _stopped_by_signals() as watch:
            collected = poll_and_fetch(
                equipment,
                span,
                watch=watch,
                after_seal=lambda: _tell(request, equipment, recovery, clock.now()),
            )
        _note(request, state, clock.now(), goes_on=False)
        run = CollectRun(
            started_at=started_at,
            seconds=perf_counter() - begun,
            raw=request.raw,
            recovery=recovery,
            collected=collected,
            before=before,
            standing=describe_collecting(state, clock.now().timestamp()),
        )
        page = _show(request, equipment, run.standing, recovery, clock.now())
    report_collecting(run, page)
    return run


def _begin(request: CollectRequest, state: State) -> Span:
    """Notes what is ordered; returns how long the run lasts."""
    if request.backfill is not None:
        with state.transaction():
            state.backfills.order(request.backfill)
    is_backfill = request.backfill is not None
    return Span(request.seconds, is_once=request.is_once, is_backfill=is_backfill)


def _note(request: CollectRequest, state: State, now: datetime, *, goes_on: bool) -> None:
    """Notes that the run has ended or goes on, and which backfills are over.

    Runs that last for a time are called by a schedule, and one without an end is missed where it
    dies. Somebody has stopped one that ends in order.
    """
    is_endless = request.seconds is None and not request.is_once and request.backfill is None
    is_scheduled = request.seconds is not None and request.backfill is None
    with state.transaction():
        leave_sign(state, now.timestamp(), is_scheduled=is_scheduled or (is_endless and goes_on))
        if is_endless and not goes_on:
            expect_no_sign(state)
        state.backfills.note_over(now.timestamp())


def _show(
    request: CollectRequest,
    equipment: Equipment,
    standing: CollectStanding,
    recovery: Recovery,
    now: datetime,
) -> Path:
    """Tells people what is new to them, and writes the report; returns where it lies."""
    state = equipment.state
    alarms = raise_alarms(state, request.state, standing, recovery.lost, now)
    data = gather_collecting(state, standing, alarms, now, equipment.sources.warnings)
    return write_collecting(data, request.state, request.warehouse)


def _tell(request: CollectRequest, equipment: Equipment, recovery: Recovery, now: datetime) -> None:
    """Logs and shows how a run that goes on stands; its account is checked."""
    _note(request, equipment.state, now, goes_on=True)
    standing = describe_collecting(equipment.state, now.timestamp())
    _show(request, equipment, standing, recovery, now)
    get_run_logger().info(
        "%s addresses found, %s waiting, %s sources in trouble",
        f"{standing.account.found:,}",
        f"{standing.account.waiting:,}",
        f"{len(standing.troubles):,}",
    )


class _Stopper:
    """Stops a collector at a signal: requests under way end, and what came is sealed."""

    def __call__(self, collector: Collector) -> None:
        if threading.current_thread() is threading.main_thread():
            loop = asyncio.get_running_loop()
            for number in _SIGNALS:
                loop.add_signal_handler(number, collector.stop)


@contextmanager
def _stopped_by_signals() -> Iterator[_Stopper]:
    """Gives the signals back to whom they belonged."""
    if threading.current_thread() is not threading.main_thread():
        yield _Stopper()
        return
    handlers = {number: signal.getsignal(number) for number in _SIGNALS}
    try:
        yield _Stopper()
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
