"""The Prefect tasks of the publish step: choose the stale partitions, put them in order, write."""

from collections.abc import Sequence
from pathlib import Path

from prefect import task
from prefect.runtime import task_run

from schemas.settings import Settings
from tasks.normalize.reference import ReferenceSource, load_reference
from tasks.orchestrator.task_options import RETRIED, UNCACHED
from tasks.publish.partitions import PartitionCounts, publish_share
from tasks.publish.publication import prepare_publication, settle_publication
from tasks.publish.published_changes import PublishedRows, read_published_rows
from tasks.publish.select import Partition, count_selected, select_partitions
from tasks.publish.shard_count import read_shard_count
from tasks.publish.shares import publish_there, shrink_there
from tasks.publish.waves import Wave, order_waves
from tasks.stage.cluster import call_on
from tasks.stage.hands import map_of
from tasks.storage.apart import call_apart
from tasks.storage.locations import is_on_disk
from tasks.storage.records import count_records
from tasks.storage.staged_view import StagedView
from tasks.storage.warehouse import Warehouse

# Partitions of so many rows are written in a process of its own, whose memory goes with it: some
# 300 MB that Arrow would keep. It costs half a second of CPU, most of it imports.
_APART_ROWS = 20_000
# Shards of so many records are made in processes too: 100 MB each.
_LARGE_SHARD = 250_000


@task(
    name="select",
    task_run_name="select in {warehouse}",
    **UNCACHED,
)
def select(warehouse: Path, settings: Settings, seen: StagedView) -> list[Partition]:
    """Names the partitions that are stale; see `tasks.publish.select`."""
    target = Warehouse(warehouse)
    spread = map_of(settings, apart=_has_large_shards(target, seen))
    return select_partitions(target, settings, spread, seen)


def _has_large_shards(warehouse: Warehouse, seen: StagedView) -> bool:
    count = read_shard_count(warehouse)
    if count == 1 or not is_on_disk(warehouse.root):
        return False
    return count_records(warehouse, seen) >= _LARGE_SHARD * count


@task(
    name="read-published",
    task_run_name="read what is published in {warehouse}",
    **UNCACHED,
)
def read_published(warehouse: Path, stale: Sequence[Partition]) -> PublishedRows:
    """Notes what analysts see before it changes; see `tasks.publish.published_changes`."""
    return read_published_rows(Warehouse(warehouse), stale)


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


def _describe(verb: str, share: Sequence[Partition]) -> str:
    first, *others = share
    name = f"{verb} {first.dataset} {first.value}"
    return f"{name} and {len(others)} more" if others else name


def _name_share(verb: str) -> str:
    return _describe(verb, task_run.parameters["share"])


@task(
    name="shrink-partitions",
    task_run_name=lambda: _name_share("shrink"),
    **RETRIED,
)
def shrink_partitions(
    share: Sequence[Partition], warehouse: Path, settings: Settings
) -> list[PartitionCounts]:
    """Takes out of partitions what moves elsewhere; see `tasks.publish.partitions`."""
    work = _describe("shrinking", share)
    return call_on(settings.dask, work, shrink_there, str(warehouse.resolve()), share)


@task(
    name="publish-partitions",
    task_run_name=lambda: _name_share("publish"),
    **RETRIED,
)
def publish_partitions(
    share: Sequence[Partition], warehouse: Path, settings: Settings
) -> list[PartitionCounts]:
    """Writes partitions, one after the other; see `tasks.publish.partitions`."""
    target = Warehouse(warehouse)
    if settings.dask is not None:
        work, where = _describe("publishing", share), str(warehouse.resolve())
        return call_on(settings.dask, work, publish_there, where, share, settings)
    # A store's lease is held by this process, and by none that it starts.
    if is_on_disk(warehouse) and count_selected(target, share) >= _APART_ROWS:
        return call_apart(publish_share, target, share, settings)
    return publish_share(target, share, settings)


@task(
    name="begin-publication",
    task_run_name="begin publication in {warehouse}",
    **RETRIED,
)
def begin_publication(warehouse: Path, settings: Settings, reference: ReferenceSource) -> None:
    """Writes what readers must find before partitions change; see `tasks.publish.publication`."""
    prepare_publication(Warehouse(warehouse), settings, load_reference(reference).registry)


@task(
    name="end-publication",
    task_run_name="end publication in {warehouse}",
    **RETRIED,
)
def end_publication(warehouse: Path, settings: Settings, reference: ReferenceSource) -> None:
    """Takes away what only earlier readers needed; see `tasks.publish.publication`."""
    settle_publication(Warehouse(warehouse), settings, load_reference(reference).registry)
