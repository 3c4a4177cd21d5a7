"""The collector in a made-up web: complete, polite by the sites' own logs, killed at any time."""

import random
from collections import Counter

import pytest

from tasks.collect.exchange import Outcome
from tasks.collect.running.collector import Span
from tests.collected import KilledError, boundaries, stored_urls
from tests.unit.collect.conftest import MakeWorld
from tests.virtual_web import DAY_S, Site, make_sites, violations

_HOUR_S = 3600.0


def _steady(number: int, every_s: float, days: float, **given: object) -> Site:
    instants = [every_s * (step + 0.5) for step in range(int(days * DAY_S / every_s))]
    return Site(f"site{number}.example", instants, 20, address=f"192.0.2.{number}", **given)  # type: ignore[arg-type]


def _urls(site: Site, until: float) -> set[str]:
    published = enumerate(site.published)
    return {f"https://{site.host}/a/{number}" for number, instant in published if instant < until}


def test_a_day_of_made_up_sites_is_complete_and_polite(make_world: MakeWorld) -> None:
    world = make_world(make_sites(6, 1, seed=5, share_of_sitemaps=1.0))
    world.collect(Span(DAY_S))
    stored = stored_urls(world.raw)
    assert set(stored.values()) == {1}
    expected = set().union(*(_urls(site, DAY_S - 4 * _HOUR_S) for site in world.sites))
    assert expected <= set(stored)
    assert [violations(site, 5.0) for site in world.sites] == [0] * 6
    with world.state() as state:
        account = state.accounts.read()
        account.check()
        assert account.outcomes == {Outcome.STORED: len(stored)}


def test_killed_at_any_moment_it_stores_each_page_once_and_stays_polite(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    sites = [_steady(number, 600.0 + 100 * number, 1) for number in range(1, 4)]
    until = DAY_S / 6
    world = make_world(sites)
    chance = random.Random(3)
    kills = 0
    with boundaries(monkeypatch) as counted:
        while world.loop.time() < until:
            counted.passed, counted.kill_at = 0, chance.randint(1, 160)
            try:
                world.collect(Span(2 * _HOUR_S))
            except KilledError:
                kills += 1
            counted.end_process()
    world.collect(Span(2 * _HOUR_S))
    stored = stored_urls(world.raw)
    assert set(stored.values()) == {1}
    assert set().union(*(_urls(site, until) for site in sites)) <= set(stored)
    assert [violations(site, 5.0) for site in sites] == [0] * 3
    assert kills > 10
    # On the wire only what was under way is repeated: one request a host and kill.
    repeated = sum(len(times) - 1 for site in sites for times in site.fetched.values())
    assert repeated <= kills * len(sites)


def test_what_was_polled_is_not_sent_again_unless_it_has_changed(make_world: MakeWorld) -> None:
    site = _steady(1, 600.0, 0.01)
    world = make_world([site])
    world.loop._jumping.now = DAY_S
    world.collect(Span(is_once=True))
    before = Counter(kind for _, _, kind in site.requests)
    world.loop._jumping.now += _HOUR_S
    world.collect(Span(is_once=True))
    after = Counter(kind for _, _, kind in site.requests) - before
    assert after == {"feed": 1}
    with world.state() as state:
        ((source, _),) = state.standings.sources()
        assert (source.polls, source.unmodified) == (2, 1)


def test_a_lying_validator_is_found_out_within_a_day(make_world: MakeWorld) -> None:
    site = _steady(1, 1800.0, 2, lies=True)
    world = make_world([site])
    world.collect(Span(DAY_S))
    with world.state() as state:
        ((source, _),) = state.standings.sources()
        assert source.is_lying
    world.collect(Span(DAY_S - _HOUR_S))
    late = _urls(site, 2 * DAY_S - 3 * _HOUR_S) - _urls(site, DAY_S)
    assert late <= set(stored_urls(world.raw))


def test_a_feed_that_has_moved_is_asked_where_it_is(make_world: MakeWorld) -> None:
    site = _steady(1, 1800.0, 1, moved_to="/moved/feed.xml")
    world = make_world([site])
    world.collect(Span(DAY_S))
    assert _urls(site, DAY_S - 4 * _HOUR_S) <= set(stored_urls(world.raw))
    with world.state() as state:
        ((source, _),) = state.standings.sources()
        assert source.moved_to == f"https://{site.host}/moved/feed.xml"
        assert source.url == site.feed


def test_a_host_that_asks_for_fewer_requests_gets_none_for_as_long(make_world: MakeWorld) -> None:
    site = _steady(1, 900.0, 1, throttles=[(DAY_S / 2, DAY_S / 2 + 60.0)])
    world = make_world([site])
    world.collect(Span(DAY_S))
    throttled = [ended for _, ended, _ in site.requests if DAY_S / 2 <= ended < DAY_S / 2 + 60]
    if throttled:
        after = min(start for start, _, _ in site.requests if start > throttled[0])
        assert after - throttled[0] >= 900.0
    assert len(throttled) <= 1
    assert _urls(site, DAY_S - 4 * _HOUR_S) <= set(stored_urls(world.raw))


def test_a_dead_host_is_asked_seldom_and_caught_up_with(make_world: MakeWorld) -> None:
    dead = (DAY_S / 4, DAY_S / 4 + 3 * _HOUR_S)
    site = _steady(1, 900.0, 1, is_dead=[dead], has_sitemap=True)
    world = make_world([site])
    world.collect(Span(DAY_S))
    asked = sum(dead[0] <= start < dead[1] for start, _, _ in site.requests)
    assert 0 < asked < 25
    assert _urls(site, DAY_S - 4 * _HOUR_S) <= set(stored_urls(world.raw))


def test_hosts_on_one_address_are_asked_a_second_apart(make_world: MakeWorld) -> None:
    sites = [_steady(number, 120.0, 0.2) for number in range(1, 5)]
    for site in sites:
        site.address = "192.0.2.99"
    world = make_world(sites)
    world.collect(Span(DAY_S / 5))
    # Until each has answered once, nobody knows where they are.
    known = max(min(ended for _, ended, _ in site.requests) for site in sites)
    starts = sorted(start for site in sites for start, _, _ in site.requests if start > known + 1)
    ends = sorted(ended for site in sites for _, ended, _ in site.requests)
    assert all(not any(0 < start - ended < 0.999 for ended in ends) for start in starts)


def test_a_crawl_delay_counts_from_the_robots_txt_itself(make_world: MakeWorld) -> None:
    site = _steady(1, 900.0, 0.2, crawl_delay=20.0)
    make_world([site]).collect(Span(DAY_S / 5))
    assert len(site.requests) > 20
    assert violations(site, 5.0) == 0
