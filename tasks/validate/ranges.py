"""What a day may be, given the days before it: bounds for shares, lengths and volumes.

Counts vary more from day to day than chance alone lets them, so each bound has a spread between
days besides the chance within one. Both are estimated from the past in ways that an odd day cannot
move: winsorized moments, medians, and the median absolute deviation (Hampel 1974).
"""

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from schemas import drift

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

# A normal distribution's standard deviation, in median absolute deviations.
_MAD = 1.4826
# How much further a new day lies from the median of eight days than these days do: a tenth for the
# median's own error (1 + 1.57/8), and a tenth because each of the eight pulled the median.
_NEW_DAY = 1.2
# A normal distribution in steps of a tenth of a deviation, far enough for one in a billion.
_DEVIATIONS = np.linspace(-6, 6, 121)
_WEIGHTS = np.exp(-(_DEVIATIONS**2) / 2) / np.exp(-(_DEVIATIONS**2) / 2).sum()
# A Poisson mean whose median is 0 may be as high as this: ln 2.
_MEDIAN_ZERO = 0.69
# Documents beyond the mean that are looked at: chance adds fewer to a small day.
_MORE = 60


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
    # Imported here and below: it takes .15 s, and only a day with a past is compared.
    from scipy.special import betaln, gammaln  # noqa: PLC0415

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


def quantile_of_steps(counts: Counts, share: float) -> float:
    """Returns a quantile of a histogram, in steps, interpolated within its step."""
    summed = np.cumsum(counts)
    wanted = share * summed[-1]
    step = int(np.searchsorted(summed, wanted, side="left"))
    before = summed[step] - counts[step]
    return step + float((wanted - before) / counts[step]) if counts[step] else float(step)


@dataclass(frozen=True, slots=True)
class Lengths:
    """The typical length of a day's texts: a winsorized mean, in steps, and what it may be."""

    typical: float
    allowed: Range


def compare_lengths(past: Counts, today: Counts) -> Lengths | None:
    """Compares a day's texts with those of the past; None with too little past.

    Lengths are log-normal, so a mean of steps, which are logarithms, says as much as a median of
    1.6 times the texts. A few odd texts cannot move it, because each counts as no further out than
    an octave beyond nine in ten of the past's.

    Args:
        past: one histogram per day, in rows.
        today: the histogram of the day.
    """
    totals = past.sum(axis=1)
    past, totals = past[totals > 0], totals[totals > 0]
    if len(totals) < drift.SHARE_MIN_DAYS or totals.sum() < drift.SHARE_MIN_PAST:
        return None
    pooled = past.sum(axis=0)
    octave = drift.LENGTH_STEPS_PER_OCTAVE
    low, high = (quantile_of_steps(pooled, share) for share in drift.LENGTH_WINSORIZED)
    lengths = np.clip(np.arange(len(pooled)) + 0.5, low - octave, high + octave)
    usual = float(pooled @ lengths / totals.sum())
    spread = float(np.sqrt(pooled @ (lengths - usual) ** 2 / totals.sum()))
    least = drift.LENGTH_MIN_SPREAD_OCTAVES * octave
    scores = (past @ lengths / totals - usual) / np.hypot(spread / np.sqrt(totals), least)
    wider = max(1.0, _MAD * float(np.median(np.abs(scores))))
    reach = (
        drift.LENGTH_MAX_DEVIATION * wider * float(np.hypot(spread / np.sqrt(today.sum()), least))
    )
    typical = float(today @ lengths / today.sum())
    return Lengths(typical, Range(usual, usual - reach, usual + reach))


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

    A Poisson-log-normal: a mean that is multiplied by something else each day, and chance on top.
    It is what `volume_spread` estimates; a gamma of the same spread (a negative binomial) would
    allow far emptier days and fewer full ones.

    Args:
        low_mean: the median to expect at least.
        high_mean: the median to expect at most.
        spread: from `volume_spread`.
    """
    from scipy.special import pdtr  # noqa: PLC0415

    levels = np.exp(spread * _DEVIATIONS)

    def chance(count: float, mean: float) -> float:
        """The chance of that many documents or fewer."""
        return float(pdtr(count, mean * levels) @ _WEIGHTS)

    high_mean = max(high_mean, _MEDIAN_ZERO)
    most = int(high_mean * levels[-1]) + _MORE
    low = bisect_left(range(most), drift.VOLUME_ALPHA, key=lambda k: chance(k, low_mean))
    high = bisect_left(range(most), 1 - drift.VOLUME_ALPHA, key=lambda k: chance(k, high_mean))
    return Range(low_mean, float(low), float(high))
