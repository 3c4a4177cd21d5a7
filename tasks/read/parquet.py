"""Read Parquet tables as crawlers export them, one document a row; an offset is a row's number."""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.reasons import Reason
from schemas.settings import MEBIBYTE, Limits
from tasks.read.compression import read_pieces
from tasks.read.document import Document, Refusal
from tasks.read.origins import Evidence, Place, make_origin
from tasks.read.rows import CONTENT_FIELDS, read_row

_COLUMNS = ("html", "text", "url", "fetched_at", "headers")
# Pages are read a few at a time, whatever the size of the row groups.
_ROWS_AT_ONCE = 16
_BUFFER_BYTES = MEBIBYTE


def read_parquet(
    file: BinaryIO, place: Place, limits: Limits, *, start: int = 0, end: int | None = None
) -> Iterator[Document | Refusal]:
    """Read the rows of the row groups whose first byte lies in [start, end).

    A row group that breaks off is one refusal at its first unreadable row, and the next is read.

    Args:
        file: opened for reading bytes.
        place: of the file.
        limits: what a document may cost.
        start: in bytes.
        end: None for the end of the file.
    """
    try:
        table = pq.ParquetFile(
            file, buffer_size=_BUFFER_BYTES, pre_buffer=False, page_checksum_verification=True
        )
    except pa.ArrowInvalid as error:
        if start == 0:
            yield _refuse(file, place, Reason.FILE_CORRUPT, str(error))
        return
    columns = [name for name in _COLUMNS if name in table.schema_arrow.names]
    if not any(name in columns for name, _ in CONTENT_FIELDS):
        if start == 0:
            detail = "a table without a column html or text"
            yield _refuse(file, place, Reason.FORM_UNSUPPORTED, detail)
        return
    first_row = 0
    for group in range(table.num_row_groups):
        metadata = table.metadata.row_group(group)
        if start <= _first_byte(metadata) and (end is None or _first_byte(metadata) < end):
            yield from _read_group(table, group, columns, first_row, place, limits)
        first_row += metadata.num_rows


def _first_byte(group: pq.RowGroupMetaData) -> int:
    offsets: list[int] = []
    for index in range(group.num_columns):
        column = group.column(index)
        offsets.append(column.data_page_offset)
        if column.has_dictionary_page:
            offsets.append(column.dictionary_page_offset)
    return min(offsets)


def _read_group(
    table: pq.ParquetFile,
    group: int,
    columns: list[str],
    first_row: int,
    place: Place,
    limits: Limits,
) -> Iterator[Document | Refusal]:
    row = first_row
    count = table.metadata.row_group(group).num_rows
    try:
        for batch in table.iter_batches(_ROWS_AT_ONCE, row_groups=[group], columns=columns):
            for fields in batch.to_pylist():
                yield read_row(fields, place, row, limits)
                row += 1
    except (pa.ArrowException, OSError) as error:
        last = first_row + count - 1
        detail = f"rows {row} to {last} cannot be read: {error}"
        origin = make_origin(place, hashlib.sha256(b"").hexdigest(), Evidence(), row)
        yield Refusal(origin=origin, reason=Reason.CONTAINER_RECORD_BROKEN, detail=detail)


def _refuse(file: BinaryIO, place: Place, reason: Reason, detail: str) -> Refusal:
    file.seek(0)
    digest = hashlib.sha256()
    for piece in read_pieces(file):
        digest.update(piece)
    origin = make_origin(place, digest.hexdigest(), Evidence())
    return Refusal(origin=origin, reason=reason, detail=detail)
