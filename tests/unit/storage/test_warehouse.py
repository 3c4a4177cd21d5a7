"""A file of a warehouse comes into being whole or not at all."""

from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tasks.storage.part_names import value_of_file
from tasks.storage.warehouse import (
    Warehouse,
    read_metadata,
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


def test_partitions_are_listed_by_value(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    for month in ("2024-04", "2024-03"):
        path = warehouse.partition("articles", "published_month", month)
        write_table(path, [TABLE], SCHEMA, {})
    assert list(warehouse.partitions("articles")) == ["2024-03", "2024-04"]


def test_parts_of_a_partition_are_listed_each_and_nothing_else(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    values = ["2024-03", "2024-03.68", "2024-03.6861", "2024-03.7", "2024-04.8"]
    for value in values:
        path = warehouse.partition("articles", "published_month", value)
        write_table(path, [TABLE], SCHEMA, {})
        assert value_of_file(path) == value
    (path.parent / "part-of-somebody.parquet").touch()
    parts = warehouse.partitions("articles")
    assert list(parts) == values
    assert [path.name for path in parts.values()][:3] == [
        "part-0.parquet",
        "part-68.parquet",
        "part-6861.parquet",
    ]
