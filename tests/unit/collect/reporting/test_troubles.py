"""Which sources need a person, and of which of them people are told."""

from dataclasses import replace

import pytest

from tasks.collect.memory.standings import Host, Origin, Source, SourceKind
from tasks.collect.memory.state import State
from tasks.collect.reporting.troubles import SourceTrouble, Trouble, find_troubles
from tasks.collect.running.collector import Span
from tests.unit.collect.conftest import MakeWorld
from tests.virtual_alarms import AlarmWatch
from tests.virtual_web import DAY_S, Site

_NOW = 1_800_000_000.0
_HOUR_S = 3600.0
_FEED = Source(url="https://a.example/rss", outlet="a", kind=SourceKind.FEED)
_HOST = Host(
    name="a.example",
    origins={"https://a.example": Origin(url="https://a.example")},
    broken_until=_NOW,
)


def _found(*hosts: Host, **given: object) -> list[SourceTrouble]:
    return find_troubles([replace(_FEED, **given)], hosts, _NOW)  # type: ignore[arg-type]


def _troubles(**given: object) -> list[Trouble]:
    return [trouble.trouble for trouble in _found(**given)]


def _quiet(hours: float, *, mean_h: float, longest_h: float, days: float = 30) -> list[Trouble]:
    """Troubles of a feed that was asked just now, without news for some hours."""
    return _troubles(
        first_poll=_NOW - days * DAY_S,
        last_ok=_NOW,
        last_new=_NOW - hours * _HOUR_S,
        watched_s=100 * mean_h * _HOUR_S,
        news_polls=100.0,
        longest_gap_s=longest_h * _HOUR_S,
    )


def test_a_feed_is_silent_a_day_after_its_last_news_unless_it_often_is() -> None:
    assert _quiet(22, mean_h=0.5, longest_h=9) == []
    assert _quiet(23, mean_h=0.5, longest_h=9) == [Trouble.SILENT]
    assert _quiet(70, mean_h=2, longest_h=62) == [], "it rests at week-ends"
    assert _quiet(79, mean_h=2, longest_h=62) == [Trouble.SILENT]
    assert _quiet(80, mean_h=8, longest_h=20) == [], "it has three articles a day"
    assert _quiet(89, mean_h=8, longest_h=20) == [Trouble.SILENT]


def test_whether_a_feed_rests_at_week_ends_is_not_known_in_its_first_week() -> None:
    assert _quiet(66, mean_h=0.5, longest_h=9, days=6) == []
    assert _quiet(90, mean_h=0.5, longest_h=9, days=6) == [Trouble.SILENT]


def test_a_feed_that_nobody_asked_was_not_silent() -> None:
    away = {"last_new": _NOW - 90 * _HOUR_S, "first_poll": 0.0}
    assert _troubles(**away, last_ok=_NOW - 60 * _HOUR_S) == []
    assert _troubles(**away, last_ok=_NOW) == [Trouble.SILENT]


def test_a_feed_that_fails_twice_is_told_and_once_is_not() -> None:
    assert _troubles(failures=1, failing_since=_NOW) == []
    assert _troubles(failures=2, failing_since=_NOW - 900) == [Trouble.FAILING]


def test_denials_lies_and_gaps_are_told() -> None:
    assert _troubles(denied=True) == [Trouble.DENIED]
    assert set(_troubles(is_lying=True, gaps=2)) == {Trouble.GAPS, Trouble.LYING}


def test_a_host_that_asks_for_more_time_than_it_gets_is_told() -> None:
    (found,) = _found(replace(_HOST, crawl_delay_s=300.0))
    assert (found.trouble, found.url) == (Trouble.DELAY, "https://a.example")
    assert found.detail.startswith("robots.txt asks for 300 s between two requests")
    assert not found.is_alarm
    assert _found(replace(_HOST, crawl_delay_s=120.0)) == []


@pytest.mark.parametrize(
    ("failures", "minutes", "breaks", "is_alarm"),
    [(2, 15, 1, False), (3, 44, 1, True), (1, 0, 3, True)],
)
def test_people_are_told_of_a_host_that_is_dead_and_not_of_one_that_starts_anew(
    failures: int, minutes: int, breaks: int, is_alarm: bool
) -> None:
    (found,) = _found(
        replace(_HOST, breaks=breaks),
        failures=failures,
        failing_since=_NOW - minutes * 60,
        last_poll=_NOW,
    )
    assert (found.trouble, found.is_alarm) == (Trouble.FAILING, is_alarm)


def test_a_dead_host_of_articles_is_told_where_its_feeds_answer_from_elsewhere() -> None:
    pages = replace(
        _HOST,
        name="b.example",
        origins={"https://b.example": Origin(url="https://b.example")},
        breaks=3,
        problem="refused",
    )
    (found,) = _found(pages)
    assert (found.url, found.detail, found.is_alarm) == ("https://b.example", "refused", True)
    assert _found(replace(pages, broken_until=_NOW - DAY_S)) == [], "its pages were given up"


def test_silence_and_death_are_told_in_time_and_nothing_else_is(make_world: MakeWorld) -> None:
    sites = [_daily(number) for number in range(4)]
    silent, dead, restarting, resting = sites
    silent.published = [at for at in silent.published if at < 8.4 * DAY_S]
    silent.silent_from = silent.published[-1]
    dead.is_dead = [(8.5 * DAY_S, float("inf"))]
    restarting.is_dead = [(day * DAY_S, day * DAY_S + 600) for day in range(1, 9)]
    resting.published = [at for at in resting.published if at // DAY_S % 7 < 5]
    resting.is_dead = [(1.5 * DAY_S, 1.6 * DAY_S)]
    world, watch = make_world(sites), AlarmWatch()
    failing_when_it_was_back = set()

    def look(state: State, now: float) -> None:
        watch.look(state, now)
        if 1.8 < world.loop.time() / DAY_S < 1.95:
            hosts = {host.name for host in state.standings.hosts() if host.failures}
            failing_when_it_was_back.update(hosts)

    world.collect(Span(9.4 * DAY_S), look=look)
    assert watch.false(sites) == []
    assert 22 < (watch.silence_hours(sites)[silent.outlet] or 0) <= 24
    assert 0.4 < (watch.death_hours(sites)[dead.outlet] or 0) <= 1
    told = {alarm.outlet or alarm.url for _, alarm in watch.raised}
    assert told == {silent.outlet, dead.outlet, resting.outlet}
    assert failing_when_it_was_back == set()


def _daily(number: int) -> Site:
    """A site with an article each hour from six to midnight."""
    instants = [hour * _HOUR_S for hour in range(24 * 10) if hour % 24 >= 6]
    return Site(f"site{number}.example", instants, 20, address=f"192.0.2.{number + 1}")
