"""Dates that may be the publication: each clue read, placed on a local day, and weighed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from schemas.date_sources import DateSource, DateTrait
from tasks.extract.evidence import DateClue, DateKind, Stand
from tasks.normalize.dates.parse import DateHints, is_relative, parse_date
from tasks.normalize.dates.readings import Reading

# The share of a source's weight that a kind of date keeps; 0 is no publication.
KIND_FACTORS: dict[DateKind, float] = {
    DateKind.PUBLISHED: 1.0,
    DateKind.UNKNOWN: 0.8,
    DateKind.CREATED: 0.4,
    DateKind.MODIFIED: 0.2,
    DateKind.EVENT: 0.0,
    DateKind.PAGE_CLOCK: 0.0,
    DateKind.PRINT_EDITION: 0.0,
    DateKind.COMMENT: 0.0,
    DateKind.RELATED: 0.0,
}
STAND_FACTORS: dict[Stand, float] = {
    Stand.AFTER_TITLE: 1.0,
    Stand.BEFORE_TITLE: 0.8,
    Stand.ELSEWHERE: 0.4,
    Stand.SCATTERED: 1.0,  # the weight of its source knows
    Stand.WEB_PAGE: 0.7,
}
# The first stamp under the title is the article's; those behind it are updates, cards, comments.
_RANK_FACTORS = (1.0, 0.7, 0.5, 0.35, 0.25, 0.2, 0.15, 0.1)
_MAY_BE_STAMP = 0.5
# A stamp with a time is the CMS's; a day alone may be a caption's or a printed issue's.
_DAY_LINE = 0.65
# `itemprop` names what it is, wherever it stands.
_MICRODATA_FLOOR = 0.6
RELATIVE = "relative, and the fetch is not known"
# The first news sites; a stamp before is a default ("1970-01-01") or the day of an event.
EARLIEST = date(1995, 1, 1)
# Where nothing says when the page was fetched: stamps far ahead are typing errors.
LATEST = date(2040, 1, 1)


@dataclass(frozen=True, slots=True)
class DatedClue:
    """A clue with the ways to read it.

    Attributes:
        readings: the plausible ones; several where it is ambiguous, none where it is no date.
        weight: 0 where its position says that it is not the publication.
        rejected: why there are no readings; empty otherwise.
    """

    clue: DateClue
    readings: tuple[Reading, ...]
    weight: float
    rejected: str = ""

    def local_day(self, reading: Reading, hints: DateHints) -> date:
        """Returns the outlet's day of a reading: by its zone, else as printed."""
        instant = reading.instant
        if hints.zone is None or instant is None:
            return reading.day
        return instant.astimezone(hints.zone).date()


def read_candidates(
    clues: Iterable[DateClue], hints: DateHints, latest: date | None
) -> list[DatedClue]:
    """Reads the clues in an order of their own, so that the order they come in changes nothing."""
    ordered = sorted(set(clues), key=_order)
    lines = _line_ranks(ordered)
    return [_read(clue, hints, latest or LATEST, lines.get(clue.line, 0)) for clue in ordered]


def order_of_position(clue: DateClue) -> tuple[str, str, str, int]:
    """Returns the order of clues that weigh the same, by where they stand."""
    return clue.source, clue.name, clue.stand or "", clue.line or 0


def _order(clue: DateClue) -> tuple[tuple[str, str, str, int], str, int, str, str]:
    # Clues that differ in `position` alone are the same to every rule.
    return order_of_position(clue), clue.kind, clue.rank, clue.text, clue.position


def _line_ranks(clues: Sequence[DateClue]) -> dict[int | None, int]:
    """Returns, for the lines of a text dump that may hold the stamp, how many stand before each."""
    numbers = {
        clue.line
        for clue in clues
        if clue.source is DateSource.LINE and clue.line is not None
        if KIND_FACTORS[clue.kind] >= _MAY_BE_STAMP
    }
    return {line: rank for rank, line in enumerate(sorted(numbers))}


def _read(clue: DateClue, hints: DateHints, latest: date, line_rank: int) -> DatedClue:
    readings = parse_date(clue.text, hints)
    plausible = tuple(reading for reading in readings if EARLIEST <= reading.day <= latest)
    rejected = ""
    if not readings:
        rejected = RELATIVE if is_relative(clue.text) else "not read as a day"
    elif not plausible:
        rejected = "before news sites or after the fetch"
    weight = weigh(clue)
    if clue.source is DateSource.LINE:
        weight *= _RANK_FACTORS[min(line_rank, len(_RANK_FACTORS) - 1)]
        if not any(reading.clock for reading in readings):
            weight *= _DAY_LINE
    return DatedClue(clue, plausible, weight, rejected)


def weigh(clue: DateClue) -> float:
    """Returns how much a clue says about the day of publication."""
    weight = clue.source.weight * KIND_FACTORS[clue.kind]
    if DateTrait.NEAR_TITLE in clue.source.traits:
        factor = _RANK_FACTORS[min(clue.rank, len(_RANK_FACTORS) - 1)]
        is_named = clue.source is DateSource.MICRODATA
        weight *= max(factor, _MICRODATA_FLOOR) if is_named else factor
    # A sentence is as weak wherever it stands.
    if clue.stand is not None and clue.source is not DateSource.TEXT:
        weight *= STAND_FACTORS[clue.stand]
    return weight


def latest_day(fetched_at: datetime | None, landing_date: date | None) -> date | None:
    """Returns the last day on which the page can have been published, None where nothing says."""
    if fetched_at is not None:
        return fetched_at.astimezone(UTC).date() + timedelta(days=1)
    return landing_date + timedelta(days=1) if landing_date is not None else None
