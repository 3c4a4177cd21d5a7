"""A window in chunks: every day in one of them, in order."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.discover.windows import split_window


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(0, 800), st.integers(1, 100))
def test_chunks_cover_every_day_once(since: date, length: int, days: int) -> None:
    until = since + timedelta(days=length)
    covered = [
        start + timedelta(days=number)
        for start, end in split_window(since, until, days)
        for number in range((end - start).days + 1)
    ]
    assert covered == [since + timedelta(days=number) for number in range(length + 1)]


def test_a_chunk_is_as_long_as_asked() -> None:
    assert list(split_window(date(2024, 1, 30), date(2024, 2, 3), 3)) == [
        (date(2024, 1, 30), date(2024, 2, 1)),
        (date(2024, 2, 2), date(2024, 2, 3)),
    ]


@pytest.mark.parametrize(("until", "days"), [(date(2024, 1, 31), 7), (date(2024, 2, 1), 0)])
def test_what_cannot_be_meant_is_refused(until: date, days: int) -> None:
    with pytest.raises(ValueError, match=r"days has no day|before it begins"):
        list(split_window(date(2024, 2, 1), until, days))
