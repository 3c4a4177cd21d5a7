"""What workers are handed and hand back; who hands it to them need not load the rules."""

from dataclasses import dataclass

from schemas.settings import Limits
from tasks.normalize.record import Record, record_refusal, seal_record
from tasks.normalize.reference import ReferenceSource, load_reference
from tasks.normalize.text_facts import TextFacts
from tasks.read.document import Document, Origin, Refusal


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


def record_refused(refusal: Refusal, order: WorkOrder) -> Record:
    """Returns the record of a document that is refused before anybody extracts it."""
    return seal(record_refusal(refusal), order)


def seal(record: Record, order: WorkOrder, seconds: float = 0.0) -> Record:
    """Adds the batch, the versions and the cost to a record; see `seal_record`."""
    return seal_record(
        record,
        batch_id=order.batch_id,
        pipeline_version=order.pipeline_version,
        reference_version=load_reference(order.reference).version,
        seconds=seconds,
    )
