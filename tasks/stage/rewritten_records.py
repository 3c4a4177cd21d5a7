"""Writing the records of a batch again with others in the place of some."""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from tasks.stage.erased_records import LEFT_COLUMNS
from tasks.storage.parquet import open_parquet
from tasks.storage.records import ROW_GROUP
from tasks.storage.warehouse import parse_metadata, write_table

# What stands for a record, given its number, what is left of it and its cost; None for nothing.
Replacement = Callable[[int, dict[str, Any], float], dict[str, Any] | None]


def rewrite_records(
    path: Path,
    replacement: Replacement,
    numbers: Collection[int],
    gone: Collection[str] | None = None,
) -> None:
    """Writes the records of a batch again, in the columns of the version that it has.

    Args:
        path: of the batch's records.
        replacement: what stands for a record, given what is left of it and its cost; None for
            nothing.
        numbers: of the records that are replaced, from 0.
        gone: raw files that the batch is no longer made of; None where raw/ is as it was.
    """
    with open_parquet(path) as file:
        schema = file.schema_arrow.remove_metadata()
        footer = parse_metadata(file.metadata.metadata)
        footer.pop("seal", None)
        if gone is not None:
            files = (name for name in footer.get("files", ()) if name not in gone)
            footer |= {"files": list(files), "listing_digest": ""}

        def tables() -> Iterator[pa.Table]:
            first = 0
            for batch in file.iter_batches(batch_size=ROW_GROUP):
                yield _replaced(pa.Table.from_batches([batch]), first, numbers, replacement, schema)
                first += batch.num_rows

        write_table(path, tables(), schema, footer, seal="record_digest")


def _replaced(
    rows: pa.Table,
    first: int,
    numbers: Collection[int],
    replacement: Replacement,
    schema: pa.Schema,
) -> pa.Table:
    here = sorted(number - first for number in numbers if 0 <= number - first < rows.num_rows)
    parts, begin = [], 0
    for number in here:
        parts.append(rows.slice(begin, number - begin))
        begin = number + 1
        row = rows.slice(number, 1)
        left = row.select(LEFT_COLUMNS).to_pylist()[0]
        stands = replacement(first + number, left, row["seconds"][0].as_py())
        if stands is not None:
            columns = [pa.array([stands[field.name]], field.type) for field in schema]
            parts.append(pa.table(columns, schema=schema))
    parts.append(rows.slice(begin))
    return pa.concat_tables(parts).cast(schema)
