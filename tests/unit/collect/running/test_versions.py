"""Later versions of pages: asked for in their time, and stored only where they have changed."""

import gzip

import pytest

from schemas.sources import SourceOutlet
from tasks.collect.exchange import Answer, Outcome
from tasks.collect.memory.backfills import Order
from tasks.collect.planning.outlets import CollectPlan, OutletPlan
from tasks.collect.planning.window import Window
from tasks.collect.running.collector import Span
from tasks.collect.running.versions import digest_page
from tests.collected import KilledError, answer_of, boundaries, stored_urls
from tests.unit.collect.running.scripted_web import FEED, ScriptedWeb
from tests.virtual_time import START
from tests.virtual_web import DAY_S, World

_SITE = "https://a.example"
_PAGE = f"{_SITE}/a"
_HOUR_S = 3600.0
_TEXT = "<p>The ferry leaves at nine, and the next at ten.</p>" * 20
_DAY = START.date()


def _plan(*refetch: float) -> CollectPlan:
    outlet = SourceOutlet(id="a", feeds=(FEED,), refetch=refetch or (_HOUR_S, DAY_S))
    hosts = frozenset({"a.example"})
    return CollectPlan(outlets={"a": OutletPlan(outlet=outlet, group="desk", hosts=hosts)})


def _page(text: str = _TEXT, head: str = "", **given: object) -> Answer:
    body = f"<html><head><title>Ferry</title>{head}</head><body>{text}</body></html>"
    return answer_of(_PAGE, body.encode(), **given)


def _outcomes(world: World) -> dict[Outcome, int]:
    with world.state() as state:
        account = state.accounts.read()
        account.check()
        assert account.waiting == 0
        return dict(account.outcomes)


@pytest.mark.parametrize(
    ("head", "text", "is_same"),
    [
        ("<meta name=csrf content=2>", _TEXT, True),
        ("<script src=/a.js?2></script><style>p{}</style>", _TEXT, True),
        ("", f"<div data-n=2>{_TEXT}</div><!-- 2 -->", True),
        ("", f"{_TEXT}<p>Correction.</p>", False),
        ("", f"<ul><li>At eleven, too.</ul>{_TEXT}", False),
        ("<title>Late ferry</title>", _TEXT, False),
        ("<meta property=article:modified_time content=2026-03-02>", _TEXT, False),
        ("<script type=application/ld+json>{}</script>", _TEXT, False),
    ],
)
def test_what_a_reader_does_not_see_is_no_change(head: str, text: str, is_same: bool) -> None:
    before = _page("<div>" + _TEXT + "</div>" if "div" in text else _TEXT, "<meta name=csrf>")
    after = _page(text, head)
    digests = {digest_page(answer.body, "text/html") for answer in (before, after)}
    assert (len(digests) == 1) is is_same


@pytest.mark.parametrize("content", [b"", b"\0", b"<script>text = 1</script>"])
def test_of_a_page_that_shows_nothing_every_byte_counts(content: bytes) -> None:
    assert digest_page(content, None) != digest_page(content + b" ", None)


def test_a_page_is_stored_again_where_it_has_changed(world: World, web: ScriptedWeb) -> None:
    web.show(_PAGE)
    changed = _page(f"{_TEXT}<p>Correction.</p>", headers=((b"ETag", b'"2"'),))
    web.say(_PAGE, _page(), changed, answer_of(_PAGE, b"", status=304))
    world.collect(Span(2 * DAY_S), _plan(_HOUR_S, 2 * _HOUR_S, DAY_S))
    first, *others = web.times_of(_PAGE)
    assert [round(at - first, -2) for at in others] == [_HOUR_S, 2 * _HOUR_S, DAY_S]
    assert [dict(sent) for sent in web.headers[_PAGE]] == [{}, {}, *[{"If-None-Match": '"2"'}] * 2]
    assert _outcomes(world) == {Outcome.STORED: 2, Outcome.UNCHANGED: 2}
    assert stored_urls(world.raw) == {_PAGE: 2}
    stored = b"".join(gzip.decompress(file.read_bytes()) for file in world.raw.glob("desk/*/*.gz"))
    assert stored.count(b"Correction.") == 1


def test_a_page_that_stays_the_same_or_goes_is_stored_once(world: World, web: ScriptedWeb) -> None:
    web.show(_PAGE)
    gone = answer_of(_PAGE, b"", status=410)
    web.say(_PAGE, _page(), _page(head="<meta name=csrf content=2>"), gone)
    world.collect(Span(2 * DAY_S), _plan())
    assert len(web.times_of(_PAGE)) == 3
    assert _outcomes(world) == {Outcome.STORED: 1, Outcome.UNCHANGED: 1, Outcome.HTTP_4XX: 1}


def test_times_that_have_passed_meanwhile_are_one(world: World, web: ScriptedWeb) -> None:
    web.show(_PAGE)
    web.say(_PAGE, _page())
    world.collect(Span(is_once=True), _plan())
    world.pass_time(3 * DAY_S)
    world.collect(Span(is_once=True), _plan())
    world.collect(Span(DAY_S), _plan())
    assert len(web.times_of(_PAGE)) == 2
    assert _outcomes(world) == {Outcome.STORED: 1, Outcome.UNCHANGED: 1}


def test_a_page_is_asked_again_where_its_redirects_led(world: World, web: ScriptedWeb) -> None:
    moved = answer_of(f"{_SITE}/old", b"", status=301, headers=((b"Location", b"/a"),))
    web.show(f"{_SITE}/old", _PAGE)
    web.say(f"{_SITE}/old", moved)
    web.say(_PAGE, _page(), _page(f"{_TEXT}<p>Correction.</p>"))
    world.collect(Span(DAY_S / 2), _plan(_HOUR_S))
    assert stored_urls(world.raw) == {_PAGE: 2}
    assert len(web.times_of(f"{_SITE}/old")) == 1


def test_what_a_backfill_brings_is_not_asked_again(world: World, web: ScriptedWeb) -> None:
    web.say(FEED, answer_of(FEED, b"<rss><channel/></rss>", headers=()))
    dated = f"<urlset><url><loc>{_PAGE}</loc><lastmod>{_DAY}</lastmod></url></urlset>".encode()
    web.say(f"{_SITE}/robots.txt", answer_of("", f"Sitemap: {_SITE}/map".encode(), headers=()))
    web.say(f"{_SITE}/map", answer_of(f"{_SITE}/map", dated, headers=()))
    web.say(_PAGE, _page())
    world.collect(Span(2 * DAY_S), _plan(), order=Order(Window(_DAY, _DAY)))
    assert len(web.times_of(_PAGE)) == 1
    assert _outcomes(world) == {Outcome.STORED: 1}


@pytest.mark.parametrize("kill_at", range(1, 26, 6))
def test_a_kill_loses_no_version_and_stores_none_twice(
    world: World, web: ScriptedWeb, monkeypatch: pytest.MonkeyPatch, kill_at: int
) -> None:
    web.show(_PAGE)
    web.say(_PAGE, _page())
    world.collect(Span(60.0), _plan(_HOUR_S))
    world.pass_time(_HOUR_S)
    web.say(_PAGE, _page(f"{_TEXT}<p>Correction.</p>"))
    with boundaries(monkeypatch) as counted:
        counted.kill_at = kill_at
        with pytest.raises(KilledError):
            world.collect(Span(60.0), _plan(_HOUR_S))
        counted.end_process()
    world.collect(Span(60.0), _plan(_HOUR_S))
    assert stored_urls(world.raw) == {_PAGE: 2}
    assert _outcomes(world) == {Outcome.STORED: 2}
