"""What selections are made of, part by part, before any of them is made."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from schemas.tables import ARTICLES
from tasks.lineage.versions import selection_version
from tasks.publish.blank_rows import blank_rows
from tasks.publish.index import UNKNOWN_INSTANT, put, take
from tasks.publish.latest import ARTICLE, Articles, Positions
from tasks.publish.part_ranges import divide
from tasks.publish.periods import by_period, search_start
from tasks.publish.shard_days import Rows
from tasks.storage.part_names import value_of_part
from tasks.storage.warehouse import Warehouse

_OF_QUARANTINE = (
    "batch",
    "row",
    "id_head",
    "digest",
    "has_failed",
    "outlet_name",
    "outlet",
    "outlet_head",
)


# Rows that are copied or digested at once: 10 MB.
_AT_ONCE = 100_000


@dataclass(frozen=True, slots=True)
class Draft:
    """What a selection is made of.

    Attributes:
        dataset: of the partition.
        value: of the part, as `value_of_part` makes it.
        table: rows of `ARTICLE`: all articles, or all that is quarantined.
        members: the part's rows in it.
        context: the part of the table in which the articles that its members may repeat are.
        part_rows: the most rows of a part, by which the partition was divided.
        made_of: the digest of all this.
    """

    dataset: str
    value: str
    table: Articles
    members: Positions
    context: slice
    part_rows: int
    made_of: str


def as_table(
    warehouse: Warehouse, rows: Rows, dataset: str, ranks: npt.NDArray[np.int32]
) -> Articles:
    """Returns rows of `ARTICLE` in the order of their dataset, their batches by sorted id.

    Args:
        warehouse: whose.
        rows: of the shards' section that the dataset is made of.
        dataset: its name.
        ranks: by the number of a batch its position among the sorted ids.
    """
    is_of_articles = dataset == ARTICLES.name
    if is_of_articles:
        order = np.lexsort((rows["id_tail"], rows["id_head"], rows["published_at"]))
    else:
        order = np.lexsort((rows["row"], ranks[rows["batch"]]))
    table = blank_rows(warehouse, ARTICLE, len(rows))
    for start in range(0, len(rows), _AT_ONCE):
        some = take(rows, order[start : start + _AT_ONCE])
        some = some if is_of_articles else _of_quarantine(some)
        some["batch"] = ranks[some["batch"]]
        put(table, start, some)
    return table


def _of_quarantine(entries: Rows) -> Articles:
    rows = np.zeros(len(entries), ARTICLE)
    for name in _OF_QUARANTINE:
        rows[name] = entries[name]
    # Its time is that of its landing.
    rows["published_date"] = entries["landing_date"]
    rows["first_fetched_at"] = UNKNOWN_INSTANT
    return rows


def draft_selections(
    table: Articles, dataset: str, unit: str, periods: Collection[str], part_rows: int
) -> Iterator[Draft]:
    """Yields what the selections of some periods are made of, a period's parts in their order.

    Args:
        table: rows of `ARTICLE`, with all of these periods and of the time that they may repeat;
            joined outlets are marked.
        dataset: of which the rows are.
        unit: of periods, `M` or `D`.
        periods: by value. The table has parts of others too.
        part_rows: the most rows of a part.
    """
    instants = np.ascontiguousarray(table["published_at"])
    for period, members in by_period(table["published_date"], unit):
        if period not in periods:
            continue
        context = _find_context(instants, members) if dataset == ARTICLES.name else slice(0, 0)
        repeatable = _digest_digests(table[context])
        outlets, ids = table["outlet_head"][members], table["id_head"][members]
        for part, positions in divide(outlets, ids, part_rows):
            value, own = value_of_part(period, part), members[positions]
            made_of = _digest(f"{dataset} {value} {part_rows}", table, own, repeatable)
            yield Draft(dataset, value, table, own, context, part_rows, made_of)


def _digest_digests(rows: Articles) -> bytes:
    content = hashlib.sha256()
    for start in range(0, len(rows), _AT_ONCE):
        content.update(rows["digest"][start : start + _AT_ONCE].tobytes())
    return content.digest()


def _find_context(instants: npt.NDArray[np.int64], members: Positions) -> slice:
    """Returns where the articles are that members may repeat; all are in the order of time."""
    first, last = instants[members[0]], instants[members[-1]]
    return slice(
        int(np.searchsorted(instants, search_start(int(first)))),
        int(np.searchsorted(instants, last, side="right")),
    )


def _digest(name: str, table: Articles, members: Positions, context: bytes) -> str:
    """Returns the digest of what a selection is made of, and of the code that makes it."""
    made_of = hashlib.sha256(f"{selection_version()} {name}".encode())
    for column in ("digest", "row", "revision_count", "first_fetched_at"):
        made_of.update(table[column][members].tobytes())
    made_of.update(context)
    return made_of.hexdigest()
