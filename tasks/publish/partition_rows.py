"""The rows of a partition, gathered from many batches and put in order, in bounded memory."""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import mkstemp

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from schemas.settings import MEBIBYTE

# Rows of a partition that are held in memory: some 50,000 articles.
_IN_MEMORY_BYTES = 256 * MEBIBYTE
# Texts of rows that are put in order together: half of what an Arrow array can hold.
_TOGETHER_BYTES = 1024 * MEBIBYTE


class Gathered:
    """Rows that come batch by batch and go in the order of a file.

    They are never joined into one table: an Arrow array of strings ends at 2 GiB, and the texts of
    a month may be more. What is more than fits into memory waits in a file that goes with the
    block.

    Attributes:
        num_rows: how many have come.
    """

    def __init__(self, folder: Path, together: int = 1) -> None:
        """Gathers rows.

        Args:
            folder: on a local disk, where the file may be.
            together: how many are gathered at once, and share the memory.
        """
        self._folder = folder
        self._most_bytes = _IN_MEMORY_BYTES // together
        self._path = ""
        self._parts: list[pa.Table] = []
        self._bytes = 0
        self.num_rows = 0
        self._writer: pa.RecordBatchFileWriter | None = None
        self._stack = ExitStack()

    def __enter__(self) -> "Gathered":
        return self

    def __exit__(self, *_error: object) -> None:
        self.let_go()

    def let_go(self) -> None:
        """Gives memory and disk back; no rows can be had any more."""
        self._parts = []
        self._stack.close()

    def add(self, rows: pa.Table) -> None:
        """Adds rows, all with the same columns."""
        self._parts.append(rows)
        self._bytes += rows.nbytes
        self.num_rows += rows.num_rows
        if self._bytes > self._most_bytes:
            self._put_away()

    def parts(self) -> list[pa.Table]:
        """Returns the rows as they came. Nothing is added any more."""
        if self._writer is not None:
            self._put_away()
            self._writer.close()
            self._writer = None
            # Mapped, not read: the system takes the memory back where it is short.
            source = self._stack.enter_context(pa.memory_map(self._path))
            file = pa.ipc.open_file(source)
            batches = (file.get_batch(number) for number in range(file.num_record_batches))
            self._parts = [pa.Table.from_batches([batch]) for batch in batches]
        return self._parts

    def in_order(self, names: Sequence[str], size: int) -> Iterator[pa.Table]:
        """Yields the rows in ascending order of columns.

        Args:
            names: the columns.
            size: how many rows at a time; fewer where their texts are very long.
        """
        parts = self.parts()
        if not parts:
            return
        keys = pa.concat_tables([part.select(names) for part in parts])
        in_order = pc.sort_indices(keys, [(name, "ascending") for name in names])
        order = in_order.to_numpy().astype(np.int64)
        starts = np.cumsum([0, *(part.num_rows for part in parts)])
        for first, stop in _cut(_text_bytes(parts)[order], size):
            yield _take(parts, starts, order[first:stop])

    def _put_away(self) -> None:
        if self._writer is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            # A name by which the next run removes what one that dies here leaves behind.
            descriptor, self._path = mkstemp(dir=self._folder, prefix=".gathered-", suffix=".tmp")
            os.close(descriptor)
            self._stack.callback(Path(self._path).unlink, missing_ok=True)
            schema = self._parts[0].schema
            self._writer = self._stack.enter_context(pa.ipc.new_file(self._path, schema))
        for part in self._parts:
            self._writer.write_table(part)
        self._parts, self._bytes = [], 0


def _text_bytes(parts: Sequence[pa.Table]) -> npt.NDArray[np.int64]:
    """Returns how long each row's text is; 0 where rows have none."""
    if "text" not in parts[0].column_names:
        return np.zeros(sum(part.num_rows for part in parts), np.int64)
    lengths = [pc.fill_null(pc.binary_length(part["text"]), 0).to_numpy() for part in parts]
    return np.concatenate(lengths).astype(np.int64)


def _cut(sizes: npt.NDArray[np.int64], rows: int) -> Iterator[tuple[int, int]]:
    """Yields from where to where rows are taken together: the same for the same rows."""
    ends = np.cumsum(sizes)
    first = 0
    while first < len(sizes):
        before = ends[first] - sizes[first]
        fitting = int(np.searchsorted(ends, before + _TOGETHER_BYTES, side="right"))
        stop = min(first + rows, max(fitting, first + 1))
        yield first, min(stop, len(sizes))
        first = stop


def _take(
    parts: Sequence[pa.Table], starts: npt.NDArray[np.int64], rows: npt.NDArray[np.int64]
) -> pa.Table:
    """Returns rows by their numbers over all parts, in the order of the numbers."""
    if len(rows) == starts[-1]:
        return pa.concat_tables(parts).take(rows)
    part_of = np.searchsorted(starts, rows, side="right") - 1
    found = pa.concat_tables(
        [parts[part].take(rows[part_of == part] - starts[part]) for part in np.unique(part_of)]
    )
    return found.take(np.argsort(np.argsort(part_of, kind="stable")))
