"""Read Parquet tables as crawlers export them, one document a row; an offset is a row's number."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import SEEK_END
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.reasons import Reason
from schemas.row_fields import NO_OWN_FIELDS, OwnFields
from schemas.settings import MEBIBYTE, Limits
from tasks.read.bytes.compression import RatioMeter, UnreadableError, read_pieces
from tasks.read.containment import contain_record
from tasks.read.document import Document, Refusal
from tasks.read.files.exported_rows import (
    describe_fields,
    has_content,
    read_row,
    wanted_fields,
)
from tasks.read.origins import EMPTY_DIGEST, Evidence, FileOrigin, make_origin

# Pages are read a few at a time, whatever the size of the row groups.
_ROWS_AT_ONCE = 16
_BUFFER_BYTES = MEBIBYTE
# What Arrow raises for bytes, and for values that Python has no form of: a day beyond the year
# 9999, a struct with two fields of a name.
_UNREADABLE = (pa.ArrowException, ArithmeticError, LookupError, ValueError, TypeError)
_TEXT_TYPES = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Stands for a value that Python has no form of, in place of it."""

    type: str
    fault: str

    def __repr__(self) -> str:
        return f"{self.type} ({self.fault})"


def read_parquet(
    file: BinaryIO,
    file_origin: FileOrigin,
    limits: Limits,
    *,
    start: int = 0,
    end: int | None = None,
    own: OwnFields = NO_OWN_FIELDS,
) -> Iterator[Document | Refusal]:
    """Read the rows of the row groups whose first byte lies in [start, end).

    A row group that breaks off is one refusal at its first unreadable row, and the next is read.

    Args:
        file: opened for reading bytes.
        file_origin: of the file.
        limits: what a document may cost.
        start: in bytes.
        end: None for the end of the file.
        own: a user's own names of fields.
    """
    try:
        table = pq.ParquetFile(
            file, buffer_size=_BUFFER_BYTES, pre_buffer=False, page_checksum_verification=True
        )
        names = table.schema_arrow.names
    except (*_UNREADABLE, OSError) as error:
        if _is_of_the_world(error):
            raise
        if start == 0:
            yield _refuse(file, file_origin, Reason.FILE_CORRUPT, str(error))
        return
    columns = wanted_fields(dict.fromkeys(names), own)
    if not has_content(names, own):
        if start == 0:
            yield _refuse(file, file_origin, Reason.FORM_UNSUPPORTED, describe_fields(names))
        return
    size = file.seek(0, SEEK_END)
    first_row = 0
    for group, first_byte in enumerate(_first_bytes(table, size)):
        if start <= first_byte and (end is None or first_byte < end):
            yield from _read_group(table, group, columns, first_row, size, file_origin, limits, own)
        first_row += table.metadata.row_group(group).num_rows


def _first_bytes(table: pq.ParquetFile, size: int) -> Iterator[int]:
    """Yields where each row group begins, as far as the sizes of those before it tell.

    It only divides the groups among slices. What a footer says of columns is not asked: Arrow ends
    the process where that is damaged.
    """
    sizes = [_expanded_size(table, group) for group in range(table.num_row_groups)]
    before = 0
    for expanded in sizes:
        yield size * before // max(sum(sizes), 1)
        before += expanded


def _expanded_size(table: pq.ParquetFile, group: int) -> int:
    # A damaged size may be anything.
    expanded: int = table.metadata.row_group(group).total_byte_size
    return max(expanded, 0)


def _read_group(
    table: pq.ParquetFile,
    group: int,
    columns: list[str],
    first_row: int,
    size: int,
    file_origin: FileOrigin,
    limits: Limits,
    own: OwnFields,
) -> Iterator[Document | Refusal]:
    row = first_row
    metadata = table.metadata.row_group(group)
    end = first_row + metadata.num_rows
    reason, fault = Reason.CONTAINER_RECORD_BROKEN, "they are missing"
    try:
        meter = RatioMeter(limits.max_compression_ratio)
        meter.count(consumed=size)
        meter.count(produced=_expanded_size(table, group))
        for batch in table.iter_batches(_ROWS_AT_ONCE, row_groups=[group], columns=columns):
            for fields, faults in _list_rows(batch):
                read = partial(read_row, fields, file_origin, row, limits, own, faults)
                yield contain_record(read, file_origin, row)
                row += 1
    except (*_UNREADABLE, OSError) as error:
        if _is_of_the_world(error):
            raise
        fault = str(error)
    except UnreadableError as error:
        reason, fault = error.reason, error.detail
    if row < end:
        detail = f"rows {row} to {end - 1} cannot be read: {fault}"
        origin = make_origin(file_origin, EMPTY_DIGEST, Evidence(), row)
        yield Refusal(origin=origin, reason=reason, detail=detail)


def _list_rows(batch: pa.RecordBatch) -> Iterator[tuple[dict[str, object], tuple[str, ...]]]:
    """Yields each row's fields, and what is wrong with all of them."""
    columns: dict[str, list[object]] = {}
    faults = []
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if name in columns:
            faults.append(f"the column {name} is there twice: the first counts")
        else:
            columns[name] = _list_values(column)
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(columns, values, strict=True)), tuple(faults)


def _list_values(column: pa.Array) -> list[object]:
    """Give a column as Python values, whatever its writer called a string or an instant."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _list_values(column.dictionary_decode())
    if pa.types.is_timestamp(kind):
        # Python has no nanoseconds.
        column = column.cast(pa.timestamp("us", "UTC" if kind.tz else None), safe=False)
    if any(is_text(kind) for is_text in _TEXT_TYPES):
        return [_decode(value) for value in column.cast(pa.large_binary()).to_pylist()]
    try:
        return list(column.to_pylist())
    except _UNREADABLE:
        return [_value_of(scalar) for scalar in column]


def _value_of(scalar: pa.Scalar) -> object:
    try:
        return scalar.as_py()
    except _UNREADABLE as error:
        return Unreadable(str(scalar.type), str(error))


def _decode(value: bytes | None) -> str | bytes | None:
    """Strings need not be UTF-8, whatever their type says; such stay bytes, as a page's own."""
    if value is None:
        return None
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value


def _is_of_the_world(error: Exception) -> bool:
    """Tell a disk's error from a damaged page, for which Arrow raises the same class."""
    return isinstance(error, OSError) and error.errno is not None


def _refuse(file: BinaryIO, file_origin: FileOrigin, reason: Reason, detail: str) -> Refusal:
    file.seek(0)
    digest = hashlib.sha256()
    for piece in read_pieces(file):
        digest.update(piece)
    origin = make_origin(file_origin, digest.hexdigest(), Evidence())
    return Refusal(origin=origin, reason=reason, detail=detail)
