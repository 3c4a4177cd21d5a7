"""Ranges: two amounts that share a currency, and maybe a scale."""

import re

from tasks.normalize.currencies.amounts import Amount
from tasks.normalize.currencies.pricing import Priced, price
from tasks.normalize.currencies.reading import Reading
from tasks.normalize.currencies.sums import THOUSAND

_DASH = re.compile(r"[ \u00a0\u2009\u202f]{0,2}[-–—‒―−~〜～][ \u00a0\u2009\u202f]{0,2}")
# Signs, codes and countries before the upper end.
_MAX_UNITS = 3
# How far before the lower end "between" may stand, in tokens.
_OPENING_TOKENS = 3


def upper_end(reading: Reading, low: Amount, priced: Priced | None) -> Priced | None:
    """Returns the upper end of a range, None where the amount is not the lower end of one."""
    found = _other_end(reading, low, priced)
    return found if found and low.value < found.amount.value else None


def lent_unit(reading: Reading, larger: Amount) -> Priced | None:
    """Prices an amount with the unit of a smaller one behind it, None where there is none.

    "Between 1 billion and 500 million dollars", "from 1,200 to 900 euros": both are sums by
    themselves, so that no year or page number is taken for one.
    """
    if larger.scale < THOUSAND and not larger.is_sum_like:
        return None
    smaller = _other_end(reading, larger, None)
    return _shared(smaller, larger) if smaller and smaller.amount.value < larger.value else None


def _other_end(reading: Reading, low: Amount, priced: Priced | None) -> Priced | None:
    """Returns what stands behind a dash, "to" or the "and" of "between", with its unit.

    Args:
        reading: the text.
        low: the lower end.
        priced: the lower end with its unit, None where it has none of its own.
    """
    end, after = (priced.end, priced.after) if priced else (low.end, low.after)
    first = _after_connector(reading, low, end, after)
    if first is None:
        return None
    number = first
    while number - first < _MAX_UNITS and (word := reading.word_at(number)) and word.unit:
        number += 1
    high = reading.amount_at(number)
    if high is None:
        return None
    found = price(reading, high, first)
    if number > first and (found is None or found.first != first):
        return None
    if found is None and priced and priced.side == "before":
        found = _shared(priced, high)
    if found is None or (priced is None and found.side != "after"):
        return None  # "€2 million in 2023 to €3 million": 2023 is no lower end
    return found


def _shared(priced: Priced, high: Amount) -> Priced:
    """Gives an amount the unit of another."""
    return Priced(
        amount=high,
        unit=priced.unit,
        qualifier=priced.qualifier,
        start=high.start,
        end=high.end,
        first=high.first,
        after=high.after,
        side="shared",
    )


def _after_connector(reading: Reading, low: Amount, end: int, after: int) -> int | None:
    """Returns the token after a dash, "to", or the "and" of "between"."""
    gap = reading.gap_to(after, end)
    if gap is None:
        return None
    if _DASH.fullmatch(gap):
        return after
    word = reading.word_at(after)
    if gap.strip() or word is None:
        return None
    if word.role == "range" or (word.role == "and" and _is_opened(reading, low)):
        behind = reading.gap_to(after + 1, reading.tokens[after].end)
        return after + 1 if behind is not None and not behind.strip() else None
    return None


def _is_opened(reading: Reading, low: Amount) -> bool:
    words = (reading.word_at(low.first - step) for step in range(1, _OPENING_TOKENS + 1))
    return any(word is not None and word.role == "opening" for word in words)
