"""What lies in quarantine, found by reason."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from schemas.tables import QUARANTINE
from tasks.storage.quarantined import list_quarantined, quarantined_batches
from tasks.storage.warehouse import Warehouse, write_table


def _row(path: str, batch_id: str, *reasons: str, offset: int | None = None) -> dict[str, Any]:
    return {
        "raw_path": path,
        "raw_offset": offset,
        "reasons": reasons,
        "detail": "what was found",
        "outlet_name": "Harbour Post",
        "batch_id": batch_id,
        "raw_digest": "f" * 64,
        "landing_date": date(2024, 3, 1),
        "pipeline_version": "1",
    }


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    found = Warehouse(tmp_path)
    months = {
        "2024-03": [
            _row("b.warc", "batch-b", "text_missing", offset=900),
            _row("b.warc", "batch-b", "page_is_error", offset=80),
        ],
        "unknown": [_row("a.html", "batch-a", "text_missing", "word_count_out_of_range")],
    }
    for month, rows in months.items():
        table = pa.Table.from_pylist(rows, schema=QUARANTINE.schema)
        path = found.partition("quarantine", "landing_month", month)
        write_table(path, [table], QUARANTINE.schema, {})
    return found


def test_documents_are_listed_in_order_of_their_place(warehouse: Warehouse) -> None:
    documents = list_quarantined(warehouse)
    assert [(found.raw_path, found.raw_offset) for found in documents] == [
        ("a.html", None),
        ("b.warc", 80),
        ("b.warc", 900),
    ]
    assert documents[0].reasons == ("text_missing", "word_count_out_of_range")
    assert documents[0].outlet_name == "Harbour Post"


def test_a_document_is_found_by_any_of_its_reasons(warehouse: Warehouse) -> None:
    assert [found.raw_path for found in list_quarantined(warehouse, "text_missing")] == [
        "a.html",
        "b.warc",
    ]
    assert quarantined_batches(warehouse, "word_count_out_of_range") == {"batch-a"}
    assert quarantined_batches(warehouse, "page_is_listing") == frozenset()
