"""All hosts of a run: their queues, and the schedule over them."""

from collections.abc import Collection, Iterator

from tasks.collect.memory.pages import Page
from tasks.collect.memory.standings import Host, Source
from tasks.collect.memory.state import State
from tasks.collect.planning.outlets import CollectPlan, host_key
from tasks.collect.planning.pace import leave_pace, pace_of
from tasks.collect.planning.politeness import PolitenessRules, delay_of
from tasks.collect.planning.schedule import Schedule
from tasks.collect.running.host_queue import HostQueue

# Left where a run ends in order: the delays of all hosts are in the state.
_ENDED = "ended"


class Hosts:
    """The hosts that something is to be asked of.

    Attributes:
        schedule: when each may be asked.
        polled_since: a source that was polled since is not polled again in this run; None where it
            is.

    Args:
        plan: whose hosts are asked how often.
        state: where hosts and pages are kept.
        now: epoch seconds.
        rules: the policy.
        only: whose pages are taken; None for all.
    """

    def __init__(
        self,
        plan: CollectPlan,
        state: State,
        now: float,
        rules: PolitenessRules,
        only: Collection[str] | None = None,
    ) -> None:
        self.schedule = Schedule()
        self.polled_since: float | None = None
        self._takes_backfill = True
        self._state = state
        self._rules = rules
        self._only = only
        self._pace = pace_of(plan)
        self._queues: dict[str, HostQueue] = {}
        self._homes: dict[str, HostQueue] = {}
        self._by_address: dict[str, set[str]] = {}
        self._address_free: dict[str, float] = {}
        with state.transaction():
            has_ended = state.take_note(_ENDED) is not None
            leave_pace(state, self._pace)
        for host in state.standings.hosts():
            if not has_ended:
                # When it was asked last is not known: it may have been just now.
                wait_s = delay_of(host, self._pace.delay_of(host.name), rules)
                host.ready_at = max(host.ready_at, now + wait_s)
            self._add(host)
        with state.transaction():
            for name in state.pages.hosts():
                self.queue(name)

    def __iter__(self) -> Iterator[HostQueue]:
        """Yields all queues."""
        return iter(list(self._queues.values()))

    def queue(self, name: str) -> HostQueue:
        """Returns the queue of a host, which is made where there is none.

        Args:
            name: see `host_key`.
        """
        queue = self._queues.get(name)
        if queue is None:
            queue = self._add(Host(name=name))
            # Before it is asked anything: a run that is killed leaves that it was asked.
            self._state.standings.keep_host(queue.host)
        return queue

    def put_source(self, source: Source) -> None:
        """Schedules a source on the host that it is to be asked of."""
        if self.polled_since is not None and (source.last_poll or 0.0) >= self.polled_since:
            return
        name = host_key(source.address)
        if name is not None:
            queue = self.queue(name)
            before = self._homes.get(source.url)
            if before is not None and before is not queue:
                before.drop_source(source)
            self._homes[source.url] = queue
            queue.put_source(source)
            self.reschedule(queue)

    def expect_page(self, page: Page) -> None:
        """Schedules a page that was put into the state."""
        queue = self.queue(page.host)
        queue.expect_page(page.rank, page.due)
        self.reschedule(queue)

    def expect_catalogue(self, name: str) -> None:
        """Schedules what changed of a host's catalogues.

        Args:
            name: of the host, see `host_key`.
        """
        queue = self.queue(name)
        queue.look_for_catalogues()
        self.reschedule(queue)

    def leave_backfills(self) -> None:
        """Leaves backfills to other runs: this one ends with what is new."""
        self._takes_backfill = False
        for queue in self:
            queue.takes_backfill = False
            self.reschedule(queue)

    def has_backfill(self, until: float) -> bool:
        """Tells whether some host may be asked for a backfill before an instant."""
        times = (queue.backfill_time() for queue in self._queues.values())
        return any(at is not None and at <= until for at in times)

    def take_up(self, page: Page) -> None:
        """Schedules a page anew that has got another rank."""
        queue = self.queue(page.host)
        queue.forget_pages()
        self.reschedule(queue)

    def look_again(self) -> None:
        """Reads the pages anew: the state has changed under what was read ahead."""
        for queue in self:
            queue.forget_pages()
            self.reschedule(queue)

    def next_due(self, now: float) -> HostQueue | None:
        """Takes out a host that may be asked now; None where there is none."""
        while (name := self.schedule.pop(now)) is not None:
            queue = self._queues[name]
            if queue.is_busy:
                # Looking for its job has scheduled it again; the end of that will, too.
                continue
            at = self._time_of(queue)
            if at is not None and at <= now:
                return queue
            # Another host on its address was asked meanwhile.
            self.reschedule(queue)
        return None

    def reschedule(self, queue: HostQueue) -> None:
        """Schedules a host at the time of what it has to do next."""
        if not queue.is_busy:
            self.schedule.put(queue.host.name, self._time_of(queue))

    def note_address(self, queue: HostQueue, now: float) -> None:
        """Notes that a host was asked, for those that share its IP address."""
        address = queue.host.ip_address
        if address is not None:
            self._by_address.setdefault(address, set()).add(queue.host.name)
            self._address_free[address] = now + self._rules.shared_address_s

    def keep(self) -> None:
        """Writes how all hosts stand: the run ends in order."""
        with self._state.transaction():
            for queue in self:
                self._state.standings.keep_host(queue.host)
            self._state.leave_note(_ENDED, "in order")

    def _time_of(self, queue: HostQueue) -> float | None:
        at = queue.next_time()
        address = queue.host.ip_address
        if at is None or address is None or len(self._by_address.get(address, ())) <= 1:
            return at
        return max(at, self._address_free.get(address, 0.0))

    def _add(self, host: Host) -> HostQueue:
        queue = self._queues[host.name] = HostQueue(
            host,
            self._pace.delay_of(host.name),
            self._state,
            outlets=self._only,
            rules=self._rules,
        )
        queue.takes_backfill = self._takes_backfill
        self.reschedule(queue)
        return queue
