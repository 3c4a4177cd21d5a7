"""How Prefect runs the steps' tasks: the options that they share."""

from typing import Any

from prefect import State, Task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import TaskRun


def is_worlds_fault(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Tells Prefect to retry what disks and networks do to us, and nothing else."""
    return isinstance(state.result(raise_on_failure=False), OSError)


# What is done already is told by digests in the warehouse, so Prefect keeps no results.
UNCACHED: dict[str, Any] = {"cache_policy": NO_CACHE, "persist_result": False}
# For tasks that touch raw/ or the warehouse.
RETRIED: dict[str, Any] = {
    **UNCACHED,
    "retries": 2,
    "retry_delay_seconds": [2, 10],
    "retry_condition_fn": is_worlds_fault,
}
