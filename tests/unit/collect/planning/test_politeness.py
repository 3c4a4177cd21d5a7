"""How long a host is left alone."""

from tasks.collect.exchange import Outcome
from tasks.collect.memory.standings import Host
from tasks.collect.planning.politeness import (
    after_answer,
    after_failure,
    after_request,
    after_throttling,
    free_at,
)
from tasks.collect.planning.schedule import Schedule

_NOW = 1_800_000_000.0


def _host(**given: float) -> Host:
    return Host(name="a.example", **given)  # type: ignore[arg-type]


def test_the_delay_counts_from_the_end_of_the_last_request() -> None:
    host = _host()
    after_request(host, _NOW, _NOW + 1, 5.0)
    assert free_at(host) == _NOW + 1 + 5


def test_slow_hosts_are_asked_more_slowly() -> None:
    host = _host()
    after_request(host, _NOW, _NOW + 20, 5.0)
    assert free_at(host) == _NOW + 20 + 40
    after_request(host, _NOW, _NOW + 50, 5.0)
    assert free_at(host) == _NOW + 50 + 60


def test_a_crawl_delay_holds_up_to_two_minutes() -> None:
    for asked, held in ((30.0, 30.0), (600.0, 120.0), (1.0, 5.0)):
        host = _host(crawl_delay_s=asked)
        after_request(host, _NOW, _NOW, 5.0)
        assert free_at(host) == _NOW + held


def test_a_429_holds_the_host_as_long_as_it_asks() -> None:
    host = _host()
    assert after_throttling(host, 429, 3600.0, _NOW) == 3600
    assert free_at(host) == _NOW + 3600
    assert after_throttling(_host(), 429, 1e9, _NOW) == 24 * 3600


def test_a_503_is_about_the_address_and_the_second_about_the_host() -> None:
    host = _host()
    assert after_throttling(host, 503, None, _NOW) == 60
    assert free_at(host) == 0
    assert after_throttling(host, 503, None, _NOW + 300) == 120
    assert free_at(host) == _NOW + 300 + 120


def test_five_failed_connections_open_the_breaker_and_each_further_one_doubles_it() -> None:
    host = _host()
    for _ in range(4):
        after_failure(host, Outcome.CONNECT_FAILED, "refused", _NOW)
    assert free_at(host) == 0
    after_failure(host, Outcome.TIMED_OUT, "late", _NOW)
    assert free_at(host) == _NOW + 600
    after_failure(host, Outcome.TIMED_OUT, "late", _NOW + 600)
    assert free_at(host) == _NOW + 600 + 1200
    after_answer(host, "192.0.2.1")
    assert free_at(host) == 0
    assert host.failing_since is None


def test_what_one_page_does_is_not_held_against_its_host() -> None:
    host = _host()
    for _ in range(9):
        after_failure(host, Outcome.TOO_LARGE, "9 MB", _NOW)
    assert free_at(host) == 0


def test_the_schedule_gives_each_host_at_its_last_instant() -> None:
    schedule = Schedule()
    schedule.put("a", 10.0)
    schedule.put("b", 5.0)
    schedule.put("a", 3.0)
    schedule.put("c", 1.0)
    schedule.put("c", None)
    assert schedule.next_time() == 3.0
    assert schedule.pop(2.0) is None
    assert [schedule.pop(20.0) for _ in range(3)] == ["a", "b", None]
