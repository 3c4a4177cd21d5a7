"""Exports to an Excel workbook (.xlsx), in constant memory.

Excel's limits are Microsoft's "Excel specifications and limits": 1,048,576 rows, 32,767 characters
in a cell, which it counts in UTF-16, and numbers of 15 digits. It has no time zones.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from tasks.inspect.exporting.export_targets import ExportError
from tasks.inspect.exporting.plain_values import as_text_columns

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

# Beside the row of names.
MAX_ROWS = 1_048_575
MAX_CHARACTERS = 32_767
MAX_COLUMNS = 16_384
_MAX_DIGITS = 15
# Excel takes 1900 for a leap year, and knows no day before.
_FIRST_YEAR = 1901
_KINDS = (
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_integer,
    pa.types.is_floating,
    pa.types.is_decimal,
    pa.types.is_boolean,
    pa.types.is_date,
    pa.types.is_timestamp,
)


def write_workbook(
    reader: pa.RecordBatchReader, path: Path, table: str, about: Sequence[tuple[str, str]]
) -> list[str]:
    """Writes rows to the first sheet of a new workbook, and what is said of them to the second.

    Texts are texts whatever they begin with: none becomes a formula or a link.

    Args:
        reader: the rows, no more than MAX_ROWS.
        path: of the file.
        table: the name of the sheet.
        about: what the second sheet says, as pairs.

    Returns:
        What the user should know.

    Raises:
        ExportError: XlsxWriter is not installed, or there are too many columns.
    """
    try:
        from xlsxwriter.workbook import Workbook  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ExportError(
            f"a workbook needs an extra ({error.name} is missing): pip install 'newsmill[export]'"
        ) from error
    if len(reader.schema) > MAX_COLUMNS:
        raise ExportError(f"{len(reader.schema):,} columns; Excel takes {MAX_COLUMNS:,}")
    plain = as_text_columns(reader, lambda kind: any(is_of(kind) for is_of in _KINDS))
    with Workbook(str(path), {"constant_memory": True}) as workbook:
        sheet = _Sheet(workbook, table, plain.schema)
        for row in _rows(plain):
            sheet.add(row)
        notes = sheet.notes()
        _write_about(workbook, [*about, *(("note", note) for note in notes)])
    return notes


@dataclass(slots=True)
class _Sheet:
    """A sheet that is written from top to bottom."""

    workbook: "Workbook"
    name: str
    schema: pa.Schema
    counts: Counter[str] = field(default_factory=Counter)
    row: int = 0
    sheet: "Worksheet" = field(init=False)
    formats: dict[type, "Format"] = field(init=False)

    def __post_init__(self) -> None:
        self.sheet = self.workbook.add_worksheet(_sheet_name(self.name))
        self.formats = {
            date: self.workbook.add_format({"num_format": "yyyy-mm-dd"}),
            datetime: self.workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        bold = self.workbook.add_format({"bold": True})
        self.sheet.freeze_panes(1, 0)
        for number, each in enumerate(self.schema):
            is_zoned = pa.types.is_timestamp(each.type) and each.type.tz
            title = f"{each.name} (UTC)" if is_zoned else each.name
            self.sheet.write_string(0, number, title[:MAX_CHARACTERS], bold)

    def add(self, values: Sequence[Any]) -> None:
        """Writes a row."""
        self.row += 1
        for number, value in enumerate(values):
            if value is not None:
                self._write(number, value)

    def notes(self) -> list[str]:
        """Returns what became of values that Excel cannot take as they are."""
        words = {
            "cut": f"texts were cut at {MAX_CHARACTERS:,} characters, the most of a cell",
            "digits": f"numbers of more than {_MAX_DIGITS} digits are texts, so that none is lost",
            "early": "dates before 1901 are texts",
        }
        return [f"{self.counts[key]:,} {said}" for key, said in words.items() if self.counts[key]]

    def _write(self, column: int, value: Any) -> None:
        match value:
            case bool():
                self.sheet.write_boolean(self.row, column, value)
            case date() if value.year < _FIRST_YEAR:
                self._write_text(column, value.isoformat(), "early")
            case datetime():
                instant = value.replace(tzinfo=None)
                self.sheet.write_datetime(self.row, column, instant, self.formats[datetime])
            case date():
                self.sheet.write_datetime(self.row, column, value, self.formats[date])
            case int() | Decimal() | float():
                self._write_number(column, value)
            case _:
                self._write_text(column, str(value), "")

    def _write_number(self, column: int, value: int | Decimal | float) -> None:
        if isinstance(value, float) and not isfinite(value):
            self._write_text(column, str(value), "")
        elif not isinstance(value, float) and _count_digits(value) > _MAX_DIGITS:
            self._write_text(column, format(Decimal(value), "f"), "digits")
        else:
            self.sheet.write_number(self.row, column, float(value))

    def _write_text(self, column: int, text: str, count: str) -> None:
        cut = _cut(text)
        self.counts[count] += 1
        self.counts["cut"] += len(cut) < len(text)
        self.sheet.write_string(self.row, column, cut)


def _count_digits(value: int | Decimal) -> int:
    """Counts the digits that tell a number: none of the zeros at its ends."""
    return len(format(Decimal(value), "f").lstrip("-0.").replace(".", "").rstrip("0"))


def _cut(text: str) -> str:
    """Cuts a text where Excel would, but between characters."""
    if len(text) <= MAX_CHARACTERS // 2:
        return text
    units = text.encode("utf-16-le")
    return units[: 2 * MAX_CHARACTERS].decode("utf-16-le", "ignore")


def _sheet_name(name: str) -> str:
    """Returns a name that Excel takes: 31 characters, none of them of its own notation."""
    return "".join("_" if sign in "[]:*?/\\'" else sign for sign in name)[:31] or "data"


def _write_about(workbook: "Workbook", about: Sequence[tuple[str, str]]) -> None:
    sheet = workbook.add_worksheet("about")
    for row, pair in enumerate(about):
        for column, text in enumerate(pair):
            sheet.write_string(row, column, _cut(text))


def _rows(reader: pa.RecordBatchReader) -> Iterator[tuple[Any, ...]]:
    for batch in reader:
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
