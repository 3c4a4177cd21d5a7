"""Reference rates as one internal table, from whatever format they come in."""

import csv
import io
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Context, Decimal, InvalidOperation
from pathlib import Path
from typing import Literal, Protocol

Frequency = Literal["daily", "weekly"]

# 28 digits: more than any published rate has, so that crossing two rates loses nothing that was
# printed.
EXACT = Context(prec=28)
COLUMNS = ("rate_date", "currency", "base", "units_per_base", "source", "frequency")


class RatesFileError(ValueError):
    """A file of rates that cannot be read; the message says where, a line for each fault."""

    def in_file(self, path: Path | str) -> "RatesFileError":
        """Returns it as compilers write faults, so that editors can jump to them: `FILE:LINE:`."""
        faults = re.sub("^line ", f"{path}:", str(self), flags=re.MULTILINE)
        return RatesFileError(faults if faults.startswith(f"{path}:") else f"{path}: {faults}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One row of the internal table.

    So many units of `currency` bought one `base` on `rate_date`.
    """

    rate_date: date
    currency: str
    base: str
    units_per_base: Decimal
    source: str
    frequency: Frequency = "daily"


class Source(Protocol):
    """A publisher's rates, all against one base currency."""

    @property
    def name(self) -> str:
        """The publisher, as it is published in `usd_rate_source`."""

    @property
    def digest(self) -> str:
        """Changes whenever a rate of it may have changed."""

    def currencies(self) -> frozenset[str]:
        """Codes it has rates for, its base among them."""

    def span(self, currency: str) -> tuple[date, date] | None:
        """First and last day with a rate, None for a currency it lacks."""

    def frequency(self, currency: str) -> Frequency:
        """How often it publishes a currency."""

    def newest_on_or_before(
        self, currency: str, day: date, oldest: date
    ) -> tuple[date, Decimal, Decimal] | None:
        """The newest day, from `oldest` to `day`, with a rate of the currency and of the US dollar.

        Returns:
            The day, units of the currency per base, US dollars per base; None where there is none.
        """


@dataclass(slots=True)
class TableSource:
    """A source whose rows are held in memory: a user's file."""

    name: str
    base: str
    digest: str
    rows: dict[date, dict[str, Decimal]] = field(default_factory=dict)
    frequencies: dict[str, Frequency] = field(default_factory=dict)
    days: list[date] = field(default_factory=list)

    @classmethod
    def of(cls, rates: Iterable[Rate], digest: str) -> "list[TableSource]":
        """Groups rows by publisher and base."""
        sources: dict[tuple[str, str], TableSource] = {}
        for rate in rates:
            source = sources.setdefault(
                (rate.source, rate.base), cls(rate.source, rate.base, digest)
            )
            source.rows.setdefault(rate.rate_date, {rate.base: Decimal(1)})[rate.currency] = (
                rate.units_per_base
            )
            source.frequencies[rate.currency] = rate.frequency
        for source in sources.values():
            source.days = sorted(source.rows)
        return list(sources.values())

    def currencies(self) -> frozenset[str]:
        """Codes it has rates for."""
        return frozenset(self.frequencies) | {self.base}

    def span(self, currency: str) -> tuple[date, date] | None:
        """First and last day with a rate."""
        days = [day for day in self.days if currency in self.rows[day]]
        return (days[0], days[-1]) if days else None

    def frequency(self, currency: str) -> Frequency:
        """How often it publishes a currency; the base follows the others."""
        if currency in self.frequencies:
            return self.frequencies[currency]
        return next(iter(self.frequencies.values()), "daily")

    def newest_on_or_before(
        self, currency: str, day: date, oldest: date
    ) -> tuple[date, Decimal, Decimal] | None:
        """See `Source`."""
        for index in range(bisect_right(self.days, day) - 1, -1, -1):
            found = self.days[index]
            if found < oldest:
                return None
            row = self.rows[found]
            if currency in row and "USD" in row:
                return found, row[currency], row["USD"]
        return None


def read_table(text: str) -> list[Rate]:
    """Reads the internal table from CSV.

    Raises:
        RatesFileError: a column is missing, rows cannot be read, or two rows give one currency two
            rates on a day; the message has a line for each, with its number and the value.
    """
    reader = csv.DictReader(io.StringIO(text))
    if missing := set(COLUMNS[:5]) - set(reader.fieldnames or ()):
        raise RatesFileError(f"line 1: columns missing: {', '.join(sorted(missing))}")
    lines: dict[tuple[str, str, str, date], tuple[int, Rate]] = {}
    faults: list[str] = []
    for row in reader:
        number = reader.line_num
        try:
            rate = _read_row(row, number)
        except RatesFileError as error:
            faults.append(str(error))
            continue
        key = (rate.source, rate.base, rate.currency, rate.rate_date)
        first, known = lines.setdefault(key, (number, rate))
        if known.units_per_base != rate.units_per_base:
            faults.append(
                f"line {number}: {rate.currency} on {rate.rate_date} is {rate.units_per_base:f},"
                f" and in line {first} {known.units_per_base:f}"
            )
    if faults:
        raise RatesFileError("\n".join(faults))
    return [rate for _, rate in lines.values()]


def _read_row(row: Mapping[str, str | None], line: int) -> Rate:
    return Rate(
        rate_date=checked_day(row["rate_date"], line),
        currency=checked_code(row["currency"], line),
        base=checked_code(row["base"], line),
        units_per_base=checked_rate(row["units_per_base"], line),
        source=row["source"] or "",
        frequency=_frequency(row.get("frequency"), line),
    )


def write_table(rates: Iterable[Rate]) -> str:
    """Writes the internal table as CSV, sorted: a row a source, day and currency.

    Of several rates for one the last given is written: that of a newer fetch.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    rows = {(rate.source, rate.rate_date, rate.currency): rate for rate in rates}
    for key in sorted(rows):
        rate = rows[key]
        units = format(rate.units_per_base, "f")
        writer.writerow(
            [
                rate.rate_date.isoformat(),
                rate.currency,
                rate.base,
                units,
                rate.source,
                rate.frequency,
            ]
        )
    return out.getvalue()


def checked_code(code: str | None, line: int | None = None) -> str:
    """Returns an ISO 4217 code, or raises RatesFileError."""
    if code and re.fullmatch("[A-Z]{3}", code):
        return code
    raise RatesFileError(f"{_at(line)}not a currency code: {code!r}")


def checked_rate(printed: str | None, line: int | None = None) -> Decimal:
    """Returns a rate, or raises RatesFileError for zero, negative and non-numbers."""
    try:
        rate = Decimal(printed or "")
    except InvalidOperation:
        rate = Decimal("NaN")
    if rate.is_finite() and rate > 0:
        return rate
    raise RatesFileError(f"{_at(line)}not a rate: {printed!r}")


def checked_day(printed: str | None, line: int | None = None, pattern: str = "%Y-%m-%d") -> date:
    """Returns a day, or raises RatesFileError."""
    try:
        return datetime.strptime(printed or "", pattern).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise RatesFileError(f"{_at(line)}not a day: {printed!r}") from None


def _frequency(printed: str | None, line: int) -> Frequency:
    if printed in (None, "", "daily"):
        return "daily"
    if printed == "weekly":
        return "weekly"
    raise RatesFileError(f"line {line}: frequency is daily or weekly, not {printed!r}")


def _at(line: int | None) -> str:
    return f"line {line}: " if line else ""
