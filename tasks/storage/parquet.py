"""Reading Parquet files, on a disk or in a store, each against its digests and checksums.

A file that is not as it was written is told by its name (`DamagedFileError`), whatever the first
sign of it was: bytes that are no Parquet, a page against its checksum, a footer against its digest.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from tasks.storage.file_digests import matches_file_digest, matches_footer_digest
from tasks.storage.locations import is_on_disk, read_end

_MAGIC = b"PAR1"
# A Parquet file ends with its footer, the footer's length in 4 bytes, and the magic bytes.
_FOOTER_END = 8
# The footer of a batch of 700 records has 20 KB, and a file of 20 articles is smaller than this.
_TAIL = 64 * 1024
# Threads take longer to share the columns of so few bytes than one of them to read all.
_FEW_BYTES = 512 * 1024


class DamagedFileError(ValueError):
    """A file of the warehouse that is not as it was written.

    Attributes:
        path: the file.
        found: the sign of it.
    """

    def __init__(self, path: Path, found: str) -> None:
        super().__init__(path, found)
        self.path = path
        self.found = found

    def __str__(self) -> str:
        advice = "`newsmill verify --repair` sets it aside and makes it again"
        return f"{self.path} is damaged: {self.found}. {advice}"


@contextmanager
def noticing_damage(path: Path) -> Iterator[None]:
    """Names the file where reading it fails because its bytes are not those that were written.

    Raises:
        DamagedFileError: they are not.
    """
    try:
        yield
    except DamagedFileError:
        raise
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        # What has a number is the system's; pyarrow's own complaints of a file have none.
        if isinstance(error, OSError) and error.errno is not None:
            raise
        is_whole = _is_whole(path)
        # Of a file from before there were digests a lack of memory or of a column says nothing.
        if is_whole or (is_whole is None and isinstance(error, MemoryError | KeyError)):
            raise
        raise DamagedFileError(path, " ".join(str(error).split())) from error


def check_whole(path: Path) -> None:
    """Reads a file and compares its digest.

    Raises:
        DamagedFileError: it is not as it was written. Files from before there were digests pass.
    """
    if _is_whole(path) is False:
        raise DamagedFileError(path, "its bytes are not those of its digest")


@contextmanager
def open_parquet(path: Path) -> Iterator[pq.ParquetFile]:
    """Opens a file; every page that is read is compared with its checksum.

    Raises:
        OSError: it is gone, or cannot be read.
        DamagedFileError: it is not as it was written.
    """
    with noticing_damage(path):
        end, footer = _read_last(path)
        _check_footer(path, footer)
        # What is shorter than asked for is all of the file, and its footer is parsed where it is.
        is_all = len(end) < _TAIL
        with pq.ParquetFile(
            pa.BufferReader(end) if is_all else _source(path),
            metadata=None if is_all else _parse(footer),
            page_checksum_verification=True,
        ) as file:
            yield file


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
        DamagedFileError: it is not as it was written.
    """
    if schema is None:
        return _read_file(path, columns)
    names = list(columns) if columns else None
    with noticing_damage(path):
        footer = read_file_metadata(path)
        table = pq.read_table(
            _source(path),
            columns=names,
            schema=schema,
            partitioning=None,
            page_checksum_verification=True,
        )
        check_row_count(path, table.num_rows, footer)
        return table


def _read_file(path: Path, columns: Sequence[str] | None) -> pa.Table:
    """Reads one file as it is, without a dataset around it, which costs more than a small file."""
    with open_parquet(path) as file:
        if columns:
            return _read_columns(file, path, columns)
        return _read_rows(file, path)


@contextmanager
def open_columns(path: Path) -> Iterator[Callable[[Sequence[str]], pa.Table]]:
    """Opens a file of which columns are read a few at a time: gives what reads some of them.

    Opening it costs as much as reading a few thousand rows. Raises as `read_table`.
    """
    with open_parquet(path) as file:
        yield partial(_read_columns, file, path)


def _read_columns(file: pq.ParquetFile, path: Path, columns: Sequence[str]) -> pa.Table:
    # The reader passes over columns that are not there, and keeps the order of the file.
    if missing := sorted(set(columns).difference(file.schema_arrow.names)):
        raise pa.ArrowInvalid(f"{path} has no column {', '.join(missing)}")
    names = list(columns)
    return _read_rows(file, path, names).select(names)


def _read_rows(file: pq.ParquetFile, path: Path, names: list[str] | None = None) -> pa.Table:
    footer = file.metadata
    groups = map(footer.row_group, range(footer.num_row_groups))
    has_few = sum(group.total_byte_size for group in groups) <= _FEW_BYTES
    table = file.read(columns=names, use_threads=not has_few)
    check_row_count(path, table.num_rows, footer)
    return table


def check_row_count(path: Path, count: int, footer: pq.FileMetaData) -> None:
    """Checks that so many rows are all of a file.

    Of a file that lacks its first bytes the reader may give none, without a word.

    Raises:
        DamagedFileError: they are not.
    """
    if count != footer.num_rows:
        raise DamagedFileError(path, f"{count} of its {footer.num_rows} rows are there")


def read_file_metadata(path: Path) -> pq.FileMetaData:
    """Reads what a file's footer says.

    Raises:
        OSError: it is gone, or cannot be read.
        DamagedFileError: the footer is not as it was written.
    """
    with noticing_damage(path):
        footer = read_footer(path)
        _check_footer(path, footer)
        return _parse(footer)


def _check_footer(path: Path, footer: bytes) -> None:
    if matches_footer_digest(footer) is False:
        raise DamagedFileError(path, "its footer is not that of its digest")


def _parse(footer: bytes) -> pq.FileMetaData:
    return pq.read_metadata(pa.BufferReader(footer))


def read_footer(path: Path) -> bytes:
    """Returns the footer of a Parquet file as it stands: itself a Parquet file to who parses it.

    It holds the file's footer, the sizes of all columns, and for staged records the digest of their
    digests (`seal` of `write_table`). So a file with other rows has another footer.

    Raises:
        OSError: the file cannot be read.
        DamagedFileError: it does not end as a Parquet file does.
    """
    return _read_last(path)[1]


def _read_last(path: Path) -> tuple[bytes, bytes]:
    """Returns the last bytes of a file, and its footer, in which they end."""
    length = _TAIL
    while True:
        tail = _read_tail(path, length)
        needed = int.from_bytes(tail[-_FOOTER_END : -len(_MAGIC)], "little") + _FOOTER_END
        if not tail.endswith(_MAGIC) or len(tail) < min(needed, length):
            raise DamagedFileError(path, "it does not end as a Parquet file does")
        if needed <= length:
            return tail, tail[-needed:]
        length = needed


def _is_whole(path: Path) -> bool | None:
    try:
        footer = read_footer(path)
        has_footer = matches_footer_digest(footer)
        return matches_file_digest(path, footer) if has_footer else has_footer
    except DamagedFileError:
        return False


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
