"""A record that no file can hold costs itself, not the batch."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tasks.normalize.record import Record, digest_row, seal_record
from tasks.stage.staged_rows import as_table, write_records
from tasks.storage.records import ROW_GROUP
from tasks.storage.warehouse import Warehouse
from tests.records import GOOD, GOOD_MONEY


def _sealed(record: Record) -> Record:
    return seal_record(record, batch_id="a", pipeline_version="1", reference_version="1")


@pytest.mark.parametrize(
    "broken",
    [
        replace(GOOD, title="half an emoji \udc4d"),
        replace(GOOD, word_count=2**40),
        replace(GOOD, money=(replace(GOOD_MONEY, amount=Decimal(10) ** 40),)),
    ],
)
def test_a_record_that_cannot_be_written_is_quarantined_alone(broken: Record) -> None:
    records = [GOOD, replace(broken, raw_path="broken.html"), GOOD]
    rows = as_table([_sealed(record) for record in records]).to_pylist()
    assert [row["reasons"] for row in rows] == [[], ["internal_error"], []]
    assert rows[1]["raw_path"] == "broken.html"
    assert rows[1]["detail"].startswith("broken.html cannot be staged: ")
    assert rows[1]["record_digest"] == digest_row(rows[1])


@pytest.mark.parametrize("number", [0, 1, ROW_GROUP, ROW_GROUP + 70])
def test_records_are_written_in_order_and_in_whole_row_groups(tmp_path: Path, number: int) -> None:
    warehouse = Warehouse(tmp_path)
    names = [f"{position}.html" for position in range(number)]
    records = (_sealed(replace(GOOD, raw_path=name)) for name in names)
    assert write_records(warehouse, "a", records, {}) == number
    file = pq.ParquetFile(warehouse.records / "a.parquet")
    groups = [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)]
    assert groups == [size for size in (min(number, ROW_GROUP), number - ROW_GROUP) if size > 0]
    assert file.read(["raw_path"])["raw_path"].to_pylist() == names
