"""Whose hands do the work of a map: threads, processes of their own, or a cluster's workers."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from schemas.settings import Settings
from tasks.stage.cluster import call_on, count_threads
from tasks.storage.maps import Map, map_in_processes, map_in_threads

S = TypeVar("S")
T = TypeVar("T")


def map_of(settings: Settings, *, apart: bool = False) -> Map:
    """Returns the map of a run.

    Args:
        settings: of the run; where they name a cluster, its workers do all of it.
        apart: whether each call is worth a process of its own. Not where a store is written: its
            lease is held by this process, and by none that it starts.
    """
    if settings.dask is not None:
        return partial(_map_on, settings.dask)
    return partial(map_in_processes if apart else map_in_threads, at_once=settings.workers)


def _map_on(address: str, work: str, call: Callable[[S], T], subjects: Sequence[S]) -> Iterator[T]:
    """Calls on a cluster: a thread here waits for each call that is under way."""

    def there(subject: S) -> T:
        return call_on(address, work, call, subject)

    if subjects:
        yield from map_in_threads(work, there, subjects, at_once=count_threads(address))
