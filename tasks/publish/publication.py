"""What stands around the waves of a publication, and all of it in one call.

The call is for who needs no orchestrator; the flow's tasks do the same in the same order.
"""

from collections.abc import Callable

from schemas.outlets import Registry
from schemas.settings import Settings
from tasks.publish.empty_datasets import (
    settle_empty_parts,
    settling_pause_s,
    write_empty_parts,
)
from tasks.publish.outlet_rows import write_outlets
from tasks.publish.select import select_partitions
from tasks.publish.waves import order_waves, write_wave
from tasks.storage.warehouse import Warehouse


def prepare_publication(
    warehouse: Warehouse, settings: Settings, registry: Registry | None
) -> None:
    """Writes what readers must find before partitions change: outlets, and files without rows.

    Args:
        warehouse: whose selections are written.
        settings: how it is partitioned.
        registry: of outlets; None where it is switched off.
    """
    write_empty_parts(warehouse, settings)
    write_outlets(warehouse, registry, keep_published=True)


def settle_publication(warehouse: Warehouse, settings: Settings, registry: Registry | None) -> None:
    """Takes away what only readers of the earlier partitions needed; see `prepare_publication`."""
    write_outlets(warehouse, registry)
    settle_empty_parts(warehouse, settings)


def publish_all(
    warehouse: Warehouse,
    settings: Settings,
    registry: Registry | None,
    pause: Callable[[float], object],
) -> None:
    """Publishes all that is stale, one partition after the other.

    Args:
        warehouse: which the caller holds; all that is staged there is judged.
        settings: how it is partitioned.
        registry: of outlets; None where it is switched off.
        pause: waits for readers, so many seconds.
    """
    stale = select_partitions(warehouse, settings)
    prepare_publication(warehouse, settings, registry)
    for wave in order_waves(warehouse, stale):
        pause(wave.pause_s)
        list(write_wave(warehouse, wave, settings))
    pause(settling_pause_s(warehouse))
    settle_publication(warehouse, settings, registry)
