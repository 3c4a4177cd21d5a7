"""What a run saw of staged/: each file is asked once, and what is judged is seen."""

import os
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from schemas.settings import Settings
from tasks.inspect.standing import describe_standing
from tasks.normalize.record import seal_record
from tasks.publish.accounting import check_accounts
from tasks.publish.partitions import publish_partition
from tasks.publish.select import select_partitions
from tasks.stage.staged_rows import write_records
from tasks.storage.records import staged_batches
from tasks.storage.staged_view import StagedView
from tasks.storage.warehouse import Warehouse
from tasks.validate.verdicts import pending_batches, validate_batches
from tests.records import GOOD, consistent

BATCHES = ("a", "b", "c")


def _stage(warehouse: Warehouse, batch_id: str, state: str = "1") -> None:
    url = f"https://harbourpost.example/{batch_id}"
    record = consistent(replace(GOOD, canonical_url=url, raw_path=batch_id))
    versions = {"pipeline_version": "1", "reference_version": "1"}
    sealed = seal_record(record, batch_id=batch_id, **versions)
    write_records(warehouse, batch_id, [sealed], {"state": state, "files": [batch_id], **versions})


def _run(warehouse: Warehouse, seen: StagedView) -> list[str]:
    """Takes the steps from judging on, as the flow does; returns what was judged."""
    pending = pending_batches(warehouse, seen)
    validate_batches(warehouse, pending=pending)
    seen.see_judged(pending)
    for partition in select_partitions(warehouse, Settings(), seen=seen):
        publish_partition(warehouse, partition, Settings())
    check_accounts(warehouse, seen)
    return pending


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    (tmp_path / "raw").mkdir()
    warehouse = Warehouse(tmp_path / "warehouse")
    for batch_id in BATCHES:
        _stage(warehouse, batch_id)
    return warehouse


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often the disk was asked of a file, by the name of its folder and its own."""
    counts: Counter[str] = Counter()
    really_open = os.open

    def counting(path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if dir_fd is not None:
            folder = Path(f"/proc/self/fd/{dir_fd}").readlink()
            counts[f"{folder.name}/{path}"] += 1
        return really_open(path, flags, mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", counting)
    return counts


def test_the_steps_of_a_run_find_with_it_what_each_finds_alone(warehouse: Warehouse) -> None:
    assert _run(warehouse, StagedView(warehouse)) == list(BATCHES)
    assert pending_batches(warehouse) == []
    assert select_partitions(warehouse, Settings()) == []
    _stage(warehouse, "b", state="2")
    assert pending_batches(warehouse) == ["b"]
    assert _run(warehouse, StagedView(warehouse)) == ["b"]
    assert select_partitions(warehouse, Settings()) == []


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="it names open folders")
def test_each_file_is_asked_once(warehouse: Warehouse, opened: Counter[str]) -> None:
    _run(warehouse, StagedView(warehouse))
    opened.clear()
    _stage(warehouse, "b", state="2")
    _run(warehouse, StagedView(warehouse))
    names = [f"{batch_id}.parquet" for batch_id in BATCHES]
    expected = {f"{folder}/{name}" for folder in ("records", "verdicts") for name in names}
    assert opened == dict.fromkeys(expected, 1)
    opened.clear()
    describe_standing(warehouse.root.parent / "raw", warehouse, "1")
    assert opened == dict.fromkeys(expected, 1)


def test_what_is_staged_later_another_view_sees(warehouse: Warehouse) -> None:
    seen = StagedView(warehouse)
    before = staged_batches(warehouse, seen)
    _stage(warehouse, "d")
    assert staged_batches(warehouse, seen) == before
    assert list(staged_batches(warehouse, StagedView(warehouse))) == [*BATCHES, "d"]


def test_what_was_judged_is_seen_and_a_verdict_that_is_gone_is_named(warehouse: Warehouse) -> None:
    seen = StagedView(warehouse)
    assert seen.verdict("a") is None
    validate_batches(warehouse)
    assert seen.verdict("a") is None
    seen.see_judged(["a"])
    assert seen.verdict("a") is not None
    assert pending_batches(warehouse, seen) == ["b", "c"]
    (warehouse.verdicts / "b.parquet").unlink()
    with pytest.raises(FileNotFoundError, match=r"b\.parquet"):
        select_partitions(warehouse, Settings(), seen=seen)
