"""How many of a run's tasks are in progress at once."""

from typing import Any

from prefect.task_runners import ThreadPoolTaskRunner

from schemas.settings import Settings
from tasks.stage.cluster import count_threads


def task_runner(settings: Settings) -> Any:
    """Returns a runner of threads: each hands a batch to processes, here or on a cluster.

    Raises:
        ClusterError: the cluster of the settings cannot be used.
    """
    busy = settings.workers if settings.dask is None else count_threads(settings.dask)
    # Batches are read in threads and worked on by processes: one more keeps them all busy.
    return ThreadPoolTaskRunner(max_workers=busy + 1)
