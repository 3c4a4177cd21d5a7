"""Chooses the instant of a publication among the clues that agree on its day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tasks.extract.evidence import DateKind
from tasks.normalize.dates import zones
from tasks.normalize.dates.candidates import Candidate
from tasks.normalize.dates.parse import DateHints, Reading
from tasks.normalize.decisions import Precision

_QUARTER_HOUR_S = 900
_MAX_OFFSET_S = 14 * 3600
_VISIBLE = frozenset({"byline", "time", "line", "body"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenInstant:
    """The clue that decided and what it was read as; `instant` is None where only a day is known."""

    candidate: Candidate
    rule: str
    instant: datetime | None
    offset_minutes: int | None
    precision: Precision


Member = tuple[Candidate, Reading]


def choose_instant(members: Sequence[Member], hints: DateHints) -> ChosenInstant:
    """Returns the instant of the heaviest clue that has one.

    A printed offset is believed but where the clock that readers see shows the same wall time as a
    stamp in UTC although the outlet is elsewhere: then the `Z` is false, and the time is local.

    Args:
        members: the clues that agree on the day, each with its reading; at least one.
        hints: the outlet's zone.
    """
    ranked = sorted(members, key=_rank)
    for candidate, reading in ranked:
        if reading.offset_minutes is not None and reading.clock is not None:
            return _from_stamp(candidate, reading, members, hints)
    for candidate, reading in ranked:
        if reading.clock is not None and hints.zone is not None:
            local = datetime.combine(reading.day, reading.clock)
            offset = zones.local_offset(hints.zone, local)
            if offset is not None:
                return _chosen(candidate, reading, offset, "outlet_zone")
    candidate, reading = ranked[0]
    return ChosenInstant(
        candidate=candidate,
        rule=candidate.clue.source,
        instant=None,
        offset_minutes=None,
        precision=Precision.DAY,
    )


def _rank(member: Member) -> tuple[bool, float, str, str, str]:
    clue = member[0].clue
    is_other = clue.kind in {DateKind.MODIFIED, DateKind.CREATED}
    return is_other, -member[0].weight, clue.source, clue.place, clue.text


def _from_stamp(
    candidate: Candidate, reading: Reading, members: Sequence[Member], hints: DateHints
) -> ChosenInstant:
    assert reading.offset_minutes is not None
    if not reading.is_zulu:
        return _chosen(candidate, reading, reading.offset_minutes, "")
    stamp = _wall(reading)
    seen = {
        _wall(other)
        for clue, other in members
        if other.offset_minutes is None and other.clock is not None and clue.clue.source in _VISIBLE
    }
    zone_offset = zones.local_offset(hints.zone, stamp) if hints.zone is not None else None
    if zone_offset and _has(seen, stamp) and not _has(seen, stamp + timedelta(minutes=zone_offset)):
        return _chosen(candidate, reading, zone_offset, "false_utc")
    if hints.zone is not None:
        instant = stamp.replace(tzinfo=UTC)
        return _at(candidate, reading, instant, zones.offset_at(hints.zone, instant), "")
    shown = _offset_shown(stamp, seen)
    return _at(candidate, reading, stamp.replace(tzinfo=UTC), shown or 0, "")


def _wall(reading: Reading) -> datetime:
    assert reading.clock is not None
    return datetime.combine(reading.day, reading.clock)


def _has(walls: set[datetime], wall: datetime) -> bool:
    return any(abs((wall - other).total_seconds()) < 60 for other in walls)  # noqa: PLR2004


def _offset_shown(stamp: datetime, seen: set[datetime]) -> int | None:
    """Returns the offset between a UTC stamp and the one visible clock, where it can be one."""
    offsets = set()
    for wall in seen:
        seconds = (wall - stamp.replace(second=0, microsecond=0)).total_seconds()
        if abs(seconds) <= _MAX_OFFSET_S and seconds % _QUARTER_HOUR_S == 0:
            offsets.add(int(seconds // 60))
    return offsets.pop() if len(offsets) == 1 else None


def _chosen(candidate: Candidate, reading: Reading, offset: int, rule: str) -> ChosenInstant:
    instant = (_wall(reading) - timedelta(minutes=offset)).replace(tzinfo=UTC)
    return _at(candidate, reading, instant, offset, rule)


def _at(
    candidate: Candidate, reading: Reading, instant: datetime, offset: int, rule: str
) -> ChosenInstant:
    source = candidate.clue.source
    return ChosenInstant(
        candidate=candidate,
        rule=f"{source}_{rule}" if rule else source,
        instant=instant,
        offset_minutes=offset,
        precision=reading.precision,
    )
