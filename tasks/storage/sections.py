"""Caches of several sections, each of which can be read alone and still be known to be whole.

The head names the place, size and SHA-256 of every section, and has a SHA-256 of its own: who knows
the digest of the head knows that of all that he reads. The whole file is sealed too, as every cache
(`tasks.storage.caches`).
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tasks.storage.caches import write_sealed
from tasks.storage.locations import read_part, read_parts, read_start

Rows = npt.NDArray[Any]

_SIZE_BYTES = 8
_DIGEST_BYTES = hashlib.sha256().digest_size
_PREFIX = _SIZE_BYTES + _DIGEST_BYTES
# Most heads are one read; that of a few thousand sections is two. A damaged size may claim to be
# anything.
_FIRST_READ, _MAX_HEAD = 8_192, 4 * 1024 * 1024


class DamagedSectionError(Exception):
    """A section is not as it was written; who made the file makes it again.

    Attributes:
        path: of the file, as text: errors travel between processes.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a file says.

    Attributes:
        path: of the file.
        digest: of the head, and so of all sections.
        about: what its maker says of it.
        sections: where each section begins in the file, its size in bytes and its SHA-256.
    """

    path: Path
    digest: str
    about: dict[str, Any]
    sections: dict[str, tuple[int, int, str]]


def write_sections(path: Path, about: Mapping[str, Any], sections: Mapping[str, Rows]) -> str:
    """Writes a file; returns the digest of its head.

    Args:
        path: of the file.
        about: anything that JSON takes.
        sections: arrays, by name.

    Raises:
        ValueError: they are too many for a head.
    """
    contents = {name: _as_bytes(rows) for name, rows in sections.items()}
    places = {}
    start = 0
    for name, content in contents.items():
        places[name] = (start, len(content), hashlib.sha256(content).hexdigest())
        start += len(content)
    head = json.dumps({"about": about, "sections": places}).encode()
    if len(head) > _MAX_HEAD:
        raise ValueError(f"{len(contents):,} sections are too many for one file")
    digest = hashlib.sha256(head)
    prefix = len(head).to_bytes(_SIZE_BYTES, "little") + digest.digest()
    write_sealed(path, prefix, head, *contents.values())
    return digest.hexdigest()


def read_head(path: Path) -> Head | None:
    """Reads the head of a file; None where there is no file, or its head is damaged."""
    try:
        start = read_start(path, _FIRST_READ)
    except FileNotFoundError:
        return None
    size = min(int.from_bytes(start[:_SIZE_BYTES], "little"), _MAX_HEAD)
    if _PREFIX + size > len(start) == _FIRST_READ:
        start += read_part(path, _FIRST_READ, _PREFIX + size - _FIRST_READ)
    head = start[_PREFIX : _PREFIX + size]
    digest = hashlib.sha256(head)
    if digest.digest() != start[_SIZE_BYTES:_PREFIX]:
        return None
    content = json.loads(head)
    places = {
        name: (_PREFIX + size + first, length, sealed)
        for name, (first, length, sealed) in content["sections"].items()
    }
    return Head(path, digest.hexdigest(), content["about"], places)


def read_section(head: Head, name: str, kind: np.dtype[Any]) -> Rows:
    """Reads a section whole, as rows of a type.

    Raises:
        DamagedSectionError: it is not as it was written.
    """
    start, size, digest = head.sections[name]
    content = read_part(head.path, start, size)
    if hashlib.sha256(content).hexdigest() != digest:
        raise DamagedSectionError(str(head.path))
    return np.frombuffer(content, kind)


def read_rows(head: Head, name: str, kind: np.dtype[Any], first: int, count: int) -> Rows:
    """Reads some rows of a section, of which the caller knows how to tell whether they are whole.

    Raises:
        DamagedSectionError: the file ends before.
    """
    (rows,) = read_runs(head, name, kind, [(first, count)])
    return rows


def read_runs(
    head: Head, name: str, kind: np.dtype[Any], runs: Sequence[tuple[int, int]]
) -> Iterator[Rows]:
    """Yields the rows of several runs of a section, each from its first on; as `read_rows`."""
    start = head.sections[name][0]
    places = [(start + first * kind.itemsize, count * kind.itemsize) for first, count in runs]
    for content, (_, size) in zip(read_parts(head.path, places), places, strict=True):
        if len(content) != size:
            raise DamagedSectionError(str(head.path))
        yield np.frombuffer(content, kind)


def _as_bytes(rows: Rows) -> memoryview:
    """Returns the bytes of an array without a copy of them."""
    whole = np.ascontiguousarray(rows)
    return whole.view(np.uint8).data if len(whole) else memoryview(b"")
