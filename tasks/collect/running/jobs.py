"""One job of a host: which is next, what is asked for it, and who takes in what comes of it."""

from dataclasses import dataclass
from typing import Any

from tasks.collect.exchange import Answer, FetchError, Outcome, Request
from tasks.collect.http_times import retry_after_s
from tasks.collect.memory.backfills import Catalogue, CatalogueKind
from tasks.collect.memory.pages import BACKFILL, Page
from tasks.collect.memory.standings import Source
from tasks.collect.memory.state import State
from tasks.collect.planning.politeness import (
    CONNECTION_FAILURES,
    TOO_MANY_REQUESTS,
    UNAVAILABLE,
    PolitenessRules,
    after_answer,
    after_failure,
    after_success,
    after_throttling,
)
from tasks.collect.running.catalogue_step import CatalogueSteps
from tasks.collect.running.host_queue import HostQueue, Job, RobotsJob, robots_of
from tasks.collect.running.hosts import Hosts
from tasks.collect.running.page_step import PageSteps
from tasks.collect.running.robots_step import RobotsSteps
from tasks.collect.running.source_step import SourceSteps

# A server that fails has not said whether it may be asked as often as before.
_SERVER_ERROR = 500
_THROTTLED = frozenset({TOO_MANY_REQUESTS, UNAVAILABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Jobs:
    """The jobs of all hosts.

    Attributes:
        state: what one answer changes there is one transaction.
        hosts: whose jobs they are.
        robots, sources, pages, catalogues: take in the answers of their kind.
        rules: the policy of politeness.
    """

    state: State
    hosts: Hosts
    robots: RobotsSteps
    sources: SourceSteps
    pages: PageSteps
    catalogues: CatalogueSteps
    rules: PolitenessRules

    def next_of(self, queue: HostQueue, now: float) -> Job | None:
        """Returns what is asked of a host now; None where there is nothing."""
        return queue.led_robots() or self._next_source(queue, now) or self._next_page(queue, now)

    def _next_source(self, queue: HostQueue, now: float) -> Job | None:
        while source := queue.due_source(now):
            origin = queue.origin_of(source.address)
            if job := queue.due_robots(origin, now):
                queue.put_source(source)
                return job
            if not origin.has_robots:
                source.next_poll = origin.robots_due
                queue.put_source(source)
            elif robots_of(origin).allows(source.address):
                return source
            else:
                self.sources.deny(source, now)
        return None

    def _next_page(self, queue: HostQueue, now: float) -> Job | None:
        while page := queue.due_page(now, self.pages.at_work):
            if job := self._admit(queue, page, now):
                return job
        return self._next_of_backfill(queue, now)

    def _next_of_backfill(self, queue: HostQueue, now: float) -> Job | None:
        while queue.may_backfill(now):
            job: Job | None = queue.due_backfill(now, self.pages.at_work)
            if isinstance(job, Catalogue):
                job = self._admit_catalogue(queue, job, now)
            elif isinstance(job, Page):
                job = self._admit(queue, job, now)
            if job is not None:
                return job
        return None

    def _admit(self, queue: HostQueue, page: Page, now: float) -> Job | None:
        """Returns a page, or what is to be asked before it; None where it is not to be asked."""
        origin = queue.origin_of(page.ask_url)
        if job := queue.due_robots(origin, now):
            queue.put_back(page)
            return job
        if not origin.has_robots:
            self.pages.wait_for_robots(page, origin.robots_due)
        elif not robots_of(origin).allows(page.ask_url):
            self.pages.deny([page], Outcome.ROBOTS_DENIED, now)
        elif self.pages.may_ask(page, now):
            if job := queue.due_tdm(origin, now):
                queue.put_back(page)
                return job
            return page
        return None

    def _admit_catalogue(self, queue: HostQueue, catalogue: Catalogue, now: float) -> Job | None:
        """Returns a catalogue, or what is to be asked before it, as `_admit` does for a page."""
        origin = queue.origin_of(catalogue.address)
        if job := queue.due_robots(origin, now):
            return job
        if not origin.has_robots:
            self.catalogues.wait_for_robots(catalogue, origin.robots_due)
        elif catalogue.kind is CatalogueKind.ROBOTS:
            self.catalogues.name_sitemaps(catalogue, robots_of(origin), now)
        elif robots_of(origin).allows(catalogue.address):
            return catalogue
        else:
            self.catalogues.deny(catalogue)
        return None

    def request(self, job: Job, now: float) -> Request:
        """Returns the request of a job."""
        if isinstance(job, RobotsJob):
            return self.robots.request(job)
        if isinstance(job, Source):
            return self.sources.request(job, now)
        if isinstance(job, Catalogue):
            return self.catalogues.request(job)
        return self.pages.request(job)

    def take_in(self, queue: HostQueue, job: Job, reply: Answer | FetchError, now: float) -> None:
        """Notes what came of a job, in one transaction."""
        with self.state.transaction():
            self._note(queue, job, reply, now)

    def _note(self, queue: HostQueue, job: Job, reply: Answer | FetchError, now: float) -> None:
        host = queue.host
        if isinstance(reply, FetchError):
            after_failure(host, reply.outcome, reply.detail, now, self.rules)
            if reply.outcome in CONNECTION_FAILURES:
                self.state.standings.keep_host(host)
                self.pages.give_up_dead(host, now)
        else:
            was_failing = host.failures > 0
            after_answer(host, reply.ip_address)
            if was_failing:
                # Who looks at the state beside a collector, or after a kill, is to see it alive.
                self.state.standings.keep_host(host)
            if reply.status in _THROTTLED:
                wait_s = after_throttling(host, reply.status, retry_after_s(reply), now, self.rules)
                self.state.standings.keep_host(host)
                if not isinstance(job, RobotsJob):
                    self._steps_of(job).throttled(job, wait_s, now)
                    return
            elif reply.status < _SERVER_ERROR:
                after_success(host)
        self._settle(queue, job, reply, now)

    def _settle(self, queue: HostQueue, job: Job, reply: Answer | FetchError, now: float) -> None:
        if isinstance(job, RobotsJob):
            self.robots.taken_in(job, reply, now)
            return
        try:
            if isinstance(reply, FetchError):
                raise reply
            if isinstance(job, Page):
                self.pages.answered(job, reply, now, queue)
            else:
                self._steps_of(job).answered(job, reply, now)
        except FetchError as error:
            self._steps_of(job).failed(job, error, now)

    def _steps_of(self, job: Source | Page | Catalogue) -> Any:
        """Returns who takes in what comes of a job: each takes its own kind."""
        if isinstance(job, Source):
            return self.sources
        return self.catalogues if isinstance(job, Catalogue) else self.pages


def is_backfill(job: Job) -> bool:
    """Tells whether a job is a backfill's."""
    return isinstance(job, Catalogue) or (isinstance(job, Page) and job.rank == BACKFILL)
