"""The forms in which central banks publish their rates.

- `table`: newsmill's own CSV (see `table.COLUMNS`);
- `ecb-csv`: eurofxref-hist.csv: `Date,USD,JPY,...,`, units per euro, `N/A` where there is none;
- `ecb-xml`: eurofxref-daily.xml and its like: `Cube[@time]/Cube[@currency, @rate]`, units per euro;
- `cbar-xml`: Central Bank of Azerbaijan: `ValCurs[@Date]/ValType/Valute[@Code]/{Nominal, Value}`,
  manat per nominal;
- `cbr-xml`: Bank of Russia: `ValCurs[@Date]/Valute/{CharCode, Nominal, Value}`, roubles per
  nominal, decimal comma.

The date inside a document is believed, never the one in its address: a bank answers a request for
a holiday with the day before.
"""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from schemas.currencies.iso_4217 import CURRENT, WITHDRAWN
from tasks.normalize.rates.table import (
    EXACT,
    Rate,
    RatesFileError,
    checked_code,
    checked_day,
    checked_rate,
    read_table,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_KNOWN = CURRENT | WITHDRAWN


def read_rates(content: bytes, file_format: str | None = None) -> list[Rate]:
    """Reads a file of rates.

    Args:
        content: the file.
        file_format: one of `FORMATS`; None to tell it from the content.

    Raises:
        RatesFileError: the format is not known or the content does not fit it.
    """
    name = file_format or _detect(content)
    if name not in FORMATS:
        raise RatesFileError(f"not a format of rates: {name!r} (one of {', '.join(FORMATS)})")
    rates = FORMATS[name](content)
    if not rates:
        raise RatesFileError(f"no rates in a file read as {name}")
    return rates


def _detect(content: bytes) -> str:
    head = content[:4096].lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith(b"<"):
        if b"ValCurs" in head:
            return "cbr-xml" if b"CharCode" in content else "cbar-xml"
        return "ecb-xml"
    return "ecb-csv" if head.startswith(b"Date,") else "table"


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RatesFileError(f"not UTF-8: {error}") from error


def _read_table(content: bytes) -> list[Rate]:
    return read_table(_text(content))


def _read_ecb_csv(content: bytes) -> list[Rate]:
    rows = csv.reader(io.StringIO(_text(content)))
    header = [cell.strip() for cell in next(rows, [])]
    if header[:1] != ["Date"]:
        raise RatesFileError("the first column is not Date")
    rates = []
    for line, row in enumerate(rows, start=2):
        if not row or not row[0].strip():
            continue
        day = checked_day(row[0].strip(), line)
        for code, printed in zip(header[1:], row[1:], strict=False):
            if code and (value := printed.strip()) not in ("", "N/A"):
                units = checked_rate(value, line)
                rates.append(
                    Rate(
                        rate_date=day,
                        currency=checked_code(code, line),
                        base="EUR",
                        units_per_base=units,
                        source="ECB",
                    )
                )
    return rates


def _read_ecb_xml(content: bytes) -> list[Rate]:
    rates = []
    for cube in _root(content).iter("{*}Cube"):
        if not (time := cube.get("time")):
            continue
        day = checked_day(time)
        for row in cube.iterchildren("{*}Cube"):
            units = checked_rate(row.get("rate"))
            rates.append(
                Rate(
                    rate_date=day,
                    currency=checked_code(row.get("currency")),
                    base="EUR",
                    units_per_base=units,
                    source="ECB",
                )
            )
    return rates


def _read_cbar_xml(content: bytes) -> list[Rate]:
    root = _root(content)
    day = checked_day(root.get("Date"), pattern="%d.%m.%Y")
    return list(
        _per_nominal(((row.get("Code"), row) for row in root.iter("Valute")), day, "AZN", "CBAR")
    )


def _read_cbr_xml(content: bytes) -> list[Rate]:
    root = _root(content)
    day = checked_day(root.get("Date"), pattern="%d.%m.%Y")
    return list(
        _per_nominal(
            ((row.findtext("CharCode"), row) for row in root.iter("Valute")), day, "RUB", "CBR"
        )
    )


def _per_nominal(
    rows: "Iterator[tuple[str | None, _Element]]", day: date, base: str, source: str
) -> Iterator[Rate]:
    """Turns "nominal units cost so much of the base" into units per base.

    Metals and the like are passed over.
    """
    for code, row in rows:
        if code not in _KNOWN:
            continue
        nominal = checked_rate(row.findtext("Nominal"))
        value = checked_rate((row.findtext("Value") or "").replace(",", "."))
        units = EXACT.divide(nominal, value)
        yield Rate(rate_date=day, currency=code, base=base, units_per_base=units, source=source)


def _root(content: bytes) -> "_Element":
    from lxml import etree  # noqa: PLC0415 - rates are mostly read from tables

    try:
        return etree.fromstring(
            content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        )
    except etree.XMLSyntaxError as error:
        raise RatesFileError(f"not XML: {error}") from error


FORMATS: dict[str, Callable[[bytes], list[Rate]]] = {
    "table": _read_table,
    "ecb-csv": _read_ecb_csv,
    "ecb-xml": _read_ecb_xml,
    "cbar-xml": _read_cbar_xml,
    "cbr-xml": _read_cbr_xml,
}
