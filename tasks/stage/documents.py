"""One document from its bytes to its record: what a worker process does."""

import time
import traceback
from dataclasses import dataclass

from schemas.reasons import Reason
from schemas.settings import Limits
from tasks.extract.extract import extract_document
from tasks.normalize.record import Record, normalize_document, record_refusal, seal_record
from tasks.normalize.reference import ReferenceSource, load_reference
from tasks.normalize.text_facts import TextFacts
from tasks.read.document import Document, Origin, Refusal
from tasks.stage.staged_evidence import EvidenceError, read_extraction


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrder:
    """What a worker needs to know besides the document.

    Attributes:
        batch_id: the batch that the document belongs to.
        pipeline_version: as published.
        limits: what the document may cost.
        reference: where the reference data comes from.
    """

    batch_id: str
    pipeline_version: str
    limits: Limits
    reference: ReferenceSource


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedDocument:
    """A document of an earlier run, as staged.

    Attributes:
        extraction: what extraction found in it.
        version: of the columns of staged/ that it was written with.
        text_facts: what its text was read as, where the same rules would read the same.
    """

    origin: Origin
    extraction: str
    version: int
    text_facts: TextFacts | None


Item = Document | Refusal | StagedDocument


def process_document(document: Item, order: WorkOrder) -> Record:
    """Extracts and normalizes a document; never raises for what the document holds.

    This is the containment boundary: a fault of ours costs one record, which keeps the traceback
    and the reason `internal_error`. The audit names it, and holds the run back where they are many.

    Raises:
        EvidenceError: the document is staged in a form that this code does not know.
    """
    started = time.process_time()
    reference = load_reference(order.reference)
    try:
        record = _decide(document, order)
    except MemoryError:
        raise  # nobody's bug: the pool tries again when there may be more
    except EvidenceError:
        raise  # of the warehouse, not of the document: its record must not be lost for that
    except Exception:  # noqa: BLE001 - the containment boundary
        refusal = Refusal(
            origin=document.origin,
            reason=Reason.INTERNAL_ERROR,
            detail=traceback.format_exc(limit=-8),
        )
        record = record_refusal(refusal)
    return seal_record(
        record,
        batch_id=order.batch_id,
        pipeline_version=order.pipeline_version,
        reference_version=reference.version,
        seconds=time.process_time() - started,
    )


def _decide(document: Item, order: WorkOrder) -> Record:
    reference = load_reference(order.reference)
    match document:
        case Refusal():
            return record_refusal(document)
        case StagedDocument():
            extraction = read_extraction(document.extraction, document.version)
            return normalize_document(document.origin, extraction, reference, document.text_facts)
        case Document():
            found = extract_document(document, order.limits)
            if isinstance(found, Refusal):
                return record_refusal(found)
            return normalize_document(document.origin, found, reference)
