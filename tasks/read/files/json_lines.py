"""Read JSON lines, one document each; an offset is that of the line in the uncompressed stream."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO

from schemas.reasons import Reason
from schemas.row_fields import NO_OWN_FIELDS, OwnFields
from schemas.settings import Limits
from tasks.read.bytes.compression import (
    PIECE_BYTES,
    Coding,
    TruncatedError,
    UnreadableError,
    decompress,
    peek_head,
    read_pieces,
    sniff_coding,
)
from tasks.read.bytes.content_types import looks_plain
from tasks.read.containment import contain_record
from tasks.read.document import Document, Refusal
from tasks.read.files.exported_rows import read_row
from tasks.read.files.json_values import ObjectCutter
from tasks.read.origins import Evidence, FileOrigin, make_origin

# A line may spell each two-byte letter with the six of `\uXXXX`.
_LINE_BYTES_PER_BYTE = 3
_SNIFFED_BYTES = 2048
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# Nothing but an opening brace, or one field and its comma.
_OPEN_LINE = re.compile(rb'\{\s*(?:"(?:[^"\\\r\n]|\\.){0,200}"\s*:\s*[^\r\n{}]*,?\s*)?\r?\n')


@dataclass(slots=True)
class _Line:
    """A line without its line end, as it is put together.

    Attributes:
        offset: of its first byte.
        max_bytes: how many of its bytes to keep.
        content: what is kept of it.
        size: of the whole line.
        is_ended: a line end stands behind it.
        fault: why it breaks off.
    """

    offset: int
    max_bytes: int
    content: bytearray = field(default_factory=bytearray)
    size: int = 0
    is_ended: bool = False
    fault: UnreadableError | None = None

    def add(self, data: bytes) -> None:
        self.size += len(data)
        self.content += data[: self.max_bytes - len(self.content)]


def read_jsonl(
    file: BinaryIO,
    file_origin: FileOrigin,
    limits: Limits,
    *,
    start: int = 0,
    end: int | None = None,
    named_coding: Coding | None = None,
    own: OwnFields = NO_OWN_FIELDS,
) -> Iterator[Document | Refusal]:
    """Read the lines that begin in [start, end), in order; blank ones are not documents.

    A file that begins with an array, or with an object over several lines, is read by its objects.

    Args:
        file: opened for reading bytes.
        file_origin: of the file.
        limits: what a document may cost.
        start: in bytes of the uncompressed stream.
        end: None for the end of the file.
        named_coding: the compression that the file's name promises.
        own: a user's own names of fields.
    """
    head = file.read(_SNIFFED_BYTES)
    file.seek(0)
    coding = sniff_coding(head) or (None if looks_plain(head) else named_coding)
    pieces = read_pieces(file)
    if coding is not None:
        pieces = decompress(pieces, coding, limits.max_compression_ratio)
        head, pieces = _look_ahead(pieces)
    max_bytes = limits.max_document_bytes * _LINE_BYTES_PER_BYTE
    if begins_value(head):
        lines = cut_objects(pieces, max_bytes)
    else:
        first = _find_line_start(file, start) if coding is None and start > 0 else 0
        lines = _cut_lines(pieces, first, max_bytes)
    for line in lines:
        if end is not None and line.offset >= end:
            return
        is_blank = line.fault is None and not line.content.strip()
        if line.offset >= start and not is_blank:
            yield contain_record(
                partial(_read_line, line, file_origin, limits, own), file_origin, line.offset
            )


def _look_ahead(pieces: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """Look at the beginning of a stream; damage in it is left for the lines to tell."""
    try:
        return peek_head(pieces, _SNIFFED_BYTES)
    except UnreadableError as error:
        return b"", _raise(error)


def _raise(error: UnreadableError) -> Iterator[bytes]:
    yield from ()
    raise error


def begins_value(head: bytes) -> bool:
    """Tell whether a file begins with an array, or with an object that its first line opens."""
    begin = head.removeprefix(_BYTE_ORDER_MARK).lstrip()
    return begin.startswith(b"[") or _OPEN_LINE.match(begin) is not None


def cut_objects(pieces: Iterator[bytes], max_bytes: int) -> Iterator[_Line]:
    """Cut the objects of a stream, each as if it were a line."""
    cutter = ObjectCutter(max_bytes)
    fault: UnreadableError | None = None
    try:
        for piece in pieces:
            for offset, content, size in cutter.cut(piece):
                yield _Line(offset, max_bytes, bytearray(content), size, is_ended=True)
    except UnreadableError as error:
        fault = error
    if cutter.is_open or fault is not None:
        yield _Line(cutter.begin, max_bytes, cutter.held, len(cutter.held), fault=fault)


def _find_line_start(file: BinaryIO, start: int) -> int:
    """Go to the first line that begins at `start` or behind it."""
    file.seek(start - 1)
    while (part := file.readline(PIECE_BYTES)) and not part.endswith(b"\n"):
        pass
    return file.tell()


def _cut_lines(pieces: Iterator[bytes], offset: int, max_bytes: int) -> Iterator[_Line]:
    line = _Line(offset, max_bytes)
    try:
        for piece in pieces:
            begin = 0
            while (found := piece.find(b"\n", begin)) >= 0:
                line.add(piece[begin:found])
                line.is_ended = True
                yield line
                line = _Line(line.offset + line.size + 1, max_bytes)
                begin = found + 1
            line.add(piece[begin:])
    except UnreadableError as error:
        line.fault = error
    if line.size or line.fault is not None:
        yield line


def _read_line(
    line: _Line, file_origin: FileOrigin, limits: Limits, own: OwnFields
) -> Document | Refusal:
    try:
        return read_row(_parse_line(line), file_origin, line.offset, limits, own)
    except UnreadableError as error:
        digest = hashlib.sha256(line.content).hexdigest()
        origin = make_origin(file_origin, digest, Evidence(), line.offset)
        return Refusal(origin=origin, reason=error.reason, detail=error.detail)


def _parse_line(line: _Line) -> dict[str, object]:
    fault = line.fault
    if fault is not None:
        is_limit = fault.reason is not Reason.FILE_CORRUPT
        is_cut = isinstance(fault, TruncatedError)
        broken = Reason.CONTAINER_TRUNCATED if is_cut else Reason.CONTAINER_RECORD_BROKEN
        raise UnreadableError(fault.reason if is_limit else broken, fault.detail) from fault
    if line.size > line.max_bytes:
        detail = f"a line of {line.size} bytes"
        raise UnreadableError(Reason.DOCUMENT_TOO_LARGE, detail)
    try:
        row = json.loads(line.content)
    except (ValueError, RecursionError) as error:
        # Only a last line without its end can have been cut off.
        broken = Reason.CONTAINER_RECORD_BROKEN if line.is_ended else Reason.CONTAINER_TRUNCATED
        raise UnreadableError(broken, f"not JSON: {error}") from error
    if not isinstance(row, dict):
        raise UnreadableError(Reason.CONTAINER_RECORD_BROKEN, "not a JSON object")
    return row
