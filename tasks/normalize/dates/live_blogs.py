"""The publication of a live blog, whose other stamps are renewed with every entry.

A live blog is published once, when it opens, and goes on for hours or days. Many CMS write the
newest entry's time wherever an article has its publication. schema.org has the opening in
`coverageStartTime` of the LiveBlogPosting, and each entry has its own stamp. So the first of these
is the publication, and what lies behind it is a change. Where all are of one day, the stated
`datePublished` counts, which is what readers see: entries are taken over from earlier pages.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from schemas.date_sources import DateSource
from tasks.extract.evidence import DateKind
from tasks.normalize.dates.date_candidates import DatedClue, weigh

_LIVE_BLOG = "LiveBlogPosting."
_STATED = f"{_LIVE_BLOG}datePublished"
_OPENINGS = frozenset({_STATED, f"{_LIVE_BLOG}coverageStartTime"})
_ENTRY = "BlogPosting.datePublished"
_RENEWED = frozenset({DateKind.PUBLISHED, DateKind.UNKNOWN, DateKind.CREATED})


def settle_live_blog(found: Sequence[DatedClue]) -> list[DatedClue]:
    """Returns the candidates of a live blog with its opening as the publication.

    The stamps after the opening count as changes. A page without a LiveBlogPosting of its own keeps
    all of them.
    """
    openings = [
        (instant, number)
        for number, candidate in enumerate(found)
        if _may_open(candidate) and len(candidate.readings) == 1
        if (instant := candidate.readings[0].instant) is not None
    ]
    if not any(_is_own(candidate) for candidate in found) or not openings:
        return list(found)
    opened_at, number = min(openings)
    stated = [item for item in openings if found[item[1]].clue.name == _STATED]
    if stated and min(stated)[0].date() == opened_at.date():
        opened_at, number = min(stated)
    settled = [_as_change(candidate, opened_at) for candidate in found]
    clue = replace(found[number].clue, kind=DateKind.PUBLISHED)
    settled[number] = replace(found[number], clue=clue, weight=weigh(clue))
    return settled


def _is_own(candidate: DatedClue) -> bool:
    clue = candidate.clue
    return clue.name.startswith(_LIVE_BLOG) and clue.kind is not DateKind.RELATED


def _may_open(candidate: DatedClue) -> bool:
    clue = candidate.clue
    if clue.source is not DateSource.JSON_LD or clue.kind is DateKind.RELATED:
        return False
    return clue.name in _OPENINGS or (clue.name == _ENTRY and clue.kind is DateKind.COMMENT)


def _as_change(candidate: DatedClue, opened_at: datetime) -> DatedClue:
    instants = [reading.instant for reading in candidate.readings]
    if candidate.clue.kind not in _RENEWED or not instants:
        return candidate
    if any(instant is None or instant <= opened_at for instant in instants):
        return candidate
    clue = replace(candidate.clue, kind=DateKind.MODIFIED)
    return replace(candidate, clue=clue, weight=weigh(clue))
