"""What is remembered of published files is what their rows say, whatever was published before."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tasks.publish.parts import PublishedParts
from tasks.storage.warehouse import Warehouse

MARCH = {
    "revision_count": [0, 2],
    "outlet_id": ["gazette", None],
    "published_date": [date(2024, 3, 2), date(2024, 3, 9)],
    "published_precision": ["day", "minute"],
    "language": ["en", "az"],
    "raw_path": ["a.html", "b.html"],
}


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    warehouse = Warehouse(tmp_path)
    _write(warehouse, "articles", "published_month", MARCH)
    _write(warehouse, "money", "published_month", {"kind": ["mention", "quote", "mention"]})
    reasons = {"reasons": [["text_missing"], ["url_malformed", "text_missing"]]}
    _write(warehouse, "quarantine", "landing_month", reasons)
    return warehouse


def _write(warehouse: Warehouse, dataset: str, key: str, columns: dict[str, list[object]]) -> None:
    path = warehouse.partition(dataset, key, "2024-03")
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), path)


def test_each_dataset_says_what_its_rows_hold(warehouse: Warehouse) -> None:
    parts = PublishedParts(warehouse)
    assert parts.of("articles") == [
        {
            "rows": 2,
            "revisions": 2,
            "outlets": ["gazette"],
            "unknown_outlet": 1,
            "first_date": "2024-03-02",
            "last_date": "2024-03-09",
            "day_only": 1,
            "languages": ["az", "en"],
            "example": "a.html",
        }
    ]
    assert parts.of("money") == [{"rows": 3, "mentions": 2, "quotes": 1}]
    counted = {"text_missing": 2, "url_malformed": 1}
    assert parts.of("quarantine") == [{"rows": 2, "reasons": counted}]


def test_a_file_without_rows_has_no_days(warehouse: Warehouse) -> None:
    empty = pa.table(MARCH).slice(0, 0)
    pq.write_table(empty, warehouse.partition("articles", "published_month", "2024-03"))
    (part,) = PublishedParts(warehouse).of("articles")
    assert (part["rows"], part["first_date"], part["example"]) == (0, None, None)


def test_what_was_kept_says_nothing_of_a_file_that_changed(warehouse: Warehouse) -> None:
    parts = PublishedParts(warehouse)
    first = parts.of("articles")
    parts.keep()
    assert PublishedParts(warehouse).of("articles") == first
    _write(warehouse, "articles", "published_month", MARCH | {"revision_count": [0, 5]})
    assert PublishedParts(warehouse).of("articles")[0]["revisions"] == 5
