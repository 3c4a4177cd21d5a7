"""Chooses the instant of a publication among the clues that agree on its day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from schemas.date_sources import DateTrait
from tasks.extract.evidence import DateKind
from tasks.normalize.dates import zones
from tasks.normalize.dates.date_candidates import DatedClue, order_of_position
from tasks.normalize.dates.parse import DateHints
from tasks.normalize.dates.readings import Reading
from tasks.normalize.decisions import Precision

_HALF_HOUR_S = 1800
_CLOCK_SKEW = timedelta(minutes=10)
# A clock in a sentence or a far card is no clock of the article.
_MIN_WEIGHT = 2.0
_MAX_OFFSET_S = 14 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenInstant:
    """The clue that decided and what it was read as.

    `instant` is None for a day alone. `offset_minutes` is None too where the page shows the day of
    a stamp in UTC, and nothing tells the zone.
    """

    candidate: DatedClue
    rule: str
    instant: datetime | None
    offset_minutes: int | None
    precision: Precision


Member = tuple[DatedClue, Reading]


def choose_instant(day: date, members: Sequence[Member], hints: DateHints) -> ChosenInstant:
    """Returns the instant of the heaviest clue that has one.

    A printed offset is believed but where the clock that readers see shows the same wall time as a
    stamp in UTC although the outlet is elsewhere: then the `Z` is false, and the time is local.

    Args:
        day: the local day that was decided. Where the printed offset puts the instant on another,
            the offset is the outlet's, by which the day was told.
        members: the clues that agree on the day, each with its reading; at least one.
        hints: the outlet's zone.
    """
    ranked = sorted(members, key=_rank)
    for group in _by_what_they_tell(ranked):
        for candidate, reading in group:
            if reading.offset_minutes is not None and reading.clock is not None:
                return _from_stamp(day, candidate, reading, members, hints)
        for candidate, reading in group:
            if reading.clock is not None and hints.zone is not None:
                local = datetime.combine(reading.day, reading.clock)
                offset = zones.local_offset(hints.zone, local)
                if offset is not None:
                    return _chosen(candidate, reading, offset, "outlet_zone")
    candidate, reading = ranked[0]
    return ChosenInstant(
        candidate=candidate,
        rule=candidate.clue.source.value,
        instant=None,
        offset_minutes=None,
        precision=Precision.DAY,
    )


def _by_what_they_tell(ranked: Sequence[Member]) -> Iterator[list[Member]]:
    """Yields the stamps of the publication, then those of changes.

    Where the publication's clock is printed, and its zone is not known, a change at another time
    says nothing about it.
    """
    changes = [member for member in ranked if member[0].clue.kind is DateKind.MODIFIED]
    others = [member for member in ranked if member[0].clue.kind is not DateKind.MODIFIED]
    yield others
    seen = {
        _wall(reading)
        for candidate, reading in others
        if reading.clock is not None and DateTrait.PRINTED in candidate.clue.source.traits
    }
    yield [
        member
        for member in changes
        if not seen or (member[1].clock is not None and _has(seen, _wall(member[1])))
    ]


def _rank(member: Member) -> tuple[bool, float, tuple[str, str, str, int], str]:
    clue = member[0].clue
    is_other = clue.kind in {DateKind.MODIFIED, DateKind.CREATED}
    return is_other, -member[0].weight, order_of_position(clue), clue.text


def _from_stamp(
    day: date, candidate: DatedClue, reading: Reading, members: Sequence[Member], hints: DateHints
) -> ChosenInstant:
    assert reading.offset_minutes is not None
    if not reading.is_zulu:
        instant = reading.instant
        assert instant is not None
        offset = reading.offset_minutes
        if hints.zone is not None and day != reading.day:
            offset = zones.offset_at(hints.zone, instant)
        return _at(candidate, reading, instant, offset, "")
    stamp = _wall(reading)
    seen = {
        _wall(other)
        for clue, other in members
        if other.offset_minutes is None
        and other.clock is not None
        and not other.is_foreign
        and DateTrait.WALL_CLOCK in clue.clue.source.traits
    }
    told = _offset_told(stamp, members)
    if told:
        return _chosen(candidate, reading, told, "false_utc")
    zone_offset = zones.local_offset(hints.zone, stamp) if hints.zone is not None else None
    if zone_offset and _has(seen, stamp) and not _has(seen, stamp + timedelta(minutes=zone_offset)):
        return _chosen(candidate, reading, zone_offset, "false_utc")
    instant = stamp.replace(tzinfo=UTC)
    if zone_offset and hints.fetched_at is not None and instant > hints.fetched_at + _CLOCK_SKEW:
        # Published after the fetch, unless the time is local.
        return _chosen(candidate, reading, zone_offset, "false_utc")
    if hints.zone is None and day != reading.day:
        # The day is what another spelling of the instant, or the page itself, shows.
        return _at(candidate, reading, instant, _offset_spelled(instant, members), "")
    offset = zones.offset_at(hints.zone, instant) if hints.zone is not None else 0
    if (stamp + timedelta(minutes=offset)).date() != day:
        offset = 0
    return _at(candidate, reading, instant, offset, "")


def _offset_spelled(instant: datetime, members: Sequence[Member]) -> int | None:
    """Returns the offset that another stamp prints the same instant with, None for none."""
    offsets = {
        other.offset_minutes
        for _, other in members
        if other.instant == instant and not other.is_zulu
    }
    return offsets.pop() if len(offsets) == 1 else None


def _wall(reading: Reading) -> datetime:
    assert reading.clock is not None
    return datetime.combine(reading.day, reading.clock)


def _offset_told(stamp: datetime, members: Sequence[Member]) -> int | None:
    """Returns the offset of another stamp that has the same wall time and is not in UTC."""
    offsets = {
        other.offset_minutes
        for _, other in members
        if other.clock is not None and other.offset_minutes and _has({_wall(other)}, stamp)
    }
    return offsets.pop() if len(offsets) == 1 else None


def _has(walls: set[datetime], wall: datetime) -> bool:
    return any(abs((wall - other).total_seconds()) < 60 for other in walls)  # noqa: PLR2004


def shown_offset(found: Sequence[DatedClue]) -> int | None:
    """Returns the offset between the UTC stamps and the local clocks that a page prints.

    A page without a known zone tells it by printing "22:28" beside `03:28:35Z`.

    Returns:
        Minutes east of UTC; None where no pair or several offsets fit.
    """
    stamps, clocks = set(), set()
    for candidate in found:
        if len(candidate.readings) != 1 or candidate.weight < _MIN_WEIGHT:
            continue
        reading = candidate.readings[0]
        if reading.clock is None or candidate.clue.kind is DateKind.MODIFIED:
            continue
        if reading.is_zulu:
            stamps.add(_wall(reading).replace(second=0, microsecond=0))
        elif reading.offset_minutes is None:
            clocks.add(_wall(reading).replace(second=0, microsecond=0))
    offsets = {(clock - stamp).total_seconds() for clock in clocks for stamp in stamps}
    likely = {
        int(seconds // 60)
        for seconds in offsets
        if abs(seconds) <= _MAX_OFFSET_S and seconds % _HALF_HOUR_S == 0
    }
    return likely.pop() if len(likely) == 1 else None


def printed_offsets(found: Sequence[DatedClue]) -> frozenset[tuple[datetime, int]]:
    """Returns the instants and offsets of the stamps that print one, but for those in UTC."""
    return frozenset(
        (instant, offset)
        for candidate in found
        if len(candidate.readings) == 1 and candidate.weight >= _MIN_WEIGHT
        if (instant := candidate.readings[0].instant) is not None
        and (offset := candidate.readings[0].offset_minutes) is not None
        and not candidate.readings[0].is_zulu
    )


def _chosen(candidate: DatedClue, reading: Reading, offset: int, rule: str) -> ChosenInstant:
    instant = (_wall(reading) - timedelta(minutes=offset)).replace(tzinfo=UTC)
    return _at(candidate, reading, instant, offset, rule)


def _at(
    candidate: DatedClue, reading: Reading, instant: datetime, offset: int | None, rule: str
) -> ChosenInstant:
    source = candidate.clue.source.value
    return ChosenInstant(
        candidate=candidate,
        rule=f"{source}_{rule}" if rule else source,
        instant=instant,
        offset_minutes=offset,
        precision=reading.precision,
    )
