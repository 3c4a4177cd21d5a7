"""The index of staged/: of every record the few facts that decide where it is published.

It is kept in one file, `staged/caches/index`, and is only a cache. Its first line says which state
of which batch it was made of: the digest of the batch's footer and of its verdict, whole. What
differs is read again, everything where the file is missing or not whole; so the index that
`read_index` returns is always the one that reading all of staged/ would give.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tasks.lineage.versions import selection_version
from tasks.publish.joined_outlets import COLUMNS as OUTLET_COLUMNS
from tasks.publish.joined_outlets import describe_outlets
from tasks.storage.caches import (
    caches_folder,
    read_sealed,
    staged_footers,
    verdict_footers,
    write_sealed,
)
from tasks.storage.locations import list_files
from tasks.storage.records import read_records
from tasks.storage.warehouse import Warehouse
from tasks.validate.verdicts import read_verdict

# Stand for an unknown day or instant; they sort before all that are known.
UNKNOWN_DAY = np.iinfo(np.int32).min
UNKNOWN_INSTANT = np.iinfo(np.int64).min
ENTRY = np.dtype(
    [
        # The batch, by its position among the index's batches, and the row in it.
        ("batch", "<i4"),
        ("row", "<i4"),
        # An article_id is 20 hex digits: 16 and 4 of them. Zero where the record is no article.
        ("id_head", "<u8"),
        ("id_tail", "<u2"),
        ("is_article", "?"),
        ("has_failed", "?"),
        # Instants in microseconds and days, both since 1970 in UTC.
        ("fetched_at", "<i8"),
        ("landing_date", "<i4"),
        ("published_at", "<i8"),
        ("published_date", "<i4"),
        # The outlet, as `joined_outlets.describe_outlets` says it.
        ("outlet_name", "<u8"),
        ("outlet", "<u8"),
        # The record's own digest; where checks failed, the digest of it and of their names.
        ("digest", "V32"),
    ]
)
_COLUMNS = (
    "article_id",
    "fate",
    "fetched_at",
    "landing_date",
    "published_at",
    "published_date",
    "record_digest",
    *OUTLET_COLUMNS,
)
ID_HEAD = 16
_MICROSECONDS_A_DAY = 86_400_000_000

_HEADER_SIZE = 8

Entries = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Index:
    """The footer of every staged record.

    Attributes:
        batches: the batch_ids, sorted.
        entries: rows of `ENTRY`: what is no article, then the articles by the head of their id.
    """

    batches: tuple[str, ...]
    entries: Entries

    @property
    def articles(self) -> Entries:
        """The records that may stand for an article."""
        return self.entries[self._first_article :]

    @property
    def others(self) -> Entries:
        """The records that are quarantined."""
        return self.entries[: self._first_article]

    @property
    def _first_article(self) -> int:
        return int(np.searchsorted(self.entries["is_article"], True))


def read_index(warehouse: Warehouse) -> Index:
    """Returns the index of what is staged now, and keeps it for the next time."""
    states = _read_states(warehouse)
    path = caches_folder(warehouse) / "index"
    known, entries = _read_kept(path)
    if known == states:
        return Index(tuple(states), entries)
    batches = tuple(states)
    positions = {batch_id: position for position, batch_id in enumerate(batches)}
    unchanged = {batch_id for batch_id, state in states.items() if known.get(batch_id) == state}
    moved = np.array([positions[b] if b in unchanged else -1 for b in known], dtype="<i4")
    if len(entries):
        entries = take(entries, moved[entries["batch"]] >= 0)
        entries["batch"] = moved[entries["batch"]]
    added = [
        read_entries(warehouse, batch_id, positions[batch_id])
        for batch_id in batches
        if batch_id not in unchanged
    ]
    entries = _sorted(np.concatenate([entries, *added]))
    _keep(path, states, entries)
    return Index(batches, entries)


def each_batch(rows: npt.NDArray[np.void]) -> Iterator[tuple[int, npt.NDArray[np.intp]]]:
    """Yields the batches, by their position in the index, with the positions of their rows."""
    batches = np.ascontiguousarray(rows["batch"])
    order = np.argsort(batches, kind="stable")
    starts = np.flatnonzero(np.diff(batches[order], prepend=-1))
    for positions in np.split(order, starts[1:]) if len(rows) else ():
        yield int(batches[positions[0]]), positions


def take(entries: Entries, chosen: npt.NDArray[Any]) -> Entries:
    """Returns some of the entries; numpy copies rows of bytes five times as fast as rows of fields.

    Args:
        entries: which.
        chosen: their positions, or a mask.
    """
    rows: Entries = entries.view(f"V{ENTRY.itemsize}")[chosen].view(ENTRY)
    return rows


def _read_states(warehouse: Warehouse) -> dict[str, str]:
    """Returns of each batch, sorted, the digests of its footer and of its verdict."""
    records, verdicts = staged_footers(warehouse), verdict_footers(warehouse)
    states = {
        path.stem: f"{records.digest(path)} {verdicts.digest(warehouse.verdicts / path.name)}"
        for path in list_files(warehouse.records, "*.parquet")
    }
    records.keep()
    verdicts.keep()
    return states


def _keep(path: Path, states: dict[str, str], entries: Entries) -> None:
    header = json.dumps({"version": selection_version(), "batches": states}).encode()
    size = len(header).to_bytes(_HEADER_SIZE, "little")
    write_sealed(path, size, header, entries.tobytes())


def _read_kept(path: Path) -> tuple[dict[str, str], Entries]:
    """Returns the states of the batches that are indexed, and their entries."""
    content = read_sealed(path)
    if content:
        start = _HEADER_SIZE + int.from_bytes(content[:_HEADER_SIZE], "little")
        header = json.loads(bytes(content[_HEADER_SIZE:start]))
        if header["version"] == selection_version():
            return header["batches"], np.frombuffer(content[start:], ENTRY)
    return {}, np.zeros(0, ENTRY)


def read_entries(warehouse: Warehouse, batch_id: str, position: int) -> Entries:
    """Returns the entries of a batch that has the given position among the index's batches."""
    staged = read_records(warehouse, batch_id, _COLUMNS)
    failed = read_verdict(warehouse, batch_id)
    entries = np.zeros(staged.num_rows, ENTRY)
    entries["batch"] = position
    entries["row"] = np.arange(len(entries))
    entries["has_failed"][list(failed)] = True
    accepted = pc.equal(staged["fate"], "accepted").to_numpy()
    entries["is_article"] = accepted & ~entries["has_failed"]
    rows = np.flatnonzero(entries["is_article"])
    ids = staged["article_id"].take(pa.array(rows)).to_pylist()
    entries["id_head"][rows] = [int(article_id[:ID_HEAD], 16) for article_id in ids]
    entries["id_tail"][rows] = [int(article_id[ID_HEAD:], 16) for article_id in ids]
    entries["fetched_at"] = _integers(staged["fetched_at"], pa.int64(), UNKNOWN_INSTANT)
    entries["landing_date"] = _integers(staged["landing_date"], pa.int32(), UNKNOWN_DAY)
    days = _integers(staged["published_date"], pa.int32(), UNKNOWN_DAY)
    entries["published_date"] = days
    # A day without an instant stands for its first instant.
    instants = _integers(staged["published_at"], pa.int64(), UNKNOWN_INSTANT)
    starts = days.astype(np.int64) * _MICROSECONDS_A_DAY
    entries["published_at"] = np.where(instants == UNKNOWN_INSTANT, starts, instants)
    entries["outlet_name"], entries["outlet"] = describe_outlets(staged)
    digests = bytes.fromhex("".join(staged["record_digest"].to_pylist()))
    entries["digest"] = np.frombuffer(digests, "V32")
    for row, names in failed.items():
        content = "|".join((staged["record_digest"][row].as_py(), *names))
        entries["digest"][row] = hashlib.sha256(content.encode()).digest()
    return entries


def _integers(column: pa.ChunkedArray, kind: pa.DataType, unknown: int) -> npt.NDArray[Any]:
    """Returns instants or days as the integers that they are stored as."""
    values: npt.NDArray[Any] = column.cast(kind).fill_null(unknown).to_numpy()
    return values


def _sorted(entries: Entries) -> Entries:
    others = np.flatnonzero(~entries["is_article"])
    articles = np.flatnonzero(entries["is_article"])
    # What was kept and what is new are each sorted; numpy's stable sort merges such runs.
    order = np.argsort(entries["id_head"][articles], kind="stable")
    return take(entries, np.r_[others, articles[order]])
