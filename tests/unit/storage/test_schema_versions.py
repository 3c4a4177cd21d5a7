"""Files that another version of newsmill wrote: read, migrated, or refused with the way out."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from schemas.columns import Column
from schemas.settings import Settings
from schemas.tables import ARTICLES, MONEY, QUARANTINE, STAGED, Table
from tasks.normalize.record import seal_record
from tasks.publish import partitions
from tasks.publish.partitions import publish_partition
from tasks.publish.select import Partition, select_partitions
from tasks.stage.staged_rows import as_table
from tasks.storage import records
from tasks.storage.records import iterate_records, read_records, staged_batches
from tasks.storage.schema_versions import (
    SchemaVersionError,
    describe_version,
    refuse_newer_warehouse,
)
from tasks.storage.warehouse import Warehouse, read_metadata, write_table
from tasks.validate.verdicts import validate_batches
from tests.conftest import Command
from tests.records import GOOD

NEW = Column(name="summary", type=pa.string(), description="A column of the next version.")
NEXT_STAGED = replace(STAGED, version=STAGED.version + 1, columns=(*STAGED.columns, NEW))
NEXT_ARTICLES = replace(ARTICLES, version=ARTICLES.version + 1, columns=(*ARTICLES.columns, NEW))


def _stage(warehouse: Warehouse, table: Table = STAGED) -> pa.Table:
    """Stages one record in a file of the given version, as that version would have written it."""
    sealed = seal_record(GOOD, batch_id="a", pipeline_version="1", reference_version="1")
    rows = as_table([sealed])
    for column in table.columns:
        if column.name not in rows.column_names:
            rows = rows.append_column(column.name, pa.nulls(len(rows), column.type))
    rows = rows.select(table.names).cast(table.schema)
    footer = describe_version(table) | {"state": "1", "pipeline_version": "1"}
    write_table(warehouse.records / "a.parquet", [rows], table.schema, footer)
    return rows


def _with_type(table: Table, name: str, kind: pa.DataType) -> Table:
    columns = [replace(c, type=kind) if c.name == name else c for c in table.columns]
    return replace(table, columns=tuple(columns))


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "warehouse")


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """The code of the day after: its staged records have one column more."""
    monkeypatch.setattr(records, "STAGED", NEXT_STAGED)


def test_every_file_says_what_columns_it_has(sample_warehouse: Path) -> None:
    for table, pattern in (
        (STAGED, "staged/records/*.parquet"),
        (ARTICLES, "articles/*/*.parquet"),
        (MONEY, "money/*/*.parquet"),
        (QUARANTINE, "quarantine/*/*.parquet"),
    ):
        paths = list(sample_warehouse.glob(pattern))
        assert paths
        for path in paths:
            assert read_metadata(path).items() >= describe_version(table).items()


@pytest.mark.usefixtures("next_version")
def test_a_column_that_was_added_since_is_null(warehouse: Warehouse) -> None:
    rows = _stage(warehouse)
    found = read_records(warehouse, "a")
    assert found.column_names == list(NEXT_STAGED.names)
    assert found["summary"].to_pylist() == [None]
    assert found.select(STAGED.names).equals(rows)
    assert list(iterate_records(warehouse, "a", ("summary", "title"))) == [
        {"summary": None, "title": GOOD.title}
    ]


def test_records_of_before_sections_and_descriptions_are_read(warehouse: Warehouse) -> None:
    added = {"section", "section_source", "description", "description_source"}
    kept = tuple(column for column in STAGED.columns if column.name not in added)
    _stage(warehouse, replace(STAGED, version=5, columns=kept))
    found = read_records(warehouse, "a")
    assert found.column_names == list(STAGED.names)
    assert found["title"].to_pylist() == [GOOD.title]
    assert {name: found[name].to_pylist() for name in added} == {name: [None] for name in added}


def test_a_type_that_was_widened_since_is_cast(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stage(warehouse)
    wider = _with_type(STAGED, "word_count", pa.int64())
    monkeypatch.setattr(records, "STAGED", replace(wider, version=STAGED.version + 1))
    (column,) = read_records(warehouse, "a", ["word_count"]).columns
    assert column.type == pa.int64()
    assert column.to_pylist() == [GOOD.word_count]


@pytest.mark.parametrize(
    ("today", "lack"),
    [
        (replace(NEXT_STAGED, reads_from=NEXT_STAGED.version), ""),
        (
            replace(NEXT_STAGED, required=STAGED.required | {"summary"}),
            " (it has no summary)",
        ),
        (
            replace(_with_type(STAGED, "title", pa.int64()), version=STAGED.version + 1),
            " (its title is no int64)",
        ),
    ],
    ids=["reads_from", "required", "type"],
)
def test_what_only_raw_can_tell_is_refused_with_the_way_out(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, today: Table, lack: str
) -> None:
    _stage(warehouse)
    monkeypatch.setattr(records, "STAGED", today)
    with pytest.raises(SchemaVersionError) as refused:
        read_records(warehouse, "a")
    assert str(refused.value) == (
        f"{warehouse.records}/a.parquet was written by an older newsmill "
        f"(version {STAGED.version} of staged; "
        f"this one reads {today.reads_from} to {today.version}){lack}. "
        "`newsmill backfill --from raw` makes it again"
    )
    # The way out is open: it needs no more than the names of the batches.
    assert list(staged_batches(warehouse)) == ["a"]


def test_a_new_published_column_rewrites_every_partition_from_older_records(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stage(warehouse)
    validate_batches(warehouse)
    march = Partition("articles", "2024-03")
    for partition in select_partitions(warehouse, Settings()):
        publish_partition(warehouse, partition, Settings())
    assert select_partitions(warehouse, Settings()) == []

    monkeypatch.setattr(records, "STAGED", NEXT_STAGED)
    monkeypatch.setattr(partitions, "STAGED", NEXT_STAGED)
    for module in ("tasks.publish.partitions", "tasks.publish.selections"):
        monkeypatch.setattr(f"{module}.ARTICLES", NEXT_ARTICLES)
    # Other columns are other code, by which selections are told apart too.
    for module in ("select", "batch_numbers", "drafts"):
        monkeypatch.setattr(f"tasks.publish.{module}.selection_version", lambda: "2")
    assert select_partitions(warehouse, Settings()) == [march]
    publish_partition(warehouse, march, Settings())
    (path,) = warehouse.partitions("articles").values()
    assert pq.read_table(path, partitioning=None)["summary"].to_pylist() == [None]
    assert read_metadata(path)["schema_version"] == NEXT_ARTICLES.version
    assert select_partitions(warehouse, Settings()) == []


class TestANewerWarehouse:
    def test_newer_records_are_refused(self, warehouse: Warehouse) -> None:
        _stage(warehouse, NEXT_STAGED)
        for read in (staged_batches, lambda found: read_records(found, "a")):
            told = f"version {NEXT_STAGED.version} of staged; this one knows {STAGED.version}"
            with pytest.raises(SchemaVersionError, match=told):
                read(warehouse)

    def test_the_command_says_so_and_changes_nothing(
        self, newsmill: Command, sample_warehouse: Path, tmp_path: Path
    ) -> None:
        warehouse = Warehouse(tmp_path / "w")
        path = warehouse.partition("articles", "published_month", "2024-03")
        (source, *_) = Warehouse(sample_warehouse).partitions("articles").values()
        rows = pq.read_table(source, partitioning=None)
        schema = NEXT_ARTICLES.schema
        rows = rows.append_column(schema.field("summary"), pa.nulls(len(rows), pa.string()))
        write_table(path, [rows], schema, describe_version(NEXT_ARTICLES))
        before = path.read_bytes()
        with pytest.raises(SchemaVersionError):
            refuse_newer_warehouse(warehouse)
        finished = newsmill("run", "--raw", "raw", "--warehouse", warehouse.root)
        assert finished.returncode == 1
        version = f"version {NEXT_ARTICLES.version} of articles"
        assert f"was written by a newer newsmill ({version}" in finished.stderr
        assert "Traceback" not in finished.stderr
        assert path.read_bytes() == before
        assert not warehouse.records.exists()


class TestTwoVersionsTogether:
    """A publish that was interrupted after a new version: one month has what the other lacks."""

    @pytest.fixture(params=["older first", "newer first"])
    def folder(self, request: pytest.FixtureRequest, tmp_path: Path) -> Path:
        wider = _with_type(NEXT_ARTICLES, "word_count", pa.int64())
        versions = [ARTICLES, wider] if request.param == "older first" else [wider, ARTICLES]
        record: dict[str, Any] = {
            name: getattr(GOOD, name, None) for name in ARTICLES.names if hasattr(GOOD, name)
        }
        for month, table in zip(("2024-03", "2024-04"), versions, strict=True):
            row = record | {
                "revision_count": 0,
                "published_source": "rule",
                "batch_id": "a",
                "pipeline_version": "1",
                "reference_version": "1",
            }
            if table is wider:
                row["summary"] = "news"
            path = tmp_path / f"published_month={month}" / "part-0.parquet"
            rows = pa.Table.from_pylist([row], schema=table.schema)
            write_table(path, [rows], table.schema, describe_version(table))
        return tmp_path

    def test_pyarrow_and_pandas(self, folder: Path) -> None:
        both = ds.dataset(
            folder,
            schema=_with_type(NEXT_ARTICLES, "word_count", pa.int64()).schema,
            partitioning="hive",
        ).to_table()
        assert sorted(both["summary"].to_pylist(), key=str) == [None, "news"]
        assert both["word_count"].to_pylist() == [GOOD.word_count] * 2
        # A plain read has the columns of the first file, and fails on none.
        assert pd.read_parquet(folder)["word_count"].tolist() == [GOOD.word_count] * 2

    def test_duckdb(self, folder: Path) -> None:
        rows = duckdb.sql(
            f"SELECT summary, word_count FROM read_parquet('{folder}/*/*.parquet', "
            "union_by_name = true) ORDER BY summary NULLS FIRST"
        ).fetchall()
        assert rows == [(None, GOOD.word_count), ("news", GOOD.word_count)]

    def test_polars(self, folder: Path) -> None:
        schema = pl.from_arrow(
            _with_type(NEXT_ARTICLES, "word_count", pa.int64()).schema.empty_table()
        ).schema
        both = pl.scan_parquet(
            folder / "*" / "*.parquet",
            schema=schema,
            missing_columns="insert",
            cast_options=pl.ScanCastOptions(integer_cast="upcast"),
            hive_partitioning=False,
        ).collect()
        assert sorted(both["summary"].to_list(), key=str) == [None, "news"]
        assert both["word_count"].to_list() == [GOOD.word_count] * 2
