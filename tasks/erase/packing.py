"""Copying parts of files, and files that are compressed as a whole."""

import bz2
import gzip
import io
import lzma
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, cast

import zstandard

from tasks.read.bytes.compression import (
    MAGIC_BYTES,
    PIECE_BYTES,
    Coding,
    decompress,
    read_pieces,
    sniff_coding,
)

_NO_LIMIT = 1 << 62
# From which byte up to which.
Span = tuple[int, int]


class CannotRewriteError(Exception):
    """A container that must be mended by hand; the message says why."""


def copy_spans(source: BinaryIO, target: IO[bytes], spans: Iterable[Span]) -> None:
    """Copies all of a file but some spans of it, which are in order."""
    position = 0
    for begin, end in spans:
        copy_range(source, target, position, begin)
        position = end
    copy_range(source, target, position, source.seek(0, io.SEEK_END))


def copy_range(source: BinaryIO, target: IO[bytes], begin: int, end: int) -> None:
    """Copies the bytes of a file from one position up to another."""
    source.seek(begin)
    left = end - begin
    while left > 0 and (piece := source.read(min(left, PIECE_BYTES))):
        target.write(piece)
        left -= len(piece)


@contextmanager
def unpacked(source: BinaryIO) -> Iterator[tuple[BinaryIO, Coding | None]]:
    """Gives what a file compressed as a whole holds, in a temporary file, and its compression."""
    source.seek(0)
    coding = sniff_coding(source.read(MAGIC_BYTES))
    source.seek(0)
    if coding is None:
        yield source, None
        return
    with tempfile.TemporaryFile() as inner:
        # Somebody decided to keep it, so that how far it expands is no question any more.
        for piece in decompress(read_pieces(source), coding, _NO_LIMIT):
            inner.write(piece)
        inner.seek(0)
        yield cast(BinaryIO, inner), coding


@contextmanager
def packed(target: BinaryIO, coding: Coding | None) -> Iterator[IO[bytes]]:
    """Gives a file whose bytes are compressed into another; into itself without a compression."""
    if coding is None:
        yield target
    elif coding == "gzip":
        with gzip.GzipFile(fileobj=target, mode="wb", mtime=0) as stream:
            yield cast(IO[bytes], stream)
    elif coding == "bzip2":
        with bz2.BZ2File(target, "wb") as compressed:
            yield compressed
    elif coding == "xz":
        with lzma.LZMAFile(target, "wb") as compressed_xz:
            yield compressed_xz
    elif coding == "zstd":
        with zstandard.ZstdCompressor().stream_writer(target, closefd=False) as writer:
            yield cast(IO[bytes], writer)
    else:
        raise CannotRewriteError(f"newsmill does not compress by {coding}")
