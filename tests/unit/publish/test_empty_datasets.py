"""A dataset without rows has its columns, for every reader."""

import shutil
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from newsmill.sql import sql
from schemas.settings import Settings
from schemas.tables import PARTITIONED, Table
from tasks.inspect.verification.verify import verify_warehouse
from tasks.publish.empty_datasets import (
    found_datasets,
    settle_empty_parts,
    settling_pause_s,
    write_empty_parts,
)
from tasks.storage.warehouse import Warehouse, write_table
from tests.warehouses import leave_row, make_warehouse

BY_DAY = Settings(partition_by="date")


def write_partition(warehouse: Warehouse, table: Table) -> Path:
    """Writes a partition, whose rows do not matter here."""
    assert table.partition
    path = warehouse.partition(table.name, table.partition[0], "2024-03")
    write_table(path, [table.schema.empty_table()], table.schema, {})
    return path


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    made = Warehouse(tmp_path / "warehouse")
    found_datasets(made, Settings())
    return made


@pytest.mark.parametrize("table", PARTITIONED, ids=lambda table: table.name)
def test_every_reader_finds_the_columns_and_no_rows(warehouse: Warehouse, table: Table) -> None:
    assert table.partition
    names = [*table.names, table.partition[0]]
    folder = warehouse.dataset(table.name)
    frame = pd.read_parquet(folder)
    assert (list(frame.columns), len(frame)) == (names, 0)
    read = pq.read_table(folder)
    assert (read.column_names, read.num_rows) == (names, 0)
    assert read.select(table.names).schema.equals(table.schema.remove_metadata())
    found = duckdb.sql(f"FROM '{folder}/**/*.parquet'")
    assert (found.columns, found.fetchall()) == (names, [])
    assert found.types[-1] == "VARCHAR"
    polars = pl.read_parquet(folder)
    assert (polars.columns, polars.height) == (names, 0)
    assert polars.schema[table.partition[0]] == pl.String()


def test_the_folder_of_days_is_read_as_a_day(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    found_datasets(warehouse, BY_DAY)
    folder = warehouse.dataset("articles")
    assert duckdb.sql(f"FROM '{folder}/**/*.parquet'").types[-1] == "DATE"
    assert pl.read_parquet(folder).schema["published_day"] == pl.Date()
    # Another setting leaves no folder column of before.
    found_datasets(warehouse, Settings())
    (path,) = warehouse.empty_parts("articles")
    assert path.parent.name == "published_month=none"


def test_it_goes_when_there_are_rows_and_comes_before_the_last_go(warehouse: Warehouse) -> None:
    assert settling_pause_s(warehouse) == 0
    parts = [write_partition(warehouse, table) for table in PARTITIONED]
    # What readers listed may be opened a moment later.
    assert settling_pause_s(warehouse) > 0
    settle_empty_parts(warehouse, Settings())
    assert [warehouse.empty_parts(table.name) for table in PARTITIONED] == [[], [], []]
    assert all(len(list(path.parent.parent.iterdir())) == 1 for path in parts)
    # No selection is left: what is published is about to go.
    write_empty_parts(warehouse, Settings())
    assert all(warehouse.empty_parts(table.name) for table in PARTITIONED)
    assert [list(warehouse.partitions(table.name)) for table in PARTITIONED] == [["2024-03"]] * 3


def test_it_is_written_once_and_again_where_it_is_damaged(warehouse: Warehouse) -> None:
    (path,) = warehouse.empty_parts("money")
    written, inode = path.read_bytes(), path.stat().st_ino
    settle_empty_parts(warehouse, Settings())
    assert path.stat().st_ino == inode
    path.write_bytes(b"PAR1")
    settle_empty_parts(warehouse, Settings())
    assert path.read_bytes() == written


@pytest.fixture(scope="module")
def quarantined(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """A warehouse in which no document is an article."""
    folder = tmp_path_factory.mktemp("quarantined")
    page = folder / "raw" / "desk" / "2024-03-06" / "a.html"
    page.parent.mkdir(parents=True)
    page.write_text("<html></html>")
    warehouse, batches = make_warehouse(folder / "raw", folder / "warehouse")
    leave_row(warehouse, batches)
    return warehouse


def _answer(warehouse: Warehouse, query: str) -> str:
    result = CliRunner().invoke(sql, [query, "--warehouse", str(warehouse.root), "--csv"])
    assert result.exit_code == 0, result.output
    return result.stdout.split("\n")[1]


def test_a_warehouse_of_quarantined_pages_answers(quarantined: Warehouse) -> None:
    assert _answer(quarantined, "SELECT count(*) FROM quarantine") == "1"
    for name in ("articles", "money", "outlets"):
        assert _answer(quarantined, f"SELECT count(*) FROM {name}") == "0"
        assert len(pd.read_parquet(quarantined.dataset(name))) == 0
    assert _answer(quarantined, "SELECT count(published_month) FROM articles") == "0"
    assert verify_warehouse(quarantined).faults == ()


def test_before_the_first_publication_there_are_columns(tmp_path: Path) -> None:
    Warehouse(tmp_path).records.mkdir(parents=True)
    for name in ("articles", "money", "quarantine", "outlets", "runs", "staged"):
        assert _answer(Warehouse(tmp_path), f"SELECT count(*) FROM {name}") == "0"
    assert _answer(Warehouse(tmp_path), "SELECT count(published_month) FROM articles") == "0"


def test_verify_knows_it(quarantined: Warehouse, tmp_path: Path) -> None:
    def codes() -> set[tuple[str, str]]:
        return {(fault.code.value, fault.path) for fault in verify_warehouse(quarantined).faults}

    (path,) = quarantined.empty_parts("money")
    name = path.relative_to(quarantined.root).as_posix()
    kept = tmp_path / "kept"
    path.rename(kept)
    assert codes() == {("file_missing", name)}
    write_table(path, [pa.table({"a": [1]})], pa.schema([("a", pa.int64())]), {})
    assert codes() == {("schema_differs", name)}
    kept.rename(path)
    # One that a dead run left beside partitions goes with the next run.
    extra = quarantined.empty_part("quarantine", "landing_month")
    extra.parent.mkdir()
    shutil.copy(quarantined.empty_part("money", "published_month"), extra)
    assert {code for code, _ in codes()} == {"schema_differs"}
    found_datasets(Warehouse(tmp_path / "other"), Settings())
    shutil.copy(Warehouse(tmp_path / "other").empty_part("quarantine", "landing_month"), extra)
    assert {code for code, _ in codes()} == {"partition_unselected"}
    settle_empty_parts(quarantined, Settings())
    assert codes() == set()
