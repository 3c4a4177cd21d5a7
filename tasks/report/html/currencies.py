"""Sums up what is remembered of amounts of money: how many in each currency, and their median."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tasks.report.html.counted_parts import first_digits
from tasks.report.html.report_data import CurrencyData

_CURRENCIES = 12


def sum_amounts(amounts: pa.Table) -> tuple[CurrencyData, ...]:
    """Returns the currencies with most mentions, and the others together.

    Args:
        amounts: of `AMOUNTS_SCHEMA`.
    """
    sizes = amounts.group_by("currency_code").aggregate([("mentions", "sum")]).to_pylist()
    ordered = sorted(
        (-row["mentions_sum"], row["currency_code"] is None, row["currency_code"] or "")
        for row in sizes
    )
    kept = [None if is_unknown else code for _, is_unknown, code in ordered[:_CURRENCIES]]
    is_kept = pc.is_in(amounts["currency_code"], pa.array(kept, pa.string()))
    currencies = [_currency(code, amounts.filter(_is_of(amounts, code))) for code in kept]
    if len(ordered) > _CURRENCIES:
        others = _currency(
            f"{len(ordered) - _CURRENCIES:,} others", amounts.filter(pc.invert(is_kept))
        )
        currencies.append(replace(others, usd_median=None))
    return tuple(currencies)


def _is_of(amounts: pa.Table, code: str | None) -> pa.ChunkedArray:
    codes = amounts["currency_code"]
    return pc.is_null(codes) if code is None else pc.equal(codes, code)


def _currency(code: str | None, amounts: pa.Table) -> CurrencyData:
    mentions = amounts["mentions"].to_numpy()
    return CurrencyData(
        code=code,
        mentions=int(mentions.sum()),
        ambiguous=int(mentions[amounts["is_ambiguous"].fill_null(False).to_numpy()].sum()),
        usd_median=_median(amounts.filter(pc.is_valid(amounts["usd"]))),
    )


def _median(amounts: pa.Table) -> float | None:
    if not amounts.num_rows:
        return None
    ordered = amounts.sort_by("usd")
    values, ends = ordered["usd"].to_numpy(), np.cumsum(ordered["mentions"].to_numpy())
    middle = np.array([(ends[-1] - 1) // 2, ends[-1] // 2])
    found = values[np.searchsorted(ends, middle, side="right")]
    return float(first_digits(np.array([found.mean()]))[0])
