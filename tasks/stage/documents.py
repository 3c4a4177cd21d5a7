"""One document from its bytes to its record: what a worker process does."""

import time
import traceback

from schemas.reasons import Reason
from tasks.extract.extract import extract_document
from tasks.normalize.normalize_document import normalize_document
from tasks.normalize.record import Record, record_refusal
from tasks.normalize.reference import load_reference
from tasks.read.document import Document, Refusal
from tasks.stage.staged_evidence import EvidenceError, read_extraction
from tasks.stage.work_orders import Item, StagedDocument, WorkOrder, seal


def process_document(document: Item, order: WorkOrder) -> Record:
    """Extracts and normalizes a document; never raises for what the document holds.

    This is the containment boundary: a fault of ours costs one record, which keeps the traceback
    and the reason `internal_error`. The audit names it, and holds the run back where they are many.

    Raises:
        EvidenceError: the document is staged in a form that this code does not know.
    """
    started = time.process_time()
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
    return seal(record, order, time.process_time() - started)


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
