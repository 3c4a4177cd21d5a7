import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.collect.exchange import Answer
from tasks.collect.http_times import max_age_s, retry_after_s
from tasks.collect.robots import (
    KEPT_FOR,
    Access,
    RobotsCopy,
    compile_robots,
    fetch_robots,
    robots_url,
    sitemaps_of,
)
from tests.unit.collect.web import client, ok, serve

HOST = "https://harbour.example"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

# (what it shows, the file, an allowed path, a forbidden path)
CASES = (
    ("the longest match wins", "User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", "/a/c"),
    ("of equally long ones Allow wins", "User-agent: *\nDisallow: /a\nAllow: /a", "/a", None),
    (
        "the group of the name replaces that of all",
        "User-agent: *\nDisallow: /\n\nUser-agent: NewsMill\nDisallow: /x",
        "/a",
        "/x",
    ),
    (
        "groups of one name are one",
        "User-agent: newsmill\nDisallow: /a\n\nUser-agent: b\nDisallow: /\n\n"
        "User-agent: newsmill\nDisallow: /c",
        "/b",
        "/c",
    ),
    (
        "several names share a group",
        "User-agent: b\nUser-agent: newsmill\nDisallow: /a",
        "/b",
        "/a",
    ),
    ("a version behind the name", "User-agent: newsmill/1.0\nDisallow: /a", "/b", "/a"),
    ("a byte order mark", "\ufeffUser-agent: *\nDisallow: /a", "/b", "/a"),
    ("wild cards and ends", "User-agent: *\nDisallow: /*.pdf$", "/a.pdf?b", "/a.pdf"),
    ("percent signs or letters", "User-agent: *\nDisallow: /ä\nDisallow: /%C3%B6", "/a", "/%c3%a4"),
    ("a group without a name", "User-agent:\nDisallow: /\nUser-agent: *\nDisallow: /b", "/a", "/b"),
    ("an empty Disallow", "User-agent: *\nDisallow:", "/a", None),
    ("rules of nobody", "Disallow: /a\nUser-agent: *\nDisallow: /b", "/a", "/b"),
    (
        "other records do not end a group",
        "User-agent: b\nContent-Signal: ai-train=no\nUser-agent: newsmill\nDisallow: /a",
        "/b",
        "/a",
    ),
    ("comments, blanks and CR", "User-agent: * # all\r\r\n\r disallow : /a # b\r", "/b", "/a"),
    ("another's name that ours begins with", "User-agent: news\nDisallow: /", "/a", None),
    ("the case of a path counts", "User-agent: *\nDisallow: /A", "/a", "/A"),
    ("a page instead of rules", "<!DOCTYPE html><p>Disallow: /</p>", "/a", None),
)


@pytest.mark.parametrize(("what", "text", "allowed", "forbidden"), CASES, ids=range(len(CASES)))
def test_rules(what: str, text: str, allowed: str, forbidden: str | None) -> None:
    robots = compile_robots(Access.RULES, text.encode())
    assert robots.allows(HOST + allowed), what
    assert forbidden is None or not robots.allows(HOST + forbidden), what
    assert robots.allows(f"{HOST}/robots.txt")


def test_delay_sitemaps_and_signals() -> None:
    text = (
        "Sitemap: /news.xml\nUser-agent: *\nCrawl-delay: 7.5\nRequest-rate: 1/10\n"
        "Content-Signal: search=yes, ai-train=no\nSitemap: https://cdn.example/s.xml # all\n"
        "Sitemap: http://[broken\n"
    )
    robots = compile_robots(Access.RULES, text.encode())
    assert robots.crawl_delay_s == 10
    assert robots.content_signals == ("search=yes, ai-train=no",)
    assert sitemaps_of(robots, f"{HOST}/robots.txt") == [
        f"{HOST}/news.xml",
        "https://cdn.example/s.xml",
    ]
    assert (
        robots_url("https://harbour.example:8443/a?b") == "https://harbour.example:8443/robots.txt"
    )


def ask(answer: bytes, last: RobotsCopy | None = None, now: datetime = NOW) -> RobotsCopy:
    async def run() -> RobotsCopy:
        pages = {"/robots.txt": answer, "/moved": ok(b"User-agent: *\nDisallow: /a")}
        async with serve(pages) as site, client(site.pair) as asking:
            return await fetch_robots(asking, robots_url(site.url("/x")), now, last)

    return asyncio.run(run())


def status(line: str, *fields: str) -> bytes:
    return ok(b"User-agent: *\nDisallow: /private", *fields, status=line)


@pytest.mark.parametrize(
    ("answer", "access"),
    [
        (status("200 OK"), Access.RULES),
        (status("206 Partial"), Access.RULES),
        (status("302 Found", "Location: /moved"), Access.RULES),
        (status("302 Found", "Location: /robots.txt"), Access.OPEN),
        (status("401 No"), Access.OPEN),
        (status("403 No"), Access.OPEN),
        (status("404 No"), Access.OPEN),
        (status("410 No"), Access.OPEN),
        (status("429 Slower", "Retry-After: 3600"), Access.CLOSED),
        (status("500 Oh"), Access.CLOSED),
        (status("503 Oh"), Access.CLOSED),
        (b"", Access.CLOSED),
        (b"nonsense\r\n\r\n", Access.CLOSED),
    ],
)
def test_what_the_status_says(answer: bytes, access: Access) -> None:
    async def hang_up(writer: asyncio.StreamWriter) -> None:
        writer.close()

    copy = ask(answer or hang_up)
    assert copy.access is access
    assert compile_robots(copy.access, copy.body).allows(f"{HOST}/b") is (access != Access.CLOSED)
    assert bool(copy.detail) is (access is Access.CLOSED)


def test_the_last_good_copy_holds_while_the_server_fails() -> None:
    good = ask(status("200 OK"))
    assert not good.is_due(NOW + KEPT_FOR / 2)
    later = NOW + timedelta(days=29)
    assert good.is_due(later)
    kept = ask(status("503 Oh"), good, later)
    assert (kept.access, kept.body, kept.good_at) == (Access.RULES, good.body, NOW)
    assert not kept.is_due(later)
    assert "503" in kept.detail
    assert ask(status("503 Oh"), kept, NOW + timedelta(days=31)).access is Access.CLOSED
    assert ask(status("404 No"), kept, later).access is Access.OPEN


@settings(deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode), st.text(max_size=30))
def test_any_bytes_are_a_robots_txt(body: bytes, path: str) -> None:
    robots = compile_robots(Access.RULES, b"User-agent: *\n" + body)
    robots.allows(f"{HOST}/{path}")
    sitemaps_of(robots, f"{HOST}/robots.txt")
    assert robots.crawl_delay_s is None or robots.crawl_delay_s >= 0


def answered(*headers: tuple[str, str]) -> Answer:
    pairs = tuple((name.encode(), value.encode()) for name, value in headers)
    return Answer(HOST, 429, "", "HTTP/1.1", pairs, b"", "192.0.2.1", NOW, NOW)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("3600", 3600),
        (" 120 ", 120),
        ("1.5", 1),
        ("30 seconds", 30),
        ("0", 0),
        ("Sun, 01 Mar 2026 13:00:00 GMT", 3600),
        ("Sunday, 01-Mar-26 13:00:00 GMT", 3600),
        ("Sun Mar  1 13:00:00 2026", 3600),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0),
        ("-5", None),
        ("soon", None),
        ("99999999999999999999", None),
        ("", None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after_s(answered(("Retry-After", value))) == seconds


def test_retry_after_counts_from_the_clock_of_the_server() -> None:
    late = ("Date", "Sun, 01 Mar 2026 12:30:00 GMT")
    until = ("retry-after", "Sun, 01 Mar 2026 13:00:00 GMT")
    assert retry_after_s(answered(late, until)) == 1800


def test_max_age() -> None:
    assert max_age_s(answered(("Cache-Control", "public, MAX-AGE=300, s-maxage=9"))) == 300
    assert max_age_s(answered(("Cache-Control", "s-maxage=9"))) is None
    assert max_age_s(answered(("Cache-Control", "no-store, max-age=300"))) is None
    assert max_age_s(answered()) is None
