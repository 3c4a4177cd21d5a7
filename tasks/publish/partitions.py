"""Writing one partition: from the staged records that were selected for it to its one file."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from schemas.settings import Settings
from schemas.tables import ARTICLES, MONEY, QUARANTINE, STAGED, Table
from tasks.publish.select import (
    SELECTION_SCHEMA,
    Partition,
    folder_key,
    partition_key,
    selection_path,
)
from tasks.schema_versions import describe_version
from tasks.stage.records import read_records
from tasks.storage.layouts import PUBLISHED
from tasks.storage.parquet import read_file_metadata, read_table
from tasks.storage.places import is_on_disk
from tasks.storage.warehouse import Warehouse, read_metadata, remove_file, write_table

# What tells the rows of a dataset apart, wherever they are.
KEYS = {ARTICLES.name: ("article_id",), QUARANTINE.name: ("raw_path", "raw_offset")}
_EMPTY_SELECTION = SELECTION_SCHEMA.empty_table()


@dataclass(frozen=True, slots=True)
class PartitionCounts:
    """What a published partition holds."""

    partition: Partition
    rows: int
    money_rows: int = 0


def publish_partition(
    warehouse: Warehouse, partition: Partition, settings: Settings
) -> PartitionCounts:
    """Writes the files of a partition from its selection, or removes them where it has none.

    money/ goes first: whoever joins the two during the change may see amounts of an article that is
    about to appear, never a new article whose amounts are missing.
    """
    path = selection_path(warehouse, partition)
    if not path.exists():
        _remove(warehouse, partition)
        return PartitionCounts(partition, 0)
    inputs = read_metadata(path)["inputs"]
    rows = _read_selected(warehouse, _read_selection(path), _needed_names(partition))
    tables = _as_tables(partition, rows)
    key = partition_key(partition.dataset, settings)
    counts = [_write(warehouse, table, partition, key, data, inputs) for table, data in tables]
    return PartitionCounts(partition, counts[-1], sum(counts[:-1]))


def shrink_partition(warehouse: Warehouse, partition: Partition) -> PartitionCounts:
    """Leaves in a partition only the rows that it holds already and that stay in it.

    articles/ goes first: an article leaves before its amounts do. The files have no `inputs` unless
    they are what the partition is to be, so that a run that dies here is finished by the next.
    Where nothing stays, the files remain, without rows, for readers that have listed them.
    """
    rows = STAGED.schema.empty_table()
    inputs = None
    held = read_held_keys(warehouse, partition)
    path = selection_path(warehouse, partition)
    if path.exists():
        selection = _read_selection(path)
        rows = _read_selected(warehouse, selection, _needed_names(partition))
        rows = rows.filter(pc.is_in(row_keys(rows, partition.dataset), held))
        if rows.num_rows == selection.num_rows:
            inputs = read_metadata(path)["inputs"]
    else:
        rows = _with_selection(rows, _EMPTY_SELECTION)
    tables = _as_tables(partition, rows)
    key = folder_key(partition)
    counts = [
        _write(warehouse, table, partition, key, data, inputs) for table, data in reversed(tables)
    ]
    if not path.exists():
        for file in filter(is_on_disk, published_files(warehouse, partition)):
            _forget_listings(file)
    return PartitionCounts(partition, counts[0], sum(counts[1:]))


def published_files(warehouse: Warehouse, partition: Partition) -> list[Path]:
    """Returns the files that a partition has now: articles/ last."""
    datasets = (
        (QUARANTINE.name,) if partition.dataset == QUARANTINE.name else (MONEY.name, ARTICLES.name)
    )
    key = folder_key(partition)
    paths = [warehouse.partition(dataset, key, partition.value) for dataset in datasets]
    return [path for path in paths if path.exists()]


def read_held_keys(warehouse: Warehouse, partition: Partition) -> pa.Array:
    """Returns the keys of the rows that a partition's file holds now, whoever wrote it."""
    path = warehouse.partition(partition.dataset, folder_key(partition), partition.value)
    try:
        held = read_table(path, KEYS[partition.dataset])
        return row_keys(held, partition.dataset)
    except (FileNotFoundError, pa.ArrowException, KeyError):
        return pa.array([], pa.string())


def row_keys(rows: pa.Table, dataset: str) -> pa.Array:
    """Returns a string for each row that no other row of its dataset has."""
    columns = [pc.cast(rows[name], pa.string()) for name in KEYS[dataset]]
    keys = pc.binary_join_element_wise(*columns, "\0", null_handling="replace", null_replacement="")
    return keys.combine_chunks()


def _read_selection(path: Path) -> pa.Table:
    return read_table(path)


def _needed_names(partition: Partition) -> Sequence[str]:
    if partition.dataset == QUARANTINE.name:
        return QUARANTINE.names
    return (*_staged_names(ARTICLES), "money")


def _as_tables(partition: Partition, rows: pa.Table) -> list[tuple[Table, pa.Table]]:
    """Returns what a partition's files hold: articles/ last."""
    if partition.dataset == QUARANTINE.name:
        return [(QUARANTINE, _with_failed_checks(rows))]
    return [(MONEY, _explode_money(rows)), (ARTICLES, rows)]


def _staged_names(table: Table) -> list[str]:
    return [name for name in table.names if name in STAGED.names]


def _read_selected(warehouse: Warehouse, selection: pa.Table, names: Sequence[str]) -> pa.Table:
    """Reads the selected records with what the selection adds to them."""
    parts = []
    for batch_id in pc.unique(selection["batch_id"]).to_pylist():
        chosen = selection.filter(pc.equal(selection["batch_id"], batch_id))
        part = read_records(warehouse, batch_id, names).take(chosen["row"])
        parts.append(_with_selection(part, chosen))
    return pa.concat_tables(parts)


def _with_selection(rows: pa.Table, selection: pa.Table) -> pa.Table:
    for name in ("revision_count", "first_fetched_at", "failed", "duplicate_of"):
        rows = rows.append_column(name, selection[name])
    return rows


def _with_failed_checks(rows: pa.Table) -> pa.Table:
    reasons = [
        [*stated, *failed]
        for stated, failed in zip(
            rows["reasons"].to_pylist(), rows["failed"].to_pylist(), strict=True
        )
    ]
    index = rows.schema.get_field_index("reasons")
    field = QUARANTINE.schema.field("reasons")
    return rows.set_column(index, field, pa.array(reasons, field.type))


def _explode_money(articles: pa.Table) -> pa.Table:
    """Turns each article's list of amounts into rows, in the order of the text."""
    money = articles["money"].combine_chunks()
    parents = pc.list_parent_indices(money)
    amounts = pc.list_flatten(money)
    columns = {name: pc.take(articles[name], parents) for name in ("article_id", "published_date")}
    for name in MONEY.names[len(columns) :]:
        columns[name] = pc.struct_field(amounts, name)
    return pa.table(columns)


def _write(
    warehouse: Warehouse,
    table: Table,
    partition: Partition,
    key: str,
    rows: pa.Table,
    inputs: str | None,
) -> int:
    metadata = describe_version(table) | {"partition": partition.value}
    if inputs:
        metadata["inputs"] = inputs
    rows = rows.sort_by([(name, "ascending") for name in table.sort]).select(table.names)
    path = warehouse.partition(table.name, key, partition.value)
    return write_table(path, [rows], table.schema, metadata, warehouse.scratch, layout=PUBLISHED)


def _remove(warehouse: Warehouse, partition: Partition) -> None:
    """Removes the files of a partition that holds nothing, articles/ last.

    A reader lists the folders and then opens the files, and would fail where one has gone between.
    So a shrunk partition stays, without rows, where somebody listed its folder since: the next run
    tries again. Nothing else can be done about it on plain files, and in a store, which tells
    nobody who listed what, not even that.
    """
    for path in published_files(warehouse, partition):
        if not _is_listed(path):
            remove_file(path)
            if is_on_disk(path):
                path.parent.rmdir()


def _forget_listings(path: Path) -> None:
    """Puts the time of the last listing of a partition's folders back to 1970."""
    for folder in path.parents[:2]:
        os.utime(folder, ns=(0, folder.stat().st_mtime_ns))


def _is_listed(path: Path) -> bool:
    """Tells whether somebody listed a partition's folders since its file lost its last row.

    The disk notes the time of the first listing even where it is mounted with `relatime`; on one
    that notes none (`noatime`) nobody seems to read.
    """
    if not is_on_disk(path) or read_file_metadata(path).num_rows:
        return False
    return any(folder.stat().st_atime_ns for folder in path.parents[:2])
