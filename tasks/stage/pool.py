"""A long-lived pool of worker processes in which a page costs no more than itself.

A worker gives each document a limit of CPU time, which the kernel ends it for, also in C code that
never returns; waiting for a loaded or a paused machine costs none. pebble's pool replaces workers
that end, and ends those that pass a limit of wall time. Whatever a document failed by, it is tried
once more alone before that is settled. Staged documents, which cost little, are handed over
together; where that fails, each is tried alone.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from itertools import groupby, islice
from threading import Condition, Lock
from types import TracebackType

from pebble import CONSTS, ProcessExpired, ProcessPool

from schemas.reasons import Reason
from schemas.settings import Settings
from tasks.normalize.record import Record
from tasks.normalize.reference import ReferenceSource
from tasks.read.document import Refusal
from tasks.stage.lost_workers import WorkersLostError
from tasks.stage.template import Forking
from tasks.stage.work_orders import Item, StagedDocument, WorkOrder, record_refused
from tasks.stage.workers import CPU_SPENT, process_by_rules, process_group, start_worker
from tasks.storage.stopping import StoppedError

# Groups in flight for each worker: enough that none waits, few enough that memory stays flat.
_WINDOW_PER_WORKER = 4
# Staged documents per hand-over: each takes a millisecond, and handing one over takes another.
_STAGED_TOGETHER = 32
# Workers that end while they are idle, without having begun a page, will hardly end better.
_RENEWALS = 3

# How often pebble looks for workers that ended, to start others (seconds). Each time one is
# replaced, a core would wait as long as five pages take, by pebble's own tenth of a second.
CONSTS.sleep_unit = 0.02

Group = tuple[Item, ...]
Records = Future[list[Record]]


class PagePool:
    """Processes documents in parallel, in order, each within its limits.

    Attributes:
        documents_done: how many documents have become records so far, over all batches.
    """

    def __init__(
        self,
        settings: Settings,
        reference: ReferenceSource,
        process: Callable[[Item, WorkOrder], Record] = process_by_rules,
    ) -> None:
        self._settings = settings
        self._process = process
        self._lock = Lock()
        self.documents_done = 0
        self._in_flight: set[Records] = set()
        self._is_stopped = False
        # Whether one document has all of the machine; of all in flight, the pool tells here.
        self._is_reserved = False
        self._changed = Condition()
        self._turn = Lock()
        self._closing = Lock()
        self._reference = reference
        self._renewals = 0
        self._processes = Forking(for_many=settings.are_workers_replaced)
        self._pool = self._make_pool()

    def _make_pool(self) -> ProcessPool:
        return ProcessPool(
            max_workers=self._settings.workers,
            max_tasks=self._settings.pages_per_worker,
            initializer=start_worker,
            initargs=(self._reference,),
            context=self._processes,
        )

    def __enter__(self) -> "PagePool":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def load(self) -> None:
        """Starts loading what workers are forked of, and does not wait for it."""
        self._processes.load()

    def close(self) -> None:
        """Ends the workers at once, hung ones too; who waits for their records gets StoppedError.

        A worker has nothing to lose. Asked to end it would do so only once it is out of C code.
        """
        with self._changed:
            self._is_stopped = True
            self._pool.stop()  # type: ignore[no-untyped-call]
            waited_for = tuple(self._in_flight)
            self._changed.notify_all()
        self._processes.kill_all()
        with self._closing:
            self._pool.join()
            self._processes.close()
        for future in waited_for:
            future.cancel()

    def process(self, documents: Iterable[Item], order: WorkOrder) -> Iterator[Record]:
        """Yields one record for each document, in order, with a bounded number in flight.

        Raises:
            StoppedError: the pool was stopped.
            WorkersLostError: there are no workers, and there will be none.
        """
        waiting: deque[tuple[Group, Records]] = deque()
        for group in _in_groups(documents):
            waiting.append((group, self._submit(group, order)))
            if len(waiting) >= _WINDOW_PER_WORKER * self._settings.workers:
                yield from self._settle(*waiting.popleft(), order)
        while waiting:
            yield from self._settle(*waiting.popleft(), order)

    def _submit(self, group: Group, order: WorkOrder) -> Records:
        future: Records
        if isinstance(refusal := group[0], Refusal):
            future = Future()
            future.set_result([record_refused(refusal, order)])
            return future
        with self._changed:
            self._changed.wait_for(lambda: not self._is_reserved or self._is_stopped)
            return self._schedule(group, order)

    def _schedule(self, group: Group, order: WorkOrder) -> Records:
        """Hands documents over; the caller has the lock of `_changed`."""
        if self._is_stopped:
            raise StoppedError("the page pool was stopped")
        self._renew()
        try:
            future: Records = self._pool.schedule(
                process_group,
                args=[self._process, group, order],
                timeout=self._settings.limits.page_wall_s,
            )
        except RuntimeError:
            future = Future()
            future.set_exception(BrokenProcessPool())
            return future
        self._in_flight.add(future)
        future.add_done_callback(self._land)
        return future

    def _land(self, future: Records) -> None:
        with self._changed:
            self._in_flight.discard(future)
            if not self._in_flight:
                self._changed.notify_all()

    def _settle(self, group: Group, future: Records, order: WorkOrder) -> list[Record]:
        records = self._outcome(group, future, order)
        with self._lock:
            self.documents_done += len(records)
        return records

    def _renew(self) -> None:
        """Makes another pool of processes, where one that was killed while idle broke this one.

        The caller has the lock of `_changed`.

        Raises:
            WorkersLostError: that was done before, time after time.
        """
        if self._pool.active:
            return
        self._renewals += 1
        if self._renewals > _RENEWALS:
            raise WorkersLostError(
                f"the worker processes do not start, or were ended, {_RENEWALS} times"
            )
        self._processes.kill_all()
        for future in tuple(self._in_flight):
            # pebble forgets those that no worker has begun.
            future.cancel()
        self._pool = self._make_pool()

    def _result(self, future: Records) -> list[Record]:
        try:
            return future.result()
        except CancelledError:
            if self._is_stopped:
                raise StoppedError("the page pool was stopped") from None
            raise BrokenProcessPool from None

    def _outcome(self, group: Group, future: Records, order: WorkOrder) -> list[Record]:
        try:
            return self._result(future)
        except (TimeoutError, ProcessExpired, MemoryError, BrokenProcessPool) as failure:
            # Not every death is the document's fault: an operator or the kernel may have killed the
            # worker, and what its neighbours took may have been too much for the machine.
            alone = self._try_beside_others if _is_cpu_spent(failure) else self._try_by_itself
            return [alone(document, order) for document in group]

    def _try_beside_others(self, document: Item, order: WorkOrder) -> Record:
        """Tries a document again, in a group of its own: CPU time does not depend on others."""
        return self._last_outcome(document, self._submit((document,), order), order)

    def _try_by_itself(self, document: Item, order: WorkOrder) -> Record:
        """Tries a document again when no other is in a worker, so that memory is all its own."""
        with self._turn:
            try:
                with self._changed:
                    self._is_reserved = True
                    if not self._is_stopped:
                        self._renew()
                    self._changed.wait_for(lambda: not self._in_flight or self._is_stopped)
                    future = self._schedule((document,), order)
                return self._last_outcome(document, future, order)
            finally:
                with self._changed:
                    self._is_reserved = False
                    self._changed.notify_all()

    def _last_outcome(self, document: Item, future: Records, order: WorkOrder) -> Record:
        limits = self._settings.limits
        try:
            return self._result(future)[0]
        except TimeoutError:
            detail = f"not done within {limits.page_wall_s:g} s, twice"
            return _refuse(document, Reason.PAGE_DEADLINE_EXCEEDED, detail, order)
        except ProcessExpired as death:
            if _is_cpu_spent(death):
                detail = f"not done within {limits.page_deadline_s:g} s of CPU time, twice"
                return _refuse(document, Reason.PAGE_DEADLINE_EXCEEDED, detail, order)
            detail = f"the worker died twice on this document (exit code {death.exitcode})"
            return _refuse(document, Reason.WORKER_DIED, detail, order)
        except BrokenProcessPool as error:
            if self._is_stopped:
                raise StoppedError("the page pool was stopped") from None
            raise WorkersLostError("the worker processes were ended, twice") from error
        except MemoryError:
            detail = "there was no memory left for this document, twice"
            return _refuse(document, Reason.WORKER_DIED, detail, order)


def _is_cpu_spent(failure: BaseException) -> bool:
    return isinstance(failure, ProcessExpired) and failure.exitcode == CPU_SPENT


def _refuse(document: Item, reason: Reason, detail: str, order: WorkOrder) -> Record:
    refusal = Refusal(origin=document.origin, reason=reason, detail=detail)
    return record_refused(refusal, order)


def _in_groups(documents: Iterable[Item]) -> Iterator[Group]:
    """Yields documents as they are handed over: what is staged together, others each alone."""
    for is_staged, run in groupby(documents, lambda item: isinstance(item, StagedDocument)):
        size = _STAGED_TOGETHER if is_staged else 1
        while group := tuple(islice(run, size)):
            yield group
