"""Dividing a partition into parts: by its rows alone, and so that little of it moves."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.publish.joined_outlets import outlet_head
from tasks.publish.part_ranges import divide
from tasks.storage.part_names import period_of, value_of_part

OUTLETS = (None, "~harbour-post.example", "harbour-post", "canal-times", "~ярмарка.example", "zeit")
Row = tuple[str | None, int]

_ROWS = st.lists(
    st.tuples(
        st.sampled_from(OUTLETS) | st.text("ah~-ж", min_size=1, max_size=9),
        st.integers(0, 2**64 - 1) | st.integers(0, 9),
    ),
    unique=True,
    max_size=40,
)


def _parts(rows: list[Row], limit: int) -> dict[str, list[Row]]:
    heads = np.array([outlet_head(outlet) for outlet, _ in rows], dtype=np.uint64)
    tails = np.array([own for _, own in rows], dtype=np.uint64)
    return {
        name: [rows[position] for position in positions]
        for name, positions in divide(heads, tails, limit)
    }


def _key(row: Row) -> tuple[int, int]:
    return outlet_head(row[0]), row[1]


@settings(max_examples=100, deadline=None)
@given(rows=_ROWS, limit=st.integers(1, 12))
def test_parts_are_ranges_that_hold_every_row_once(rows: list[Row], limit: int) -> None:
    parts = _parts(rows, limit)
    assert sorted(_key(row) for part in parts.values() for row in part) == sorted(map(_key, rows))
    assert all(len({*map(_key, part)}) == 1 for part in parts.values() if len(part) > limit)
    # Names, and so files, are in the order of the ranges.
    assert list(parts) == sorted(parts)
    in_order = [key for part in parts.values() for key in sorted(map(_key, part))]
    assert in_order == sorted(in_order)
    for name, part in parts.items():
        assert min(map(_key, part), default=(0, 0)) >= _start(name)


def _start(name: str) -> tuple[int, int]:
    digits = name.ljust(32, "0")
    return int(digits[:16], 16), int(digits[16:], 16)


@settings(max_examples=100, deadline=None)
@given(rows=_ROWS.filter(len), limit=st.integers(1, 12), which=st.integers(0, 39))
def test_a_row_more_or_less_touches_its_own_part(rows: list[Row], limit: int, which: int) -> None:
    without = [row for row in rows if row != rows[which % len(rows)]]
    small = {name: {*part} for name, part in _parts(without, limit).items()}
    large = {name: {*part} for name, part in _parts(rows, limit).items()}
    gone = [part for name, part in small.items() if large.get(name) != part]
    come = [part for name, part in large.items() if small.get(name) != part]
    # Or the one is divided, into as many as it takes to tell the row from the others.
    assert len(gone) <= 1
    assert set().union(*come) - set().union(*gone) == {rows[which % len(rows)]}


@settings(max_examples=50, deadline=None)
@given(rows=_ROWS, limit=st.integers(1, 12), order=st.randoms())
def test_the_order_of_rows_never_shows(rows: list[Row], limit: int, order: Random) -> None:
    shuffled = [*rows]
    order.shuffle(shuffled)
    found, again = _parts(rows, limit), _parts(shuffled, limit)
    assert {name: {*part} for name, part in found.items()} == {
        name: {*part} for name, part in again.items()
    }


def test_what_fits_is_one_part_that_has_always_had_this_name() -> None:
    rows = [(outlet, number) for number, outlet in enumerate(OUTLETS)]
    assert list(_parts(rows, len(rows))) == ["0"]
    assert _parts([], 5) == {"0": []}
    assert value_of_part("2024-03", "0") == "2024-03"


def test_a_part_is_named_by_the_outlets_that_it_begins_with() -> None:
    rows = [(outlet, number << 60) for outlet in OUTLETS for number in range(4)]
    parts = _parts(rows, 4)
    assert parts["0"] == [(None, number << 60) for number in range(4)]
    assert {row[0] for row in parts["68"]} == {"harbour-post"}
    # "78" is "x", and "zeit" is behind it; "7e8" is "~" before letters that are not ASCII.
    assert list(parts) == ["0", "6", "68", "78", "7e", "7e8"]


def test_an_outlet_that_is_larger_than_a_part_is_divided_by_its_articles() -> None:
    rows: list[Row] = [("harbour-post", number << 60) for number in range(16)]
    assert _parts([*rows, ("canal-times", 5)], 4) == {
        "6": [("canal-times", 5)],
        "686172626f75722d": rows[:4],
        "686172626f75722d4": rows[4:8],
        "686172626f75722d8": rows[8:12],
        "686172626f75722dc": rows[12:],
    }


@pytest.mark.parametrize("limit", [1, 3])
def test_rows_with_one_key_stay_together(limit: int) -> None:
    rows: list[Row] = [("harbour-post-north", 7), ("harbour-post-south", 7)] * 2
    assert sum(map(len, _parts(rows, limit).values())) == 4
    assert len(_parts(rows, limit)) == 1


def test_a_value_tells_its_period() -> None:
    assert period_of(value_of_part("2024-03", "68")) == period_of("2024-03") == "2024-03"
