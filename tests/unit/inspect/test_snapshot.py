"""Snapshots: a moment's state, whole, and nobody's but its owner's."""

import shutil
from pathlib import Path

import pyarrow as pa
import pytest

from tasks.inspect.snapshot import BeingPublishedError, take_snapshot
from tasks.publish.datapackage import write_datapackage
from tasks.publish.select import Partition, selection_path
from tasks.storage.locations import LocationError
from tasks.storage.warehouse import Warehouse, write_table

SCHEMA = pa.schema([("article_id", pa.string())])
MARCH = Partition("articles", "2024-03")
ARTICLES = "articles/published_month=2024-03/part-0.parquet"
MONEY = "money/published_month=2024-03/part-0.parquet"


def _select(warehouse: Warehouse, inputs: str) -> None:
    path = selection_path(warehouse, MARCH)
    write_table(path, [SCHEMA.empty_table()], SCHEMA, {"inputs": inputs})


def _write(warehouse: Warehouse, name: str, inputs: str | None, *ids: str) -> None:
    rows = pa.table({"article_id": ids}, schema=SCHEMA)
    write_table(warehouse.root / name, [rows], SCHEMA, {"inputs": inputs} if inputs else {})


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    made = Warehouse(tmp_path / "warehouse")
    _select(made, "1")
    for name in (ARTICLES, MONEY):
        _write(made, name, "1", "a")
    write_datapackage(made)
    return made


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("copy", [False, True])
def test_it_is_what_was_published_and_stays_so(
    warehouse: Warehouse, tmp_path: Path, copy: bool
) -> None:
    before = _contents(warehouse.root)
    assert take_snapshot(warehouse, tmp_path / "snapshot", copy=copy) == 3
    found = _contents(tmp_path / "snapshot")
    assert found.keys() == {ARTICLES, MONEY, "datapackage.json"}
    assert found.items() <= before.items()
    is_same = (tmp_path / "snapshot" / ARTICLES).samefile(warehouse.root / ARTICLES)
    assert is_same is not copy

    _write(warehouse, ARTICLES, "2", "a", "b")
    assert _contents(tmp_path / "snapshot") == found
    shutil.rmtree(tmp_path / "snapshot")
    assert _contents(warehouse.root).keys() == before.keys()


def test_what_is_being_published_is_waited_for(warehouse: Warehouse, tmp_path: Path) -> None:
    """A run writes the selection first, then money/, then articles/."""
    target = tmp_path / "snapshot"
    _select(warehouse, "2")
    with pytest.raises(BeingPublishedError, match="articles 2024-03"):
        take_snapshot(warehouse, target)
    _write(warehouse, MONEY, "2", "a")
    with pytest.raises(BeingPublishedError, match="articles 2024-03"):
        take_snapshot(warehouse, target)
    _write(warehouse, ARTICLES, "2", "a")
    take_snapshot(warehouse, target)
    assert _contents(target)[ARTICLES] == (warehouse.root / ARTICLES).read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"warehouse", "snapshot"}


def test_a_partition_without_rows_may_wait_to_go(warehouse: Warehouse, tmp_path: Path) -> None:
    selection_path(warehouse, MARCH).unlink()
    with pytest.raises(BeingPublishedError):
        take_snapshot(warehouse, tmp_path / "snapshot")
    for name in (ARTICLES, MONEY):
        _write(warehouse, name, None)
    take_snapshot(warehouse, tmp_path / "snapshot")


def test_a_place_that_is_taken_or_in_the_warehouse_is_refused(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    take_snapshot(warehouse, tmp_path / "snapshot")
    with pytest.raises(LocationError, match="there already"):
        take_snapshot(warehouse, tmp_path / "snapshot")
    with pytest.raises(LocationError, match="in the warehouse"):
        take_snapshot(warehouse, warehouse.root / "snapshot")
