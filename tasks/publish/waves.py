"""In which order stale partitions are written: an article that moves is nowhere, never twice.

Partitions here are also the parts of one: between them articles move as between months, when a
range of outlets is divided or joined again.

There is no moment at which two files change together. So publication goes in waves, each of which
begins when the last one is done:

1. Partitions that lose articles to others are shrunk to what stays in them, and those that hold
   nothing any more are emptied. Where nothing moves, there is no such wave.
2. Emptied partitions go, unless somebody is reading the dataset (`tasks.publish.partitions`).
3. All that is stale is written whole.

At every moment the files hold an article at most once. Who reads the whole dataset opens its files
one after the other, though: after the first wave there is a pause, so that a reader who has seen a
moving article in its old partition is done before it appears in the new one.

quarantine/ follows articles/: a document that a new rule makes an article is in both for a moment,
one that leaves articles/ is in neither, and the accounts are counted when all waves are done.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from schemas.settings import Settings
from schemas.tables import ARTICLES, QUARANTINE
from tasks.publish.emptied import published_files
from tasks.publish.partitions import (
    KEYS,
    PARTS_TOGETHER,
    PartitionCounts,
    by_batch,
    publish_partition,
    read_held_keys,
    row_keys,
    shrink_partition,
)
from tasks.publish.select import Partition, count_selected, selection_path
from tasks.storage.locations import for_each
from tasks.storage.parquet import read_table
from tasks.storage.records import read_records
from tasks.storage.warehouse import Warehouse

if TYPE_CHECKING:
    import pandas as pd

# Seconds between two waves. A reader that opens all files within them sees no article twice. A run
# waits only where an article moves to another partition, or a partition becomes empty.
READERS_S = 5.0
# The most tasks per wave: as many as keep every worker of a machine busy to the end.
_SHARES = 16
# A task reads each batch that its partitions are of, and Prefect's account of it costs as much as
# several small partitions: so each has some to write. In rows, what a partition costs beside its
# own, and what a task is worth: 10 ms and .3 s of CPU.
_PARTITION_ROWS = 200
_TASK_ROWS = 6_000


@dataclass(frozen=True, slots=True)
class Wave:
    """Partitions that may be written at the same time.

    Attributes:
        partitions: by name.
        shrink: to what they hold already and keep; else they are written whole, or removed.
        pause_s: how long to wait for readers before it begins.
        rows: how many are selected for each; none where there is no selection.
    """

    partitions: tuple[Partition, ...]
    shrink: bool = False
    pause_s: float = 0.0
    rows: Mapping[Partition, int] = field(default_factory=dict)

    def shares(self) -> list[tuple[Partition, ...]]:
        """Divides the partitions into shares that are written at the same time, in their order.

        Parts of one partition stay together, as many as are read together.
        """
        least = max(sum(map(self._cost, self.partitions)) / _SHARES, _TASK_ROWS)
        shares: list[tuple[Partition, ...]] = []
        cost = least
        for unit in self._units():
            if cost >= least:
                shares.append(())
                cost = 0
            shares[-1] += unit
            cost += sum(map(self._cost, unit))
        return shares

    def _cost(self, partition: Partition) -> int:
        return _PARTITION_ROWS + self.rows.get(partition, 0)

    def _units(self) -> Iterator[tuple[Partition, ...]]:
        for _, several in groupby(self.partitions, lambda each: (each.dataset, each.period)):
            parts = tuple(several)
            for start in range(0, len(parts), PARTS_TOGETHER):
                yield parts[start : start + PARTS_TOGETHER]


def order_waves(warehouse: Warehouse, stale: Sequence[Partition]) -> list[Wave]:
    """Puts stale partitions in an order in which no reader meets an article twice."""
    waves: list[Wave] = []
    for dataset in (ARTICLES.name, QUARANTINE.name):
        members = [partition for partition in stale if partition.dataset == dataset]
        waves += _order_dataset(warehouse, members)
    return waves


def write_wave(warehouse: Warehouse, wave: Wave, settings: Settings) -> Iterator[PartitionCounts]:
    """Writes the partitions of a wave one after the other, and yields what each holds then."""
    for partition in wave.partitions:
        if wave.shrink:
            yield shrink_partition(warehouse, partition)
        else:
            yield publish_partition(warehouse, partition, settings)


def _order_dataset(warehouse: Warehouse, stale: Sequence[Partition]) -> Iterator[Wave]:
    rest = [name for name in stale if selection_path(warehouse, name).exists()]
    emptied = tuple(name for name in stale if name not in rest and published_files(warehouse, name))
    losing: set[Partition] = set()
    complete: set[Partition] = set()
    if rest and len(stale) > 1 and any(published_files(warehouse, name) for name in stale):
        held = _read_held(warehouse, stale)
        wanted = _read_wanted(warehouse, stale, rest)
        moving = held.merge(wanted, on="key", suffixes=("", "_wanted"))
        moves = moving["partition"] != moving["partition_wanted"]
        losing = {stale[number] for number in moving["partition"][moves].unique()}
        arriving = wanted.merge(held, on=["partition", "key"], how="left", indicator=True)
        gains = arriving["_merge"] == "left_only"
        complete = losing - {stale[number] for number in arriving["partition"][gains].unique()}
    shrunk = tuple(sorted(losing.union(emptied)))
    if shrunk:
        yield Wave(shrunk, shrink=True, rows=_count_rows(warehouse, shrunk))
    if emptied:
        yield Wave(emptied, pause_s=READERS_S)
    whole = tuple(partition for partition in rest if partition not in complete)
    if whole:
        pause_s = READERS_S if shrunk and not emptied else 0.0
        yield Wave(whole, pause_s=pause_s, rows=_count_rows(warehouse, whole))


def _count_rows(warehouse: Warehouse, partitions: Sequence[Partition]) -> dict[Partition, int]:
    counts = for_each(lambda each: count_selected(warehouse, [each]), partitions, warehouse.root)
    return dict(zip(partitions, counts, strict=True))


def _read_held(warehouse: Warehouse, partitions: Sequence[Partition]) -> "pd.DataFrame":
    """Returns the keys of the rows that partitions hold now, each beside its partition."""
    # Imported here: a run that moves nothing, as the first one, can do without its 60 MB.
    import pandas as pd  # noqa: PLC0415

    held = ((number, read_held_keys(warehouse, each)) for number, each in enumerate(partitions))
    return pd.concat(_frame(number, keys) for number, keys in held)


def _read_wanted(
    warehouse: Warehouse, partitions: Sequence[Partition], selected: Sequence[Partition]
) -> "pd.DataFrame":
    """Returns the keys of the rows that partitions are to hold, reading each batch once.

    Args:
        warehouse: where they are.
        partitions: by which the frame numbers them.
        selected: those of them that are to hold any.
    """
    import pandas as pd  # noqa: PLC0415

    chosen: dict[str, list[tuple[int, pa.ChunkedArray]]] = defaultdict(list)
    for partition in selected:
        selection = read_table(selection_path(warehouse, partition), ["batch_id", "row"])
        for batch_id, rows in by_batch(selection):
            chosen[batch_id].append((partitions.index(partition), rows["row"]))
    dataset = selected[0].dataset
    found = []
    for batch_id, several in chosen.items():
        keys = row_keys(read_records(warehouse, batch_id, KEYS[dataset]), dataset)
        found += [_frame(number, keys.take(rows.combine_chunks())) for number, rows in several]
    return pd.concat(found)


def _frame(number: int, keys: pa.Array) -> "pd.DataFrame":
    """Returns rows by the number of their partition and a digest of their key: 12 bytes each.

    Where two of them had one digest, a partition would be written once more, by this run or the
    next: `shrink_partition` counts what it leaves.
    """
    import pandas as pd  # noqa: PLC0415

    digests = pd.util.hash_array(keys.to_numpy(zero_copy_only=False), categorize=False)
    return pd.DataFrame({"partition": np.full(len(keys), number, np.int32), "key": digests})
