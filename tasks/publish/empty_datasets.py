"""Datasets without rows: each then has one file without rows, so that readers know its columns.

The file lies in a folder of its own (`Warehouse.empty_part`), named as a partition's, so that
readers of partitions find it and give the folder's column the type that it always has. It is there
before the last partition goes, and goes when there are partitions again.
"""

import hashlib

from schemas.settings import Settings
from schemas.tables import ARTICLES, PARTITIONED, QUARANTINE, Table
from tasks.publish.select import partition_key
from tasks.publish.waves import READERS_S
from tasks.storage.layouts import PUBLISHED
from tasks.storage.locations import is_on_disk, list_files
from tasks.storage.schema_versions import describe_version
from tasks.storage.warehouse import Warehouse, find_metadata, remove_file, write_table


def write_empty_parts(warehouse: Warehouse, settings: Settings) -> None:
    """Writes the file of each dataset that is to hold nothing, by its selections."""
    for table in PARTITIONED:
        dataset = QUARANTINE.name if table is QUARANTINE else ARTICLES.name
        if not list_files(warehouse.selection / dataset, "*.parquet"):
            _write(warehouse, table, settings)


def found_datasets(warehouse: Warehouse, settings: Settings) -> None:
    """Writes the file of each dataset that has none at all yet."""
    for table in PARTITIONED:
        if not warehouse.partitions(table.name):
            _write(warehouse, table, settings)


def settle_empty_parts(warehouse: Warehouse, settings: Settings) -> None:
    """Sees to it that a dataset has either partitions or its file without rows."""
    found_datasets(warehouse, settings)
    for table in PARTITIONED:
        if warehouse.partitions(table.name):
            for path in warehouse.empty_parts(table.name):
                remove_file(path)
                if is_on_disk(path):
                    path.parent.rmdir()


def settling_pause_s(warehouse: Warehouse) -> float:
    """Returns how long to wait for readers that may have listed a file that is to go."""
    is_going = any(
        warehouse.empty_parts(table.name) and warehouse.partitions(table.name)
        for table in PARTITIONED
    )
    return READERS_S if is_going else 0.0


def describe_empty(table: Table) -> dict[str, str]:
    """Returns what the footer of a file without rows says, beside the version."""
    form = f"{table.schema.to_string(show_field_metadata=False)}\n{PUBLISHED}"
    return {"inputs": hashlib.sha256(form.encode()).hexdigest()}


def _write(warehouse: Warehouse, table: Table, settings: Settings) -> None:
    path = warehouse.empty_part(table.name, partition_key(table.name, settings))
    footer = describe_version(table) | describe_empty(table)
    if find_metadata(path) != footer:
        rows = [table.schema.empty_table()]
        write_table(path, rows, table.schema, footer, warehouse.scratch, layout=PUBLISHED)
    for other in warehouse.empty_parts(table.name):
        # Of another way to partition: two folder columns in one dataset no reader takes.
        if other != path:
            remove_file(other)
            if is_on_disk(other):
                other.parent.rmdir()
