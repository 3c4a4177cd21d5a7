import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from schemas.sitemap_paths import FEED_PATHS, SITEMAP_PATHS
from tasks.collect.discovery import FoundBy, FoundSource, discover
from tasks.collect.exchange import FetchError, RequestKind
from tests.unit.collect.web import client, ok, serve

NOW = datetime(2026, 3, 1, tzinfo=UTC)
FEED = (
    b"<rss><channel><item><link>/1</link><pubDate>Sun, 01 Mar 2026</pubDate></item></channel></rss>"
)
MAP = b"<urlset><url><loc>/1</loc><lastmod>2026-03-01</lastmod></url></urlset>"
NEWS = (
    b"<urlset xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>/1</loc>"
    b"<news:news><news:publication_date>2026-03-01</news:publication_date></news:news></url></urlset>"
)
FRONT = b"""<!DOCTYPE html><html><head>
<link rel="alternate" type="application/rss+xml" href="/feeds/all">
<link rel="alternate" type="application/rss+xml" href="/comments/feed/">
<link rel="alternate" type="application/atom+xml" href="/gone">
<link rel="alternate" hreflang="az" href="/az/">
</head><body><p>The harbour.</p></body></html>"""


def look(pages: Mapping[str, bytes], path: str = "/") -> tuple[list[FoundSource], list[str]]:
    async def run() -> tuple[list[FoundSource], list[str]]:
        async with serve(pages) as site, client(site.pair) as asking:
            found = await discover(asking, site.url(path), NOW)
            return list(found), [head.split()[1] for head in site.heads]

    return asyncio.run(run())


def test_what_the_front_page_and_robots_txt_name() -> None:
    pages = {
        "/": ok(FRONT),
        "/robots.txt": ok(b"User-agent: *\nDisallow: /feed\nSitemap: /index.xml\n"),
        "/feeds/all": ok(b"", "Location: /rss/all", status="301 Moved"),
        "/rss/all": ok(FEED),
        "/index.xml": ok(
            b"<sitemapindex><sitemap><loc>/a.xml</loc></sitemap>"
            b"<sitemap><loc>/maps/news.xml</loc></sitemap></sitemapindex>"
        ),
        "/maps/news.xml": ok(NEWS),
    }
    # The rules forbid /feeds/all as they do all that begins with /feed.
    found, asked = look(pages)
    assert [one.kind for one in found] == [RequestKind.SITEMAP, RequestKind.SITEMAP]
    assert "/feeds/all" not in asked
    pages["/robots.txt"] = ok(b"Sitemap: /index.xml\n")
    found, asked = look(pages)
    feed, news, index = found
    assert feed.url.endswith("/rss/all")
    assert (feed.found_by, feed.entries, feed.newest) == (FoundBy.FRONT_PAGE, 1, "Sun, 01 Mar 2026")
    assert (news.is_news, news.found_by, news.newest) == (True, FoundBy.INDEX, "2026-03-01")
    assert (index.is_news, index.found_by, index.entries) == (False, FoundBy.ROBOTS, 2)
    # What is named is enough: no path is guessed, and nothing of comments asked.
    assert asked == [
        "/robots.txt",
        "/",
        "/feeds/all",
        "/rss/all",
        "/gone",
        "/index.xml",
        "/maps/news.xml",
    ]


def test_known_paths_are_tried_where_nothing_is_named() -> None:
    found, asked = look({"/": ok(b"<p>x"), FEED_PATHS[1]: ok(FEED), SITEMAP_PATHS[2]: ok(NEWS)})
    assert [one.found_by for one in found] == [FoundBy.KNOWN_PATH] * 2
    assert asked == ["/robots.txt", "/", *FEED_PATHS[:2], *SITEMAP_PATHS[:3]]


@pytest.mark.parametrize(("body", "kind"), [(FEED, RequestKind.FEED), (MAP, RequestKind.SITEMAP)])
def test_an_address_may_be_a_source_itself(body: bytes, kind: RequestKind) -> None:
    found, _ = look({"/source": ok(body)}, "/source")
    assert (found[0].kind, found[0].found_by) == (kind, FoundBy.ITSELF)


def test_a_site_that_forbids_it_is_not_asked() -> None:
    with pytest.raises(FetchError, match="robots_denied"):
        look({"/": ok(FRONT), "/robots.txt": ok(b"User-agent: *\nDisallow: /")})


def test_a_site_that_does_not_answer() -> None:
    async def run() -> None:
        async with serve({}) as site:
            pair, url = site.pair, site.url()
        async with client(pair) as asking:
            await discover(asking, url, NOW)

    with pytest.raises(FetchError, match="connect_failed"):
        asyncio.run(run())
