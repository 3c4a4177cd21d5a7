"""Tombstones: digests of what was erased, by which it is known again and kept out.

A tombstone holds no address, no title and no text. It is a file of its own, so that none is lost
with another. It is written before anything is erased, and finished when nothing is left: whatever
ends in between is completed by the next run, or by `newsmill forget` itself.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tasks.storage.locations import list_files
from tasks.storage.sealed_json import read_sealed_json, write_sealed_json
from tasks.storage.warehouse import Warehouse

# 128 bits: among a billion documents two share a key with a chance of 1 in 10**21.
_KEY_DIGITS = 32


class KeyKind(StrEnum):
    """What a key is the digest of."""

    ARTICLE = "article"  # an article_id, of a page's own address and of the one it was fetched from
    CONTENT = "content"  # a content_digest: the same title and text under any address
    RAW = "raw"  # a raw_digest: the same bytes anywhere in raw/
    OUTLET = "outlet"  # an outlet_id


class TombstoneError(Exception):
    """A tombstone cannot be read: without it something could come back."""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What one request erased.

    Attributes:
        name: of its file; 16 hex digits.
        keys: what documents are known by; see `tombstone_key`.
        is_finished: nothing that it names is left in the warehouse.
    """

    name: str
    keys: frozenset[str]
    is_finished: bool = False


def tombstone_key(kind: KeyKind, value: str) -> str:
    """Returns the digest (SHA-256, its first 32 hex digits) by which a value is known again."""
    return hashlib.sha256(f"{kind}\0{value}".encode()).hexdigest()[:_KEY_DIGITS]


def read_tombstones(warehouse: Warehouse) -> tuple[Tombstone, ...]:
    """Reads all tombstones, by name.

    Raises:
        TombstoneError: one is not as it was written.
    """
    return tuple(map(_read, list_files(_folder(warehouse), "*.json")))


def erased_keys(warehouse: Warehouse) -> dict[str, str]:
    """Returns the keys of all tombstones, each with the name of its tombstone.

    Raises:
        TombstoneError: as above.
    """
    return {key: each.name for each in read_tombstones(warehouse) for key in each.keys}


def has_unfinished(warehouse: Warehouse) -> bool:
    """Tells whether an erasure ended before it was done.

    Raises:
        TombstoneError: as above.
    """
    return any(not each.is_finished for each in read_tombstones(warehouse))


def write_tombstone(warehouse: Warehouse, tombstone: Tombstone) -> None:
    """Writes a tombstone, in place of an earlier one of that name."""
    content = {"keys": sorted(tombstone.keys), "is_finished": tombstone.is_finished}
    write_sealed_json(_folder(warehouse) / f"{tombstone.name}.json", content)


def find_tombstone(tombstones: Iterable[Tombstone], keys: Iterable[str]) -> Tombstone | None:
    """Returns the first tombstone that has one of the keys."""
    wanted = frozenset(keys)
    return next((each for each in tombstones if each.keys & wanted), None)


def _read(path: Path) -> Tombstone:
    try:
        kept = read_sealed_json(path)
    except ValueError as error:
        raise TombstoneError(
            f"{error}. It keeps what was erased from coming back: bring it back from a backup, or "
            "remove it and repeat the `newsmill forget` that wrote it"
        ) from error
    return Tombstone(path.stem, frozenset(kept["keys"]), kept["is_finished"])


def _folder(warehouse: Warehouse) -> Path:
    return warehouse.root / "staged" / "tombstones"
