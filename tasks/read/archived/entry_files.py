"""Entries of archives as files that readers can read."""

import io
import tempfile
from collections.abc import Iterator
from typing import BinaryIO, Protocol, cast

from schemas.reasons import Reason
from schemas.settings import MEBIBYTE
from tasks.read.bytes.compression import PIECE_BYTES, TruncatedError, UnreadableError

# Readers look at so much of a file's beginning and go back.
_KEPT_HEAD_BYTES = 64 * 1024
# A larger archive in an archive fills the disk of a small machine.
MAX_SPOOLED_BYTES = 8 * 1024 * MEBIBYTE


class ReadsAnywhere(Protocol):
    """What is read at any offset."""

    def seek(self, offset: int, /) -> int:
        """Goes to an offset."""
        ...

    def read(self, size: int, /) -> bytes:
        """Reads so many bytes, fewer only at the end."""
        ...


class _ReadFile(io.RawIOBase):
    """A file that is read, and knows where."""

    def __init__(self) -> None:
        super().__init__()
        self._position = 0

    def readable(self) -> bool:
        """See `io.RawIOBase`."""
        return True

    def seekable(self) -> bool:
        """See `io.RawIOBase`."""
        return True

    def tell(self) -> int:
        """See `io.RawIOBase`."""
        return self._position


class Window(_ReadFile):
    """A range of a file as a file of its own; others may read the file meanwhile."""

    def __init__(self, file: BinaryIO, begin: int, size: int) -> None:
        super().__init__()
        self._file = file
        self._begin = begin
        self._size = max(min(size, file.seek(0, io.SEEK_END) - begin), 0)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """See `io.RawIOBase`."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(base + offset, 0)
        return self._position

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """See `io.RawIOBase`."""
        count = max(min(len(buffer), self._size - self._position), 0)
        self._file.seek(self._begin + self._position)
        data = self._file.read(count)
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)


def open_window(file: BinaryIO, begin: int, size: int) -> BinaryIO:
    """Opens a range of a file for reading at any offset."""
    return io.BufferedReader(Window(file, begin, size))


class SequentialFile(_ReadFile):
    """Pieces of bytes as a file that is read forwards, and again from its first bytes.

    Attributes:
        fault: why nothing more comes, where that is not the end.
    """

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self.fault: UnreadableError | None = None
        self._pieces = pieces
        self._head = b""
        self._piece = memoryview(b"")
        # How far the stream is read; less than that only within the head.
        self._reached = 0

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Goes forwards, or back into the first bytes.

        Raises:
            io.UnsupportedOperation: anywhere else.
        """
        if whence != io.SEEK_SET or (offset < self._reached and offset > len(self._head)):
            raise io.UnsupportedOperation("this file is read forwards")
        if offset < self._reached:
            self._position = offset
        while self._position < offset and self.read(min(offset - self._position, MEBIBYTE)):
            pass
        return self._position

    def read(self, size: int | None = -1) -> bytes:
        """Reads as many bytes; fewer only where nothing more comes.

        Raises:
            UnreadableError: the stream breaks off here.
        """
        wanted = -1 if size is None else size
        parts = []
        while wanted and (data := self._take(wanted)):
            parts.append(data)
            wanted -= len(data) if wanted > 0 else 0
        if not parts and wanted and self.fault is not None:
            raise self.fault
        return b"".join(parts)

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """See `io.RawIOBase`."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _take(self, size: int) -> bytes:
        """Takes some of the next bytes, at most `size` of them where it is not negative."""
        if self._position < self._reached:
            data = self._head[self._position :][: size if size >= 0 else None]
            self._position += len(data)
            return data
        if not self._piece and self.fault is None:
            try:
                self._piece = memoryview(next(self._pieces, b""))
            except UnreadableError as error:
                self.fault = error
        data = bytes(self._piece[: size if size >= 0 else None])
        self._piece = self._piece[len(data) :]
        self._head += data[: max(_KEPT_HEAD_BYTES - len(self._head), 0)]
        self._position += len(data)
        self._reached = self._position
        return data


def read_range(file: ReadsAnywhere, begin: int, end: int) -> Iterator[bytes]:
    """Reads a range of an archive, whoever else reads in it meanwhile.

    Raises:
        TruncatedError: the archive ends before the range does.
    """
    while begin < end:
        file.seek(begin)
        piece = file.read(min(PIECE_BYTES, end - begin))
        if not piece:
            raise TruncatedError(Reason.FILE_CORRUPT, "the archive ends in this entry")
        begin += len(piece)
        yield piece


def read_forwards(pieces: Iterator[bytes]) -> BinaryIO:
    """Makes a file of pieces for readers that read forwards."""
    return cast(BinaryIO, SequentialFile(pieces))


def spool(pieces: Iterator[bytes]) -> tuple[BinaryIO, UnreadableError | None]:
    """Writes pieces to a temporary file without a name, for readers that read here and there.

    Returns:
        The file, at its beginning; and why it breaks off, where it does.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    fault: UnreadableError | None = None
    try:
        for piece in pieces:
            if file.tell() + len(piece) > MAX_SPOOLED_BYTES:
                detail = f"more than {MAX_SPOOLED_BYTES} bytes, compressed in an archive: unpack it"
                raise UnreadableError(Reason.DOCUMENT_TOO_LARGE, detail)
            file.write(piece)
    except UnreadableError as error:
        fault = error
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return cast(BinaryIO, file), fault
