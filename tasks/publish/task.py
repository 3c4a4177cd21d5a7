"""The Prefect tasks of the publish step: choose the stale partitions, put them in order, write."""

from collections.abc import Sequence
from pathlib import Path

from prefect import task
from prefect.runtime import task_run

from schemas.settings import Settings
from tasks.orchestrator.task_options import RETRIED, UNCACHED
from tasks.publish.partitions import PartitionCounts, publish_share, shrink_partition
from tasks.publish.select import Partition, select_partitions
from tasks.publish.waves import Wave, order_waves
from tasks.storage.warehouse import Warehouse


@task(
    name="select",
    task_run_name="select in {warehouse}",
    **UNCACHED,
)
def select(warehouse: Path, settings: Settings) -> list[Partition]:
    """Names the partitions that are stale; see `tasks.publish.select`."""
    return select_partitions(Warehouse(warehouse), settings)


def _name_order() -> str:
    return f"order {len(task_run.parameters['stale'])} partitions"


@task(
    name="order",
    task_run_name=_name_order,
    **UNCACHED,
)
def order(warehouse: Path, stale: Sequence[Partition]) -> list[Wave]:
    """Puts the stale partitions in the order of writing; see `tasks.publish.waves`."""
    return order_waves(Warehouse(warehouse), stale)


def _name_share(verb: str) -> str:
    first, *others = task_run.parameters["share"]
    name = f"{verb} {first.dataset} {first.value}"
    return f"{name} and {len(others)} more" if others else name


@task(
    name="shrink-partitions",
    task_run_name=lambda: _name_share("shrink"),
    **RETRIED,
)
def shrink_partitions(share: Sequence[Partition], warehouse: Path) -> list[PartitionCounts]:
    """Takes out of partitions what moves elsewhere; see `tasks.publish.partitions`."""
    return [shrink_partition(Warehouse(warehouse), partition) for partition in share]


@task(
    name="publish-partitions",
    task_run_name=lambda: _name_share("publish"),
    **RETRIED,
)
def publish_partitions(
    share: Sequence[Partition], warehouse: Path, settings: Settings
) -> list[PartitionCounts]:
    """Writes partitions, one after the other; see `tasks.publish.partitions`."""
    return publish_share(Warehouse(warehouse), share, settings)
