"""Selections: of each part the records that make it up, and what the selection adds to them.

A selection is kept in `staged/selection/` with two digests. `inputs` is of all that the part's rows
depend on: the part is rewritten exactly when it changes. `made_of` is of all that the selection was
made of: it is made again only when that changes. Neither depends on how the index is divided into
shards. Most partitions are one part (`tasks.publish.part_ranges`).
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from schemas.tables import ARTICLES, MONEY, QUARANTINE, Table
from tasks.publish.drafts import Draft, as_table, draft_selections
from tasks.publish.index import UNKNOWN_INSTANT, each_batch
from tasks.publish.joined_outlets import JoinedOutlets
from tasks.publish.latest import Articles, Positions, article_id
from tasks.publish.originals import SEARCHED_AT_ONCE, find_originals
from tasks.publish.periods import Period, read_period_rows
from tasks.publish.shard_days import ARTICLES as ARTICLE_ROWS
from tasks.publish.shards import open_shards, read_current_batches
from tasks.storage.layouts import PUBLISHED
from tasks.storage.locations import for_each, parse_location
from tasks.storage.warehouse import Warehouse, read_metadata, write_table
from tasks.validate.verdicts import read_verdict

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

Footer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Selecting:
    """An order to make the selections of some partitions of a dataset.

    Attributes:
        warehouse: its location, as written.
        section: of the shards, in which their rows lie.
        key: the folder column of the partitions.
        unit: of their periods.
        periods: of the partitions.
        part_rows: the most rows of a part.
        heads: the digests of all shards' heads.
        joined: outlets; its examples name batches by their position among the sorted ids.
    """

    warehouse: str
    section: str
    key: str
    unit: str
    periods: tuple[Period, ...]
    part_rows: int
    heads: tuple[str, ...]
    joined: JoinedOutlets

    @property
    def dataset(self) -> str:
        """The dataset of the partitions."""
        return ARTICLES.name if self.section == ARTICLE_ROWS else QUARANTINE.name


@dataclass(frozen=True, slots=True)
class Selected:
    """What a part's selection was made of, and whether the part is published as it says."""

    value: str
    made_of: str
    is_published: bool


def select_share(order: Selecting) -> list[Selected]:
    """Makes the selections of some partitions, where they are not as they should be.

    One is written again even where it is, if the partition is not published as it says: so none is
    published from a damaged one.

    Raises:
        DamagedSectionError: a shard is not as it was written.
    """
    warehouse = Warehouse(parse_location(order.warehouse))
    batches = read_current_batches(warehouse)
    shards = open_shards(warehouse, order.heads)
    rows = read_period_rows(warehouse, shards, order.section, order.periods)
    table = as_table(warehouse, rows, order.dataset, batches.ranks())
    del rows
    order.joined.mark(table)
    ids = sorted(batches.ids)
    periods = frozenset(period.value for period in order.periods)
    drafts = list(draft_selections(table, order.dataset, order.unit, periods, order.part_rows))
    inputs = {draft.value: _kept_inputs(warehouse, draft) for draft in drafts}
    look_up = partial(read_published_inputs, warehouse, order.dataset, order.key)
    published = dict(zip(inputs, for_each(look_up, inputs, warehouse.root), strict=True))
    outdated = [
        draft
        for draft in drafts
        if inputs[draft.value] is None or published[draft.value] != inputs[draft.value]
    ]
    for draft, originals in _find_originals(warehouse, ids, outdated):
        written = _write_selection(warehouse, ids, order.joined, draft, originals)
        inputs[draft.value] = written
    return [
        Selected(draft.value, draft.made_of, published[draft.value] == inputs[draft.value])
        for draft in drafts
    ]


def selection_file(warehouse: Warehouse, dataset: str, value: str) -> Path:
    """Returns the file of a part's selection."""
    return warehouse.selection / dataset / f"{value}.parquet"


def _find_originals(
    warehouse: Warehouse, batches: Sequence[str], drafts: list[Draft]
) -> Iterator[tuple[Draft, Positions]]:
    """Yields each draft with the article that each of its members repeats, -1 for most."""
    for group in _groups(drafts):
        start = min(draft.context.start for draft in group)
        articles = group[0].table[start : max(draft.context.stop for draft in group)]
        originals = find_originals(warehouse, batches, articles)
        for draft in group:
            if draft.context.start == draft.context.stop:
                yield draft, np.full(len(draft.members), -1)
            else:
                found = originals[draft.members - start]
                yield draft, np.where(found < 0, -1, found + start)


def _groups(drafts: list[Draft]) -> Iterator[list[Draft]]:
    """Yields neighbours together, as long as memory stays bounded: their contexts overlap."""
    group: list[Draft] = []
    for draft in drafts:
        if group:
            start, stop = group[0].context.start, group[-1].context.stop
            reached = draft.context.stop - start
            # Parts of one partition have one context, which is searched once.
            is_more = draft.context.stop > stop and reached > SEARCHED_AT_ONCE
            if not start <= draft.context.start <= stop or is_more:
                yield group
                group = []
        group.append(draft)
    if group:
        yield group


def _write_selection(
    warehouse: Warehouse,
    batches: Sequence[str],
    joined: JoinedOutlets,
    draft: Draft,
    originals: Positions,
) -> str:
    """Writes a part's selection; returns the digest of all that the part's rows hold."""
    members = draft.table[draft.members]
    order = np.lexsort((members["row"], members["batch"]))
    rows, originals = members[order], originals[order]
    duplicate_of = [
        None if position < 0 else article_id(draft.table[position]) for position in originals
    ]
    first_fetched = np.ascontiguousarray(rows["first_fetched_at"])
    columns = {
        "batch_id": pa.array(batches, pa.string()).take(pa.array(rows["batch"])),
        "row": rows["row"],
        "revision_count": rows["revision_count"],
        "first_fetched_at": pa.array(first_fetched, mask=first_fetched == UNKNOWN_INSTANT).cast(
            SELECTION_SCHEMA.field("first_fetched_at").type
        ),
        "failed": _read_failed(warehouse, batches, rows),
        "duplicate_of": duplicate_of,
        "joined_outlet_id": joined.read_ids(warehouse, batches, rows),
    }
    inputs = hashlib.sha256(_form(draft.dataset).encode())
    for name in ("digest", "revision_count", "first_fetched_at"):
        inputs.update(np.ascontiguousarray(rows[name]).tobytes())
    inputs.update("|".join(original or "" for original in duplicate_of).encode())
    digest = inputs.hexdigest()
    metadata = {"inputs": digest, "made_of": draft.made_of, "part_rows": draft.part_rows}
    table = pa.table(columns, schema=SELECTION_SCHEMA)
    path = selection_file(warehouse, draft.dataset, draft.value)
    write_table(path, [table], SELECTION_SCHEMA, metadata)
    return digest


def _read_failed(warehouse: Warehouse, batches: Sequence[str], rows: Articles) -> list[list[str]]:
    failed: list[list[str]] = [[] for _ in rows]
    judged = np.flatnonzero(rows["has_failed"])
    for batch, found in each_batch(rows[judged]):
        verdict = read_verdict(warehouse, batches[batch])
        for position in judged[found]:
            failed[position] = verdict[int(rows["row"][position])]
    return failed


def _kept_inputs(warehouse: Warehouse, draft: Draft) -> str | None:
    """Returns the digest in the selection that is there, None where it was made of other things."""
    footer = read_footer_of(selection_file(warehouse, draft.dataset, draft.value))
    return footer.get("inputs") if footer.get("made_of") == draft.made_of else None


def tables_of(dataset: str) -> tuple[Table, ...]:
    """Returns the tables that a partition of a dataset has files of."""
    return (QUARANTINE,) if dataset == QUARANTINE.name else (ARTICLES, MONEY)


def read_published_inputs(warehouse: Warehouse, dataset: str, key: str, value: str) -> str | None:
    """Returns the `inputs` that a part is published with, None where its files do not agree.

    Args:
        warehouse: where.
        dataset: of the partition.
        key: its folder column.
        value: of the part.
    """
    return agreed_inputs(map(read_footer_of, files_of(warehouse, dataset, key, value)))


def files_of(warehouse: Warehouse, dataset: str, key: str, value: str) -> list[Path]:
    """Returns the files that a part is published in; see `read_published_inputs`."""
    return [warehouse.partition(table.name, key, value) for table in tables_of(dataset)]


def agreed_inputs(footers: Iterable[Footer]) -> str | None:
    """Returns the `inputs` that all files of a part name, None where they do not agree."""
    found = {footer.get("inputs") for footer in footers}
    return found.pop() if len(found) == 1 else None


def _form(dataset: str) -> str:
    schemas = (table.schema.to_string(show_field_metadata=False) for table in tables_of(dataset))
    return "\n".join([*schemas, str(PUBLISHED)])


def read_footer_of(path: Path) -> Footer:
    """Returns the footer in a file's footer; none where it is not there.

    Raises:
        DamagedFileError: the footer is not as it was written.
    """
    try:
        return read_metadata(path)
    except (FileNotFoundError, NotADirectoryError):
        return {}
