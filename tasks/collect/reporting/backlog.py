"""What waits, how long the last of it does, and which outlets have had their pages for today."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, inf

from tasks.collect.memory.accounts import DAY_S
from tasks.collect.memory.pages import WaitingPages
from tasks.collect.memory.standings import Host, Source
from tasks.collect.memory.state import State
from tasks.collect.planning.outlets import host_key
from tasks.collect.planning.pace import Pace, read_pace
from tasks.collect.planning.politeness import delay_of
from tasks.collect.planning.polling import RULES

_HOUR_S = 3600.0
# Polls come first. Where they take all of a host's requests, its pages have no end that is known.
_LEAST_SHARE = 0.01
# An outlet, and whether its pages are a backfill's: both kinds have a limit of their own.
_Share = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class FullOutlet:
    """An outlet of which no more pages are asked today.

    Attributes:
        outlet: its id.
        is_backfill: it is pages of backfills that are not asked; else all others.
        stored: pages of this kind today.
        waiting: pages of this kind that are asked from tomorrow on.
    """

    outlet: str
    is_backfill: bool
    stored: int
    waiting: int

    @property
    def kind(self) -> str:
        """Which pages, for people."""
        return "of backfills" if self.is_backfill else "new"


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits.

    Attributes:
        pages: by host, the most first.
        hours: until the last of them is asked, by host; see `measure_backlog`.
        full: outlets that have had their pages for today.
    """

    pages: dict[str, int]
    hours: dict[str, float]
    full: tuple[FullOutlet, ...]


def measure_backlog(
    state: State, sources: Iterable[Source], hosts: Iterable[Host], now: float
) -> Backlog:
    """Returns what waits, and for how long: a request each, by the pace of the last run.

    A collector is taken to run all the time, nothing new to come, and each page to be stored when
    it is asked. Where outlets share a host, or an outlet has several, no limit is taken to hold up
    another: then the last page may be asked later.

    Args:
        state: of the collector.
        sources: that it knows; their polls come first on their hosts.
        hosts: that it knows.
        now: epoch seconds.
    """
    pace, groups = read_pace(state), state.pages.count_waiting()
    pages, waiting = Counter[str](), Counter[_Share]()
    for group in groups:
        pages[group.host] += group.pages
        waiting[_share_of(group)] += group.pages
    stored = {
        (outlet, is_backfill): count
        for is_backfill, counts in state.stored_on(now).items()
        for outlet, count in counts.items()
    }
    rates = _rates_of(pages, sources, hosts, pace)
    limited_s = _limited_s(groups, rates, stored, pace, now)
    seconds = {name: count / rates[name] for name, count in pages.items()}
    for group in groups:
        seconds[group.host] = max(seconds[group.host], limited_s[_share_of(group)])
    return Backlog(
        pages=dict(sorted(pages.items(), key=lambda entry: (-entry[1], entry[0]))),
        hours={name: seconds[name] / _HOUR_S for name in seconds},
        full=tuple(_full(stored, waiting, pace)),
    )


def _share_of(group: WaitingPages) -> _Share:
    return group.outlet, group.is_backfill


def _rates_of(
    names: Iterable[str], sources: Iterable[Source], hosts: Iterable[Host], pace: Pace
) -> dict[str, float]:
    """Returns the pages a second that hosts are asked for: what polls leave of their requests."""
    known = {host.name: host for host in hosts}
    polls: dict[str, float] = {}
    for source in sources:
        name = host_key(source.address)
        # One that is to be asked at once has no pace of its own.
        if name is not None and source.last_poll and source.next_poll > source.last_poll:
            interval_s = max(source.next_poll - source.last_poll, RULES.floor_s)
            polls[name] = polls.get(name, 0.0) + 1.0 / interval_s
    rates = {}
    for name in names:
        rate = _requests_of(known.get(name) or Host(name=name), pace)
        rates[name] = max(rate - polls.get(name, 0.0), _LEAST_SHARE * rate)
    return rates


def _requests_of(host: Host, pace: Pace) -> float:
    """Returns the requests a second that a host gets: it rests from the end of each answer."""
    request_s = host.response_s + delay_of(host, pace.delay_of(host.name))
    return 1.0 / request_s if request_s else inf


def _limited_s(
    groups: Sequence[WaitingPages],
    rates: Mapping[str, float],
    stored: Mapping[_Share, int],
    pace: Pace,
    now: float,
) -> dict[_Share, float]:
    """Returns the seconds until an outlet's last page is asked, where all its hosts are free."""
    pages: dict[_Share, int] = {}
    share_rates: dict[_Share, float] = {}
    for group in groups:
        share = _share_of(group)
        pages[share] = pages.get(share, 0) + group.pages
        share_rates[share] = share_rates.get(share, 0.0) + rates[group.host]
    return {
        share: _seconds_of(
            count, share_rates[share], stored.get(share, 0), pace.limit_of(share[0]), now
        )
        for share, count in pages.items()
    }


def _seconds_of(pages: int, rate: float, stored: int, limit: int, now: float) -> float:
    """Returns the seconds that pages take at a rate (a second) and a limit (a UTC day)."""
    today_s = DAY_S - now % DAY_S
    today = min(max(limit - stored, 0), rate * today_s)
    if pages <= today:
        return pages / rate
    a_day = min(limit, rate * DAY_S)
    days = ceil((pages - today) / a_day) - 1
    return today_s + days * DAY_S + (pages - today - days * a_day) / rate


def _full(
    stored: Mapping[_Share, int], waiting: Mapping[_Share, int], pace: Pace
) -> Iterator[FullOutlet]:
    for (outlet, is_backfill), count in sorted(stored.items()):
        if count >= pace.limit_of(outlet):
            yield FullOutlet(outlet, is_backfill, count, waiting[outlet, is_backfill])
