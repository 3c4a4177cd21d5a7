"""What is to be asked of one host: its robots.txt, its sources, its pages, in this order.

Catalogues and pages of a backfill come last, and only where they are over before the next poll.
"""

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from heapq import heappop, heappush

from tasks.collect.memory.backfills import Catalogue
from tasks.collect.memory.pages import BACKFILL, RANKS, Page
from tasks.collect.memory.standings import Host, Origin, Source
from tasks.collect.memory.state import State
from tasks.collect.opt_outs import TdmRules, parse_tdmrep, tdmrep_url
from tasks.collect.planning.outlets import origin_of
from tasks.collect.planning.politeness import RULES, PolitenessRules, delay_of, free_at
from tasks.collect.robots import Access, Robots, compile_robots, robots_url

# Pages are taken from the database so many at a time.
_CHUNK = 32
_OTHERS = tuple(rank for rank in RANKS if rank != BACKFILL)
# An answer to a backfill is taken to last so long, at least.
_ANSWER_S = 2.0


@dataclass(frozen=True, slots=True)
class RobotsJob:
    """A robots.txt, or a tdmrep.json, that is to be asked for.

    Attributes:
        for_host: whose it is; a redirect may lead to another host.
        origin: of it, under which it lies.
        url: what is asked.
        trail: addresses that redirects led through.
        is_tdm: it is a tdmrep.json, in which a site reserves its rights.
    """

    for_host: str
    origin: str
    url: str
    trail: tuple[str, ...] = ()
    is_tdm: bool = False


Job = RobotsJob | Source | Page | Catalogue


class HostQueue:
    """One host: what is known of it, and what waits for it.

    Attributes:
        host: how it stands.
        delay_s: between two requests, as the sources file has it.
        robots_jobs: that other hosts' redirects led here.
        awaits_robots: its robots.txt is being asked for on another host.
        is_busy: a request is under way.
        is_reading: a catalogue of the host is being read, and none is asked.
        takes_backfill: whether this run works on backfills.
        is_held: its backfills wait until other hosts' are done.

    Args:
        host: see above.
        delay_s: see above.
        state: where its pages and catalogues wait.
        outlets: whose pages are taken; None for all.
        rules: the policy.
    """

    def __init__(
        self,
        host: Host,
        delay_s: float,
        state: State,
        *,
        outlets: Collection[str] | None = None,
        rules: PolitenessRules = RULES,
    ) -> None:
        self.host = host
        self.delay_s = delay_s
        self.robots_jobs: deque[RobotsJob] = deque()
        self.awaits_robots = False
        self.is_busy = False
        self.is_reading = False
        self.takes_backfill = True
        self.is_held = False
        self._pages = state.pages
        self._catalogues = state.backfills
        self._outlets = outlets
        self._rules = rules
        self._sources: list[tuple[float, str]] = []
        self._source_of: dict[str, Source] = {}
        self._chunks: dict[int, deque[Page]] = {rank: deque() for rank in RANKS}
        self._page_due: dict[int, float | None] = dict.fromkeys(RANKS)
        self._catalogue_due: float | None = None
        for rank in RANKS:
            self.look_for_pages(rank)
        self.look_for_catalogues()

    def put_source(self, source: Source) -> None:
        """Schedules a source at its `next_poll`."""
        self._source_of[source.url] = source
        heappush(self._sources, (source.next_poll, source.url))

    def drop_source(self, source: Source) -> None:
        """Takes a source out: it moved to another host."""
        self._source_of.pop(source.url, None)

    def look_for_pages(self, rank: int, after: float = 0.0) -> None:
        """Asks the database when the next page of a rank is due, later than an instant."""
        self._page_due[rank] = self._pages.next_due(self.host.name, rank, after, self._outlets)

    def look_for_catalogues(self) -> None:
        """Asks the database when the next catalogue is due."""
        catalogue = self._catalogues.next_of(self.host.name, self._outlets)
        self._catalogue_due = None if catalogue is None else catalogue.due

    def expect_page(self, rank: int, due: float) -> None:
        """Notes that a page was put into the database."""
        known = self._page_due[rank]
        self._page_due[rank] = due if known is None else min(known, due)

    def next_time(self) -> float | None:
        """Returns when the host may be asked next for something; None where there is nothing."""
        if self.robots_jobs:
            return free_at(self.host)
        poll = self._source_due()
        backfill = None if self.is_held else self._backfill_time(poll)
        wanted = _earliest(poll, *map(self._due_of, _OTHERS), backfill)
        return None if self.awaits_robots else self._time_from(wanted)

    def backfill_time(self) -> float | None:
        """Returns when the host may be asked next for a backfill; None where there is nothing."""
        return self._time_from(self._backfill_time(None)) if self.takes_backfill else None

    def may_backfill(self, now: float) -> bool:
        """Tells whether the host may be asked for a backfill now."""
        if self.is_held:
            return False
        at = self._backfill_time(self._source_due())
        return at is not None and at <= now

    def _backfill_time(self, poll: float | None) -> float | None:
        """Returns when a backfill is due: where it would delay the next poll, it is after that."""
        if not self.takes_backfill:
            return None
        catalogue_due = None if self.is_reading else self._catalogue_due
        due = _earliest(catalogue_due, self._due_of(BACKFILL))
        if due is None or poll is None:
            return due
        at = max(due, free_at(self.host))
        lasts_s = max(self.host.response_s, _ANSWER_S)
        ends = at + lasts_s + delay_of(self.host, self.delay_s, self._rules)
        return max(due, poll) if poll < ends else due

    def _time_from(self, wanted: float | None) -> float | None:
        if wanted is None:
            return None
        return max(wanted, free_at(self.host))

    def led_robots(self) -> RobotsJob | None:
        """Takes out a robots.txt that a redirect of another host led here for."""
        return self.robots_jobs.popleft() if self.robots_jobs else None

    def due_robots(self, origin: Origin, now: float) -> RobotsJob | None:
        """Returns the robots.txt that is to be asked before anything else of an origin."""
        if now < origin.robots_due:
            return None
        return RobotsJob(self.host.name, origin.url, robots_url(origin.url))

    def due_tdm(self, origin: Origin, now: float) -> RobotsJob | None:
        """Returns the tdmrep.json that is to be asked before any page of an origin."""
        if now < origin.tdm_due:
            return None
        return RobotsJob(self.host.name, origin.url, tdmrep_url(origin.url), is_tdm=True)

    def origin_of(self, url: str) -> Origin:
        """Returns what is known of the origin of an address on this host."""
        name = origin_of(url)
        return self.host.origins.setdefault(name, Origin(url=name))

    def due_source(self, now: float) -> Source | None:
        """Takes out the source that is due, if there is one."""
        due = self._source_due()
        if due is None or due > now:
            return None
        return self._source_of[heappop(self._sources)[1]]

    def due_page(self, now: float, at_work: Collection[bytes]) -> Page | None:
        """Takes out the next page that is no backfill's: those found by schedule come first.

        Args:
            now: epoch seconds.
            at_work: keys of pages that are being fetched, or are not noted yet.
        """
        for rank in _OTHERS:
            page = self._due_page(rank, now, at_work)
            if page is not None:
                return page
        return None

    def put_back(self, page: Page) -> None:
        """Puts a page back that was taken out: something else is asked before."""
        self._chunks[page.rank].appendleft(page)

    def due_backfill(self, now: float, at_work: Collection[bytes]) -> Page | Catalogue | None:
        """Takes out what is next of a backfill: catalogues first, so that all is known early."""
        due = None if self.is_reading else self._catalogue_due
        if due is not None and due <= now:
            return self._catalogues.next_of(self.host.name, self._outlets)
        return self._due_page(BACKFILL, now, at_work)

    def forget_pages(self) -> None:
        """Lets go of pages that were read ahead: the database has changed under them."""
        for rank in RANKS:
            self._chunks[rank].clear()
            self.look_for_pages(rank)

    def _due_page(self, rank: int, now: float, at_work: Collection[bytes]) -> Page | None:
        chunk, due = self._chunks[rank], self._page_due[rank]
        if not chunk:
            if due is None or due > now:
                return None
            # Those at work are still in the database, and come first again.
            limit = _CHUNK + len(at_work)
            found = self._pages.waiting(self.host.name, rank, now, limit, self._outlets)
            chunk.extend(page for page in found if page.key not in at_work)
            if len(found) < limit:
                self.look_for_pages(rank, after=now)
        while chunk:
            # Another rank may have brought it meanwhile.
            if (page := chunk.popleft()).key not in at_work:
                return page
        return None

    def _due_of(self, rank: int) -> float | None:
        chunk = self._chunks[rank]
        return chunk[0].due if chunk else self._page_due[rank]

    def _source_due(self) -> float | None:
        while self._sources:
            due, url = self._sources[0]
            source = self._source_of.get(url)
            if source is not None and source.next_poll == due:
                return due
            heappop(self._sources)
        return None


def robots_of(origin: Origin) -> Robots:
    """Returns the rules of an origin's robots.txt; compiled ones are kept."""
    access = origin.robots_access or Access.CLOSED
    return compile_robots(access, origin.robots_body.encode("latin-1"))


def tdm_of(origin: Origin) -> TdmRules | None:
    """Returns the rules of an origin's tdmrep.json; compiled ones are kept."""
    body = origin.tdm_body
    return None if body is None else parse_tdmrep(body.encode("latin-1"))


def _earliest(*instants: float | None) -> float | None:
    return min((at for at in instants if at is not None), default=None)
