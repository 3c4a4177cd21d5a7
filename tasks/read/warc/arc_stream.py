"""The bytes of a compressed ARC as one stream, which knows where its gzip members begin."""

from collections.abc import Iterator
from typing import BinaryIO

from schemas.reasons import Reason
from tasks.read.bytes.compression import (
    GZIP_MAGIC,
    PIECE_BYTES,
    RatioMeter,
    TrailingDataError,
    TruncatedError,
    UnreadableError,
    open_decoder,
)
from tasks.read.warc.warc_stream import RecordStream


class ArcStream(RecordStream):
    """An ARC compressed by members, of a record each or otherwise; read forwards only.

    A record's offset is that of the member that begins with it. Those behind it in the member have
    one, two, ... more.
    """

    def __init__(self, file: BinaryIO, max_ratio: int) -> None:
        super().__init__()
        self._file = file
        self._max_ratio = max_ratio
        self._members: dict[int, int] = {}
        self._last = -1
        self._output = self._decompress()

    def offset_of(self, position: int) -> int:
        """See the class; asked for once for each record, in order."""
        reached = [begin for begin in self._members if begin < position]
        for begin in reached:
            self._last = max(self._last, self._members.pop(begin))
        self._last = self._members.pop(position, self._last + 1)
        return self._last

    @property
    def ends_file(self) -> bool:
        """It is the file."""
        return True

    def _pull(self) -> bytes:
        return next(self._output, b"")

    def _decompress(self) -> Iterator[bytes]:
        begin = position = 0
        data = self._file.read(PIECE_BYTES)
        try:
            while data:
                if not GZIP_MAGIC.startswith(data[: len(GZIP_MAGIC)]):
                    detail = "data behind the gzip members"
                    raise TrailingDataError(Reason.FILE_CORRUPT, detail)
                self._members[position] = begin
                decoder, meter = open_decoder("gzip"), RatioMeter(self._max_ratio)
                while not decoder.ended:
                    if not data:
                        raise TruncatedError(Reason.FILE_CORRUPT, "the compressed data ends early")
                    begin += len(data)
                    meter.count(consumed=len(data))
                    for output in decoder.feed(data):
                        meter.count(produced=len(output))
                        position += len(output)
                        yield output
                    data = self._file.read(PIECE_BYTES) if not decoder.ended else b""
                begin -= len(decoder.rest)
                # Some writers pad the last block with zeros.
                data = decoder.rest.lstrip(b"\0")
                begin += len(decoder.rest) - len(data)
                data = data or self._file.read(PIECE_BYTES)
        except UnreadableError as error:
            self.fault = error
