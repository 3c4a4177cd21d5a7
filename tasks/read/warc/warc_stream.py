"""The bytes of a WARC as one readable stream, which knows where in the file each record begins.

A record's offset is that of its first byte in the file; in a compressed WARC, that of the gzip
member (or zstd frame) which begins with the record. Where the whole file is one single member, it
is the offset in the uncompressed stream. A file may also hold several records in each of several
members: the first has the member's offset, those behind it one, two, ... more, which no other has.
"""

import os
from typing import BinaryIO

from schemas.settings import MEBIBYTE
from tasks.read.bytes.compression import PIECE_BYTES, UnreadableError

VERSION_PREFIX = b"WARC/"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# How far back the bytes are held: over nearly all records, so that damage costs no second reading.
LOOK_BACK_BYTES = 4 * MEBIBYTE


def begins_record(data: bytes) -> bool:
    """Tell whether bytes begin as a version line does; some writers have it in small letters."""
    return data[: len(VERSION_PREFIX)].upper() == VERSION_PREFIX


def may_begin_record(data: bytes) -> bool:
    """Tell whether bytes, as few as they are, may be the beginning of a version line."""
    head = data[: len(VERSION_PREFIX)]
    return VERSION_PREFIX.startswith(head.upper())


class RecordStream:
    """Uncompressed bytes in order, with what is needed to go on behind damage.

    Attributes:
        position: of the next byte, counted from where the stream starts.
        fault: why nothing more comes, where that is not the end.
    """

    def __init__(self) -> None:
        self.position = 0
        self.fault: UnreadableError | None = None
        self._buffer = bytearray()
        self._buffer_begin = 0

    def peek(self, size: int) -> bytes:
        """Look at the next bytes; fewer than `size` only where nothing more comes."""
        begin = self.position - self._buffer_begin
        while len(self._buffer) - begin < size:
            piece = self._pull()
            if not piece:
                break
            self._buffer += piece
        with memoryview(self._buffer) as buffer:
            return bytes(buffer[begin : begin + size])

    def read(self, size: int) -> bytes:
        """Take the next bytes; fewer than `size` only where nothing more comes."""
        data = self.peek(size)
        self.position += len(data)
        if self.position - self._buffer_begin > LOOK_BACK_BYTES:
            self._forget(self.position - LOOK_BACK_BYTES // 2)
        return data

    def skip(self, size: int) -> int:
        """Go over bytes and return how many there were."""
        left = size
        while left:
            data = self.read(min(left, PIECE_BYTES))
            if not data:
                break
            left -= len(data)
        return size - left

    def rewind(self, position: int) -> None:
        """Go back to a position."""
        if position < self._buffer_begin:
            self._restart(position)
        self.position = position

    def lacks(self, size: int) -> bool:  # noqa: ARG002 - for those that know their end
        """Tell whether fewer than `size` bytes are known to follow."""
        return False

    def _forget(self, position: int) -> None:
        del self._buffer[: position - self._buffer_begin]
        self._buffer_begin = position

    def _restart(self, position: int) -> None:
        """Go back to a position that is not held any more."""
        raise NotImplementedError

    def offset_of(self, position: int) -> int:
        """Give the offset in the file that stands for the current or an earlier position."""
        raise NotImplementedError

    def starts_member(self, position: int) -> bool:  # noqa: ARG002 - for those that have members
        """Tell whether a compressed member begins at the position."""
        return False

    @property
    def ends_file(self) -> bool:
        """Whether the stream's end, once reached, is the file's."""
        raise NotImplementedError

    def _pull(self) -> bytes:
        raise NotImplementedError


class PlainStream(RecordStream):
    """A WARC that is not compressed."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self._size = file.seek(0, os.SEEK_END)
        file.seek(0)

    def skip(self, size: int) -> int:
        """Go over bytes without reading them."""
        there = min(size, self._size - self.position)
        self.position += there
        if self.position > self._buffer_begin + len(self._buffer):
            self._restart(self.position)
        return there

    def lacks(self, size: int) -> bool:
        """Tell whether the file ends before."""
        return size > self._size - self.position

    def _restart(self, position: int) -> None:
        self._file.seek(position)
        self._buffer.clear()
        self._buffer_begin = position

    def offset_of(self, position: int) -> int:
        """The position is the offset."""
        return position

    @property
    def ends_file(self) -> bool:
        """It is the file."""
        return True

    def _pull(self) -> bytes:
        return self._file.read(PIECE_BYTES)
