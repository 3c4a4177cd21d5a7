"""Undo what HTTP does to a body: chunks and Content-Encoding, as far as they are there.

Archives keep the headers that the server sent beside a body that the crawler has decoded (Common
Crawl's say chunked where nothing is), so each header is checked against the bytes.
"""

import re

from schemas.reasons import Reason
from schemas.settings import Limits
from tasks.read.bytes.compression import (
    MAX_LAYERS,
    Coding,
    UnreadableError,
    collect,
    collect_whole,
    decompress,
    sniff_coding,
)
from tasks.read.bytes.content_types import looks_plain

# RFC 9112, 7.1: size in hexadecimal, then extensions, which nobody uses but which may be there.
_CHUNK_LINE = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]*)?\r?\n")
_CODINGS: dict[str, Coding] = {
    "gzip": "gzip",
    "x-gzip": "gzip",
    "deflate": "deflate",
    "br": "br",
    "zstd": "zstd",
}
# RFC 1950, 2.2: the method in the lower half of the first byte, and a check over the first two.
_ZLIB_METHOD = 8
_ZLIB_CHECK = 31


def decode_body(
    body: bytes, transfer: str, encoding: str, limits: Limits
) -> tuple[bytes, tuple[str, ...]]:
    """Give the body as the page's author wrote it, and what its edge lacks.

    Args:
        body: as it stands in the archive.
        transfer: value of Transfer-Encoding, "" without one.
        encoding: value of Content-Encoding, "" without one.
        limits: on size and expansion.

    Raises:
        UnreadableError: the body is not what its headers say, nor plain; or beyond a limit.
    """
    body, faults = join_chunks(body, is_declared="chunked" in transfer.lower())
    codings = [name.strip().lower() for name in encoding.split(",")]
    for name in reversed(codings):
        if name not in ("", "identity"):
            body, found = _decode(body, name, limits)
            faults += found
    for _ in range(MAX_LAYERS):
        coding = sniff_coding(body)
        if coding is None:
            break
        body, found = _expand(body, coding, limits)
        faults += found
    return collect([body], limits.max_document_bytes), faults


def join_chunks(body: bytes, *, is_declared: bool) -> tuple[bytes, tuple[str, ...]]:
    """Join the chunks of a body; one that does not begin with a chunk is none, and stays as it is.

    Args:
        body: as it stands in the archive.
        is_declared: a header says that it is chunked. Without one it is where the sizes lead to the
            last chunk: some crawlers keep the chunks and drop the header.

    Returns:
        The joined body, and a fault where it breaks off between chunks or within one.
    """
    line = _CHUNK_LINE.match(body)
    if line is None or not _ends_chunk(body, line.end() + int(line[1], 16)):
        return body, ()
    chunks: list[bytes] = []
    while line is not None:
        size = int(line[1], 16)
        if size == 0:
            return b"".join(chunks), ()
        end = line.end() + size
        chunks.append(body[line.end() : end])
        if end > len(body) or not _ends_chunk(body, end):
            break
        line = _CHUNK_LINE.match(body, end + (2 if body[end : end + 1] == b"\r" else 1))
    return (b"".join(chunks), ("the chunked body breaks off",)) if is_declared else (body, ())


def _ends_chunk(body: bytes, end: int) -> bool:
    """A chunk is followed by a line end; a body cut in its first chunk has none to be checked."""
    return end >= len(body) or body[end : end + 1] in (b"\r", b"\n")


def _decode(body: bytes, name: str, limits: Limits) -> tuple[bytes, tuple[str, ...]]:
    coding = _CODINGS.get(name)
    if coding is None:
        if looks_plain(body):
            return body, ()
        raise UnreadableError(Reason.FILE_CORRUPT, f"unknown Content-Encoding {name[:40]!r}")
    if not body:
        return body, ()
    if coding == "deflate" and not _is_zlib(body):
        # RFC 9110, 8.4.1.2: some send the deflate stream without its zlib wrapper.
        coding = "raw-deflate"
    try:
        return _expand(body, coding, limits)
    except UnreadableError as error:
        # The crawler decoded the body, and kept the header.
        if error.reason is Reason.FILE_CORRUPT and looks_plain(body):
            return body, ()
        raise


def _is_zlib(body: bytes) -> bool:
    head = int.from_bytes(body[:2], "big")
    return body[0] & 0x0F == _ZLIB_METHOD and head % _ZLIB_CHECK == 0


def _expand(body: bytes, coding: Coding, limits: Limits) -> tuple[bytes, tuple[str, ...]]:
    pieces = decompress([body], coding, limits.max_compression_ratio)
    return collect_whole(pieces, limits.max_document_bytes)
