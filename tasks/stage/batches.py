"""One batch to staged/: from raw/ (read, extract, normalize), or again from staged/ (normalize)."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from schemas.reasons import Reason
from schemas.settings import Settings
from tasks.discover.batches import Batch, without_vanished
from tasks.lineage.versions import pipeline_version
from tasks.normalize.decisions import Mention
from tasks.normalize.reference import ReferenceSource, load_reference
from tasks.normalize.text_facts import TextFacts, plain, text_rules_version
from tasks.read.batch import read_batch
from tasks.read.document import Origin, Refusal
from tasks.stage.documents import StagedDocument, WorkOrder
from tasks.stage.pool import PagePool
from tasks.stage.staged_rows import write_records
from tasks.storage.records import iterate_records
from tasks.storage.warehouse import Warehouse, find_metadata, read_metadata

# What is counted of files that went while a run read.
VANISHED = "vanished"
_TEXT_FACTS = ("outlet_country", "money", "word_count", "text_signature")
_MENTION = tuple(field.name for field in fields(Mention) if field.name != "rule")
_ORIGIN = ("raw_path", "raw_offset", "raw_digest", "landing_date", "url", "fetched_at", "faults")


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
    facts = find_metadata(warehouse.records / f"{batch_id}.parquet")
    return list(facts.get("files", ()))


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
    documents = read_batch(batch, raw, settings.limits, skipped)
    facts = {
        "batch_id": batch.batch_id,
        "source": batch.source,
        "landing_date": batch.landing_date.isoformat() if batch.landing_date else None,
        "files": [file.path for file in batch.files],
        "signature": batch.signature,
        "extracted_by": order.pipeline_version,
    }
    records = pool.process(documents, order)
    written = write_records(warehouse, batch.batch_id, records, _with_versions(facts, order))
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
    """
    order = _order(batch_id, settings, reference)
    facts = read_metadata(warehouse.records / f"{batch_id}.parquet")
    are_kept = facts.get("text_rules") == text_rules_version()
    documents = _staged_documents(warehouse, batch_id, are_text_facts_kept=are_kept)
    records = pool.process(documents, order)
    written = write_records(warehouse, batch_id, records, _with_versions(facts, order))
    return BatchCounts(batch_id, written, 0, {})


def _staged_documents(
    warehouse: Warehouse, batch_id: str, *, are_text_facts_kept: bool
) -> Iterator[StagedDocument | Refusal]:
    columns = (*_ORIGIN, "reasons", "detail", "extraction")
    kept = _TEXT_FACTS if are_text_facts_kept else ()
    for row in iterate_records(warehouse, batch_id, (*columns, *kept)):
        origin = Origin(**{name: row[name] for name in _ORIGIN} | {"faults": tuple(row["faults"])})
        if row["extraction"] is None:
            reason = Reason(row["reasons"][0])
            yield Refusal(origin=origin, reason=reason, detail=row["detail"])
        else:
            yield StagedDocument(
                origin=origin,
                extraction=row["extraction"],
                text_facts=_text_facts(row) if are_text_facts_kept else None,
            )


def _text_facts(row: Mapping[str, Any]) -> TextFacts:
    return TextFacts(
        country=row["outlet_country"],
        mentions=tuple(_mention(amount) for amount in row["money"] if amount["kind"] == "mention"),
        word_count=row["word_count"],
        signature=row["text_signature"],
    )


def _mention(amount: Mapping[str, Any]) -> Mention:
    return plain(Mention(rule=amount["currency_rule"], **{name: amount[name] for name in _MENTION}))


def _order(batch_id: str, settings: Settings, reference: ReferenceSource) -> WorkOrder:
    return WorkOrder(
        batch_id=batch_id,
        pipeline_version=pipeline_version(),
        limits=settings.limits,
        reference=reference,
    )


def _with_versions(facts: Mapping[str, Any], order: WorkOrder) -> dict[str, Any]:
    """Adds what made the records; `stamp` names this state of them, for verdicts to speak of."""
    reference_version = load_reference(order.reference).version
    versions = (facts["signature"], order.pipeline_version, reference_version)
    return {
        **facts,
        "pipeline_version": order.pipeline_version,
        "reference_version": reference_version,
        "text_rules": text_rules_version(),
        "stamp": hashlib.sha256("|".join(versions).encode()).hexdigest(),
    }


def _batch_bytes(batch: Batch) -> int:
    size = sum(file.size for file in batch.files)
    return (batch.end or size) - (batch.start or 0)
