"""Records as rows of staged/.

A record that no file can hold is a fault of newsmill: it costs itself, not the batch.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import pyarrow as pa

from schemas.reasons import Reason
from schemas.rows import table_of
from schemas.tables import STAGED
from tasks.normalize.record import Record, as_row, record_refusal, seal_record
from tasks.read.document import Origin, Refusal
from tasks.storage.records import ROW_GROUP, write_staged
from tasks.storage.warehouse import Footer, Warehouse

# What Arrow and Python raise for a value that a column does not hold.
_UNWRITABLE = (pa.ArrowException, ArithmeticError, LookupError, TypeError, ValueError)

# Records that become rows together, a part of a row group: as objects they take twice the memory.
_AT_ONCE = 64


def write_records(
    warehouse: Warehouse, batch_id: str, records: Iterable[Record], metadata: Footer
) -> int:
    """Writes the records of a batch in place of earlier ones; returns how many."""
    return write_staged(warehouse, batch_id, _tables(records), metadata)


def as_table(records: Sequence[Record]) -> pa.Table:
    """Returns records as a table with the columns of staged/."""
    try:
        return _write_rows(records)
    except _UNWRITABLE:
        return _write_rows([_writable(record) for record in records])


def _write_rows(records: Iterable[Record]) -> pa.Table:
    return table_of([as_row(record) for record in records], STAGED.schema)


def _writable(record: Record) -> Record:
    """Returns a record, or what quarantine says of one that cannot be written."""
    try:
        _write_rows([record])
    except _UNWRITABLE as error:
        origin = Origin(
            raw_path=record.raw_path,
            raw_offset=record.raw_offset,
            raw_digest=record.raw_digest,
            landing_date=record.landing_date,
        )
        detail = f"{record.raw_path} cannot be staged: {error}"
        refusal = Refusal(origin=origin, reason=Reason.INTERNAL_ERROR, detail=detail)
        return seal_record(
            record_refusal(refusal),
            batch_id=record.batch_id,
            pipeline_version=record.pipeline_version,
            reference_version=record.reference_version,
            seconds=record.seconds,
        )
    return record


def _tables(records: Iterable[Record]) -> Iterator[pa.Table]:
    """Yields row groups. Records become parts of one as they come, and are not kept until then."""
    iterator = iter(records)
    parts: list[pa.Table] = []
    while some := list(islice(iterator, _AT_ONCE)):
        parts.append(as_table(some))
        del some
        if len(parts) * _AT_ONCE == ROW_GROUP:
            yield pa.concat_tables(parts)
            parts.clear()
    if parts:
        yield pa.concat_tables(parts)
