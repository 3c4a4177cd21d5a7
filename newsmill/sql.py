"""`newsmill sql`: DuckDB over the published dataset."""

from pathlib import Path

import click

from newsmill.options import existing_warehouse, warehouse_option

_VIEWS = {
    "articles": "articles/*/*.parquet",
    "money": "money/*/*.parquet",
    "quarantine": "quarantine/*/*.parquet",
    "runs": "runs/*.parquet",
    "staged": "staged/records/*.parquet",
}


@click.command()
@click.argument("query")
@warehouse_option
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV instead of a table.")
def sql(query: str, warehouse: Path, as_csv: bool) -> None:
    r"""Answer QUERY over the tables articles, money, quarantine, runs and staged.

    \b
    newsmill sql "SELECT outlet_name, count(*) FROM articles GROUP BY 1 ORDER BY 2 DESC"
    """
    import duckdb

    from tasks.storage.places import attach_store, list_files

    root = existing_warehouse(warehouse)
    connection = duckdb.connect()
    attach_store(connection, root)
    # Instants are UTC everywhere; DuckDB would print them in the machine's zone.
    connection.execute("SET TimeZone = 'UTC'")
    for name, pattern in _VIEWS.items():
        if list_files(root, pattern):
            path = (root / pattern).as_posix().replace("'", "''")
            connection.execute(
                f"CREATE VIEW {name} AS "  # noqa: S608 - the names are ours
                # Files of runs before a new column lack it.
                f"SELECT * FROM read_parquet('{path}', hive_partitioning = true, "
                "union_by_name = true)"
            )
    try:
        answer = connection.sql(query)
        if answer is None:
            return
        if as_csv:
            click.echo(answer.df().to_csv(index=False), nl=False)
        else:
            answer.show(max_width=200, max_rows=200)
    except duckdb.Error as error:
        raise click.UsageError(str(error)) from error
