"""Waiting for tasks."""

from collections.abc import Sequence
from typing import TypeVar

from prefect.futures import PrefectFuture, wait

R = TypeVar("R")


def finish(futures: Sequence[PrefectFuture[R]]) -> list[R]:
    """Returns the results of tasks when all have ended, or raises the first error then.

    A flow that went on at the first error would let go of the warehouse while its other tasks
    still write there.
    """
    wait(list(futures))
    return [future.result() for future in futures]
