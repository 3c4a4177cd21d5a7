"""How backfills stand, from their order until a week after they are over."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tasks.collect.memory.backfills import Order
from tasks.collect.memory.state import State, open_state, read_state
from tasks.collect.planning.window import Window
from tasks.collect.reporting.backfills import (
    BackfillStanding,
    describe_backfill,
    describe_backfills,
)
from tests.troubled_collecting import NOW, write_troubled_state

_DAY_S = 86_400.0
_AT = NOW.timestamp()


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    write_troubled_state(tmp_path)
    with read_state(tmp_path) as opened:
        yield opened


def _standings(state: State, days: float = 0.0) -> list[BackfillStanding]:
    return list(describe_backfills(state.backfills, _AT + days * _DAY_S))


def test_each_says_how_far_it_is(state: State) -> None:
    told = [
        (one.days, one.read, one.known, len(one.failed), one.waits) for one in _standings(state)
    ]
    assert told == [
        ("2025-01-01 to 2025-01-28", 0, 0, 0, "not begun"),
        ("2025-02-01 to 2025-02-28", 1, 3, 1, "3"),
        ("2025-03-01 to 2025-03-28", 1, 3, 2, "over"),
    ]
    assert [one.over_at for one in _standings(state)] == [None, None, _AT]


def test_one_that_is_over_is_told_for_a_week(state: State) -> None:
    assert [one.number for one in _standings(state, 6.9)] == [1, 2, 3]
    assert [one.number for one in _standings(state, 7.0)] == [1, 2]


def test_an_order_that_is_given_again_is_not_over(tmp_path: Path) -> None:
    write_troubled_state(tmp_path)
    with read_state(tmp_path) as state:
        *_, over = state.backfills.all()
    with open_state(tmp_path) as state, state.transaction():
        state.backfills.order(over.order)
        found = describe_backfill(state.backfills, over.order)
    assert found is not None
    assert (found.is_over, found.over_at, found.waits) == (False, None, "not begun")


def test_many_outlets_are_named_by_three(state: State) -> None:
    assert [one.outlets for one in _standings(state)][:2] == [
        "inland-wire",
        "harbour-post, gull-echo, inland-wire and 1 more",
    ]
    every = Order(Window(NOW.date() - timedelta(days=1), NOW.date()))
    assert describe_backfill(state.backfills, every) is None, "nobody has ordered it"
