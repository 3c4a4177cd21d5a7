"""Who is told that collecting needs a person: decided by who starts the flow.

An address is a secret, and the parameters of a flow are shown to everybody. So what tells is no
parameter: it holds for the block in which the flow is called.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path

from prefect.events import emit_event

from tasks.collect.memory.state import State
from tasks.collect.reporting.alarms import (
    Alarm,
    Tell,
    describe_alarms,
    find_alarms,
    tell_new_alarms,
)
from tasks.collect.reporting.hours import find_drought, read_hours
from tasks.collect.reporting.standing import CollectStanding
from tasks.collect.running.fetch_log import FETCH_LOG
from tasks.orchestrator.states import COLLECT_ALARM


def _tell_nobody(_: Sequence[Alarm]) -> bool:
    return False


_tell: ContextVar[Tell] = ContextVar("tell", default=_tell_nobody)


@contextmanager
def alarms_told(tell: Tell) -> Iterator[None]:
    """Lets alarms of the flows that the block calls be told by a function."""
    token = _tell.set(tell)
    try:
        yield
    finally:
        _tell.reset(token)


def raise_alarms(
    state: State, folder: Path, standing: CollectStanding, lost: Sequence[str], now: datetime
) -> list[Alarm]:
    """Tells what was not told before; returns all alarms that there are.

    Args:
        state: remembers what was told.
        folder: of the state, with the fetch log.
        standing: how collecting stands.
        lost: files in raw/ whose pages are gone.
        now: UTC.
    """
    hours = read_hours(folder / FETCH_LOG, now)
    alarms = find_alarms(standing.troubles, find_drought(hours, now.timestamp()), lost)
    tell_new_alarms(state, alarms, _tell.get())
    return alarms


def emit_alarms(raw: Path, alarms: Sequence[Alarm]) -> bool:
    """Leaves alarms as an event on Prefect's server, whose automation tells people."""
    text = describe_alarms(alarms)
    event = emit_event(
        COLLECT_ALARM,
        resource={
            "prefect.resource.id": "newsmill.collect",
            "prefect.resource.name": str(raw),
        },
        payload={"raw": str(raw), "message": text},
    )
    return event is not None
