"""One document of raw/, read again for an explanation."""

from collections.abc import Iterator
from pathlib import Path

from schemas.raw_forms import RawKind, raw_form_of
from schemas.settings import Limits
from tasks.discover.batches import Batch
from tasks.discover.listing import list_one
from tasks.read.batch import read_batch
from tasks.read.document import Document, Refusal


def read_again(raw: Path, raw_path: str, raw_offset: int | None, limits: Limits) -> Document | None:
    """Returns a document as it lies in raw/ now.

    Args:
        raw: the raw folder.
        raw_path: as staged.
        raw_offset: as staged.
        limits: what a document may cost, as when it was staged.

    Returns:
        None where the document is not in its file, or cannot be read any more.

    Raises:
        OSError: the file is gone, or cannot be read.
    """
    for outcome in _read(raw, raw_path, raw_offset, limits):
        if outcome.origin.raw_offset == raw_offset:
            return outcome if isinstance(outcome, Document) else None
    return None


def is_entered(raw_path: str) -> bool:
    """Whether a document is read where it lies, however large its file is."""
    return raw_form_of(raw_path).is_entered


def _read(
    raw: Path, raw_path: str, raw_offset: int | None, limits: Limits
) -> Iterator[Document | Refusal]:
    file = list_one(raw, raw_path)
    end = raw_offset + 1 if raw_offset is not None and is_entered(raw_path) else None
    batch = Batch(
        batch_id="",
        source="",
        folder_day=None,
        first_day=None,
        kind=RawKind.LOOSE if file.refused else raw_form_of(raw_path).kind,
        files=(file,),
        start=raw_offset if end is not None else None,
        end=end,
        listing_digest="",
    )
    return read_batch(batch, raw, limits)
