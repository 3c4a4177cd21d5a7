"""`newsmill sql` reads the warehouse, and nothing else, and writes nothing."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsmill.sql import sql
from tests.conftest import PROJECT
from tests.warehouses import make_warehouse


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # Brackets in a path are no pattern.
    root = tmp_path_factory.mktemp("sql") / "town[1]"
    make_warehouse(PROJECT / "raw" / "text-dumps", root)
    return root


def _query(warehouse: Path, query: str, *options: str) -> Result:
    return CliRunner().invoke(sql, [query, "--warehouse", str(warehouse), *options])


def _refused(result: Result) -> bool:
    return result.exit_code == 2 and "Error" in result.stderr


@pytest.mark.parametrize(
    "query",
    [
        "SELECT count(*) FROM articles",
        "FROM quarantine LIMIT 1",
        "PIVOT articles ON language USING count(*)",
        "EXPLAIN ANALYZE SELECT title FROM articles",
        "SHOW TABLES",
        "DESCRIBE money",
    ],
)
def test_reading_is_allowed(warehouse: Path, query: str) -> None:
    assert _query(warehouse, query).exit_code == 0


@pytest.mark.parametrize(
    "query",
    [
        "COPY (SELECT 1 AS x) TO '{part}' (FORMAT parquet)",
        "EXPLAIN ANALYZE COPY (SELECT 1 AS x) TO '{part}' (FORMAT parquet)",
        "explain /* */ analyze COPY (SELECT 1 AS x) TO '{part}' (FORMAT parquet)",
        "SELECT 1; COPY (SELECT 1 AS x) TO '{part}' (FORMAT parquet)",
        "EXPORT DATABASE '{folder}/export'",
        "ATTACH '{folder}/other.db'",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM glob('/etc/*')",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET lock_configuration = false",
        "CREATE TABLE copied AS FROM articles",
    ],
)
def test_all_else_is_refused(warehouse: Path, tmp_path: Path, query: str) -> None:
    (part, *_) = sorted(warehouse.glob("articles/*/*.parquet"))
    before = part.read_bytes()
    result = _query(warehouse, query.format(part=part, folder=tmp_path))
    assert _refused(result), result.output
    assert part.read_bytes() == before
    assert list(tmp_path.iterdir()) == []


def test_unsafe_allows_the_rest(warehouse: Path, tmp_path: Path) -> None:
    target = tmp_path / "articles.csv"
    assert _query(warehouse, f"COPY articles TO '{target}'", "--unsafe").exit_code == 0
    assert target.exists()


def test_csv_guards_formulas_where_asked(warehouse: Path) -> None:
    query = "SELECT '=1+1' AS a, '-2' AS b, 'x' AS c, -3 AS d"
    assert _query(warehouse, query, "--csv").stdout == "a,b,c,d\n=1+1,-2,x,-3\n"
    guarded = _query(warehouse, query, "--csv", "--guard-formulas").stdout
    assert guarded == "a,b,c,d\n'=1+1,'-2,x,-3\n"
