"""What becomes of a page that was asked for: stored, asked again later, or given up."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from schemas.settings import Limits
from tasks.collect.archive.warc_records import ArchivedPage
from tasks.collect.archive.warc_writer import Gathered, WarcWriter
from tasks.collect.exchange import Answer, FetchError, Outcome, Request, RequestKind
from tasks.collect.memory.accounts import day_of
from tasks.collect.memory.pages import AGAIN, BACKFILL, LIVE, Page, Settled, Version, page_key
from tasks.collect.memory.standings import Host
from tasks.collect.memory.state import State
from tasks.collect.opt_outs import find_opt_outs
from tasks.collect.planning.outlets import CollectPlan, host_key
from tasks.collect.planning.politeness import FINAL_FAILURES
from tasks.collect.redirects import find_redirect
from tasks.collect.running.host_queue import HostQueue, robots_of, tdm_of
from tasks.collect.running.hosts import Hosts
from tasks.collect.running.versions import ask_again, validators_of, version_of

# What one document may have when it is read.
_PAGE_BYTES = Limits().max_document_bytes
_OK, _NOT_MODIFIED = 200, 304
_GONE = frozenset({410, 401, 451})
_CLIENT_ERRORS = range(400, 500)
_DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class TryRules:
    """How often a page is tried.

    Attributes:
        after_s: seconds from each failed try to the next; one more failure is the last.
        throttled_s: a page whose host asks for fewer requests is given up after so long.
        dead_host_s: so are the pages of a host that has had no answer for so long.
        gather_pages: so many pages are stored at once ...
        gather_s: ... or as many as came in this time.
    """

    after_s: tuple[float, ...] = (900.0, 4 * 3600.0, 43.75 * 3600.0)
    throttled_s: float = 48 * 3600.0
    dead_host_s: float = 7 * _DAY_S
    gather_pages: int = 32
    gather_s: float = 0.5


class PageSteps:
    """Pages, from the answer to their outcome.

    Args:
        plan: what is collected.
        state: where pages wait.
        hosts: where pages are scheduled.
        writer: stores pages.
        rules: the policy.
    """

    def __init__(
        self,
        plan: CollectPlan,
        state: State,
        hosts: Hosts,
        writer: WarcWriter,
        rules: TryRules | None = None,
    ) -> None:
        self._plan = plan
        self._state = state
        self._hosts = hosts
        self._writer = writer
        self._rules = rules or TryRules()
        self._gathered: list[Gathered] = []
        self._gathered_since: float | None = None
        self._gathered_of: set[str] = set()
        self._stored_on = ""
        self._stored: dict[bool, Counter[str]] = {}
        self._gathered_keys: set[bytes] = set()
        # Those too that are under way: they still wait in the state, and are not asked twice.
        self.at_work: set[bytes] = set()

    def begin(self, now: float) -> None:
        """Leaves out the pages of outlets that the plan has no more."""
        while pages := self._state.pages.of_others(tuple(self._plan.outlets), 500):
            self.deny(pages, Outcome.EXCLUDED, now)
        self._hosts.look_again()

    def request(self, page: Page) -> Request:
        """Returns what is asked; until it is noted what came of it, the page is at work."""
        self.at_work.add(page.key)
        return Request(page.ask_url, RequestKind.PAGE, validators_of(page.version))

    def may_ask(self, page: Page, now: float) -> bool:
        """Tells whether a page is to be asked now.

        It is not where a redirect from elsewhere has brought it meanwhile, or where its outlet has
        had its pages for today: the others wait for tomorrow.
        """
        planned = self._plan.outlets[page.outlet]
        if not self._state.pages.is_waiting(page.key):
            return False
        if page.version is None and self._state.pages.is_settled(page.key):
            self.deny([page], Outcome.UNCHANGED, now)
            return False
        if page.version is not None and not planned.outlet.refetch:
            self.deny([page], Outcome.EXCLUDED, now)
            return False
        of_backfill = page.rank == BACKFILL
        stored = self._stored_today(now)[of_backfill]
        if stored[page.outlet] < planned.outlet.max_pages_per_day:
            return True
        tomorrow = (now // _DAY_S + 1) * _DAY_S
        with self._state.transaction():
            self._state.pages.postpone_outlet(page.outlet, tomorrow, is_backfill=of_backfill)
        self._hosts.look_again()
        return False

    def deny(self, pages: Sequence[Page], outcome: Outcome, now: float) -> None:
        """Gives pages an outcome without asking."""
        self.at_work.difference_update(page.key for page in pages)
        with self._state.transaction():
            self._state.pages.settle([Settled(page, outcome) for page in pages], now)

    def answered(self, page: Page, answer: Answer, now: float, queue: HostQueue) -> None:
        """Takes in the answer to a page. A 429 or 503 is `throttled`.

        Args:
            page: that was asked.
            answer: to it.
            now: epoch seconds.
            queue: of the host that answered.

        Raises:
            FetchError: the answer is of no use.
        """
        visited = (*page.trail, page.ask_url)
        target = find_redirect(answer, visited)
        if target is not None:
            self._follow(page, visited, target, now)
        elif answer.status == _OK:
            self._gather(page, visited, answer, now, queue)
        elif answer.status == _NOT_MODIFIED and page.version is not None:
            self._leave(page, page.version, now)
        else:
            is_refused = answer.status in _CLIENT_ERRORS
            outcome = Outcome.HTTP_4XX if is_refused else Outcome.HTTP_5XX
            self.failed(page, FetchError(outcome, str(answer.status)), now, answer.status in _GONE)

    def throttled(self, page: Page, wait_s: float, now: float) -> None:
        """Lets a page wait as long as its host asks; that is no failed try."""
        if now - page.found_at > self._rules.throttled_s:
            self.deny([page], Outcome.RATE_LIMITED, now)
        else:
            self._postpone(replace(page, ask_url=page.url, trail=(), due=now + wait_s))

    def failed(self, page: Page, error: FetchError, now: float, is_final: bool = False) -> None:
        """Lets a page be tried again later, from its first address; the last failure counts."""
        tries = page.tries + 1
        is_last = tries > len(self._rules.after_s)
        if is_final or is_last or error.outcome in FINAL_FAILURES:
            self.deny([page], error.outcome, now)
            return
        due = now + self._rules.after_s[tries - 1]
        self._postpone(replace(page, ask_url=page.url, trail=(), tries=tries, due=due))

    def give_up_dead(self, host: Host, now: float) -> None:
        """Gives up the pages of a host that has been dead for long."""
        if host.failing_since and now - host.failing_since > self._rules.dead_host_s:
            self.give_up(host.name, Outcome.GAVE_UP, now, found_before=now)

    def give_up(
        self, host: str, outcome: Outcome, now: float, found_before: float, origin: str = ""
    ) -> None:
        """Gives the pages of a host, or of one origin on it, found before an instant an outcome."""
        while pages := self._state.pages.found_before(host, found_before, 500, origin):
            self.deny(pages, outcome, now)
        self._hosts.look_again()

    def wait_for_robots(self, page: Page, until: float) -> None:
        """Lets a page wait until the robots.txt of its origin is asked for again."""
        self._postpone(replace(page, due=until))

    def next_flush(self) -> float | None:
        """Returns when the pages that are gathered are to be stored."""
        since = self._gathered_since
        if since is None or len(self._gathered) >= self._rules.gather_pages:
            return since
        return since + self._rules.gather_s

    def has_gathered_of(self, host: str) -> bool:
        """Tells whether a page of a host is gathered, and would be asked again after a kill."""
        return host in self._gathered_of

    def flush(self, now: float) -> None:
        """Stores the pages that are gathered."""
        if not self._gathered:
            return
        gathered, self._gathered, self._gathered_since = self._gathered, [], None
        self._gathered_of.clear()
        self._gathered_keys.clear()
        self._writer.store(gathered, datetime.fromtimestamp(now, UTC))
        stored = self._stored_today(now)
        for one in gathered:
            page = one.settled.page
            stored[page.rank == BACKFILL][page.outlet] += 1
            self.at_work.difference_update((page.key, *one.settled.also))
            if one.settled.again is not None:
                self._hosts.expect_page(one.settled.again)

    def _follow(self, page: Page, visited: tuple[str, ...], target: str, now: float) -> None:
        outcome = self._plan.outlets[page.outlet].judge(target)
        if outcome is None and self._is_known(page, [page_key(target)]):
            outcome = Outcome.UNCHANGED
        if outcome is not None:
            self.deny([page], outcome, now)
            return
        host = host_key(target) or page.host
        self._postpone(replace(page, ask_url=target, host=host, trail=visited, due=now))

    def _is_known(self, page: Page, keys: Iterable[bytes]) -> bool:
        """Whether redirects led to a page that is stored already, or gathered."""
        return any(
            key != page.key and (key in self._gathered_keys or self._state.pages.is_settled(key))
            for key in keys
        )

    def _gather(
        self, page: Page, visited: tuple[str, ...], answer: Answer, now: float, queue: HostQueue
    ) -> None:
        also = tuple(key for url in visited[1:] if (key := page_key(url)) != page.key)
        if self._is_known(page, also):
            self.deny([page], Outcome.UNCHANGED, now)
            return
        planned = self._plan.outlets[page.outlet]
        content = answer.decoded(_PAGE_BYTES)
        version = version_of(page, answer, content, now) if self._is_asked_again(page) else None
        if version is not None and page.version and version.digest == page.version.digest:
            self._leave(page, version, now)
            return
        origin = queue.origin_of(page.ask_url)
        signals = robots_of(origin).content_signals
        said = find_opt_outs(answer, content, tdm_of(origin), signals)
        if said.is_opted_out and planned.outlet.opt_out == "honour":
            self.deny([page], Outcome.OPTED_OUT, now)
            return
        found_at = datetime.fromtimestamp(page.found_at, UTC)
        fields = (
            ("collect.outlet", page.outlet),
            ("collect.found_at", f"{found_at:%Y-%m-%dT%H:%M:%SZ}"),
            *(("collect.hop", url) for url in visited[:-1]),
            *page.fields,
            *said.fields,
        )
        again = None if version is None else self._again(page, version, answer.url, now)
        settled = Settled(page, Outcome.STORED, also, again=again)
        archived = ArchivedPage(answer, self._plan.sent, fields)
        self._gathered.append(Gathered(planned.group, archived, settled))
        self._gathered_of.add(queue.host.name)
        self.at_work.update((page.key, *also))
        self._gathered_keys.update((page.key, *also))
        self._gathered_since = self._gathered_since or now

    def _is_asked_again(self, page: Page) -> bool:
        """Whether later versions are wanted: of what is new, not of what a backfill brings."""
        is_new = page.rank in {LIVE, AGAIN}
        return is_new and bool(self._plan.outlets[page.outlet].outlet.refetch)

    def _again(self, page: Page, version: Version, url: str, now: float) -> Page | None:
        """Returns a page that was just seen as it is asked for once more, where it led to."""
        times = self._plan.outlets[page.outlet].outlet.refetch
        return ask_again(
            replace(page, url=url, host=host_key(url) or page.host), version, times, now
        )

    def _leave(self, page: Page, version: Version, now: float) -> None:
        """Notes that a page is as it was stored before."""
        self.at_work.discard(page.key)
        again = self._again(page, version, page.url, now)
        with self._state.transaction():
            self._state.pages.settle([Settled(page, Outcome.UNCHANGED, again=again)], now)
            if again is not None:
                self._hosts.expect_page(again)

    def _postpone(self, page: Page) -> None:
        self.at_work.discard(page.key)
        with self._state.transaction():
            self._state.pages.postpone(page)
            self._hosts.expect_page(page)

    def _stored_today(self, now: float) -> dict[bool, Counter[str]]:
        """Returns what was stored of each outlet today; see `State.stored_on`."""
        if self._stored_on != day_of(now):
            self._stored_on = day_of(now)
            self._stored = self._state.stored_on(now)
        return self._stored
