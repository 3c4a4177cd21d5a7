"""Staged records: one file per batch, read back for validating, publishing and explaining."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.tables import STAGED
from tasks.storage.caches import FileMemo, staged_footers
from tasks.storage.locations import list_files
from tasks.storage.parquet import check_row_count, open_parquet
from tasks.storage.schema_versions import (
    describe_older,
    describe_version,
    file_version,
    refuse_newer,
)
from tasks.storage.staged_view import StagedView
from tasks.storage.warehouse import (
    Footer,
    Warehouse,
    given,
    parse_metadata,
    remove_file,
    write_table,
)

# Records per row group: some 5 MB with what extraction found, which a run holds beside workers.
# Smaller groups make larger footers, and every run reads the footer of every batch.
ROW_GROUP = 256


def write_staged(
    warehouse: Warehouse, batch_id: str, tables: Iterable[pa.Table], metadata: Footer
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

    def footer() -> dict[str, Any]:
        return given(metadata) | describe_version(STAGED)

    return write_table(path, tables, STAGED.schema, footer, seal="record_digest")


def staged_batches(
    warehouse: Warehouse, seen: StagedView | None = None
) -> dict[str, dict[str, Any]]:
    """Returns the metadata of every staged batch by batch_id, sorted.

    Args:
        warehouse: where they are.
        seen: what was seen of staged/ before; None to look now.

    Raises:
        SchemaVersionError: a newer newsmill staged one of them.
    """
    seen = seen or StagedView(warehouse)
    batches = {batch_id: seen.footer(batch_id) for batch_id in seen.records}
    for batch_id, footer in batches.items():
        if file_version(footer) > STAGED.version:
            refuse_newer(warehouse.records / f"{batch_id}.parquet", STAGED, footer)
    return batches


def staged_states(
    warehouse: Warehouse, batch_ids: Iterable[str], footers: FileMemo | None = None
) -> dict[str, str]:
    """Returns the state (`state_of`) of those of some batches that are staged.

    Args:
        warehouse: where they are.
        batch_ids: the batches.
        footers: of staged records, where several calls follow each other; None to look now.

    Raises:
        SchemaVersionError: a newer newsmill staged one of them.
    """
    footers = footers or staged_footers(warehouse)
    states = {}
    for batch_id in batch_ids:
        path = warehouse.records / f"{batch_id}.parquet"
        with suppress(FileNotFoundError):
            footer = footers[path]["footer"]
            refuse_newer(path, STAGED, footer)
            states[batch_id] = state_of(footer)
    return states


def count_records(warehouse: Warehouse, seen: StagedView | None = None) -> int:
    """Counts the staged records; `seen` as for `staged_batches`."""
    seen = seen or StagedView(warehouse)
    return sum(map(seen.rows, seen.records))


def count_records_of_others(
    warehouse: Warehouse, reference_version: str, seen: StagedView | None = None
) -> int:
    """Counts the staged records that were made with other outlets or rates than these.

    Args:
        warehouse: where they are.
        reference_version: of these.
        seen: as for `staged_batches`.
    """
    seen = seen or StagedView(warehouse)
    return sum(
        seen.rows(batch_id)
        for batch_id in seen.records
        if seen.footer(batch_id)["reference_version"] != reference_version
    )


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


def state_of(footer: Mapping[str, Any]) -> str:
    """Names the state of a batch's records, by the footer of their file: what a verdict speaks of.

    The state says what they were made from and with. The seal says that they came out the same,
    which they do not where a page exceeded its deadline on a busy day.
    """
    return f"{footer['state']} {footer.get('seal', '')}"


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
        check_row_count(path, rows.num_rows, file.metadata)
        return _as_declared(rows, columns or STAGED.names, path, _footer(file))


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
        footer = _footer(file)
        count = 0
        for batch in file.iter_batches(batch_size=ROW_GROUP, columns=list(columns)):
            count += batch.num_rows
            yield _as_declared(pa.Table.from_batches([batch]), columns, path, footer)
        check_row_count(path, count, file.metadata)


def remove_batch(warehouse: Warehouse, batch_id: str) -> None:
    """Removes a batch whose files are gone from raw/, records and verdict."""
    for folder in (warehouse.verdicts, warehouse.records):
        remove_file(folder / f"{batch_id}.parquet")


def _footer(file: pq.ParquetFile) -> dict[str, Any]:
    return parse_metadata(file.metadata.metadata)


def _as_declared(
    rows: pa.Table, names: Sequence[str], path: Path, footer: Mapping[str, Any]
) -> pa.Table:
    """Returns the columns asked for as they are declared today, whatever version they have."""
    refuse_newer(path, STAGED, footer)
    if file_version(footer) == STAGED.version:
        return rows.select(names)
    if file_version(footer) < STAGED.reads_from:
        raise describe_older(path, STAGED, footer)
    schema = STAGED.schema
    fields = [schema.field(name) for name in names]
    columns = [_column(rows, field, path, footer) for field in fields]
    return pa.table(columns, schema=pa.schema(fields))


def _column(
    rows: pa.Table, field: pa.Field, path: Path, footer: Mapping[str, Any]
) -> pa.ChunkedArray | pa.Array:
    if field.name in rows.column_names:
        try:
            return rows[field.name].cast(field.type)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            lack = f"its {field.name} is no {field.type}"
            raise describe_older(path, STAGED, footer, lack) from error
    if not field.nullable:
        raise describe_older(path, STAGED, footer, f"it has no {field.name}")
    return pa.nulls(rows.num_rows, field.type)
