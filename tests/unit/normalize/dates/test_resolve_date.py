"""Which of a document's dates is the publication, and what is said where none is."""

from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from schemas.date_sources import DateSource
from schemas.reasons import Reason
from tasks.extract.evidence import DateClue, DateKind, Stand
from tasks.normalize.dates.resolve_date import DateContext, resolve_dates
from tasks.normalize.decisions import DateDecision, Precision

UNKNOWN = DateContext()
BAKU = DateContext(timezone="Asia/Baku", country="AZ", languages=("az",), date_order="DMY")
BERLIN = DateContext(timezone="Europe/Berlin", country="DE", languages=("de",), date_order="DMY")


def clue(
    text: str,
    source: str = "byline",
    kind: str = "published",
    *,
    name: str = "",
    line: int | None = None,
    rank: int = 0,
) -> DateClue:
    return DateClue(
        text=text,
        source=DateSource(source),
        position="p",
        kind=DateKind(kind),
        name=name,
        stand=None if name or line else Stand.AFTER_TITLE,
        line=line,
        rank=rank,
    )


def json_ld(text: str, key: str = "datePublished", kind: str = "published") -> DateClue:
    return clue(text, "json_ld", kind, name=f"NewsArticle.{key}")


def verdicts(decision: DateDecision) -> dict[str, str]:
    return {candidate.text: candidate.verdict for candidate in decision.candidates}


class TestDay:
    @pytest.mark.parametrize(
        ("context", "offset"),
        # Nothing says where the outlet is but its language, whose zone is not the printed one.
        [(DateContext(language="de"), 120), (DateContext(language="en"), 120), (BERLIN, 60)],
    )
    def test_the_day_is_the_instants_by_the_offset_that_is_published(
        self, context: DateContext, offset: int
    ) -> None:
        decision = resolve_dates([json_ld("2020-01-08T00:31:49+02:00")], context)
        assert decision.published_at == datetime(2020, 1, 7, 22, 31, 49, tzinfo=UTC)
        assert decision.published_date == date(2020, 1, 8 if offset == 120 else 7)
        assert decision.utc_offset_minutes == offset

    def test_one_instant_in_two_spellings_is_one_day(self) -> None:
        found = [
            json_ld("2023-05-06T02:11:03Z"),
            clue("2023-05-06T02:11:03+00:00", "meta", name="article:published_time"),
            clue("2023-05-05T22:11:03-04:00", "time"),
        ]
        decision = resolve_dates(found, UNKNOWN)
        assert decision.published_date == date(2023, 5, 5)
        assert decision.published_at == datetime(2023, 5, 6, 2, 11, 3, tzinfo=UTC)
        assert decision.utc_offset_minutes == -240

    @pytest.mark.parametrize(
        ("stamp", "shown", "day"),
        [
            ("2023-05-06T02:11:03Z", "May 5, 2023", 5),  # west of UTC
            ("2023-05-05T20:11:03Z", "6 May 2023", 6),  # east of it
            ("2023-05-06T20:11:03Z", "5 May 2023", 6),  # in no zone
        ],
    )
    def test_readers_see_the_day_of_their_zone(self, stamp: str, shown: str, day: int) -> None:
        decision = resolve_dates([json_ld(stamp), clue(shown)], UNKNOWN)
        assert decision.published_date == date(2023, 5, day)
        assert decision.published_at == datetime.fromisoformat(stamp)

    def test_an_asides_stamp_counts_once_in_attribute_and_text(self) -> None:
        aside = [clue("2023-05-09", "time", rank=1), clue("9 May 2023", rank=1)]
        assert resolve_dates([clue("5 May 2023"), *aside], UNKNOWN).published_date == date(
            2023, 5, 5
        )

    def test_a_day_without_a_year_is_of_the_year_of_its_stamp(self) -> None:
        late = DateContext(fetched_at=datetime(2025, 10, 1, tzinfo=UTC))
        found = [clue("1683281730", "time", "unknown"), clue("May 5")]
        assert resolve_dates(found, late).published_at == datetime(
            2023, 5, 5, 10, 15, 30, tzinfo=UTC
        )

    def test_a_printed_weekday_tells_the_year(self) -> None:
        late = DateContext(fetched_at=datetime(2025, 10, 1, tzinfo=UTC), language="ja")
        assert resolve_dates([clue("5月5日(金) 15:05")], late).published_date == date(2023, 5, 5)

    def test_a_change_gives_no_instant_to_a_publication_with_a_clock(self) -> None:
        found = [
            clue("05/05/2023 01:57"),
            clue("2023-05-05T19:20:45+02:00", "microdata", "modified"),
        ]
        spain = DateContext(country="ES", language="es")
        decision = resolve_dates(found, spain)
        assert decision.published_at == datetime(2023, 5, 4, 23, 57, tzinfo=UTC)
        assert decision.modified_at == datetime(2023, 5, 5, 17, 20, 45, tzinfo=UTC)
        assert resolve_dates(found, DateContext(date_order="DMY")).published_at is None

    def test_a_numeric_date_in_amharic_may_be_of_either_calendar(self) -> None:
        amharic = DateContext(country="ET", language="am")
        decision = resolve_dates([clue("27/08/2015")], amharic)
        assert decision.reason is Reason.PUBLISHED_DATE_AMBIGUOUS
        beside = [clue("27/08/2015"), json_ld("2023-05-05T10:15:30Z")]
        assert resolve_dates(beside, amharic).published_date == date(2023, 5, 5)

    @pytest.mark.parametrize(
        ("text", "country", "day"),
        [("112/05/05", "TW", 5), ("112年5月5日", None, 5), ("112/05/05", "US", None)],
    )
    def test_years_of_the_republic_of_china(
        self, text: str, country: str | None, day: int | None
    ) -> None:
        decision = resolve_dates([clue(text)], DateContext(country=country, language="zh"))
        assert decision.published_date == (date(2023, 5, day) if day else None)

    def test_agreeing_positions_outvote_one(self) -> None:
        decision = resolve_dates(
            [clue("2023/05/04", "url"), json_ld("2023-05-05"), clue("5 May 2023")], UNKNOWN
        )
        assert decision.published_date == date(2023, 5, 5)
        assert verdicts(decision)["2023/05/04"] == "another day, outweighed"

    @pytest.mark.parametrize("kind", ["event", "comment", "related", "page_clock", "print_edition"])
    def test_the_day_of_something_else_is_no_publication(self, kind: str) -> None:
        decision = resolve_dates([clue("5 May 2023", "line", kind, line=3)], UNKNOWN)
        assert decision.published_date is None
        assert decision.reason is Reason.PUBLISHED_DATE_UNKNOWN

    def test_a_clock_in_the_header_newer_than_the_article(self) -> None:
        decision = resolve_dates(
            [
                clue("11 January 2025 / 08:05", "line", "page_clock", line=1),
                clue("3 July 2021 / 17:40", "line", line=30),
            ],
            DateContext(timezone="Asia/Yerevan"),
        )
        assert decision.published_at == datetime(2021, 7, 3, 13, 40, tzinfo=UTC)

    def test_the_day_that_a_dateline_speaks_of_is_not_the_one_it_has(self) -> None:
        context = DateContext(dateline_text="9 June 2022")
        spoken = clue("8 June 2022", "line", "event", line=4)
        assert resolve_dates([spoken], context).published_date == date(2022, 6, 9)

    def test_the_first_stamp_under_the_title_is_the_articles(self) -> None:
        decision = resolve_dates(
            [clue("5 May 2023", kind="unknown"), clue("9 March 2019", kind="unknown", rank=2)],
            UNKNOWN,
        )
        assert decision.published_date == date(2023, 5, 5)

    def test_stamps_behind_a_relative_one_are_other_stories(self) -> None:
        decision = resolve_dates([clue("20 minutes ago"), clue("9 March 2019", rank=1)], UNKNOWN)
        assert decision.reason is Reason.PUBLISHED_DATE_UNKNOWN

    def test_a_relative_stamp_counts_from_the_fetch(self) -> None:
        context = DateContext(fetched_at=datetime(2023, 5, 5, 12, tzinfo=UTC))
        decision = resolve_dates([clue("20 minutes ago")], context)
        assert (decision.published_date, decision.published_at) == (date(2023, 5, 5), None)

    def test_a_change_alone_is_no_publication(self) -> None:
        change = json_ld("2023-05-06T10:00:00+04:00", "dateModified", "modified")
        assert resolve_dates([change], UNKNOWN).reason is Reason.PUBLISHED_DATE_UNKNOWN

    def test_nothing_is_unknown(self) -> None:
        decision = resolve_dates([], UNKNOWN)
        assert decision.reason is Reason.PUBLISHED_DATE_UNKNOWN
        assert (decision.published_date, decision.published_at, decision.precision) == (None,) * 3

    def test_the_only_day_of_a_page_counts_in_any_box(self) -> None:
        boxed = clue("5 May 2023", kind="related", rank=3)
        assert resolve_dates([boxed], UNKNOWN).published_date == date(2023, 5, 5)


class TestPlausibility:
    FETCH = DateContext(fetched_at=datetime(2023, 5, 5, 12, tzinfo=UTC))

    def test_a_day_after_the_fetch_is_none(self) -> None:
        decision = resolve_dates([clue("7 May 2023")], self.FETCH)
        assert decision.reason is Reason.PUBLISHED_DATE_UNKNOWN

    def test_the_day_after_the_fetch_is_tomorrow_in_the_east(self) -> None:
        assert resolve_dates([clue("6 May 2023")], self.FETCH).published_date == date(2023, 5, 6)

    def test_the_landing_day_bounds_where_the_fetch_is_not_known(self) -> None:
        context = DateContext(landing_date=date(2023, 5, 5))
        assert resolve_dates([clue("7 May 2023")], context).published_date is None

    def test_the_fetch_decides_the_order(self) -> None:
        decision = resolve_dates([clue("04/12/2023")], DateContext(landing_date=date(2023, 5, 1)))
        assert decision.published_date == date(2023, 4, 12)

    def test_the_epoch_is_a_default_and_no_day(self) -> None:
        assert resolve_dates([json_ld("1970-01-01T00:00:00Z")], UNKNOWN).published_date is None


class TestNumericOrder:
    def test_ambiguous_without_evidence(self) -> None:
        decision = resolve_dates([clue("03/04/2023")], UNKNOWN)
        assert decision.reason is Reason.PUBLISHED_DATE_AMBIGUOUS
        assert "03/04/2023" in decision.detail

    def test_a_lighter_stamp_does_not_answer_for_an_ambiguous_one(self) -> None:
        stamps = [clue("03/04/2023"), clue("9 March 2019", "body", "unknown")]
        assert resolve_dates(stamps, UNKNOWN).reason is Reason.PUBLISHED_DATE_AMBIGUOUS

    @pytest.mark.parametrize(
        ("context", "day"),
        [
            (DateContext(date_order="MDY"), date(2023, 3, 4)),
            (DateContext(language="de"), date(2023, 4, 3)),
            (DateContext(language="en", country="US"), date(2023, 3, 4)),
            (DateContext(language="en", country="GB"), date(2023, 4, 3)),
            (DateContext(country="CH"), date(2023, 4, 3)),
        ],
    )
    def test_outlet_country_or_language_decide(self, context: DateContext, day: date) -> None:
        assert resolve_dates([clue("03/04/2023")], context).published_date == day

    def test_another_date_of_the_page_decides(self) -> None:
        decision = resolve_dates([clue("03/04/2023"), clue("2023/03/04", "url")], UNKNOWN)
        assert decision.published_date == date(2023, 3, 4)

    def test_another_order_on_the_page_decides(self) -> None:
        decision = resolve_dates(
            [clue("03/04/2023"), clue("25/04/2023", kind="related", rank=2)], UNKNOWN
        )
        assert decision.published_date == date(2023, 4, 3)

    def test_metas_may_have_another_order_than_the_print(self) -> None:
        decision = resolve_dates(
            [clue("01.11.2023"), clue("11/01/2023 12:43:42", "meta_other")], BERLIN
        )
        assert decision.published_date == date(2023, 11, 1)


class TestZones:
    def test_a_naive_time_is_the_outlets(self) -> None:
        decision = resolve_dates([clue("05.05.2023 10:30")], BAKU)
        assert decision.published_at == datetime(2023, 5, 5, 6, 30, tzinfo=UTC)
        assert decision.utc_offset_minutes == 240
        assert decision.rule == "byline_outlet_zone"

    @pytest.mark.parametrize(
        "context",
        [DateContext(country="AZ", date_order="DMY"), DateContext(language="az")],
    )
    def test_else_the_countrys_or_the_languages(self, context: DateContext) -> None:
        decision = resolve_dates([clue("05.05.2023 10:30")], context)
        assert decision.published_at == datetime(2023, 5, 5, 6, 30, tzinfo=UTC)

    def test_a_country_of_several_zones_has_none(self) -> None:
        context = DateContext(country="US", language="en", date_order="MDY")
        decision = resolve_dates([clue("05/05/2023 10:30")], context)
        assert (decision.published_at, decision.published_date) == (None, date(2023, 5, 5))
        assert decision.precision is Precision.DAY

    def test_the_day_is_the_outlets(self) -> None:
        decision = resolve_dates([json_ld("2023-05-05T21:30:00Z")], BAKU)
        assert decision.published_date == date(2023, 5, 6)
        assert decision.published_at == datetime(2023, 5, 5, 21, 30, tzinfo=UTC)

    def test_the_printed_offsets_day_where_nothing_else_is_known(self) -> None:
        decision = resolve_dates([json_ld("2023-05-06T01:30:00+04:00")], UNKNOWN)
        assert (decision.published_date, decision.utc_offset_minutes) == (date(2023, 5, 6), 240)

    def test_a_page_shows_its_zone_by_its_clock(self) -> None:
        decision = resolve_dates(
            [json_ld("2023-05-06T02:28:35Z"), clue("May 5, 2023, 10:28 PM")], UNKNOWN
        )
        assert (decision.published_date, decision.utc_offset_minutes) == (date(2023, 5, 5), -240)
        assert decision.published_at == datetime(2023, 5, 6, 2, 28, 35, tzinfo=UTC)

    def test_false_utc_is_caught_by_the_visible_clock(self) -> None:
        decision = resolve_dates([json_ld("2023-05-05T10:30:00Z"), clue("05.05.2023 10:30")], BAKU)
        assert decision.published_at == datetime(2023, 5, 5, 6, 30, tzinfo=UTC)
        assert decision.rule == "json_ld_false_utc"

    def test_true_utc_is_confirmed_by_the_visible_clock(self) -> None:
        decision = resolve_dates([json_ld("2023-05-05T10:30:00Z"), clue("05.05.2023 14:30")], BAKU)
        assert decision.published_at == datetime(2023, 5, 5, 10, 30, tzinfo=UTC)

    def test_false_utc_is_caught_by_another_stamp(self) -> None:
        decision = resolve_dates(
            [json_ld("2023-05-05T10:30:00Z"), clue("2023-05-05T10:30:00+02:00", "time")], UNKNOWN
        )
        assert decision.published_at == datetime(2023, 5, 5, 8, 30, tzinfo=UTC)

    def test_false_utc_is_caught_by_the_fetch(self) -> None:
        context = DateContext(
            timezone="Asia/Baku", fetched_at=datetime(2023, 5, 5, 7, 0, tzinfo=UTC)
        )
        decision = resolve_dates([json_ld("2023-05-05T10:30:00Z")], context)
        assert decision.published_at == datetime(2023, 5, 5, 6, 30, tzinfo=UTC)

    def test_a_scripts_clock_in_another_language_is_no_evidence(self) -> None:
        stamps = [json_ld("2023-12-05T10:30:00Z"), clue("December 5, 2023, 10:30 Uhr")]
        decision = resolve_dates(stamps, BERLIN)
        assert decision.published_at == datetime(2023, 12, 5, 10, 30, tzinfo=UTC)

    @pytest.mark.parametrize(
        "printed", ["29.10.2023 02:30", "26.03.2023 02:30"], ids=["repeated hour", "skipped hour"]
    )
    def test_the_hours_of_a_clock_change_have_no_instant(self, printed: str) -> None:
        decision = resolve_dates([clue(printed)], BERLIN)
        assert decision.published_at is None
        assert decision.published_date is not None

    def test_an_offset_tells_the_repeated_hour(self) -> None:
        decision = resolve_dates([json_ld("2023-10-29T02:30:00+01:00")], BERLIN)
        assert decision.published_at == datetime(2023, 10, 29, 1, 30, tzinfo=UTC)


class TestModified:
    def test_it_is_kept_apart(self) -> None:
        decision = resolve_dates(
            [
                json_ld("2023-05-05T10:30:00+04:00"),
                json_ld("2023-05-07T09:00:00+04:00", "dateModified", "modified"),
            ],
            BAKU,
        )
        assert decision.published_date == date(2023, 5, 5)
        assert decision.modified_at == datetime(2023, 5, 7, 5, tzinfo=UTC)

    def test_a_change_before_the_publication_is_none(self) -> None:
        decision = resolve_dates(
            [
                json_ld("2023-05-05T10:30:00+04:00"),
                json_ld("2023-05-05T09:00:00+04:00", "dateModified", "modified"),
            ],
            BAKU,
        )
        assert decision.modified_at is None


class TestExplanation:
    def test_every_clue_has_a_reading_and_a_verdict(self) -> None:
        clues = [
            json_ld("2023-05-05T10:30:00+04:00"),
            clue("12 June 2021", kind="related", rank=4),
            clue("Updated 3"),
            clue("yesterday", rank=3),
        ]
        decision = resolve_dates(clues, BAKU)
        assert len(decision.candidates) == len(clues)
        assert all(candidate.verdict for candidate in decision.candidates)
        assert verdicts(decision)["12 June 2021"] == "not the publication: related"
        assert decision.text == "2023-05-05T10:30:00+04:00"

    def test_the_order_of_clues_changes_nothing(self) -> None:
        clues = [
            json_ld("2023-05-05T22:30:00Z"),
            clue("06.05.2023 02:30"),
            clue("2023/05/05", "url"),
            clue("03/04/2023", kind="unknown", rank=2),
            clue("7 May 2023", kind="modified", rank=1),
        ]
        decisions = {resolve_dates(list(order), BAKU) for order in permutations(clues)}
        assert len(decisions) == 1
