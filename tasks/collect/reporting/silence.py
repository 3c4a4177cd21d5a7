"""Whether a collector that runs by a schedule runs no more: told by who looks, for it cannot."""

from itertools import pairwise
from pathlib import Path
from statistics import median

from tasks.collect.memory.database import transaction, write_beside
from tasks.collect.memory.signs import Signs, read_signs
from tasks.collect.memory.state import State
from tasks.collect.reporting.troubles import to_minute

_HOUR_S = 3600.0
# Who tries `collect --for` by hand does so twice or three times.
_RUNS = 4
_NOTE = "silence told"


def describe_silence(state: State, now: float, hours: float) -> str | None:
    """Says since when no run has ended; None where one did in time, none is due, or it was told.

    Args:
        state: of the collector.
        now: epoch seconds.
        hours: within which one has to end, or to seal its files and go on.
    """
    since = silent_since(read_signs(state), now, hours * _HOUR_S)
    if since is None or state.read_note(_NOTE) == str(since):
        return None
    return (
        f"The collector has not been heard of for {hours:g} hours; the last sign was on"
        f" {to_minute(since)} UTC."
    )


def silent_since(signs: Signs, now: float, within_s: float) -> float | None:
    """Returns when the last run of a schedule ended, where the next is overdue.

    A schedule is four runs or more, most of them within the time after the one before. Others say
    nothing: they come by hand, or more seldom.
    """
    ends = signs.scheduled
    if len(ends) < _RUNS or now - ends[-1] < within_s:
        return None
    gap = median(later - earlier for earlier, later in pairwise(ends))
    return ends[-1] if gap < within_s else None


def note_silence_told(folder: Path) -> None:
    """Notes in the state that people were told of the silence after the last run."""
    with write_beside(folder) as connection, transaction(connection):
        state = State(folder, connection)
        state.leave_note(_NOTE, str(read_signs(state).scheduled[-1]))
