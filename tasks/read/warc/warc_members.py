"""A WARC compressed by members (gzip) or frames (zstd), of a record each or otherwise."""

import os
from collections.abc import Iterator
from typing import BinaryIO

import zstandard

from schemas.reasons import Reason
from schemas.settings import MEBIBYTE
from tasks.read.bytes.compression import (
    GZIP_MAGIC,
    PIECE_BYTES,
    ZSTD_MAGIC,
    Coding,
    Decoder,
    RatioMeter,
    TruncatedError,
    UnreadableError,
    ZstdDecoder,
    collect,
    decompress,
    open_decoder,
)
from tasks.read.warc.warc_stream import (
    VERSION_PREFIX,
    RecordStream,
    begins_record,
    may_begin_record,
)

# A skippable zstd frame that holds a dictionary.
ZSTD_DICTIONARY_MAGIC = b"\x5d\x2a\x4d\x18"
MAX_DICTIONARY_BYTES = 16 * MEBIBYTE
# Compressed bytes that surely hold the first output of a member: a gzip header may carry a name.
FIRST_BYTES = 4 * 1024
# A few of them mostly do.
_STEP_BYTES = 256


class MemberFile:
    """A WARC compressed member by member: where records can be entered.

    Attributes:
        size: of the file.
        first_offset: of the first member; behind the dictionary, where a zstd file has one.
        is_single: only the first member begins with a record.

    Raises:
        UnreadableError: the dictionary, without which nothing else can be read, is damaged.
    """

    def __init__(self, file: BinaryIO, coding: Coding) -> None:
        self._file = file
        self._coding = coding
        self._magic = GZIP_MAGIC if coding == "gzip" else ZSTD_MAGIC
        # Who reads a member to its end asks of the next one, and then who reads that.
        self._looked_at: tuple[int, bytes | None] = (-1, None)
        self._dictionary: zstandard.ZstdCompressionDict | None = None
        self.size = file.seek(0, os.SEEK_END)
        self.first_offset = 0
        if self.read_at(0, 4) == ZSTD_DICTIONARY_MAGIC:
            self._read_dictionary()
        self.is_single = self.find_record_start(self.first_offset + 1) is None

    def read_at(self, offset: int, size: int) -> bytes:
        """Read bytes of the file as they stand; fewer only at its end."""
        self._file.seek(offset)
        return self._file.read(size)

    def open_decoder(self) -> Decoder:
        """Start decompressing a member."""
        if self._dictionary is not None:
            return ZstdDecoder(self._dictionary)
        return open_decoder(self._coding)

    def starts_record(self, offset: int) -> bool:
        """Tell whether a member begins here, and a record with it."""
        output = self._first_output(offset)
        return output is not None and begins_record(output)

    def is_cut_at(self, offset: int) -> bool:
        """Tell whether the file ends in the first bytes of a member that begins here."""
        head = self.read_at(offset, len(self._magic))
        if len(head) < len(self._magic):
            return self._magic.startswith(head)
        output = self._first_output(offset)
        return output is not None and may_begin_record(output)

    def continues(self, offset: int) -> bool:
        """Tell whether a member begins here that carries on what stood in the one before."""
        output = self._first_output(offset)
        return output is not None and not may_begin_record(output)

    def find_record_start(self, offset: int) -> int | None:
        """Find the next member that begins with a record, at `offset` or behind it."""
        while data := self.read_at(offset, MEBIBYTE):
            found = data.find(self._magic)
            while found >= 0:
                if self.starts_record(offset + found):
                    return offset + found
                found = data.find(self._magic, found + 1)
            if len(data) < len(self._magic):
                break
            offset += len(data) - len(self._magic) + 1
        return None

    def _first_output(self, offset: int) -> bytes | None:
        """See `_decompress_first`."""
        if self._looked_at[0] != offset:
            self._looked_at = (offset, self._decompress_first(offset))
        return self._looked_at[1]

    def _decompress_first(self, offset: int) -> bytes | None:
        """Decompress the first bytes of a member.

        Returns:
            As many as a version line begins with, or all where the file ends earlier; the bytes
            of the next member behind an empty one; None where no member begins here.
        """
        while True:
            head = self.read_at(offset, FIRST_BYTES)
            if not head.startswith(self._magic):
                return None
            decoder = self.open_decoder()
            output = b""
            fed = 0
            try:
                while fed < len(head) and not decoder.ended and len(output) < len(VERSION_PREFIX):
                    fed += _STEP_BYTES
                    for piece in decoder.feed(head[fed - _STEP_BYTES : fed]):
                        output += piece
                        if len(output) >= len(VERSION_PREFIX):
                            break
            except UnreadableError:
                return None
            is_empty = decoder.ended and not output
            offset += min(fed, len(head)) - len(decoder.rest)
            if not is_empty or offset >= self.size:
                return output[: len(VERSION_PREFIX)]

    def _read_dictionary(self) -> None:
        """Read the dictionary frame (IIPC, "WARC with Zstandard compression")."""
        size = int.from_bytes(self.read_at(4, 4), "little")
        content = self.read_at(8, min(size, MAX_DICTIONARY_BYTES))
        if len(content) < size:
            raise UnreadableError(Reason.FILE_CORRUPT, "the zstd dictionary is cut off")
        if content.startswith(ZSTD_MAGIC):
            pieces = decompress([content], "zstd", max_ratio=1_000)
            content = collect(pieces, MAX_DICTIONARY_BYTES)
        try:
            self._dictionary = zstandard.ZstdCompressionDict(content)
            ZstdDecoder(self._dictionary)
        except zstandard.ZstdError as error:
            raise UnreadableError(Reason.FILE_CORRUPT, str(error)) from error
        self.first_offset = 8 + size


class MemberStream(RecordStream):
    """The records from one member on, up to the next member that begins with a record.

    Attributes:
        last_member: offset of the member that was read last.
        next_offset: once the stream has ended without a fault: where in the file it ended.
    """

    def __init__(self, file: MemberFile, offset: int, max_ratio: int) -> None:
        super().__init__()
        self._file = file
        self._offset = offset
        self._max_ratio = max_ratio
        self._inner: dict[int, int] = {}
        self._restart(0)

    def offset_of(self, position: int) -> int:
        """See the module: what a member begins with has the member's own."""
        if position in self._members:
            return self._members[position]
        if self._file.is_single:
            return self._offset + position
        return self._offset + self._inner.setdefault(position, len(self._inner) + 1)

    def starts_member(self, position: int) -> bool:
        """Tell whether a compressed member begins at the position."""
        return position in self._members

    @property
    def ends_file(self) -> bool:
        """Whether nothing lies behind the stream."""
        return self.next_offset >= self._file.size

    def _restart(self, position: int) -> None:
        """Decompress once more; only damage in a very large record asks for it."""
        self.fault = None
        self.last_member = self.next_offset = self._offset
        self._members: dict[int, int] = {}
        self._output = self._decompress()
        self._buffer.clear()
        self._buffer_begin = self.position = 0
        self.skip(position)

    def _pull(self) -> bytes:
        return next(self._output, b"")

    def _decompress(self) -> Iterator[bytes]:
        offset, position = self._offset, 0
        while True:
            self._members[position] = self.last_member = offset
            decoder = self._file.open_decoder()
            meter = RatioMeter(self._max_ratio)
            try:
                while not decoder.ended:
                    data = self._file.read_at(offset, PIECE_BYTES)
                    if not data:
                        raise TruncatedError(Reason.FILE_CORRUPT, "the compressed data ends early")
                    offset += len(data)
                    meter.count(consumed=len(data))
                    for output in decoder.feed(data):
                        meter.count(produced=len(output))
                        position += len(output)
                        yield output
            except UnreadableError as error:
                self.fault = error
                return
            offset -= len(decoder.rest)
            if not self._file.continues(offset):
                self.next_offset = offset
                return
