"""Where the fetches of some articles lie, told by the index: without reading what is staged."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from tasks.publish.entry_blocks import find_entries
from tasks.publish.index import ID_HEAD, UNKNOWN_DAY
from tasks.publish.shards import open_current_shards
from tasks.storage.sections import DamagedSectionError
from tasks.storage.staged_view import StagedView
from tasks.storage.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Fetches:
    """Where the fetches of some articles lie.

    Attributes:
        batches: their batch_ids.
        days: on which these say that they were published.
    """

    batches: frozenset[str]
    days: frozenset[date]


def find_fetches(
    warehouse: Warehouse, article_ids: Iterable[str], seen: StagedView
) -> Fetches | None:
    """Finds the accepted fetches of articles that passed their checks.

    Args:
        warehouse: which is held.
        article_ids: of the articles.
        seen: what was seen of staged/.

    Returns:
        Where they lie; None where the index is damaged, or not of what is staged now.
    """
    heads = np.unique(np.array([int(each[:ID_HEAD], 16) for each in article_ids], "<u8"))
    batches: set[str] = set()
    days: set[int] = set()
    try:
        opened = open_current_shards(warehouse, seen)
        if opened is None:
            return None
        ids, shards = opened
        for shard in shards:
            for head in shard.files:
                found = find_entries(head, heads)
                batches.update(ids[number] for number in np.unique(found["batch"]).tolist())
                days.update(found["published_date"].tolist())
    except DamagedSectionError:
        return None
    known = np.array(sorted(days - {UNKNOWN_DAY}), "datetime64[D]")
    return Fetches(frozenset(batches), frozenset(known.tolist()))
