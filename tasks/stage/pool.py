"""A long-lived pool of worker processes in which a page costs no more than itself.

pebble's pool gives every document a deadline that holds against C code that never returns: the
worker is killed and replaced, and only that document is lost. A worker that dies costs the document
it held, once it has died on it twice; the other documents go on. Staged documents, which cost
little, are handed over together; where that fails, each is tried alone.
"""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from itertools import groupby, islice
from threading import Lock
from types import TracebackType

from pebble import ProcessExpired, ProcessPool

from schemas.reasons import Reason
from schemas.settings import Limits, Settings
from tasks.normalize.record import Record
from tasks.normalize.reference import ReferenceSource
from tasks.read.document import Document, Form, Origin, Refusal
from tasks.stage.documents import Item, StagedDocument, WorkOrder, process_document

# Groups in flight for each worker: enough that none waits, few enough that memory stays flat.
_WINDOW_PER_WORKER = 4
# Staged documents per hand-over: each takes a millisecond, and handing one over takes another.
_STAGED_TOGETHER = 32
_WARM_UP = (
    b"<html><body><article><h1>Title</h1><p>By A. Reporter, 5 March 2024</p>"
    b"<p>It cost $5 and 3 euros.</p></article></body></html>"
)

Group = tuple[Item, ...]


class PagePool:
    """Processes documents in parallel, in order, each within its deadline.

    Attributes:
        documents_done: how many documents have become records so far, over all batches.
    """

    def __init__(
        self,
        settings: Settings,
        reference: ReferenceSource,
        process: Callable[[Item, WorkOrder], Record] = process_document,
    ) -> None:
        self._settings = settings
        self._process = process
        self._lock = Lock()
        self.documents_done = 0
        self._pool = ProcessPool(
            max_workers=settings.workers,
            max_tasks=settings.pages_per_worker,
            initializer=_start_worker,
            initargs=(reference, settings.limits),
            # A forked child inherits the locks of Prefect's threads; forkserver fails in a flow.
            context=multiprocessing.get_context("spawn"),
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

    def close(self) -> None:
        """Ends the workers; documents in flight are dropped."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def process(self, documents: Iterable[Item], order: WorkOrder) -> Iterator[Record]:
        """Yields one record for each document, in order, with a bounded number in flight."""
        waiting: deque[tuple[Group, Future[list[Record]]]] = deque()
        for group in _in_groups(documents):
            waiting.append((group, self._submit(group, order)))
            if len(waiting) >= _WINDOW_PER_WORKER * self._settings.workers:
                yield from self._settle(*waiting.popleft(), order)
        while waiting:
            yield from self._settle(*waiting.popleft(), order)

    def _submit(self, group: Group, order: WorkOrder) -> Future[list[Record]]:
        future: Future[list[Record]]
        if isinstance(group[0], Refusal):
            future = Future()
            future.set_result([process_document(refusal, order) for refusal in group])
            return future
        future = self._pool.schedule(
            _process_group,
            args=[self._process, group, order],
            timeout=self._settings.limits.page_deadline_s,
        )
        return future

    def _settle(self, group: Group, future: Future[list[Record]], order: WorkOrder) -> list[Record]:
        records = self._outcome(group, future, order)
        with self._lock:
            self.documents_done += len(records)
        return records

    def _outcome(
        self, group: Group, future: Future[list[Record]], order: WorkOrder
    ) -> list[Record]:
        try:
            return future.result()
        except TimeoutError:
            if len(group) == 1:
                return [self._refuse_late(group[0], order)]
        except ProcessExpired:
            # Not every death is the document's fault: an operator or the kernel may have killed the
            # worker. The second one on the same document is.
            pass
        return [self._try_alone(document, order) for document in group]

    def _try_alone(self, document: Item, order: WorkOrder) -> Record:
        try:
            return self._submit((document,), order).result()[0]
        except TimeoutError:
            return self._refuse_late(document, order)
        except ProcessExpired as death:
            detail = f"the worker died twice on this document (exit code {death.exitcode})"
            return self._refuse(document, Reason.WORKER_DIED, detail, order)

    def _refuse_late(self, document: Item, order: WorkOrder) -> Record:
        detail = f"not done within {self._settings.limits.page_deadline_s:g} s"
        return self._refuse(document, Reason.PAGE_DEADLINE_EXCEEDED, detail, order)

    def _refuse(self, document: Item, reason: Reason, detail: str, order: WorkOrder) -> Record:
        refusal = Refusal(origin=document.origin, reason=reason, detail=detail)
        return process_document(refusal, order)


def _in_groups(documents: Iterable[Item]) -> Iterator[Group]:
    """Yields documents as they are handed over: what is staged together, others each alone."""
    for is_staged, run in groupby(documents, lambda item: isinstance(item, StagedDocument)):
        size = _STAGED_TOGETHER if is_staged else 1
        while group := tuple(islice(run, size)):
            yield group


def _process_group(
    process: Callable[[Item, WorkOrder], Record], group: Group, order: WorkOrder
) -> list[Record]:
    return [process(document, order) for document in group]


_shared: dict[tuple[Settings, ReferenceSource], PagePool] = {}
_shared_lock = Lock()


def shared_pool(settings: Settings, reference: ReferenceSource) -> PagePool:
    """Returns this process's pool for these settings: one for all batches, started once."""
    with _shared_lock:
        key = (settings, reference)
        if key not in _shared:
            _shared[key] = PagePool(settings, reference)
        return _shared[key]


def documents_done() -> int:
    """Returns how many documents this process's pools have turned into records."""
    return sum(pool.documents_done for pool in list(_shared.values()))


def close_shared_pools() -> None:
    """Ends this process's pools."""
    with _shared_lock:
        for pool in _shared.values():
            pool.close()
        _shared.clear()


def _start_worker(reference: ReferenceSource, limits: Limits) -> None:
    """Loads what every document needs, and compiles it by use, before the first deadline runs."""
    order = WorkOrder(batch_id="", pipeline_version="", limits=limits, reference=reference)
    for form, content in ((Form.HTML, _WARM_UP), (Form.TEXT, _WARM_UP)):
        origin = Origin(raw_path="", raw_digest="")
        process_document(Document(origin=origin, form=form, content=content), order)
