"""A made-up web in memory: sites that publish at seeded instants, and answer as sites do.

The sites keep a log of their own, by which politeness is judged.
"""

import asyncio
import math
import random
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator

from schemas.sources import SourceOutlet
from tasks.collect.archive.recovery import Recovery, recover
from tasks.collect.archive.warc_writer import WarcWriter
from tasks.collect.exchange import Answer, Clock, FetchError, Outcome, Request, RequestKind
from tasks.collect.memory.backfills import Order
from tasks.collect.memory.state import State, open_state
from tasks.collect.planning.outlets import CollectPlan, OutletPlan
from tasks.collect.running.collector import Collector, CollectRules, Span, Tools
from tasks.collect.running.fetch_log import FetchLog
from tasks.collect.running.reading_sources import read_source
from tests.virtual_time import VirtualClock, VirtualLoop, run_virtually

DAY_S = 86_400.0
_HOUR_S = 3600.0
# The busiest hour of a site, of its average.
_MOST = 1.8
_LOOK_S = 900.0
_SITEMAP_ENTRIES = 1_000
_SITEMAP_AGE_S = 2 * DAY_S
_WORDPRESS = "<generator>https://wordpress.org/?v=6.5</generator>"


@dataclass
class Site:
    """A site, and how it behaves.

    Attributes:
        host: its name.
        published: instants of its articles, in virtual seconds, sorted.
        window: entries of its feed.
        has_sitemap: it has a news sitemap.
        lies: its validators never change.
        is_dead: in these spans it accepts no connection.
        throttles: it answers 429 for so long, with Retry-After, once in a while.
        moved_to: its feed has moved for good to this path.
        crawl_delay: of its robots.txt.
        address: where it answers from.
        past: articles an hour apart before its time begins; it has an archive of them: a sitemap a
            day, which robots.txt leads to, and pages of its feed as WordPress counts them.
        response_s: how long each answer takes; by chance where None.
        silent_from: its last article, where it has fallen silent for good.
    """

    host: str
    published: list[float]
    window: int
    has_sitemap: bool = False
    lies: bool = False
    is_dead: list[tuple[float, float]] = field(default_factory=list)
    throttles: list[tuple[float, float]] = field(default_factory=list)
    moved_to: str | None = None
    crawl_delay: float | None = None
    address: str = "192.0.2.1"
    past: int = 0
    response_s: float | None = None
    silent_from: float | None = None
    requests: list[tuple[float, float, str]] = field(default_factory=list)
    asked: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    fetched: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))

    @property
    def outlet(self) -> str:
        return self.host.partition(".")[0]

    def fall_silent(self, at: float) -> None:
        """Publishes nothing from an instant on."""
        self.published = [instant for instant in self.published if instant < at]

    @property
    def feed(self) -> str:
        return f"https://{self.host}/feed.xml"

    @property
    def sitemap(self) -> str:
        return f"https://{self.host}/news-sitemap.xml"


def publish(chance: random.Random, seconds: float, a_day: float) -> list[float]:
    """Returns the instants of a site's articles: busy by day, with bursts."""
    busy_hour, share = chance.uniform(6, 18), chance.uniform(0.05, 0.3)
    instants: list[float] = []
    now = 0.0
    while now < seconds:
        now += chance.expovariate(_MOST * a_day / DAY_S * (1 - share))
        # By thinning: what is drawn at night would else last into a busy morning.
        wave = 1 + 0.8 * math.cos((now / _HOUR_S % 24 - busy_hour) / 24 * 2 * math.pi)
        if chance.random() > wave / _MOST:
            continue
        instants.append(now)
        if chance.random() < share / (1 - share) / 8:
            span = chance.uniform(300, 2400)
            instants += [now + chance.uniform(0, span) for _ in range(chance.randint(3, 13))]
    return sorted(instant for instant in instants if instant < seconds)


def make_sites(count: int, days: float, seed: int, *, share_of_sitemaps: float = 0.5) -> list[Site]:
    """Returns sites of all kinds."""
    chance = random.Random(seed)
    sites = []
    for number in range(count):
        a_day = min(max(chance.lognormvariate(math.log(55), 1.25), 3), 1500)
        site = Site(
            host=f"site{number}.example",
            published=publish(chance, days * DAY_S, a_day),
            window=chance.choice([10, 15, 20, 20, 25, 30, 40, 50, 50, 100]),
            has_sitemap=chance.random() < share_of_sitemaps,
            address=f"192.0.2.{number % 250 + 1}" if number % 10 else "198.51.100.7",
        )
        kind = chance.random()
        if kind < 0.02:
            site.lies = True
        elif kind < 0.05:
            start = chance.uniform(0.2, 0.6) * days * DAY_S
            site.is_dead = [(start, start + 2 * _HOUR_S)]
        elif kind < 0.08:
            start = chance.uniform(0.2, 0.6) * days * DAY_S
            site.throttles = [(start, start + 600)]
        elif kind < 0.1:
            site.moved_to = "/moved/feed.xml"
        elif kind < 0.12:
            site.crawl_delay = 20.0
        sites.append(site)
    return sites


class VirtualWeb:
    """A `Transport` to sites in memory."""

    def __init__(self, sites: list[Site], clock: Clock, seed: int = 1) -> None:
        self.sites = {site.host: site for site in sites}
        self._clock = clock
        self._chance = random.Random(seed)
        self._start = clock.now().timestamp() - clock.monotonic()
        self._feeds: dict[str, tuple[int, bytes]] = {}

    async def send(self, request: Request) -> Answer:
        """Answers as the site of the address does, and notes when."""
        parts = urlsplit(request.url)
        site = self.sites[parts.hostname or ""]
        started_at, started = self._clock.now(), self._clock.monotonic()
        seconds = self._chance.uniform(0.05, 0.6) if site.response_s is None else site.response_s
        await self._clock.sleep(seconds)
        ended = self._clock.monotonic()
        site.asked[f"{parts.path}?{parts.query}".rstrip("?")].append(started)
        site.requests.append((started, ended, request.kind.value))
        if any(since <= started < until for since, until in site.is_dead):
            raise FetchError(Outcome.CONNECT_FAILED, f"{site.host} refuses")
        found = self._archived(site, parts.path, parts.query) if site.past else None
        status, headers, body = found or self._answer(site, parts.path, request, ended)
        return Answer(
            url=request.url,
            status=status,
            reason="",
            http_version="HTTP/1.1",
            headers=tuple(headers),
            body=body,
            ip_address=site.address,
            started_at=started_at,
            ended_at=self._clock.now(),
        )

    def _answer(
        self, site: Site, path: str, request: Request, now: float
    ) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        if any(since <= now < until for since, until in site.throttles):
            return 429, [(b"Retry-After", b"900")], b""
        if request.kind is RequestKind.ROBOTS:
            is_known = site.crawl_delay is not None and path == "/robots.txt"
            rule = f"User-agent: *\nCrawl-delay: {site.crawl_delay}\n".encode()
            return (200, [], rule) if is_known else (404, [], b"")
        if path == "/news-sitemap.xml":
            return 200, [(b"Content-Type", b"application/xml")], self._sitemap(site, now)
        if site.moved_to and path == "/feed.xml":
            return 301, [(b"Location", site.moved_to.encode())], b""
        if path in {"/feed.xml", site.moved_to}:
            return self._feed(site, request, now)
        return self._page(site, int(path.removeprefix("/a/")), now)

    def _archived(
        self, site: Site, path: str, query: str
    ) -> tuple[int, list[tuple[bytes, bytes]], bytes] | None:
        """Answers what is of the past; None for all else."""
        if path == "/robots.txt":
            return 200, [], f"Sitemap: https://{site.host}/archive.xml".encode()
        if path == "/archive.xml":
            days = sorted({self._past(number).date() for number in range(1, site.past + 1)})
            return 200, [], _index(f"https://{site.host}/archive/{day}.xml" for day in days)
        if path.startswith("/archive/"):
            day = path.removeprefix("/archive/").removesuffix(".xml")
            numbers = [n for n in range(1, site.past + 1) if str(self._past(n).date()) == day]
            return 200, [], _urlset(f"https://{site.host}/p/{number}" for number in numbers)
        if path == "/feed.xml" and query:
            page = int(query.removeprefix("paged="))
            first = (page - 2) * site.window + 1
            numbers = list(range(first, min(first + site.window, site.past + 1)))
            return (200, [], self._past_feed(site, numbers)) if numbers else (404, [], b"")
        if path.startswith("/p/"):
            page_html = f"<!doctype html><title>{path}</title><p>Article {path}.</p>"
            return 200, [(b"Content-Type", b"text/html")], page_html.encode()
        return None

    def _past(self, number: int) -> datetime:
        return datetime.fromtimestamp(self._start - number * _HOUR_S, UTC)

    def _past_feed(self, site: Site, numbers: list[int]) -> bytes:
        items = "".join(
            f"<item><link>https://{site.host}/p/{number}</link>"
            f"<pubDate>{format_datetime(self._past(number))}</pubDate></item>"
            for number in numbers
        )
        return f'<rss version="2.0"><channel>{_WORDPRESS}{items}</channel></rss>'.encode()

    def _page(
        self, site: Site, number: int, now: float
    ) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        site.fetched[number].append(now)
        page = f"<!doctype html><title>{site.host} {number}</title><p>Article {number}.</p>"
        return 200, [(b"Content-Type", b"text/html")], page.encode()

    def _feed(
        self, site: Site, request: Request, now: float
    ) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        shown = bisect_right(site.published, now)
        etag = '"always"' if site.lies else f'"{shown}"'
        if dict(request.headers).get("If-None-Match") == etag:
            return 304, [(b"ETag", etag.encode())], b""
        headers = [(b"Content-Type", b"application/rss+xml"), (b"ETag", etag.encode())]
        known = self._feeds.get(site.host)
        if known is None or known[0] != shown:
            known = self._feeds[site.host] = shown, self._rss(site, shown)
        return 200, headers, known[1]

    def _rss(self, site: Site, shown: int) -> bytes:
        items = "".join(
            f"<item><title>Article {number}</title><link>https://{site.host}/a/{number}</link>"
            f"<guid>{number}</guid>"
            f"<pubDate>{format_datetime(self._at(site, number))}</pubDate></item>"
            for number in range(shown - 1, max(shown - site.window, 0) - 1, -1)
        )
        made_by = _WORDPRESS if site.past else ""
        return f'<rss version="2.0"><channel>{made_by}{items}</channel></rss>'.encode()

    def _sitemap(self, site: Site, now: float) -> bytes:
        last = bisect_right(site.published, now)
        first = max(bisect_left(site.published, now - _SITEMAP_AGE_S), last - _SITEMAP_ENTRIES)
        urls = "".join(
            f"<url><loc>https://{site.host}/a/{number}</loc><n:news><n:publication_date>"
            f"{self._at(site, number).isoformat()}</n:publication_date></n:news></url>"
            for number in range(first, last)
        )
        return (
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n='
            f'"http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
        ).encode()

    def _at(self, site: Site, number: int) -> datetime:
        return datetime.fromtimestamp(self._start + site.published[number], UTC).replace(
            microsecond=0
        )


def _index(urls: Iterable[str]) -> bytes:
    children = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return f"<sitemapindex>{children}</sitemapindex>".encode()


def _urlset(urls: Iterable[str]) -> bytes:
    entries = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return f"<urlset>{entries}</urlset>".encode()


def plan_for(sites: list[Site], delay_s: float = 5.0) -> CollectPlan:
    """Returns a plan of an outlet a site."""
    return CollectPlan(
        outlets={
            site.outlet: OutletPlan(
                outlet=SourceOutlet(
                    id=site.outlet,
                    feeds=(site.feed,),
                    sitemaps=(site.sitemap,) if site.has_sitemap else (),
                    delay_s=delay_s,
                ),
                group="collect",
                hosts=frozenset({site.host}),
            )
            for site in sites
        }
    )


class World:
    """A made-up web with its time, and a collector's folders: what one run leaves, the next finds.

    Attributes:
        loop: whose time passes.
        sites: see `Site`.
        web: the transport to them.
        raw: what is collected.
    """

    def __init__(self, folder: Path, sites: list[Site], seed: int = 1) -> None:
        self.loop = VirtualLoop()
        self.clock = VirtualClock(self.loop)
        self.sites = sites
        self.web = VirtualWeb(sites, self.clock, seed)
        self.raw = folder / "raw"
        self.raw.mkdir(exist_ok=True)
        self._state = folder / "state"
        self._log = folder / "fetches"

    def collect(
        self,
        span: Span,
        plan: CollectPlan | None = None,
        rules: CollectRules | None = None,
        order: Order | None = None,
        look: Callable[[State, float], None] | None = None,
    ) -> Recovery:
        """Runs a collector as a deployment does: recovery first, files sealed in the end.

        `look` is called each quarter of an hour, with the state and the epoch seconds.
        """
        with open_state(self._state) as state:
            if order is not None:
                with state.transaction():
                    state.backfills.order(order)
            recovery = recover(self.raw, state)
            writer = WarcWriter(self.raw, state, (("software", "newsmill"),))
            tools = Tools(
                transport=self.web,
                clock=self.clock,
                read=read_source,
                writer=writer,
                log=FetchLog(self._log),
            )
            collector = Collector(plan or plan_for(self.sites), state, tools, rules)

            async def run() -> None:
                looking = asyncio.ensure_future(self._look(state, look)) if look else None
                await collector.run(span)
                if looking:
                    looking.cancel()

            run_virtually(self.loop, run())
            writer.seal()
            return recovery

    async def _look(self, state: State, look: Callable[[State, float], None]) -> None:
        while True:
            await self.clock.sleep(_LOOK_S)
            look(state, self.clock.now().timestamp())

    def pass_time(self, seconds: float) -> None:
        """Lets time pass in which no collector runs."""
        self.loop.run_until_complete(asyncio.sleep(seconds))

    def stored(self) -> Iterator[str]:
        """Yields the address of each page in raw/."""
        for path in sorted(self.raw.glob("*/*/[!.]*.warc.gz")):
            with path.open("rb") as file:
                for record in ArchiveIterator(file):
                    if record.rec_type == "response":
                        yield record.rec_headers.get_header("WARC-Target-URI")

    @contextmanager
    def state(self) -> Iterator[State]:
        """Opens the state."""
        with open_state(self._state) as state:
            yield state


def violations(site: Site, delay_s: float) -> int:
    """Returns how often a site was asked sooner than its delay after its last answer."""
    delay_s = max(delay_s, site.crawl_delay or 0.0)
    log = sorted(site.requests)
    return sum(start - ended < delay_s - 1e-3 for (_, ended, _), (start, _, _) in pairwise(log))
