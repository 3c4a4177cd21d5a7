"""Exchange rates from tickers: which currency is priced, in which, at what rate."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from itertools import combinations

from babel.numbers import get_territory_currencies

from schemas.currencies.families import DEFAULTS
from schemas.currencies.tickers import ROUGH_USD
from tasks.extract.tickers import Pair, is_ticker_line, read_pairs
from tasks.normalize.currencies.amounts import EXACT
from tasks.normalize.currencies.digits import parse_digits
from tasks.normalize.decisions import Mention

# Units whose worth differs at least this much must have rates in the same order.
_CLEARLY_APART = Decimal(3)
# US dollar, euro and pound have kept this order through nearly all of the euro's life.
_ORDERED = ("USD", "EUR", "GBP")


@cache
def country_currency(country: str) -> str | None:
    """Returns the legal tender of a country (CLDR's territory currencies), None where it has none or several."""
    codes = get_territory_currencies(country)
    return codes[0] if codes else None


def read_quotes(quotes: Sequence[str], country: str | None) -> list[Mention]:
    """Reads exchange rates from the texts of tickers.

    Args:
        quotes: each a line or a widget's text.
        country: the outlet's ISO 3166 code; without it, only pairs that print both currencies are read.

    Returns:
        Mentions of kind `quote`: `currency_code` is the unit priced, `amount` its rate in
        `quote_currency_code`; `amount_high` the selling rate where a buying rate is printed too.
    """
    found: list[Mention] = []
    for text in quotes:
        pairs = read_pairs(text)
        own = country_currency(country) if country else None
        rates = [(pair, _unit(pair), rate) for pair in pairs if (rate := _rate(pair)) is not None]
        if not is_ticker_line(text) and len(rates) != 1:
            continue
        crosses = [item for item in rates if item[0].quote]
        plain = [item for item in rates if not item[0].quote]
        if not _are_rates([(unit, rate) for _, unit, rate in plain], own):
            plain = []
        found += [
            _quote(text, pair, unit, rate, pair.quote or own, "ticker_pair" if pair.quote else "outlet_country")
            for pair, unit, rate in rates
            if (pair, unit, rate) in (crosses if pair.quote else plain)
        ]
    return found


def _quote(text: str, pair: Pair, unit: str, rate: Decimal, quote_code: str | None, rule: str) -> Mention:
    high = parse_digits(pair.second, "") if pair.second else None
    is_spread = high is not None and rate < high < rate * Decimal("1.1")
    return Mention(
        start=None,
        end=None,
        surface=text,
        kind="quote",
        amount=rate,
        amount_high=high if is_spread else None,
        currency_code=unit,
        quote_currency_code=quote_code,
        rule=rule,
    )


def _unit(pair: Pair) -> str:
    return DEFAULTS.get(pair.unit, pair.unit)


def _rate(pair: Pair) -> Decimal | None:
    """The rate of one unit; a rate has a decimal mark, so three digits after it are decimals."""
    rate = parse_digits(pair.rate.replace(",", "."), ".")
    if rate is None or rate == 0:
        return None
    return EXACT.divide(rate, Decimal(pair.nominal)) if pair.nominal else rate


def _are_rates(rates: list[tuple[str, Decimal]], own: str | None) -> bool:
    """Whether numbers beside currencies are their rates in one currency, not prices of one thing."""
    units = [unit for unit, _ in rates]
    if own is None or len(set(units)) < 2 or len(set(units)) != len(units) or own in units:
        return False
    for (one, rate), (other, other_rate) in combinations(rates, 2):
        worth, other_worth = ROUGH_USD.get(one), ROUGH_USD.get(other)
        if worth is None or other_worth is None:
            continue
        if worth >= other_worth * _CLEARLY_APART and rate <= other_rate:
            return False
        if other_worth >= worth * _CLEARLY_APART and other_rate <= rate:
            return False
    ordered = [dict(rates)[code] for code in _ORDERED if code in units]
    return all(low < high for low, high in zip(ordered, ordered[1:], strict=False))
