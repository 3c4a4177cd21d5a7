"""Entries of some articles, found among a shard's without reading all of them.

Entries are sorted by the head of their id. Of every 64 of them, a block, the first head and the
digest are kept apart: so a search reads and checks only the blocks in which it may find something.
"""

import hashlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from schemas.settings import MEBIBYTE
from tasks.publish.index import ENTRY, Entries, take
from tasks.storage.locations import is_on_disk
from tasks.storage.sections import DamagedSectionError, Head, read_runs, read_section

BLOCK = np.dtype([("first_head", "<u8"), ("digest", "V32")])
# Fewer make more to read of blocks (40 bytes each), more make more to read and digest of entries:
# 6 KB for each article that is looked for.
_ENTRIES = 64
# From this share of all blocks on, one read of all is cheaper than many of some.
_ALL_SHARE = 0.5
# A request to a store takes as long as so many bytes.
_REQUEST = MEBIBYTE
_SECTION, _BLOCKS = "entries", "entry_blocks"

Heads = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.intp]


def sections_of(entries: Entries) -> dict[str, npt.NDArray[np.void]]:
    """Returns the sections in which entries can be searched.

    Args:
        entries: sorted by the head of their id.
    """
    blocks = np.zeros(-(-len(entries) // _ENTRIES), BLOCK)
    blocks["first_head"] = entries["id_head"][::_ENTRIES]
    blocks["digest"] = np.frombuffer(b"".join(_digests(entries)), "V32")
    return {_SECTION: entries, _BLOCKS: blocks}


def read_all(head: Head) -> Entries:
    """Reads all entries.

    Raises:
        DamagedSectionError: they are not as they were written.
    """
    return read_section(head, _SECTION, ENTRY)


def count_all(head: Head) -> int:
    """Returns how many entries there are."""
    return head.sections[_SECTION][1] // ENTRY.itemsize


def find_entries(head: Head, id_heads: Heads) -> Entries:
    """Reads the entries whose id has one of these heads, sorted by it; raises as `read_all`.

    Args:
        head: of the file.
        id_heads: sorted.
    """
    blocks = read_section(head, _BLOCKS, BLOCK)
    wanted = _blocks_with(blocks["first_head"], id_heads)
    if len(wanted) > _ALL_SHARE * len(blocks) or _is_far(head, wanted):
        entries = read_all(head)
    else:
        # Bytes are joined in a tenth of the time that numpy takes for rows with fields.
        entries = np.frombuffer(b"".join(_read_blocks(head, blocks, wanted)), ENTRY)
    return take(entries, np.isin(entries["id_head"], id_heads))


def _is_far(head: Head, wanted: Numbers) -> bool:
    """Tells whether blocks lie in a store, and in so many places that reading all is quicker."""
    size = count_all(head) * ENTRY.itemsize
    return not is_on_disk(head.path) and size < sum(1 for _ in _runs(wanted)) * _REQUEST


def _blocks_with(first_heads: Heads, id_heads: Heads) -> Numbers:
    """Returns the numbers of the blocks in which entries with these heads may lie."""
    # The entries of one head may begin in the block before the first that begins with it.
    first = np.maximum(np.searchsorted(first_heads, id_heads, "left") - 1, 0)
    last = np.searchsorted(first_heads, id_heads, "right") - 1
    changes = np.zeros(len(first_heads) + 1, np.intp)
    np.add.at(changes, first, 1)
    np.add.at(changes, last + 1, -1)
    return np.flatnonzero(np.cumsum(changes)[:-1])


def _runs(numbers: Numbers) -> Iterator[Numbers]:
    """Yields numbers that follow each other together."""
    if len(numbers):
        yield from np.split(numbers, np.flatnonzero(np.diff(numbers) > 1) + 1)


def _read_blocks(head: Head, blocks: npt.NDArray[np.void], wanted: Numbers) -> Iterator[memoryview]:
    runs = list(_runs(wanted))
    starts = [int(run[0]) * _ENTRIES for run in runs]
    ends = [min((int(run[-1]) + 1) * _ENTRIES, count_all(head)) for run in runs]
    places = [(start, end - start) for start, end in zip(starts, ends, strict=True)]
    for run, entries in zip(runs, read_runs(head, _SECTION, ENTRY, places), strict=True):
        if b"".join(_digests(entries)) != blocks["digest"][run].tobytes():
            raise DamagedSectionError(str(head.path))
        yield entries.view(np.uint8).data


def _digests(entries: Entries) -> Iterator[bytes]:
    content = np.ascontiguousarray(entries).view(np.uint8).data
    size = _ENTRIES * ENTRY.itemsize
    for start in range(0, len(content), size):
        yield hashlib.sha256(content[start : start + size]).digest()
