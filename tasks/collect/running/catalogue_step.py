"""What becomes of a catalogue that was asked: pages of the past, and the catalogues it leads to.

All that reading one changes is one transaction, so that a backfill may be killed at any moment.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from tasks.collect.exchange import Answer, FetchError, Outcome, Request, RequestKind
from tasks.collect.memory.backfills import (
    Catalogue,
    CatalogueKind,
    Ending,
    Order,
)
from tasks.collect.memory.pages import BACKFILL
from tasks.collect.memory.state import State
from tasks.collect.planning.outlets import CollectPlan, OutletsByHost, host_key, origin_of
from tasks.collect.planning.politeness import FINAL_FAILURES
from tasks.collect.redirects import find_redirect
from tasks.collect.robots import Robots, sitemaps_of
from tasks.collect.running.finding import find_entries
from tasks.collect.running.host_queue import HostQueue
from tasks.collect.running.hosts import Hosts
from tasks.collect.running.new_catalogues import child_of, first_catalogues
from tasks.collect.running.reading_catalogues import Count, Listing, read_catalogue
from tasks.collect.running.shown import ShownEntry

_OK = 200
_REFUSED = range(400, 500)


@dataclass(frozen=True, slots=True)
class CatalogueRules:
    """How catalogues are read.

    Attributes:
        after_s: seconds from each failed try to the next; one more failure is the last.
        feed_pages: of one feed, at most.
        of_outlet: catalogues of an outlet in one backfill, at most: an index may name new ones for
            ever.
    """

    after_s: tuple[float, ...] = (900.0, 4 * 3600.0, 43.75 * 3600.0)
    feed_pages: int = 10_000
    of_outlet: int = 50_000


class CatalogueSteps:
    """Catalogues, from the order of a backfill to the last of them.

    Args:
        plan: what is collected.
        state: where backfills and pages are kept.
        hosts: where catalogues are scheduled.
        rules: the policy.
    """

    def __init__(
        self, plan: CollectPlan, state: State, hosts: Hosts, rules: CatalogueRules | None = None
    ) -> None:
        self._plan = plan
        self._state = state
        self._hosts = hosts
        self._rules = rules or CatalogueRules()
        self._orders: dict[int, Order] = {}
        self._counts: dict[tuple[int, str], int] = {}
        self._answers: dict[tuple[int, str], Answer] = {}
        self._outlets = OutletsByHost(plan)

    def begin(self, now: float) -> None:
        """Schedules the catalogues that wait; those of outlets that the plan has no more end."""
        self._orders = {known.id: known.order for known in self._state.backfills.all()}
        for catalogue in self._state.backfills.waiting():
            if catalogue.outlet not in self._plan.outlets:
                self._end(catalogue, Ending.FAILED, "its outlet is in the sources file no more")
            else:
                self._hosts.expect_catalogue(catalogue.host)
        self.take_orders(now)

    def take_orders(self, now: float) -> None:
        """Begins what was ordered since."""
        for backfill in list(self._state.backfills.all(only_new=True)):
            self._orders[backfill.id] = backfill.order
            with self._state.transaction():
                for catalogue in first_catalogues(self._plan, backfill, now):
                    self._put(catalogue)
                self._state.backfills.mark_begun(backfill.id)

    def request(self, catalogue: Catalogue) -> Request:
        """Returns what is asked."""
        is_feed = catalogue.kind is CatalogueKind.FEED
        return Request(catalogue.address, RequestKind.FEED if is_feed else RequestKind.SITEMAP)

    def name_sitemaps(self, catalogue: Catalogue, robots: Robots, now: float) -> None:
        """Takes in the sitemaps that a robots.txt names, which is at hand."""
        with self._state.transaction():
            named = dict.fromkeys(sitemaps_of(robots, catalogue.url), False)
            self._put_sitemaps(catalogue, named, now)
            self._end(catalogue, Ending.READ)

    def answered(self, catalogue: Catalogue, answer: Answer, now: float) -> None:
        """Takes in the answer to a catalogue, which `read` reads. A 429 or 503 is `throttled`.

        Raises:
            FetchError: the answer is of no use.
        """
        visited = (*catalogue.trail, catalogue.address)
        target = find_redirect(answer, visited)
        if target is not None:
            catalogue.trail, catalogue.ask_url = list(visited), target
            catalogue.host = host_key(target) or catalogue.host
            self._keep(catalogue, now)
        elif answer.status in _REFUSED:
            is_behind = catalogue.number > 1
            ending = Ending.MISSING if is_behind else Ending.FAILED
            self._end(catalogue, ending, f"{answer.status} {answer.reason}".strip())
        elif answer.status != _OK:
            raise FetchError(Outcome.HTTP_5XX, f"{answer.status} {answer.reason}".strip())
        else:
            self._answers[catalogue.backfill, catalogue.url] = answer
            self._queue_of(catalogue).is_reading = True

    def throttled(self, catalogue: Catalogue, wait_s: float, now: float) -> None:
        """Lets a catalogue wait as long as its host asks; that is no failed try."""
        self._ask_anew(catalogue)
        self._keep(catalogue, now + wait_s)

    def failed(self, catalogue: Catalogue, error: FetchError, now: float) -> None:
        """Lets a catalogue be asked again later; the last failure counts."""
        catalogue.tries += 1
        if error.outcome in FINAL_FAILURES or catalogue.tries > len(self._rules.after_s):
            self._end(catalogue, Ending.FAILED, str(error))
            return
        catalogue.problem = str(error)
        self._ask_anew(catalogue)
        self._keep(catalogue, now + self._rules.after_s[catalogue.tries - 1])

    def deny(self, catalogue: Catalogue) -> None:
        """Ends a catalogue that robots.txt forbids."""
        self._end(catalogue, Ending.DENIED, "robots.txt forbids it")

    def wait_for_robots(self, catalogue: Catalogue, until: float) -> None:
        """Lets a catalogue wait until its origin's robots.txt is asked again."""
        self._keep(catalogue, until)

    def give_up(self, origin: str, problem: str, found_before: float) -> None:
        """Ends the catalogues of an origin that were found before an instant."""
        for catalogue in self._state.backfills.waiting():
            if catalogue.found_at < found_before and origin_of(catalogue.address) == origin:
                self._end(catalogue, Ending.FAILED, problem)

    async def read(
        self, catalogue: Catalogue, now: float, pause: Callable[[], Awaitable[None]]
    ) -> None:
        """Takes in what a catalogue lists, if it was answered; others have their turns meanwhile.

        A kill in between has it read again: what is known already is not found twice.

        Args:
            catalogue: that was asked.
            now: epoch seconds.
            pause: gives others a turn.
        """
        answer = self._answers.pop((catalogue.backfill, catalogue.url), None)
        if answer is None:
            return
        counts: Counter[str] = Counter()
        try:
            for part in read_catalogue(catalogue, self._orders[catalogue.backfill], answer):
                with self._state.transaction():
                    self._take(catalogue, part, counts, now)
                await pause()
        except FetchError as error:
            self.failed(catalogue, error, now)
        queue = self._queue_of(catalogue)
        queue.is_reading = False
        self._hosts.reschedule(queue)

    def _take(self, catalogue: Catalogue, part: Listing, counts: Counter[str], now: float) -> None:
        if part.digest is not None and self._state.backfills.has_shown(catalogue, part.digest):
            # Some sites show one page for all numbers; all of it is taken in already.
            self._end(catalogue, Ending.REPEATED)
            return
        part.counts[Count.NEW] = self._find(catalogue, part.entries, now)
        counts.update({what.value: count for what, count in part.counts.items()})
        self._put_sitemaps(catalogue, part.sitemaps, now)
        ending = part.ending
        if part.next_page is not None:
            ending = self._put_next(catalogue, part.next_page, now)
        if ending is not None:
            catalogue.counts, catalogue.digest = dict(counts), part.digest
            self._end(catalogue, ending, part.problem)

    def _queue_of(self, catalogue: Catalogue) -> HostQueue:
        return self._hosts.queue(catalogue.host)

    def _put_next(self, catalogue: Catalogue, url: str, now: float) -> Ending:
        if catalogue.number >= self._rules.feed_pages:
            return Ending.LIMIT
        number = catalogue.number + 1
        self._put(child_of(catalogue, url, CatalogueKind.FEED, now, number=number))
        return Ending.READ

    def _put_sitemaps(self, catalogue: Catalogue, sitemaps: Mapping[str, bool], now: float) -> None:
        for url, is_dated in sitemaps.items():
            child = child_of(catalogue, url, CatalogueKind.SITEMAP, now)
            child.is_dated = is_dated
            self._put(child)

    def _put(self, catalogue: Catalogue) -> None:
        """Puts a catalogue into the state, unless it is there."""
        backfills = self._state.backfills
        of = catalogue.backfill, catalogue.outlet
        if of not in self._counts:
            self._counts[of] = backfills.count(*of)
        is_one_more = catalogue.host and not backfills.knows(catalogue.backfill, catalogue.url)
        if is_one_more and self._counts[of] < self._rules.of_outlet:
            self._counts[of] += 1
            backfills.keep(catalogue)
            self._hosts.expect_catalogue(catalogue.host)

    def _find(self, catalogue: Catalogue, entries: list[ShownEntry], now: float) -> int:
        """Takes in addresses, each for the outlet that wants it; returns how many are new."""
        told = (_told_by(catalogue),)
        by_outlet: dict[str, list[ShownEntry]] = {}
        for entry in entries:
            outlet = self._outlet_of(catalogue, entry.url)
            by_outlet.setdefault(outlet, []).append(replace(entry, fields=(*told, *entry.fields)))
        new = 0
        for outlet, named in by_outlet.items():
            pages = find_entries(self._plan.outlets[outlet], self._state, named, now, BACKFILL)
            new += len(pages)
            for page in {page.host: page for page in pages}.values():
                self._hosts.expect_page(page)
        return new

    def _outlet_of(self, catalogue: Catalogue, url: str) -> str:
        """Returns whose an address is: a site may be several outlets'."""
        if self._plan.outlets[catalogue.outlet].judge(url) is None:
            return catalogue.outlet
        order = self._orders[catalogue.backfill]
        for other in self._outlets.at(url):
            if order.covers(other.outlet.id) and other.judge(url) is None:
                return other.outlet.id
        return catalogue.outlet

    def _ask_anew(self, catalogue: Catalogue) -> None:
        catalogue.ask_url, catalogue.trail = None, []
        catalogue.host = host_key(catalogue.url) or catalogue.host

    def _end(self, catalogue: Catalogue, ending: Ending, problem: str | None = None) -> None:
        catalogue.ending, catalogue.problem, catalogue.due = ending, problem, None
        with self._state.transaction():
            self._state.backfills.keep(catalogue)
        self._hosts.expect_catalogue(catalogue.host)

    def _keep(self, catalogue: Catalogue, due: float) -> None:
        catalogue.due = due
        with self._state.transaction():
            self._state.backfills.keep(catalogue)
        self._hosts.expect_catalogue(catalogue.host)


def _told_by(catalogue: Catalogue) -> tuple[str, str]:
    prefix = "feed" if catalogue.kind is CatalogueKind.FEED else "sitemap"
    return (f"{prefix}.url", catalogue.url)
