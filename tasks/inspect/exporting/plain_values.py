"""Values as targets take them that know no lists, structs or maps: these become JSON."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

from tasks.inspect.exporting.export_targets import ExportError

_IS_NESTED = (pa.types.is_list, pa.types.is_large_list, pa.types.is_struct, pa.types.is_map)
# What spreadsheets take for a formula at the start of a cell (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def is_nested(kind: pa.DataType) -> bool:
    """Tells whether a column holds lists, structs or maps."""
    return any(is_of(kind) for is_of in _IS_NESTED)


def looks_like_formula(text: str) -> bool:
    """Tells whether a spreadsheet would compute a text that it reads from a CSV."""
    return text.startswith(_FORMULA_STARTS)


def as_text_columns(
    reader: pa.RecordBatchReader, is_taken: Callable[[pa.DataType], bool]
) -> pa.RecordBatchReader:
    """Returns rows in which columns that a target does not take are texts: JSON where nested.

    Args:
        reader: the rows, some at a time.
        is_taken: tells the types that stay as they are.
    """
    fields = [
        field if is_taken(field.type) else pa.field(field.name, pa.string())
        for field in reader.schema
    ]
    schema = pa.schema(fields)

    def batches() -> Iterator[pa.RecordBatch]:
        for batch in _read(reader):
            columns = [
                column if field.type == column.type else _as_texts(column)
                for field, column in zip(fields, batch.columns, strict=True)
            ]
            yield pa.record_batch(columns, schema=schema)

    return pa.RecordBatchReader.from_batches(schema, batches())


def _read(reader: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
    """Yields the rows some at a time.

    Raises:
        ExportError: the query fails in its midst: Arrow has no other name for that.
    """
    try:
        yield from reader
    except OSError as error:
        if error.errno is not None:
            raise
        raise ExportError(str(error).partition("\n")[0]) from error


def _as_texts(column: pa.Array) -> pa.Array:
    values = column.to_pylist(maps_as_pydicts="lossy") if is_nested(column.type) else column
    texts = [None if value is None else _as_text(value) for value in _plain(values)]
    return pa.array(texts, pa.string())


def _plain(values: Any) -> list[Any]:
    return values if isinstance(values, list) else values.to_pylist()


def _as_text(value: Any) -> str:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=_as_json)
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def _as_json(value: object) -> str:
    """Writes what JSON has no form for; a Decimal exactly, as a text."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else str(value)
