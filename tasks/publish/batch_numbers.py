"""The batches that the index is made of, by number, each in the state that it was read in.

A batch keeps its number for as long as it is staged, so that what is new changes nothing of what is
kept of the others. The number of one that is gone is given again.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tasks.lineage.versions import selection_version
from tasks.storage.sections import (
    DamagedSectionError,
    Head,
    read_head,
    read_section,
    write_sections,
)
from tasks.storage.staged_view import StagedView

_BYTE = np.dtype("u1")


@dataclass(frozen=True, slots=True)
class Batches:
    """Numbered batches.

    Attributes:
        ids: the batch_ids by number; "" where a number is free.
        states: digests of what the records and the verdict of each hold.
    """

    ids: tuple[str, ...] = ()
    states: tuple[str, ...] = ()

    @property
    def token(self) -> str:
        """The digest of all this, and of the code that reads entries."""
        content = "\n".join((selection_version(), *self.ids, *self.states))
        return hashlib.sha256(content.encode()).hexdigest()

    def follow(self, states: Mapping[str, str]) -> "Batches":
        """Returns the batches as they are now; those that stay keep their numbers.

        Args:
            states: of every staged batch.
        """
        ids = [batch_id if batch_id in states else "" for batch_id in self.ids]
        known = set(ids)
        free = [number for number, batch_id in enumerate(ids) if not batch_id]
        for batch_id in sorted(states.keys() - known):
            if free:
                ids[heappop(free)] = batch_id
            else:
                ids.append(batch_id)
        return Batches(tuple(ids), tuple(states.get(batch_id, "") for batch_id in ids))

    def differing(self, earlier: "Batches") -> Iterator[int]:
        """Yields the numbers that stand for something else than they did, or did not stand."""
        length = max(len(self.ids), len(earlier.ids))
        pairs = zip(self._padded(length), earlier._padded(length), strict=True)
        return (number for number, (own, other) in enumerate(pairs) if own != other)

    def staged(self, numbers: Sequence[int] | None = None) -> list[tuple[int, str]]:
        """Returns the numbers and ids of batches, of all where none are given."""
        chosen = range(len(self.ids)) if numbers is None else numbers
        return [(n, self.ids[n]) for n in chosen if n < len(self.ids) and self.ids[n]]

    def ranks(self) -> npt.NDArray[np.int32]:
        """Returns by number the position of each batch among the sorted batch_ids."""
        order = sorted(range(len(self.ids)), key=self.ids.__getitem__)
        ranks = np.zeros(len(self.ids), "<i4")
        ranks[order] = np.arange(len(order), dtype="<i4")
        return ranks

    def _padded(self, length: int) -> list[tuple[str, str]]:
        missing = [("", "")] * (length - len(self.ids))
        return [*zip(self.ids, self.states, strict=True), *missing]


def read_states(seen: StagedView) -> dict[str, str]:
    """Returns of each staged batch, sorted, the digest of its footer and of its whole verdict.

    Raises:
        FileNotFoundError: one has no verdict.
    """
    # One that is missing is named by the error.
    seen.see_judged(seen.records.keys() - seen.verdicts.keys())
    seen.keep()
    return {
        batch_id: _combine(digest, seen.verdicts[batch_id])
        for batch_id, digest in seen.records.items()
    }


def write_batches(path: Path, batches: Batches, heads: Mapping[str, str]) -> None:
    """Keeps batches, and the digests of the heads of the shards that were made of them.

    Args:
        path: where.
        batches: as they are.
        heads: by the names of the shards.
    """
    sections = {
        "ids": _as_bytes("".join(f"{batch_id}\n" for batch_id in batches.ids)),
        "states": _as_bytes("".join(f"{state}\n" for state in batches.states)),
        "heads": _as_bytes(json.dumps(dict(heads))),
    }
    write_sections(path, {"version": selection_version()}, sections)


def read_batches(path: Path) -> tuple[Batches, dict[str, str]]:
    """Reads what `write_batches` kept; nothing where it is not whole, or of other code."""
    head = read_head(path)
    if head is None or head.about.get("version") != selection_version():
        return Batches(), {}
    try:
        ids, states = (_read_lines(head, name) for name in ("ids", "states"))
        return Batches(ids, states), json.loads(read_section(head, "heads", _BYTE).tobytes())
    except DamagedSectionError:
        return Batches(), {}


class BatchIds(Sequence[str]):
    """The ids of kept batches by number, read once somebody asks for one: few shards do."""

    def __init__(self, path: Path) -> None:
        """Names where `write_batches` kept them."""
        self._path = path

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        return read_batches(self._path)[0].ids

    def __getitem__(self, number: Any) -> Any:
        return self._ids[number]

    def __len__(self) -> int:
        return len(self._ids)


def _as_bytes(text: str) -> npt.NDArray[np.uint8]:
    return np.frombuffer(text.encode(), _BYTE)


def _read_lines(head: Head, section: str) -> tuple[str, ...]:
    return tuple(read_section(head, section, _BYTE).tobytes().decode().split("\n")[:-1])


def _combine(records: str, verdict: str) -> str:
    return hashlib.sha256(f"{records} {verdict}".encode()).hexdigest()
