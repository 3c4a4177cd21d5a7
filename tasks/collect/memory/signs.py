"""Signs of life: when runs of the collector ended, and of those that follow a schedule the last."""

import json
from dataclasses import dataclass

from tasks.collect.memory.state import State

_HEARD, _SCHEDULED = "heard of", "scheduled runs"
# Of runs a quarter of an hour apart: two hours.
_KEPT = 9


@dataclass(frozen=True, slots=True)
class Signs:
    """When the collector was heard of, in epoch seconds.

    Attributes:
        heard_at: when a run last ended in order, or sealed its files and went on; None for never.
        scheduled: when runs last did that come, or go on, by themselves; the oldest first.
    """

    heard_at: float | None
    scheduled: tuple[float, ...]


def read_signs(state: State) -> Signs:
    """Returns the signs that runs have left."""
    heard_at = state.read_note(_HEARD)
    scheduled = json.loads(state.read_note(_SCHEDULED) or "[]")
    return Signs(None if heard_at is None else float(heard_at), tuple(scheduled))


def leave_sign(state: State, now: float, *, is_scheduled: bool) -> None:
    """Notes that a run has ended in order, or goes on.

    Args:
        state: keeps it.
        now: epoch seconds.
        is_scheduled: others like it are expected.
    """
    with state.transaction():
        state.leave_note(_HEARD, str(now))
        if is_scheduled:
            kept = (*read_signs(state).scheduled, now)[-_KEPT:]
            state.leave_note(_SCHEDULED, json.dumps(kept))


def expect_no_sign(state: State) -> None:
    """Notes that somebody has stopped the runs that were expected."""
    state.take_note(_SCHEDULED)
