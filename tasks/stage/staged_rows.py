"""Records as rows of staged/."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pyarrow as pa

from schemas.rows import table_of
from schemas.tables import STAGED
from tasks.normalize.record import Record, as_row
from tasks.storage.records import ROW_GROUP, write_staged
from tasks.storage.warehouse import Warehouse


def write_records(
    warehouse: Warehouse, batch_id: str, records: Iterable[Record], metadata: dict[str, Any]
) -> int:
    """Writes the records of a batch in place of earlier ones; returns how many."""
    return write_staged(warehouse, batch_id, _tables(records), metadata)


def as_table(records: Iterable[Record]) -> pa.Table:
    """Returns records as a table with the columns of staged/."""
    return table_of([as_row(record) for record in records], STAGED.schema)


def _tables(records: Iterable[Record]) -> Iterator[pa.Table]:
    iterator = iter(records)
    while rows := list(islice(iterator, ROW_GROUP)):
        yield as_table(rows)
