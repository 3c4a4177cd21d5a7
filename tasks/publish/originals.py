"""Which articles repeat others, over any number of articles in the order of time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO

import numpy as np

from schemas.settings import MEBIBYTE
from tasks.normalize.signatures import SIGNATURE
from tasks.publish.duplicates import find_duplicates
from tasks.publish.latest import Articles, Positions, Signatures, read_signatures
from tasks.publish.periods import search_start
from tasks.storage.warehouse import Warehouse

# Articles that are searched for duplicates at once: 40 MB of signatures.
SEARCHED_AT_ONCE = 100_000
# Of more than so many the signatures wait in a file: 160 MB.
_IN_MEMORY = 4 * SEARCHED_AT_ONCE


def find_originals(warehouse: Warehouse, batches: Sequence[str], articles: Articles) -> Positions:
    """Returns which of some articles each repeats, -1 for most; the first may repeat earlier ones.

    Compared at once are the articles of 72 hours, and as many that may repeat them. In memory are
    a hundred bytes of each, and the signatures where they are few.
    """
    originals = np.full(len(articles), -1, dtype=np.intp)
    instants = np.ascontiguousarray(articles["published_at"])
    first = 0
    while first < len(articles):
        context = int(np.searchsorted(instants, search_start(int(instants[first]))))
        last = max(context + SEARCHED_AT_ONCE, 2 * first - context, first + 1)
        some = articles[context:last]
        found = _find_among(warehouse, batches, some)[first - context :]
        originals[first:last] = np.where(found < 0, -1, found + context)
        first = last
    return originals


def _find_among(warehouse: Warehouse, batches: Sequence[str], articles: Articles) -> Positions:
    with _blank_signatures(warehouse, len(articles)) as signatures:
        read_signatures(warehouse, batches, articles, signatures)
        return find_duplicates(
            # Articles are already in the order of (published, article_id).
            np.arange(len(articles)),
            articles["published_at"].astype("datetime64[us]"),
            signatures,
        )


@contextmanager
def _blank_signatures(warehouse: Warehouse, rows: int) -> Iterator[Signatures]:
    """Gives rows of `SIGNATURE` to be filled in; many of them in a file that is gone afterwards."""
    if rows <= _IN_MEMORY:
        yield np.zeros(rows, SIGNATURE)
        return
    folder = warehouse.local_scratch
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryFile(dir=folder) as file:
        _allocate(file, rows * SIGNATURE.itemsize)
        # Mapped, not read: the system takes the memory back where it is short.
        yield np.asarray(np.memmap(file, SIGNATURE, mode="r+", shape=(rows,)))


def _allocate(file: IO[bytes], size: int) -> None:
    """Fills a file with zeros: in one with holes a full disk would be told by a signal.

    Raises:
        OSError: the disk is full.
    """
    zeros = bytes(MEBIBYTE)
    for start in range(0, size, MEBIBYTE):
        file.write(zeros[: size - start])
    file.flush()
