"""A verdict speaks of the records that it was given on, and of no others."""

from dataclasses import replace
from pathlib import Path

from tasks.normalize.record import Record, seal_record
from tasks.stage.staged_rows import write_records
from tasks.storage.warehouse import Warehouse
from tasks.validate.verdicts import pending_batches, read_verdict, validate_batches
from tests.records import GOOD


def _stage(warehouse: Warehouse, record: Record) -> None:
    sealed = seal_record(record, batch_id="a", pipeline_version="1", reference_version="1")
    write_records(warehouse, "a", [sealed], {"state": "of the same raw, code and reference"})


def test_records_that_came_out_differently_are_judged_again(tmp_path: Path) -> None:
    """As a page does that was over its deadline when the machine was busy."""
    warehouse = Warehouse(tmp_path)
    late = replace(GOOD, fate="rejected", reasons=("page_deadline_exceeded",))
    _stage(warehouse, late)
    assert pending_batches(warehouse) == ["a"]
    validate_batches(warehouse)
    assert pending_batches(warehouse) == []
    _stage(warehouse, late)
    assert pending_batches(warehouse) == []

    _stage(warehouse, replace(GOOD, article_id="no hex digits"))
    assert pending_batches(warehouse) == ["a"]
    validate_batches(warehouse)
    assert read_verdict(warehouse, "a")[0]


def test_records_without_a_landing_date_are_judged_too(tmp_path: Path) -> None:
    """As all are in a folder of loose files that names no day."""
    warehouse = Warehouse(tmp_path)
    _stage(warehouse, replace(GOOD, landing_date=None))
    validate_batches(warehouse)
    assert pending_batches(warehouse) == []


def test_a_batch_without_records_is_judged_too(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    write_records(warehouse, "a", [], {"state": "of an empty archive"})
    validate_batches(warehouse)
    assert pending_batches(warehouse) == []
