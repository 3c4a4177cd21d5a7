"""From staged records to published partitions: revisions, moves, quarantine, and the same bytes."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copy, rmtree
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.settings import Settings
from schemas.tables import ARTICLES, MONEY, QUARANTINE
from tasks.normalize.record import Record, seal_record
from tasks.publish import partition_rows, partitions, selections
from tasks.publish.accounting import AccountingError, check_accounts
from tasks.publish.partitions import publish_share
from tasks.publish.select import Partition, select_partitions
from tasks.publish.waves import order_waves, write_wave
from tasks.stage.staged_rows import write_records
from tasks.storage.layouts import Layout
from tasks.storage.records import remove_batch
from tasks.storage.warehouse import Warehouse, read_metadata
from tasks.validate.verdicts import validate_batches
from tests.records import GOOD, GOOD_MONEY, consistent, dated

SETTINGS = Settings()
MARCH = Partition("articles", "2024-03")
FIRST_FETCH = datetime(2024, 3, 1, 12, 0, tzinfo=UTC)


def _record(number: int = 0, **changes: Any) -> Record:
    article = {"article_id": f"{number:020x}", "raw_path": f"{number}.html"}
    return consistent(replace(GOOD, **(article | changes)))


def _stage(warehouse: Warehouse, batch_id: str, records: Sequence[Record]) -> None:
    sealed = [
        seal_record(record, batch_id=batch_id, pipeline_version="1", reference_version="1")
        for record in records
    ]
    state = hashlib.sha256(repr(sealed).encode()).hexdigest()
    write_records(warehouse, batch_id, sealed, {"state": state})


def _publish(warehouse: Warehouse, how: Settings = SETTINGS) -> list[Partition]:
    validate_batches(warehouse)
    stale = select_partitions(warehouse, how)
    for wave in order_waves(warehouse, stale):
        list(write_wave(warehouse, wave, how))
    return stale


def test_files_of_another_layout_are_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = Warehouse(tmp_path)
    _stage(warehouse, "a", [_record()])
    with monkeypatch.context() as earlier:
        for module in (selections, partitions):
            earlier.setattr(module, "PUBLISHED", Layout("zstd", 6))
        assert _publish(warehouse) == [MARCH]
    # Other code makes selections anew.
    rmtree(warehouse.selection)
    assert _publish(warehouse) == [MARCH]
    file = pq.read_metadata(warehouse.partitions("articles")["2024-03"])
    assert file.row_group(0).column(0).compression == "LZ4"
    assert _publish(warehouse) == []


def _rows(warehouse: Warehouse, dataset: str) -> list[dict[str, Any]]:
    paths = warehouse.partitions(dataset).values()
    return [row for path in paths for row in pq.read_table(path, partitioning=None).to_pylist()]


def _bytes(warehouse: Warehouse) -> dict[str, bytes]:
    return {
        path.relative_to(warehouse.root).as_posix(): path.read_bytes()
        for dataset in ("articles", "money", "quarantine")
        for path in sorted(warehouse.dataset(dataset).rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "warehouse")


def test_the_latest_fetch_stands_for_the_article(warehouse: Warehouse) -> None:
    fetches = [
        _record(
            raw_path=f"{hour}.html", fetched_at=FIRST_FETCH + timedelta(hours=hour), title=str(hour)
        )
        for hour in (5, 0, 9)
    ]
    _stage(warehouse, "a", fetches[:2])
    _stage(warehouse, "b", fetches[2:])
    _publish(warehouse)
    (article,) = _rows(warehouse, "articles")
    assert article["title"] == "9"
    assert article["revision_count"] == 2
    assert article["first_fetched_at"] == FIRST_FETCH
    accounts = check_accounts(warehouse)
    assert (accounts.documents, accounts.articles, accounts.revisions) == (3, 1, 2)


def test_a_record_that_fails_a_check_is_quarantined_under_its_name(warehouse: Warehouse) -> None:
    _stage(warehouse, "a", [_record(1), dated(_record(2), date(1970, 1, 1))])
    _publish(warehouse)
    (row,) = _rows(warehouse, "quarantine")
    assert row["reasons"] == ["published_date_out_of_range"]
    assert row["raw_path"] == "2.html"
    assert [row["article_id"] for row in _rows(warehouse, "articles")] == [f"{1:020x}"]


def test_bad_money_quarantines_its_article(warehouse: Warehouse) -> None:
    bad = replace(GOOD_MONEY, currency_code="US$")
    _stage(warehouse, "a", [_record(1), _record(2, money=(GOOD_MONEY, bad))])
    _publish(warehouse)
    assert [row["reasons"] for row in _rows(warehouse, "quarantine")] == [
        ["money_currency_unknown"]
    ]
    assert {row["article_id"] for row in _rows(warehouse, "money")} == {f"{1:020x}"}


def test_an_article_whose_date_changes_moves(warehouse: Warehouse) -> None:
    _stage(warehouse, "a", [_record(1)])
    _publish(warehouse)
    april = datetime(2024, 4, 2, 9, 0, tzinfo=UTC)
    moved = _record(
        1,
        published_date=date(2024, 4, 2),
        published_at=april,
        fetched_at=april + timedelta(hours=1),
    )
    _stage(warehouse, "a", [moved])
    assert _publish(warehouse) == [MARCH, Partition("articles", "2024-04")]
    assert list(warehouse.partitions("articles")) == ["2024-04"]
    assert list(warehouse.partitions("money")) == ["2024-04"]
    assert not (warehouse.root / "articles" / "published_month=2024-03").exists()


def test_a_removed_batch_takes_its_articles_along(warehouse: Warehouse) -> None:
    _stage(warehouse, "a", [_record(1)])
    _stage(warehouse, "b", [_record(2)])
    _publish(warehouse)
    remove_batch(warehouse, "a")
    _publish(warehouse)
    assert [row["article_id"] for row in _rows(warehouse, "articles")] == [f"{2:020x}"]


def test_nothing_is_rewritten_when_nothing_changed(warehouse: Warehouse) -> None:
    _stage(warehouse, "a", [_record(1), _record(2, fate="rejected", reasons=("text_missing",))])
    _publish(warehouse)
    before = {path: path.stat().st_mtime_ns for path in warehouse.root.rglob("*.parquet")}
    _stage(warehouse, "a", [_record(1), _record(2, fate="rejected", reasons=("text_missing",))])
    assert _publish(warehouse) == []
    published = [path for path in before if "staged" not in path.parts]
    assert len(published) == 3
    assert all(path.stat().st_mtime_ns == before[path] for path in published)


def test_a_published_file_that_is_lost_or_foreign_is_written_again(warehouse: Warehouse) -> None:
    _stage(warehouse, "a", [_record(1)])
    _publish(warehouse)
    before = _bytes(warehouse)
    warehouse.partition("money", "published_month", "2024-03").unlink()
    assert _publish(warehouse) == [MARCH]
    assert _bytes(warehouse) == before


@pytest.mark.parametrize(("rows_together", "in_memory"), [(1, 10**6), (3, 0), (100, 10**6)])
def test_partitions_written_together_are_as_written_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows_together: int, in_memory: int
) -> None:
    days = [date(2024, month, 2) for month in (1, 2, 3, 4, 5)]
    batches = {
        batch: [
            _record(
                10 * day.month + number,
                published_date=day,
                published_at=datetime(2024, day.month, 2, 9, tzinfo=UTC),
                fetched_at=datetime(2024, 6, 1, tzinfo=UTC),
                money=(GOOD_MONEY,),
            )
            for day in days[:-number]
        ]
        for number, batch in enumerate("abc", start=1)
    }
    alone, together = Warehouse(tmp_path / "alone"), Warehouse(tmp_path / "together")
    for warehouse in (alone, together):
        for batch, records in batches.items():
            _stage(warehouse, batch, records)
    stale = _publish(alone)
    assert len(stale) == len(days) - 1
    monkeypatch.setattr(partitions, "_ROWS_TOGETHER", rows_together)
    monkeypatch.setattr(partition_rows, "_IN_MEMORY_BYTES", in_memory)
    validate_batches(together)
    counts = publish_share(together, select_partitions(together, SETTINGS), SETTINGS)
    assert [(count.partition, count.rows) for count in counts] == [
        (Partition("articles", f"2024-{month:02}"), rows)
        for month, rows in ((1, 3), (2, 3), (3, 2), (4, 1))
    ]
    assert _bytes(together) == _bytes(alone)


def test_a_partition_that_nobody_selected_goes(warehouse: Warehouse) -> None:
    _stage(warehouse, "a", [_record(1)])
    _publish(warehouse)
    stray = warehouse.partition("articles", "published_month", "1999-01")
    stray.parent.mkdir()
    stray.write_bytes(warehouse.partition("articles", "published_month", "2024-03").read_bytes())
    _publish(warehouse)
    assert list(warehouse.partitions("articles")) == ["2024-03"]


def test_partitions_can_be_days(warehouse: Warehouse) -> None:
    """Going over from months to days leaves no month behind, and plain pandas reads both."""
    _stage(warehouse, "a", [_record(1)])
    for how, folder in (
        (SETTINGS, "published_month=2024-03"),
        (Settings(partition_by="date"), "published_day=2024-03-01"),
        (SETTINGS, "published_month=2024-03"),
    ):
        _publish(warehouse, how)
        for dataset in ("articles", "money"):
            assert [path.name for path in warehouse.dataset(dataset).iterdir()] == [folder]
            assert len(pd.read_parquet(warehouse.dataset(dataset))) == 1
        assert select_partitions(warehouse, how) == []


def test_files_hold_the_declared_columns_in_the_declared_order(warehouse: Warehouse) -> None:
    rejected = _record(9, fate="rejected", reasons=("text_missing",), landing_date=None)
    _stage(warehouse, "a", [_record(3), _record(1), rejected])
    _publish(warehouse)
    for table in (ARTICLES, MONEY, QUARANTINE):
        for path in warehouse.partitions(table.name).values():
            assert pq.read_schema(path).equals(table.schema)
            assert read_metadata(path)["dataset"] == table.name
    assert [row["article_id"][-1] for row in _rows(warehouse, "articles")] == ["1", "3"]
    assert list(warehouse.partitions("quarantine")) == ["unknown"]


def test_money_leads_back_to_its_article_in_the_order_of_the_text(warehouse: Warehouse) -> None:
    amounts = tuple(replace(GOOD_MONEY, start=start, end=start + 9) for start in (40, 7, 90))
    text = "".join("5 million".rjust(width) for width in (16, 33, 50))
    _stage(warehouse, "a", [_record(2), _record(1, text=text, money=amounts)])
    _publish(warehouse)
    rows = [(row["article_id"][-1], row["start"]) for row in _rows(warehouse, "money")]
    assert rows == [("1", 7), ("1", 40), ("1", 90), ("2", 0)]


def test_a_lost_document_fails_the_accounts(warehouse: Warehouse) -> None:
    _stage(warehouse, "a", [_record(1)])
    _publish(warehouse)
    _stage(warehouse, "b", [_record(2)])
    with pytest.raises(AccountingError, match="2 documents are not 1 articles"):
        check_accounts(warehouse)


_FETCHES = st.lists(
    st.tuples(
        st.integers(0, 3),  # which article
        st.integers(0, 2) | st.none(),  # hours after the first fetch, or unknown
        st.sampled_from(["accepted", "rejected"]),
        st.integers(0, 2),  # which batch
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=12, deadline=None)
@given(fetches=_FETCHES, order=st.permutations([0, 1, 2]))
def test_the_order_of_batches_never_shows(
    fetches: list[tuple[int, int | None, str, int]], order: list[int]
) -> None:
    batches: dict[int, list[Record]] = {0: [], 1: [], 2: []}
    for position, (article, hours, fate, batch) in enumerate(fetches):
        fetched = None if hours is None else FIRST_FETCH + timedelta(hours=hours)
        batches[batch].append(
            _record(
                article,
                raw_path=f"{position}.html",
                fetched_at=fetched,
                fate=fate,
                reasons=() if fate == "accepted" else ("text_missing",),
            )
        )
    with TemporaryDirectory() as root:
        once, stepwise = Warehouse(Path(root) / "once"), Warehouse(Path(root) / "stepwise")
        for number, records in batches.items():
            _stage(once, str(number), records)
        _publish(once)
        for number in order:
            for folder in ("records", "verdicts"):
                source = once.root / "staged" / folder / f"{number}.parquet"
                target = stepwise.root / "staged" / folder
                target.mkdir(parents=True, exist_ok=True)
                copy(source, target)
            _publish(stepwise)
        assert _bytes(stepwise) == _bytes(once)
        assert check_accounts(once).documents == len(fetches)
