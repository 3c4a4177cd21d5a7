"""Dates that may be the publication: each clue read, placed on a local day, and weighed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tasks.extract.evidence import DateClue, DateKind
from tasks.normalize.dates.parse import DateHints, is_relative, parse_date
from tasks.normalize.dates.readings import Reading

# How far a source is to be believed about the day of publication, from what human labels of real
# pages agree with: a CMS writes JSON-LD and article metas for exactly this; a URL or a general
# meta is often another day's.
SOURCE_WEIGHTS: dict[str, float] = {
    "json_ld": 6.0,
    "meta": 5.0,
    "microdata": 5.0,
    "feed": 5.0,
    "byline": 4.0,
    "time": 4.0,
    "dateline": 4.0,
    "line": 4.0,
    "url": 3.0,
    "meta_other": 3.0,
    "body": 2.0,
    "script": 2.0,
    "text": 0.5,
    "header": 0.0,
}
KIND_FACTORS: dict[DateKind, float] = {
    DateKind.PUBLISHED: 1.0,
    DateKind.UNKNOWN: 0.8,
    DateKind.CREATED: 0.4,
    DateKind.MODIFIED: 0.2,
}
# The first stamp under the title is the article's; those behind it are updates, cards, comments.
_RANK_FACTORS = (1.0, 0.7, 0.5, 0.35, 0.25, 0.2, 0.15, 0.1)
_MAY_BE_STAMP = 0.5
# A stamp with a time is the CMS's; a day alone may be a caption's or a printed issue's.
_DAY_LINE = 0.65
# `itemprop` names what it is, wherever it stands.
_MICRODATA_FLOOR = 0.6
NEAR_TITLE = frozenset({"time", "byline", "microdata", "body"})
RELATIVE = "relative, and the fetch is not known"
# The first news sites; a stamp before is a default ("1970-01-01") or the day of an event.
EARLIEST = date(1995, 1, 1)
# Where nothing says when the page was fetched: stamps far ahead are typing errors.
LATEST = date(2040, 1, 1)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clue with the ways to read it.

    Attributes:
        readings: the plausible ones; several where it is ambiguous, none where it is no date.
        weight: 0 where its place says that it is not the publication.
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
) -> list[Candidate]:
    """Reads the clues in an order of their own, so that the order they come in changes nothing."""
    ordered = sorted(
        set(clues),
        key=lambda clue: (clue.source, clue.place, clue.kind.value, clue.rank, clue.text),
    )
    lines = _line_ranks(ordered)
    return [_read(clue, hints, latest or LATEST, lines.get(clue.place, 0)) for clue in ordered]


_LINE = re.compile(r"line (\d+)")


def _line_ranks(clues: Sequence[DateClue]) -> dict[str, int]:
    """Returns, for the lines of a text dump that may hold the stamp, how many stand before each."""
    numbers = {
        (int(match[1]), clue.place)
        for clue in clues
        if clue.source == "line" and KIND_FACTORS.get(clue.kind, 0.0) >= _MAY_BE_STAMP
        if (match := _LINE.match(clue.place))
    }
    return {place: rank for rank, (_, place) in enumerate(sorted(numbers))}


def _read(clue: DateClue, hints: DateHints, latest: date, line_rank: int) -> Candidate:
    readings = parse_date(clue.text, hints)
    plausible = tuple(reading for reading in readings if EARLIEST <= reading.day <= latest)
    rejected = ""
    if not readings:
        rejected = RELATIVE if is_relative(clue.text) else "not read as a day"
    elif not plausible:
        rejected = "before news sites or after the fetch"
    weight = weigh(clue)
    if clue.source == "line":
        weight *= _RANK_FACTORS[min(line_rank, len(_RANK_FACTORS) - 1)]
        if not any(reading.clock for reading in readings):
            weight *= _DAY_LINE
    return Candidate(clue, plausible, weight, rejected)


def weigh(clue: DateClue) -> float:
    """Returns how much a clue says about the day of publication."""
    weight = SOURCE_WEIGHTS.get(clue.source, 2.0) * KIND_FACTORS.get(clue.kind, 0.0)
    if clue.source in NEAR_TITLE:
        factor = _RANK_FACTORS[min(clue.rank, len(_RANK_FACTORS) - 1)]
        weight *= max(factor, _MICRODATA_FLOOR) if clue.source == "microdata" else factor
        if clue.place.endswith("elsewhere"):
            weight *= 0.4
        elif clue.place.endswith("before the title"):
            weight *= 0.8
    if clue.source == "json_ld" and clue.place.startswith("WebPage"):
        weight *= 0.7
    return weight


def latest_day(fetched_at: datetime | None, landing_date: date | None) -> date | None:
    """Returns the last day on which the page can have been published, None where nothing says."""
    if fetched_at is not None:
        return fetched_at.astimezone(UTC).date() + timedelta(days=1)
    return landing_date + timedelta(days=1) if landing_date is not None else None
