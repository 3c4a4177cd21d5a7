"""Read CSV and TSV exports, one document a row; an offset is the row's number, from 0."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

from schemas.reasons import Reason
from schemas.row_fields import NO_OWN_FIELDS, OwnFields
from schemas.settings import Limits
from tasks.read.bytes.charsets import decode_text
from tasks.read.bytes.compression import (
    MAGIC_BYTES,
    Coding,
    UnreadableError,
    decompress,
    read_pieces,
    sniff_coding,
)
from tasks.read.document import Document, Refusal
from tasks.read.files.exported_rows import read_row
from tasks.read.origins import EMPTY_DIGEST, Evidence, FileOrigin, make_origin

_HEAD_BYTES = 64 * 1024
_DELIMITERS = (",", "\t", ";", "|")
_UTF8 = "utf-8-sig"


def read_csv(
    file: BinaryIO,
    file_origin: FileOrigin,
    limits: Limits,
    *,
    named_coding: Coding | None = None,
    own: OwnFields = NO_OWN_FIELDS,
) -> Iterator[Document | Refusal]:
    """Read the rows behind the line of names, in order.

    A row that cannot be read is one refusal, and so is what follows damage to the compression.

    Args:
        file: opened for reading bytes.
        file_origin: of the file.
        limits: what a document may cost.
        named_coding: the compression that the file's name promises.
        own: a user's own names of fields.
    """
    coding = sniff_coding(file.read(MAGIC_BYTES)) or named_coding
    file.seek(0)
    pieces = read_pieces(file)
    stream = _PieceStream(
        decompress(pieces, coding, limits.max_compression_ratio) if coding else pieces
    )
    csv.field_size_limit(limits.max_document_bytes)
    head = stream.peek(_HEAD_BYTES)
    text = io.TextIOWrapper(
        io.BufferedReader(stream), encoding=_charset_of(head), errors="replace", newline=""
    )
    rows = csv.DictReader(text, delimiter=delimiter_of(head))
    yield from _read_rows(rows, file_origin, limits, own)


def _read_rows(
    rows: "csv.DictReader[str]", file_origin: FileOrigin, limits: Limits, own: OwnFields
) -> Iterator[Document | Refusal]:
    number = 0
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except UnreadableError as error:
            reason = error.reason
            if reason is Reason.FILE_CORRUPT:
                reason = Reason.CONTAINER_RECORD_BROKEN
            yield _refuse(file_origin, number, reason, error)
            return
        except csv.Error as error:
            yield _refuse(file_origin, number, Reason.CONTAINER_RECORD_BROKEN, error)
        else:
            fields: dict[str, object] = {name: value for name, value in row.items() if name}
            yield read_row(fields, file_origin, number, limits, own)
        number += 1


def _refuse(file_origin: FileOrigin, number: int, reason: Reason, error: Exception) -> Refusal:
    origin = make_origin(file_origin, EMPTY_DIGEST, Evidence(), number)
    return Refusal(origin=origin, reason=reason, detail=f"row {number}: {error}")


def _charset_of(head: bytes) -> str:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:
            return _legacy_charset(head)
    return _UTF8


def _legacy_charset(head: bytes) -> str:
    """Name the charset that a text in it is decoded by."""
    text = decode_text(head)
    for codec in ("cp1252", "cp1251", "cp1250", "utf-16"):
        if head.decode(codec, "replace") == text:
            return codec
    return _UTF8


def delimiter_of(head: bytes) -> str:
    """Tell the delimiter: the sign that the line of names has most of."""
    names = head.split(b"\n", 1)[0].decode("utf-8", "replace")
    return max(_DELIMITERS, key=names.count)


class _PieceStream(io.RawIOBase):
    """Pieces of bytes as a file that is read once."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        self._held = b""

    def peek(self, size: int) -> bytes:
        """Look at the next bytes; fewer than `size` only where nothing more comes."""
        self._pull(lambda: len(self._held) < size)
        return self._held[:size]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._pull(lambda: not self._held)
        count = min(len(buffer), len(self._held))
        buffer[:count] = self._held[:count]
        self._held = self._held[count:]
        return count

    def _pull(self, is_wanting: Callable[[], bool]) -> None:
        while is_wanting() and (piece := next(self._pieces, None)) is not None:
            self._held += piece
