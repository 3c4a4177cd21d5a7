"""The same is counted, whoever judges which batches together, and whoever is interrupted."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from schemas.drift import WINDOW_DAYS
from tasks.normalize.record import Record, seal_record
from tasks.stage.staged_rows import write_records
from tasks.storage import records
from tasks.storage.caches import FileMemo, staged_footers
from tasks.storage.maps import map_here, map_in_threads
from tasks.storage.records import remove_batch
from tasks.storage.staged_view import StagedView
from tasks.storage.warehouse import Warehouse, read_metadata, write_table
from tasks.validate import profile_files, verdicts
from tasks.validate.audit import audit_staged
from tasks.validate.audit_state import clear_pending
from tasks.validate.profile_files import (
    EARLIER_PROFILE_SCHEMA,
    PROFILE_SCHEMA,
    ProfiledDay,
    ProfiledDays,
    count_warnings,
    drop_outdated,
    join_days,
    list_missing,
    read_counts,
)
from tasks.validate.verdicts import VERDICT_SCHEMA, pending_batches, validate_batches
from tests.records import GOOD

S = TypeVar("S")
T = TypeVar("T")
FIRST, NEXT = date(2024, 3, 31), date(2024, 4, 1)
DAYS: Sequence[date | None] = (FIRST, NEXT, None)


def _stage(warehouse: Warehouse, batch_id: str, *records: Record, state: str = "1") -> None:
    sealed = [
        seal_record(
            replace(
                record,
                raw_path=f"{batch_id}-{number}.html",
                article_id=f"{number:020x}",
                text=f"{record.text} {batch_id}",
            ),
            batch_id=batch_id,
            pipeline_version="1",
            reference_version="1",
        )
        for number, record in enumerate(records)
    ]
    write_records(warehouse, batch_id, sealed, {"state": f"{batch_id} {state}", "source": "feed"})


def _landed(day: date | None) -> Record:
    return replace(GOOD, landing_date=day)


_PARTIAL = replace(GOOD, landing_date=FIRST, text_share=0.4)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """Three batches that land on two days and on one that is not known, and are judged."""
    staged = Warehouse(tmp_path)
    _stage(staged, "a", _landed(FIRST), _PARTIAL)
    _stage(staged, "b", _landed(FIRST), _landed(NEXT))
    _stage(staged, "c", _landed(None), replace(_landed(NEXT), text_share=0.4))
    validate_batches(staged)
    return staged


def _files(warehouse: Warehouse) -> list[str]:
    return sorted(path.name for path in warehouse.profiles.iterdir())


def _counts(warehouse: Warehouse, days: Sequence[date | None] = DAYS) -> pd.DataFrame:
    counts = read_counts(warehouse, days)
    return counts.sort_values(list(counts.columns), ignore_index=True)


def _documents(warehouse: Warehouse) -> dict[str, int]:
    counts = _counts(warehouse)
    documents = counts[counts["measure"].eq("documents")]
    by_day = documents.groupby("landing_date", dropna=False)["count"].sum()
    return {str(day): count for day, count in by_day.items()}


def test_each_landing_day_has_one_file_once_all_is_judged(warehouse: Warehouse) -> None:
    assert _files(warehouse) == ["2024-03-31.parquet", "2024-04-01.parquet", "unknown.parquet"]
    assert _documents(warehouse) == {"2024-03-31": 3, "2024-04-01": 2, "nan": 1}
    assert count_warnings(warehouse, StagedView(warehouse)) == {"text_may_be_partial": 2}


def test_who_judges_in_groups_counts_the_same(
    warehouse: Warehouse, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_by_one = Warehouse(tmp_path_factory.mktemp("one by one"))
    one_by_one.records.mkdir(parents=True)
    for path in warehouse.records.iterdir():
        (one_by_one.records / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(verdicts, "_ROWS_AT_ONCE", 1)
    spread = partial(map_in_threads, at_once=2)
    validate_batches(one_by_one, judging=map_here, joining=spread)
    assert _files(one_by_one) == _files(warehouse)
    pd.testing.assert_frame_equal(_counts(one_by_one), _counts(warehouse))
    assert read_counts(one_by_one, DAYS, spread)["count"].sum() == _counts(warehouse)["count"].sum()


def test_what_landed_together_is_judged_together(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    for batch_id, day in (("a", NEXT), ("b", FIRST), ("c", NEXT)):
        metadata = {"state": batch_id, "source": "feed", "landed": [day.isoformat()] * 2}
        write_records(warehouse, batch_id, [], metadata)
    assert list(verdicts._groups(warehouse, ["a", "b", "c"])) == [("b", "a", "c")]


def test_files_that_were_joined_and_not_removed_count_once(warehouse: Warehouse) -> None:
    """As where the process that joins is killed in between."""
    before = _counts(warehouse)
    joined = warehouse.profiles / "2024-03-31.parquet"
    left = warehouse.profiles / "2024-03-31-0123456789abcdef.parquet"
    left.write_bytes(joined.read_bytes())
    pd.testing.assert_frame_equal(_counts(warehouse), before)
    assert count_warnings(warehouse, StagedView(warehouse)) == {"text_may_be_partial": 2}

    validate_batches(warehouse)
    assert not left.exists()
    pd.testing.assert_frame_equal(_counts(warehouse), before)


def test_groups_whose_verdicts_were_not_written_are_judged_again_and_count_once(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _counts(warehouse)
    for path in (*warehouse.verdicts.iterdir(), *warehouse.profiles.iterdir()):
        path.unlink()

    def killed(*_: object) -> None:
        raise InterruptedError

    with monkeypatch.context() as patched:
        patched.setattr(verdicts, "_write_verdict", killed)
        with pytest.raises(InterruptedError):
            validate_batches(warehouse)
    assert pending_batches(warehouse) == ["a", "b", "c"]
    monkeypatch.setattr(verdicts, "_ROWS_AT_ONCE", 1)
    validate_batches(warehouse)
    assert _files(warehouse) == ["2024-03-31.parquet", "2024-04-01.parquet", "unknown.parquet"]
    pd.testing.assert_frame_equal(_counts(warehouse), before)


def test_a_day_that_is_joined_once_more_counts_the_same(warehouse: Warehouse) -> None:
    """As where a worker of a cluster is lost when it has joined, and before it could say so."""
    before = _counts(warehouse)
    (warehouse.profiles / "2024-03-31.parquet").rename(
        warehouse.profiles / "2024-03-31-0123456789abcdef.parquet"
    )
    files = ("2024-03-31-0123456789abcdef.parquet",)
    order = ProfiledDays(str(warehouse.root), (ProfiledDay("2024-03-31", files),))
    join_days(order)
    join_days(order)
    pd.testing.assert_frame_equal(_counts(warehouse), before)


def test_a_batch_that_moved_to_another_day_leaves_the_first(warehouse: Warehouse) -> None:
    _stage(warehouse, "c", _landed(NEXT), state="2")
    assert _documents(warehouse) == {"2024-03-31": 3, "2024-04-01": 1}
    validate_batches(warehouse)
    assert _documents(warehouse) == {"2024-03-31": 3, "2024-04-01": 2}
    assert _files(warehouse) == ["2024-03-31.parquet", "2024-04-01.parquet"]


def test_what_is_remembered_of_records_is_opened_once_for_several_days(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a store each opening lists all records."""
    opened: list[Warehouse] = []

    def opening(target: Warehouse) -> FileMemo:
        opened.append(target)
        return staged_footers(target)

    for module in (profile_files, records):
        monkeypatch.setattr(module, "staged_footers", opening)
    assert len(read_counts(warehouse, DAYS)["landing_date"].unique()) == 3
    assert len(opened) == 1


def test_a_batch_that_is_gone_counts_no_more(warehouse: Warehouse) -> None:
    remove_batch(warehouse, "a")
    assert _documents(warehouse) == {"2024-03-31": 1, "2024-04-01": 2, "nan": 1}
    assert count_warnings(warehouse, StagedView(warehouse)) == {"text_may_be_partial": 1}


@pytest.mark.parametrize("schema", [PROFILE_SCHEMA, EARLIER_PROFILE_SCHEMA])
def test_the_months_of_earlier_versions_are_split(warehouse: Warehouse, schema: pa.Schema) -> None:
    before = _counts(warehouse)
    _leave_months(warehouse, schema)
    assert count_warnings(warehouse, StagedView(warehouse)) == {"text_may_be_partial": 2}
    assert pending_batches(warehouse) == []
    assert list_missing(warehouse, ["2024-03", "2024-03-31", "2024-04-01", "unknown"]) == []

    validate_batches(warehouse)
    assert _files(warehouse) == ["2024-03-31.parquet", "2024-04-01.parquet", "unknown.parquet"]
    pd.testing.assert_frame_equal(_counts(warehouse), before)
    assert list_missing(warehouse, ["2024-03", "2024-04", "unknown"]) == []


def _leave_months(warehouse: Warehouse, schema: pa.Schema) -> None:
    """Writes profiles and verdicts as earlier versions did."""
    for path in sorted(warehouse.profiles.iterdir()):
        table = pq.read_table(path).rename_columns(schema.names)
        path.unlink()
        write_table(path.with_stem(path.stem[:7]), [table], schema, {})
    for path in sorted(warehouse.verdicts.iterdir()):
        footer = read_metadata(path)
        months = sorted({day[:7] for day in footer["days"]})
        table = pq.read_table(path)
        write_table(path, [table], VERDICT_SCHEMA, {"state": footer["state"], "months": months})


def test_a_batch_that_moved_leaves_the_months_of_earlier_versions_too(warehouse: Warehouse) -> None:
    _leave_months(warehouse, PROFILE_SCHEMA)
    _stage(warehouse, "a", _landed(FIRST))
    validate_batches(warehouse)
    _stage(warehouse, "b", _landed(FIRST), state="2")
    validate_batches(warehouse)
    assert _counted_batches(warehouse, "2024-04-01") == {"c"}


def test_what_is_gone_or_outdated_can_be_dropped_at_once(warehouse: Warehouse) -> None:
    before = _counts(warehouse)
    drop_outdated(warehouse)
    pd.testing.assert_frame_equal(_counts(warehouse), before)
    remove_batch(warehouse, "a")
    _stage(warehouse, "c", _landed(None), state="2")
    drop_outdated(warehouse)
    assert _files(warehouse) == ["2024-03-31.parquet", "2024-04-01.parquet"]
    assert _counted_batches(warehouse, "2024-03-31") == {"b"}
    assert _counted_batches(warehouse, "2024-04-01") == {"b"}


def _counted_batches(warehouse: Warehouse, day: str) -> set[str]:
    return set(pq.read_table(warehouse.profiles / f"{day}.parquet")["batch_id"].to_pylist())


def test_days_without_a_file_are_missed(warehouse: Warehouse) -> None:
    (warehouse.profiles / "2024-04-01.parquet").unlink()
    (warehouse.profiles / "unknown.parquet").unlink()
    missing = list_missing(warehouse, ["2024-03-31", "2024-04-01", "unknown"])
    assert [path.name for path in missing] == ["2024-04-01.parquet", "unknown.parquet"]


def test_an_audit_reads_the_days_that_it_compares_and_no_other(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    days = [FIRST - timedelta(days=WINDOW_DAYS + 1), FIRST - timedelta(days=WINDOW_DAYS), FIRST]
    for day in days:
        _stage(warehouse, day.isoformat(), _landed(day))
        clear_pending(warehouse)
        validate_batches(warehouse)
    read: list[str] = []

    def noting(_work: str, call: Callable[[S], T], subjects: Sequence[S]) -> Iterator[T]:
        for subject in subjects:
            assert isinstance(subject, ProfiledDays)
            read.extend(day.name for day in subject.days)
            yield call(subject)

    assert audit_staged(warehouse, accept=False, spread=noting) == []
    assert read == [day.isoformat() for day in days[1:]]
