"""Backfills in a made-up web: complete, once, polite, and never in the way of what is new."""

import random
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from tasks.collect.exchange import Outcome
from tasks.collect.memory.backfills import Ending, Order
from tasks.collect.planning.polling import PollingRules
from tasks.collect.planning.window import Window
from tasks.collect.reporting.backfills import BackfillStanding, describe_backfill
from tasks.collect.running.collector import CollectRules, Span
from tests.collected import KilledError, boundaries, stored_urls
from tests.unit.collect.conftest import MakeWorld
from tests.virtual_web import Site, World, violations

_HOUR_S = 3600.0
_DELAY_S = 5.0
# The time of the made-up web begins on 2 March: article n of the past is n hours older.
_ORDER = Order(Window(date(2026, 2, 24), date(2026, 2, 25)))
_OF_ORDER = range(4 * 24 + 1, 6 * 24 + 1)
# Polls at fixed intervals, so that two worlds can be compared.
_FIXED = CollectRules(
    polling=PollingRules(
        floor_s=300.0, floor_with_sitemap_s=300.0, ceiling_s=300.0, news_sitemap_s=700.0
    )
)


def _site(number: int, past: int = 240, response_s: float | None = None) -> Site:
    instants = [900.0 * (step + 0.5) for step in range(90)]
    return Site(
        f"site{number}.example",
        instants,
        window=20,
        has_sitemap=True,
        address=f"192.0.2.{number}",
        past=past,
        response_s=response_s,
    )


def _past_of(world: World) -> dict[str, set[int]]:
    """The articles of the past that were stored, by site; none is there twice."""
    found: dict[str, set[int]] = {site.host: set() for site in world.sites}
    stored = stored_urls(world.raw)
    assert set(stored.values()) <= {1}
    for url in stored:
        _, _, host, kind, number = url.split("/")
        if kind == "p":
            found[host].add(int(number))
    return found


def _standing(world: World, order: Order = _ORDER) -> BackfillStanding:
    with world.state() as state:
        state.accounts.read().check()
        standing = describe_backfill(state.backfills, order)
    assert standing is not None
    return standing


def test_all_articles_of_the_days_are_collected_and_no_others(make_world: MakeWorld) -> None:
    world = make_world([_site(1), _site(2)])
    world.pass_time(_HOUR_S)
    world.collect(Span(is_backfill=True), order=_ORDER)
    assert _past_of(world) == {site.host: set(_OF_ORDER) for site in world.sites}
    assert [violations(site, _DELAY_S) for site in world.sites] == [0, 0]
    standing = _standing(world)
    assert (standing.waiting, standing.failed) == (0, ())
    assert standing.counts["new"] == 2 * len(_OF_ORDER)
    for site in world.sites:
        # A day beside the window is a matter of zones.
        days = {path[-6:-4] for path in site.asked if path.startswith("/archive/")}
        assert days == {"23", "24", "25", "26"}
        # The page of the feed that is wholly older ends it.
        pages = [path.rpartition("=")[2] for path in site.asked if "paged" in path]
        assert pages == [str(number) for number in range(2, 12)]
    assert standing.endings[Ending.OLDER] == 2
    # What is due of the present is asked meanwhile.
    assert all(site.asked["/feed.xml"] for site in world.sites)


def _polls(site: Site) -> dict[str, list[float]]:
    return {path: site.asked[path] for path in ("/feed.xml", "/news-sitemap.xml")}


def _delays(plain: list[float], beside: list[float]) -> list[float]:
    """How much later each poll came, counted from the one before it."""
    late = [after - before for before, after in zip(plain, beside, strict=True)]
    return [after - before for before, after in pairwise([0.0, *late])]


def test_a_backfill_delays_no_poll_by_more_than_the_hosts_delay(make_world: MakeWorld) -> None:
    worlds = [make_world([_site(1, response_s=0.4), _site(2, response_s=0.9)]) for _ in range(2)]
    for world in worlds:
        world.collect(Span(1800.0), rules=_FIXED)
    plain, beside = worlds
    plain.collect(Span(6 * _HOUR_S), rules=_FIXED)
    beside.collect(Span(6 * _HOUR_S), rules=_FIXED, order=Order(Window(date(2026, 2, 1), _LAST)))
    for before, after in zip(plain.sites, beside.sites, strict=True):
        assert len(after.requests) > len(before.requests) + 250
        assert violations(after, _DELAY_S) == 0
        for path, polls in _polls(before).items():
            asked = _polls(after)[path]
            # The backfill reads feed and sitemap once itself.
            assert len(asked) == len(polls) + 1
            rests = ([*asked[:at], *asked[at + 1 :]] for at in range(len(asked)))
            assert min(max(_delays(polls, rest)) for rest in rests) <= _DELAY_S


_LAST = date(2026, 3, 1)


def test_backfills_of_other_hosts_leave_room_for_what_is_new(make_world: MakeWorld) -> None:
    rules = replace(_FIXED, requests_at_once=10, backfills_at_once=4)
    worlds = []
    for _ in range(2):
        slow = [_site(number, response_s=20.0) for number in range(2, 26)]
        worlds.append(world := make_world([_site(1, past=0, response_s=0.4), *slow]))
        world.collect(Span(1800.0), rules=rules)
    plain, beside = worlds
    order = Order(Window(date(2026, 2, 1), _LAST), tuple(site.outlet for site in slow))
    plain.collect(Span(3 * _HOUR_S), rules=rules)
    beside.collect(Span(3 * _HOUR_S), rules=rules, order=order)
    for path, polls in _polls(plain.sites[0]).items():
        assert max(_delays(polls, _polls(beside.sites[0])[path])) <= _DELAY_S, path
    found = _past_of(beside)
    # Those that wait take turns.
    assert all(len(found[site.host]) > 5 for site in slow), found


def test_killed_at_any_moment_a_backfill_stores_each_article_once(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world([_site(1)])
    chance = random.Random(4)
    kills = 0
    with boundaries(monkeypatch) as counted:
        while True:
            counted.passed, counted.kill_at = 0, chance.randint(1, 200)
            try:
                world.collect(Span(is_backfill=True), order=None if kills else _ORDER)
            except KilledError:
                kills += 1
                counted.end_process()
            else:
                break
    counted.end_process()
    world.collect(Span(60.0))
    assert _past_of(world) == {"site1.example": set(_OF_ORDER)}
    assert violations(world.sites[0], _DELAY_S) == 0
    assert kills > 3
    assert _standing(world).waiting == 0


def test_a_gap_and_a_backfill_fetch_no_page_twice(make_world: MakeWorld) -> None:
    site = _site(1)
    world = make_world([site])
    world.collect(Span(_HOUR_S))
    # Meanwhile the feed is flooded: its next poll is a gap.
    world.pass_time(12 * _HOUR_S)
    today = Order(Window(_LAST, date(2026, 3, 2)))
    world.collect(Span(is_backfill=True), order=today)
    world.collect(Span(_HOUR_S))
    assert all(len(times) == 1 for times in site.fetched.values())
    assert set(stored_urls(world.raw).values()) == {1}
    with world.state() as state:
        assert sum(source.gaps for source, _ in state.standings.sources()) == 1


def test_an_order_goes_on_where_it_was_and_begins_anew_when_it_is_done(
    make_world: MakeWorld,
) -> None:
    site = _site(1, past=200)
    world = make_world([site])
    world.pass_time(_HOUR_S)
    world.collect(Span(60.0, is_backfill=True), order=_ORDER)
    assert _standing(world).waiting
    world.collect(Span(120.0, is_backfill=True), order=_ORDER)
    assert not _standing(world).waiting
    assert len(_past_of(world)[site.host]) < len(_OF_ORDER)
    world.collect(Span(is_backfill=True), order=_ORDER)
    catalogues = {path: times for path, times in site.asked.items() if "archive" in path}
    assert {len(times) for times in catalogues.values()} == {1}
    world.collect(Span(is_backfill=True), order=_ORDER)
    assert {len(times) for times in catalogues.values()} == {2}
    assert _past_of(world) == {site.host: set(_OF_ORDER)}


def test_once_leaves_backfills_to_others(make_world: MakeWorld) -> None:
    world = make_world([_site(1)])
    world.collect(Span(is_once=True), order=_ORDER)
    assert _past_of(world) == {"site1.example": set()}
    world.collect(Span(2 * _HOUR_S))
    assert _past_of(world) == {"site1.example": set(_OF_ORDER)}
    with world.state() as state:
        assert set(state.accounts.read().outcomes) == {Outcome.STORED}
