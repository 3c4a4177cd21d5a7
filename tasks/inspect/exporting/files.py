"""Exports to a DuckDB database and to CSV."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from tasks.inspect.exporting.plain_values import as_text_columns, is_nested, looks_like_formula


def write_duckdb(reader: pa.RecordBatchReader, path: Path, table: str) -> list[str]:
    """Writes rows as a table of a new DuckDB database, which knows all of their types.

    Args:
        reader: the rows.
        path: where nothing is yet.
        table: its name.

    Returns:
        What the user should know.
    """
    name = '"' + table.replace('"', '""') + '"'
    with duckdb.connect(str(path)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.register("exported_rows", reader)
        connection.execute(f"CREATE TABLE {name} AS FROM exported_rows")
        connection.unregister("exported_rows")
        connection.execute("CHECKPOINT")
    return []


def write_csv(reader: pa.RecordBatchReader, path: Path, *, guard_formulas: bool) -> list[str]:
    """Writes rows as CSV after RFC 4180, in UTF-8: a line of names, then one line per row.

    Null is nothing between two commas. Instants are ISO 8601 in UTC, decimals have all of their
    digits, lists and maps are JSON.

    Args:
        reader: the rows.
        path: of the file.
        guard_formulas: put ' before texts that a spreadsheet would compute.

    Returns:
        What the user should know.
    """
    guarded = 0
    plain = as_text_columns(reader, lambda kind: not is_nested(kind) and not _is_binary(kind))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(plain.schema.names)
        for row in _rows(plain):
            cells = [_as_cell(value) for value in row]
            if guard_formulas:
                for number, value in enumerate(row):
                    if isinstance(value, str) and looks_like_formula(value):
                        cells[number] = f"'{value}"
                        guarded += 1
            writer.writerow(cells)
    if not guarded:
        return []
    return [
        f"{guarded:,} texts that a spreadsheet would compute begin with ' "
        "(--no-guard-formulas leaves them as they are)"
    ]


def _is_binary(kind: pa.DataType) -> bool:
    return bool(pa.types.is_binary(kind) or pa.types.is_interval(kind))


def _rows(reader: pa.RecordBatchReader) -> Iterator[tuple[Any, ...]]:
    for batch in reader:
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _as_cell(value: Any) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value
