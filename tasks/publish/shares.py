"""Shares of partitions, written wherever a call runs: all that it needs to know is told there."""

from collections.abc import Sequence

from schemas.settings import Settings
from tasks.publish.partitions import PartitionCounts, publish_share, shrink_partition
from tasks.publish.select import Partition
from tasks.storage.locations import parse_location
from tasks.storage.warehouse import Warehouse


def publish_there(
    warehouse: str, share: Sequence[Partition], settings: Settings
) -> list[PartitionCounts]:
    """Writes partitions of a warehouse at a location; see `tasks.publish.partitions`."""
    return publish_share(Warehouse(parse_location(warehouse)), share, settings)


def shrink_there(warehouse: str, share: Sequence[Partition]) -> list[PartitionCounts]:
    """Takes out of partitions what moves elsewhere; see `tasks.publish.partitions`."""
    target = Warehouse(parse_location(warehouse))
    return [shrink_partition(target, partition) for partition in share]
