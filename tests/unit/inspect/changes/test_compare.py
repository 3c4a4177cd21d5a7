"""What differs between two states of a warehouse: rows, partitions, fates, columns."""

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from schemas.settings import Settings
from tasks.inspect.changes.changed import DatasetChanges, WarehouseChanges
from tasks.inspect.changes.compare import compare_warehouses
from tasks.normalize.record import Record, seal_record
from tasks.publish.partitions import publish_partition
from tasks.publish.select import select_partitions
from tasks.stage.staged_rows import write_records
from tasks.storage.warehouse import Warehouse, read_metadata, write_table
from tasks.validate.verdicts import validate_batches
from tests.records import GOOD, GOOD_MONEY, consistent

APRIL = {
    "published_date": date(2024, 4, 2),
    "published_at": datetime(2024, 4, 2, 9, 0, tzinfo=UTC),
    "fetched_at": datetime(2024, 4, 2, 10, 0, tzinfo=UTC),
}
REFUSED: dict[str, Any] = {
    "fate": "rejected",
    "reasons": ("published_date_unknown",),
    "detail": "none",
    "published_date": None,
    "published_at": None,
}


def _id(number: int) -> str:
    return f"{number:020x}"


def _record(number: int, **changes: Any) -> Record:
    article = {"article_id": _id(number), "raw_path": f"{number}.html", "raw_offset": None}
    return consistent(replace(GOOD, **(article | changes)))


def _make(
    root: Path, records: Sequence[Record], version: str = "1", part_rows: int = Settings().part_rows
) -> Warehouse:
    """Publishes records, all in one batch, as the flow does."""
    warehouse = Warehouse(root)
    sealed = [
        seal_record(record, batch_id="a", pipeline_version=version, reference_version="1")
        for record in records
    ]
    state = hashlib.sha256(repr(sealed).encode()).hexdigest()
    write_records(warehouse, "a", sealed, {"state": state})
    validate_batches(warehouse)
    how = Settings(part_rows=part_rows)
    for partition in select_partitions(warehouse, how):
        publish_partition(warehouse, partition, how)
    return warehouse


def _compare(
    tmp_path: Path, old: Sequence[Record], new: Sequence[Record], new_version: str = "1"
) -> WarehouseChanges:
    before = _make(tmp_path / "before", old)
    shutil.copytree(before.root, tmp_path / "after")
    after = _make(tmp_path / "after", new, new_version)
    return compare_warehouses(before, after, tmp_path)


def _of(changes: WarehouseChanges, dataset: str) -> DatasetChanges:
    (found,) = (each for each in changes.datasets if each.dataset == dataset)
    return found


def test_nothing_differs(tmp_path: Path) -> None:
    changes = _compare(tmp_path, [_record(1)], [_record(1)])
    assert changes.is_empty
    articles = _of(changes, "articles")
    assert (articles.rows_before, articles.rows_after, articles.partitions_same) == (1, 1, 1)


def test_rows_are_added_and_gone(tmp_path: Path) -> None:
    changes = _compare(tmp_path, [_record(1), _record(2)], [_record(2), _record(3), _record(4)])
    articles, money = _of(changes, "articles"), _of(changes, "money")
    assert (articles.added.rows, articles.added.examples) == (2, (_id(3), _id(4)))
    assert (articles.gone.rows, articles.gone.examples) == (1, (_id(1),))
    assert articles.changed == 0
    assert money.added.rows == 2
    assert money.gone.examples == (f'{_id(1)} mention "5 million" 1',)


def test_an_article_moves_with_its_money_and_other_partitions_are_not_read(tmp_path: Path) -> None:
    may = datetime(2024, 5, 2, 9, 0, tzinfo=UTC)
    other = _record(9, published_date=may.date(), published_at=may, fetched_at=may)
    changes = _compare(tmp_path, [_record(1), other], [_record(1, **APRIL), other])
    articles, money = _of(changes, "articles"), _of(changes, "money")
    for dataset in (articles, money):
        (move,) = dataset.moved
        assert (move.name, move.rows) == ("2024-03 → 2024-04", 1)
        assert dataset.partitions_changed == ("2024-03", "2024-04")
        assert dataset.partitions_same == 1
        assert dataset.added.rows == dataset.gone.rows == 0
    (day,) = (each for each in articles.columns if each.column == "published_date")
    (example,) = day.examples
    assert (example.key, example.old, example.new) == (
        _id(1),
        date(2024, 3, 1),
        date(2024, 4, 2),
    )


def test_an_article_in_another_part_of_its_month_has_not_moved(tmp_path: Path) -> None:
    records = [_record(1), _record(2, outlet_id="canal-times"), _record(3, outlet_id="zeit")]
    before = _make(tmp_path / "before", records)
    moved = [_record(1, title="B"), records[1], replace(records[2], **APRIL)]
    after = _make(tmp_path / "after", [consistent(each) for each in moved], part_rows=1)
    assert len(after.partitions("articles")) == 3
    articles = _of(compare_warehouses(before, after, tmp_path), "articles")
    assert [(move.name, move.rows) for move in articles.moved] == [("2024-03 → 2024-04", 1)]
    assert (articles.added.rows, articles.gone.rows, articles.changed) == (0, 0, 2)


def test_documents_change_between_articles_and_quarantine(tmp_path: Path) -> None:
    old = [_record(1), _record(2, **REFUSED), _record(3, **REFUSED)]
    new = [_record(1, **REFUSED), _record(2), _record(3, **REFUSED | {"detail": "two"})]
    changes = _compare(tmp_path, old, new)
    (to,) = changes.to_quarantine
    assert (to.name, to.rows, to.examples) == ("published_date_unknown", 1, ("1.html",))
    (back,) = changes.from_quarantine
    assert (back.name, back.rows, back.examples) == ("published_date_unknown", 1, ("2.html",))
    quarantine = _of(changes, "quarantine")
    assert (quarantine.added.rows, quarantine.gone.rows, quarantine.changed) == (1, 1, 1)
    (detail,) = quarantine.columns
    assert (detail.column, detail.examples[0].old, detail.examples[0].new) == (
        "detail",
        "none",
        "two",
    )


def test_an_article_that_gets_another_id_is_named_with_both(tmp_path: Path) -> None:
    changes = _compare(tmp_path, [_record(1)], [_record(1, article_id=_id(7))])
    assert changes.renamed.examples == (f"{_id(1)} → {_id(7)}",)


def test_columns_are_counted_with_the_first_examples(tmp_path: Path) -> None:
    old = [_record(number) for number in range(6)]
    new = [_record(number, title=f"Title {number}") for number in range(5)] + [
        _record(5, tags=("port",))
    ]
    articles = _of(_compare(tmp_path, old, new), "articles")
    assert [(each.column, each.rows) for each in articles.columns] == [("title", 5), ("tags", 1)]
    assert [each.key for each in articles.columns[0].examples] == [_id(0), _id(1), _id(2)]
    assert articles.columns[1].examples[0].new == ["port"]
    assert articles.changed == 6


def test_rows_of_which_only_the_versions_differ_are_counted_apart(tmp_path: Path) -> None:
    new = [_record(1), _record(2, title="Another title")]
    changes = _compare(tmp_path, [_record(1), _record(2)], new, new_version="2")
    articles = _of(changes, "articles")
    assert (articles.changed, articles.versions_only) == (1, 1)
    assert [each.column for each in articles.columns] == ["title", "pipeline_version"]


def test_amounts_are_told_by_their_words_not_by_their_position(tmp_path: Path) -> None:
    second = replace(GOOD_MONEY, start=20, end=29)
    shifted = replace(GOOD_MONEY, start=5, end=14)
    revalued = replace(
        second, start=25, end=34, usd_amount=Decimal(4_000_000), usd_rate=Decimal("0.8")
    )
    text = "5 million dollars - 5 million dollars."
    old = [_record(1, text=text, money=(GOOD_MONEY, second))]
    new = [_record(1, text=f"Paid {text}", money=(shifted, revalued))]
    money = _of(_compare(tmp_path, old, new), "money")
    assert (money.added.rows, money.gone.rows, money.changed) == (0, 0, 2)
    (dollars,) = (each for each in money.columns if each.column == "usd_amount")
    assert (dollars.rows, dollars.examples[0].new) == (1, Decimal(4_000_000))


def test_files_of_another_version_are_compared_by_what_they_share(tmp_path: Path) -> None:
    before = _make(tmp_path / "before", [_record(1)])
    after = _make(tmp_path / "after", [_record(1, title="Another title")])
    path = before.partition("articles", "published_month", "2024-03")
    older = pq.read_table(path, partitioning=None).drop_columns(["tags"])
    write_table(path, [older], older.schema, read_metadata(path))
    articles = _of(compare_warehouses(before, after, tmp_path), "articles")
    assert articles.new_columns == ("tags",)
    assert [each.column for each in articles.columns] == ["title"]


@pytest.mark.parametrize("dataset", ["articles", "money"])
def test_a_lost_file_shows(tmp_path: Path, dataset: str) -> None:
    after = _make(tmp_path / "after", [_record(1)])
    before = _make(tmp_path / "before", [_record(1)])
    before.partition(dataset, "published_month", "2024-03").unlink()
    changes = compare_warehouses(before, after, tmp_path)
    assert _of(changes, dataset).added.rows == 1
    assert _of(changes, "quarantine").partitions_changed == ()


def test_it_can_be_printed_as_json(tmp_path: Path) -> None:
    changes = _compare(tmp_path, [_record(1)], [_record(1, **APRIL)])
    assert "2024-04-02" in json.dumps(asdict(changes), default=str)
