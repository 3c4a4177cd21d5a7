"""Writing a partition, or a part of one: from the staged records selected for it to its file."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from schemas.settings import Settings
from schemas.tables import ARTICLES, MONEY, QUARANTINE, STAGED, Table
from tasks.publish.emptied import forget_listings, remove_emptied
from tasks.publish.partition_rows import Gathered
from tasks.publish.select import Partition, folder_key, partition_key, selection_path
from tasks.storage.layouts import PUBLISHED
from tasks.storage.parquet import DamagedFileError, read_table
from tasks.storage.records import iterate_tables
from tasks.storage.schema_versions import describe_version
from tasks.storage.warehouse import Warehouse, parse_metadata, write_table

# What tells the rows of a dataset apart, wherever they are.
KEYS = {ARTICLES.name: ("article_id",), QUARANTINE.name: ("raw_path", "raw_offset")}
# Rows of partitions that are read together: some 40 MB.
_ROWS_TOGETHER = 8192
# Parts of a partition that are read together: their rows wait on the disk, which needs room for so
# many, but each batch is read once for all of them.
PARTS_TOGETHER = 8
# A column of selections that are read together: of which partition a row is.
_NUMBER = "partition_number"


@dataclass(frozen=True, slots=True)
class PartitionCounts:
    """What a published partition holds."""

    partition: Partition
    rows: int


def publish_partition(
    warehouse: Warehouse, partition: Partition, settings: Settings
) -> PartitionCounts:
    """Writes the files of a partition from its selection, or removes them where it has none."""
    return publish_share(warehouse, [partition], settings)[0]


def publish_share(
    warehouse: Warehouse, share: Sequence[Partition], settings: Settings
) -> list[PartitionCounts]:
    """Writes the files of one dataset's partitions; removes those that no selection is for.

    Small partitions are read together: a batch of a crawl holds articles of many months, and
    reading it costs as much for one month as for all. So are the parts of a big one. They are
    written one after the other, so that no more than a part is in memory.

    money/ is written before articles/. A reader who joins the two meanwhile may see amounts of an
    article that is about to appear, but no new article without its amounts.
    """
    counts = []
    for group in _in_groups(warehouse, share):
        with _gathered(warehouse, group) as gathered:
            for partition in group:
                selection = group[partition]
                if selection is None:
                    remove_emptied(warehouse, partition)
                    counts.append(PartitionCounts(partition, 0))
                    continue
                inputs = parse_metadata(selection.schema.metadata)["inputs"]
                key = partition_key(partition.dataset, settings)
                written = [
                    _write(warehouse, table, partition, key, tables, inputs)
                    for table, tables in _as_tables(partition, gathered[partition])
                ]
                counts.append(PartitionCounts(partition, written[-1]))
                gathered[partition].let_go()
    return counts


def shrink_partition(warehouse: Warehouse, partition: Partition) -> PartitionCounts:
    """Leaves in a partition only the rows that it holds already and that stay in it.

    articles/ is written first: an article leaves before its amounts do. The footer names `inputs`
    only where the partition is complete, so that the next run finishes what this one leaves undone.
    A partition without rows keeps its files, for readers that have listed them.
    """
    inputs = None
    path = selection_path(warehouse, partition)
    selection = read_table(path) if path.exists() else None
    held = read_held_keys(warehouse, partition)
    key = folder_key(partition)
    with _gathered(warehouse, {partition: selection}, held) as gathered:
        rows = gathered[partition]
        if selection is not None and rows.num_rows == selection.num_rows:
            inputs = parse_metadata(selection.schema.metadata)["inputs"]
        counts = [
            _write(warehouse, table, partition, key, tables, inputs)
            for table, tables in reversed(_as_tables(partition, rows))
        ]
    if not path.exists():
        forget_listings(warehouse, partition)
    return PartitionCounts(partition, counts[0])


def read_held_keys(warehouse: Warehouse, partition: Partition) -> pa.Array:
    """Returns the keys of the rows that a partition's file holds now, whoever wrote it."""
    path = warehouse.partition(partition.dataset, folder_key(partition), partition.value)
    try:
        held = read_table(path, KEYS[partition.dataset])
        return row_keys(held, partition.dataset)
    except (FileNotFoundError, NotADirectoryError, DamagedFileError, pa.ArrowInvalid, KeyError):
        return pa.array([], pa.string())


def row_keys(rows: pa.Table, dataset: str) -> pa.Array:
    """Returns a string for each row that no other row of its dataset has."""
    columns = [pc.cast(rows[name], pa.string()) for name in KEYS[dataset]]
    keys = pc.binary_join_element_wise(*columns, "\0", null_handling="replace", null_replacement="")
    return keys.combine_chunks()


def _in_groups(
    warehouse: Warehouse, share: Sequence[Partition]
) -> Iterator[dict[Partition, pa.Table | None]]:
    """Yields the partitions that are read together, each with its selection if it has one."""
    group: dict[Partition, pa.Table | None] = {}
    together = 0
    for partition in share:
        path = selection_path(warehouse, partition)
        selection = read_table(path) if path.exists() else None
        rows = 0 if selection is None else selection.num_rows
        are_parts = {partition.period} == {other.period for other in group}
        fits = together + rows <= _ROWS_TOGETHER or (are_parts and len(group) < PARTS_TOGETHER)
        if group and not fits:
            yield group
            group, together = {}, 0
        group[partition] = selection
        together += rows
    if group:
        yield group


def _needed_names(dataset: str) -> Sequence[str]:
    if dataset == QUARANTINE.name:
        return QUARANTINE.names
    return (*_staged_names(ARTICLES), "money")


def _as_tables(partition: Partition, rows: Gathered) -> list[tuple[Table, Iterable[pa.Table]]]:
    """Returns what a partition's files hold, in order, a row group at a time: articles/ last."""
    size = PUBLISHED.row_group_size
    if partition.dataset == QUARANTINE.name:
        return [(QUARANTINE, map(_with_failed_checks, rows.in_order(QUARANTINE.sort, size)))]
    amounts = [_explode_money(part) for part in rows.parts()]
    money = pa.concat_tables([MONEY.schema.empty_table(), *amounts])
    return [
        (MONEY, [money.sort_by([(name, "ascending") for name in MONEY.sort])]),
        (ARTICLES, rows.in_order(ARTICLES.sort, size)),
    ]


def _staged_names(table: Table) -> list[str]:
    return [name for name in table.names if name in STAGED.names]


@contextmanager
def _gathered(
    warehouse: Warehouse,
    group: Mapping[Partition, pa.Table | None],
    held: pa.Array | None = None,
) -> Iterator[dict[Partition, Gathered]]:
    """Gathers the selected records of partitions of a dataset, reading each batch once.

    Args:
        warehouse: where they are.
        group: the selection of each partition; one without has no rows.
        held: the keys of the rows to be taken; None takes all.
    """
    chosen: dict[str, list[pa.Table]] = defaultdict(list)
    dataset = next(iter(group)).dataset
    # Small partitions fit into memory together, and are selected together: one by one that takes
    # longer than to read them. Of parts each is copied, because most of them wait on the disk.
    are_small = len({partition.period for partition in group}) > 1
    together = 1 if are_small else len(group)
    with ExitStack() as stack:
        gathered = {}
        for number, (partition, selection) in enumerate(group.items()):
            gathered[partition] = stack.enter_context(Gathered(warehouse.local_scratch, together))
            for batch_id, rows in by_batch(selection) if selection else ():
                numbers = pa.array(np.full(rows.num_rows, number, np.int32))
                chosen[batch_id].append(rows.append_column(_NUMBER, numbers))
        members = list(gathered.values())
        for batch_id, each in chosen.items():
            selections = [pa.concat_tables(each).combine_chunks()] if are_small else each
            first = 0
            for records in iterate_tables(warehouse, batch_id, _needed_names(dataset)):
                for selection in selections:
                    rows = _select(records, first, selection)
                    if held is not None:
                        rows = rows.filter(pc.is_in(row_keys(rows, dataset), held))
                    for number, start, stop in _runs(rows[_NUMBER].to_numpy()):
                        members[number].add(rows.slice(start, stop - start))
                first += records.num_rows
        yield gathered


def by_batch(selection: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """Yields the batches that a selection names, each with what is selected of it.

    A selection is in the order of batches, so that each is a slice.
    """
    batches = selection["batch_id"].combine_chunks().dictionary_encode()
    rows = selection.drop_columns(["batch_id"])
    for number, start, stop in _runs(batches.indices.to_numpy(zero_copy_only=False)):
        yield batches.dictionary[number].as_py(), rows.slice(start, stop - start)


def _runs(numbers: npt.NDArray[np.int32]) -> Iterator[tuple[int, int, int]]:
    """Yields each run of equal numbers: the number, where it starts and where it stops."""
    starts = np.flatnonzero(np.diff(numbers, prepend=-1)).tolist()
    for start, stop in zip(starts, [*starts[1:], len(numbers)], strict=False):
        yield int(numbers[start]), start, stop


def _select(records: pa.Table, first: int, selection: pa.Table) -> pa.Table:
    """Returns those of some records of a batch that are selected, and what the selection adds.

    Args:
        records: some records, in their order.
        first: the number of the first of them in its batch.
        selection: of the whole batch.
    """
    numbers = pc.subtract(selection["row"], first)
    is_here = pc.and_(pc.greater_equal(numbers, 0), pc.less(numbers, records.num_rows))
    here = selection.filter(is_here)
    return _with_selection(records.take(numbers.filter(is_here)), here)


def _with_selection(rows: pa.Table, selection: pa.Table) -> pa.Table:
    for name in ("revision_count", "first_fetched_at", "failed", "duplicate_of", _NUMBER):
        rows = rows.append_column(name, selection[name])
    index = rows.schema.get_field_index("outlet_id")
    outlets = pc.coalesce(selection["joined_outlet_id"], rows["outlet_id"])
    return rows.set_column(index, rows.schema.field(index), outlets)


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
    return pa.table(columns).cast(MONEY.schema)


def _write(
    warehouse: Warehouse,
    table: Table,
    partition: Partition,
    key: str,
    tables: Iterable[pa.Table],
    inputs: str | None,
) -> int:
    metadata = describe_version(table) | {"partition": partition.period}
    if inputs:
        metadata["inputs"] = inputs
    rows = (some.select(table.names) for some in tables)
    path = warehouse.partition(table.name, key, partition.value)
    return write_table(path, rows, table.schema, metadata, warehouse.scratch, layout=PUBLISHED)
