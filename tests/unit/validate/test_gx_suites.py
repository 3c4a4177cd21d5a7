"""Each expectation can fail, and a good row fails none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import great_expectations.expectations as gxe
import pyarrow as pa
import pytest

from schemas.suites import CHECKS, MONEY_SUITE, RECORDS_SUITE
from tasks.normalize.record import Record
from tasks.stage.staged_rows import as_table
from tasks.validate.frames import money_frame, records_frame
from tasks.validate.gx_suites import SuiteError, run_suite
from tasks.validate.judged_rows import replace_texts
from tasks.validate.late_imports import Unused
from tests.records import GOOD, GOOD_MONEY


def _day(year: int, month: int, day: int) -> dict[str, Any]:
    return {
        "published_date": date(year, month, day),
        "published_at": None,
        "published_precision": "day",
    }


BAD_RECORDS: dict[str, dict[str, Any]] = {
    "article_id_missing": {"article_id": None},
    "article_id_malformed": {"article_id": "0123456789ABCDEF0123"},
    "url_malformed": {"url": "ftp://harbourpost.example/a"},
    "canonical_url_malformed": {"canonical_url": "harbourpost.example/a"},
    "outlet_id_malformed": {"outlet_id": "~harbour post"},
    "outlet_id_not_registered": {"outlet_id": "no-such-outlet"},
    "outlet_name_too_long": {"outlet_name": "Harbour " * 20},
    "outlet_country_malformed": {"outlet_country": "Azerbaijan"},
    "language_malformed": {"language": "en-GB"},
    "text_missing": {"text": None},
    "word_count_out_of_range": {"word_count": 0},
    "published_at_missing": {"published_at": None},
    "published_at_unfounded": {"published_precision": "day"},
    "published_date_missing": {"published_date": None},
    "published_date_out_of_range": _day(1970, 1, 1),
    "published_after_fetched": _day(2024, 3, 3),
    "published_second_unfounded": {"published_at": datetime(2024, 3, 1, 9, 30, 5, tzinfo=UTC)},
    "published_date_not_local": {"published_at": datetime(2024, 3, 1, 20, 0, tzinfo=UTC)},
    "modified_before_published": {"modified_at": datetime(2024, 3, 1, 9, 29, tzinfo=UTC)},
    "published_precision_unknown": {"published_precision": "hour"},
    "published_source_missing": {"published_source": None},
    "published_offset_out_of_range": {
        "published_offset_minutes": 15 * 60,
        "published_at": datetime(2024, 3, 1, 3, 0, tzinfo=UTC),
    },
    "content_digest_malformed": {"content_digest": "0"},
    "money_count_differs": {"money_count": 2},
    "text_may_be_partial": {"text_share": 0.7},
    "raw_path_missing": {"raw_path": None},
    "raw_offset_negative": {"raw_offset": -1},
    "raw_digest_malformed": {"raw_digest": "0"},
}
BAD_MONEY: dict[str, dict[str, Any]] = {
    "money_surface_missing": {"surface": None, "start": None, "end": None},
    "money_kind_unknown": {"kind": "price"},
    "money_amount_missing": {"amount": None, "amount_high": None},
    "money_amount_negative": {"amount": Decimal(-1), "usd_amount": Decimal(-1)},
    "money_range_reversed": {"amount_high": Decimal(4)},
    "money_span_differs": {"start": 2, "end": 11},
    "money_usd_inconsistent": {"usd_amount": Decimal("5000006")},
    "money_rate_out_of_date": {"usd_rate_date": date(2024, 2, 15)},
    "money_currency_unknown": {"currency_code": "US$"},
    "money_quote_currency_unknown": {"quote_currency_code": "manat"},
    "money_usd_missing": {"usd_amount": None},
    "money_usd_status_unknown": {"usd_status": "maybe", "usd_amount": None},
    "money_usd_unfounded": {"usd_status": "no_source"},
}


def _judged(records: Sequence[Record]) -> pa.Table:
    return replace_texts(as_table(records))


@pytest.fixture(scope="module")
def failed_records() -> dict[int, set[str]]:
    changes = [{}, *BAD_RECORDS.values()]
    rows = [
        replace(GOOD, **{"raw_path": f"{number}.html"} | change)
        for number, change in enumerate(changes)
    ]
    frame = records_frame(_judged(rows), frozenset({"harbour-post"}))
    return _failed(run_suite(frame, RECORDS_SUITE, "records"))


@pytest.fixture(scope="module")
def failed_money() -> dict[int, set[str]]:
    changes = [{}, *BAD_MONEY.values()]
    rows = [replace(GOOD, money=(replace(GOOD_MONEY, **change),)) for change in changes]
    return _failed(run_suite(money_frame(_judged(rows)), MONEY_SUITE, "money"))


def _failed(failures: list[Any]) -> dict[int, set[str]]:
    rows: dict[int, set[str]] = {}
    for failure in failures:
        rows.setdefault(failure.row_key, set()).add(failure.check)
    return rows


def test_a_good_record_fails_nothing(failed_records: dict[int, set[str]]) -> None:
    assert 0 not in failed_records


def test_good_money_fails_nothing(failed_money: dict[int, set[str]]) -> None:
    assert 0 not in failed_money


@pytest.mark.parametrize(("row", "check"), list(enumerate(BAD_RECORDS, start=1)))
def test_a_bad_record_fails_its_check(
    failed_records: dict[int, set[str]], row: int, check: str
) -> None:
    assert failed_records[row] == {check}


@pytest.mark.parametrize(("row", "check"), list(enumerate(BAD_MONEY, start=1)))
def test_bad_money_fails_its_check(failed_money: dict[int, set[str]], row: int, check: str) -> None:
    assert failed_money[row] == {check}


# What one change in a row cannot show has a test of its own.
SHOWN_BELOW = {"document_repeated", "money_count_negative", "money_article_id_missing"}


def test_every_check_is_shown_to_fail() -> None:
    assert {*CHECKS} == {*BAD_RECORDS, *BAD_MONEY, *SHOWN_BELOW}


def test_rows_that_fail_in_several_ways() -> None:
    twice = replace(GOOD, raw_path="b.html")
    uncounted = replace(GOOD, money_count=-1)
    nameless = replace(GOOD, article_id=None, raw_path="c.html")
    table = _judged([twice, twice, uncounted, nameless])
    assert _failed(run_suite(records_frame(table), RECORDS_SUITE, "records")) == {
        0: {"document_repeated"},
        1: {"document_repeated"},
        2: {"money_count_differs", "money_count_negative"},
        3: {"article_id_missing"},
    }
    assert _failed(run_suite(money_frame(table), MONEY_SUITE, "money")) == {
        3: {"money_article_id_missing"}
    }


def test_no_check_holds_where_some_rows_fail() -> None:
    """Rows are asked for only where a check fails, so each has to hold for all of them."""
    for entry in (*RECORDS_SUITE, *MONEY_SUITE):
        assert "mostly" not in dict(entry.check.arguments)


@pytest.mark.parametrize("check", ["text_missing", "published_at_missing"])
def test_a_check_fails_where_all_values_are_missing(check: str) -> None:
    frame = records_frame(_judged([replace(GOOD, **BAD_RECORDS[check])]))
    assert _failed(run_suite(frame, RECORDS_SUITE, "records")) == {0: {check}}


def test_a_page_of_unknown_fetch_cannot_be_published_after_it_landed() -> None:
    rows = [
        replace(
            GOOD,
            fetched_at=None,
            published_date=date(2024, 3, day),
            published_at=datetime(2024, 3, day, 9, 30, tzinfo=UTC),
            raw_path=f"{day}.html",
        )
        for day in (2, 3)
    ]
    found = run_suite(records_frame(_judged(rows)), RECORDS_SUITE, "records")
    assert _failed(found) == {1: {"published_after_fetched"}}


@pytest.mark.parametrize(
    ("outlet_id", "origin"),
    [("harbour-post", "registry"), ("~harbourpost.example", "derived"), ("x", "nowhere")],
)
def test_the_frame_tells_where_an_outlet_id_is_from(outlet_id: str, origin: str) -> None:
    table = _judged([replace(GOOD, outlet_id=outlet_id), replace(GOOD, outlet_id=None)])
    found = records_frame(table, frozenset({"harbour-post"}))["outlet_id_origin"]
    assert found[0] == origin
    assert found.isna().tolist() == [False, True]


def test_rejected_records_are_not_judged() -> None:
    rejected = replace(GOOD, fate="rejected", article_id=None)
    assert records_frame(_judged([rejected])).empty


def test_no_expectation_is_made_of_what_is_left_out() -> None:
    for entry in CHECKS.values():
        assert Unused not in getattr(gxe, entry.expectation).__mro__


def test_a_missing_column_is_a_fault_of_the_suite() -> None:
    frame = records_frame(_judged([GOOD])).drop(columns="word_count")
    with pytest.raises(SuiteError, match="word_count"):
        run_suite(frame, RECORDS_SUITE, "records")


def test_the_frame_never_holds_article_text() -> None:
    frame = records_frame(_judged([replace(GOOD, text="Secret text")]))
    assert frame["text"].tolist() == ["S"]
