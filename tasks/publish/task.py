"""The Prefect tasks of the publish step: choose the stale partitions, put them in order, write."""

from collections.abc import Sequence
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import task_run

from schemas.settings import Settings
from tasks.publish import partitions
from tasks.publish.select import Partition, select_partitions
from tasks.publish.waves import Wave, order_waves
from tasks.stage.task import is_worlds_fault
from tasks.storage.warehouse import Warehouse


@task(
    name="select",
    task_run_name="select in {warehouse}",
    cache_policy=NO_CACHE,
    persist_result=False,
)
def select(warehouse: Path, settings: Settings) -> list[Partition]:
    """Names the partitions that are stale; see `tasks.publish.select`."""
    return select_partitions(Warehouse(warehouse), settings)


def _name_order() -> str:
    return f"order {len(task_run.parameters['stale'])} partitions"


@task(
    name="order",
    task_run_name=_name_order,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def order(warehouse: Path, stale: Sequence[Partition]) -> list[Wave]:
    """Puts the stale partitions in the order of writing; see `tasks.publish.waves`."""
    return order_waves(Warehouse(warehouse), stale)


@task(
    name="shrink-partition",
    task_run_name="shrink {partition.dataset} {partition.value}",
    retries=2,
    retry_delay_seconds=[2, 10],
    retry_condition_fn=is_worlds_fault,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def shrink_partition(partition: Partition, warehouse: Path) -> partitions.PartitionCounts:
    """Takes out of one partition what moves elsewhere; see `tasks.publish.partitions`."""
    return partitions.shrink_partition(Warehouse(warehouse), partition)


@task(
    name="publish-partition",
    task_run_name="publish {partition.dataset} {partition.value}",
    retries=2,
    retry_delay_seconds=[2, 10],
    retry_condition_fn=is_worlds_fault,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def publish_partition(
    partition: Partition, warehouse: Path, settings: Settings
) -> partitions.PartitionCounts:
    """Writes one partition; see `tasks.publish.partitions`."""
    return partitions.publish_partition(Warehouse(warehouse), partition, settings)
