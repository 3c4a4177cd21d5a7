"""Decompress by pieces, within limits: a bomb is noticed before it has expanded."""

import bz2
import lzma
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO, Literal, Protocol

import brotli
import zstandard
from zlib_ng import zlib_ng

from schemas.reasons import Reason
from schemas.settings import MEBIBYTE

Coding = Literal["gzip", "deflate", "raw-deflate", "br", "zstd", "bzip2", "xz"]

GZIP_MAGIC = b"\x1f\x8b\x08"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
ZSTD_SKIPPABLE = b"\x50\x2a\x4d\x18"
XZ_MAGIC = b"\xfd7zXZ\0"
# "BZh", the size of blocks, and the digits of pi that begin a block, or of its root that end all.
_BZIP2_START = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
# As many bytes as tell every compression.
MAGIC_BYTES = 10
# xz -9 asks for 65 MiB; a stream may ask for 4 GiB.
_XZ_MEMORY_BYTES = 128 * MEBIBYTE
# What one step may put out: the most that a bomb can cost before it is measured.
STEP_BYTES = 64 * 1024
# A zstd block of 128 KiB can come from four bytes, and the library has no bound on its output.
ZSTD_INPUT_BYTES = 1024
# A tiny page of white space may compress beyond any ratio; nothing so small is a bomb.
RATIO_COUNTS_FROM_BYTES = MEBIBYTE
PIECE_BYTES = 64 * 1024
# A page compressed twice is a server's or a crawler's mistake; deeper is somebody's game.
MAX_LAYERS = 3


@dataclass
class UnreadableError(Exception):
    """The bytes cannot be read: the document's fault.

    Attributes:
        reason: as what the document is refused.
        detail: what is wrong, for people.
    """

    reason: Reason
    detail: str

    def __str__(self) -> str:
        return self.detail


@dataclass
class TruncatedError(UnreadableError):
    """The bytes end too early."""


@dataclass
class TrailingDataError(UnreadableError):
    """The stream is whole, and other data stand behind it."""


class Decoder(Protocol):
    """One compressed stream, fed by pieces.

    Attributes:
        ended: the stream came to its end, and its checksum is right.
        rest: once it has ended: the input behind it.
    """

    ended: bool
    rest: bytes

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Decompress the next input, in bounded pieces of output.

        Raises:
            UnreadableError: the input is damaged; what could be decompressed was handed out.
        """
        ...


class ZlibDecoder:
    """A gzip member, a zlib stream or a raw deflate stream."""

    def __init__(self, window_bits: int) -> None:
        self.ended = False
        self.rest = b""
        self._stream = zlib_ng.decompressobj(window_bits)

    def feed(self, data: bytes) -> Iterator[bytes]:
        """See `Decoder`."""
        while not self.ended:
            checkpoint = self._stream.copy()
            try:
                output = self._stream.decompress(data, STEP_BYTES)
            except zlib_ng.error as error:
                yield from _salvage(checkpoint, data)
                raise UnreadableError(Reason.FILE_CORRUPT, str(error)) from error
            self.ended = self._stream.eof
            data = self._stream.unconsumed_tail
            if output:
                yield output
            if not data and len(output) < STEP_BYTES:
                break
        self.rest = self._stream.unused_data


def _salvage(stream: "zlib_ng._Decompress", data: bytes) -> Iterator[bytes]:
    """Hand out what zlib drops on an error: the output of the failing call before the damage."""
    for step in (1024, 1):
        while True:
            checkpoint = stream.copy()
            try:
                output = stream.decompress(data, step)
            except zlib_ng.error:
                stream = checkpoint
                break
            data = stream.unconsumed_tail
            yield output


class ZstdDecoder:
    """A zstd frame; skippable frames give nothing."""

    def __init__(self, dictionary: zstandard.ZstdCompressionDict | None = None) -> None:
        self.ended = False
        self.rest = b""
        self._stream = zstandard.ZstdDecompressor(dict_data=dictionary).decompressobj()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """See `Decoder`."""
        for start in range(0, len(data), ZSTD_INPUT_BYTES):
            end = start + ZSTD_INPUT_BYTES
            try:
                output = self._stream.decompress(data[start:end])
            except zstandard.ZstdError as error:
                raise UnreadableError(Reason.FILE_CORRUPT, str(error)) from error
            self.ended = self._stream.eof
            if output:
                yield output
            if self.ended:
                self.rest = self._stream.unused_data + data[end:]
                return


class BrotliDecoder:
    """A brotli stream (RFC 7932)."""

    def __init__(self) -> None:
        self.ended = False
        self.rest = b""
        self._stream = brotli.Decompressor()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """See `Decoder`."""
        while True:
            try:
                output = self._stream.process(data, output_buffer_limit=STEP_BYTES)
            except brotli.error as error:
                raise UnreadableError(Reason.FILE_CORRUPT, str(error)) from error
            self.ended = self._stream.is_finished()
            # `can_accept_more_data` is true while output is still held back: ask until none comes.
            if not output:
                return
            yield output
            data = b""


class BlockDecoder:
    """A bzip2 or an xz stream."""

    def __init__(self, stream: bz2.BZ2Decompressor | lzma.LZMADecompressor) -> None:
        self.ended = False
        self.rest = b""
        self._stream = stream

    def feed(self, data: bytes) -> Iterator[bytes]:
        """See `Decoder`."""
        while True:
            try:
                output = self._stream.decompress(data, STEP_BYTES)
            except (lzma.LZMAError, OSError, ValueError) as error:
                raise UnreadableError(Reason.FILE_CORRUPT, str(error)) from error
            if output:
                yield output
            self.ended = self._stream.eof
            if self.ended or self._stream.needs_input:
                break
            data = b""
        self.rest = self._stream.unused_data


_DECODERS: dict[Coding, Callable[[], Decoder]] = {
    "gzip": lambda: ZlibDecoder(16 + zlib_ng.MAX_WBITS),
    "deflate": lambda: ZlibDecoder(zlib_ng.MAX_WBITS),
    "raw-deflate": lambda: ZlibDecoder(-zlib_ng.MAX_WBITS),
    "br": BrotliDecoder,
    "zstd": ZstdDecoder,
    "bzip2": lambda: BlockDecoder(bz2.BZ2Decompressor()),
    "xz": lambda: BlockDecoder(lzma.LZMADecompressor(memlimit=_XZ_MEMORY_BYTES)),
}


def open_decoder(coding: Coding) -> Decoder:
    """Start decompressing one stream."""
    return _DECODERS[coding]()


class RatioMeter:
    """Watches how far compressed bytes expand."""

    def __init__(self, max_ratio: int) -> None:
        self._max_ratio = max_ratio
        self._input = 0
        self._output = 0

    def count(self, *, consumed: int = 0, produced: int = 0) -> None:
        """Count bytes.

        Raises:
            UnreadableError: they expand beyond the limit.
        """
        self._input += consumed
        self._output += produced
        is_counted = self._output > RATIO_COUNTS_FROM_BYTES
        if is_counted and self._output > self._max_ratio * self._input:
            detail = f"{self._input} bytes expand beyond {self._max_ratio} times their size"
            raise UnreadableError(Reason.COMPRESSION_RATIO_EXCEEDED, detail)


def decompress(pieces: Iterable[bytes], coding: Coding, max_ratio: int) -> Iterator[bytes]:
    """Decompress a stream, or several of a kind one behind the other.

    Raises:
        UnreadableError: damaged, cut short (TruncatedError), followed by what is not compressed
            (TrailingDataError), or expanding beyond `max_ratio`.
    """
    decoder = open_decoder(coding)
    meter = RatioMeter(max_ratio)
    for piece in pieces:
        meter.count(consumed=len(piece))
        rest = piece
        while rest:
            if decoder.ended:
                # Some writers pad the last block with zeros; gzip itself reads over them.
                rest = rest.lstrip(b"\0")
                if not rest:
                    break
                if not _begins_stream(rest, coding):
                    detail = f"data behind the {coding} stream"
                    raise TrailingDataError(Reason.FILE_CORRUPT, detail)
                decoder = open_decoder(coding)
            for output in decoder.feed(rest):
                meter.count(produced=len(output))
                yield output
            rest = decoder.rest if decoder.ended else b""
    if not decoder.ended:
        raise TruncatedError(Reason.FILE_CORRUPT, f"the {coding} data ends early")


def _begins_stream(data: bytes, coding: Coding) -> bool:
    """Whether another stream may begin here: of files' compressions several may follow."""
    match coding:
        case "gzip":
            return data[: len(GZIP_MAGIC)] == GZIP_MAGIC[: len(data)]
        case "zstd":
            # RFC 8878, 3.1.2: sixteen magic numbers begin a frame that is to be skipped.
            is_skippable = bool(data) and data[0] >> 4 == ZSTD_SKIPPABLE[0] >> 4
            head = data[: len(ZSTD_MAGIC)]
            return head == ZSTD_MAGIC[: len(data)] or (
                is_skippable and head[1:] == ZSTD_SKIPPABLE[1 : len(data)]
            )
        case "bzip2":
            return data.startswith(b"BZh"[: len(data)])
        case "xz":
            return data.startswith(XZ_MAGIC[: len(data)])
        case _:
            return False


def collect(pieces: Iterable[bytes], max_bytes: int) -> bytes:
    """Put a document together.

    Raises:
        UnreadableError: it is larger than `max_bytes`.
    """
    return b"".join(_bounded(pieces, max_bytes))


def _bounded(pieces: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > max_bytes:
            raise UnreadableError(Reason.DOCUMENT_TOO_LARGE, f"more than {max_bytes} bytes")
        yield piece


def collect_whole(pieces: Iterable[bytes], max_bytes: int) -> tuple[bytes, tuple[str, ...]]:
    """Put a document together, with what its edge lacks or has too much as a fault.

    Browsers and gzip show a page whose checksum, last chunk or end is missing, or that is followed
    by other data.

    Returns:
        The document, and at most one fault.

    Raises:
        UnreadableError: it is larger than `max_bytes`, damaged, or ends before it begins.
    """
    content: list[bytes] = []
    try:
        content.extend(_bounded(pieces, max_bytes))
    except (TruncatedError, TrailingDataError) as error:
        if not content:
            raise
        return b"".join(content), (error.detail,)
    return b"".join(content), ()


def read_pieces(file: BinaryIO) -> Iterator[bytes]:
    """Read an open file to its end."""
    while piece := file.read(PIECE_BYTES):
        yield piece


def peel_layers(pieces: Iterable[bytes], max_ratio: int) -> Iterator[bytes]:
    """Take off layers of compression as the bytes themselves show them, whatever the name says.

    Raises:
        UnreadableError: as of `decompress`, or more than MAX_LAYERS of them.
    """
    for _ in range(MAX_LAYERS + 1):
        head, pieces = peek_head(pieces, MAGIC_BYTES)
        coding = sniff_coding(head)
        if coding is None:
            return iter(pieces)
        pieces = decompress(pieces, coding, max_ratio)
    raise UnreadableError(Reason.FILE_CORRUPT, f"more than {MAX_LAYERS} layers of compression")


def sniff_coding(head: bytes) -> Coding | None:
    """Tell files' compressions by their magic numbers, which no page or text begins with."""
    if head.startswith(GZIP_MAGIC):
        return "gzip"
    if head.startswith(ZSTD_MAGIC):
        return "zstd"
    if head.startswith(XZ_MAGIC):
        return "xz"
    return "bzip2" if _BZIP2_START.match(head) else None


def peek_head(pieces: Iterable[bytes], size: int) -> tuple[bytes, Iterator[bytes]]:
    """Look at the first bytes of a stream; the returned pieces are the whole of it."""
    iterator = iter(pieces)
    head = b""
    for piece in iterator:
        head += piece
        if len(head) >= size:
            break
    return head, chain([head] if head else [], iterator)
