"""Writing one partition: from the staged records that were selected for it to its one file."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from schemas.settings import Settings
from schemas.tables import ARTICLES, MONEY, QUARANTINE, STAGED, Table
from tasks.publish.select import Partition, folder_key, partition_key, selection_path
from tasks.stage.records import read_records
from tasks.storage import Warehouse, read_metadata, write_table


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
    about to appear, never an article whose amounts are missing.
    """
    path = selection_path(warehouse, partition)
    if not path.exists():
        _remove(warehouse, partition)
        return PartitionCounts(partition, 0)
    selection = pq.read_table(path, partitioning=None)
    inputs = read_metadata(path)["inputs"]
    if partition.dataset == QUARANTINE.name:
        rows = _read_selected(warehouse, selection, QUARANTINE.names)
        rows = _with_failed_checks(rows)
        return PartitionCounts(
            partition, _write(warehouse, QUARANTINE, partition, settings, rows, inputs)
        )
    articles = _read_selected(warehouse, selection, (*_staged_names(ARTICLES), "money"))
    money_rows = _write(warehouse, MONEY, partition, settings, _explode_money(articles), inputs)
    rows_written = _write(warehouse, ARTICLES, partition, settings, articles, inputs)
    return PartitionCounts(partition, rows_written, money_rows)


def _staged_names(table: Table) -> list[str]:
    return [name for name in table.names if name in STAGED.names]


def _read_selected(warehouse: Warehouse, selection: pa.Table, names: Sequence[str]) -> pa.Table:
    """Reads the selected records with what the selection adds to them."""
    parts = []
    for batch_id in pc.unique(selection["batch_id"]).to_pylist():
        chosen = selection.filter(pc.equal(selection["batch_id"], batch_id))
        part = read_records(warehouse, batch_id, names).take(chosen["row"])
        for name in ("revision_count", "first_fetched_at", "failed", "duplicate_of"):
            part = part.append_column(name, chosen[name])
        parts.append(part)
    return pa.concat_tables(parts)


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
    settings: Settings,
    rows: pa.Table,
    inputs: str,
) -> int:
    key = partition_key(partition.dataset, settings)
    metadata = {"dataset": table.name, "partition": partition.value, "inputs": inputs}
    rows = rows.sort_by([(name, "ascending") for name in table.sort])
    path = warehouse.partition(table.name, key, partition.value)
    return write_table(path, [rows.select(table.names)], table.schema, metadata)


def _remove(warehouse: Warehouse, partition: Partition) -> None:
    datasets = (
        (QUARANTINE.name,) if partition.dataset == QUARANTINE.name else (ARTICLES.name, MONEY.name)
    )
    for dataset in datasets:
        path = warehouse.partition(dataset, folder_key(partition), partition.value)
        path.unlink(missing_ok=True)
        if path.parent.exists():
            path.parent.rmdir()
