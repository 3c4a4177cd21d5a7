"""Readers that stay attached: how many queries fail while partitions are replaced.

    benchmarks/attached_readers.py [--replacements 600] [--per-second 30]

Six small partitions are replaced one after the other, as a run replaces them. Polars, DuckDB
and PyArrow query the dataset in a loop, each with its own reader: as it lies in the warehouse, and
in snapshots that they take for each query. A line each: queries, those that failed, and the first
error.
"""

import argparse
import multiprocessing
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
from pyarrow.dataset import dataset

from tasks.inspect.snapshot import BeingPublishedError, take_snapshot
from tasks.publish.select import Partition, selection_path
from tasks.storage.warehouse import Warehouse, write_table

_MONTHS = [f"2024-{month:02d}" for month in range(1, 7)]
_SCHEMA = pa.schema([("article_id", pa.string()), ("title", pa.string())])
_ROWS = 200
_CONTEXT = multiprocessing.get_context("spawn")


def _publish(warehouse: Warehouse, month: str, number: int) -> None:
    title = f"edition {number}"
    rows = {"article_id": [f"{month}-{row}" for row in range(_ROWS)], "title": [title] * _ROWS}
    table, footer = pa.table(rows, schema=_SCHEMA), {"inputs": str(number)}
    write_table(selection_path(warehouse, Partition("articles", month)), [table], _SCHEMA, footer)
    for name in ("money", "articles"):
        path = warehouse.partition(name, "published_month", month)
        write_table(path, [table], _SCHEMA, footer, warehouse.scratch)


def _polars(folder: Path) -> int:
    return int(pl.scan_parquet(folder).select(pl.col("title").is_not_null().sum()).collect().item())


def _duckdb(folder: Path) -> int:
    found = duckdb.read_parquet(f"{folder}/*/*.parquet").aggregate("count(title)").fetchall()
    return int(found[0][0])


def _pyarrow(folder: Path) -> int:
    table = dataset(folder, partitioning="hive").to_table(columns=["title"])
    return int(table.num_rows - table["title"].null_count)


def _in_snapshots(query: Callable[[Path], int], folder: Path) -> int:
    with tempfile.TemporaryDirectory(dir=folder.parents[1]) as kept:
        place = Path(kept, "snapshot")
        while True:
            try:
                take_snapshot(Warehouse(folder.parent), place)
                break
            except BeingPublishedError:
                time.sleep(0.002)
        return query(place / "articles")


def _read(name: str, query: Callable[[Path], int], folder: Path, stop: Any, told: Any) -> None:
    queries, failed, first = 0, 0, ""
    while not stop.is_set():
        queries += 1
        try:
            rows = _in_snapshots(query, folder) if "snapshot" in name else query(folder)
            fault = "" if rows == _ROWS * len(_MONTHS) else f"{rows} rows"
        # Polars' panics are no Exceptions.
        except BaseException as error:  # noqa: BLE001 - this counts errors
            fault = " ".join(str(error).split())[:80]
        failed += bool(fault)
        first = first or fault
    told.put((name, queries, failed, first))


def _measure(name: str, query: Callable[[Path], int], replacements: int, per_second: float) -> None:
    root = Path(tempfile.mkdtemp(prefix="newsmill-readers-"))
    warehouse = Warehouse(root / "warehouse")
    for month in _MONTHS:
        _publish(warehouse, month, 0)
    stop, told = _CONTEXT.Event(), _CONTEXT.Queue()
    arguments = (name, query, warehouse.dataset("articles"), stop, told)
    reader = _CONTEXT.Process(target=_read, args=arguments)
    reader.start()
    started = time.monotonic()
    for number in range(replacements):
        _publish(warehouse, _MONTHS[number % len(_MONTHS)], number + 1)
        time.sleep(max(0.0, started + (number + 1) / per_second - time.monotonic()))
    seconds = time.monotonic() - started
    stop.set()
    _, queries, failed, first = told.get(timeout=120)
    reader.join()
    shutil.rmtree(root)
    share = failed / max(queries, 1)
    rate = replacements / seconds
    print(f"{name:24} {rate:5.1f}/s {queries:6} queries {failed:5} failed ({share:.1%}) {first}")


def main() -> None:
    """Measures each reader in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replacements", type=int, default=600)
    parser.add_argument("--per-second", type=float, default=30.0)
    arguments = parser.parse_args()
    for name, query in (("Polars", _polars), ("DuckDB", _duckdb), ("PyArrow", _pyarrow)):
        for where in ("in the warehouse", "in snapshots"):
            _measure(f"{name} {where}", query, arguments.replacements, arguments.per_second)


if __name__ == "__main__":
    main()
