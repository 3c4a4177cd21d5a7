"""Volumes: whether an outlet landed as many documents as its weekday and its peers let expect."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from schemas.drift import (
    VOLUME_COMPLETE,
    VOLUME_MIN_COUNTRY_PEERS,
    VOLUME_MIN_PEERS,
    VOLUME_MIN_SAME_WEEKDAYS,
    VOLUME_PEER_MIN_EXPECTED,
)
from tasks.validate.findings import Finding
from tasks.validate.past_days import Past
from tasks.validate.ranges import Range, volume_range, volume_spread

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Volume:
    """An outlet's documents on a day.

    Attributes:
        count: what landed.
        expected: the median of the same weekday; summed over the silent days that end here, so
            that an outlet of a few pages a day is missed after a few days.
        silent_days: days without a document that end here.
        busiest: the median of its busiest weekday.
        spread: how much it varies between days beyond chance.
    """

    count: int
    expected: float
    silent_days: int
    busiest: float
    spread: float


def find_volumes(source: str, past: Past) -> Iterator[Finding]:
    """Yields the outlets that landed far fewer or far more documents than usual."""
    volumes = {
        outlet: volume
        for outlet in past.history.outlets()
        if (volume := _volume(past, outlet)) is not None
    }
    for outlet, volume in volumes.items():
        level, is_complete = _level_of_peers(past, outlet, volumes)
        allowed = volume_range(
            volume.expected * min(1.0, level), volume.busiest * max(1.0, level), volume.spread
        )
        if not allowed.allows(volume.count):
            yield _finding(source, past, outlet, volume, allowed, is_complete)


def _volume(past: Past, outlet: str) -> Volume | None:
    counts = past.history.of(outlet, "documents")
    landed = np.flatnonzero(counts[: past.position + 1])
    if not len(landed):
        return None
    first = max(past.first, int(landed[0]))
    days = past.history.days[first : past.position]
    weekdays = np.array([day.weekday() for day in days])
    before = counts[first : past.position]
    today = past.day.weekday()
    if (weekdays == today).sum() < VOLUME_MIN_SAME_WEEKDAYS:
        return None
    medians = np.array(
        [np.median(before[weekdays == day]) if day in weekdays else 0.0 for day in range(7)]
    )
    silent = past.position - int(landed[-1])
    expected = medians[today] + medians[weekdays[len(weekdays) - max(0, silent - 1) :]].sum()
    spread = volume_spread(before, medians[weekdays])
    return Volume(past.today(counts), float(expected), silent, float(medians.max()), spread)


def _level_of_peers(past: Past, outlet: str, volumes: Mapping[str, Volume]) -> tuple[float, bool]:
    """Returns how much of their usual the peers landed, and whether that says the day is complete.

    Peers are the source's outlets of the same country, who share its holidays; where these are few,
    all of the source's.
    """
    levels = {
        peer: (volume.count + 0.5) / (volume.expected + 0.5)
        for peer, volume in volumes.items()
        if peer != outlet
        and volume.expected >= VOLUME_PEER_MIN_EXPECTED
        and volume.silent_days <= 1
    }
    countries = past.history.countries
    near = [
        level
        for peer, level in levels.items()
        if countries[outlet] and countries[peer] == countries[outlet]
    ]
    chosen = near if len(near) >= VOLUME_MIN_COUNTRY_PEERS else list(levels.values())
    if len(chosen) < VOLUME_MIN_PEERS:
        return 1.0, False
    level = float(np.median(chosen))
    return level, level >= VOLUME_COMPLETE


def _finding(
    source: str, past: Past, outlet: str, volume: Volume, allowed: Range, is_complete: bool
) -> Finding:
    is_low = volume.count < allowed.low
    days = f" in {volume.silent_days} days" if volume.silent_days > 1 else ""
    return Finding(
        measure="volume",
        value=f"{volume.count:,} documents{days}",
        expected=f"{allowed.low:,.0f} to {allowed.high:,.0f} (usual {volume.expected:,.0f})",
        advice=_low_advice(is_complete) if is_low else _HIGH_ADVICE,
        # A day of which the peers too are missing may still be landing: holding it back every hour
        # until it has landed would teach people to accept without looking.
        holds=not is_low or is_complete,
        source=source,
        outlet=outlet or None,
        landing_date=past.day,
        number=float(volume.count),
        beyond="low" if is_low else "high",
    )


_HIGH_ADVICE = "A loop of the crawler's, or an archive that landed at once?"


def _low_advice(is_complete: bool) -> str:
    if is_complete:
        return "Its peers landed: blocked, moved to another domain, or dropped by the crawler?"
    return "Nothing says that the day has landed whole."
