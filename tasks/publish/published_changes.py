"""What publishing changed: articles that came, went, or are told by another document now."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from schemas.tables import ARTICLES
from tasks.publish.parts import PublishedParts
from tasks.publish.select import Partition, folder_key
from tasks.storage.parquet import DamagedFileError, read_table
from tasks.storage.warehouse import Warehouse

_COLUMNS = ("article_id", "raw_digest")
_SCHEMA = pa.schema([(name, pa.string()) for name in _COLUMNS])


@dataclass(frozen=True, slots=True)
class PublishedRows:
    """What analysts saw before a run published.

    Attributes:
        partitions: of articles/, that the run is about to write.
        rows: `article_id` and `raw_digest` of the articles in them.
        outlets: the outlet_ids of the whole dataset; None where a file of it is damaged.
    """

    partitions: tuple[Partition, ...]
    rows: pa.Table
    outlets: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class PublishedChanges:
    """What a run changed for analysts, against what was published when it began to publish.

    Attributes:
        added, withdrawn: articles that are there now only, or were there before only.
        replaced: articles that another document tells now, as a corrected page does.
        new_outlets: the outlet_ids that had no article before, sorted.
    """

    added: int = 0
    replaced: int = 0
    withdrawn: int = 0
    new_outlets: tuple[str, ...] = ()


NOTHING_CHANGED = PublishedChanges()


def read_published_rows(warehouse: Warehouse, stale: Sequence[Partition]) -> PublishedRows:
    """Reads what is published in the partitions that are about to be written."""
    partitions = tuple(name for name in stale if name.dataset == ARTICLES.name)
    outlets = None
    with suppress(DamagedFileError):
        outlets = _read_outlets(warehouse)
    return PublishedRows(partitions, _read_rows(warehouse, partitions), outlets)


def find_published_changes(warehouse: Warehouse, before: PublishedRows) -> PublishedChanges:
    """Compares what is published now with what was before.

    An article that moved to another partition is neither added nor withdrawn: both partitions are
    among those that were written.
    """
    now = _read_rows(warehouse, before.partitions)
    known = pc.index_in(now["article_id"], before.rows["article_id"].combine_chunks())
    is_known = pc.is_valid(known)
    earlier = before.rows["raw_digest"].take(known.filter(is_known))
    differs = pc.not_equal(now["raw_digest"].filter(is_known), earlier)
    new = set() if before.outlets is None else _read_outlets(warehouse) - before.outlets
    kept = pc.sum(is_known).as_py() or 0
    return PublishedChanges(
        added=now.num_rows - kept,
        replaced=pc.sum(differs).as_py() or 0,
        withdrawn=before.rows.num_rows - kept,
        new_outlets=tuple(sorted(new)),
    )


def _read_rows(warehouse: Warehouse, partitions: Sequence[Partition]) -> pa.Table:
    tables = [_SCHEMA.empty_table()]
    for name in partitions:
        path = warehouse.partition(name.dataset, folder_key(name), name.value)
        # What cannot be read is written anew, and nothing can be said of what it held.
        with suppress(FileNotFoundError, NotADirectoryError, DamagedFileError, pa.ArrowInvalid):
            tables.append(read_table(path, _COLUMNS).cast(_SCHEMA))
    return pa.concat_tables(tables)


def _read_outlets(warehouse: Warehouse) -> frozenset[str]:
    parts = PublishedParts(warehouse).of(ARTICLES.name)
    return frozenset(outlet for part in parts for outlet in part["outlets"])
