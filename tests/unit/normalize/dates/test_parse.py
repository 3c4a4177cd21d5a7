"""One printed date: what day and time it is read as, or as which several."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tasks.normalize.dates.parse import DateHints, parse_date
from tasks.normalize.dates.readings import Reading
from tasks.normalize.decisions import Precision

NOTHING = DateHints()


def days(text: str, hints: DateHints = NOTHING) -> list[date]:
    return [reading.day for reading in parse_date(text, hints)]


def one(text: str, hints: DateHints = NOTHING) -> Reading:
    (reading,) = parse_date(text, hints)
    return reading


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2023-05-05T09:15:30Z", datetime(2023, 5, 5, 9, 15, 30, tzinfo=UTC)),
        (
            "2023-05-05T09:15:30.123456789+04:00",
            datetime(2023, 5, 5, 5, 15, 30, 123456, tzinfo=UTC),
        ),
        ("2023-05-05 09:15:30 +0400", datetime(2023, 5, 5, 5, 15, 30, tzinfo=UTC)),
        ("20230505T091530Z", datetime(2023, 5, 5, 9, 15, 30, tzinfo=UTC)),
        ("2023-05-05T23:15:5Z", datetime(2023, 5, 5, 23, 15, 5, tzinfo=UTC)),
        ("Fri, 05 May 2023 09:15:30 GMT", datetime(2023, 5, 5, 9, 15, 30, tzinfo=UTC)),
        ("Fri May 05 09:15:30 CEST 2023", datetime(2023, 5, 5, 7, 15, 30, tzinfo=UTC)),
        (
            "Fri May 05 2023 09:15:30 GMT+0200 (heure d'été)",
            datetime(2023, 5, 5, 7, 15, 30, tzinfo=UTC),
        ),
        ("1683278130", datetime(2023, 5, 5, 9, 15, 30, tzinfo=UTC)),
        ("1683278130123", datetime(2023, 5, 5, 9, 15, 30, tzinfo=UTC)),
        ("5 May 2023, 9:15 p.m. PDT", datetime(2023, 5, 6, 4, 15, tzinfo=UTC)),
        ("5. Mai 2023, 09:15 MESZ", datetime(2023, 5, 5, 7, 15, tzinfo=UTC)),
        ("5 May 2023 09:15 (GMT+5:30)", datetime(2023, 5, 5, 3, 45, tzinfo=UTC)),
    ],
)
def test_stamps_with_an_offset_are_instants(text: str, instant: datetime) -> None:
    assert one(text).instant == instant


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("2023-05-05", Precision.DAY),
        ("2023-05-05T09:15+04:00", Precision.MINUTE),
        ("2023-05-05T09:15:00+04:00", Precision.SECOND),
        ("5 May 2023", Precision.DAY),
        ("5 May 2023 09:15", Precision.MINUTE),
    ],
)
def test_precision_is_what_was_printed(text: str, precision: Precision) -> None:
    assert one(text).precision is precision


@pytest.mark.parametrize(
    "text",
    ["", "on:", "May", "12", "10:30", "Mon Tue", "2023", "31 February 2023", "20231399", "May 5"],
)
def test_what_holds_no_day_is_not_read(text: str) -> None:
    assert parse_date(text, NOTHING) == ()


class TestNumericOrder:
    def test_without_evidence_it_has_two_days(self) -> None:
        assert set(days("03/04/2023")) == {date(2023, 4, 3), date(2023, 3, 4)}

    @pytest.mark.parametrize(
        ("order", "day"), [("DMY", date(2023, 4, 3)), ("MDY", date(2023, 3, 4))]
    )
    def test_the_outlets_order_decides(self, order: str, day: date) -> None:
        assert days("03/04/2023", DateHints(date_order=order)) == [day]

    def test_a_number_over_twelve_decides(self) -> None:
        assert days("03/14/2023", DateHints(date_order="DMY")) == [date(2023, 3, 14)]

    def test_a_printed_weekday_decides(self) -> None:
        assert days("Mon 03/04/2023") == [date(2023, 4, 3)]

    def test_the_same_number_twice_is_one_day(self) -> None:
        assert days("05/05/2023") == [date(2023, 5, 5)]

    def test_two_digits_may_be_the_year_first(self) -> None:
        assert date(2024, 1, 19) in days("24/1/19")
        assert days("24/1/19", DateHints(languages=("eu",))) == [date(2024, 1, 19)]
        assert days("24/1/19", DateHints(languages=("de",))) == [date(2019, 1, 24)]

    def test_two_digit_years_are_of_this_century(self) -> None:
        assert days("28.03.24", DateHints(date_order="DMY")) == [date(2024, 3, 28)]


class TestCalendars:
    """5 May 2023 in the calendars and digits that news is dated in."""

    @pytest.mark.parametrize(
        ("text", "hints"),
        [
            ("๕ พฤษภาคม ๒๕๖๖", NOTHING),
            ("5 พ.ค. 66", NOTHING),
            ("5/5/2566", NOTHING),
            ("令和5年5月5日", NOTHING),
            ("民國112年5月5日", NOTHING),
            ("۱۵ اردیبهشت ۱۴۰۲", NOTHING),
            ("15 ثور 1402", NOTHING),
            ("1402/02/15", DateHints(country="IR")),
            ("۱۴۰۲/۰۲/۱۵", DateHints(languages=("fa",))),
            ("15 شوال 1444", DateHints(country="SA")),
            ("1444/10/15", DateHints(country="SA", languages=("ar",))),
            ("५ मई २०२३", NOTHING),
            ("৫ মে ২০২৩", NOTHING),
        ],
    )
    def test_it_is_that_day(self, text: str, hints: DateHints) -> None:
        assert days(text, hints) == [date(2023, 5, 5)]

    def test_a_lunar_day_outside_saudi_arabia_is_ambiguous(self) -> None:
        assert set(days("15 شوال 1444")) == {date(2023, 5, day) for day in (4, 5, 6)}

    def test_the_first_year_of_an_era(self) -> None:
        assert days("令和元年5月1日") == [date(2019, 5, 1)]


class TestMonthsOfSeveralLanguages:
    """`listopad` is October in Croatia and November in Poland and Bohemia."""

    def test_without_a_language_it_is_ambiguous(self) -> None:
        assert set(days("5 listopada 2023")) == {date(2023, 10, 5), date(2023, 11, 5)}

    @pytest.mark.parametrize(("language", "month"), [("hr", 10), ("pl", 11)])
    def test_the_language_decides(self, language: str, month: int) -> None:
        assert days("5 listopada 2023", DateHints(languages=(language,))) == [date(2023, month, 5)]


@pytest.mark.parametrize(
    "text",
    ["5 MAYIS 2023", "5 ΜΑΪΟΥ 2023", "5 Μαΐου 2023", "5 MAI 2023", "5 МАЯ 2023", "5 MAYO 2023"],
)
def test_months_in_capitals(text: str) -> None:
    assert days(text) == [date(2023, 5, 5)]


def test_months_without_their_accents() -> None:
    assert days("9 Fevrier 2023") == days("9 Şubat 2023") == days("9 SUBAT 2023")


class TestRelativeForms:
    FETCH = DateHints(
        fetched_at=datetime(2023, 5, 5, 1, 30, tzinfo=UTC), zone=ZoneInfo("Asia/Baku")
    )

    @pytest.mark.parametrize(
        "text",
        [
            "2 hours ago",
            "vor 2 Stunden",
            "2 saat əvvəl",
            "il y a 2 heures",
            "2 часа назад",
            "yesterday",
        ],
    )
    def test_never_without_the_fetch(self, text: str) -> None:
        assert parse_date(text, NOTHING) == ()

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("2 hours ago", date(2023, 5, 5)),
            ("6 saat əvvəl", date(2023, 5, 4)),
            ("vor 3 Tagen", date(2023, 5, 2)),
            ("3 дня назад", date(2023, 5, 2)),
            ("2 weeks ago", date(2023, 4, 21)),
            ("yesterday", date(2023, 5, 4)),
            ("dünən", date(2023, 5, 4)),
            ("gestern", date(2023, 5, 4)),
            ("March 9", date(2023, 3, 9)),
            ("9. Dezember, 10:15 Uhr", date(2022, 12, 9)),
            ("Wednesday", date(2023, 5, 3)),
            ("Friday", date(2023, 5, 5)),
        ],
    )
    def test_against_the_fetch_in_the_outlets_zone(self, text: str, day: date) -> None:
        assert one(text, self.FETCH).day == day

    def test_an_age_has_no_clock_time(self) -> None:
        assert one("2 hours ago", self.FETCH).clock is None

    def test_yesterday_keeps_its_printed_time(self) -> None:
        assert one("Вчера, 09:15", self.FETCH).clock == time(9, 15)

    def test_a_word_of_another_language_is_no_date(self) -> None:
        german = DateHints(fetched_at=self.FETCH.fetched_at, languages=("de",))
        assert parse_date("hier", german) == ()
        french = DateHints(fetched_at=self.FETCH.fetched_at, languages=("fr",))
        assert days("hier", french) == [date(2023, 5, 4)]


class TestZoneAbbreviations:
    @pytest.mark.parametrize(
        ("zone", "offset"),
        [("Asia/Kolkata", 330), ("Europe/Dublin", 60), ("Asia/Jerusalem", 180)],
    )
    def test_ist_is_the_outlets(self, zone: str, offset: int) -> None:
        reading = one("5 May 2023 09:15 IST", DateHints(zone=ZoneInfo(zone)))
        assert reading.offset_minutes == offset

    def test_ist_alone_says_nothing(self) -> None:
        assert one("5 May 2023 09:15 IST").offset_minutes is None

    def test_est_in_summer_is_what_new_york_has(self) -> None:
        reading = one("5 July 2023 09:15 EST", DateHints(zone=ZoneInfo("America/New_York")))
        assert reading.offset_minutes == -240


def test_midnight_as_twenty_four_is_the_next_day() -> None:
    assert one("5 May 2023, 24:00").day == date(2023, 5, 5) + timedelta(days=1)


@pytest.mark.parametrize(("text", "hour"), [("12:05 AM", 0), ("12:05 PM", 12), ("1:05 PM", 13)])
def test_half_days(text: str, hour: int) -> None:
    assert one(f"May 5, 2023 {text}").clock == time(hour, 5)
