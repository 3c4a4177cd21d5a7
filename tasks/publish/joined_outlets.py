"""Joins ids that were made of a name to the domain that other documents give for this name.

A text dump may print "Baku Harbour Post" and no address, while pages of the same outlet tell
theirs. Each record is made of its own document, so their ids differ: one is made of the name, the
other of the domain. Here all records are known, and the outlet gets one id: that of its domain.

The join is a function of the set of records. It looks at neither their order nor what was
published before. An id made of a name stays where records of this name have no domain or several,
or a registered outlet among them. Channels on platforms are left out: anybody may name one so.
"""

import hashlib
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
_DIGEST_BYTES = 8

Rows = npt.NDArray[np.void]


@dataclass(frozen=True, slots=True)
class JoinedOutlets:
    """Which names join which outlet.

    Attributes:
        names: digests of folded names, sorted.
        outlets: of each name, the digest of the id that it joins.
        examples: of each name, the batch (by position in the index) and row of a record with it.
    """

    names: npt.NDArray[np.uint64]
    outlets: npt.NDArray[np.uint64]
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
        """Makes the `digest` of joined rows depend on what they are joined to."""
        found = self.find(rows)
        for row in np.flatnonzero(found >= 0):
            content = rows["digest"][row].tobytes() + self.outlets[found[row]].tobytes()
            rows["digest"][row] = hashlib.sha256(content).digest()

    def read_ids(
        self, warehouse: Warehouse, batches: tuple[str, ...], rows: Rows
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


def describe_outlets(staged: pa.Table) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """Returns for each record the digest of its outlet's folded name, and what its id says.

    64 bits keep the index small. Two of a million names are alike once in 37 million warehouses.

    Args:
        staged: records, with `COLUMNS`.

    Returns:
        Digests of names, 0 without one; digests of ids, `MADE_OF_NAME`, or 0 where the record
        takes no part.
    """
    table = {name: staged[name].to_pylist() for name in COLUMNS}
    described: dict[tuple[Any, ...], tuple[int, int]] = {}
    rows = []
    for key in zip(*(table[name] for name in COLUMNS), strict=True):
        if key not in described:
            described[key] = _describe(*key)
        rows.append(described[key])
    pairs = np.array(rows, dtype="<u8").reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def join_outlets(entries: Rows) -> JoinedOutlets:
    """Returns which names join which outlet, over all records.

    Args:
        entries: of the index; a record that failed its checks is no evidence.
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
    fields = [("batch", "<i4"), ("row", "<i4"), ("outlet_name", "<u8"), ("outlet", "<u8")]
    entries = np.zeros(staged.num_rows, [*fields, ("has_failed", "?")])
    entries["row"] = np.arange(len(entries))
    entries["outlet_name"], entries["outlet"] = describe_outlets(staged)
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
    return JoinedOutlets(names, outlets, tuple(examples))


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
