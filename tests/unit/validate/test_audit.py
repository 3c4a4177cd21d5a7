"""What holds publishing back, and what only warns."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from schemas.drift import FAULT_SHARE, UNREGISTERED_MIN_RECORDS
from tasks.normalize.record import Record, seal_record
from tasks.stage.staged_rows import write_records
from tasks.storage.warehouse import Warehouse
from tasks.validate.audit import audit_staged
from tasks.validate.audit_state import clear_pending
from tasks.validate.findings import HeldBackError
from tasks.validate.verdicts import read_verdict, validate_batches
from tests.records import GOOD

REGISTERED = replace(GOOD, outlet_id="harbour-post")


def _stage(tmp_path: Path, records: Sequence[Record], batch_id: str = "batch") -> Warehouse:
    warehouse = Warehouse(tmp_path)
    rows = [
        seal_record(
            replace(record, raw_path=f"{batch_id}-{number}-{record.raw_path}"),
            batch_id=batch_id,
            pipeline_version="1",
            reference_version="1",
        )
        for number, record in enumerate(records)
    ]
    write_records(warehouse, batch_id, rows, {"state": str(len(rows)), "source": "feed"})
    validate_batches(warehouse)
    return warehouse


def _faulty(day: date) -> Record:
    return replace(
        GOOD,
        fate="rejected",
        reasons=("internal_error",),
        raw_path="bad.html",
        landing_date=day,
    )


def test_faults_of_ours_hold_everything_back_until_a_person_accepts(tmp_path: Path) -> None:
    warehouse = _stage(tmp_path, [GOOD, *[_faulty(date(2024, 3, 1))] * 3])
    with pytest.raises(HeldBackError, match=r"3 of 4 documents \(first: batch-1-bad\.html\)"):
        audit_staged(warehouse, accept=False)
    (finding,) = audit_staged(warehouse, accept=True)
    assert finding.measure == "internal_error"
    assert finding.accepted
    # What a person accepted is not asked again, even where the run was killed before it published.
    assert audit_staged(warehouse, accept=False) == [finding]


_CONTRADICTING = replace(GOOD, published_offset_minutes=-600)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (_faulty(date(2024, 3, 1)), "internal_error"),
        (_CONTRADICTING, "published_date_not_local"),
        (replace(GOOD, money_count=2), "money_count_differs"),
        (replace(GOOD, text="Another text."), "money_span_differs"),
    ],
)
def test_a_single_fault_of_ours_costs_its_record_and_warns(
    tmp_path: Path, fault: Record, reason: str
) -> None:
    warehouse = _stage(tmp_path, [GOOD, fault, GOOD])
    (finding,) = audit_staged(warehouse, accept=False)
    assert (finding.measure, finding.holds, finding.number) == (reason, False, 1.0)
    if fault.fate == "accepted":
        assert read_verdict(warehouse, "batch") == {1: [reason]}


def test_faults_hold_above_a_share_whatever_their_kinds(tmp_path: Path) -> None:
    faults = [_faulty(date(2024, 3, 1)), _faulty(date(2024, 3, 1)), _CONTRADICTING]
    many = int(3 / FAULT_SHARE)
    warehouse = _stage(tmp_path, [*faults, *[GOOD] * (many - 3)])
    assert not any(finding.holds for finding in audit_staged(warehouse, accept=False))
    _stage(tmp_path, [_CONTRADICTING], "next")
    with pytest.raises(HeldBackError, match=rf"2 of {many + 1:,} documents") as held:
        audit_staged(warehouse, accept=False)
    holding = {finding.measure for finding in held.value.findings if finding.holds}
    assert holding == {"internal_error", "published_date_not_local"}


def test_accepting_one_day_accepts_no_other(tmp_path: Path) -> None:
    warehouse = _stage(tmp_path, [GOOD, *[_faulty(date(2024, 3, 1))] * 3])
    audit_staged(warehouse, accept=True)
    _stage(tmp_path, [_faulty(date(2024, 3, 2))] * 3, "next")
    with pytest.raises(HeldBackError, match="landed 2024-03-02 in raw/feed") as held:
        audit_staged(warehouse, accept=False)
    assert "2024-03-01" not in str(held.value)


def test_what_was_published_is_not_audited_again(tmp_path: Path) -> None:
    warehouse = _stage(tmp_path, [GOOD, _faulty(date(2024, 3, 1))])
    audit_staged(warehouse, accept=True)
    clear_pending(warehouse)
    assert audit_staged(warehouse, accept=False) == []


def test_other_refusals_are_normal(tmp_path: Path) -> None:
    refused = replace(GOOD, fate="rejected", reasons=("text_missing",))
    assert audit_staged(_stage(tmp_path, [GOOD, refused]), accept=False) == []


@pytest.mark.parametrize(("partial", "warned"), [(2, False), (5, False), (6, True)])
def test_a_day_of_partial_texts_is_a_finding(tmp_path: Path, partial: int, warned: bool) -> None:
    records = [replace(REGISTERED, text_share=0.4)] * partial + [REGISTERED] * (100 - partial)
    findings = audit_staged(_stage(tmp_path, records), accept=False)
    assert [finding.measure for finding in findings] == ["text_may_be_partial"] * warned
    assert not any(finding.holds for finding in findings)


@pytest.mark.parametrize(
    ("registered", "unregistered", "warned"),
    [(40, 60, True), (50, 50, False), (0, UNREGISTERED_MIN_RECORDS - 1, False)],
)
def test_many_unregistered_outlets_are_a_warning(
    tmp_path: Path, registered: int, unregistered: int, warned: bool
) -> None:
    records = [REGISTERED] * registered + [GOOD] * (unregistered - 1)
    warehouse = _stage(tmp_path, [*records, replace(GOOD, outlet_id=None)])
    findings = audit_staged(warehouse, accept=False)
    assert [finding.measure for finding in findings] == ["unregistered outlets"] * warned
