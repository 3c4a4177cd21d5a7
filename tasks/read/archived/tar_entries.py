"""The entries of a tar (POSIX.1-2001, GNU, v7), compressed or not, read once from end to end.

tarfile reads headers and finds the bytes; it ends at a damaged header without a word, so that what
ends a tar is judged here.
"""

import io
import tarfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO, cast

from schemas.reasons import Reason
from schemas.settings import MEBIBYTE
from tasks.read.archived.entries import Damage, Entry, damage_of, tidy_name
from tasks.read.archived.entry_files import SequentialFile, open_window, read_range
from tasks.read.bytes.compression import (
    MAGIC_BYTES,
    UnreadableError,
    decompress,
    read_pieces,
    sniff_coding,
)

# Names and attributes stand in headers of this size at most; a larger one would be held in memory.
MAX_HEADER_BYTES = 16 * MEBIBYTE
_BLOCK_BYTES = 512
# What tarfile raises for a header, or for the attributes before it.
_BAD_HEADER = (tarfile.TarError, ValueError, OverflowError, LookupError, EOFError)


class _Source:
    """The bytes of a tar: no header of any size is read, and what was read last is known.

    Attributes:
        last: what was read last.
    """

    def __init__(self, file: BinaryIO | SequentialFile) -> None:
        self.last = b""
        self.tell = file.tell
        self._file = file

    @property
    def fault(self) -> UnreadableError | None:
        """Why a compressed tar breaks off."""
        return self._file.fault if isinstance(self._file, SequentialFile) else None

    def seek(self, offset: int) -> int:
        return self._file.seek(offset)

    def read(self, size: int) -> bytes:
        if size > MAX_HEADER_BYTES:
            raise UnreadableError(Reason.CONTAINER_RECORD_BROKEN, f"a header of {size} bytes")
        self.last = self._file.read(size)
        return self.last


class _StrictTar(tarfile.TarFile):
    """A tar whose next header is read, or raises; no header is kept."""

    is_open = False

    def next(self) -> tarfile.TarInfo | None:
        if not self.is_open:
            return None  # tarfile asks while it opens.
        assert self.fileobj is not None
        self.fileobj.seek(self.offset)
        return self.tarinfo.fromtarfile(self)


def list_tar(file: BinaryIO, max_ratio: int) -> Iterator[Entry | Damage]:
    """Lists the files of a tar, in order; its bytes tell its compression, whatever its name says.

    Args:
        file: opened for reading bytes.
        max_ratio: how far it may expand.
    """
    file.seek(0)
    head = file.read(MAGIC_BYTES)
    file.seek(0)
    coding = sniff_coding(head)
    if coding is None:
        yield from _list(_Source(file), partial(open_window, file), None)
    else:
        packed_size = file.seek(0, io.SEEK_END)
        file.seek(0)
        pieces = decompress(read_pieces(file), coding, max_ratio)
        yield from _list(_Source(SequentialFile(pieces)), None, packed_size)


def _list(
    source: _Source, open_at: Callable[[int, int], BinaryIO] | None, packed_size: int | None
) -> Iterator[Entry | Damage]:
    tar = _StrictTar(fileobj=cast(BinaryIO, source), errors="surrogateescape")
    tar.is_open = True
    try:
        while (info := tar.next()) is not None:
            if not info.isdir():
                yield _entry_of(source, info, open_at, packed_size)
    except UnreadableError as error:
        yield _explain(tar.offset, source, error)
    except _BAD_HEADER as error:
        # An empty block is how a tar ends.
        is_end = isinstance(error, tarfile.HeaderError) and source.last == bytes(_BLOCK_BYTES)
        if not is_end:
            yield _explain(tar.offset, source, source.fault or error)


def _explain(offset: int, source: _Source, error: Exception) -> Damage:
    if offset == 0:
        reason = error.reason if isinstance(error, UnreadableError) else Reason.FILE_CORRUPT
        return Damage(0, reason, f"not a tar: {error}")
    if isinstance(error, UnreadableError):
        return damage_of(offset, error)
    if len(source.last) < _BLOCK_BYTES:
        return Damage(offset, Reason.CONTAINER_TRUNCATED, "the archive ends early")
    return Damage(offset, Reason.CONTAINER_RECORD_BROKEN, f"no entry begins here: {error}")


def _entry_of(
    source: _Source,
    info: tarfile.TarInfo,
    open_at: Callable[[int, int], BinaryIO] | None,
    packed_size: int | None,
) -> Entry:
    kind = "link" if info.islnk() or info.issym() else None
    if info.isfifo():
        kind = "fifo"
    elif info.isdev():
        kind = "device"
    # A sparse file of 500 bytes may read as terabytes of zeros.
    is_sparse = info.issparse()
    return Entry(
        name=tidy_name(info.name),
        size=info.size,
        packed_size=info.size if packed_size is None else packed_size,
        pieces=partial(read_range, source, info.offset_data, info.offset_data + info.size),
        window=None
        if open_at is None or is_sparse
        else partial(open_at, info.offset_data, info.size),
        passed_over=kind,
        refusal=(Reason.FORM_UNSUPPORTED, "a sparse file") if is_sparse else None,
    )
