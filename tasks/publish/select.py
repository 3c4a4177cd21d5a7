"""Which records make up each partition: a pure function of what is staged.

Of the accepted records with one article_id the latest stands for the article; the others are its
earlier revisions. Everything else is quarantined. Ids of outlets that were made of a name join the
domain of this name (`tasks.publish.joined_outlets`).

The outcome is one selection per partition, kept in `staged/selection/` with two digests. `inputs`
is of all that the partition's rows depend on: the partition is rewritten exactly when it changes.
`made_of` is of all that the selection was made of: it is made again only when that changes.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from schemas.settings import Settings
from schemas.tables import ARTICLES, MONEY, QUARANTINE, Table
from tasks.lineage.versions import selection_version
from tasks.publish.duplicates import WINDOW, find_duplicates
from tasks.publish.index import UNKNOWN_DAY, UNKNOWN_INSTANT, Index, each_batch, read_index
from tasks.publish.joined_outlets import JoinedOutlets, join_outlets
from tasks.publish.latest import (
    ARTICLE,
    Articles,
    Positions,
    article_id,
    choose_articles,
    read_signatures,
)
from tasks.storage.layouts import PUBLISHED
from tasks.storage.locations import for_each, list_files
from tasks.storage.warehouse import Warehouse, read_metadata, remove_file, write_table
from tasks.validate.verdicts import read_verdict

UNKNOWN_MONTH = "unknown"
# Not `published_date`: pandas cannot read a folder column that files have with another type.
_PUBLISHED_KEYS = {"month": "published_month", "date": "published_day"}
SELECTION_SCHEMA = pa.schema(
    [
        ("batch_id", pa.string()),
        ("row", pa.int32()),
        ("revision_count", pa.int32()),
        ("first_fetched_at", pa.timestamp("us", tz="UTC")),
        ("failed", pa.list_(pa.string())),
        ("duplicate_of", pa.string()),
        # The outlet that the record's own is joined to; null where its own stands.
        ("joined_outlet_id", pa.string()),
    ]
)
_SECOND = 1_000_000
_OF_QUARANTINE = ("batch", "row", "digest", "has_failed", "outlet_name", "outlet")
# Articles that are searched for duplicates at once: 40 MB of signatures.
_SEARCHED_AT_ONCE = 100_000


@dataclass(frozen=True, slots=True, order=True)
class Partition:
    """A partition of a published dataset, by name: `articles` stands for `money` too."""

    dataset: str
    value: str


def partition_key(dataset: str, settings: Settings) -> str:
    """Returns the folder column of a dataset's partitions."""
    if dataset == QUARANTINE.name:
        return "landing_month"
    return _PUBLISHED_KEYS[settings.partition_by]


def folder_key(partition: Partition) -> str:
    """Returns the folder column that a partition has, whatever today's settings are."""
    if partition.dataset == QUARANTINE.name:
        return "landing_month"
    return _PUBLISHED_KEYS["date" if len(partition.value) > len("2024-03") else "month"]


@dataclass(frozen=True, slots=True)
class _Draft:
    """What a selection is made of.

    Attributes:
        table: rows of `ARTICLE`: all articles, or all that is quarantined.
        members: the partition's rows in it.
        context: the part of the table in which the articles that its members may repeat are.
        made_of: the digest of all this.
    """

    partition: Partition
    table: Articles
    members: Positions
    context: slice
    made_of: str


def select_partitions(warehouse: Warehouse, settings: Settings) -> list[Partition]:
    """Writes the selections and returns the partitions that are stale, sorted.

    A stale partition was built from something else than it would be built from now, or holds
    nothing any more, or does not exist yet. Its selection is written again even where it is as it
    should be, so that none is built from a damaged one.
    """
    index = read_index(warehouse)
    joined = join_outlets(index.entries)
    articles, others = choose_articles(warehouse, index), _quarantined(index)
    joined.mark(articles)
    joined.mark(others)
    drafts = [*_draft_articles(articles, settings), *_draft_quarantine(others)]
    partitions = [draft.partition for draft in drafts]
    look_up = partial(_published_inputs, warehouse, settings)
    published = dict(zip(partitions, for_each(look_up, partitions, warehouse.root), strict=True))
    kept = for_each(partial(_kept_inputs, warehouse), drafts, warehouse.root)
    outdated = [
        draft
        for draft, inputs in zip(drafts, kept, strict=True)
        if inputs is None or published[draft.partition] != inputs
    ]
    stale = {
        draft.partition
        for draft, originals in _find_originals(warehouse, index, outdated)
        if _write_selection(warehouse, index, joined, draft, originals)
        != published[draft.partition]
    }
    wanted = frozenset(published)
    return sorted({*stale, *_drop_selections(warehouse, wanted), *_orphans(warehouse, wanted)})


def selection_path(warehouse: Warehouse, partition: Partition) -> Path:
    """Returns the file that says which records make up a partition."""
    return warehouse.selection / partition.dataset / f"{partition.value}.parquet"


def _draft_articles(articles: Articles, settings: Settings) -> Iterator[_Draft]:
    instants = np.ascontiguousarray(articles["published_at"])
    # `find_duplicates` compares whole seconds; so does this, or a copy at the edge would be missed.
    earliest = (instants // _SECOND) * _SECOND - WINDOW // np.timedelta64(1, "us")
    digests = np.ascontiguousarray(articles["digest"])
    unit = "D" if settings.partition_by == "date" else "M"
    for value, members in _by_period(articles["published_date"], unit):
        # Members are in the order of time, as all articles are.
        context = slice(
            int(np.searchsorted(instants, earliest[members[0]])),
            int(np.searchsorted(instants, instants[members[-1]], side="right")),
        )
        partition = Partition(ARTICLES.name, value)
        made_of = _digest(partition, articles, members, digests[context].tobytes())
        yield _Draft(partition, articles, members, context, made_of)


def _quarantined(index: Index) -> Articles:
    entries = index.others[np.lexsort((index.others["row"], index.others["batch"]))]
    table = np.zeros(len(entries), ARTICLE)
    for name in _OF_QUARANTINE:
        table[name] = entries[name]
    # Its time is that of its landing.
    table["published_date"] = entries["landing_date"]
    table["first_fetched_at"] = UNKNOWN_INSTANT
    return table


def _draft_quarantine(table: Articles) -> Iterator[_Draft]:
    for value, members in _by_period(table["published_date"], "M"):
        partition = Partition(QUARANTINE.name, value)
        yield _Draft(partition, table, members, slice(0, 0), _digest(partition, table, members))


def _by_period(days: npt.NDArray[np.int32], unit: str) -> Iterator[tuple[str, Positions]]:
    """Yields the months (`M`) or days (`D`) that rows are of, with their rows in order."""
    periods = days.astype("datetime64[D]").astype(f"datetime64[{unit}]")
    order = np.argsort(periods, kind="stable")
    starts = np.flatnonzero(periods[order][1:] != periods[order][:-1]) + 1
    for members in np.split(order, starts) if len(days) else ():
        is_known = days[members[0]] != UNKNOWN_DAY
        yield str(periods[members[0]]) if is_known else UNKNOWN_MONTH, members


def _find_originals(
    warehouse: Warehouse, index: Index, drafts: list[_Draft]
) -> Iterator[tuple[_Draft, Positions]]:
    """Yields each draft with the article that each of its members repeats, -1 for most."""
    for group in _groups(drafts):
        start = min(draft.context.start for draft in group)
        articles = group[0].table[start : max(draft.context.stop for draft in group)]
        originals = find_duplicates(
            # Articles are already in the order of (published, article_id).
            np.arange(len(articles)),
            articles["published_at"].astype("datetime64[us]"),
            read_signatures(warehouse, index.batches, articles),
        )
        for draft in group:
            if draft.context.start == draft.context.stop:
                yield draft, np.full(len(draft.members), -1)
            else:
                found = originals[draft.members - start]
                yield draft, np.where(found < 0, -1, found + start)


def _groups(drafts: list[_Draft]) -> Iterator[list[_Draft]]:
    """Yields neighbours together, as long as memory stays bounded: their contexts overlap."""
    group: list[_Draft] = []
    for draft in drafts:
        if group:
            start, stop = group[0].context.start, group[-1].context.stop
            reached = draft.context.stop - start
            if not start <= draft.context.start <= stop or reached > _SEARCHED_AT_ONCE:
                yield group
                group = []
        group.append(draft)
    if group:
        yield group


def _write_selection(
    warehouse: Warehouse,
    index: Index,
    joined: JoinedOutlets,
    draft: _Draft,
    originals: Positions,
) -> str:
    """Writes a partition's selection; returns the digest of all that the partition's rows hold."""
    members = draft.table[draft.members]
    order = np.lexsort((members["row"], members["batch"]))
    rows, originals = members[order], originals[order]
    duplicate_of = [
        None if position < 0 else article_id(draft.table[position]) for position in originals
    ]
    first_fetched = np.ascontiguousarray(rows["first_fetched_at"])
    columns = {
        "batch_id": pa.array(index.batches, pa.string()).take(pa.array(rows["batch"])),
        "row": rows["row"],
        "revision_count": rows["revision_count"],
        "first_fetched_at": pa.array(first_fetched, mask=first_fetched == UNKNOWN_INSTANT).cast(
            SELECTION_SCHEMA.field("first_fetched_at").type
        ),
        "failed": _read_failed(warehouse, index.batches, rows),
        "duplicate_of": duplicate_of,
        "joined_outlet_id": joined.read_ids(warehouse, index.batches, rows),
    }
    inputs = hashlib.sha256(_form(draft.partition).encode())
    for name in ("digest", "revision_count", "first_fetched_at"):
        inputs.update(np.ascontiguousarray(rows[name]).tobytes())
    inputs.update("|".join(original or "" for original in duplicate_of).encode())
    metadata = {"inputs": inputs.hexdigest(), "made_of": draft.made_of}
    table = pa.table(columns, schema=SELECTION_SCHEMA)
    path = selection_path(warehouse, draft.partition)
    write_table(path, [table], SELECTION_SCHEMA, metadata)
    return metadata["inputs"]


def _read_failed(warehouse: Warehouse, batches: tuple[str, ...], rows: Articles) -> list[list[str]]:
    failed: list[list[str]] = [[] for _ in rows]
    judged = np.flatnonzero(rows["has_failed"])
    for batch, found in each_batch(rows[judged]):
        verdict = read_verdict(warehouse, batches[batch])
        for position in judged[found]:
            failed[position] = verdict[int(rows["row"][position])]
    return failed


def _kept_inputs(warehouse: Warehouse, draft: _Draft) -> str | None:
    """Returns the digest in the selection that is there, None where it was made of other things."""
    footer = _read_footer(selection_path(warehouse, draft.partition))
    return footer.get("inputs") if footer.get("made_of") == draft.made_of else None


def _digest(partition: Partition, table: Articles, members: Positions, context: bytes = b"") -> str:
    """Returns the digest of what a selection is made of, and of the code that makes it."""
    made_of = hashlib.sha256(f"{selection_version()} {partition}".encode())
    for name in ("digest", "row", "revision_count", "first_fetched_at"):
        made_of.update(table[name][members].tobytes())
    made_of.update(context)
    return made_of.hexdigest()


def _tables(partition: Partition) -> tuple[Table, ...]:
    return (QUARANTINE,) if partition.dataset == QUARANTINE.name else (ARTICLES, MONEY)


def _form(partition: Partition) -> str:
    schemas = (table.schema.to_string(show_field_metadata=False) for table in _tables(partition))
    return "\n".join([*schemas, str(PUBLISHED)])


def _published_inputs(warehouse: Warehouse, settings: Settings, partition: Partition) -> str | None:
    key = partition_key(partition.dataset, settings)
    paths = (warehouse.partition(table.name, key, partition.value) for table in _tables(partition))
    found = {_read_footer(path).get("inputs") for path in paths}
    return found.pop() if len(found) == 1 else None


def _read_footer(path: Path) -> dict[str, Any]:
    """Returns the footer in a file's footer; none where it is not there.

    Raises:
        DamagedFileError: the footer is not as it was written.
    """
    try:
        return read_metadata(path)
    except (FileNotFoundError, NotADirectoryError):
        return {}


def _drop_selections(warehouse: Warehouse, wanted: frozenset[Partition]) -> list[Partition]:
    dropped = []
    for path in list_files(warehouse.selection, "*/*.parquet"):
        partition = Partition(path.parent.name, path.stem)
        if partition not in wanted:
            remove_file(path)
            dropped.append(partition)
    return dropped


def _orphans(warehouse: Warehouse, wanted: frozenset[Partition]) -> Iterator[Partition]:
    """Yields partitions that are published though nothing belongs to them."""
    for dataset in (ARTICLES.name, QUARANTINE.name):
        for value in warehouse.partitions(dataset):
            if Partition(dataset, value) not in wanted:
                yield Partition(dataset, value)
