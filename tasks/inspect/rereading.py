"""One document of raw/, read again for an explanation."""

from collections.abc import Iterator
from pathlib import Path

from schemas.raw_forms import RawKind, archive_of, raw_form_of
from schemas.row_fields import NO_OWN_FIELDS, OwnFields
from schemas.settings import Limits
from tasks.discover.batches import Batch
from tasks.discover.listing import list_one
from tasks.read.batch import read_batch
from tasks.read.document import Document, Refusal


def read_again(
    raw: Path,
    raw_path: str,
    raw_offset: int | None,
    limits: Limits,
    own: OwnFields = NO_OWN_FIELDS,
) -> Document | None:
    """Returns a document as it lies in raw/ now.

    Args:
        raw: the raw folder.
        raw_path: as staged.
        raw_offset: as staged.
        limits: what a document may cost, as when it was staged.
        own: a user's own names of fields, as then.

    Returns:
        None where the document is not in its file, or cannot be read any more.

    Raises:
        OSError: the file is gone, or cannot be read.
    """
    for outcome in _read(raw, raw_path, raw_offset, limits, own):
        if outcome.origin.raw_offset == raw_offset:
            return outcome if isinstance(outcome, Document) else None
    return None


def read_file(
    raw: Path, path: str, limits: Limits, own: OwnFields = NO_OWN_FIELDS
) -> Iterator[Document | Refusal]:
    """Reads all documents of a file of raw/, in order.

    Raises:
        OSError: the file is gone, or cannot be read.
    """
    return _read(raw, path, None, limits, own)


def find_file(raw: Path, raw_path: str) -> Path | None:
    """Returns the file that a document lies in: its own, or an archive; None where it is gone."""
    paths = (raw_path, archive_of(raw_path))
    return next((raw / path for path in paths if path and (raw / path).is_file()), None)


def is_entered(raw_path: str) -> bool:
    """Whether a document is read where it lies, however large its file is."""
    form = raw_form_of(raw_path)
    archive = archive_of(raw_path)
    if archive is None:
        return form.is_entered
    return raw_form_of(archive).kind is RawKind.ZIP and form.kind is RawKind.LOOSE


def _read(
    raw: Path, raw_path: str, raw_offset: int | None, limits: Limits, own: OwnFields
) -> Iterator[Document | Refusal]:
    archive = archive_of(raw_path)
    if archive is not None and (raw / raw_path).is_file():
        archive = None
    file = list_one(raw, archive or raw_path)
    can_enter = raw_offset is not None and raw_form_of(raw_path).is_entered
    batch = Batch(
        batch_id="",
        source="",
        folder_day=None,
        first_day=None,
        kind=RawKind.LOOSE if file.refused else raw_form_of(file.path).kind,
        files=(file,),
        start=raw_offset if can_enter else None,
        end=raw_offset + 1 if can_enter and raw_offset is not None else None,
        listing_digest="",
    )
    return read_batch(batch, raw, limits, own=own, entry=raw_path if archive else None)
