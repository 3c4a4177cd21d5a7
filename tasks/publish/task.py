"""The Prefect tasks of the publish step: choose the stale partitions, write each."""

from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from schemas.settings import Settings
from tasks.publish import partitions
from tasks.publish.select import Partition, select_partitions
from tasks.storage import Warehouse


@task(name="select", cache_policy=NO_CACHE, persist_result=False)
def select(warehouse: Path, settings: Settings) -> list[Partition]:
    """Names the partitions that are stale; see `tasks.publish.select`."""
    return select_partitions(Warehouse(warehouse), settings)


@task(
    name="publish-partition",
    task_run_name="publish {partition.dataset} {partition.value}",
    cache_policy=NO_CACHE,
    persist_result=False,
)
def publish_partition(
    partition: Partition, warehouse: Path, settings: Settings
) -> partitions.PartitionCounts:
    """Writes one partition; see `tasks.publish.partitions`."""
    return partitions.publish_partition(Warehouse(warehouse), partition, settings)
