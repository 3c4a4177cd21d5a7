"""One batch from raw/ to staged/: read, extract, normalize, stage."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from schemas.settings import Settings
from tasks.discover.batches import Batch
from tasks.normalize.reference import ReferenceSource, load_reference
from tasks.read.batch import read_batch
from tasks.stage.documents import WorkOrder
from tasks.stage.pool import PagePool
from tasks.stage.records import write_records
from tasks.stage.versions import pipeline_version
from tasks.storage import Warehouse


@dataclass(frozen=True, slots=True)
class BatchCounts:
    """What became of a batch.

    Attributes:
        documents: records written.
        raw_bytes: size of the files read.
        skipped: what was seen and is no document, by kind.
    """

    batch_id: str
    documents: int
    raw_bytes: int
    skipped: Mapping[str, int]


def stage_batch(
    batch: Batch,
    raw: Path,
    warehouse: Warehouse,
    settings: Settings,
    reference: ReferenceSource,
    pool: PagePool,
) -> BatchCounts:
    """Turns every document of a batch into its record and writes them in place of earlier ones.

    Raises:
        OSError: raw/ cannot be read or the warehouse cannot be written; the batch is as it was.
    """
    order = WorkOrder(
        batch_id=batch.batch_id,
        pipeline_version=pipeline_version(),
        limits=settings.limits,
        reference=reference,
    )
    reference_version = load_reference(reference).version
    skipped: Counter[str] = Counter()
    documents = read_batch(batch, raw, settings.limits, skipped)
    metadata = {
        "batch_id": batch.batch_id,
        "source": batch.source,
        "landing_date": batch.landing_date.isoformat() if batch.landing_date else None,
        "files": [file.path for file in batch.files],
        "signature": batch.signature,
        "pipeline_version": order.pipeline_version,
        "reference_version": reference_version,
        "stamp": _stamp(batch.signature, order.pipeline_version, reference_version),
    }
    written = write_records(warehouse, batch.batch_id, pool.process(documents, order), metadata)
    return BatchCounts(
        batch_id=batch.batch_id,
        documents=written,
        raw_bytes=_batch_bytes(batch),
        skipped=dict(skipped),
    )


def _stamp(*parts: str) -> str:
    """Names a state of a batch's records: what a verdict speaks of."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def _batch_bytes(batch: Batch) -> int:
    size = sum(file.size for file in batch.files)
    return (batch.end or size) - (batch.start or 0)
