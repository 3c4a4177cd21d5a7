"""In which order stale partitions are written: an article that moves is nowhere, never twice.

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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from schemas.tables import ARTICLES, QUARANTINE
from tasks.publish.partitions import KEYS, published_files, read_held_keys, row_keys
from tasks.publish.select import Partition, selection_path
from tasks.storage.parquet import read_table
from tasks.storage.records import read_records
from tasks.storage.warehouse import Warehouse

if TYPE_CHECKING:
    import pandas as pd

# Seconds between two waves. A reader that opens all files within them sees no article twice. A run
# waits only where an article moves to another partition, or a partition becomes empty.
READERS_S = 5.0
# The most tasks per wave: as many as keep every worker of a machine busy to the end. A Prefect task
# costs as much CPU as four small partitions, so that each of them writes several.
_SHARES = 16


@dataclass(frozen=True, slots=True)
class Wave:
    """Partitions that may be written at the same time.

    Attributes:
        partitions: by name.
        shrink: to what they hold already and keep; else they are written whole, or removed.
        pause_s: how long to wait for readers before it begins.
    """

    partitions: tuple[Partition, ...]
    shrink: bool = False
    pause_s: float = 0.0

    def shares(self) -> list[tuple[Partition, ...]]:
        """Divides the partitions into shares that are written at the same time."""
        size = -(-len(self.partitions) // _SHARES)
        starts = range(0, len(self.partitions), size or 1)
        return [self.partitions[start : start + size] for start in starts]


def order_waves(warehouse: Warehouse, stale: Sequence[Partition]) -> list[Wave]:
    """Puts stale partitions in an order in which no reader meets an article twice."""
    waves: list[Wave] = []
    for dataset in (ARTICLES.name, QUARANTINE.name):
        members = [partition for partition in stale if partition.dataset == dataset]
        waves += _order_dataset(warehouse, members)
    return waves


def _order_dataset(warehouse: Warehouse, stale: Sequence[Partition]) -> Iterator[Wave]:
    rest = [name for name in stale if selection_path(warehouse, name).exists()]
    emptied = tuple(name for name in stale if name not in rest and published_files(warehouse, name))
    losing: set[Partition] = set()
    complete: set[Partition] = set()
    if rest and len(stale) > 1 and any(published_files(warehouse, name) for name in stale):
        held = _read_held(warehouse, stale)
        wanted = _read_wanted(warehouse, rest)
        moving = held.merge(wanted, on="key", suffixes=("", "_wanted"))
        losing = set(moving["partition"][moving["partition"] != moving["partition_wanted"]])
        arriving = wanted.merge(held, on=["partition", "key"], how="left", indicator=True)
        complete = losing - set(arriving["partition"][arriving["_merge"] == "left_only"])
    shrunk = tuple(sorted(losing.union(emptied)))
    if shrunk:
        yield Wave(shrunk, shrink=True)
    if emptied:
        yield Wave(emptied, pause_s=READERS_S)
    whole = tuple(partition for partition in rest if partition not in complete)
    if whole:
        yield Wave(whole, pause_s=READERS_S if shrunk and not emptied else 0.0)


def _read_held(warehouse: Warehouse, partitions: Sequence[Partition]) -> "pd.DataFrame":
    """Returns the keys of the rows that partitions hold now, each beside its partition."""
    # Imported here: a run that moves nothing, as the first one, can do without its 60 MB.
    import pandas as pd  # noqa: PLC0415

    parts = [(partition, read_held_keys(warehouse, partition)) for partition in partitions]
    return pd.concat(pd.DataFrame({"partition": name, "key": keys}) for name, keys in parts)


def _read_wanted(warehouse: Warehouse, partitions: Sequence[Partition]) -> "pd.DataFrame":
    """Returns the keys of the rows that partitions are to hold, reading each batch once."""
    import pandas as pd  # noqa: PLC0415

    selected = pd.concat(
        [
            read_table(selection_path(warehouse, partition), ["batch_id", "row"])
            .to_pandas()
            .assign(partition=partition)
            for partition in partitions
        ]
    )
    found = []
    for batch_id, rows in selected.groupby("batch_id"):
        dataset = partitions[0].dataset
        records = read_records(warehouse, str(batch_id), KEYS[dataset])
        keys = row_keys(records, dataset).take(pa.array(rows["row"]))
        found.append(pd.DataFrame({"partition": rows["partition"], "key": keys}))
    return pd.concat(found)
