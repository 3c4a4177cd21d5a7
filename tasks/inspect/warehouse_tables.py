"""The warehouse's files as tables of an in-memory DuckDB."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, count
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from schemas.tables import ARTICLES, MONEY, QUARANTINE, STAGED
from tasks.storage.locations import attach_store, is_on_disk
from tasks.storage.warehouse import Warehouse

_CONFIG: dict[str, str | bool | int | float | list[str]] = {"autoinstall_known_extensions": "false"}
# To make a database takes 20 ms. One with a name is all connections' of a process, while there are
# any, and may outlive files that are written again.
_SHARED = ":memory:newsmill"
_SHARED_CONFIG = {**_CONFIG, "enable_external_file_cache": "false"}
_schemas = count(1)


def connect_to_memory() -> duckdb.DuckDBPyConnection:
    """Returns a connection of its own to DuckDB: what is registered with it no other one sees."""
    return duckdb.connect(_SHARED, config=_SHARED_CONFIG)


class Tables:
    """Published tables under their names; `staged` holds the batches asked for.

    Each has a column more, `file_row_number`: the row in its file, from 0. Files of several
    versions may lie together: ask for columns that all of them have.
    """

    def __init__(
        self,
        warehouse: Warehouse,
        batches: Iterable[str],
        published: Iterable[Path] | None = None,
    ) -> None:
        """Opens files.

        Args:
            warehouse: whose.
            batches: batch_ids of staged records.
            published: the files that the published tables are made of; None for all.
        """
        if is_on_disk(warehouse.root):
            self._connection = connect_to_memory()
        else:
            # Views of a store ask the look at it that their database has.
            self._connection = duckdb.connect(config=_CONFIG)
            attach_store(self._connection, warehouse.root)
        schema = f"tables_{next(_schemas)}"
        self._connection.execute(f"CREATE SCHEMA {schema}; USE {schema}; SET TimeZone = 'UTC'")
        tables = (ARTICLES, MONEY, QUARANTINE)
        if published is None:
            published = chain.from_iterable(
                warehouse.partitions(table.name).values() for table in tables
            )
        files = defaultdict(list)
        for path in published:
            files[path.parent.parent.name].append(path)
        for table in tables:
            self._add(table.name, table.schema, files[table.name])
        staged = [warehouse.records / f"{batch_id}.parquet" for batch_id in batches]
        self._add(STAGED.name, STAGED.schema, staged)

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

    def table(self, query: str, **parameters: object) -> pa.Table:
        """Returns the rows of an answer as an Arrow table; parameters as for `rows`."""
        return self._connection.sql(query, params=parameters or None).to_arrow_table()
