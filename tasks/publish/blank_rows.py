"""Arrays of rows to be filled in: few lie in memory, many in a file that is mapped.

The system takes the memory of a mapped file back where it is short. So what a task holds of a month
that nobody divides is bounded, beside some numbers for each of its rows.
"""

from tempfile import TemporaryFile
from typing import IO

import numpy as np
import numpy.typing as npt

from schemas.settings import MEBIBYTE
from tasks.storage.warehouse import Warehouse

_IN_MEMORY = 160 * MEBIBYTE


def blank_rows(warehouse: Warehouse, kind: np.dtype[np.void], rows: int) -> npt.NDArray[np.void]:
    """Returns rows of a type, all zero. A file of them has no name, and goes with the array.

    Raises:
        OSError: the disk is full.
    """
    if rows * kind.itemsize <= _IN_MEMORY:
        return np.zeros(rows, kind)
    folder = warehouse.local_scratch
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryFile(dir=folder) as file:
        _allocate(file, rows * kind.itemsize)
        return np.asarray(np.memmap(file, kind, mode="r+", shape=(rows,)))


def _allocate(file: IO[bytes], size: int) -> None:
    """Fills a file with zeros: in one with holes a full disk would be told by a signal.

    Raises:
        OSError: the disk is full.
    """
    zeros = bytes(MEBIBYTE)
    for start in range(0, size, MEBIBYTE):
        file.write(zeros[: size - start])
    file.flush()
