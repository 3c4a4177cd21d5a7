"""Comparing two states of a warehouse, row by row and column by column, in DuckDB.

Only partitions whose file differs are read: their keys all together, their columns a pair of files
at a time, the one that a row was in and the one that it is in. So memory is bounded by the largest
partition, and what the keys need beyond a gigabyte goes to disk.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from schemas.tables import ARTICLES, MONEY, QUARANTINE
from tasks.inspect.changes.changed import DatasetChanges, WarehouseChanges
from tasks.inspect.changes.changed_columns import Tally, compare_columns
from tasks.inspect.changes.changed_files import Files, find_differing
from tasks.inspect.changes.changed_rows import (
    ARTICLE_ROWS,
    MONEY_ROWS,
    QUARANTINE_ROWS,
    Rows,
    count_added,
    count_gone,
    count_renamed,
    group_by_reason,
    group_moved,
    index_rows,
    shared_partitions,
)
from tasks.storage.warehouse import Warehouse

if TYPE_CHECKING:
    # Prefect keeps functions beyond the interpreter's end; DuckDB complains of types that it keeps.
    from duckdb import DuckDBPyConnection

_MEMORY = "1GB"


def compare_warehouses(before: Warehouse, after: Warehouse, scratch: Path) -> WarehouseChanges:
    """Finds how the published rows differ between two states of a warehouse.

    Args:
        before: one state.
        after: the other.
        scratch: a folder on disk for what does not fit into memory.

    Raises:
        duckdb.Error: a file cannot be read.
    """
    files = {
        **find_differing(before, after, (ARTICLES.name, MONEY.name)),
        **find_differing(before, after, (QUARANTINE.name,)),
    }
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET memory_limit = ?", [_MEMORY])
        connection.execute("SET temp_directory = ?", [scratch.as_posix()])
        index_rows(connection, files)
        return WarehouseChanges(
            datasets=tuple(
                _compare_rows(connection, rows, files[rows.dataset])
                for rows in (ARTICLE_ROWS, MONEY_ROWS, QUARANTINE_ROWS)
            ),
            to_quarantine=group_by_reason(connection, "new"),
            from_quarantine=group_by_reason(connection, "old"),
            renamed=count_renamed(connection),
        )


def _compare_rows(connection: "DuckDBPyConnection", rows: Rows, files: Files) -> DatasetChanges:
    tally = Tally()
    shared = shared_partitions(connection, rows.dataset)
    for old, new in shared:
        compare_columns(
            connection,
            tally,
            rows.scan(files.old[old]),
            rows.scan(files.new[new]),
            rows.on,
            rows.key,
        )
    return DatasetChanges(
        dataset=rows.dataset,
        rows_before=files.rows_before,
        rows_after=files.rows_after,
        partitions_changed=files.changed,
        partitions_same=files.same,
        added=count_added(connection, rows.dataset),
        gone=count_gone(connection, rows.dataset),
        moved=group_moved(connection, rows.dataset),
        changed=tally.changed,
        versions_only=tally.versions_only,
        columns=tally.column_changes(),
        new_columns=tuple(sorted(tally.new_columns)),
        lost_columns=tuple(sorted(tally.lost_columns)),
    )
