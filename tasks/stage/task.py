"""The Prefect task of the stage step: one batch, from raw/ to staged/."""

from pathlib import Path

from prefect import task

from schemas.settings import Settings
from tasks.discover.batches import Batch
from tasks.normalize.reference import ReferenceSource
from tasks.orchestrator.task_options import RETRIED
from tasks.stage.batch_staging import BatchCounts, restage_batch, stage_batch
from tasks.stage.cluster import call_on
from tasks.stage.shared_pools import shared_pool
from tasks.storage.locations import parse_location
from tasks.storage.warehouse import Warehouse


@task(
    name="process-batch",
    task_run_name="process {batch.name} {batch.batch_id}",
    **RETRIED,
)
def process_batch(
    batch: Batch, raw: Path, warehouse: Path, settings: Settings, reference: ReferenceSource
) -> BatchCounts:
    """Reads, extracts, normalizes and stages one batch; see `tasks.stage.batch_staging`."""
    folders = (str(raw.resolve()), str(warehouse.resolve()))
    return call_on(
        settings.dask, "a batch", _stage_here, batch, *folders, settings, reference.absolute()
    )


@task(
    name="renormalize-batch",
    task_run_name="renormalize {batch_id}",
    **RETRIED,
)
def renormalize_batch(
    batch_id: str, warehouse: Path, settings: Settings, reference: ReferenceSource
) -> BatchCounts:
    """Normalizes a staged batch again, without extracting; see `tasks.stage.batch_staging`."""
    where = str(warehouse.resolve())
    return call_on(
        settings.dask, "a batch", _restage_here, batch_id, where, settings, reference.absolute()
    )


def _stage_here(
    batch: Batch, raw: str, warehouse: str, settings: Settings, reference: ReferenceSource
) -> BatchCounts:
    pool = shared_pool(settings, reference)
    return stage_batch(
        batch, parse_location(raw), Warehouse(parse_location(warehouse)), settings, reference, pool
    )


def _restage_here(
    batch_id: str, warehouse: str, settings: Settings, reference: ReferenceSource
) -> BatchCounts:
    pool = shared_pool(settings, reference)
    return restage_batch(batch_id, Warehouse(parse_location(warehouse)), settings, reference, pool)
