"""The facts that decide where a staged record is published: an entry of the index.

The entries of all records lie in shards (`tasks.publish.shards`).
"""

import hashlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tasks.publish.joined_outlets import COLUMNS as OUTLET_COLUMNS
from tasks.publish.joined_outlets import DESCRIBED, describe_outlets
from tasks.storage.records import read_records
from tasks.storage.warehouse import Warehouse
from tasks.validate.verdicts import read_verdict

# Stand for an unknown day or instant; they sort before all that are known.
UNKNOWN_DAY = np.iinfo(np.int32).min
UNKNOWN_INSTANT = np.iinfo(np.int64).min
ENTRY = np.dtype(
    [
        # The batch, by its number (`tasks.publish.batch_numbers`), and the row in it.
        ("batch", "<i4"),
        ("row", "<i4"),
        # An article_id is 20 hex digits: 16 and 4 of them. Of what is no article, a digest of where
        # it lies, and zero.
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
        ("outlet_head", "<u8"),
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
    "raw_offset",
    "raw_path",
    "record_digest",
    *OUTLET_COLUMNS,
)
ID_HEAD = 16
_MICROSECONDS_A_DAY = 86_400_000_000

Entries = npt.NDArray[np.void]


def each_batch(rows: npt.NDArray[np.void]) -> Iterator[tuple[int, npt.NDArray[np.intp]]]:
    """Yields the numbers of the batches that rows are of, with the positions of their rows."""
    batches = np.ascontiguousarray(rows["batch"])
    order = np.argsort(batches, kind="stable")
    starts = np.flatnonzero(np.diff(batches[order], prepend=-1))
    for positions in np.split(order, starts[1:]) if len(rows) else ():
        yield int(batches[positions[0]]), positions


def take(rows: Entries, chosen: npt.NDArray[Any]) -> Entries:
    """Returns some of the rows; numpy copies rows of bytes five times as fast as rows of fields.

    Args:
        rows: of `ENTRY` or a type like it.
        chosen: their positions, or a mask.
    """
    taken: Entries = rows.view(f"V{rows.dtype.itemsize}")[chosen].view(rows.dtype)
    return taken


def put(rows: Entries, first: int, some: Entries) -> None:
    """Copies rows into others of their type, from a position on; as quick as `take`."""
    kind = f"V{rows.dtype.itemsize}"
    rows.view(kind)[first : first + len(some)] = some.view(kind)


def read_entries(warehouse: Warehouse, batch_id: str, number: int) -> Entries:
    """Returns the entries of a batch that has the given number."""
    staged = read_records(warehouse, batch_id, _COLUMNS)
    failed = read_verdict(warehouse, batch_id)
    entries = np.zeros(staged.num_rows, ENTRY)
    entries["batch"] = number
    entries["row"] = np.arange(len(entries))
    entries["has_failed"][list(failed)] = True
    accepted = pc.equal(staged["fate"], "accepted").to_numpy()
    entries["is_article"] = accepted & ~entries["has_failed"]
    rows = np.flatnonzero(entries["is_article"])
    ids = staged["article_id"].take(pa.array(rows)).to_pylist()
    entries["id_head"][rows] = [int(article_id[:ID_HEAD], 16) for article_id in ids]
    entries["id_tail"][rows] = [int(article_id[ID_HEAD:], 16) for article_id in ids]
    others = np.flatnonzero(~entries["is_article"])
    places = staged.select(["raw_path", "raw_offset"]).take(pa.array(others)).to_pylist()
    entries["id_head"][others] = [digest_place(**place) for place in places]
    entries["fetched_at"] = _integers(staged["fetched_at"], pa.int64(), UNKNOWN_INSTANT)
    entries["landing_date"] = _integers(staged["landing_date"], pa.int32(), UNKNOWN_DAY)
    days = _integers(staged["published_date"], pa.int32(), UNKNOWN_DAY)
    entries["published_date"] = days
    # A day without an instant stands for its first instant.
    instants = _integers(staged["published_at"], pa.int64(), UNKNOWN_INSTANT)
    starts = days.astype(np.int64) * _MICROSECONDS_A_DAY
    entries["published_at"] = np.where(instants == UNKNOWN_INSTANT, starts, instants)
    for name, column in zip(DESCRIBED, describe_outlets(staged), strict=True):
        entries[name] = column
    digests = bytes.fromhex("".join(staged["record_digest"].to_pylist()))
    entries["digest"] = np.frombuffer(digests, "V32")
    for row, names in failed.items():
        content = "|".join((staged["record_digest"][row].as_py(), *names))
        entries["digest"][row] = hashlib.sha256(content.encode()).digest()
    return entries


def digest_place(raw_path: str, raw_offset: int | None) -> int:
    """Returns 64 bits that stand for where a document lies in raw/."""
    place = f"{raw_path}\0{'' if raw_offset is None else raw_offset}"
    return int.from_bytes(hashlib.blake2b(place.encode(), digest_size=8).digest())


def _integers(column: pa.ChunkedArray, kind: pa.DataType, unknown: int) -> npt.NDArray[Any]:
    """Returns instants or days as the integers that they are stored as."""
    values: npt.NDArray[Any] = column.cast(kind).fill_null(unknown).to_numpy()
    return values
