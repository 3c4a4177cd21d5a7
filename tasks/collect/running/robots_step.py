"""What a host allows: its robots.txt, asked before anything, its tdmrep.json before any page."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tasks.collect.exchange import Answer, FetchError, Outcome, Request, RequestKind
from tasks.collect.memory.standings import Host, Origin
from tasks.collect.memory.state import State
from tasks.collect.opt_outs import MAX_TDMREP_BYTES
from tasks.collect.planning.outlets import host_key
from tasks.collect.planning.politeness import DAY_S, PolitenessRules, delay_of
from tasks.collect.redirects import find_redirect
from tasks.collect.robots import KEPT_FOR, Access, RobotsCopy, read_robots
from tasks.collect.running.catalogue_step import CatalogueSteps
from tasks.collect.running.host_queue import HostQueue, RobotsJob, robots_of
from tasks.collect.running.hosts import Hosts
from tasks.collect.running.page_step import PageSteps

_OK, _CLIENT_ERRORS = 200, range(400, 500)


@dataclass(frozen=True, slots=True)
class RobotsSteps:
    """robots.txt files, from the request to the rules that hold for their origins.

    Attributes:
        state: where they are kept.
        hosts: whose they are.
        pages, catalogues: those of a host whose robots.txt cannot be had for long are given up.
        rules: the policy.
    """

    state: State
    hosts: Hosts
    pages: PageSteps
    catalogues: CatalogueSteps
    rules: PolitenessRules

    def request(self, job: RobotsJob) -> Request:
        """Returns what is asked."""
        return Request(job.url, RequestKind.ROBOTS)

    def taken_in(self, job: RobotsJob, reply: Answer | FetchError, now: float) -> None:
        """Takes in what came of asking for a robots.txt, behind which others wait."""
        owner = self.hosts.queue(job.for_host)
        owner.awaits_robots = False
        if isinstance(reply, Answer):
            try:
                visited = (*job.trail, job.url)
                target = find_redirect(reply, visited)
            except FetchError as error:
                reply, target = error, None
            if target is not None:
                self._follow(owner, replace(job, url=target, trail=visited), now)
                return
        origin = owner.origin_of(job.origin)
        if job.is_tdm:
            self._keep_tdm(owner.host, origin, reply, now)
        else:
            self._keep(owner, origin, read_robots(reply, _instant(now), _copy_of(origin)), now)
        self.hosts.reschedule(owner)

    def _follow(self, owner: HostQueue, job: RobotsJob, now: float) -> None:
        name = host_key(job.url)
        if name is None:
            error = FetchError(Outcome.PRIVATE_ADDRESS, f"a redirect to {job.url[:200]!r}")
            self.taken_in(job, error, now)
            return
        queue = self.hosts.queue(name)
        queue.robots_jobs.append(job)
        owner.awaits_robots = True
        self.hosts.reschedule(queue)

    def _keep(self, owner: HostQueue, origin: Origin, copy: RobotsCopy, now: float) -> None:
        # A copy that was good before, or one that allows nothing: the server could not say.
        has_failed = copy.access is Access.CLOSED or bool(copy.detail)
        origin.robots_failures = origin.robots_failures + 1 if has_failed else 0
        retry_s = self.rules.robots_retry_s * 2.0 ** min(origin.robots_failures - 1, 20)
        origin.robots_due = now + (min(retry_s, DAY_S) if has_failed else KEPT_FOR.total_seconds())
        origin.robots_access = copy.access
        origin.robots_body = copy.body.decode("latin-1")
        origin.robots_asked_at = now
        origin.robots_good_at = copy.good_at.timestamp()
        host = owner.host
        asked = (robots_of(other).crawl_delay_s for other in host.origins.values())
        host.crawl_delay_s = max((delay for delay in asked if delay is not None), default=None)
        # What it asks for counts from its own end.
        host.ready_at = max(host.ready_at, now + delay_of(host, owner.delay_s, self.rules))
        with self.state.transaction():
            self.state.standings.keep_host(host)
            if copy.access is Access.CLOSED:
                self._wait(owner, origin, copy.detail, now)

    def _wait(self, owner: HostQueue, origin: Origin, problem: str, now: float) -> None:
        """Lets what is asked of an origin wait; what has waited for long is denied."""
        waited = now - self.rules.robots_patience_s
        name, denied = owner.host.name, Outcome.ROBOTS_DENIED
        self.pages.give_up(name, denied, now, found_before=waited, origin=origin.url)
        self.catalogues.give_up(origin.url, problem, found_before=waited)
        self.state.pages.postpone_origin(name, origin.url, origin.robots_due)
        owner.forget_pages()

    def _keep_tdm(self, host: Host, origin: Origin, reply: Answer | FetchError, now: float) -> None:
        """Keeps a tdmrep.json for a day; where it cannot be had, the last one still holds."""
        try:
            if isinstance(reply, FetchError):
                raise reply
            if reply.status == _OK:
                origin.tdm_body = reply.decoded(MAX_TDMREP_BYTES).decode("latin-1")
            elif reply.status in _CLIENT_ERRORS:
                origin.tdm_body = None
            has_failed = reply.status != _OK and reply.status not in _CLIENT_ERRORS
        except FetchError:
            has_failed = True
        origin.tdm_due = now + (self.rules.tdm_retry_s if has_failed else DAY_S)
        with self.state.transaction():
            self.state.standings.keep_host(host)


def _copy_of(origin: Origin) -> RobotsCopy | None:
    if origin.robots_access is None:
        return None
    return RobotsCopy(
        origin.robots_access,
        origin.robots_body.encode("latin-1"),
        _instant(origin.robots_asked_at),
        _instant(origin.robots_good_at),
    )


def _instant(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
