"""`newsmill export`: a dataset or an answer, as a file or a database table of another tool."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsmill.options import existing_warehouse, warehouse_option
from newsmill.sql import VIEWS, open_views, refuse_writing
from newsmill.terminal import echo

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation

    from tasks.inspect.exporting.export_targets import DatabaseTarget, FileTarget

_BATCH_ROWS = 10_000
_OF_QUERY = "query"


@click.command()
@click.argument("dataset", type=click.Choice(list(VIEWS)), default="articles")
@click.option(
    "--to",
    "target",
    required=True,
    metavar="FILE|URL",
    help="FILE.duckdb, FILE.csv, FILE.xlsx, or postgresql://USER@HOST/DATABASE[/TABLE].",
)
@click.option("--sql", "query", metavar="SELECT", help="The answer to a query, not a dataset.")
@click.option("--overwrite", is_flag=True, help="Replace the file or the table that is there.")
@click.option(
    "--guard-formulas/--no-guard-formulas",
    default=True,
    help="In CSV, put ' before texts that a spreadsheet would take for a formula.",
)
@warehouse_option
def export(
    dataset: str,
    target: str,
    query: str | None,
    overwrite: bool,
    guard_formulas: bool,
    warehouse: Path,
) -> None:
    """Write DATASET (articles), or the answer to a query, for another tool.

    A file appears whole or not at all, and a table in one transaction. Give a password in
    PGPASSWORD or ~/.pgpass, which no list of processes shows. docs/analysts.md says what becomes of
    each type.
    """
    import duckdb

    from tasks.inspect.exporting.export_targets import ExportError, parse_target

    root = existing_warehouse(warehouse)
    connection = duckdb.connect()
    try:
        place = parse_target(target)
        open_views(connection, root, is_locked=True)
        if query is not None:
            refuse_writing(connection, query)
        answer = connection.sql(query or f"FROM {dataset}")
        if answer is None:
            raise click.UsageError("the query has no answer")
        name = _OF_QUERY if query else dataset
        for line in _write(answer, place, name, query, overwrite, guard_formulas):
            echo(line)
    except (duckdb.Error, ExportError) as error:
        raise click.UsageError(str(error)) from error


def _write(
    answer: "DuckDBPyRelation",
    target: "FileTarget | DatabaseTarget",
    name: str,
    query: str | None,
    overwrite: bool,
    guard_formulas: bool,
) -> Sequence[str]:
    """Writes an answer; returns what to say of it, a line each."""
    from tasks.inspect.exporting.database import write_table_to
    from tasks.inspect.exporting.export_targets import DatabaseTarget, ExportError, ExportForm
    from tasks.inspect.exporting.files import write_csv, write_duckdb
    from tasks.inspect.exporting.workbook import MAX_ROWS, write_workbook
    from tasks.storage.warehouse import replaced

    rows = int(answer.count("*").fetchall()[0][0])
    if isinstance(target, DatabaseTarget):
        reader = answer.to_arrow_reader(_BATCH_ROWS)
        write_table_to(target, reader, name, overwrite=overwrite)
        return [f"{rows:,} rows in {target}, table {target.table or name}"]
    if target.path.exists() and not overwrite:
        raise ExportError(f"{target.path} is there; --overwrite replaces it")
    if target.form is ExportForm.XLSX and rows > MAX_ROWS:
        raise ExportError(
            f"{rows:,} rows; a sheet of Excel takes {MAX_ROWS:,}. Take fewer with --sql, or a .csv "
            "or .duckdb"
        )
    reader = answer.to_arrow_reader(_BATCH_ROWS)
    with replaced(target.path) as temporary:
        match target.form:
            case ExportForm.DUCKDB:
                notes = write_duckdb(reader, temporary, name)
            case ExportForm.CSV:
                notes = write_csv(reader, temporary, guard_formulas=guard_formulas)
            case _:
                about = [
                    ("data", query or name),
                    ("rows", f"{rows:,}"),
                    ("time zone", "columns named (UTC) are in UTC"),
                ]
                notes = write_workbook(reader, temporary, name, about)
    return [f"{rows:,} rows in {target.path}", *notes]
