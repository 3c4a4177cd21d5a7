"""What becomes of catalogues: where feeds end, which addresses are taken, and for whom."""

from collections.abc import Iterable
from datetime import date

import pytest

from schemas.sources import SourceOutlet
from tasks.collect.exchange import FetchError, Outcome
from tasks.collect.memory.backfills import Ending, Order, order_beside
from tasks.collect.memory.pages import page_key
from tasks.collect.planning.outlets import CollectPlan, OutletPlan
from tasks.collect.planning.window import Window
from tasks.collect.reporting.backfills import BackfillStanding, describe_backfill
from tasks.collect.running.collector import Span
from tests.collected import KilledError, answer_of, boundaries, stored_urls
from tests.unit.collect.running.scripted_web import FEED, Reply, ScriptedWeb
from tests.virtual_web import World

_SITE = "https://a.example"
_MAP = f"{_SITE}/map.xml"
_ORDER = Order(Window(date(2024, 3, 1), date(2024, 3, 31)))
_BY_WORDPRESS = "<generator>https://wordpress.org/?v=6.5</generator>"
_ATOM = "http://www.w3.org/2005/Atom"
_DENIED = b"User-agent: *\nDisallow: /map"


def _outlet(id: str = "a", **given: object) -> OutletPlan:
    known: dict[str, object] = {"feeds": (), "sitemaps": (), "exclude": ("^/video/",)}
    outlet = SourceOutlet(id=id, **{**known, **given})  # type: ignore[arg-type]
    return OutletPlan(outlet=outlet, group="desk", hosts=frozenset({"a.example"}))


def _plan(*planned: OutletPlan) -> CollectPlan:
    return CollectPlan(outlets={one.outlet.id: one for one in planned})


def _feed(days: Iterable[str], head: str = "") -> bytes:
    items = "".join(
        f"<item><link>{_SITE}/{day}</link><pubDate>{day}</pubDate></item>" for day in days
    )
    return f"<rss><channel>{head}{items}</channel></rss>".encode()


def _say(web: ScriptedWeb, url: str, body: bytes) -> None:
    web.say(url, answer_of(url, body, headers=()))


def _serve_pages(web: ScriptedWeb, *paths: str) -> None:
    for path in paths:
        web.say(f"{_SITE}/{path}", answer_of(f"{_SITE}/{path}"))


def _standing(world: World, order: Order = _ORDER) -> BackfillStanding:
    with world.state() as state:
        state.accounts.read().check()
        standing = describe_backfill(state.backfills, order)
    assert standing is not None
    return standing


def _stored(world: World) -> set[str]:
    stored = stored_urls(world.raw)
    assert set(stored.values()) <= {1}
    return {url.removeprefix(f"{_SITE}/") for url in stored}


@pytest.mark.parametrize(
    ("third", "ending"),
    [
        (answer_of(f"{FEED}?paged=3", b"", status=404), Ending.MISSING),
        (answer_of(f"{FEED}?paged=3", b"<html><p>Nothing here."), Ending.MISSING),
        (answer_of(f"{FEED}?paged=3", _feed(["2024-03-09", "2024-03-10"])), Ending.REPEATED),
        (answer_of(f"{FEED}?paged=3", _feed(["2024-02-08", "2024-02-27"])), Ending.OLDER),
    ],
    ids=lambda value: value.value if isinstance(value, Ending) else "",
)
def test_a_feed_ends(world: World, web: ScriptedWeb, third: Reply, ending: Ending) -> None:
    _say(web, FEED, _feed(["2024-04-01"], _BY_WORDPRESS))
    _say(web, f"{FEED}?paged=2", _feed(["2024-03-10", "2024-03-09"], _BY_WORDPRESS))
    web.say(f"{FEED}?paged=3", third)
    _serve_pages(web, "2024-03-10", "2024-03-09")
    world.collect(Span(is_backfill=True), _plan(_outlet(feeds=(FEED,))), order=_ORDER)
    assert _standing(world).endings[ending] == 1
    assert _stored(world) == {"2024-03-10", "2024-03-09"}
    assert not web.times_of(f"{FEED}?paged=4")


def test_archives_of_a_feed_that_lead_in_a_circle_end(world: World, web: ScriptedWeb) -> None:
    for page, older in ((FEED, f"{_SITE}/1"), (f"{_SITE}/1", f"{_SITE}/2"), (f"{_SITE}/2", FEED)):
        link = f"<a:link xmlns:a='{_ATOM}' rel='prev-archive' href='{older}'/>"
        _say(web, page, _feed(["2024-03-10", f"2024-03-2{page[-1]}"], link))
    world.collect(Span(is_backfill=True), _plan(_outlet(feeds=(FEED,))), order=_ORDER)
    assert len(web.times_of(f"{_SITE}/1")) == len(web.times_of(f"{_SITE}/2")) == 1
    assert _standing(world).waiting == 0


_ENTRIES = {
    "news": "<n:news xmlns:n='n'><n:publication_date>2024-03-31</n:publication_date></n:news>",
    "news-late": "<n:news xmlns:n='n'><n:publication_date>2024-04-01</n:publication_date></n:news>"
    "<lastmod>2024-03-20</lastmod>",
    "2024/03/02/path": "<lastmod>2026-01-01</lastmod>",
    "2024/02/02/path": "<lastmod>2024-03-02</lastmod>",
    "changed": "<lastmod>2024-03-20T10:00:00Z</lastmod>",
    "changed-before": "<lastmod>2024-02-20</lastmod>",
    "changed-after": "<lastmod>2024-04-20</lastmod>",
    "undated": "",
}
_TAKEN = {"news", "2024/03/02/path", "changed"}
_UNDATED = {"changed-after", "undated"}


@pytest.mark.parametrize(
    ("name", "order", "taken"),
    [
        ("map-1.xml", _ORDER, _TAKEN),
        ("map-1.xml", Order(_ORDER.window, takes_undated=True), _TAKEN | _UNDATED),
        ("map-2024-03.xml", _ORDER, _TAKEN | _UNDATED),
        ("map-2024.xml", _ORDER, _TAKEN),
    ],
)
def test_what_is_known_of_an_addresss_day_decides(
    world: World, web: ScriptedWeb, name: str, order: Order, taken: set[str]
) -> None:
    entries = "".join(
        f"<url><loc>{_SITE}/{path}</loc>{said}</url>" for path, said in _ENTRIES.items()
    )
    children = "".join(
        f"<sitemap><loc>{_SITE}/{child}</loc><lastmod>{changed}</lastmod></sitemap>"
        for child, changed in (
            (name, "2026-01-01"),
            ("other-2024-01.xml", "2026-01-01"),
            ("old.xml", "2024-01-01"),
        )
    )
    _say(web, _MAP, f"<sitemapindex>{children}</sitemapindex>".encode())
    _say(web, f"{_SITE}/{name}", f"<urlset>{entries}</urlset>".encode())
    _serve_pages(web, *_ENTRIES)
    world.collect(Span(is_backfill=True), _plan(_outlet(sitemaps=(_MAP,))), order=order)
    assert _stored(world) == taken
    counts = _standing(world, order).counts
    assert counts["taken"] == counts["new"] == len(taken)
    assert counts["undated"] == len(_UNDATED - taken)
    assert counts["outside"] == len(_ENTRIES) - len(_TAKEN) - len(_UNDATED)
    assert counts["sitemaps passed over"] == 2


@pytest.mark.parametrize(
    ("replies", "robots", "ending"),
    [
        ((answer_of(_MAP, b"", status=404),), b"", Ending.FAILED),
        ((answer_of(_MAP, b"", status=500),), b"", Ending.FAILED),
        ((FetchError(Outcome.TIMED_OUT, "late"),), b"", Ending.FAILED),
        ((answer_of(_MAP, b"<urlset/>"),), _DENIED, Ending.DENIED),
        ((answer_of(_MAP, b"", status=503), answer_of(_MAP, b"<urlset/>")), b"", Ending.READ),
        ((answer_of(_MAP, b"<url", truncated="disconnect"), answer_of(_MAP)), b"", Ending.READ),
    ],
)
def test_a_catalogue_that_cannot_be_read_is_told(
    world: World, web: ScriptedWeb, replies: tuple[Reply, ...], robots: bytes, ending: Ending
) -> None:
    _say(web, f"{_SITE}/robots.txt", robots)
    web.say(_MAP, *replies)
    plan = _plan(_outlet(sitemaps=(f"{_SITE}/other.xml",)))
    _say(
        web,
        f"{_SITE}/other.xml",
        f"<sitemapindex><sitemap><loc>{_MAP}</loc></sitemap></sitemapindex>".encode(),
    )
    world.collect(Span(3 * 86_400.0), plan, order=_ORDER)
    standing = _standing(world)
    assert standing.waiting == 0
    assert [url for url, _ in standing.failed] == ([_MAP] if ending is not Ending.READ else [])
    assert standing.endings[ending] >= 1


def test_an_address_is_the_outlets_that_wants_it(world: World, web: ScriptedWeb) -> None:
    named = "".join(
        f"<url><loc>{_SITE}/{path}</loc></url>" for path in ("sport/1", "news/1", "video/1")
    )
    _say(web, f"{_SITE}/robots.txt", f"Sitemap: {_SITE}/2024-03.xml".encode())
    _say(web, f"{_SITE}/2024-03.xml", f"<urlset>{named}</urlset>".encode())
    _serve_pages(web, "sport/1", "news/1")
    plan = _plan(
        _outlet("a", feeds=(f"{_SITE}/rss/a",), include=("^/sport/",)),
        _outlet("b", feeds=(f"{_SITE}/rss/b",), include=("^/news/",)),
    )
    order = Order(_ORDER.window, takes_undated=True)
    world.collect(Span(is_backfill=True), plan, order=order)
    assert len(web.times_of(f"{_SITE}/2024-03.xml")) == 1
    assert _stored(world) == {"sport/1", "news/1"}
    with world.state() as state:
        now = world.clock.now().timestamp()
        assert state.accounts.stored_on(now) == {"a": 1, "b": 1}
        assert state.accounts.read().outcomes == {Outcome.STORED: 2, Outcome.EXCLUDED: 1}


def test_what_a_poll_shows_meanwhile_is_asked_first_and_once(
    world: World, web: ScriptedWeb
) -> None:
    paths = [f"p/{number}" for number in range(120)]
    last = max(paths, key=lambda path: page_key(f"{_SITE}/{path}"))
    entries = "".join(
        f"<url><loc>{_SITE}/{path}</loc><lastmod>2024-03-02</lastmod></url>" for path in paths
    )
    _say(web, _MAP, f"<urlset>{entries}</urlset>".encode())
    _serve_pages(web, *paths)
    shown = f"<rss><channel><item><link>{_SITE}/{last}</link></item></channel></rss>".encode()
    empty = answer_of(FEED, b"<rss><channel/></rss>", headers=())
    # By its poll, by the backfill, and by the next poll.
    web.say(FEED, empty, empty, answer_of(FEED, shown, headers=()))
    plan = _plan(_outlet(feeds=(FEED,), sitemaps=(_MAP,)))
    world.collect(Span(is_backfill=True), plan, order=_ORDER)
    assert _stored(world) == set(paths)
    order = [url for _, url in web.asked if "/p/" in url or url == FEED]
    third = [number for number, url in enumerate(order) if url == FEED][2]
    assert order[third + 1] == f"{_SITE}/{last}"
    _standing(world)


def test_a_large_catalogue_that_a_kill_cuts_short_is_read_again(
    world: World, web: ScriptedWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = "".join(f"<url><loc>{_SITE}/video/{number}</loc></url>" for number in range(600))
    _say(web, f"{_SITE}/robots.txt", f"Sitemap: {_SITE}/2024-03.xml".encode())
    _say(web, f"{_SITE}/2024-03.xml", f"<urlset>{named}</urlset>".encode())
    plan = _plan(_outlet(feeds=(f"{_SITE}/rss/a",)))
    order = Order(_ORDER.window, takes_undated=True)
    with boundaries(monkeypatch) as counted:
        # It is in the middle of the addresses.
        counted.kill_at = 33
        with pytest.raises(KilledError):
            world.collect(Span(is_backfill=True), plan, order=order)
        counted.end_process()
    with world.state() as state:
        assert 0 < state.accounts.read().found < 600
    world.collect(Span(is_backfill=True), plan, order=order)
    assert len(web.times_of(f"{_SITE}/2024-03.xml")) == 2
    with world.state() as state:
        account = state.accounts.read()
        assert (account.found, account.outcomes) == (600, {Outcome.EXCLUDED: 600})


def test_a_backfill_takes_no_page_of_the_days_share(world: World, web: ScriptedWeb) -> None:
    paths = [f"2024/03/05/{number}" for number in range(5)]
    entries = "".join(f"<url><loc>{_SITE}/{path}</loc></url>" for path in paths)
    _say(web, _MAP, f"<urlset>{entries}</urlset>".encode())
    web.show(f"{_SITE}/new/1", f"{_SITE}/new/2")
    _serve_pages(web, *paths, "new/1", "new/2")
    plan = _plan(_outlet(feeds=(FEED,), sitemaps=(_MAP,), max_pages_per_day=2))
    world.collect(Span(3600.0), plan, order=_ORDER)
    with world.state() as state:
        assert state.accounts.stored_on(world.clock.now().timestamp()) == {"a": 4}
    assert {"new/1", "new/2"} < _stored(world)
    world.collect(Span(2 * 86_400.0), plan)
    assert _stored(world) == {*paths, "new/1", "new/2"}


def test_a_collector_at_work_takes_up_what_is_ordered_beside_it(
    world: World, web: ScriptedWeb
) -> None:
    _say(web, _MAP, f"<urlset><url><loc>{_SITE}/2024/03/05/a</loc></url></urlset>".encode())
    _serve_pages(web, "2024/03/05/a")
    state_folder = world.raw.parent / "state"
    world.loop.call_later(600.0, lambda: order_beside(state_folder, _ORDER))
    web.show()
    world.collect(Span(10_800.0), _plan(_outlet(sitemaps=(_MAP,), feeds=(FEED,))))
    (asked,) = web.times_of(f"{_SITE}/2024/03/05/a")
    assert 600.0 < asked < 950.0
