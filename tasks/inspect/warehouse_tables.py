"""The warehouse's files as tables of an in-memory DuckDB."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from schemas.tables import ARTICLES, MONEY, QUARANTINE, STAGED
from tasks.storage.locations import attach_store, list_files
from tasks.storage.warehouse import Warehouse
from tasks.validate.verdicts import VERDICT_SCHEMA


class Tables:
    """Published tables under their names, and `verdicts`; `staged` holds the batches asked for.

    Each has a column more, `file_row_number`: the row in its file, from 0. Files of several
    versions may lie together: ask for columns that all of them have.
    """

    def __init__(self, warehouse: Warehouse, batches: Sequence[str]) -> None:
        self._connection = duckdb.connect(config={"autoinstall_known_extensions": "false"})
        self._connection.execute("SET TimeZone = 'UTC'")
        attach_store(self._connection, warehouse.root)
        for table in (ARTICLES, MONEY, QUARANTINE):
            self._add(table.name, table.schema, list(warehouse.partitions(table.name).values()))
        there = set(list_files(warehouse.records, "*.parquet"))
        staged = [warehouse.records / f"{batch_id}.parquet" for batch_id in batches]
        self._add(STAGED.name, STAGED.schema, [path for path in staged if path in there])
        self._add("verdicts", VERDICT_SCHEMA, list_files(warehouse.verdicts, "*.parquet"))

    def _add(self, name: str, schema: pa.Schema, files: Sequence[Path]) -> None:
        if files:
            names = [path.as_posix() for path in files]
            relation = self._connection.read_parquet(
                names, hive_partitioning=False, file_row_number=True
            )
            relation.create_view(name)
        else:
            empty = schema.append(pa.field("file_row_number", pa.int64()))
            self._connection.register(name, empty.empty_table())

    def rows(self, query: str, **parameters: object) -> list[tuple[Any, ...]]:
        """Returns the rows of an answer; `$name` in the query stands for a parameter."""
        answer = self._connection.execute(query, parameters or None)
        rows: list[tuple[Any, ...]] = answer.fetchall()
        return rows
