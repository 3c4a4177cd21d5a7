"""The collector: one event loop that asks each host for what is due, as politely as it wants it.

A host has one request at a time. What an answer changes is in the state before the host is asked
again, so that a collector may be killed at any moment.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from typing import Any

from tasks.collect.archive.warc_writer import WarcWriter
from tasks.collect.exchange import Answer, Clock, FetchError, Transport
from tasks.collect.memory.backfills import Catalogue
from tasks.collect.memory.state import State
from tasks.collect.planning.outlets import CollectPlan
from tasks.collect.planning.politeness import PolitenessRules, after_request
from tasks.collect.planning.polling import PollingRules
from tasks.collect.running.catalogue_step import CatalogueRules, CatalogueSteps
from tasks.collect.running.fetch_log import FetchLog, fetch_of
from tasks.collect.running.host_queue import HostQueue, Job
from tasks.collect.running.hosts import Hosts
from tasks.collect.running.jobs import Jobs, is_backfill
from tasks.collect.running.page_step import PageSteps, TryRules
from tasks.collect.running.robots_step import RobotsSteps
from tasks.collect.running.shown import ReadSource
from tasks.collect.running.source_step import SourceSteps

# What is due later is left to the next run, where a run has no end of its own.
_PATIENCE_S = 130.0
# Epoch seconds are exact to a quarter of a microsecond: a wait ends behind its instant.
_ROUNDING_S = 1e-4


@dataclass(frozen=True, slots=True)
class CollectRules:
    """All figures of the policy.

    Attributes:
        polling: of sources.
        politeness: of hosts.
        tries: of pages.
        catalogues: of backfills.
        requests_at_once: to as many hosts.
        backfills_at_once: of these, so many may be for backfills: what is new finds others free.
        seal_s: open files are sealed so often, for a run that goes on.
        orders_s: so often a run looks for backfills that were ordered since.
    """

    polling: PollingRules = field(default_factory=PollingRules)
    politeness: PolitenessRules = field(default_factory=PolitenessRules)
    tries: TryRules = field(default_factory=TryRules)
    catalogues: CatalogueRules = field(default_factory=CatalogueRules)
    requests_at_once: int = 256
    backfills_at_once: int = 192
    seal_s: float = 900.0
    orders_s: float = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a collector works with.

    Attributes:
        transport: asks.
        clock: tells the time.
        read: reads what a source shows.
        writer: stores pages.
        log: takes a row for each request.
    """

    transport: Transport
    clock: Clock
    read: ReadSource
    writer: WarcWriter
    log: FetchLog


@dataclass(frozen=True, slots=True)
class Span:
    """How long a run lasts.

    Attributes:
        seconds: it ends then, or before where nothing is due any more; None for no end.
        is_once: each source is polled at most once, and the run ends with their pages; backfills
            are left to other runs.
        is_backfill: the run ends where nothing of a backfill is due any more.
    """

    seconds: float | None = None
    is_once: bool = False
    is_backfill: bool = False

    @property
    def goes_on(self) -> bool:
        """Whether the run lasts until it is stopped."""
        return self.seconds is None and not self.is_once


class Collector:
    """Collects by a plan, until it is told to stop.

    Args:
        plan: what is collected.
        state: what is remembered.
        tools: what it works with.
        rules: the policy.
        only: outlets to which the run is limited; None for all.
    """

    def __init__(
        self,
        plan: CollectPlan,
        state: State,
        tools: Tools,
        rules: CollectRules | None = None,
        only: frozenset[str] | None = None,
    ) -> None:
        self._rules = rules = rules or CollectRules()
        self._state = state
        self._tools = tools
        self._clock = tools.clock
        # Instants that never go back, and mean the same in the next run.
        self._base = tools.clock.now().timestamp() - tools.clock.monotonic()
        now = self._now()
        self._hosts = Hosts(plan, state, now, rules.politeness, only)
        self._pages = PageSteps(plan, state, self._hosts, tools.writer, rules.tries)
        self._catalogues = CatalogueSteps(plan, state, self._hosts, rules.catalogues)
        self._jobs = Jobs(
            state=state,
            hosts=self._hosts,
            robots=RobotsSteps(state, self._hosts, self._pages, self._catalogues, rules.politeness),
            sources=SourceSteps(plan, state, self._hosts, tools.read, rules.polling),
            pages=self._pages,
            catalogues=self._catalogues,
            rules=rules.politeness,
        )
        self._under_way: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()
        self._sleeps_until = 0.0
        self._is_stopping = False
        self._ends_with_work = False
        self._fault: BaseException | None = None
        self._pages.begin(now)
        self._jobs.sources.begin(now, only)
        self._catalogues.begin(now)
        self._orders_at = now + rules.orders_s
        self._backfills_under_way = 0
        self._held: deque[HostQueue] = deque()

    def stop(self) -> None:
        """Lets requests that are under way end, and sends no others."""
        self._is_stopping = True
        self._wake.set()

    async def run(self, span: Span, after_seal: Callable[[], None] = lambda: None) -> None:
        """Collects.

        Args:
            span: for how long.
            after_seal: is called where files were sealed in the course of a run that goes on.

        Raises:
            OSError: raw/ or the state cannot be written.
        """
        start = self._now()
        end = None if span.seconds is None else start + span.seconds
        seal_at = start + self._rules.seal_s if span.goes_on else None
        self._hosts.polled_since = start if span.is_once else None
        if span.is_once:
            self._hosts.leave_backfills()
        while True:
            now = self._now()
            self._is_stopping |= end is not None and now >= end
            self._is_stopping |= span.is_backfill and self._is_idle(span, now, end)
            if now >= self._orders_at:
                self._orders_at = now + self._rules.orders_s
                self._catalogues.take_orders(now)
            if not self._is_stopping:
                self._dispatch(now)
            self._flush_due(now)
            if not self._under_way and (self._is_stopping or self._is_idle(span, now, end)):
                break
            if seal_at is not None and now >= seal_at:
                seal_at = now + self._rules.seal_s
                self._seal(now)
                after_seal()
            await self._pause(span, now, end, seal_at)
        self._pages.flush(self._now())
        self._hosts.keep()
        self._tools.log.write(self._clock.now())

    def _now(self) -> float:
        return self._base + self._clock.monotonic()

    def _seal(self, now: float) -> None:
        self._pages.flush(now)
        self._tools.writer.seal()
        self._tools.log.write(self._clock.now())

    def _flush_due(self, now: float) -> None:
        due = self._pages.next_flush()
        if due is not None and (now >= due or self._is_stopping):
            self._pages.flush(now)

    def _dispatch(self, now: float) -> None:
        """Sends the requests whose time has come."""
        while not self._is_full:
            queue = self._hosts.next_due(now)
            if queue is None:
                if not self._release():
                    return
                continue
            self._hold(queue)
            job = self._jobs.next_of(queue, now)
            if job is None:
                self._hosts.reschedule(queue)
                continue
            # A kill repeats one request of a host at most.
            if self._pages.has_gathered_of(queue.host.name):
                self._pages.flush(now)
            queue.is_busy = True
            self._backfills_under_way += is_backfill(job)
            self._hosts.note_address(queue, now)
            task = asyncio.ensure_future(self._work(queue, job))
            self._under_way.add(task)
            task.add_done_callback(self._end)

    def _hold(self, queue: HostQueue) -> None:
        """Lets a host's backfills wait where there are enough under way."""
        is_enough = self._backfills_under_way >= self._rules.backfills_at_once
        if is_enough and not queue.is_held and queue.backfill_time() is not None:
            queue.is_held = True
            self._held.append(queue)

    def _release(self) -> bool:
        """Lets the host that has waited longest go on; tells whether there is one that may."""
        if not self._held or self._backfills_under_way >= self._rules.backfills_at_once:
            return False
        queue = self._held.popleft()
        queue.is_held = False
        self._hosts.reschedule(queue)
        return True

    async def _work(self, queue: HostQueue, job: Job) -> None:
        """Sends one request, and takes in what comes of it."""
        request = self._jobs.request(job, self._now())
        started, started_at = self._now(), self._clock.now()
        reply: Answer | FetchError
        try:
            reply = await self._tools.transport.send(request)
        except FetchError as error:
            reply = error
        ended = self._now()
        after_request(queue.host, started, ended, queue.delay_s, self._rules.politeness)
        seconds = ended - started
        self._tools.log.add(fetch_of(queue.host.name, request, reply, started_at, seconds))
        self._jobs.take_in(queue, job, reply, ended)
        queue.is_busy = False
        self._hosts.note_address(queue, ended)
        self._hosts.reschedule(queue)
        if isinstance(job, Catalogue):
            # The host may be asked for other things meanwhile.
            await self._catalogues.read(job, ended, lambda: self._clock.sleep(0))
        self._backfills_under_way -= is_backfill(job)

    def _is_idle(self, span: Span, now: float, end: float | None) -> bool:
        """Whether nothing more is due in the time of this run."""
        if self._pages.next_flush() is not None:
            return False
        if span.is_backfill:
            is_due = self._hosts.has_backfill(now + _PATIENCE_S)
            return not (is_due or self._backfills_under_way)
        if span.goes_on:
            return False
        at = self._hosts.schedule.next_time()
        horizon = now + _PATIENCE_S if end is None else end
        return at is None or at > horizon

    async def _pause(
        self, span: Span, now: float, end: float | None, seal_at: float | None
    ) -> None:
        """Waits until something is due, or a request has ended that changes what is."""
        orders_at = None if span.is_once else self._orders_at
        times = [end, seal_at, orders_at, self._pages.next_flush()]
        if not self._is_full:
            times.append(self._hosts.schedule.next_time())
        until = min((at for at in times if at is not None), default=inf)
        if self._is_stopping:
            until = inf
        self._sleeps_until = until
        self._ends_with_work = self._is_stopping or self._is_idle(span, now, end)
        self._wake.clear()
        waits: list[asyncio.Future[Any]] = [asyncio.ensure_future(self._wake.wait())]
        if until < inf:
            waits.append(
                asyncio.ensure_future(self._clock.sleep(max(until - now, 0.0) + _ROUNDING_S))
            )
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        if self._fault is not None:
            raise self._fault

    @property
    def _is_full(self) -> bool:
        return len(self._under_way) >= self._rules.requests_at_once

    def _end(self, task: "asyncio.Task[None]") -> None:
        """Wakes the loop where the end of a request changes what it waits for."""
        was_full = self._is_full
        self._under_way.discard(task)
        is_awaited = was_full or bool(self._held)
        is_awaited |= self._ends_with_work and not self._under_way
        if not task.cancelled() and (fault := task.exception()):
            self._fault = fault
        times = (self._hosts.schedule.next_time(), self._pages.next_flush())
        is_early = any(at is not None and at < self._sleeps_until for at in times)
        if is_awaited or is_early or self._fault is not None:
            self._wake.set()
