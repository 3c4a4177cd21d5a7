"""Calls in a process forked of the workers' template, when the workers have gone.

It has all rules of extraction and normalization, which take .7 s of CPU and 60 MB to load. What is
called has the limits of a document: what hangs or dies costs its own outcome, and not the run.
"""

import signal
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any, TypeVar

from schemas.settings import Limits
from tasks.normalize.reference import ReferenceSource
from tasks.stage.template import ForkedProcess, Forking
from tasks.stage.workers import CPU_SPENT, call_within, start_worker
from tasks.storage.stopping import StoppedError

T = TypeVar("T")
Subject = TypeVar("Subject")
Order = TypeVar("Order")

# Not every death is the fault of what was called: an operator or the kernel may have killed it.
_TRIES = 2
# How long a template that was killed may take until it is gone.
_PATIENCE_S = 5.0
_TRY_AGAIN_S = 0.02


class ForkedCalls:
    """Calls functions in a process of their own; the template lives until this is closed.

    One thread calls. Any may close.

    Args:
        limits: what a call may cost.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._processes = Forking()
        self._running: tuple[ForkedProcess, Connection] | None = None
        self._is_closed = False
        self._lock = Lock()

    def call(
        self, function: Callable[[Subject, Order], T], subject: Subject, order: Order
    ) -> T | None:
        """Calls a function of a module, and returns what it returns.

        Args:
            function: found by its name in its module.
            subject: anything that pickle takes, as what is returned and raised.
            order: given with it.

        Returns:
            None where the call passes its limits, or its process dies twice.

        Raises:
            StoppedError: this was closed.
            Exception: what the function raises.
        """
        for _ in range(_TRIES):
            process, connection = self._started()
            try:
                connection.send((function, subject, order))
                is_late = not connection.poll(self._limits.page_wall_s)
                error, outcome = (None, None) if is_late else connection.recv()
            except (EOFError, OSError):
                self._end()
                if process.exitcode == CPU_SPENT:
                    return None
                continue
            if is_late:
                self._end()
            if error is not None:
                raise error
            return outcome
        return None

    def _started(self) -> tuple[ForkedProcess, Connection]:
        """Returns the process and the way to it, which is started where there is none."""
        until = time.monotonic() + _PATIENCE_S
        while True:
            try:
                return self._start()
            except (OSError, EOFError):
                # The template was killed and is not gone yet; once it is, another is started.
                if time.monotonic() > until:
                    raise
                time.sleep(_TRY_AGAIN_S)

    def _start(self) -> tuple[ForkedProcess, Connection]:
        with self._lock:
            if self._is_closed:
                raise StoppedError("the calls were stopped")
            if self._running is None:
                ours, theirs = self._processes.Pipe()
                process = self._processes.Process(target=_serve, args=(theirs, self._limits))
                process.start()
                # Else nobody would learn that the process ended.
                theirs.close()
                self._running = process, ours
            return self._running

    def _end(self) -> None:
        """Ends the process, where there is one, and waits for that."""
        with self._lock:
            running, self._running = self._running, None
        if running is not None:
            process, connection = running
            process.kill()
            process.join()
            connection.close()

    def close(self) -> None:
        """Ends the process at once, and the template where nobody else uses it.

        Who waits for an outcome gets StoppedError.
        """
        with self._lock:
            self._is_closed = True
            running = self._running
        if running is not None:
            # Who calls hears of it, and takes it away.
            running[0].kill()
            running[0].join()
        self._processes.close()


def _serve(connection: Connection, limits: Limits) -> None:
    """Does what is asked for, until nobody holds the other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    start_worker(ReferenceSource())
    while True:
        try:
            function, subject, order = connection.recv()
        except EOFError:
            return
        connection.send(_outcome_of(limits, function, subject, order))


def _outcome_of(
    limits: Limits, function: Callable[[Any, Any], Any], subject: Any, order: Any
) -> tuple[Exception | None, Any]:
    try:
        return None, call_within(limits, function, subject, order)
    except Exception as error:  # noqa: BLE001 - it is raised again where the call was made
        return error, None
