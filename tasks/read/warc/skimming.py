"""Skim a WARC of which few records are wanted: what is not wanted costs its decompression.

Crawlers write gzip members of one whole record each. Their heads are read here, and the content of
those that are wanted. Whatever is not so (damage, several records in a member, other compressions)
is left to `warc_file`, from there to the end of the file.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from zlib_ng import zlib_ng

from tasks.read.bytes.compression import GZIP_MAGIC, PIECE_BYTES, RatioMeter, UnreadableError
from tasks.read.warc.warc_file import read_warc_file
from tasks.read.warc.warc_records import BrokenRecord, WarcRecord, parse_fields
from tasks.read.warc.warc_stream import begins_record

# Whether the content of a record is wanted, by its named fields.
Wanted = Callable[[dict[str, str]], bool]

_GZIP = 16 + zlib_ng.MAX_WBITS
# What one step may put out.
_STEP_BYTES = 256 * 1024
# Heads stay under 2 KiB; one that is longer is read with care.
_MAX_HEAD_BYTES = 64 * 1024
_HEAD_END = _RECORD_END = b"\r\n\r\n"
_LENGTH = re.compile(r"[0-9]{1,19}")


class _UnusualError(Exception):
    """A member that is not one whole record."""


def skim_warc(
    file: BinaryIO, wanted: Wanted, max_block: int, max_ratio: int
) -> Iterator[WarcRecord | BrokenRecord]:
    """Read the records of a WARC, in order; the content of those that are wanted.

    Args:
        file: opened for reading bytes, at several offsets.
        wanted: tells of a record by its named fields. One that is not wanted may come without its
            content, and with "" as its digest.
        max_block: how many bytes of a record's content to keep.
        max_ratio: how far a compressed member may expand.
    """
    skim = _Skim(file, max_block, max_ratio)
    try:
        while record := skim.next_record(wanted):
            yield record
    except (_UnusualError, UnreadableError, zlib_ng.error):
        # Damage is told by who reads the record before it.
        file.seek(0)
        for found in read_warc_file(file, max_block, max_ratio, start=skim.last_begin):
            if found.offset >= skim.begin:
                yield found


class _Skim:
    """The members of a file.

    Attributes:
        begin: offset of the member that comes next, or that is unusual.
        last_begin: offset of the member before.
    """

    def __init__(self, file: BinaryIO, max_block: int, max_ratio: int) -> None:
        self.begin = self.last_begin = 0
        self._file = file
        self._max_block = max_block
        self._max_ratio = max_ratio
        self._rest = b""
        self._end = 0

    def next_record(self, wanted: Wanted) -> WarcRecord | None:
        """Read the next member; None behind the last.

        Raises:
            _UnusualError, UnreadableError, zlib_ng.error: it is not one whole record.
        """
        self._rest = self._rest or self._file.read(PIECE_BYTES)
        if not self._rest and self.begin > 0:
            return None
        outputs = self._decompress()
        start, size = _take_head(outputs)
        fields = _read_head(start[:size])
        length = fields.get("content-length", "")
        if not _LENGTH.fullmatch(length):
            raise _UnusualError
        block = _Block(int(length), self._max_block if wanted(fields) else 0)
        block.take(memoryview(start)[size:])
        for output in outputs:
            block.take(output)
        record = block.end(self.begin, fields)
        self.last_begin, self.begin = self.begin, self._end
        return record

    def _decompress(self) -> Iterator[bytes]:
        data, self._rest = self._rest, b""
        if not data.startswith(GZIP_MAGIC):
            raise _UnusualError
        stream, meter = zlib_ng.decompressobj(_GZIP), RatioMeter(self._max_ratio)
        self._end = self.begin
        while not stream.eof:
            if not data and not (data := self._file.read(PIECE_BYTES)):
                raise _UnusualError
            output = stream.decompress(data, _STEP_BYTES)
            left = stream.unused_data or stream.unconsumed_tail
            self._end += len(data) - len(left)
            meter.count(consumed=len(data) - len(left), produced=len(output))
            data = left
            if output:
                yield output
        self._rest = data


class _Block:
    """The content of one record, which ends with its member."""

    def __init__(self, size: int, kept: int) -> None:
        self._size = size
        self._kept = kept
        self._got = 0
        self._pieces: list[bytes | memoryview] = []
        # As the careful reader has it: the digest of what is not kept whole.
        self._digest = hashlib.sha256() if 0 < kept < size else None
        self._tail = b""

    def take(self, output: bytes | memoryview) -> None:
        """Take in what follows."""
        if self._kept and self._got < self._size:
            content = output[: self._size - self._got]
            if self._digest is not None:
                self._digest.update(content)
            self._pieces.append(content)
        self._got += len(output)
        if self._got > self._size + len(_RECORD_END):
            raise _UnusualError
        last = bytes(output[-len(_RECORD_END) :])
        self._tail = (self._tail + last)[-len(_RECORD_END) :]

    def end(self, offset: int, fields: dict[str, str]) -> WarcRecord:
        """Give the record, whose member has ended."""
        if self._got != self._size + len(_RECORD_END) or self._tail != _RECORD_END:
            raise _UnusualError
        block = b"".join(self._pieces)[: self._kept]
        digest = self._digest.hexdigest() if self._digest is not None else None
        return WarcRecord(offset, fields, block, self._size, digest)


def _take_head(outputs: Iterator[bytes]) -> tuple[bytes, int]:
    """Take output until a head has ended; gives it with what came behind, and the head's size."""
    start = b""
    for output in outputs:
        start += output
        end = start.find(_HEAD_END)
        if end >= 0:
            return start, end + len(_HEAD_END)
        if len(start) > _MAX_HEAD_BYTES:
            break
    raise _UnusualError


def _read_head(head: bytes) -> dict[str, str]:
    if not begins_record(head):
        raise _UnusualError
    fields: dict[str, str] = {}
    try:
        lines = head.decode("ascii").removesuffix("\r\n\r\n").split("\r\n")[1:]
    except UnicodeDecodeError:
        return parse_fields(head)
    for line in lines:
        name, colon, value = line.partition(":")
        # Lines that go on with the one before, and other line ends.
        if not colon or name != name.strip() or "\n" in line:
            return parse_fields(head)
        fields.setdefault(name.lower(), value.strip())
    return fields
