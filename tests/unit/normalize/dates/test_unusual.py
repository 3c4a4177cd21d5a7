"""What only dateparser reads, and what it is never asked."""

from datetime import date

import pytest

from tasks.normalize.dates.parse import DateHints, parse_date
from tasks.normalize.dates.unusual import read_unusual_day


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the 5th day of March, 2024", "en"),
        ("пятое марта 2024 года", "ru"),
    ],
)
def test_unusual_layouts_are_read_to_the_day(text: str, language: str) -> None:
    (reading,) = parse_date(text, DateHints(languages=(language,)))
    assert (reading.day, reading.clock, reading.order) == (date(2024, 3, 5), None, "unusual")


@pytest.mark.parametrize("text", ["March 2024", "2024", "May", "yesterday", "Monday", "10:30"])
def test_a_part_of_a_date_is_never_filled_up(text: str) -> None:
    assert read_unusual_day(text, ("en",)) is None


@pytest.mark.parametrize("text", ["15. 1. 7.", "a long text " * 9 + "2024", "03/04/2024"])
def test_what_is_not_worth_its_time_is_not_asked(text: str) -> None:
    assert read_unusual_day(text, ("en",)) is None


def test_without_a_language_nothing_is_guessed() -> None:
    assert read_unusual_day("the 5th day of March, 2024", ()) is None
    assert read_unusual_day("the 5th day of March, 2024", ("xx",)) is None


@pytest.mark.parametrize("text", ["2024-W10-2", "2024W102", "Issue 2024W102"])
def test_a_day_of_an_iso_week_is_read_with_marks_and_without(text: str) -> None:
    assert {reading.day for reading in parse_date(text, DateHints())} == {date(2024, 3, 5)}


@pytest.mark.parametrize("text", ["2024-W10", "2024W10", "2024W608", "A2024W102", "2024W1021"])
def test_a_week_without_its_day_is_none(text: str) -> None:
    assert parse_date(text, DateHints()) == ()


@pytest.mark.parametrize(
    "text", ["2080-11-22", "२०८०/११/२२", "22-11-2080", "२०८० फागुन २२", "Falgun 22, 2080"]
)
@pytest.mark.parametrize(
    "hints", [DateHints(languages=("ne",)), DateHints(languages=("en",), country="NP")]
)
def test_a_day_of_the_bikram_sambat_is_no_gregorian_one(text: str, hints: DateHints) -> None:
    assert parse_date(text, hints) == ()


def test_a_nepali_page_may_print_gregorian_days() -> None:
    hints = DateHints(languages=("ne",), country="NP")
    assert {reading.day for reading in parse_date("2024-03-05", hints)} == {date(2024, 3, 5)}
