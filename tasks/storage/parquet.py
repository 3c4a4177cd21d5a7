"""Reading Parquet files, on a disk or in a store."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from tasks.storage.places import is_on_disk, read_end

_MAGIC = b"PAR1"
# A Parquet file ends with its footer, the footer's length in 4 bytes, and the magic bytes.
_FOOTER_END = 8
# The footer of a batch of 700 records has 20 KB.
_TAIL = 32 * 1024


def open_parquet(path: Path, **options: Any) -> pq.ParquetFile:
    """Opens a file; `options` are those of `pyarrow.parquet.ParquetFile`.

    Raises:
        OSError: it is gone, or cannot be read.
        pyarrow.ArrowInvalid: it is no Parquet file.
    """
    return pq.ParquetFile(_source(path), **options)


def read_table(
    path: Path, columns: Sequence[str] | None = None, schema: pa.Schema | None = None
) -> pa.Table:
    """Reads one file; the names of its folders are not looked at.

    Args:
        path: the file.
        columns: which; None for all.
        schema: what the table is to have; columns that the file lacks are null.

    Raises:
        OSError: it is gone, or cannot be read.
        pyarrow.ArrowInvalid: it is no Parquet file.
    """
    names = list(columns) if columns else None
    return pq.read_table(_source(path), columns=names, schema=schema, partitioning=None)


def read_file_metadata(path: Path) -> pq.FileMetaData:
    """Reads what a file's footer says.

    Raises:
        OSError: it is gone, or cannot be read.
        pyarrow.ArrowInvalid: it is no Parquet file.
    """
    return pq.read_metadata(path if is_on_disk(path) else pa.BufferReader(read_footer(path)))


def read_footer(path: Path) -> bytes:
    """Returns the footer of a Parquet file as it stands: itself a Parquet file to who parses it.

    It holds the file's facts, the sizes of all columns, and for staged records the digest of their
    digests (`seal` of `write_table`). So a file with other rows has another footer.

    Raises:
        OSError: the file cannot be read.
        pyarrow.ArrowInvalid: it does not end as a Parquet file does.
    """
    length = _TAIL
    while True:
        tail = _read_tail(path, length)
        needed = int.from_bytes(tail[-_FOOTER_END : -len(_MAGIC)], "little") + _FOOTER_END
        if not tail.endswith(_MAGIC) or len(tail) < min(needed, length):
            raise pa.ArrowInvalid(f"{path} does not end as a Parquet file does")
        if needed <= length:
            return tail[-needed:]
        length = needed


def _read_tail(path: Path, length: int) -> bytes:
    """Reads the last bytes of a file; all where it has fewer."""
    if not is_on_disk(path):
        return read_end(path, length)
    with path.open("rb", buffering=0) as file:
        size = file.seek(0, 2)
        file.seek(max(size - length, 0))
        return file.read(length)


def _source(path: Path) -> Path | BinaryIO:
    return path if is_on_disk(path) else path.open("rb")
