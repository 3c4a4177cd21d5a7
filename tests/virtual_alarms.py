"""What people would have been told in a made-up web, held against what was wrong there."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tasks.collect.memory.state import State
from tasks.collect.reporting.troubles import SourceTrouble, Trouble, find_troubles
from tests.virtual_time import START
from tests.virtual_web import DAY_S, Site

HOUR_S = 3600.0
# An outage that people may be told of; what is shorter is a restart.
_OUTAGE_S = 25 * 60.0
# A feed that has news in all of these hours is expected to be told within a day.
_DAILY_S = 16 * HOUR_S
_KNOWN_S = 8 * DAY_S
# What a host that dies has published last can be had in this time.
_QUIET_S = 8 * HOUR_S


def trouble_sites(sites: list[Site], days: float, seed: int) -> None:
    """Gives some sites what alarms are about, and some what they must not be about.

    Of forty sites one falls silent for good, one dies for good, two are away for some minutes now
    and then, and four rest at week-ends. Virtual time begins on a Monday.
    """
    chance = random.Random(seed)
    for number, site in enumerate(sites):
        at = chance.uniform(0.4, 0.8) * days * DAY_S
        match number % 40:
            case 1:
                site.fall_silent(at)
                site.silent_from = site.published[-1]
            case 11:
                site.fall_silent(at - _QUIET_S)
                site.is_dead = [(at, math.inf)]
            case 21 | 31:
                starts = [chance.uniform(0, days * DAY_S) for _ in range(int(days / 3) + 1)]
                site.is_dead = [(start, start + chance.uniform(120, 1200)) for start in starts]
            case 5 | 15 | 25 | 35:
                site.published = [at for at in site.published if at // DAY_S % 7 < 5]


@dataclass
class AlarmWatch:
    """Looks at the state now and then, and notes each alarm when it is raised.

    Attributes:
        raised: each with the virtual second.
    """

    raised: list[tuple[float, SourceTrouble]] = field(default_factory=list)
    _open: set[tuple[Trouble, str]] = field(default_factory=set)

    def look(self, state: State, now: float) -> None:
        """Notes the alarms that were not there when it looked last."""
        sources = (source for source, _ in state.standings.sources())
        found = find_troubles(sources, state.standings.hosts(), now)
        alarms = {(alarm.trouble, alarm.url): alarm for alarm in found if alarm.is_alarm}
        at = now - START.timestamp()
        self.raised += [(at, alarms[key]) for key in sorted(alarms.keys() - self._open)]
        self._open = set(alarms)

    def false(self, sites: Sequence[Site]) -> list[tuple[float, SourceTrouble]]:
        """Returns the alarms without a reason."""
        by_outlet = {site.outlet: site for site in sites}
        return [
            (at, alarm)
            for at, alarm in self.raised
            if not _has_reason(by_outlet[_outlet_of(alarm)], alarm.trouble, at)
        ]

    def silence_hours(self, sites: Sequence[Site]) -> dict[str, float | None]:
        """Returns the hours from the last article to the alarm, by outlet that fell silent.

        Of those that had news every day, and were known for more than a week; None where nobody
        was told.
        """
        return {
            site.outlet: self._first(site, Trouble.SILENT, site.silent_from)
            for site in sites
            if site.silent_from is not None
            and site.silent_from > _KNOWN_S
            and _longest_quiet(site) < _DAILY_S
        }

    def death_hours(self, sites: Sequence[Site]) -> dict[str, float | None]:
        """Returns the hours to the alarm, by outlet whose host died for good.

        From the first request that it did not answer; None where nobody was told.
        """
        found = {}
        for site in sites:
            died = next((since for since, until in site.is_dead if until > 1e9), None)
            if died is not None:
                asked = min(started for started, _, _ in site.requests if started >= died)
                found[site.outlet] = self._first(site, Trouble.FAILING, asked)
        return found

    def _first(self, site: Site, trouble: Trouble, since: float) -> float | None:
        return next(
            (
                (at - since) / HOUR_S
                for at, alarm in self.raised
                if alarm.trouble is trouble and _outlet_of(alarm) == site.outlet and at >= since
            ),
            None,
        )


def _outlet_of(alarm: SourceTrouble) -> str:
    return alarm.outlet or alarm.url.removeprefix("https://").partition(".")[0]


def _has_reason(site: Site, trouble: Trouble, at: float) -> bool:
    if trouble is Trouble.SILENT:
        return site.silent_from is not None and at >= site.silent_from
    return any(_ends_after(span, at) for span in site.is_dead)


def _ends_after(span: tuple[float, float], at: float) -> bool:
    """Whether an outage was told while it lasted, or soon after, and lasted long enough."""
    since, until = span
    return since <= at <= until + HOUR_S and until - since >= _OUTAGE_S


def _longest_quiet(site: Site) -> float:
    return max((after - before for before, after in pairwise(site.published)), default=DAY_S)
