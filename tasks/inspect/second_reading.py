"""What a document is read a second time for: what was kept and cut of it, and what is no money.

staged/ keeps what was taken of a document. What was left out is found by all rules of extraction,
60 MB and .7 s of CPU, which are loaded where a document is read: in a run that is another process.
"""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.row_fields import NO_OWN_FIELDS, OwnFields
from schemas.settings import MEBIBYTE, Limits
from tasks.inspect.explained_amounts import RejectedGroup
from tasks.inspect.rereading import find_file, is_entered, read_again

# Reading a page again costs less than extracting it, which took so long (CPU seconds).
_QUICK_SECONDS = 2.0
_QUICK_BYTES = 64 * MEBIBYTE

# A document by its batch_id, raw_path and raw_offset.
DocumentKey = tuple[str, str, int | None]


@dataclass(frozen=True, slots=True)
class Piece:
    """A line or paragraph of a document.

    Attributes:
        text: as printed, white space squeezed. is_kept: whether it is part of the article's text.
        reason: what it was taken for, or the step that cut it.
    """

    text: str
    is_kept: bool
    reason: str


@dataclass(frozen=True, slots=True)
class PageAccount:
    """The pieces of a document in their order; `note` says why there are none, or not all."""

    pieces: tuple[Piece, ...] = ()
    note: str = ""

    @property
    def cut_by_reason(self) -> dict[str, int]:
        """Characters that were cut, by reason, the most first."""
        cut: Counter[str] = Counter()
        for piece in self.pieces:
            if not piece.is_kept:
                cut[piece.reason] += len(piece.text)
        return dict(cut.most_common())

    @property
    def kept_share(self) -> float:
        """Of all visible characters, those that are part of the text."""
        kept = sum(len(piece.text) for piece in self.pieces if piece.is_kept)
        return kept / max(sum(len(piece.text) for piece in self.pieces), 1)


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What a document shows that staged/ does not keep.

    Attributes:
        rejected_amounts: what looked like money and is none; None where that was left out.
        account: what was kept and cut of the document.
    """

    rejected_amounts: tuple[RejectedGroup, ...] | None
    account: PageAccount


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOrder:
    """How documents are read a second time.

    Attributes:
        raw: the raw folder; None where it is not at hand.
        limits: what a document may cost, as when it was staged.
        own: a user's own names of fields, as then.
        quickly: leave out what costs seconds.
    """

    raw: Path | None
    limits: Limits
    own: OwnFields = NO_OWN_FIELDS
    quickly: bool = False


def document_key(record: dict[str, Any]) -> DocumentKey:
    """Returns the key of a staged record's document."""
    return record["batch_id"], record["raw_path"], record["raw_offset"]


def read_second_time(record: dict[str, Any], order: ReadingOrder) -> SecondReading:
    """Reads the document of a staged record again.

    Args:
        record: column by column.
        order: how it is read.

    Raises:
        OSError: its file went meanwhile, or cannot be read.
    """
    from tasks.inspect.rejected_amounts import list_rejected  # noqa: PLC0415 - see above

    is_slow = order.quickly and record["seconds"] > _QUICK_SECONDS
    return SecondReading(None if is_slow else list_rejected(record), _account(record, order))


def _account(record: dict[str, Any], order: ReadingOrder) -> PageAccount:
    from tasks.inspect.page_account import account_for_dump, account_for_page  # noqa: PLC0415

    if not record["extraction"]:
        return PageAccount(note="The document was refused before anything was extracted from it.")
    extraction = json.loads(record["extraction"])
    if record["form"] == "text":
        return account_for_dump(extraction.get("blocks", ()))
    raw = order.raw
    path = None if raw is None else find_file(raw, record["raw_path"])
    if raw is None or path is None:
        return PageAccount(note="The raw document is not at hand, so what was cut is not known.")
    is_read_through = not is_entered(record["raw_path"]) and path.stat().st_size > _QUICK_BYTES
    if order.quickly and (record["seconds"] > _QUICK_SECONDS or is_read_through):
        return PageAccount(note="Left out, because it costs seconds; `newsmill explain` shows it.")
    document = read_again(raw, record["raw_path"], record["raw_offset"], order.limits, order.own)
    if document is None or document.origin.raw_digest != record["raw_digest"]:
        return PageAccount(note="The raw document has changed since it was staged.")
    return account_for_page(document, extraction, order.limits)
