"""Adds newly fetched rates to a table that runs are given."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tasks.normalize.rates.fetching import Bank, FetchError, fetch_rates
from tasks.normalize.rates.formats import read_rates
from tasks.normalize.rates.table import Rate, RatesFileError, write_table
from tasks.storage.warehouse import replaced


@dataclass(frozen=True, slots=True)
class RatesUpdate:
    """What was added to a table of rates.

    Attributes:
        rates: how many; 0 on a day on which the bank has published nothing new.
        days: of how many days.
        newest: the newest day in the table.
    """

    rates: int
    days: int
    newest: date


def update_rates(bank: Bank, since: date | None, until: date, path: Path) -> RatesUpdate:
    """Fetches a bank's rates into a table (CSV); rows that it has are kept.

    Args:
        bank: where from.
        since: first day wanted; None goes on after the table's newest day, and where there is no
            table begins with `until`.
        until: last day wanted.
        path: the table; it is replaced whole.

    Raises:
        FetchError: the bank could not be reached, or has no rates of these days.
        RatesFileError: the table there is cannot be read.
        OSError: it cannot be written.
    """
    kept = _read_kept(path)
    newest = max((rate.rate_date for rate in kept), default=None)
    first = since or min(newest + timedelta(days=1) if newest else until, until)
    fetched = fetch_rates(bank, first, until)
    if not fetched and newest and since is None:
        return RatesUpdate(0, 0, newest)
    if not fetched:
        raise FetchError(f"no rates from {first} to {until} at {bank.url}")
    table = write_table([*kept, *fetched])
    with replaced(path) as temporary:
        temporary.write_text(table, encoding="utf-8")
    days = {rate.rate_date for rate in fetched}
    return RatesUpdate(len(fetched), len(days), max(days | ({newest} if newest else set())))


def _read_kept(path: Path) -> list[Rate]:
    try:
        return read_rates(path.read_bytes()) if path.exists() else []
    except RatesFileError as error:
        raise error.in_file(path) from None
