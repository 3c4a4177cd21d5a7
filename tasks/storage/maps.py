"""Maps: one function over many subjects, wherever its calls run.

A step that has many independent parts takes a `Map`, and does not know who does the work: this
thread, several, processes of their own, or the workers of a cluster (`tasks.stage.hands`). The
function is one of a module, and it is given all that it needs as one subject that pickle takes.
What it returns is small: files are read and written where it runs.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from functools import partial
from threading import Event
from typing import Protocol, TypeVar

from tasks.storage.apart import call_apart

S = TypeVar("S")
T = TypeVar("T")


class Map(Protocol):
    """Calls a function with each of some subjects."""

    def __call__(self, work: str, call: Callable[[S], T], subjects: Sequence[S]) -> Iterable[T]:
        """Yields what the function returns, in the order of its subjects.

        Args:
            work: what is done, in words for people: `selection`.
            call: a function of a module.
            subjects: what it is called with, one after the other or at once.

        Raises:
            Exception: what a call raised.
        """


def map_here(work: str, call: Callable[[S], T], subjects: Sequence[S]) -> Iterator[T]:  # noqa: ARG001 - as Map
    """Calls one after the other, in this thread."""
    return map(call, subjects)


def map_in_threads(
    work: str,  # noqa: ARG001 - as Map
    call: Callable[[S], T],
    subjects: Sequence[S],
    *,
    at_once: int,
) -> Iterator[T]:
    """Calls in threads, so many at once. After an error no further call begins."""
    if at_once == 1 or len(subjects) == 1:
        yield from map(call, subjects)
        return
    failed = Event()

    def call_unless_failed(subject: S) -> T:
        # Subjects begin in their order: what is left out comes after the one that failed, whose
        # error the caller sees first.
        if failed.is_set():
            raise CancelledError
        try:
            return call(subject)
        except BaseException:
            failed.set()
            raise

    with ThreadPoolExecutor(at_once) as threads:
        try:
            yield from threads.map(call_unless_failed, subjects)
        except BaseException:
            threads.shutdown(cancel_futures=True)
            raise


def map_in_processes(
    work: str, call: Callable[[S], T], subjects: Sequence[S], *, at_once: int
) -> Iterator[T]:
    """Calls each in a process of its own, whose memory goes with it, so many at once."""
    return map_in_threads(work, partial(call_apart, call), subjects, at_once=at_once)
