"""Gathers candidates that name the same day, and ranks the days."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from schemas.date_sources import DateSource, DateTrait
from tasks.extract.evidence import DateClue, DateKind, Stand
from tasks.normalize.dates.date_candidates import RELATIVE, DatedClue
from tasks.normalize.dates.parse import DateHints
from tasks.normalize.dates.readings import Reading

PUBLICATION = frozenset({DateKind.PUBLISHED, DateKind.UNKNOWN})
# A CMS renews its general "date" meta with every change: on the day of a change it counts half.
_RENEWED = 0.5
_URL_MONTH_BONUS = 1.0
# A stamp without an offset that weighs this much shows the outlet's own day.
_TELLING = 1.5
_FARTHEST_WEST, _EAST = -10, 12
_URL_MONTH = re.compile(r"(\d{4})\D(\d{1,2})")


@dataclass(slots=True)
class DayVotes:
    """A day, the candidates that name it, and what they weigh together."""

    day: date
    is_url_month: bool = False
    members: list[tuple[DatedClue, Reading]] = field(default_factory=list)

    @property
    def score(self) -> float:
        """The sum of each source's heaviest clue: a source repeated is no agreement.

        Nor are the attribute and the text of one element, but for the first stamp under the title,
        which is the article's own.
        """
        best: dict[DateSource, float] = defaultdict(float)
        marked = {_spot(c.clue) for c, _ in self.members if c.clue.source in _ATTRIBUTES}
        for candidate, _ in self.members:
            clue, weight = candidate.clue, candidate.weight
            if clue.source is DateSource.BYLINE and _spot(clue) in marked - {_FIRST}:
                weight *= _SAID_AGAIN
            best[clue.source] = max(best[clue.source], weight)
        if any(candidate.clue.kind is DateKind.MODIFIED for candidate, _ in self.members):
            best[DateSource.META_OTHER] *= _RENEWED
        return sum(best.values()) + (_URL_MONTH_BONUS if self.is_url_month else 0)

    @property
    def has_publication(self) -> bool:
        """Whether any of its candidates may be the publication, not only a change or a creation."""
        return any(candidate.clue.kind in PUBLICATION for candidate, _ in self.members)


# An attribute and the text that it is for: one stamp, though one may be the template's fault.
_SAID_AGAIN = 0.4
_FIRST = (Stand.AFTER_TITLE, 0)
_ATTRIBUTES = frozenset({DateSource.TIME, DateSource.MICRODATA})


def _spot(clue: DateClue) -> tuple[Stand | None, int]:
    """Returns where a stamp stands: its attribute and its text are one stamp."""
    return clue.stand, clue.rank


def rank_days(found: Sequence[DatedClue], hints: DateHints) -> list[DayVotes]:
    """Returns the days that candidates with one reading and a weight name, the heaviest first.

    Equal ones are ordered by date: the earliest release is the publication.
    """
    months = _url_months(found)
    usable = [
        candidate
        for candidate in _without_followers(found)
        if len(candidate.readings) == 1 and candidate.weight > 0
    ]
    shown = _days_shown(usable)
    spelled = _days_spelled(usable)
    days: dict[date, DayVotes] = {}
    for candidate in usable:
        reading = candidate.readings[0]
        day = _day_of(candidate, reading, hints, shown)
        if hints.zone is None and reading.is_zulu and reading.instant is not None:
            day = spelled.get(reading.instant) or _day_beside(reading.instant, shown)
        if day not in days:
            days[day] = DayVotes(day, (day.year, day.month) in months)
        days[day].members.append((candidate, reading))
    return sorted(days.values(), key=lambda item: (-item.score, item.day))


def _without_followers(found: Sequence[DatedClue]) -> list[DatedClue]:
    """Drops the stamps behind a relative one under the title: they are not the article's.

    Where the article's own stamp is "26 minutes ago" and the fetch is not known, the next dates on
    the page belong to other stories.
    """
    if not _is_relative_under_title(found):
        return list(found)
    return [
        candidate
        for candidate in found
        if DateTrait.RANKED not in candidate.clue.source.traits or candidate.clue.rank == 0
    ]


def _is_relative_under_title(found: Sequence[DatedClue]) -> bool:
    return any(
        candidate.rejected == RELATIVE
        and DateTrait.NEAR_TITLE in candidate.clue.source.traits
        and candidate.clue.rank == 0
        and candidate.clue.kind in PUBLICATION
        for candidate in found
    )


def _days_shown(usable: Sequence[DatedClue]) -> set[date]:
    """Returns the days that readers see: printed ones in any zone, and stamps without an offset."""
    return {
        candidate.readings[0].day
        for candidate in usable
        if candidate.readings[0].offset_minutes is None
        or DateTrait.PRINTED in candidate.clue.source.traits
        if candidate.weight >= _TELLING and candidate.clue.kind in PUBLICATION
    }


def _day_of(candidate: DatedClue, reading: Reading, hints: DateHints, shown: set[date]) -> date:
    """Returns the outlet's day; as printed where the page shows that day and not the zone's."""
    local = candidate.local_day(reading, hints)
    if local != reading.day and local not in shown and reading.day in shown:
        return reading.day
    return local


def _days_spelled(usable: Sequence[DatedClue]) -> dict[datetime, date]:
    """Returns the days of instants that are printed with an offset, for their other spellings."""
    return {
        instant: candidate.readings[0].day
        for candidate in usable
        if (instant := candidate.readings[0].instant) is not None
        and not candidate.readings[0].is_zulu
    }


def _day_beside(instant: datetime, shown: set[date]) -> date:
    """Returns the day of a stamp in UTC; where readers see the one beside it, and it can be, that.

    Most people live in zones from ten hours behind UTC to twelve ahead.
    """
    if instant.date() in shown:
        return instant.date()
    possible = {(instant + timedelta(hours=hours)).date() for hours in (_FARTHEST_WEST, _EAST)}
    beside = (possible - {instant.date()}) & shown
    return beside.pop() if len(beside) == 1 else instant.date()


def _url_months(found: Sequence[DatedClue]) -> set[tuple[int, int]]:
    return {
        (int(match[1]), int(match[2]))
        for candidate in found
        if candidate.clue.source is DateSource.URL and not candidate.readings
        if (match := _URL_MONTH.fullmatch(candidate.clue.text))
    }


def only_day(found: Sequence[DatedClue]) -> DayVotes | None:
    """Returns the one day that every date of a page reads as, whatever boxes they stand in.

    Boxes are told by class names, which are guesses; a page with a single day has no other story's.
    """
    if _is_relative_under_title(found):
        return None
    readings = [
        (candidate, reading)
        for candidate in found
        if DateTrait.SPOKEN_OF not in candidate.clue.source.traits
        if candidate.clue.kind in {*PUBLICATION, DateKind.RELATED}
        for reading in candidate.readings
    ]
    days = {reading.day for _, reading in readings}
    return DayVotes(days.pop(), members=readings) if len(days) == 1 else None
