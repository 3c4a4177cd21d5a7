"""A shadow of a warehouse: what is done to it is not done to the warehouse, nor the reverse."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tasks.storage.holding import SHADOW_PREFIX, hold_warehouse
from tasks.storage.shadow import shadowed
from tasks.storage.warehouse import Warehouse, write_table

SCHEMA = pa.schema([("number", pa.int64())])


def _write(warehouse: Warehouse, number: int) -> Path:
    path = warehouse.partition("articles", "published_month", "2024-03")
    write_table(path, [pa.table({"number": [number]})], SCHEMA, {})
    return path


def _read(warehouse: Warehouse) -> int:
    path = warehouse.partition("articles", "published_month", "2024-03")
    (number,) = pq.read_table(path, partitioning=None)["number"].to_pylist()
    return int(number)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    made = Warehouse(tmp_path / "warehouse")
    _write(made, 1)
    (made.root / "datapackage.json").write_text("{}")
    return made


def _shadows(warehouse: Warehouse) -> list[Path]:
    return list(warehouse.root.glob(f"{SHADOW_PREFIX}*"))


def test_neither_side_sees_what_the_other_replaces(warehouse: Warehouse) -> None:
    with shadowed(warehouse) as shadow:
        _write(shadow.after, 2)
        (shadow.after.root / "datapackage.json").write_text("[]")
        assert (_read(shadow.before), _read(shadow.after), _read(warehouse)) == (1, 2, 1)
        _write(warehouse, 3).unlink()
        assert (_read(shadow.before), _read(shadow.after)) == (1, 2)
    assert (warehouse.root / "datapackage.json").read_text() == "{}"
    assert _shadows(warehouse) == []


def test_parquet_files_cost_no_space(warehouse: Warehouse) -> None:
    path = warehouse.partition("articles", "published_month", "2024-03")
    with shadowed(warehouse) as shadow:
        for copy in (shadow.before, shadow.after):
            (part,) = copy.partitions("articles").values()
            assert part.samefile(path)


def test_a_shadow_is_removed_where_the_work_fails(warehouse: Warehouse) -> None:
    with pytest.raises(ZeroDivisionError), shadowed(warehouse):
        raise ZeroDivisionError
    assert _shadows(warehouse) == []


def test_other_runs_go_on_meanwhile_and_leave_it_alone(warehouse: Warehouse) -> None:
    with shadowed(warehouse) as shadow:
        temporary = shadow.after.root / ".part-0.parquet.1.tmp"
        temporary.touch()
        left = warehouse.root / "articles" / ".part-0.parquet.1.tmp"
        left.touch()
        with hold_warehouse(warehouse.root):
            assert temporary.exists()
            assert not left.exists()
            assert _read(shadow.before) == 1


def test_the_next_run_removes_that_of_a_dead_process(warehouse: Warehouse) -> None:
    program = """
import sys, time
from pathlib import Path
from tasks.storage.shadow import shadowed
from tasks.storage.warehouse import Warehouse
with shadowed(Warehouse(Path(sys.argv[1]))):
    print("ready", flush=True)
    time.sleep(600)
"""
    holder = subprocess.Popen(
        [sys.executable, "-c", program, warehouse.root], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "ready\n"
    with hold_warehouse(warehouse.root):
        assert len(_shadows(warehouse)) == 1
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    holder.stdout.close()
    with hold_warehouse(warehouse.root):
        assert _shadows(warehouse) == []
    assert _read(warehouse) == 1
