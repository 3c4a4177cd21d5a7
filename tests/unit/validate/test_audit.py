"""What holds publishing back, and what only warns."""

from dataclasses import replace
from pathlib import Path

import pytest

from tasks.normalize.record import Record
from tasks.stage.records import write_records
from tasks.storage import Warehouse
from tasks.validate.audit import SMALL_SAMPLE, HeldBackError, audit_staged
from tests.records import GOOD

REGISTERED = replace(GOOD, outlet_id="harbour-post")


def _stage(tmp_path: Path, *records: Record) -> Warehouse:
    warehouse = Warehouse(tmp_path)
    write_records(warehouse, "batch", records, {})
    return warehouse


def test_a_fault_of_ours_holds_everything_back_until_a_person_accepts(tmp_path: Path) -> None:
    faulty = replace(GOOD, fate="rejected", reasons=("internal_error",), raw_path="bad.html")
    warehouse = _stage(tmp_path, GOOD, faulty)
    with pytest.raises(HeldBackError, match=r"1 documents \(first: bad\.html\)"):
        audit_staged(warehouse, accept=False)
    (finding,) = audit_staged(warehouse, accept=True)
    assert finding.measure == "internal_error"


def test_other_refusals_are_normal(tmp_path: Path) -> None:
    refused = replace(GOOD, fate="rejected", reasons=("text_missing",))
    assert audit_staged(_stage(tmp_path, GOOD, refused), accept=False) == []


@pytest.mark.parametrize(
    ("registered", "unregistered", "warned"),
    [(40, 60, True), (50, 50, False), (0, SMALL_SAMPLE - 1, False)],
)
def test_many_unregistered_outlets_are_a_warning(
    tmp_path: Path, registered: int, unregistered: int, warned: bool
) -> None:
    records = [REGISTERED] * registered + [GOOD] * (unregistered - 1)
    warehouse = _stage(tmp_path, *records, replace(GOOD, outlet_id=None))
    findings = audit_staged(warehouse, accept=False)
    assert [finding.measure for finding in findings] == ["unregistered outlets"] * warned
