"""What an amount was worth in US dollars on a day."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from pathlib import Path

from schemas.rate_statuses import RateStatus
from tasks.normalize.rates.embedded_rates import ecb_history, nbp_tables
from tasks.normalize.rates.formats import read_rates
from tasks.normalize.rates.table import EXACT, RatesFileError, Source, TableSource

# The newest rate may be this many days older than the amount: a week bridges every run of holidays.
MAX_AGE = {"daily": timedelta(days=7), "weekly": timedelta(days=14)}
RATE_STEP = Decimal("1E-12")
AMOUNT_STEP = Decimal("1E-6")
_WIDE = Context(prec=80)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsdValue:
    """An amount's value in US dollars.

    Attributes:
        usd_amount: amount times rate, rounded half-even to six decimals; None unless `status` is
            ok.
        rate: US dollars a unit, to twelve decimals. rate_date: the day it was published for.
        source: the publisher; `unit` for US dollars themselves.
    """

    usd_amount: Decimal | None = None
    rate: Decimal | None = None
    rate_date: date | None = None
    source: str | None = None
    status: RateStatus


class Rates:
    """Sources in the order in which they are asked.

    The packages' data is loaded when first needed.
    """

    def __init__(self, own: Sequence[Source] = (), *, with_embedded: bool = True) -> None:
        self._own = tuple(own)
        self._with_embedded = with_embedded

    def sources(self) -> tuple[Source, ...]:
        """The user's own first, then the ECB, then the NBP."""
        return (*self._own, ecb_history(), nbp_tables()) if self._with_embedded else self._own

    def digest(self) -> str:
        """A digest of all rates, for `reference_version`."""
        named = "\n".join(f"{source.name} {source.digest}" for source in self.sources())
        return hashlib.sha256(named.encode()).hexdigest()


def load_rates(files: Iterable[Path | str] = (), file_format: str | None = None) -> Rates:
    """Loads users' own files of rates, which go before the embedded ones.

    Args:
        files: any of `formats.FORMATS`.
        file_format: one of them; None to tell it from the content.

    Raises:
        RatesFileError: a file cannot be read as rates.
    """
    own: list[Source] = []
    for path in files:
        content = Path(path).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        try:
            own += TableSource.of(read_rates(content, file_format), digest)
        except RatesFileError as error:
            raise error.in_file(path) from None
    return Rates(own)


def usd_value(
    amount: Decimal, currency_code: str | None, day: date | None, rates: Rates
) -> UsdValue:
    """Values an amount in US dollars.

    The newest rate on or before the day, at most 7 days old (14 where the currency is published
    weekly), both legs of one source and day; nothing is interpolated.

    Args:
        amount: in major units.
        currency_code: ISO 4217, None where the currency is not known.
        day: the publication date, None where it is not known.
        rates: see `load_rates`.
    """
    if currency_code is None:
        return UsdValue(status=RateStatus.NO_CURRENCY)
    if day is None:
        return UsdValue(status=RateStatus.NO_DATE)
    if currency_code == "USD":
        return _value(amount, Decimal(1), day, "unit")
    for source in rates.sources():
        oldest = day - MAX_AGE[source.frequency(currency_code)]
        if found := source.newest_on_or_before(currency_code, day, oldest):
            rate_date, units, dollars = found
            return _value(amount, EXACT.divide(dollars, units), rate_date, source.name)
    return UsdValue(status=_why_not(currency_code, day, rates))


def _value(amount: Decimal, rate: Decimal, rate_date: date, source: str) -> UsdValue:
    rate = rate.quantize(RATE_STEP, ROUND_HALF_EVEN, _WIDE)
    usd_amount = _WIDE.multiply(amount, rate).quantize(AMOUNT_STEP, ROUND_HALF_EVEN, _WIDE)
    return UsdValue(
        usd_amount=usd_amount, rate=rate, rate_date=rate_date, source=source, status=RateStatus.OK
    )


def _why_not(currency: str, day: date, rates: Rates) -> RateStatus:
    spans = [span for source in rates.sources() if (span := source.span(currency))]
    if not spans:
        return RateStatus.NO_SOURCE
    if all(day < first for first, _ in spans):
        return RateStatus.BEFORE_FIRST
    if all(day > last for _, last in spans):
        return RateStatus.AFTER_LAST
    return RateStatus.STALE
