"""Staged records: one file per batch, read back for validating, publishing and explaining."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.tables import STAGED
from tasks.storage.caches import staged_footers
from tasks.storage.parquet import open_parquet
from tasks.storage.places import list_files
from tasks.storage.schema_versions import (
    describe_older,
    describe_version,
    file_version,
    refuse_newer,
)
from tasks.storage.warehouse import (
    Facts,
    Warehouse,
    given,
    parse_metadata,
    remove_file,
    write_table,
)

# Records per row group: some 20 MB with what extraction found, so that memory stays flat for any
# batch. Smaller groups make larger footers, and every run reads the footer of every batch.
ROW_GROUP = 1024


def write_staged(
    warehouse: Warehouse, batch_id: str, tables: Iterable[pa.Table], metadata: Facts
) -> int:
    """Writes the records of a batch in place of earlier ones; returns how many.

    Args:
        warehouse: where.
        batch_id: of the batch; it names the file.
        tables: the records in the order of their documents, `ROW_GROUP` rows at a time, with the
            columns of `schemas.tables.STAGED`.
        metadata: what the file's footer says of them; see `write_table`.
    """
    path = warehouse.records / f"{batch_id}.parquet"

    def facts() -> dict[str, Any]:
        return given(metadata) | describe_version(STAGED)

    return write_table(path, tables, STAGED.schema, facts, seal="record_digest")


def staged_batches(warehouse: Warehouse) -> dict[str, dict[str, Any]]:
    """Returns the metadata of every staged batch by batch_id, sorted.

    Raises:
        SchemaVersionError: a newer newsmill staged one of them.
    """
    batches = {}
    footers = staged_footers(warehouse)
    for path in list_files(warehouse.records, "*.parquet"):
        batches[path.stem] = footers[path]["facts"]
        refuse_newer(path, STAGED, batches[path.stem])
    return batches


class RecordsGoneError(Exception):
    """Staged batches went away while a run was at work; the message says how many."""


def check_staged(warehouse: Warehouse, expected: int) -> None:
    """Sees to it that all batches are there, before what is published is made of them.

    Raises:
        RecordsGoneError: some are not.
    """
    found = len(list_files(warehouse.records, "*.parquet"))
    if found < expected:
        raise RecordsGoneError(
            f"{expected - found} of {expected} batches are gone from {warehouse.records}: "
            "something removed them while the run was at work. Nothing was published"
        )


def state_of(facts: Mapping[str, Any]) -> str:
    """Names the state of a batch's records, by the facts of their file: what a verdict speaks of.

    The stamp says what they were made from and with. The seal says that they came out the same,
    which they do not where a page exceeded its deadline on a busy day.
    """
    return f"{facts['stamp']} {facts.get('seal', '')}"


def read_records(
    warehouse: Warehouse, batch_id: str, columns: Sequence[str] | None = None
) -> pa.Table:
    """Reads the records of a batch, in the order of its documents.

    Raises:
        SchemaVersionError: the batch was staged with other columns and only raw/ can tell more.
    """
    path = warehouse.records / f"{batch_id}.parquet"
    with open_parquet(path) as file:
        rows = file.read(columns=list(columns) if columns else None)
        return _as_declared(rows, columns or STAGED.names, path, _facts(file))


def iterate_records(
    warehouse: Warehouse, batch_id: str, columns: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Yields the records of a batch one by one, with flat memory.

    Raises:
        SchemaVersionError: the batch was staged with other columns and only raw/ can tell more.
    """
    for rows in iterate_tables(warehouse, batch_id, columns):
        yield from rows.to_pylist()


def iterate_tables(
    warehouse: Warehouse, batch_id: str, columns: Sequence[str]
) -> Iterator[pa.Table]:
    """Yields the records of a batch some at a time, in their order, with flat memory.

    Raises:
        SchemaVersionError: the batch was staged with other columns and only raw/ can tell more.
    """
    path = warehouse.records / f"{batch_id}.parquet"
    with open_parquet(path) as file:
        facts = _facts(file)
        for batch in file.iter_batches(batch_size=ROW_GROUP, columns=list(columns)):
            yield _as_declared(pa.Table.from_batches([batch]), columns, path, facts)


def remove_batch(warehouse: Warehouse, batch_id: str) -> None:
    """Removes a batch whose files are gone from raw/, records and verdict."""
    for folder in (warehouse.verdicts, warehouse.records):
        remove_file(folder / f"{batch_id}.parquet")


def _facts(file: pq.ParquetFile) -> dict[str, Any]:
    return parse_metadata(file.metadata.metadata)


def _as_declared(
    rows: pa.Table, names: Sequence[str], path: Path, facts: Mapping[str, Any]
) -> pa.Table:
    """Returns the columns asked for as they are declared today, whatever version they have."""
    refuse_newer(path, STAGED, facts)
    if file_version(facts) == STAGED.version:
        return rows.select(names)
    if file_version(facts) < STAGED.reads_from:
        raise describe_older(path, STAGED, facts)
    schema = STAGED.schema
    fields = [schema.field(name) for name in names]
    columns = [_column(rows, field, path, facts) for field in fields]
    return pa.table(columns, schema=pa.schema(fields))


def _column(
    rows: pa.Table, field: pa.Field, path: Path, facts: Mapping[str, Any]
) -> pa.ChunkedArray | pa.Array:
    if field.name in rows.column_names:
        try:
            return rows[field.name].cast(field.type)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            lack = f"its {field.name} is no {field.type}"
            raise describe_older(path, STAGED, facts, lack) from error
    if not field.nullable:
        raise describe_older(path, STAGED, facts, f"it has no {field.name}")
    return pa.nulls(rows.num_rows, field.type)
