"""What becomes of addresses: each has one outcome, and only pages are stored."""

import gzip
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from schemas.sources import SourceOutlet
from tasks.collect.exchange import Answer, FetchError, Outcome
from tasks.collect.memory.pages import LISTED
from tasks.collect.planning.outlets import CollectPlan, OutletPlan
from tasks.collect.running.collector import Span
from tasks.collect.running.finding import find_listed
from tests.collected import answer_of, stored_urls
from tests.unit.collect.running.scripted_web import FEED, Reply, ScriptedWeb
from tests.virtual_web import DAY_S, World

_SITE = "https://a.example"
_FEED = FEED
_HTML = ((b"Content-Type", b"text/html"),)


def _plan(**given: object) -> CollectPlan:
    known = {"id": "a", "feeds": (_FEED,), "exclude": ("^/video/",)}
    outlet = SourceOutlet(**{**known, **given})  # type: ignore[arg-type]
    hosts = frozenset({"a.example"})
    return CollectPlan(outlets={outlet.id: OutletPlan(outlet=outlet, group="desk", hosts=hosts)})


def _outcomes(world: World) -> dict[Outcome, int]:
    with world.state() as state:
        account = state.accounts.read()
        account.check()
        return dict(account.outcomes)


def _page(path: str, body: bytes = b"<p>Text.</p>", **given: object) -> Answer:
    return answer_of(f"{_SITE}{path}", body, **given)


def _moved(path: str, target: str, status: int = 302) -> Answer:
    location = ((b"Location", target.encode()),)
    return answer_of(f"{_SITE}{path}", b"", status=status, headers=location)


@pytest.mark.parametrize(
    ("path", "reply", "outcome"),
    [
        ("/a", _page("/a"), Outcome.STORED),
        ("/video/1", _page("/video/1"), Outcome.EXCLUDED),
        ("/a", _page("/a", status=410), Outcome.HTTP_4XX),
        ("/a", FetchError(Outcome.BOMB, "1000:1"), Outcome.BOMB),
        ("/a", _page("/a", b"<meta name=robots content=noarchive>"), Outcome.OPTED_OUT),
        ("/a", _page("/a", headers=((b"TDM-Reservation", b"1"),)), Outcome.OPTED_OUT),
        ("/a", _moved("/a", "https://elsewhere.example/"), Outcome.FOREIGN_HOST),
        ("/a", _moved("/a", "/a"), Outcome.REDIRECT_LOOP),
    ],
    ids=str,
)
def test_an_address_has_the_outcome_of_its_answer(
    world: World, web: ScriptedWeb, path: str, reply: Reply, outcome: Outcome
) -> None:
    web.show(f"{_SITE}{path}")
    web.say(f"{_SITE}{path}", reply)
    world.collect(Span(3 * DAY_S), _plan())
    assert _outcomes(world) == {outcome: 1}
    assert len(stored_urls(world.raw)) == (outcome is Outcome.STORED)


def test_what_robots_forbids_is_never_asked(world: World, web: ScriptedWeb) -> None:
    rules = b"User-agent: newsmill\nDisallow: /no/\n"
    web.say(f"{_SITE}/robots.txt", answer_of(f"{_SITE}/robots.txt", rules, headers=()))
    web.show(f"{_SITE}/no/1", f"{_SITE}/yes/1")
    web.say(f"{_SITE}/yes/1", _page("/yes/1"))
    world.collect(Span(is_once=True), _plan())
    assert _outcomes(world) == {Outcome.STORED: 1, Outcome.ROBOTS_DENIED: 1}
    assert not web.times_of(f"{_SITE}/no/1")


def test_while_robots_cannot_be_had_nothing_is_asked(world: World, web: ScriptedWeb) -> None:
    robots = f"{_SITE}/robots.txt"
    web.say(robots, answer_of(robots, b"", status=503), _page("/robots.txt", b"", status=404))
    web.show(f"{_SITE}/a")
    web.say(f"{_SITE}/a", _page("/a"))
    world.collect(Span(3600.0), _plan())
    first, second = web.times_of(robots)[:2]
    assert second - first >= 300
    assert min(web.times_of(_FEED)) > second
    assert _outcomes(world) == {Outcome.STORED: 1}


def test_each_scheme_has_a_robots_txt_of_its_own(world: World, web: ScriptedWeb) -> None:
    plain = "http://a.example"
    rules = b"User-agent: *\nDisallow: /no/\nCrawl-delay: 9\n"
    web.say(f"{plain}/robots.txt", answer_of(f"{plain}/robots.txt", rules, headers=()))
    tdm = b'[{"location": "/reserved/", "tdm-reservation": 1}]'
    web.say(f"{plain}/.well-known/tdmrep.json", answer_of(f"{plain}/t", tdm, headers=()))
    folders = ("no", "yes", "reserved")
    # The same address under both schemes would be one page.
    pages = [f"{site}/{folder}/{len(site)}" for site in (_SITE, plain) for folder in folders]
    web.show(*pages)
    for url in pages:
        web.say(url, answer_of(url))
    world.collect(Span(is_once=True), _plan())
    assert set(stored_urls(world.raw)) == {*pages[:3], f"{plain}/yes/{len(plain)}"}
    assert _outcomes(world)[Outcome.ROBOTS_DENIED] == _outcomes(world)[Outcome.OPTED_OUT] == 1
    assert not web.times_of(pages[3])
    # They take turns at their host, at the longer delay of the two.
    (knows,) = web.times_of(f"{plain}/robots.txt")
    times = [at for at, _ in web.asked if at >= knows]
    assert min(after - before for before, after in pairwise(times)) >= 9


def test_a_scheme_whose_robots_cannot_be_had_keeps_no_other_waiting(
    world: World, web: ScriptedWeb
) -> None:
    plain = "http://a.example"
    web.say(f"{plain}/robots.txt", answer_of(f"{plain}/robots.txt", b"", status=503))
    pages = [f"{site}/{len(site)}/{number}" for number in range(40) for site in (plain, _SITE)]
    web.show(*pages)
    for url in pages:
        web.say(url, answer_of(url))
    world.collect(Span(3 * 3600.0), _plan())
    assert _outcomes(world) == {Outcome.STORED: 40}
    assert len(web.times_of(f"{plain}/robots.txt")) > 3
    with world.state() as state:
        assert state.accounts.read().waiting == 40
    world.collect(Span(3 * DAY_S), _plan())
    assert _outcomes(world) == {Outcome.STORED: 40, Outcome.ROBOTS_DENIED: 40}
    assert not [url for _, url in web.asked if url.startswith(plain) and url in pages]


def test_a_page_is_tried_four_times_over_two_days(world: World, web: ScriptedWeb) -> None:
    web.show(f"{_SITE}/a")
    web.say(f"{_SITE}/a", _page("/a", status=500))
    world.collect(Span(3 * DAY_S), _plan())
    times = web.times_of(f"{_SITE}/a")
    assert len(times) == 4
    assert 1.9 * DAY_S < times[-1] - times[0] < 2.1 * DAY_S
    assert _outcomes(world) == {Outcome.HTTP_5XX: 1}


def test_redirects_are_followed_politely_and_kept_in_the_archive(
    world: World, web: ScriptedWeb
) -> None:
    web.show(f"{_SITE}/old")
    web.say(f"{_SITE}/old", _moved("/old", "https://www.a.example/new", 301))
    new = "https://www.a.example/new"
    web.say(new, answer_of(new))
    world.collect(Span(is_once=True), _plan())
    assert stored_urls(world.raw) == Counter([new])
    (file,) = world.raw.glob("desk/*/*.gz")
    assert f"collect.hop: {_SITE}/old" in gzip.decompress(file.read_bytes()).decode()
    web.show(new)
    world.loop.run_until_complete(world.clock.sleep(3600.0))
    world.collect(Span(is_once=True), _plan())
    assert len(web.times_of(new)) == 1


def test_two_addresses_of_one_page_store_it_once(world: World, web: ScriptedWeb) -> None:
    web.show(f"{_SITE}/1", f"{_SITE}/2", f"{_SITE}/3")
    for path in ("/1", "/2"):
        web.say(f"{_SITE}{path}", _moved(path, "/3"))
    web.say(f"{_SITE}/3", _page("/3"))
    world.collect(Span(is_once=True), _plan())
    assert stored_urls(world.raw) == Counter([f"{_SITE}/3"])
    assert _outcomes(world) == {Outcome.STORED: 1, Outcome.UNCHANGED: 2}


def test_a_title_writes_no_field_of_its_own(world: World, web: ScriptedWeb) -> None:
    hostile = "<guid>1&#13;&#10;feed.pubDate: 1999-01-01</guid>"
    body = f"<rss><channel><item><link>{_SITE}/a</link>{hostile}</item></channel></rss>"
    web.say(_FEED, answer_of(_FEED, body.encode(), headers=()))
    web.say(f"{_SITE}/a", _page("/a"))
    world.collect(Span(is_once=True), _plan())
    (file,) = world.raw.glob("desk/*/*.gz")
    assert b"\r\nfeed.pubDate" not in gzip.decompress(file.read_bytes())


def test_lists_come_after_what_is_found_by_schedule(world: World, web: ScriptedWeb) -> None:
    plan = _plan()
    listed = tuple(f"{_SITE}/old/{number}" for number in range(20))
    planned = OutletPlan(
        outlet=plan.outlets["a"].outlet, group="desk", hosts=frozenset({"a.example"}), listed=listed
    )
    plan = CollectPlan(outlets={"a": planned})
    with world.state() as state:
        assert find_listed(plan, state, world.clock.now().timestamp()) == 20
        assert len(state.pages.waiting("a.example", LISTED, 1e12, 99, None)) == 20
    web.show(f"{_SITE}/new")
    for url in (*listed, f"{_SITE}/new"):
        web.say(url, answer_of(url))
    world.collect(Span(is_once=True), plan)
    order = [url for _, url in web.asked if url in {*listed, f"{_SITE}/new"}]
    assert order[0] == f"{_SITE}/new"
    assert len(order) == 21
    with world.state() as state:
        assert find_listed(plan, state, world.clock.now().timestamp()) == 0


def test_what_an_outlet_gets_a_day_is_limited(world: World, web: ScriptedWeb) -> None:
    urls = [f"{_SITE}/{number}" for number in range(5)]
    web.show(*urls)
    for url in urls:
        web.say(url, answer_of(url))
    world.collect(Span(3600.0), _plan(max_pages_per_day=2))
    early = len(stored_urls(world.raw))
    assert 2 <= early < 5
    world.collect(Span(3 * DAY_S), _plan(max_pages_per_day=2))
    assert len(stored_urls(world.raw)) == 5


def test_pages_of_an_outlet_that_is_gone_are_left_out(world: World, web: ScriptedWeb) -> None:
    web.show(f"{_SITE}/a")
    web.say(f"{_SITE}/a", FetchError(Outcome.TIMED_OUT, "late"))
    world.collect(Span(is_once=True), _plan())
    world.collect(Span(is_once=True), _plan(id="b", feeds=(f"{_SITE}/other",)))
    assert _outcomes(world) == {Outcome.EXCLUDED: 1}


def test_an_index_leads_to_a_news_sitemap_that_is_asked_hourly(
    world: World, web: ScriptedWeb
) -> None:
    index, news = f"{_SITE}/sitemap.xml", f"{_SITE}/news.xml"
    children = (
        f"<sitemap><loc>{news}</loc><lastmod>2026-03-02</lastmod></sitemap>"
        f"<sitemap><loc>{_SITE}/2019.xml</loc><lastmod>2019-01-01</lastmod></sitemap>"
    )
    body = f"<sitemapindex>{children}</sitemapindex>".encode()
    web.say(index, answer_of(index, body, headers=()))
    entry = (
        f"<url><loc>{_SITE}/a</loc><n:news xmlns:n='n'><n:publication_date>2026-03-02"
        "</n:publication_date></n:news></url>"
    )
    web.say(news, answer_of(news, f"<urlset>{entry}</urlset>".encode(), headers=()))
    web.say(f"{_SITE}/a", _page("/a"))
    world.collect(Span(DAY_S / 2), _plan(feeds=(), sitemaps=(index,)))
    assert len(web.times_of(news)) >= 11
    assert len(web.times_of(index)) == 1
    assert not web.times_of(f"{_SITE}/2019.xml")
    assert _outcomes(world) == {Outcome.STORED: 1}


def test_every_outcome_is_in_the_documentation() -> None:
    text = (Path(__file__).parents[4] / "docs/collecting.md").read_text(encoding="utf-8")
    assert [outcome.value for outcome in Outcome if f"`{outcome.value}`" not in text] == []


def test_a_feed_that_was_cut_off_is_asked_whole_again(world: World, web: ScriptedWeb) -> None:
    web.show(f"{_SITE}/a")
    whole = web.replies[_FEED][0]
    assert isinstance(whole, Answer)
    validator = ((b"ETag", b'"1"'),)
    cut = replace(whole, body=whole.body[:40], truncated="disconnect", headers=validator)
    web.say(_FEED, cut, whole)
    web.say(f"{_SITE}/a", _page("/a"))
    world.collect(Span(3600.0), _plan())
    assert web.headers[_FEED][:2] == [(), ()]
    assert _outcomes(world) == {Outcome.STORED: 1}


def test_a_feed_that_is_gone_from_where_it_moved_is_asked_where_it_was(
    world: World, web: ScriptedWeb
) -> None:
    web.show(f"{_SITE}/a")
    whole = web.replies[_FEED][0]
    web.say(f"{_SITE}/a", _page("/a"))
    moved = _moved("/rss", "/new", 301)
    web.say(_FEED, moved, whole)
    web.say(f"{_SITE}/new", whole, answer_of(f"{_SITE}/new", b"", status=404))
    world.collect(Span(DAY_S), _plan())
    with world.state() as state:
        ((source, _),) = state.standings.sources()
        assert source.moved_to is None
        assert source.failures == 0
    assert len(web.times_of(_FEED)) > 1
