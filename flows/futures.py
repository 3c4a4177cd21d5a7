"""Waiting for tasks."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from prefect.futures import PrefectFuture, as_completed

R = TypeVar("R")


def finish(
    futures: Sequence[PrefectFuture[R]], tell: Callable[[int], None] = lambda _: None
) -> list[R]:
    """Returns the results of tasks when all have ended, or raises the first error then.

    A flow that went on at the first error would let go of the warehouse while its other tasks
    still write there.

    Args:
        futures: what to wait for.
        tell: is told how many have ended, each time one has.
    """
    for ended, _ in enumerate(as_completed(list(futures)), start=1):
        tell(ended)
    return [future.result() for future in futures]
