"""Staged records: written a batch a file, read back for validating, publishing and explaining."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.tables import STAGED
from tasks.storage import Warehouse, read_metadata, write_table

if TYPE_CHECKING:
    from tasks.normalize.record import Record

# Records a row group: a few MB of text, so that a batch of any size is written with flat memory.
_ROW_GROUP = 256


def write_records(
    warehouse: Warehouse, batch_id: str, records: Iterable["Record"], metadata: dict[str, Any]
) -> int:
    """Writes the records of a batch in place of earlier ones; returns how many."""
    path = warehouse.records / f"{batch_id}.parquet"
    return write_table(path, _tables(records), STAGED.schema, metadata)


def staged_batches(warehouse: Warehouse) -> dict[str, dict[str, Any]]:
    """Returns the metadata of every staged batch by batch_id, sorted."""
    return {path.stem: read_metadata(path) for path in sorted(warehouse.records.glob("*.parquet"))}


def read_records(
    warehouse: Warehouse, batch_id: str, columns: Sequence[str] | None = None
) -> pa.Table:
    """Reads the records of a batch, in the order of its documents."""
    path = warehouse.records / f"{batch_id}.parquet"
    return pq.read_table(path, columns=list(columns) if columns else None, partitioning=None)


def iterate_records(
    warehouse: Warehouse, batch_id: str, columns: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Yields the records of a batch one by one, with flat memory."""
    with pq.ParquetFile(warehouse.records / f"{batch_id}.parquet") as file:
        for rows in file.iter_batches(batch_size=_ROW_GROUP, columns=list(columns)):
            yield from rows.to_pylist()


def remove_batch(warehouse: Warehouse, batch_id: str) -> None:
    """Removes a batch whose files are gone from raw/, records and verdict."""
    for folder in (warehouse.verdicts, warehouse.records):
        Path(folder / f"{batch_id}.parquet").unlink(missing_ok=True)


def as_table(records: Iterable["Record"]) -> pa.Table:
    """Returns records as rows of staged/."""
    return pa.Table.from_pylist([asdict(record) for record in records], schema=STAGED.schema)


def _tables(records: Iterable["Record"]) -> Iterator[pa.Table]:
    iterator = iter(records)
    while rows := list(islice(iterator, _ROW_GROUP)):
        yield as_table(rows)
