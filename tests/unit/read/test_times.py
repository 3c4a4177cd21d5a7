from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.read.times import parse_instant, utc_day

MOMENT = datetime(2024, 3, 2, 10, 20, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        1709374830,
        1709374830.0,
        1709374830000,
        1709374830000000,
        1709374830000000000,
        "1709374830",
        "2024-03-02T10:20:30Z",
        "2024-03-02T10:20:30.000000000Z",
        "2024-03-02T12:20:30+02:00",
        "2024-03-02 10:20:30",
        " 20240302T102030Z ",
        datetime(2024, 3, 2, 10, 20, 30),  # noqa: DTZ001 - as tables without zones give them
        datetime(2024, 3, 2, 12, 20, 30, tzinfo=timezone(timedelta(hours=2))),
    ],
)
def test_instants_are_read_as_crawlers_write_them(value: object) -> None:
    assert parse_instant(value) == MOMENT


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "yesterday",
        "2024-03-02",
        "2024-03",
        date(2024, 3, 2),
        True,
        0,
        -5,
        float("nan"),
        float("inf"),
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        {},
    ],
)
def test_what_is_no_instant_is_none(value: object) -> None:
    assert parse_instant(value) is None


@given(st.floats() | st.integers() | st.text() | st.datetimes())
def test_nothing_makes_it_raise(value: object) -> None:
    moment = parse_instant(value)
    assert moment is None or moment.utcoffset() == timedelta(0)


def test_the_day_of_an_instant_is_utc() -> None:
    assert utc_day(datetime(2024, 3, 3, 1, tzinfo=timezone(timedelta(hours=2)))) == date(2024, 3, 2)
    assert utc_day(None) is None
