"""How long what waits does, and which outlets are full: as said, by the clock of a made-up web."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.sources import SourceOutlet
from tasks.collect.exchange import Outcome
from tasks.collect.memory.pages import BACKFILL
from tasks.collect.memory.standings import Host, Source, SourceKind
from tasks.collect.memory.state import State, open_state
from tasks.collect.planning.outlets import CollectPlan, OutletPlan
from tasks.collect.planning.pace import Pace, leave_pace
from tasks.collect.reporting.backlog import Backlog, FullOutlet, measure_backlog
from tasks.collect.reporting.standing import describe_collecting
from tasks.collect.running.collector import Span
from tests.collected import answer_of, waiting_page
from tests.unit.collect.running.scripted_web import FEED, ScriptedWeb
from tests.virtual_web import DAY_S, World

_SITE = "https://a.example"
# An hour before the day ends.
_NOW = datetime(2026, 3, 2, 23, tzinfo=UTC).timestamp()


def _plan(delay_s: float, limit: int) -> CollectPlan:
    outlet = SourceOutlet(id="a", feeds=(FEED,), delay_s=delay_s, max_pages_per_day=limit)
    hosts = frozenset({"a.example"})
    return CollectPlan(outlets={"a": OutletPlan(outlet=outlet, group="desk", hosts=hosts)})


@pytest.mark.parametrize(("delay_s", "limit"), [(1.0, 60), (800.0, 5000), (800.0, 60)])
def test_the_last_page_is_asked_when_it_was_said(
    world: World, web: ScriptedWeb, delay_s: float, limit: int
) -> None:
    urls = [f"{_SITE}/{number}" for number in range(200)]
    web.show(*urls)
    for url in urls:
        web.say(url, answer_of(url))
    plan = _plan(delay_s, limit)
    world.collect(Span(0.7 * DAY_S), plan)
    with world.state() as state:
        said = describe_collecting(state, world.clock.now().timestamp())
    begun = world.clock.monotonic()
    world.collect(Span(5 * DAY_S), plan)
    last = max(web.times_of(url)[0] for url in urls)
    assert said.backlog_hours == pytest.approx((last - begun) / 3600.0, rel=0.05)
    full = [FullOutlet("a", is_backfill=False, stored=limit, waiting=said.backlog["a.example"])]
    assert list(said.full_outlets) == (full if limit == 60 else [])


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with open_state(tmp_path) as opened:
        yield opened


def _wait(state: State, count: int, host: str = "a.example", rank: int = 0) -> None:
    pages = [waiting_page(f"https://{host}/{rank}/{number}", "a") for number in range(count)]
    with state.transaction():
        state.pages.add([replace(page, rank=rank) for page in pages], _NOW)


def _pace(state: State, delay_s: float = 5.0, limit: int = 5000) -> None:
    with state.transaction():
        leave_pace(state, Pace(delays_s={"example": delay_s}, pages_per_day={"a": limit}))


def _measure(state: State, *hosts: Host, sources: tuple[Source, ...] = ()) -> Backlog:
    return measure_backlog(state, sources, hosts, _NOW)


def test_a_state_of_before_has_the_pace_of_a_silent_file(state: State) -> None:
    _wait(state, 360)
    assert _measure(state).hours == {"a.example": 0.5}


def test_robots_txt_and_slow_answers_count(state: State) -> None:
    _wait(state, 60)
    _pace(state, 10.0)
    assert _measure(state).hours["a.example"] == pytest.approx(1 / 6)
    asked = Host(name="a.example", crawl_delay_s=60.0)
    assert _measure(state, asked).hours["a.example"] == pytest.approx(1.0)
    slow = Host(name="a.example", response_s=20.0)
    assert _measure(state, slow).hours["a.example"] == pytest.approx(1.0), "its answer, and twice"


def test_polls_come_first(state: State) -> None:
    _wait(state, 60)
    _pace(state, 30.0)
    feed = Source(url=FEED, outlet="a", kind=SourceKind.FEED, last_poll=_NOW, next_poll=_NOW + 120)
    taken = _measure(state, sources=(feed,)).hours["a.example"]
    assert taken == pytest.approx(4 / 3 * 0.5), "a request of four is a poll"
    at_once = replace(feed, next_poll=_NOW)
    assert _measure(state, sources=(at_once,)).hours["a.example"] == pytest.approx(0.5)


def test_hosts_of_an_outlet_share_its_day(state: State) -> None:
    _wait(state, 30)
    _wait(state, 10, "b.example")
    _pace(state, 0.0, limit=20)
    backlog = _measure(state)
    assert backlog.pages == {"a.example": 30, "b.example": 10}
    # 20 before midnight, 20 after it.
    assert backlog.hours == pytest.approx({"a.example": 1.0, "b.example": 1.0})


def test_a_backfill_has_a_day_of_its_own(state: State) -> None:
    _wait(state, 3, "new.example")
    _wait(state, 3, "old.example", BACKFILL)
    _pace(state, 0.0, limit=5)
    with state.transaction():
        state.accounts.add(_NOW, [("a", Outcome.STORED, 5)])
    backlog = _measure(state)
    assert backlog.hours == pytest.approx({"new.example": 1.0, "old.example": 0.0})
    assert backlog.full == (FullOutlet("a", is_backfill=False, stored=5, waiting=3),)
