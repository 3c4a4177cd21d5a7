"""Decides when a document was published, from all its dates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from schemas.date_sources import DateSource
from schemas.reasons import Reason
from tasks.extract.evidence import DateClue, DateKind
from tasks.normalize.dates import date_candidates as weighing
from tasks.normalize.dates import zones
from tasks.normalize.dates.date_candidates import DatedClue
from tasks.normalize.dates.days import DayVotes, only_day, rank_days
from tasks.normalize.dates.instants import (
    ChosenInstant,
    choose_instant,
    printed_offsets,
    shown_offset,
)
from tasks.normalize.dates.live_blogs import settle_live_blog
from tasks.normalize.dates.orders import settle_orders, settle_years
from tasks.normalize.dates.parse import DateHints
from tasks.normalize.dates.readings import Reading
from tasks.normalize.dates.updates import updated_day
from tasks.normalize.decisions import DateCandidate, DateDecision, Precision

# Under this score a day is a guess.
_MIN_SCORE = 1.5
# A stamp far from the title is enough where no other day is half as likely.
_MIN_ALONE = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class DateContext:
    """What else is known of a document.

    Attributes:
        fetched_at: UTC instant of the fetch; relative forms and plausibility refer to it.
        landing_date: the day it arrived; plausibility refers to it where there is no fetch.
        timezone, country, languages, date_order: the outlet's (schemas/outlets.py).
        language: ISO 639-1 of the text.
        text: the article's; what it speaks of tells whether a change was on the day of publication.
        dateline_text: the date of the dateline as printed ("7 December 2021", "Dec. 7").
    """

    fetched_at: datetime | None = None
    landing_date: date | None = None
    timezone: str | None = None
    country: str | None = None
    languages: tuple[str, ...] = ()
    date_order: str | None = None
    language: str | None = None
    text: str = ""
    dateline_text: str | None = None


def resolve_dates(clues: Sequence[DateClue], context: DateContext) -> DateDecision:
    """Decides the publication among a document's dates.

    The day is the one that the positions of publication agree on most. Positions that name
    another day (events, comments, related stories, the page's clock) have no vote. The
    instant comes from the heaviest clue of that day that has one, read in the outlet's zone.

    Args:
        clues: every date of the document; their order does not matter.
        context: what is known of the outlet, the fetch and the text.

    Returns:
        The decision with all candidates; without a day it carries PUBLISHED_DATE_UNKNOWN, or
        PUBLISHED_DATE_AMBIGUOUS where the dates can be read as several days.
    """
    hints = _hints(context)
    found = weighing.read_candidates(
        _with_dateline(clues, context),
        hints,
        weighing.latest_day(context.fetched_at, context.landing_date),
    )
    settled = settle_years(settle_orders(settle_live_blog(found), hints), hints)
    hints = replace(hints, zone=hints.zone or _zone_shown(settled, hints))
    ranked = rank_days(settled, hints)
    winner = _choose_day(ranked) or only_day(settled)
    if winner is not None and not _is_doubted(winner, settled):
        return _dated(winner, settled, hints)
    updated = updated_day(settled, context.text)
    return _dated_by_change(updated, settled, hints) if updated else _undated(settled)


def _choose_day(ranked: Sequence[DayVotes]) -> DayVotes | None:
    """Returns the heaviest day that may be the publication, where it is more than a guess."""
    winner = next((day for day in ranked if day.has_publication), None)
    if winner is None:
        return None
    score = winner.score
    if score >= _MIN_SCORE:
        return winner
    rival = max((day.score for day in ranked if day is not winner), default=0.0)
    return winner if score >= _MIN_ALONE and rival <= score / 2 else None


def _is_doubted(winner: DayVotes, found: Sequence[DatedClue]) -> bool:
    """Says whether a heavier stamp can be read as several days and none of them is this one."""
    ambiguous = [candidate for candidate in found if len(candidate.readings) > 1]
    if not ambiguous:
        return False
    score = winner.score
    return any(
        candidate.weight > score
        and all(reading.day != winner.day for reading in candidate.readings)
        for candidate in ambiguous
    )


def _hints(context: DateContext) -> DateHints:
    languages = dict.fromkeys((context.language, *context.languages))
    return DateHints(
        zone=zones.zone_named(context.timezone) or zones.zone_of_country(context.country),
        date_order=context.date_order,
        languages=tuple(language for language in languages if language),
        country=context.country,
        fetched_at=context.fetched_at,
    )


def _zone_shown(found: Sequence[DatedClue], hints: DateHints) -> tzinfo | None:
    """Returns an unknown outlet's zone: as the page's clocks show, else the language's.

    A printed offset is better evidence than either: where it is another's, it is the zone.
    """
    minutes = shown_offset(found)
    zone: tzinfo | None = None
    if minutes is not None:
        zone = timezone(timedelta(minutes=minutes))
    elif hints.country is None and hints.languages:
        zone = zones.zone_of_language(hints.languages[0])
    printed = printed_offsets(found)
    if zone is None or all(zones.offset_at(zone, moment) == offset for moment, offset in printed):
        return zone
    offsets = {offset for _, offset in printed}
    return timezone(timedelta(minutes=offsets.pop())) if len(offsets) == 1 else None


def _with_dateline(clues: Sequence[DateClue], context: DateContext) -> list[DateClue]:
    if not context.dateline_text:
        return list(clues)
    dateline = DateClue(
        text=context.dateline_text,
        source=DateSource.DATELINE,
        position="dateline",
        kind=DateKind.PUBLISHED,
    )
    return [*clues, dateline]


def _undated(found: Sequence[DatedClue]) -> DateDecision:
    ambiguous = [
        candidate
        for candidate in found
        if len(candidate.readings) > 1 and candidate.weight >= _MIN_SCORE
    ]
    reason = Reason.PUBLISHED_DATE_AMBIGUOUS if ambiguous else Reason.PUBLISHED_DATE_UNKNOWN
    detail = f"{ambiguous[0].clue.text!r} can be read as several days" if ambiguous else ""
    return DateDecision(
        reason=reason, detail=detail, candidates=_explain(found, None, None, DateHints())
    )


def _dated(winner: DayVotes, found: Sequence[DatedClue], hints: DateHints) -> DateDecision:
    chosen = choose_instant(winner.day, winner.members, hints)
    published_at, offset = chosen.instant, chosen.offset_minutes
    return DateDecision(
        published_at=published_at,
        utc_offset_minutes=offset if published_at is not None else None,
        published_date=_local_day(chosen) or winner.day,
        precision=chosen.precision if published_at is not None else Precision.DAY,
        text=chosen.candidate.clue.text,
        rule=chosen.rule,
        modified_at=_modified_at(found, published_at, hints),
        candidates=_explain(found, winner, chosen.candidate, hints),
    )


def _local_day(chosen: ChosenInstant) -> date | None:
    """Returns the day of an instant on the clock that it is given with, None for a day alone.

    It is the day that was decided, but where a stamp in UTC turned out to be in local time.
    """
    if chosen.instant is None or chosen.offset_minutes is None:
        return None
    return (chosen.instant + timedelta(minutes=chosen.offset_minutes)).date()


def _dated_by_change(
    winner: DayVotes, found: Sequence[DatedClue], hints: DateHints
) -> DateDecision:
    """Decides for the day of a change: its instant is not the publication's."""
    decision = _dated(winner, found, hints)
    return replace(
        decision,
        published_at=None,
        utc_offset_minutes=None,
        precision=Precision.DAY,
        rule=f"{winner.members[0][0].clue.source}_updated_same_day",
        modified_at=_modified_at(found, None, hints),
    )


def _modified_at(
    found: Sequence[DatedClue], published_at: datetime | None, hints: DateHints
) -> datetime | None:
    """Returns the change that the heaviest clue gives; one before the publication is none."""
    instants = [
        (candidate.weight, instant)
        for candidate in found
        if candidate.clue.kind is DateKind.MODIFIED and len(candidate.readings) == 1
        if (instant := _instant(candidate.readings[0], hints)) is not None
    ]
    if not instants:
        return None
    heaviest = max(weight for weight, _ in instants)
    latest = max(instant for weight, instant in instants if weight == heaviest)
    return latest if published_at is None or latest >= published_at else None


def _instant(reading: Reading, hints: DateHints) -> datetime | None:
    if reading.instant is not None or reading.clock is None or hints.zone is None:
        return reading.instant
    local = datetime.combine(reading.day, reading.clock)
    offset = zones.local_offset(hints.zone, local)
    return None if offset is None else (local - timedelta(minutes=offset)).replace(tzinfo=UTC)


def _explain(
    found: Sequence[DatedClue],
    winner: DayVotes | None,
    chosen: DatedClue | None,
    hints: DateHints,
) -> tuple[DateCandidate, ...]:
    return tuple(
        _explained(candidate, winner, hints, is_chosen=candidate is chosen) for candidate in found
    )


def _explained(
    candidate: DatedClue, winner: DayVotes | None, hints: DateHints, *, is_chosen: bool
) -> DateCandidate:
    clue = candidate.clue
    read_as = " or ".join(_printed(reading) for reading in candidate.readings) or None
    if candidate.rejected:
        verdict = candidate.rejected
    elif candidate.weight <= 0:
        verdict = f"not the publication: {clue.kind.value}"
    elif len(candidate.readings) > 1:
        verdict = "ambiguous"
    elif winner is None:
        verdict = "too weak alone"
    elif candidate.local_day(candidate.readings[0], hints) == winner.day:
        verdict = "agrees with the day chosen"
    else:
        verdict = "another day, outweighed"
    return DateCandidate(
        text=clue.text,
        source=clue.source.value,
        position=clue.position,
        kind=clue.kind.value,
        read_as=read_as,
        score=round(candidate.weight, 2),
        verdict=verdict,
        is_chosen=is_chosen,
    )


def _printed(reading: Reading) -> str:
    if reading.clock is None:
        return reading.day.isoformat()
    local = datetime.combine(reading.day, reading.clock)
    if reading.offset_minutes is None:
        return local.isoformat()
    sign = "-" if reading.offset_minutes < 0 else "+"
    hours, minutes = divmod(abs(reading.offset_minutes), 60)
    return f"{local.isoformat()}{sign}{hours:02}:{minutes:02}"
