"""Joins ids that were made of a name to the domain that other documents give for this name.

A text dump may print "Baku Harbour Post" and no address, while pages of the same outlet tell
theirs. Each record is made of its own document, so their ids differ: one is made of the name, the
other of the domain. Here all records are known, and the outlet gets one id: that of its domain.

The join is a function of the set of records. It looks at neither their order nor what was
published before. An id made of a name stays where records of this name have no domain or several,
or a registered outlet among them. Channels on platforms are left out: anybody may name one so.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from schemas.outlets import fold_name
from tasks.normalize.outlets.derived_ids import IdKind, kind_of_id
from tasks.storage.records import read_records
from tasks.storage.warehouse import Warehouse

# Values of the field `outlet` of rows that are no digest of an id. Registered outlets are one,
# because none is joined to: the registry knows its names, and the document's was not enough for it.
_NO_PART = 0
MADE_OF_NAME = 1
_REGISTERED = 2
COLUMNS = ("outlet_id", "outlet_name", "outlet_domain")
# What `describe_outlets` says of a record, field by field.
DESCRIBED = ("outlet_name", "outlet", "outlet_head")
# What is known of a name: a record, by its batch and row, and the outlet that it gives.
NAMED = np.dtype(
    [
        ("batch", "<i4"),
        ("row", "<i4"),
        ("outlet_name", "<u8"),
        ("outlet", "<u8"),
        ("outlet_head", "<u8"),
        ("has_failed", "?"),
    ]
)
# An odd number of which half the bits are set: the golden ratio, times 2 to the power of 64.
_SPREADING = np.uint64(0x9E3779B97F4A7C15)
_DIGEST_BYTES = 8
HEAD_BYTES = 8

Rows = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True)
class JoinedOutlets:
    """Which names join which outlet.

    Attributes:
        names: digests of folded names, sorted.
        outlets: of each name, the digest of the id that it joins.
        heads: of each name, how that id begins; see `outlet_head`.
        examples: of each name, the batch (by position in the index) and row of a record with it.
    """

    names: npt.NDArray[np.uint64]
    outlets: npt.NDArray[np.uint64]
    heads: npt.NDArray[np.uint64]
    examples: tuple[tuple[int, int], ...]

    def find(self, rows: Rows) -> npt.NDArray[np.intp]:
        """Returns for each row the position of the name by which it is joined, or -1."""
        found = np.full(len(rows), -1, dtype=np.intp)
        if len(self.names):
            made = np.flatnonzero(rows["outlet"] == MADE_OF_NAME)
            names = rows["outlet_name"][made]
            positions = np.searchsorted(self.names, names).clip(max=len(self.names) - 1)
            found[made] = np.where(self.names[positions] == names, positions, -1)
        return found

    def mark(self, rows: Rows) -> None:
        """Gives joined rows the outlet that they are joined to: its head, and in the `digest`."""
        found = self.find(rows)
        for row in np.flatnonzero(found >= 0):
            content = rows["digest"][row].tobytes() + self.outlets[found[row]].tobytes()
            rows["digest"][row] = hashlib.sha256(content).digest()
            rows["outlet_head"][row] = self.heads[found[row]]

    def read_ids(
        self, warehouse: Warehouse, batches: Sequence[str], rows: Rows
    ) -> list[str | None]:
        """Returns for each row the id that it is joined to, None where its own stands."""
        found = self.find(rows)
        wanted: dict[int, list[int]] = {}
        for position in np.unique(found[found >= 0]).tolist():
            wanted.setdefault(self.examples[position][0], []).append(position)
        ids: dict[int, str] = {}
        for batch, positions in wanted.items():
            column = read_records(warehouse, batches[batch], ["outlet_id"])["outlet_id"]
            examples = pa.array([self.examples[position][1] for position in positions])
            ids.update(zip(positions, column.take(examples).to_pylist(), strict=True))
        return [ids.get(position) for position in found.tolist()]


def describe_outlets(
    staged: pa.Table,
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """Returns for each record the digest of its outlet's folded name, and what its id says.

    64 bits keep the index small. Two of a million names are alike once in 37 million warehouses.

    Args:
        staged: records, with `COLUMNS`.

    Returns:
        Digests of names, 0 without one; digests of ids, `MADE_OF_NAME`, or 0 where the record
        takes no part; how ids begin.
    """
    table = {name: staged[name].to_pylist() for name in COLUMNS}
    described: dict[tuple[Any, ...], tuple[int, int, int]] = {}
    rows = []
    for key in zip(*(table[name] for name in COLUMNS), strict=True):
        if key not in described:
            described[key] = (*_describe(*key), outlet_head(key[0]))
        rows.append(described[key])
    columns = np.array(rows, dtype="<u8").reshape(-1, 3)
    return columns[:, 0], columns[:, 1], columns[:, 2]


def outlet_head(outlet_id: str | None) -> int:
    """Returns the first eight bytes of an outlet_id as a number: in the order of ids, null first.

    Ids that begin alike have one head; what tells them apart is not in the index.
    """
    return int.from_bytes((outlet_id or "").encode()[:HEAD_BYTES].ljust(HEAD_BYTES, b"\0"))


def tell_names(entries: Rows) -> Rows:
    """Returns of each name and outlet one record, as rows of `NAMED`: all that joining depends on.

    Args:
        entries: of the index, or rows of `NAMED`.
    """
    outlets = np.ascontiguousarray(entries["outlet"])
    is_told = (outlets == MADE_OF_NAME) | ((outlets > MADE_OF_NAME) & ~entries["has_failed"])
    positions = np.flatnonzero(is_told)
    pairs = entries["outlet_name"][positions] ^ (outlets[positions] * _SPREADING)
    codes = pa.array(pairs).dictionary_encode()
    first = np.zeros(len(codes.dictionary), np.intp)
    # Written backwards, so that of each pair the first record stays.
    first[codes.indices.to_numpy()[::-1]] = positions[::-1]
    named = np.zeros(len(first), NAMED)
    for name in ("batch", "row", *DESCRIBED):
        named[name] = entries[name][first]
    return named


def join_outlets(entries: Rows) -> JoinedOutlets:
    """Returns which names join which outlet, over all records.

    Args:
        entries: of the index, or what `tell_names` left of them; a record that failed its checks is
            no evidence.
    """
    kinds = np.ascontiguousarray(entries["outlet"])
    names = np.ascontiguousarray(entries["outlet_name"])
    wanted = np.unique(names[kinds == MADE_OF_NAME])
    if not len(wanted):
        return _pick(wanted, wanted, wanted, entries)
    telling = np.flatnonzero((kinds > MADE_OF_NAME) & ~entries["has_failed"])
    telling = telling[np.isin(names[telling], wanted)]
    telling = telling[np.lexsort((kinds[telling], names[telling]))]
    names, kinds = names[telling], kinds[telling]
    starts = np.flatnonzero(np.r_[True, names[1:] != names[:-1]][: len(names)])
    ends = np.r_[starts[1:], len(names)][: len(starts)] - 1
    # Sorted by id within a name, the first and the last are alike only where all are.
    single = starts[(kinds[starts] == kinds[ends]) & (kinds[starts] != _REGISTERED)]
    return _pick(names[single], kinds[single], telling[single], entries)


def joined_ids(staged: pa.Table) -> list[str | None]:
    """Returns the outlet_id that each record is published with, where these are all records.

    Args:
        staged: records, with `COLUMNS`.
    """
    entries = np.zeros(staged.num_rows, NAMED)
    entries["row"] = np.arange(len(entries))
    for name, column in zip(DESCRIBED, describe_outlets(staged), strict=True):
        entries[name] = column
    joined = join_outlets(entries)
    ids: list[str | None] = staged["outlet_id"].to_pylist()
    return [
        own if position < 0 else ids[joined.examples[position][1]]
        for own, position in zip(ids, joined.find(entries).tolist(), strict=True)
    ]


def _pick(
    names: npt.NDArray[np.uint64],
    outlets: npt.NDArray[np.uint64],
    positions: npt.NDArray[np.intp],
    entries: Rows,
) -> JoinedOutlets:
    records = entries[positions]
    examples = zip(records["batch"].tolist(), records["row"].tolist(), strict=True)
    heads = np.ascontiguousarray(records["outlet_head"])
    return JoinedOutlets(names, outlets, heads, tuple(examples))


def _describe(outlet_id: str | None, name: str | None, domain: str | None) -> tuple[int, int]:
    folded = fold_name(name) if name else ""
    if not folded or outlet_id is None:
        return 0, _NO_PART
    match kind_of_id(outlet_id, domain):
        case IdKind.REGISTERED:
            outlet = _REGISTERED
        case IdKind.DOMAIN:
            outlet = _digest(outlet_id)
        case IdKind.CHANNEL:
            outlet = _NO_PART
        case IdKind.NAME:
            outlet = MADE_OF_NAME
    return _digest(folded), outlet


def _digest(text: str) -> int:
    """Returns a digest that is none of the values with a meaning."""
    digest = hashlib.blake2b(text.encode(), digest_size=_DIGEST_BYTES).digest()
    return max(int.from_bytes(digest, "little"), _REGISTERED + 1)
