"""`newsmill rates`: look at the reference rates, and fetch newer ones."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

import click

from newsmill.options import DayType, need_ordered
from newsmill.terminal import echo
from schemas.currencies.iso_4217 import CURRENT, WITHDRAWN
from schemas.rate_statuses import RateStatus
from tasks.normalize.rates.fetching import BANKS, Bank, FetchError
from tasks.normalize.rates.formats import FORMATS
from tasks.normalize.rates.table import RatesFileError
from tasks.normalize.rates.value import load_rates, usd_value


@click.group()
def rates() -> None:
    """Look at the reference rates, and fetch newer ones."""


@rates.command()
@click.argument("bank", type=click.Choice(sorted(BANKS)))
@click.option(
    "--since",
    type=DayType(),
    help="First day wanted; without it, the one after the table's newest.",
)
@click.option("--until", type=DayType(), help="Last day wanted; without it, today (UTC).")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="Table to write; rows that it has are kept.",
)
@click.option(
    "--url",
    help="Another address; strftime signs (%Y %m %d) in it ask for one document a day.",
)
@click.option(
    "--format",
    "file_format",
    type=click.Choice(sorted(FORMATS)),
    help="The format of that address.",
)
def fetch(
    bank: str,
    since: date | None,
    until: date | None,
    out: Path,
    url: str | None,
    file_format: str | None,
) -> None:
    """Fetch a central bank's rates into a table (CSV) that `newsmill run` can be given."""
    # Imported here: it writes as the warehouse does, and pyarrow costs what `--help` need not pay.
    from tasks.normalize.rates.updating import update_rates

    last = until or datetime.now(UTC).date()
    need_ordered(since, last)
    known = BANKS[bank]
    try:
        update = update_rates(
            Bank(url or known.url, file_format or known.file_format), since, last, out
        )
    except (FetchError, RatesFileError) as error:
        _fail(str(error))
    if not update.rates:
        echo(f"{bank} has no rates newer than {update.newest}, the newest in {out}")
        return
    echo(f"{update.rates} rates of {update.days} days, {update.newest} the newest, in {out}")


@rates.command()
@click.argument("currency", required=False)
@click.argument("day", type=DayType(), metavar="[DAY]", required=False)
@click.option(
    "--rates",
    "files",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="Your own file of rates.",
)
@click.option(
    "--format",
    "file_format",
    type=click.Choice(sorted(FORMATS)),
    help="Its file_format, where it cannot be told.",
)
def show(
    currency: str | None, day: date | None, files: tuple[Path, ...], file_format: str | None
) -> None:
    """Show the sources; with CURRENCY their spans for it; with DAY too, the rate that is used."""
    try:
        loaded = load_rates(files, file_format)
    except RatesFileError as error:
        _fail(str(error))
    code = currency.upper() if currency else None
    if code and day:
        value = usd_value(Decimal(1), code, day, loaded)
        if value.status is not RateStatus.OK:
            _fail(f"no rate of {code} on {day}: {value.status}")
        echo(f"1 {code} = {value.rate:f} USD ({value.source}, {value.rate_date})")
        return
    if code and not any(source.span(code) for source in loaded.sources()):
        is_known = code in CURRENT | WITHDRAWN
        _fail(f"no source has rates of {code}" if is_known else f"{code!r} is no code of ISO 4217")
    for source in loaded.sources():
        if code is None:
            echo(f"{source.name:8} {len(source.currencies()):4} currencies  {source.digest[:24]}")
        elif span := source.span(code):
            echo(f"{source.name:8} {code} {source.frequency(code)} {span[0]} to {span[1]}")
    if code is None:
        echo(f"digest   {loaded.digest()}")


def _fail(message: str) -> NoReturn:
    raise click.ClickException(message)
