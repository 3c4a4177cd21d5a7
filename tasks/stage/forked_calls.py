"""Calls in a process forked of the workers' template, when the workers have gone.

It has all rules of extraction and normalization, which take .7 s of CPU and 60 MB to load. What is
called has the limits of a document: what hangs or dies costs its own outcome, and not the run.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from threading import Lock
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from schemas.settings import Limits
from tasks.normalize.reference import ReferenceSource
from tasks.stage.template import Forking
from tasks.stage.workers import call_within, start_worker
from tasks.storage.stopping import StoppedError

T = TypeVar("T")
Subject = TypeVar("Subject")
Order = TypeVar("Order")


class ForkedCalls:
    """Calls functions in a process of their own; the template lives until this is closed.

    Args:
        limits: what a call may cost.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._processes = Forking()
        self._pool = ProcessPool(
            max_workers=1,
            initializer=start_worker,
            initargs=(ReferenceSource(),),
            context=self._processes,
        )
        self._calls: list[Future[Any]] = []
        self._is_closed = False
        self._lock = Lock()

    def map(
        self, function: Callable[[Subject, Order], T], subjects: Iterable[Subject], order: Order
    ) -> Iterator[T | None]:
        """Starts to call a function of a module with each subject, one after the other.

        Args:
            function: found by its name in its module.
            subjects: anything that pickle takes, as what is returned and raised.
            order: given with each of them.

        Returns:
            The outcomes in order, waited for one by one; None where a call broke its limits.

        Raises:
            StoppedError: this was closed.
            Exception: what the function raises, where its outcome is asked for.
        """
        calls = []
        with self._lock:
            if self._is_closed:
                raise StoppedError("the calls were stopped")
            for subject in subjects:
                call: Future[T] = self._pool.schedule(
                    call_within,
                    args=[self._limits, function, subject, order],
                    timeout=self._limits.page_wall_s,
                )
                calls.append(call)
            self._calls.extend(calls)
        return map(self._outcome, calls)

    def _outcome(self, call: "Future[T]") -> T | None:
        try:
            return call.result()
        except (TimeoutError, ProcessExpired, MemoryError, BrokenProcessPool, CancelledError):
            if self._is_closed:
                raise StoppedError("the calls were stopped") from None
            return None

    def close(self) -> None:
        """Ends the process at once, and the template where nobody else uses it.

        Who waits for an outcome gets StoppedError.
        """
        with self._lock:
            self._is_closed = True
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._processes.kill_all()
            self._pool.join()
            self._processes.close()
        for call in self._calls:
            call.cancel()
