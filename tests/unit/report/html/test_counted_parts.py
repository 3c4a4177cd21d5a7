"""What a report remembers of published files is what their rows say."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from statistics import median

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.tables import ARTICLES, MONEY, QUARANTINE, Table
from tasks.inspect.relatives import find_relatives
from tasks.inspect.warehouse_tables import Tables
from tasks.publish.fetches import find_fetches
from tasks.report.html.counted_parts import AMOUNTS_SCHEMA, CountedParts
from tasks.report.html.currencies import sum_amounts
from tasks.report.html.gathering import gather_data
from tasks.report.html.writing import _open_around
from tasks.storage.caches import caches_folder
from tasks.storage.staged_view import StagedView
from tasks.storage.warehouse import Warehouse, write_table
from tests.unit.reported import Reported

DAY = date(2024, 3, 9)


def _write(warehouse: Warehouse, table: Table, value: str, rows: list[dict[str, object]]) -> Path:
    key = "landing_month" if table is QUARANTINE else "published_month"
    path = warehouse.partition(table.name, key, value)
    schema = pa.schema([field.with_nullable(True) for field in table.schema])
    write_table(path, [pa.Table.from_pylist(rows, schema)], schema, {})
    return path


def _article(batch_id: str, day: date, outlet_id: str | None, **other: object) -> dict[str, object]:
    row = {"batch_id": batch_id, "published_date": day, "outlet_id": outlet_id}
    return {**row, "published_precision": "minute", "language": "en"} | other


def test_articles_are_counted_by_batch_outlet_and_day(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    rows = [
        _article("a", date(2024, 3, 2), "gazette", landing_date=DAY, published_precision="day"),
        _article("a", date(2024, 3, 5), "gazette", duplicate_of="0" * 20, language=None),
        _article("b", date(2024, 3, 9), None, fetched_at=datetime(2024, 3, 9, tzinfo=UTC)),
        _article("b", date(2024, 3, 31), None),
    ]
    path = _write(warehouse, ARTICLES, "2024-03", rows)
    counts = CountedParts(warehouse).of(ARTICLES.name)[path]
    assert counts["batches"] == {"a": [2, 1], "b": [2, 0]}
    days = [(date(2024, 3, day) - date(1970, 1, 1)).days for day in (2, 31, 9)]
    assert [counts[name] for name in ("first_date", "last_date", "last_arrived")] == days
    assert sorted(counts["language"], key=str) == [["en", 3], [None, 1]]
    by_outlet = dict(
        zip(counts["outlets"]["outlet_id"], counts["outlets"]["articles"], strict=True)
    )
    assert by_outlet == {"gazette": 2, None: 2}
    assert CountedParts(warehouse).of_batches(["b", "c"]) == [path]
    assert CountedParts(warehouse).of_days(date(2024, 3, 31), date(2024, 4, 2)) == [path]
    assert CountedParts(warehouse).of_days(date(2024, 4, 1), date(2024, 4, 2)) == []


def test_reasons_have_their_first_documents_by_place(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    rows = [
        {"batch_id": "a", "raw_path": path, "raw_offset": offset, "reasons": list(reasons)}
        | {"fate": "rejected", "detail": path, "raw_digest": ""}
        for path, offset, reasons in (
            ("b.warc", 9, ("text_missing",)),
            ("b.warc", 1, ("text_missing", "url_malformed")),
            ("a.html", None, ("url_malformed",)),
            ("c.html", None, ("text_missing",)),
        )
    ]
    path = _write(warehouse, QUARANTINE, "2024-03", rows)
    counts = CountedParts(warehouse).of(QUARANTINE.name)[path]
    assert counts["reasons"] == {"text_missing": [3, 3], "url_malformed": [2, 1]}
    assert counts["examples"] == {
        "text_missing": [["a", "b.warc", 1, "b.warc"], ["a", "b.warc", 9, "b.warc"]],
        "url_malformed": [["a", "a.html", None, "a.html"]],
    }


amounts = st.decimals(min_value=0, max_value=10**12, places=6)


@given(st.lists(st.tuples(st.sampled_from(["EUR", None]), st.none() | amounts), min_size=1))
def test_a_median_is_that_of_all_amounts_to_three_digits(
    tmp_path_factory: pytest.TempPathFactory, mentions: list[tuple[str | None, Decimal | None]]
) -> None:
    warehouse = Warehouse(tmp_path_factory.mktemp("money"))
    for value, some in (("2024-03", mentions[::2]), ("2024-04", mentions[1::2])):
        rows = [
            {"kind": "mention", "currency_code": code, "usd_amount": usd, "is_ambiguous": False}
            for code, usd in some
        ]
        _write(warehouse, MONEY, value, rows)
    counted = CountedParts(warehouse).sum_up(MONEY.name, "amounts", AMOUNTS_SCHEMA)
    for currency in sum_amounts(counted):
        own = [usd for code, usd in mentions if code == currency.code]
        assert currency.mentions == len(own)
        known = [float(usd) for usd in own if usd is not None]
        assert currency.usd_median == (pytest.approx(median(known), rel=0.011) if known else None)


def test_what_is_remembered_makes_the_same_report(reported: Reported) -> None:
    warehouse = reported.warehouse

    def gather() -> str:
        counted, seen = CountedParts(warehouse), StagedView(warehouse)
        return repr(gather_data(warehouse, reported.run, reported.batches, 3, counted, seen))

    remembered = gather()
    (caches_folder(warehouse) / "counted").unlink()
    assert gather() == remembered


def test_what_lies_around_an_article_is_found_without_reading_all(reported: Reported) -> None:
    warehouse, seen = reported.warehouse, StagedView(reported.warehouse)
    everything = Tables(warehouse, seen.records)
    records = [
        {"batch_id": batch_id, "article_id": article_id, "published_date": day}
        for batch_id, article_id, day in everything.rows(
            "SELECT batch_id, article_id, published_date FROM staged WHERE fate = 'accepted'"
        )
    ]
    ids = [record["article_id"] for record in records]
    assert find_fetches(warehouse, ids, seen) is not None
    around = [
        find_relatives(_open_around(warehouse, CountedParts(warehouse), seen, [record]), [article])
        for record, article in zip(records, ids, strict=True)
    ]
    assert around == [find_relatives(everything, [article]) for article in ids]
    assert any(each.copies for found in around for each in found.values())
    assert any(len(each.revisions) > 1 for found in around for each in found.values())
