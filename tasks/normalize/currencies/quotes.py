"""Exchange rates from tickers: which currency is priced, in which, at what rate."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from itertools import combinations, pairwise

from schemas.currencies.families import DEFAULTS
from schemas.currencies.tickers import ROUGH_USD
from tasks.normalize.currencies.digits import parse_digits
from tasks.normalize.currencies.sums import EXACT
from tasks.normalize.decisions import Mention
from tasks.printed.ticker_lines import (
    LONGEST_TICKER,
    MIN_CURRENCIES,
    Pair,
    is_ticker_line,
    read_pairs,
)

# Units whose worth differs at least this much must have rates in the same order.
_CLEARLY_APART = Decimal(3)
_DECIMALS_OF_RATES = 4
# US dollar, euro and pound have kept this order through nearly all of the euro's life.
_ORDERED = ("USD", "EUR", "GBP")


@cache
def country_currency(country: str) -> str | None:
    """Returns the legal tender of a country, the first that CLDR lists; None where it has none."""
    from babel.numbers import get_territory_currencies  # noqa: PLC0415 - 30 ms, and only tickers need it

    codes = get_territory_currencies(country)
    return codes[0] if codes else None


def read_quotes(quotes: Sequence[str], country: str | None) -> list[Mention]:
    """Reads exchange rates from the texts of tickers.

    Args:
        quotes: each a line or a widget's text.
        country: the outlet's ISO 3166 code, None where unknown.

    Returns:
        Mentions of kind `quote`: `currency_code` is the unit priced, `amount` its rate in
        `quote_currency_code`; `amount_high` the selling rate where a buying rate is printed too.
        The rule says where the currency of the rate is from: `ticker_pair` ("EUR/USD 1.08"),
        `ticker_currency` ("$ 1.70 ₼"), `outlet_country`, or `quote_currency_unknown`. Numbers in an
        unknown currency that may be a price list's are left out.
    """
    own = country_currency(country) if country else None
    return [
        mention for text in quotes if is_ticker_line(text) for mention in _read_ticker(text, own)
    ]


def _read_ticker(text: str, own: str | None) -> list[Mention]:
    rates: dict[tuple[str, Decimal, str | None], Pair] = {}
    for pair in read_pairs(text):
        if (rate := _rate(pair)) is not None:
            rates.setdefault((_unit(pair), rate, pair.quote), pair)
    plain = [(unit, rate) for unit, rate, quote in rates if quote is None]
    code, rule = _currency_of_rates(list(rates.values()), own)
    are_plain_rates = _are_rates(plain, code) and (code is not None or _are_no_prices(plain))
    return [
        _quote(text, pair, unit, rate, quote or code, "ticker_pair" if quote else rule)
        for (unit, rate, quote), pair in rates.items()
        if quote or are_plain_rates
    ]


def _currency_of_rates(pairs: Sequence[Pair], own: str | None) -> tuple[str | None, str]:
    """Returns the currency that a ticker's plain rates are in, and the rule that says so.

    One printed behind the rates is that of all of them, for the last may be cut off; a single one
    may as well belong to a pair that lost its number.
    """
    units = {_unit(pair) for pair in pairs}
    printed = Counter(DEFAULTS.get(pair.of_rate, pair.of_rate) for pair in pairs if pair.of_rate)
    for code, count in printed.most_common(1):
        if count >= MIN_CURRENCIES and code not in units:
            return code, "ticker_currency"
    return (own, "outlet_country") if own else (None, "quote_currency_unknown")


def _quote(
    text: str, pair: Pair, unit: str, rate: Decimal, quote_code: str | None, rule: str
) -> Mention:
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
    """Whether numbers are rates of currencies in one other, not prices of one thing in each."""
    units = [unit for unit, _ in rates]
    if len(set(units)) < MIN_CURRENCIES or len(set(units)) != len(units) or own in units:
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
    return all(low < high for low, high in pairwise(ordered))


def _are_no_prices(rates: list[tuple[str, Decimal]]) -> bool:
    """Whether numbers that `_are_rates` allows cannot be prices of one thing in each currency.

    "$ 799.99 € 899.99" can be: taxes and habit make up for what the euro is worth more. Prices have
    no four decimals, are not higher in pounds, and follow currencies that are worth far less.
    """
    if any(len(f"{rate:f}".partition(".")[2]) >= _DECIMALS_OF_RATES for _, rate in rates):
        return True
    units = {unit for unit, _ in rates}
    if "GBP" in units and units & {"USD", "EUR"}:
        return True
    worths = [ROUGH_USD[unit] for unit in units if unit in ROUGH_USD]
    return bool(worths) and max(worths) >= min(worths) * _CLEARLY_APART


def drop_tickers(text: str, mentions: list[Mention], country: str | None) -> list[Mention]:
    """Leaves out amounts that are rates of a ticker in the text ("USD 92,45 EUR 99,80")."""
    if len(mentions) < MIN_CURRENCIES:
        return mentions
    own = country_currency(country) if country else None
    kept: list[Mention] = []
    run: list[Mention] = []
    lines: list[str] = []
    last_end = -1
    for start, end, inside in _lines_with(text, mentions):
        line = text[start:end] if end - start <= LONGEST_TICKER else ""
        if not is_ticker_line(line):
            kept += inside
            continue
        if run and text[last_end:start].strip():
            kept += _unless_rates(run, lines, own)
            run, lines = [], []
        run += inside
        lines.append(line)
        last_end = end
    kept += _unless_rates(run, lines, own)
    return sorted(kept, key=lambda mention: mention.start or 0)


def _unless_rates(run: list[Mention], lines: list[str], own: str | None) -> list[Mention]:
    pairs = [pair for line in lines for pair in read_pairs(line)]
    rates = list(
        dict.fromkeys((_unit(pair), rate) for pair in pairs if (rate := _rate(pair)) is not None)
    )
    return [] if _are_rates(rates, own) else run


def _lines_with(text: str, mentions: list[Mention]) -> list[tuple[int, int, list[Mention]]]:
    """The lines of a text that hold mentions, as spans, each with its mentions."""
    spans: list[tuple[int, int, list[Mention]]] = []
    for mention in mentions:
        assert mention.start is not None
        if spans and mention.start < spans[-1][1]:
            spans[-1][2].append(mention)
            continue
        end = text.find("\n", mention.start)
        spans.append(
            (text.rfind("\n", 0, mention.start) + 1, end if end >= 0 else len(text), [mention])
        )
    return spans
