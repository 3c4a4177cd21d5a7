"""A warehouse has one writer, which clears away what dead ones left."""

import multiprocessing
import os
import signal
from multiprocessing.synchronize import Event
from pathlib import Path

import pyarrow as pa
import pytest

from tasks.storage.holding import hold_warehouse, remove_leftovers
from tasks.storage.lease import WarehouseHeldError
from tasks.storage.warehouse import Warehouse, write_table

SCHEMA = pa.schema([("number", pa.int32())])
TABLE = pa.table({"number": [1, 2, 3]}, schema=SCHEMA)


def test_leftovers_of_dead_runs_go_and_nothing_else(tmp_path: Path) -> None:
    kept = tmp_path / "articles" / "part-0.parquet"
    write_table(kept, [TABLE], SCHEMA, {})
    (kept.parent / ".part-0.parquet.123.tmp").write_bytes(b"half")
    assert remove_leftovers(tmp_path) == 1
    assert list(kept.parent.iterdir()) == [kept]


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
