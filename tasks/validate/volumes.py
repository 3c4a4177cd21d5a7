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
_NOBODY: Floats = np.zeros(0)


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
    peers = _Peers(volumes, past.history.countries)
    for outlet, volume in volumes.items():
        level, is_complete = peers.find_level(outlet)
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


class _Peers:
    """How much of their usual the outlets of a source landed, by country.

    Peers are the source's outlets of the same country, who share its holidays; where these are few,
    all of the source's.
    """

    def __init__(self, volumes: Mapping[str, Volume], countries: Mapping[str, str]) -> None:
        self._countries = countries
        self._levels = {
            outlet: (volume.count + 0.5) / (volume.expected + 0.5)
            for outlet, volume in volumes.items()
            if volume.expected >= VOLUME_PEER_MIN_EXPECTED and volume.silent_days <= 1
        }
        near: dict[str, list[float]] = {}
        for outlet, level in self._levels.items():
            near.setdefault(countries[outlet], []).append(level)
        self._near = {country: np.sort(levels) for country, levels in near.items() if country}
        self._all = np.sort(list(self._levels.values()))

    def find_level(self, outlet: str) -> tuple[float, bool]:
        """Returns the level of an outlet's peers, and whether it says that the day is complete."""
        near = self._without(outlet, self._near.get(self._countries[outlet], _NOBODY))
        chosen = near if len(near) >= VOLUME_MIN_COUNTRY_PEERS else self._without(outlet, self._all)
        if len(chosen) < VOLUME_MIN_PEERS:
            return 1.0, False
        level = float(np.median(chosen))
        return level, level >= VOLUME_COMPLETE

    def _without(self, outlet: str, levels: Floats) -> Floats:
        """Returns sorted levels, of which the outlet's own is one if it has any, without it."""
        if outlet not in self._levels or not len(levels):
            return levels
        return np.delete(levels, np.searchsorted(levels, self._levels[outlet]))


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
