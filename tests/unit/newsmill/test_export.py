"""`newsmill export`: what other tools read is what is in the warehouse."""

import csv
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
from adbc_driver_postgresql import dbapi
from click.testing import CliRunner, Result

from newsmill.export import export
from tasks.inspect.exporting import workbook
from tasks.inspect.exporting.export_targets import (
    DatabaseTarget,
    ExportError,
    hide_password,
    parse_target,
)
from tests.conftest import PROJECT
from tests.servers import postgres_program, postgresql
from tests.warehouses import make_warehouse

ODD = """SELECT * FROM (VALUES
    ('=1+1', 'x', TIMESTAMPTZ '2024-03-05 21:45:10+00', DATE '2024-03-05',
     12345678901234567890.123456789012::DECIMAL(38, 12), 1.5::DECIMAL(38, 12),
     ['a', 'b'], MAP {'k': 1}, true, 9007199254740993::BIGINT, 2.5::DOUBLE, 'a "quoted", text'),
    (NULL, repeat('ż', 40000), NULL, DATE '1815-06-18', NULL, NULL, NULL, NULL, NULL, 7, NULL,
     'two' || chr(10) || 'lines'))
    AS t(formula, long, instant, day, exact, amount, tags, counts, flag, whole, share, quoted)"""


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("export") / "warehouse"
    make_warehouse(PROJECT / "raw" / "text-dumps", root)
    return root


def _export(warehouse: Path, target: object, *options: str) -> Result:
    arguments = ["--to", str(target), "--warehouse", str(warehouse), *options]
    return CliRunner().invoke(export, arguments)


def _articles(warehouse: Path) -> list[dict[str, Any]]:
    parts = sorted((warehouse / "articles").glob("*/*.parquet"))
    rows = [row for part in parts for row in pq.read_table(part, partitioning=None).to_pylist()]
    return sorted(rows, key=lambda row: str(row["article_id"]))


def test_a_dataset_in_duckdb_keeps_all_of_its_types(warehouse: Path, tmp_path: Path) -> None:
    target = tmp_path / "news.duckdb"
    result = _export(warehouse, target)
    assert result.exit_code == 0, result.output
    expected = _articles(warehouse)
    assert f"{len(expected)} rows in {target}" in result.stdout
    with duckdb.connect(str(target), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        answer = connection.sql("FROM articles ORDER BY article_id").to_arrow_table()
    for name in ("article_id", "text", "published_at", "authors", "published_date"):
        assert answer[name].to_pylist() == [row[name] for row in expected]
    assert list(tmp_path.iterdir()) == [target]


def test_csv_is_what_rfc_4180_says(warehouse: Path, tmp_path: Path) -> None:
    target = tmp_path / "odd.csv"
    result = _export(warehouse, target, "--sql", ODD)
    assert "1 texts that a spreadsheet would compute" in result.stdout
    content = target.read_bytes()
    assert content.endswith(b"\r\n")
    with target.open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert first["formula"] == "'=1+1"
    assert first["instant"] == "2024-03-05T21:45:10+00:00"
    assert first["exact"] == "12345678901234567890.123456789012"
    assert (first["tags"], first["counts"], first["flag"]) == ('["a", "b"]', '{"k": 1}', "true")
    assert first["quoted"] == 'a "quoted", text'
    assert second["long"] == "ż" * 40_000
    assert (second["formula"], second["instant"], second["tags"]) == ("", "", "")
    assert second["quoted"] == "two\nlines"

    _export(warehouse, target, "--sql", ODD, "--overwrite", "--no-guard-formulas")
    assert b"\r\n=1+1," in target.read_bytes()


def test_a_workbook_holds_what_excel_takes_and_says_the_rest(
    warehouse: Path, tmp_path: Path
) -> None:
    target = tmp_path / "odd.xlsx"
    result = _export(warehouse, target, "--sql", ODD)
    assert result.exit_code == 0, result.output
    assert "1 texts were cut at 32,767 characters" in result.stdout
    assert "2 numbers of more than 15 digits are texts" in result.stdout
    book = openpyxl.load_workbook(target)
    sheet = book["query"]
    names = [cell.value for cell in sheet[1]]
    first, second = (dict(zip(names, row, strict=True)) for row in sheet.iter_rows(min_row=2))
    assert names[2] == "instant (UTC)"
    instant, day = (first[name].value.isoformat() for name in ("instant (UTC)", "day"))
    assert (instant, day) == ("2024-03-05T21:45:10", "2024-03-05T00:00:00")
    assert (first["formula"].value, first["formula"].data_type) == ("=1+1", "s")
    assert first["exact"].value == "12345678901234567890.123456789012"
    assert first["whole"].value == "9007199254740993"
    assert (first["amount"].value, first["flag"].value) == (1.5, True)
    assert first["tags"].value == '["a", "b"]'
    assert second["long"].value == "ż" * 32_767
    assert (second["day"].value, second["formula"].value) == ("1815-06-18", None)
    about = [[cell.value for cell in row] for row in book["about"].iter_rows()]
    assert ["time zone", "columns named (UTC) are in UTC"] in about


def test_a_text_is_cut_between_characters_as_excel_counts_them() -> None:
    """It counts in UTF-16, where an emoji is two."""
    assert workbook._cut("x" + "😀" * 20_000) == "x" + "😀" * 16_383


def test_more_rows_than_a_sheet_has_are_refused_before_anything_is_written(
    warehouse: Path, tmp_path: Path
) -> None:
    target = tmp_path / "big.xlsx"
    result = _export(warehouse, target, "--sql", "SELECT * FROM range(1048576)")
    assert result.exit_code == 2
    assert "1,048,576 rows; a sheet of Excel takes 1,048,575" in result.stderr
    assert not target.exists()


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "duckdb"])
def test_what_is_there_is_only_replaced_when_asked_and_whole(
    warehouse: Path, tmp_path: Path, suffix: str
) -> None:
    target = tmp_path / f"there.{suffix}"
    target.write_bytes(b"mine")
    result = _export(warehouse, target)
    assert (result.exit_code, target.read_bytes()) == (2, b"mine")
    assert "--overwrite" in result.stderr
    # A query that fails in its midst leaves what was there.
    failing = "SELECT CASE WHEN range > 90000 THEN error('stop') ELSE 'x' END FROM range(100000)"
    assert _export(warehouse, target, "--sql", failing, "--overwrite").exit_code == 2
    assert target.read_bytes() == b"mine"
    assert _export(warehouse, target, "--overwrite").exit_code == 0
    assert target.read_bytes() != b"mine"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("news.pdf", "ends in .duckdb, .csv or .xlsx"),
        ("mysql://u@h/db", "databases are postgresql://"),
        ("postgresql://u:secret@h/", "DATABASE/TABLE"),
        ("postgresql://u:secret@127.0.0.1:1/db?password=secret", "127.0.0.1"),
    ],
)
def test_what_cannot_be_meant_is_said_without_a_password(
    warehouse: Path, target: str, says: str
) -> None:
    result = _export(warehouse, target)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "secret" not in result.output


def test_queries_only_read(warehouse: Path, tmp_path: Path) -> None:
    query = f"COPY articles TO '{tmp_path / 'x.csv'}'"
    assert _export(warehouse, tmp_path / "a.csv", "--sql", query).exit_code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("module", "target"),
    [("xlsxwriter.workbook", "a.xlsx"), ("adbc_driver_postgresql", "postgresql://u@h/db")],
)
def test_what_is_not_installed_is_named(
    warehouse: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    module: str,
    target: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, module, None)
    result = _export(warehouse, target)
    assert result.exit_code == 2
    assert "pip install 'newsmill[export]'" in result.stderr


def test_targets_are_read_as_they_are_meant() -> None:
    found = parse_target("postgresql://me:p%40ss@host:5433/db/press.articles?sslmode=require")
    assert isinstance(found, DatabaseTarget)
    assert (found.schema, found.table) == ("press", "articles")
    assert found.url == "postgresql://me:p%40ss@host:5433/db?sslmode=require"
    assert "p%40ss" not in str(found)
    assert hide_password("user me, password p@ss", found.url) == "user me, password ***"
    with pytest.raises(ExportError):
        parse_target("postgresql://host/a/b/c")


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    if postgres_program("initdb") is None:
        pytest.skip("PostgreSQL is not installed")
    with postgresql() as url:
        yield url.replace("+asyncpg", "")


def _ask(database: str, query: str) -> list[tuple[Any, ...]]:
    with dbapi.connect(database) as connection, connection.cursor() as cursor:
        cursor.execute(query)
        return [tuple(row) for row in cursor.fetchall()]


def test_a_postgresql_table_holds_what_was_exported(warehouse: Path, database: str) -> None:
    result = _export(warehouse, f"{database}/Odd Names", "--sql", ODD)
    assert result.exit_code == 0, result.output
    (first,) = _ask(database, 'SELECT * FROM "Odd Names" WHERE formula IS NOT NULL')
    assert first[0] == "=1+1"
    assert first[2] == datetime(2024, 3, 5, 21, 45, 10, tzinfo=UTC)
    assert first[3] == date(2024, 3, 5)
    assert Decimal(first[4]) == Decimal("12345678901234567890.123456789012")
    assert (list(first[6]), first[7], first[8], first[9]) == (
        ["a", "b"],
        '{"k": 1}',
        True,
        2**53 + 1,
    )
    kinds = _ask(
        database,
        "SELECT data_type FROM information_schema.columns WHERE table_name = 'Odd Names'"
        " AND column_name IN ('instant', 'exact') ORDER BY column_name",
    )
    assert kinds == [("numeric",), ("timestamp with time zone",)]

    assert _export(warehouse, database).exit_code == 0
    ids = [row["article_id"] for row in _articles(warehouse)]
    assert _ask(database, "SELECT article_id FROM articles ORDER BY 1") == [(each,) for each in ids]


def test_a_table_is_replaced_whole_or_not_at_all(warehouse: Path, database: str) -> None:
    target = f"{database}/replaced"
    assert _export(warehouse, target, "--sql", "SELECT 1 AS a").exit_code == 0
    refused = _export(warehouse, target, "--sql", "SELECT 2 AS a")
    assert refused.exit_code == 2
    assert "--overwrite" in refused.stderr
    failing = (
        "SELECT CASE WHEN range > 90000 THEN error('stop') ELSE 'x' END AS a FROM range(100000)"
    )
    assert _export(warehouse, target, "--sql", failing, "--overwrite").exit_code == 2
    assert _ask(database, "SELECT a FROM replaced") == [(1,)]
    assert _export(warehouse, target, "--sql", "SELECT 3 AS b", "--overwrite").exit_code == 0
    assert _ask(database, "SELECT b FROM replaced") == [(3,)]
