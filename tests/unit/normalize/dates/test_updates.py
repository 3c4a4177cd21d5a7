"""A page that prints only its last change: what its text says of that day."""

from datetime import date

import pytest

from schemas.date_sources import DateSource
from schemas.reasons import Reason
from tasks.extract.evidence import DateClue, DateKind
from tasks.normalize.dates.resolve_date import DateContext, resolve_dates
from tasks.normalize.decisions import DateDecision

REST = "\nThe bridge stays closed until the engineers have looked at it."


def decide(text: str, *more: DateClue) -> DateDecision:
    updated = DateClue(
        text="5 March 2024, 14:10",
        source=DateSource.LINE,
        position="",
        kind=DateKind.MODIFIED,
        line=3,
    )
    return resolve_dates((updated, *more), DateContext(text=text, timezone="Europe/Berlin"))


@pytest.mark.parametrize(
    "text",
    [
        "A barge hit the bridge on Tuesday morning.",
        "Ein Kahn hat am Dienstag die Brücke gerammt.",
        "Uma barca bateu na ponte nesta terça-feira, 5 de março.",
        "Le 5 mars, une péniche a heurté le pont.",
    ],
)
def test_a_change_on_the_day_that_the_text_speaks_of_is_the_publication(text: str) -> None:
    decision = decide(text + REST)
    assert decision.published_date == date(2024, 3, 5)
    assert decision.published_at is None
    assert decision.modified_at is not None
    assert decision.rule == "line_updated_same_day"


@pytest.mark.parametrize(
    "text",
    [
        "How to look after an old bridge.",
        "A barge hit the bridge on Monday evening.",
        "The bridge was hit on Tuesday and closed on Friday.",
        "The bridge was opened on 5 March 1924.",
    ],
)
def test_a_change_on_any_other_day_dates_nothing(text: str) -> None:
    decision = decide(text + REST)
    assert decision.published_date is None
    assert decision.reason is Reason.PUBLISHED_DATE_UNKNOWN


def test_changes_on_several_days_date_nothing() -> None:
    other = DateClue(
        text="7 March 2024", source=DateSource.LINE, position="", kind=DateKind.MODIFIED, line=4
    )
    assert decide("A barge hit the bridge on Tuesday." + REST, other).published_date is None
