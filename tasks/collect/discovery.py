"""Find the feeds and sitemaps of a site, from its front page, robots.txt and known paths."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from schemas.settings import MEBIBYTE
from schemas.sitemap_paths import FEED_PATHS, SITEMAP_PATHS
from tasks.collect.exchange import FetchError, Outcome, Request, RequestKind, Transport
from tasks.collect.feed_model import absolute
from tasks.collect.feeds import parse_feed
from tasks.collect.redirects import fetch
from tasks.collect.robots import (
    Access,
    Robots,
    compile_robots,
    fetch_robots,
    robots_url,
    sitemaps_of,
)
from tasks.collect.sitemaps import SitemapReader
from tasks.read.bytes.charsets import decode_html
from tasks.read.bytes.content_types import parse_content_type

_OK = 200
_MAX_BYTES = 16 * MEBIBYTE
_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"}
)
# A front page links its sections' feeds too; an index may have a sitemap a day.
_MAX_LINKED = 20
_MAX_OF_INDEX = 5


class FoundBy(StrEnum):
    """Where the address of a source was found."""

    ITSELF = "itself"  # the address that was asked about
    FRONT_PAGE = "front page"
    ROBOTS = "robots.txt"
    INDEX = "sitemap index"
    KNOWN_PATH = "known path"


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A source that answers, and shows something.

    Attributes:
        kind: FEED or SITEMAP.
        url: behind all redirects.
        found_by: where its address stood.
        entries: how many it shows.
        newest: a date of its first entry, as printed, "" without one.
        is_news: a sitemap of news: it is complete for two days.
    """

    kind: RequestKind
    url: str
    found_by: FoundBy
    entries: int
    newest: str = ""
    is_news: bool = False


async def discover(transport: Transport, url: str, now: datetime) -> tuple[FoundSource, ...]:
    """Asks a site for its sources; only what robots.txt allows is asked.

    Known paths are tried only for what nothing else has named: a feed, or a news sitemap.

    Args:
        transport: polite; every look is a request.
        url: a site's front page, or a feed or sitemap itself.
        now: the UTC instant.

    Returns:
        The sources that answer, the more useful first: feeds, news sitemaps, others.

    Raises:
        FetchError: the address itself does not answer, or robots.txt forbids it.
    """
    copy = await fetch_robots(transport, robots_url(url), now)
    if copy.access is Access.CLOSED:
        raise FetchError(Outcome.ROBOTS_DENIED, f"no robots.txt to go by: {copy.detail}")
    search = _Search(transport, compile_robots(copy.access, copy.body))
    await search.read_front_page(url)
    for named in sitemaps_of(search.robots, robots_url(url)):
        await search.try_sitemap(named, FoundBy.ROBOTS)
    for path in FEED_PATHS:
        if not search.has_feed:
            await search.try_feed(urljoin(url, path), FoundBy.KNOWN_PATH)
    for path in SITEMAP_PATHS:
        if not search.has_news:
            await search.try_sitemap(urljoin(url, path), FoundBy.KNOWN_PATH)
    return tuple(
        sorted(search.found, key=lambda one: (one.kind is not RequestKind.FEED, not one.is_news))
    )


class _Search:
    """What was found so far on one site, and what was asked."""

    def __init__(self, transport: Transport, robots: Robots) -> None:
        self.robots = robots
        self.found: list[FoundSource] = []
        self._transport = transport
        self._asked: set[str] = set()

    @property
    def has_feed(self) -> bool:
        return any(one.kind is RequestKind.FEED for one in self.found)

    @property
    def has_news(self) -> bool:
        return any(one.is_news for one in self.found)

    async def read_front_page(self, url: str) -> None:
        if not self.robots.allows(url):
            raise FetchError(Outcome.ROBOTS_DENIED, f"{url}: its robots.txt forbids the page")
        answer = await fetch(self._transport, Request(url, RequestKind.FEED))
        content = answer.decoded(_MAX_BYTES)
        for source in (_as_feed(content, answer.url), _as_sitemap(answer.body, answer.url)):
            if source is not None:
                self.found.append(source)
                return
        charset = parse_content_type(answer.header("content-type") or "")[1]
        for kind, linked in list(_linked(decode_html(content, charset), answer.url))[:_MAX_LINKED]:
            if kind is RequestKind.FEED:
                await self.try_feed(linked, FoundBy.FRONT_PAGE)
            else:
                await self.try_sitemap(linked, FoundBy.FRONT_PAGE)

    async def try_feed(self, url: str, found_by: FoundBy) -> None:
        asked = await self._ask(url, RequestKind.FEED)
        if asked is not None:
            self._keep(_as_feed(*asked), found_by)

    async def try_sitemap(self, url: str, found_by: FoundBy) -> None:
        asked = await self._ask(url, RequestKind.SITEMAP)
        if asked is None:
            return
        self._keep(_as_sitemap(*asked), found_by)
        if found_by is not FoundBy.INDEX:
            for child in _news_of_index(*asked):
                await self.try_sitemap(child, FoundBy.INDEX)

    async def _ask(self, url: str, kind: RequestKind) -> tuple[bytes, str] | None:
        if url in self._asked or not self.robots.allows(url):
            return None
        self._asked.add(url)
        try:
            answer = await fetch(self._transport, Request(url, kind))
            if answer.status != _OK:
                return None
            # A sitemap is read as it was sent, and never held whole.
            is_feed = kind is RequestKind.FEED
            return answer.decoded(_MAX_BYTES) if is_feed else answer.body, answer.url
        except FetchError:
            return None

    def _keep(self, source: FoundSource | None, found_by: FoundBy) -> None:
        if source is not None and all(source.url != one.url for one in self.found):
            self.found.append(replace(source, found_by=found_by))


def _as_feed(content: bytes, url: str) -> FoundSource | None:
    feed = parse_feed(content, url)
    if not feed.entries:
        return None
    first = feed.entries[0]
    newest = first.published or first.updated
    return FoundSource(RequestKind.FEED, url, FoundBy.ITSELF, len(feed.entries), newest)


def _as_sitemap(body: bytes, url: str) -> FoundSource | None:
    reader = SitemapReader(body, url)
    count, newest = 0, ""
    for entry in reader:
        count += 1
        newest = newest or entry.publication_date or entry.lastmod
    if not count:
        return None
    return FoundSource(RequestKind.SITEMAP, url, FoundBy.ITSELF, count, newest, reader.is_news)


def _news_of_index(body: bytes, url: str) -> list[str]:
    """Returns the sitemaps of an index whose address speaks of news."""
    named = [entry.url for entry in SitemapReader(body, url) if entry.is_sitemap]
    return [one for one in named if "news" in urlsplit(one).path.lower()][:_MAX_OF_INDEX]


def _linked(text: str, url: str) -> Iterator[tuple[RequestKind, str]]:
    """Yields the feeds and sitemaps that a page links in its head, without those of comments."""
    try:
        root = html.document_fromstring(text)
    except (etree.ParserError, ValueError):
        return
    base = root.find(".//base")
    bases = (url, base.get("href", "")) if base is not None else (url,)
    seen: set[str] = set()
    for link in root.iter("link"):
        relations = link.get("rel", "").lower().split()
        essence = link.get("type", "").split(";")[0].strip().lower()
        is_feed = "alternate" in relations and essence in _FEED_TYPES
        address = absolute(link.get("href", "").strip(), *bases)
        if address is None or address in seen or "comment" in address.lower():
            continue
        if is_feed or "sitemap" in relations:
            seen.add(address)
            yield RequestKind.FEED if is_feed else RequestKind.SITEMAP, address
