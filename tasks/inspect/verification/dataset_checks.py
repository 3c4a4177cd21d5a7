"""The datasets of a warehouse as wholes: those without rows, and outlets/."""

from collections.abc import Iterator

import pyarrow.parquet as pq

from schemas.settings import Settings
from schemas.tables import OUTLETS, PARTITIONED
from tasks.inspect.verification.faults import Fault, FaultCode, relative_path
from tasks.inspect.verification.file_checks import Part, read_file
from tasks.publish.datapackage import DATAPACKAGE_NAME
from tasks.publish.select import partition_key
from tasks.storage.warehouse import Warehouse, read_metadata


def check_empty_parts(warehouse: Warehouse, settings: Settings) -> Iterator[Fault]:
    """Yields what is wrong with the files without rows, which datasets without rows have."""
    for table in PARTITIONED:
        path = warehouse.empty_part(table.name, partition_key(table.name, settings))
        is_empty = not warehouse.partitions(table.name)
        name = relative_path(warehouse.root, path)
        if not path.exists():
            if is_empty and (warehouse.root / DATAPACKAGE_NAME).exists():
                expected = "a file without rows, as the dataset has none (the next run writes it)"
                yield Fault(
                    code=FaultCode.FILE_MISSING, path=name, found="no file", expected=expected
                )
            continue
        rows = read_file(warehouse, path, (table.schema,), pq.ParquetFile.read)
        if isinstance(rows, Fault):
            yield rows
        elif rows.num_rows or not is_empty:
            yield Fault(
                code=FaultCode.PARTITION_UNSELECTED,
                path=name,
                found=f"{rows.num_rows} rows" if rows.num_rows else "a file without rows",
                expected="no rows in it" if rows.num_rows else "none beside partitions",
            )


def read_outlets(warehouse: Warehouse) -> Part | Fault | None:
    """Reads the file of outlets/, or says why it cannot; None where nothing is published yet."""
    path = warehouse.outlets
    name = relative_path(warehouse.root, path)
    if not path.exists():
        if not (warehouse.root / DATAPACKAGE_NAME).exists():
            return None
        expected = "the outlets that articles name (the next run writes it)"
        return Fault(code=FaultCode.FILE_MISSING, path=name, found="no file", expected=expected)
    rows = read_file(warehouse, path, (OUTLETS.schema,), pq.ParquetFile.read)
    if isinstance(rows, Fault):
        return rows
    return Part(OUTLETS, "", name, read_metadata(path).get("inputs"), rows)
