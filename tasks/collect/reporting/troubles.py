"""Which sources and hosts a person should look at, told by how they stand and nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from tasks.collect.memory.standings import Host, Source, SourceKind
from tasks.collect.planning.outlets import host_key
from tasks.collect.planning.politeness import RULES

_HOUR_S = 3600.0
_DAY_S = 24 * _HOUR_S
# A feed that has news every day is told within a day of its last: an article is found an hour after
# it was published at the latest, and runs are a quarter of an hour apart.
_SILENT_S = 22.5 * _HOUR_S
# Before a week was seen, nobody knows whether an outlet rests at week-ends.
_UNKNOWN_WEEK_S = 8 * _DAY_S
_WEEKEND_S = 3.5 * _DAY_S
# Quiet times of a feed are roughly exponential: one in a thousand is longer than seven times the
# mean, which two hundred feeds have fifty of in a month. Of eleven times the mean they have one.
_MEAN_QUIETS = 11.0
# Week-ends and holidays are not: longer than the longest ever seen.
_LONGEST_GAPS = 1.25
# A quiet feed is asked every six hours at least. One that was not asked lately was not silent: the
# collector was.
_ASKED_S = 6.5 * _HOUR_S
# A restart takes minutes, and a source is asked again after 15 and 30.
_DEAD_S = 25 * 60.0
# The breaker opens for 10, 20 and 40 minutes: at the third time the host has failed for 30.
_DEAD_BREAKS = 3


class Trouble(StrEnum):
    """What is wrong with a source."""

    FAILING = "failing"
    SILENT = "silent"
    DENIED = "denied"
    LYING = "lying"
    GAPS = "gaps"
    DELAY = "delay"


@dataclass(frozen=True, slots=True)
class SourceTrouble:
    """A source that a person should look at.

    Attributes:
        trouble: what is wrong.
        outlet: whose it is; empty of a host without a source that fails.
        url: the source, or the host's origin.
        since: epoch seconds; None where it is no matter of time.
        detail: for people.
        is_alarm: people are told: it does not go by itself, and is no matter of minutes.
    """

    trouble: Trouble
    outlet: str
    url: str
    since: float | None
    detail: str
    is_alarm: bool = False

    @property
    def since_text(self) -> str:
        """Since when, to the minute in UTC; empty where it is no matter of time."""
        return "" if self.since is None else to_minute(self.since)

    @property
    def needs_person(self) -> bool:
        """Whether it does not go by itself: what lies or has gaps is collected all the same."""
        return self.trouble in {Trouble.FAILING, Trouble.SILENT, Trouble.DENIED}


def to_minute(at: float) -> str:
    """Returns an instant in epoch seconds as people read it, in UTC."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M}"


def find_troubles(
    sources: Iterable[Source], hosts: Iterable[Host], now: float
) -> list[SourceTrouble]:
    """Returns what a person should look at, the oldest first."""
    sources, hosts = list(sources), list(hosts)
    dead = {host.name: host for host in hosts if _is_dead(host, now)}
    troubles = [trouble for source in sources for trouble in _troubles_of(source, dead, now)]
    told = {host_key(found.url) for found in troubles if found.trouble is Trouble.FAILING}
    troubles += [_of_host(host) for name, host in dead.items() if name not in told]
    troubles += [found for host in hosts if (found := _of_delay(host))]
    return sorted(troubles, key=lambda trouble: (trouble.since or now, trouble.url))


def silent_after(source: Source, now: float) -> float:
    """Returns the seconds without news after which a source is silent: longer than it ever was."""
    is_young = source.first_poll is None or now - source.first_poll < _UNKNOWN_WEEK_S
    least_s = _WEEKEND_S if is_young else _SILENT_S
    return max(
        least_s, _MEAN_QUIETS * (source.quiet_s or 0.0), _LONGEST_GAPS * source.longest_gap_s
    )


def _troubles_of(source: Source, dead: Mapping[str, Host], now: float) -> Iterator[SourceTrouble]:
    def trouble(
        kind: Trouble, since: float | None, detail: str, *, is_alarm: bool = False
    ) -> SourceTrouble:
        return SourceTrouble(kind, source.outlet, source.url, since, detail, is_alarm)

    if source.denied:
        yield trouble(Trouble.DENIED, source.last_ok, source.problem or "", is_alarm=True)
    elif source.failures > 1 or (source.failures and host_key(source.address) in dead):
        is_dead = _has_failed_for_long(source) or host_key(source.address) in dead
        problem = source.problem or ""
        yield trouble(Trouble.FAILING, source.failing_since, problem, is_alarm=is_dead)
    elif source.kind is not SourceKind.SITEMAP and _is_silent(source, now):
        detail = f"no news in {source.quiet_polls:,} polls"
        yield trouble(Trouble.SILENT, source.last_new, detail, is_alarm=True)
    if source.is_lying:
        yield trouble(Trouble.LYING, None, "its validators do not change with its content")
    if source.gaps:
        yield trouble(Trouble.GAPS, None, f"{source.gaps:,} polls shared no entry with the last")


def _of_delay(host: Host) -> SourceTrouble | None:
    """Tells of a host whose robots.txt asks for more time than it is given."""
    asked, given = host.crawl_delay_s or 0.0, RULES.crawl_delay_ceiling_s
    if asked <= given:
        return None
    detail = (
        f"robots.txt asks for {asked:,.0f} s between two requests,"
        f" and gets {given:,.0f} s or the sources file's delay_s"
    )
    return SourceTrouble(Trouble.DELAY, "", _address_of(host), None, detail)


def _address_of(host: Host) -> str:
    return next(iter(host.origins), host.name)


def _of_host(host: Host) -> SourceTrouble:
    return SourceTrouble(
        Trouble.FAILING,
        "",
        _address_of(host),
        host.failing_since,
        host.problem or "",
        is_alarm=True,
    )


def _is_dead(host: Host, now: float) -> bool:
    """Whether a host has failed for long, and was asked lately: what nobody needs is forgotten."""
    return host.breaks >= _DEAD_BREAKS and now - host.broken_until <= _ASKED_S


def _has_failed_for_long(source: Source) -> bool:
    since, last = source.failing_since, source.last_poll
    return since is not None and last is not None and last - since >= _DEAD_S


def _is_silent(source: Source, now: float) -> bool:
    """Whether a source that answers has had no news for longer than it ever had none."""
    if source.last_new is None or source.last_ok is None or now - source.last_ok > _ASKED_S:
        return False
    return now - source.last_new > silent_after(source, now)
