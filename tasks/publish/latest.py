"""Which record stands for each article: the latest; the others are its earlier revisions."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tasks.normalize.signatures import SIGNATURE
from tasks.publish.index import (
    ENTRY,
    ID_HEAD,
    UNKNOWN_INSTANT,
    Entries,
    each_batch,
    read_entries,
    take,
)
from tasks.storage.records import read_records
from tasks.storage.warehouse import Warehouse

ARTICLE = np.dtype(
    [
        ("batch", "<i4"),
        ("row", "<i4"),
        ("id_head", "<u8"),
        ("id_tail", "<u2"),
        ("published_at", "<i8"),
        ("published_date", "<i4"),
        ("outlet_name", "<u8"),
        ("outlet", "<u8"),
        ("outlet_head", "<u8"),
        ("digest", "V32"),
        ("has_failed", "?"),
        ("revision_count", "<i4"),
        ("first_fetched_at", "<i8"),
    ]
)
# The latest fetch stands for the article; where fetches are unknown or equal, the later landing,
# then the path, so that the choice never depends on the order in which batches were processed.
_IDENTITY = ("id_head", "id_tail")
_LATEST = ("fetched_at", "landing_date")

Articles = npt.NDArray[np.void]
Positions = npt.NDArray[np.intp]
Signatures = npt.NDArray[np.void]


def choose_articles(warehouse: Warehouse, batches: Sequence[str], entries: Entries) -> Articles:
    """Returns a row of `ARTICLE` for each article, in the order of (published_at, article_id).

    Args:
        warehouse: where records are read whose fetches and landings say too little.
        batches: batch_ids by number.
        entries: of the articles, by the head of their id; all of each article are there.
    """
    is_shared = _with_first(_equal_to_previous(entries, ("id_head",)))
    fetches = _in_order(warehouse, batches, entries, np.flatnonzero(is_shared))
    is_first = ~_equal_to_previous(entries[fetches], _IDENTITY)
    starts = np.flatnonzero(is_first)
    sizes = np.diff(np.r_[starts, len(fetches)])
    chosen = np.r_[np.flatnonzero(~is_shared), fetches[starts + sizes - 1]]
    revisions = np.zeros(len(chosen), "<i4")
    first_fetched = entries["fetched_at"][chosen]
    if len(starts):
        revisions[-len(starts) :] = sizes - 1
        first_fetched[-len(starts) :] = _earliest_known(entries["fetched_at"][fetches], starts)
    # Entries are sorted by the head of the id, but those chosen of several fetches come last.
    order = np.argsort(entries["id_head"][chosen], kind="stable")
    order = order[np.argsort(entries["published_at"][chosen[order]], kind="stable")]
    # Reading entries in this order misses the processor's cache each time, so it is done once.
    latest = take(entries, chosen[order])
    articles = np.zeros(len(chosen), ARTICLE)
    for name in set(ARTICLE.names or ()).intersection(ENTRY.names or ()):
        articles[name] = latest[name]
    articles["revision_count"] = revisions[order]
    articles["first_fetched_at"] = first_fetched[order]
    return articles


def article_id(article: np.void) -> str:
    """Returns the article_id of a row of `ARTICLE`."""
    return f"{article['id_head']:016x}{article['id_tail']:04x}"


def order_revisions(
    warehouse: Warehouse, batch_ids: Sequence[str], article_id: str
) -> list[tuple[str, int]]:
    """Returns the records of an article, as batch_id and row; the last one stands for it.

    Args:
        warehouse: where they are.
        batch_ids: the batches that may hold some, with their verdicts.
        article_id: of the article.
    """
    batches = tuple(batch_ids)
    entries = np.concatenate(
        [np.zeros(0, ENTRY), *(read_entries(warehouse, b, n) for n, b in enumerate(batches))]
    )
    head, tail = int(article_id[:ID_HEAD], 16), int(article_id[ID_HEAD:], 16)
    is_own = (entries["id_head"] == head) & (entries["id_tail"] == tail) & entries["is_article"]
    ordered = _in_order(warehouse, batches, entries, np.flatnonzero(is_own))
    return [(batches[entries["batch"][each]], int(entries["row"][each])) for each in ordered]


def read_signatures(
    warehouse: Warehouse, batches: Sequence[str], articles: Articles, signatures: Signatures
) -> None:
    """Reads the signatures of articles; those of texts too short to have one stay zero.

    Args:
        warehouse: where the articles are staged.
        batches: batch_ids by number.
        articles: rows of `ARTICLE`.
        signatures: as many rows of `SIGNATURE`, all zero, which are filled in.
    """
    for batch, positions in each_batch(articles):
        column = read_records(warehouse, batches[batch], ["text_signature"])["text_signature"]
        chosen = column.take(pa.array(articles["row"][positions]))
        signed = positions[chosen.is_valid().to_numpy()]
        signatures[signed] = np.frombuffer(b"".join(chosen.drop_null().to_pylist()), SIGNATURE)


def _in_order(
    warehouse: Warehouse, batches: Sequence[str], entries: Entries, shared: Positions
) -> Positions:
    """Orders the fetches of articles that have several: by article, the latest last."""
    some = entries[shared]
    # lexsort sorts by its last key first.
    ordered = shared[np.lexsort([some[name] for name in reversed((*_IDENTITY, *_LATEST))])]
    is_tied = _equal_to_previous(entries[ordered], (*_IDENTITY, *_LATEST))
    if is_tied.any():
        is_tied = _with_first(is_tied)
        tied = ordered[is_tied]
        documents = _read_documents(warehouse, batches, entries, tied)
        keys = [
            (*(int(entries[name][position]) for name in (*_IDENTITY, *_LATEST)), *document)
            for position, document in zip(tied, documents, strict=True)
        ]
        ordered[is_tied] = tied[sorted(range(len(tied)), key=keys.__getitem__)]
    return ordered


def _read_documents(
    warehouse: Warehouse, batches: Sequence[str], entries: Entries, positions: Positions
) -> list[tuple[str, int]]:
    """Reads where records lie in raw/: their path and the offset in it."""
    documents: dict[int, tuple[str, int]] = {}
    for batch, found in each_batch(entries[positions]):
        staged = read_records(warehouse, batches[batch], ["raw_path", "raw_offset"])
        rows = pa.array(entries["row"][positions[found]])
        for position, record in zip(positions[found], staged.take(rows).to_pylist(), strict=True):
            offset = record["raw_offset"]
            documents[int(position)] = (record["raw_path"], -1 if offset is None else offset)
    return [documents[int(position)] for position in positions]


def _equal_to_previous(entries: Entries, names: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    equal = np.zeros(len(entries), dtype=np.bool_)
    equal[1:] = np.logical_and.reduce([entries[name][1:] == entries[name][:-1] for name in names])
    return equal


def _with_first(is_equal: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Adds to the rows that equal the one before them the first of each run."""
    of_run = is_equal.copy()
    of_run[:-1] |= is_equal[1:]
    return of_run


def _earliest_known(instants: npt.NDArray[Any], starts: Positions) -> npt.NDArray[np.int64]:
    """Returns the earliest instant of each group, unknown only where all are."""
    never = np.iinfo(np.int64).max
    known = np.where(instants == UNKNOWN_INSTANT, never, instants)
    earliest: npt.NDArray[np.int64] = np.minimum.reduceat(known, starts)
    return np.where(earliest == never, UNKNOWN_INSTANT, earliest)
