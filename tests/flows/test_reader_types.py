"""Every column of every dataset, by each reader as a person calls it: its type and its values."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from schemas.columns import TIMESTAMP
from schemas.tables import MONEY, PUBLISHED, STAGED

SPARK = Path(sys.prefix) / "spark"
Rows = list[str]


def _types(name: str) -> dict[str, pa.DataType]:
    """The declared types, with the folder's column."""
    (table,) = (table for table in PUBLISHED if table.name == name)
    types = {column.name: column.type for column in table.columns}
    return types | ({table.partition[0]: pa.string()} if table.partition else {})


def _expected(warehouse: Path, name: str) -> Rows:
    """The rows, each file read by itself with what its folder says."""
    rows = []
    for path in (warehouse / name).rglob("*.parquet"):
        key, _, value = path.parent.name.partition("=")
        folder = {key: value} if value else {}
        rows += [row | folder for row in pq.ParquetFile(path).read().to_pylist()]
    return _comparable(rows, _types(name))


def _comparable(rows: Iterable[Mapping[str, Any]], types: Mapping[str, pa.DataType]) -> Rows:
    """Rows as text, in one order, the same for the same values whatever Python types hold them."""
    lines = []
    for row in rows:
        assert set(row) == set(types)
        lines.append(repr({name: _plain(row[name], kind) for name, kind in types.items()}))
    return sorted(lines)


def _plain(value: Any, kind: pa.DataType) -> Any:
    if isinstance(value, list | tuple | dict | np.ndarray):
        return _plain_nested(value, kind)
    if value is None or pd.isna(value):
        return None
    plain = value
    if pa.types.is_timestamp(kind):
        instant = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        assert instant.tzinfo is not None
        plain = instant.astimezone(UTC).isoformat()
    elif pa.types.is_date(kind):
        plain = str(value)
    elif pa.types.is_decimal(kind):
        plain = str(Decimal(value).normalize())
    elif pa.types.is_floating(kind):
        plain = float(np.float32(value))
    elif pa.types.is_integer(kind):
        plain = int(value)
        assert plain == value
    return plain


def _plain_nested(value: Any, kind: pa.DataType) -> Any:
    if pa.types.is_struct(kind):
        return {field.name: _plain(value[field.name], field.type) for field in kind}
    if not pa.types.is_map(kind):
        return [_plain(item, kind.value_type) for item in value]
    pairs = value.items() if isinstance(value, dict) else value
    pairs = [pair.values() if isinstance(pair, dict) else pair for pair in pairs]
    return {name: _plain(item, kind.item_type) for name, item in pairs}


DATASETS = [table.name for table in PUBLISHED]


@pytest.mark.parametrize("name", DATASETS)
def test_pyarrow(sample_warehouse: Path, name: str) -> None:
    found = pq.read_table(sample_warehouse / name)
    types = _types(name)
    for field in found.schema:
        is_folder = pa.types.is_dictionary(field.type)
        assert (field.type.value_type if is_folder else field.type) == types[field.name]
    assert _comparable(found.to_pylist(), types) == _expected(sample_warehouse, name)


# Integers with nulls are floats in pandas; what has no type of its own there are objects.
PANDAS = {
    pa.string(): {"str", "category"},
    pa.bool_(): {"bool"},
    pa.int16(): {"int16", "float64"},
    pa.int32(): {"int32", "float64"},
    pa.int64(): {"int64", "float64"},
    pa.float32(): {"float32"},
    TIMESTAMP: {"datetime64[us, UTC]"},
}


@pytest.mark.parametrize("name", DATASETS)
def test_pandas(sample_warehouse: Path, name: str) -> None:
    found = pd.read_parquet(sample_warehouse / name)
    types = _types(name)
    for column, dtype in found.dtypes.items():
        assert str(dtype) in PANDAS.get(types[str(column)], {"object"}), column
    rows = found.astype("object").to_dict("records")
    assert _comparable(rows, types) == _expected(sample_warehouse, name)


@dataclass(frozen=True)
class Spelling:
    """How a reader writes types."""

    words: Mapping[pa.DataType, str]
    list_of: str
    map_of: str
    struct_of: str
    field: str

    def __call__(self, kind: pa.DataType) -> str:
        if pa.types.is_decimal(kind):
            return f"decimal({kind.precision},{kind.scale})"
        if pa.types.is_list(kind):
            return self.list_of.format(self(kind.value_type))
        if pa.types.is_map(kind):
            return self.map_of.format(self(kind.key_type), self(kind.item_type))
        if pa.types.is_struct(kind):
            fields = (self.field.format(field.name, self(field.type)) for field in kind)
            return self.struct_of.format(",".join(fields))
        return self.words[kind]


DUCKDB = Spelling(
    {
        pa.string(): "VARCHAR",
        pa.bool_(): "BOOLEAN",
        pa.int16(): "SMALLINT",
        pa.int32(): "INTEGER",
        pa.int64(): "BIGINT",
        pa.float32(): "FLOAT",
        pa.float64(): "DOUBLE",
        pa.date32(): "DATE",
        TIMESTAMP: "TIMESTAMP WITH TIME ZONE",
    },
    list_of="{}[]",
    map_of="MAP({}, {})",
    struct_of="STRUCT({})",
    field='"{}" {}',
)


@pytest.mark.parametrize("name", DATASETS)
def test_duckdb(sample_warehouse: Path, name: str) -> None:
    found = duckdb.sql(f"FROM '{sample_warehouse}/{name}/**/*.parquet'")
    types = _types(name)
    assert dict(zip(found.columns, found.types, strict=True)) == {
        column: duckdb.sqltype(DUCKDB(kind)) for column, kind in types.items()
    }
    rows = (dict(zip(found.columns, row, strict=True)) for row in found.fetchall())
    assert _comparable(rows, types) == _expected(sample_warehouse, name)


POLARS = {
    pa.string(): pl.String(),
    pa.bool_(): pl.Boolean(),
    pa.int16(): pl.Int16(),
    pa.int32(): pl.Int32(),
    pa.int64(): pl.Int64(),
    pa.float32(): pl.Float32(),
    pa.float64(): pl.Float64(),
    pa.date32(): pl.Date(),
    TIMESTAMP: pl.Datetime("us", "UTC"),
}


def _polars(kind: pa.DataType) -> pl.DataType:
    if pa.types.is_decimal(kind):
        return pl.Decimal(kind.precision, kind.scale)
    if pa.types.is_map(kind):
        return pl.Map(_polars(kind.key_type), _polars(kind.item_type))
    if pa.types.is_list(kind):
        return pl.List(_polars(kind.value_type))
    if pa.types.is_struct(kind):
        return pl.Struct({field.name: _polars(field.type) for field in kind})
    return POLARS[kind]


@pytest.mark.parametrize("name", DATASETS)
def test_polars(sample_warehouse: Path, name: str) -> None:
    found = pl.read_parquet(sample_warehouse / name)
    types = _types(name)
    assert dict(found.schema) == {column: _polars(kind) for column, kind in types.items()}
    assert _comparable(found.to_dicts(), types) == _expected(sample_warehouse, name)


SPARK_TYPES = Spelling(
    {
        pa.string(): "string",
        pa.bool_(): "boolean",
        pa.int16(): "smallint",
        pa.int32(): "int",
        pa.int64(): "bigint",
        pa.float32(): "float",
        pa.float64(): "double",
        pa.date32(): "date",
        TIMESTAMP: "timestamp",
    },
    list_of="array<{}>",
    map_of="map<{},{}>",
    struct_of="struct<{}>",
    field="{}:{}",
)


@pytest.fixture(scope="module")
def spark(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What Spark reads of each dataset: `types` by column, and `rows`, each in JSON."""
    if not SPARK.exists():
        pytest.skip("Spark is not installed: `make spark` does it (456 MB)")
    if not shutil.which("java"):
        pytest.skip("Spark needs Java 17, and there is no `java` on the path")
    scratch = tmp_path_factory.mktemp("spark")
    script = Path(__file__).with_name("spark_rows.py")
    finished = subprocess.run(
        [sys.executable, script, sample_warehouse, scratch, *DATASETS],
        env=os.environ | {"PYTHONPATH": str(SPARK), "SPARK_LOCAL_IP": "127.0.0.1"},
        cwd=scratch,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    found: dict[str, Any] = json.loads(finished.stdout)
    return found


def _spark_rows(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [json.loads(row, parse_float=Decimal, parse_int=Decimal) for row in found["rows"]]


@pytest.mark.parametrize("name", DATASETS)
def test_spark(sample_warehouse: Path, spark: dict[str, Any], name: str) -> None:
    types = _types(name)
    assert spark[name]["types"] == {column: SPARK_TYPES(kind) for column, kind in types.items()}
    rows = _spark_rows(spark[name])
    assert _comparable(rows, types) == _expected(sample_warehouse, name)


def test_spark_reads_the_structs_of_staged(sample_warehouse: Path, spark: dict[str, Any]) -> None:
    types = {"raw_path": pa.string()} | {
        column.name: column.type for column in MONEY.columns if column.name not in STAGED.names
    }
    assert spark["staged"]["types"] == {column: SPARK_TYPES(kind) for column, kind in types.items()}
    staged = pq.read_table(sample_warehouse / "staged" / "records", columns=["raw_path", "money"])
    expected = [
        {"raw_path": row["raw_path"]} | amount
        for row in staged.to_pylist()
        for amount in row["money"]
    ]
    assert expected
    assert _comparable(_spark_rows(spark["staged"]), types) == _comparable(expected, types)
