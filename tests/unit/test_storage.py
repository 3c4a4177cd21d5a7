"""A file of a warehouse comes into being whole or not at all; a warehouse has one writer."""

import multiprocessing
import os
import signal
from multiprocessing.synchronize import Event
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tasks.storage import (
    Warehouse,
    WarehouseHeldError,
    hold_warehouse,
    read_metadata,
    remove_leftovers,
    replaced,
    write_table,
)

SCHEMA = pa.schema([("number", pa.int32())])
TABLE = pa.table({"number": [1, 2, 3]}, schema=SCHEMA)


def test_a_file_appears_under_its_name_only(tmp_path: Path) -> None:
    target = tmp_path / "articles" / "part-0.parquet"
    assert write_table(target, [TABLE, TABLE], SCHEMA, {"inputs": "abc"}) == 6
    assert list(tmp_path.rglob("*.*")) == [target]
    assert read_metadata(target) == {"inputs": "abc"}
    assert pq.read_table(target)["number"].to_pylist() == [1, 2, 3, 1, 2, 3]


def test_the_same_rows_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_table(tmp_path / name, [TABLE], SCHEMA, {"b": 1, "a": 2})
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "part-0.parquet"
    write_table(target, [TABLE], SCHEMA, {})
    before = target.read_bytes()
    wrong = pa.table({"number": ["no number"]})
    with pytest.raises(pa.ArrowInvalid):
        write_table(target, [TABLE, wrong], SCHEMA, {})
    assert target.read_bytes() == before
    assert list(tmp_path.iterdir()) == [target]


def test_readers_do_not_see_what_is_being_written(tmp_path: Path) -> None:
    write_table(tmp_path / "part-0.parquet", [TABLE], SCHEMA, {})
    with replaced(tmp_path / "part-0.parquet") as temporary:
        temporary.write_bytes(b"half a file")
        assert pq.read_table(tmp_path).num_rows == 3
        pq.write_table(TABLE, temporary)


def test_a_foreign_file_has_no_metadata(tmp_path: Path) -> None:
    pq.write_table(TABLE, tmp_path / "foreign.parquet")
    assert read_metadata(tmp_path / "foreign.parquet") == {}


def test_leftovers_of_dead_runs_go_and_nothing_else(tmp_path: Path) -> None:
    kept = tmp_path / "articles" / "part-0.parquet"
    write_table(kept, [TABLE], SCHEMA, {})
    (kept.parent / ".part-0.parquet.123.tmp").write_bytes(b"half")
    assert remove_leftovers(tmp_path) == 1
    assert list(kept.parent.iterdir()) == [kept]


def test_nobody_sees_what_is_written_to_the_scratch_folder(tmp_path: Path) -> None:
    """Polars refuses a folder with any other file in it, hidden or not."""
    warehouse = Warehouse(tmp_path)
    path = warehouse.partition("articles", "published_month", "2024-03")
    write_table(path, [TABLE], SCHEMA, {}, warehouse.scratch)
    with replaced(path, warehouse.scratch) as temporary:
        temporary.write_bytes(b"half a file")
        assert pl.scan_parquet(tmp_path / "articles").collect().height == 3
        pq.write_table(TABLE, temporary)
    assert not list(warehouse.scratch.iterdir())


def test_partitions_that_were_never_written_leave_no_folder(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    path = warehouse.partition("articles", "published_month", "2024-03")
    path.parent.mkdir(parents=True)
    warehouse.scratch.mkdir()
    (warehouse.scratch / ".articles.1.tmp").write_bytes(b"half")
    assert remove_leftovers(tmp_path) == 2
    assert not path.parent.exists()


def test_a_warehouse_has_one_writer(tmp_path: Path) -> None:
    with (
        hold_warehouse(tmp_path),
        pytest.raises(WarehouseHeldError, match=f"process {os.getpid()}"),
        hold_warehouse(tmp_path),
    ):
        pass
    with hold_warehouse(tmp_path):
        pass


def _hold(root: Path, held: Event) -> None:
    with hold_warehouse(root):
        held.set()
        signal.pause()


def test_a_second_run_is_told_who_holds_and_a_dead_holder_blocks_nobody(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held = context.Event()
    process = context.Process(target=_hold, args=(tmp_path, held))
    process.start()
    assert held.wait(timeout=60)
    with (
        pytest.raises(WarehouseHeldError, match=f"process {process.pid} on"),
        hold_warehouse(tmp_path),
    ):
        pass
    process.kill()
    process.join()
    assert (tmp_path / ".holder").exists()
    with hold_warehouse(tmp_path):
        assert (tmp_path / ".holder").read_text().startswith(f"process {os.getpid()} ")


def test_partitions_are_listed_by_value(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    for month in ("2024-04", "2024-03"):
        path = warehouse.partition("articles", "published_month", month)
        write_table(path, [TABLE], SCHEMA, {})
    assert list(warehouse.partitions("articles")) == ["2024-03", "2024-04"]
