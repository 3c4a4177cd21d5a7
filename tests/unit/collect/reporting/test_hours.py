"""Whether nothing comes any more, at an hour at which pages usually come."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tasks.collect.exchange import FetchError, Outcome, Request, RequestKind
from tasks.collect.reporting.hours import Hour, find_drought, read_hours
from tasks.collect.running.fetch_log import FetchLog, fetch_of
from tests.collected import answer_of

_NOW_H = 495_000
_NOW = _NOW_H * 3600.0 + 600


def _hours(pages: int, last: dict[int, int], days: int = 8) -> dict[int, Hour]:
    """Hours with as many pages each; `last` has others, by how many hours ago they ended."""
    hours = {_NOW_H - back: Hour(60, pages) for back in range(1, days * 24)}
    return hours | {_NOW_H - back: Hour(60, count) for back, count in last.items()}


def test_an_hour_without_pages_is_told_where_there_usually_are() -> None:
    drought = find_drought(_hours(12, {1: 0}), _NOW)
    assert drought is not None
    assert (drought.since, drought.expected) == ((_NOW_H - 1) * 3600.0, 12)
    assert find_drought(_hours(12, {2: 0}), _NOW) is None, "pages have come since"


def test_of_a_small_collection_more_hours_are_needed() -> None:
    assert find_drought(_hours(4, {1: 0, 2: 0}), _NOW) is None
    drought = find_drought(_hours(4, {1: 0, 2: 0, 3: 0}), _NOW)
    assert drought is not None
    assert drought.since == (_NOW_H - 3) * 3600.0


def test_a_quiet_hour_a_week_ago_and_a_collector_that_is_new_say_nothing() -> None:
    assert find_drought(_hours(30, {1: 0, 169: 0}), _NOW) is None
    assert find_drought(_hours(30, {1: 0}, days=6), _NOW) is None


def test_hours_in_which_nothing_was_asked_say_nothing() -> None:
    hours = _hours(30, {})
    for back in range(1, 13):
        del hours[_NOW_H - back]
    assert find_drought(hours, _NOW) is None
    assert find_drought(hours | {_NOW_H - 1: Hour(5, 0)}, _NOW) is not None


@pytest.mark.parametrize("days_ago", [0, 7])
def test_hours_are_read_from_the_log(tmp_path: Path, days_ago: int) -> None:
    at = datetime(2026, 3, 30, 9, 59, 59, tzinfo=UTC) - timedelta(days=days_ago)
    log = FetchLog(tmp_path)
    url = "https://a.example/1"
    page, feed = Request(url, RequestKind.PAGE), Request(url, RequestKind.FEED)
    refused = FetchError(Outcome.CONNECT_FAILED, "refused")
    for request, reply in ((page, answer_of(url)), (feed, answer_of(url)), (page, refused)):
        log.add(fetch_of("a.example", request, reply, at, 0.1))
    log.write(at)
    hour = int(at.timestamp() // 3600)
    assert read_hours(tmp_path, at + timedelta(days=days_ago)) == {hour: Hour(3, 1)}
    assert read_hours(tmp_path / "nothing", at) == {}
