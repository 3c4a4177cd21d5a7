"""`newsmill sql`: DuckDB over the published dataset."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsmill.options import existing_warehouse, warehouse_option
from newsmill.terminal import echo

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

    from schemas.tables import Table

VIEWS = {
    "articles": "articles/*/*.parquet",
    "money": "money/*/*.parquet",
    "quarantine": "quarantine/*/*.parquet",
    "outlets": "outlets/*.parquet",
    "runs": "runs/*.parquet",
    "staged": "staged/records/*.parquet",
}
# MULTI is what DuckDB makes of PIVOT; PRAGMA and CALL show what there is.
_READING = frozenset({"SELECT", "MULTI", "PRAGMA", "CALL"})
_EXPLAIN = re.compile(r"\s*EXPLAIN\s+(?:ANALYZE\s+)?", re.IGNORECASE)

# The sign before the example keeps its lines as they are.
_HELP = """Answer QUERY over the tables articles, money, quarantine, outlets, runs and staged.

QUERY only reads the warehouse: nothing is written, and no other file is opened.

\b
newsmill sql "SELECT language, count(*) FROM articles GROUP BY 1"
"""


@click.command(help=_HELP)
@click.argument("query")
@warehouse_option
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV instead of a table.")
@click.option(
    "--guard-formulas",
    is_flag=True,
    help="In CSV, put ' before texts that a spreadsheet would take for a formula.",
)
@click.option(
    "--unsafe",
    is_flag=True,
    help="Let QUERY write files, read other files, attach databases and load extensions.",
)
def sql(query: str, warehouse: Path, as_csv: bool, guard_formulas: bool, unsafe: bool) -> None:
    """Answers a query; see `_HELP`."""
    import duckdb

    root = existing_warehouse(warehouse)
    connection = duckdb.connect()
    try:
        open_views(connection, root, is_locked=not unsafe)
        if not unsafe:
            refuse_writing(connection, query)
        answer = connection.sql(query)
        if answer is not None:
            _print_answer(answer, as_csv=as_csv, guard_formulas=guard_formulas)
    except duckdb.Error as error:
        raise click.UsageError(str(error)) from error


def open_views(connection: "DuckDBPyConnection", root: Path, *, is_locked: bool) -> None:
    """Makes a view of each table; then, where locked, only their files can be opened.

    A table that has no file yet has its columns and no rows.
    """
    from schemas.tables import PUBLISHED, STAGED
    from tasks.storage.locations import attach_store, list_files

    attach_store(connection, root)
    # Instants are UTC everywhere; DuckDB would print them in the machine's zone.
    connection.execute("SET TimeZone = 'UTC'")
    files = {name: _literal(list_files(root, pattern)) for name, pattern in VIEWS.items()}
    if is_locked:
        paths = ", ".join(filter(None, files.values()))
        connection.execute(f"SET allowed_paths = [{paths}]")
        connection.execute("SET enable_external_access = false")
    tables = {table.name: table for table in (*PUBLISHED, STAGED)}
    for name, paths in files.items():
        if not paths:
            _add_empty(connection, tables[name])
        else:
            connection.execute(
                f"CREATE VIEW {name} AS "  # noqa: S608 - the names are ours
                # Files of runs before a new column lack it.
                f"SELECT * FROM read_parquet([{paths}], hive_partitioning = true, "
                "union_by_name = true)"
            )
    if is_locked:
        connection.execute("SET lock_configuration = true")


def _add_empty(connection: "DuckDBPyConnection", table: "Table") -> None:
    import pyarrow as pa

    schema = table.schema
    if table.partition:
        schema = schema.append(pa.field(table.partition[0], pa.string()))
    connection.register(table.name, schema.empty_table())


def _literal(paths: Sequence[Path]) -> str:
    return ", ".join("'" + path.as_posix().replace("'", "''") + "'" for path in paths)


def refuse_writing(connection: "DuckDBPyConnection", query: str) -> None:
    """Refuses all that is no reading: the files of the views could be written over.

    Raises:
        click.UsageError: a statement does something else.
    """
    for statement in connection.extract_statements(query):
        kind = statement.type.name
        if kind == "EXPLAIN":
            # EXPLAIN ANALYZE runs what it explains.
            refuse_writing(connection, _EXPLAIN.sub("", statement.query, count=1))
        elif kind not in _READING:
            raise click.UsageError(
                f"{kind} is refused: queries only read the warehouse; --unsafe allows the rest"
            )


def _print_answer(answer: "DuckDBPyRelation", *, as_csv: bool, guard_formulas: bool) -> None:
    if as_csv:
        frame = answer.df()
        if guard_formulas:
            frame = frame.map(_guard)
        echo(frame.to_csv(index=False, lineterminator="\n"), nl=False)
    else:
        from contextlib import redirect_stdout
        from io import StringIO

        shown = StringIO()
        with redirect_stdout(shown):
            answer.show(max_width=_width(), max_rows=200)
        echo(shown.getvalue(), nl=False)


def _guard(value: object) -> object:
    from tasks.inspect.exporting.plain_values import looks_like_formula

    is_formula = isinstance(value, str) and looks_like_formula(value)
    return f"'{value}" if is_formula else value


def _width() -> int:
    """Returns how wide a table may be: as the terminal is; in a file, wide enough for most."""
    import shutil
    import sys

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 200
