"""Whether a collector that runs by a schedule runs no more."""

from pathlib import Path

from tasks.collect.memory.signs import Signs, leave_sign
from tasks.collect.memory.state import State, open_state, read_state
from tasks.collect.reporting.silence import describe_silence, note_silence_told, silent_since

_NOW = 1_800_000_000.0
_MINUTE_S, _HOUR_S = 60.0, 3600.0


def _is_silent(*minutes_ago: float) -> bool:
    """Whether runs that ended so long ago are missed after two hours."""
    ends = tuple(_NOW - ago * _MINUTE_S for ago in minutes_ago)
    return silent_since(Signs(None, ends), _NOW, 2 * _HOUR_S) is not None


def test_a_schedule_is_missed_once_no_run_has_ended_in_time() -> None:
    assert _is_silent(165, 150, 135, 120)
    assert not _is_silent(164, 149, 134, 119)
    assert _is_silent(350, 300, 240, 180), "every hour"


def test_it_is_missed_also_where_it_has_just_begun_again() -> None:
    assert _is_silent(2_000, 1_985, 1_970, 125)


def test_a_few_runs_by_hand_and_runs_now_and_then_are_no_schedule() -> None:
    assert not _is_silent()
    assert not _is_silent(160, 140, 125)
    assert not _is_silent(1_080, 720, 360, 125), "every six hours"


def _leave(state: State, *minutes_ago: float) -> None:
    for ago in minutes_ago:
        leave_sign(state, _NOW - ago * _MINUTE_S, is_scheduled=True)


def _told(folder: Path) -> str | None:
    with read_state(folder) as state:
        return describe_silence(state, _NOW, 2.0)


def test_it_is_told_until_somebody_was_reached_and_again_after_other_runs(tmp_path: Path) -> None:
    with open_state(tmp_path) as state:
        _leave(state, 400, 385, 370, 355)
    said = _told(tmp_path)
    assert said == _told(tmp_path)
    assert said is not None
    assert said.startswith("The collector has not been heard of for 2 hours; the last sign was on ")
    note_silence_told(tmp_path)
    assert _told(tmp_path) is None
    with open_state(tmp_path) as state:
        _leave(state, 340)
    assert _told(tmp_path) is not None


def test_that_it_was_told_is_noted_beside_a_collector_that_hangs(tmp_path: Path) -> None:
    with open_state(tmp_path) as state:
        _leave(state, 400, 385, 370, 355)
        note_silence_told(tmp_path)
    assert _told(tmp_path) is None
