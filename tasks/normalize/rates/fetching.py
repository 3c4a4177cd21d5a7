"""Fetches reference rates from the central banks.

The only part of newsmill's normalizing that uses the network.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from tasks.normalize.rates.formats import read_rates
from tasks.normalize.rates.table import Rate, RatesFileError

TIMEOUT_S = 30
MAX_BYTES = 64 * 1024 * 1024


class FetchError(RuntimeError):
    """A bank that could not be reached or did not answer with rates."""


@dataclass(frozen=True, slots=True)
class Bank:
    """Where a bank publishes its rates.

    Attributes:
        url: address; with a `strftime` pattern of the day in it, one document a day.
        file_format: see `formats.FORMATS`.
    """

    url: str
    file_format: str

    @property
    def is_daily_document(self) -> bool:
        """Whether each day has its own address."""
        return "%" in self.url


BANKS: dict[str, Bank] = {
    "ecb": Bank("https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.xml", "ecb-xml"),
    "cbar": Bank("https://www.cbar.az/currencies/%d.%m.%Y.xml", "cbar-xml"),
    "cbr": Bank("https://www.cbr.ru/scripts/XML_daily.asp?date_req=%d/%m/%Y", "cbr-xml"),
}


def fetch_rates(bank: Bank, since: date, until: date) -> list[Rate]:
    """Fetches a bank's rates of a span of days.

    Args:
        bank: where from.
        since: first day wanted.
        until: last day wanted.

    Raises:
        FetchError: an address could not be read, or does not hold rates.
    """
    rates = [
        rate for url in _addresses(bank, since, until) for rate in _read(url, bank.file_format)
    ]
    # A bank answers for a day without rates with the last day that had some.
    return [
        rate
        for rate in rates
        if rate.rate_date <= until and (bank.is_daily_document or rate.rate_date >= since)
    ]


def _addresses(bank: Bank, since: date, until: date) -> Iterator[str]:
    if not bank.is_daily_document:
        yield bank.url
        return
    day = since
    while day <= until:
        yield day.strftime(bank.url)
        day += timedelta(days=1)


def _read(url: str, file_format: str) -> list[Rate]:
    if not url.startswith(("https://", "http://")):
        raise FetchError(f"not a web address: {url}")
    try:
        request = Request(url, headers={"User-Agent": "newsmill rates"})  # noqa: S310 - the scheme is checked above
        with urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310
            content = answer.read(MAX_BYTES + 1)
    except HTTPError as error:
        error.close()
        raise FetchError(f"{url}: {error}") from error
    except (URLError, TimeoutError, ConnectionError) as error:
        raise FetchError(f"{url}: {error}") from error
    if len(content) > MAX_BYTES:
        raise FetchError(f"{url}: more than {MAX_BYTES} bytes")
    try:
        return read_rates(content, file_format)
    except RatesFileError as error:
        raise FetchError(f"{url}: {error}") from error
