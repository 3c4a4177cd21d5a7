"""What a day may be, given the days before it: bounds for shares, lengths and volumes.

Counts vary more from day to day than chance alone lets them, so each bound has a spread between
days besides the chance within one. Both are estimated from the past in ways that an odd day cannot
move: winsorized moments, medians, and the median absolute deviation (Hampel 1974).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, betaln, gammaln, ndtri

from schemas import drift

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

# Of a normal distribution: standard deviations in a median absolute deviation, in the range between
# the quartiles, and in the standard error of a median of one.
_MAD = 1.4826
_QUARTILES = 1.349
_MEDIAN = 1.2533
# A new day differs more from the median of eight days than these do, which made it: a tenth for the
# median's own error (1 + 1.57/8), a tenth because each of them pulled it.
_NEW_DAY = 1.2


@dataclass(frozen=True, slots=True)
class Range:
    """What a measure may be: its usual value and its bounds, both allowed."""

    usual: float
    low: float
    high: float

    def allows(self, value: float) -> bool:
        """Tells whether a value is inside."""
        return self.low <= value <= self.high


def share_range(past: Counts, totals: Counts, today: int, variation: float) -> Range | None:
    """Returns how many of today's records may have what was counted; None with too little past.

    A beta-binomial: a share differs between days (`SHARE_MIN_CLUMPING` at least), and chance comes
    on top. Its mean is the winsorized past with half a record added on either side (Jeffreys'
    prior), so that what never happened is not held impossible.

    Args:
        past: records that had it, by day.
        totals: records, by day.
        today: today's records.
        variation: the least standard deviation of the share between days, in shares of its mean.
    """
    seen = totals > 0
    past, totals = past[seen], totals[seen]
    if len(totals) < drift.SHARE_MIN_DAYS or totals.sum() < drift.SHARE_MIN_PAST:
        return None
    shares = past / totals
    shares = np.minimum(shares, np.quantile(shares, 1 - drift.SHARE_WINSORIZED, method="higher"))
    mean = ((shares * totals).sum() + 0.5) / (totals.sum() + 1)
    least = max(drift.SHARE_MIN_CLUMPING, variation**2 * mean / (1 - mean))
    clumping = float(np.clip(_clumping(shares, totals, mean), min(least, 0.5), 0.5))
    alpha, beta = mean * (1 / clumping - 1), (1 - mean) * (1 / clumping - 1)
    k = np.arange(today + 1)
    choices = gammaln(today + 1) - gammaln(k + 1) - gammaln(today - k + 1)
    chances = np.exp(choices + betaln(k + alpha, today - k + beta) - betaln(alpha, beta))
    at_least = np.cumsum(chances[::-1])[::-1]
    return Range(mean * today, 0, float(k[at_least >= drift.SHARE_ALPHA].max(initial=0)))


def _clumping(shares: Floats, totals: Counts, mean: float) -> float:
    """Estimates the intraclass correlation of a beta-binomial by moments (Kleinman 1973)."""
    squares = float((totals * (shares - mean) ** 2).sum()) / (mean * (1 - mean))
    free = 1 - totals / totals.sum()
    clumped = float((free * (totals - 1)).sum())
    return (squares - float(free.sum())) / clumped if clumped > 0 else 0.0


def median_of_steps(counts: Counts) -> float:
    """Returns the median of a histogram, in steps, interpolated within its step."""
    return quantile_of_steps(counts, 0.5)


def quantile_of_steps(counts: Counts, share: float) -> float:
    """Returns a quantile of a histogram, in steps, interpolated within its step."""
    summed = np.cumsum(counts)
    wanted = share * summed[-1]
    step = int(np.searchsorted(summed, wanted, side="left"))
    before = summed[step] - counts[step]
    return step + float((wanted - before) / counts[step]) if counts[step] else float(step)


def length_range(past: Counts, today: int) -> Range | None:
    """Returns the median that today's texts may have, in steps; None with too little past.

    Args:
        past: a histogram a day, in rows.
        today: today's texts.
    """
    totals = past.sum(axis=1)
    past, totals = past[totals > 0], totals[totals > 0]
    if len(totals) < drift.SHARE_MIN_DAYS or totals.sum() < drift.SHARE_MIN_PAST:
        return None
    pooled = past.sum(axis=0)
    usual = median_of_steps(pooled)
    spread = (quantile_of_steps(pooled, 0.75) - quantile_of_steps(pooled, 0.25)) / _QUARTILES
    least = drift.LENGTH_MIN_SPREAD_OCTAVES * drift.LENGTH_STEPS_PER_OCTAVE
    errors = np.hypot(_MEDIAN * spread / np.sqrt(totals), least)
    scores = (np.array([median_of_steps(day) for day in past]) - usual) / errors
    wider = max(1.0, _MAD * float(np.median(np.abs(scores))))
    error = wider * float(np.hypot(_MEDIAN * spread / np.sqrt(today), least))
    reach = drift.LENGTH_MAX_DEVIATION * error
    return Range(usual, usual - reach, usual + reach)


def volume_spread(volumes: Counts, expected: Floats) -> float:
    """Estimates how much a new day's volume varies beyond chance, as a ratio.

    Args:
        volumes: documents by day.
        expected: the median of each day's weekday, which these volumes made.
    """
    residuals = np.log((volumes + 1) / (expected + 1))
    deviation = _MAD * float(np.median(np.abs(residuals - np.median(residuals))))
    chance = float(np.median(1 / (expected + 1)))
    return float(max(_NEW_DAY * np.sqrt(max(deviation**2 - chance, 0)), drift.VOLUME_MIN_SPREAD))


def volume_range(low_mean: float, high_mean: float, spread: float) -> Range:
    """Returns the documents that may land in a day.

    A negative binomial: a mean that varies between days by `spread`, and chance on top. Above,
    where news days have a longer tail, the limit is a log-normal's where that is higher.

    Args:
        low_mean: what to expect at least.
        high_mean: what to expect at most.
        spread: from `volume_spread`.
    """
    size = 1 / spread**2
    numbers = np.arange(int(high_mean * (1 + 12 * spread)) + 60)
    low = betainc(size, numbers + 1, size / (size + low_mean)) if low_mean > 0 else numbers + 1.0
    high = betainc(numbers + 1, size, high_mean / (size + high_mean)) if high_mean > 0 else low * 0
    news_day = high_mean * np.exp(-ndtri(drift.VOLUME_ALPHA) * spread)
    return Range(
        low_mean,
        float(numbers[low >= drift.VOLUME_ALPHA].min(initial=numbers[-1])),
        max(float(numbers[high >= drift.VOLUME_ALPHA].max(initial=0) + 1), float(news_day)),
    )
