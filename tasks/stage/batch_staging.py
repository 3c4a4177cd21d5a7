"""One batch to staged/: from raw/ (read, extract, normalize), or again from staged/ (normalize)."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from schemas.reasons import OF_THE_MOMENT, Reason
from schemas.settings import Settings
from schemas.tables import STAGED
from tasks.discover.batches import Batch, without_vanished
from tasks.discover.plan import LANDED, TRIES
from tasks.lineage.versions import pipeline_version
from tasks.normalize.record import ORIGIN_COLUMNS, Record
from tasks.normalize.reference import ReferenceSource, load_reference
from tasks.normalize.text_facts import TextFacts, text_rules_version
from tasks.read.batch import read_batch
from tasks.read.document import Origin, Refusal
from tasks.stage.erased_records import with_erased
from tasks.stage.pool import PagePool
from tasks.stage.staged_evidence import EvidenceError
from tasks.stage.staged_rows import write_records
from tasks.stage.work_orders import StagedDocument, WorkOrder
from tasks.storage.records import iterate_records
from tasks.storage.schema_versions import describe_older, file_version
from tasks.storage.tombstones import erased_keys
from tasks.storage.warehouse import Warehouse, find_metadata, read_metadata

# What is counted of files that went while a run read.
VANISHED = "vanished"


@dataclass(frozen=True, slots=True)
class BatchCounts:
    """What became of a batch.

    Attributes:
        documents: records written.
        raw_bytes: size of the files read; 0 where the batch was made from staged/.
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

    A file that went since it was listed is left to the next run, as if it had never been listed.
    Where records of it are staged the batch stays as it was: the next run asks before they go.

    Raises:
        OSError: raw/ cannot be read or the warehouse cannot be written; the batch is as it was.
    """
    gone: set[str] = set()
    now: Batch | None = batch
    while now is not None:
        try:
            counts = _stage_listed(now, raw, warehouse, settings, reference, pool)
        except FileNotFoundError:
            before = now
            now, vanished = without_vanished(before, raw)
            if now == before:
                raise
            gone.update(vanished)
            if gone.intersection(_staged_files(warehouse, batch.batch_id)):
                break
        else:
            skipped = {**counts.skipped, VANISHED: len(gone)} if gone else counts.skipped
            return replace(counts, skipped=skipped)
    return BatchCounts(batch.batch_id, 0, 0, {VANISHED: len(gone)})


def _staged_files(warehouse: Warehouse, batch_id: str) -> list[str]:
    footer = find_metadata(warehouse.records / f"{batch_id}.parquet")
    return list(footer.get("files", ()))


def _stage_listed(
    batch: Batch,
    raw: Path,
    warehouse: Warehouse,
    settings: Settings,
    reference: ReferenceSource,
    pool: PagePool,
) -> BatchCounts:
    order = _order(batch.batch_id, settings, reference)
    skipped: Counter[str] = Counter()
    documents = read_batch(batch, raw, settings.limits, skipped, own=settings.fields)
    footer = {
        "batch_id": batch.batch_id,
        "source": batch.source,
        "files": [file.path for file in batch.files],
        "listing_digest": batch.listing_digest,
        "extracted_by": order.pipeline_version,
    }
    before = find_metadata(warehouse.records / f"{batch.batch_id}.parquet")
    origin = ("listing_digest", "extracted_by")
    is_again = all(before.get(name) == footer[name] for name in origin)
    tries = before.get(TRIES, 0) + 1 if is_again else 1
    written = _write(
        warehouse, _with_versions(footer, order), pool.process(documents, order), tries
    )
    return BatchCounts(batch.batch_id, written, _batch_bytes(batch), dict(skipped))


def restage_batch(
    batch_id: str,
    warehouse: Warehouse,
    settings: Settings,
    reference: ReferenceSource,
    pool: PagePool,
) -> BatchCounts:
    """Normalizes a staged batch again from what extraction found, and writes it in its own place.

    Documents that were refused before extraction stay refused: only raw/ can tell more of them.

    Raises:
        OSError: the warehouse cannot be read or written; the batch is as it was.
        SchemaVersionError: another version staged it, and only raw/ can tell more; as above.
    """
    order = _order(batch_id, settings, reference)
    path = warehouse.records / f"{batch_id}.parquet"
    footer = read_metadata(path)
    documents = _staged_documents(warehouse, batch_id, footer)
    records = pool.process(documents, order)
    tries = max(footer.get(TRIES, 0), 1)
    try:
        written = _write(warehouse, _with_versions(footer, order), records, tries)
    except EvidenceError as error:
        raise describe_older(path, STAGED, footer, str(error)) from error
    return BatchCounts(batch_id, written, 0, {})


def _write(
    warehouse: Warehouse, footer: Mapping[str, Any], records: Iterable[Record], tries: int
) -> int:
    """Writes records, the days they landed on, and how often those of the moment were tried.

    Of a document that a tombstone names only that is written: it was erased, and came again.
    """
    refused = 0
    days: set[date] = set()
    keys = erased_keys(warehouse)

    def watched() -> Iterator[Record]:
        nonlocal refused
        for found in records:
            record = with_erased(found, keys) if keys else found
            refused += not OF_THE_MOMENT.isdisjoint(record.reasons)
            if record.landing_date:
                days.add(record.landing_date)
            yield record

    def metadata() -> dict[str, Any]:
        landed = [str(min(days)), str(max(days))] if days else []
        return {**footer, LANDED: landed, TRIES: tries if refused else 0}

    return write_records(warehouse, footer["batch_id"], watched(), metadata)


def _staged_documents(
    warehouse: Warehouse, batch_id: str, footer: Mapping[str, Any]
) -> Iterator[StagedDocument | Refusal]:
    are_text_facts_kept = footer.get("text_rules") == text_rules_version()
    columns = (*ORIGIN_COLUMNS, "reasons", "detail", "extraction")
    kept = TextFacts.COLUMNS if are_text_facts_kept else ()
    for row in iterate_records(warehouse, batch_id, (*columns, *kept)):
        known = {name: row[name] for name in ORIGIN_COLUMNS}
        origin = Origin(**known | {"faults": tuple(row["faults"])})
        if row["extraction"] is None:
            reason = Reason(row["reasons"][0])
            yield Refusal(origin=origin, reason=reason, detail=row["detail"])
        else:
            yield StagedDocument(
                origin=origin,
                extraction=row["extraction"],
                version=file_version(footer),
                text_facts=TextFacts.of_row(row) if are_text_facts_kept else None,
            )


def _order(batch_id: str, settings: Settings, reference: ReferenceSource) -> WorkOrder:
    return WorkOrder(
        batch_id=batch_id,
        pipeline_version=pipeline_version(),
        limits=settings.limits,
        reference=reference,
    )


def _with_versions(footer: Mapping[str, Any], order: WorkOrder) -> dict[str, Any]:
    """Adds what made the records; `state` names this state of them, for verdicts to speak of."""
    reference_version = load_reference(order.reference).version
    versions = (footer["listing_digest"], order.pipeline_version, reference_version)
    return {
        **footer,
        "pipeline_version": order.pipeline_version,
        "reference_version": reference_version,
        "text_rules": text_rules_version(),
        "state": hashlib.sha256("|".join(versions).encode()).hexdigest(),
    }


def _batch_bytes(batch: Batch) -> int:
    size = sum(file.size for file in batch.files)
    return (batch.end or size) - (batch.start or 0)
