import gzip
import random
import zlib
from typing import cast

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from schemas.reasons import Reason
from schemas.settings import Limits
from tasks.read.bytes.compression import Coding, UnreadableError, decompress
from tasks.read.warc.http_body import decode_body, join_chunks

BODY = b"<html><body><p>The harbour opens on Monday.</p></body></html>"
LONG = b"<html>" + random.Random(1).randbytes(200_000).hex().encode()
LIMITS = Limits()


def deflate_raw(data: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(data) + compressor.flush()


def chunk(data: bytes, size: int = 7) -> bytes:
    parts = [data[begin : begin + size] for begin in range(0, len(data), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("encoding", "encoded"),
    [
        ("", BODY),
        ("identity", BODY),
        ("gzip", gzip.compress(BODY)),
        ("x-gzip", gzip.compress(BODY)),
        ("deflate", zlib.compress(BODY)),
        ("deflate", deflate_raw(BODY)),
        ("br", brotli.compress(BODY)),
        ("zstd", zstandard.compress(BODY)),
        ("deflate, GZIP", gzip.compress(zlib.compress(BODY))),
        ("gzip", gzip.compress(gzip.compress(BODY))),
        ("", gzip.compress(BODY)),
    ],
)
@pytest.mark.parametrize("transfer", ["", "chunked"])
def test_a_body_is_decoded_whatever_was_done_to_it(
    encoding: str, encoded: bytes, transfer: str
) -> None:
    body = chunk(encoded) if transfer else encoded
    assert decode_body(body, transfer, encoding, LIMITS) == (BODY, ())


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "sdch"])
def test_a_body_that_the_crawler_decoded_already_is_taken_as_it_is(encoding: str) -> None:
    assert decode_body(BODY, "chunked", encoding, LIMITS) == (BODY, ())
    assert decode_body(b"", "chunked", encoding, LIMITS) == (b"", ())


@pytest.mark.parametrize(
    ("encoding", "encoded"),
    [
        ("gzip", gzip.compress(BODY)[:-8] + b"\0" * 8),
        ("gzip", gzip.compress(BODY)[:8]),
        ("gzip", b"\x00\x01\x02 no gzip"),
        ("sdch", b"\x00\x01\x02 nobody knows"),
    ],
)
def test_a_damaged_body_is_refused(encoding: str, encoded: bytes) -> None:
    with pytest.raises(UnreadableError) as refused:
        decode_body(encoded, "", encoding, LIMITS)
    assert refused.value.reason is Reason.FILE_CORRUPT


@pytest.mark.parametrize(
    ("encoding", "encoded", "fault"),
    [
        ("gzip", gzip.compress(LONG)[:-9], "the gzip data ends early"),
        ("gzip", gzip.compress(LONG)[:-8], "the gzip data ends early"),
        ("gzip", gzip.compress(LONG)[:-4], "the gzip data ends early"),
        ("deflate", zlib.compress(LONG)[:-4], "the deflate data ends early"),
        ("br", brotli.compress(LONG, quality=1)[:-9], "the br data ends early"),
        ("zstd", zstandard.compress(LONG)[:-4], "the zstd data ends early"),
        ("gzip", gzip.compress(LONG) + b"<!-- junk -->", "data behind the gzip stream"),
        ("zstd", zstandard.compress(LONG) + b"<!-- junk -->", "data behind the zstd stream"),
    ],
)
def test_a_page_is_kept_whatever_its_edge_lacks(encoding: str, encoded: bytes, fault: str) -> None:
    body, faults = decode_body(encoded, "", encoding, LIMITS)
    assert len(body) > 0.7 * len(LONG)
    assert LONG.startswith(body)
    assert faults == (fault,)


@pytest.mark.parametrize("size", [1, 98_271, 98_272, 98_273, 1_000_003, 5_000_011])
@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw-deflate", "br", "zstd"])
def test_bodies_of_every_size_come_whole(encoding: str, size: int) -> None:
    body = random.Random(size).randbytes(size // 2 + 1).hex().encode()[:size]
    compress = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "raw-deflate": deflate_raw,
        "br": lambda data: brotli.compress(data, quality=1),
        "zstd": zstandard.compress,
    }[encoding]
    encoded = compress(body)
    limits = Limits(max_document_bytes=6_000_000)
    header = encoding.removeprefix("raw-")
    assert decode_body(encoded, "", header, limits) == (body, ())
    assert decode_body(chunk(encoded, 8_191), "chunked", header, limits) == (body, ())
    pieces = (encoded[begin : begin + 1_013] for begin in range(0, len(encoded), 1_013))
    assert b"".join(decompress(pieces, cast("Coding", encoding), 200)) == body


@given(data=st.binary(min_size=1, max_size=60), size=st.integers(1, 20), cut=st.integers(1, 200))
def test_chunks_are_joined_or_said_to_break_off(data: bytes, size: int, cut: int) -> None:
    chunked = chunk(data, size)
    assert join_chunks(chunked, is_declared=True) == (data, ())
    # Without the empty line behind the last chunk the body is still all there.
    cut_off = chunked[: -min(cut, len(chunked) - 3)]
    if cut_off.endswith((b"\r\n0", b"\r\n0\r")) or len(cut_off) <= len(b"%x\r\n" % size):
        return
    joined, faults = join_chunks(cut_off, is_declared=True)
    assert joined == data if not faults else data.startswith(joined)


def test_chunks_are_joined_where_only_the_body_says_so() -> None:
    assert join_chunks(chunk(BODY), is_declared=False) == (BODY, ())
    # A text may begin with a number; only sizes that lead to the last chunk are chunks.
    for text in (chunk(BODY)[:-5], b"4\r\nevening papers\r\n", b"1f4\r\n"):
        assert join_chunks(text, is_declared=False) == (text, ())


def test_chunk_sizes_are_read_with_zeros_and_extensions() -> None:
    chunked = b"0000000000000004;name=value\r\nabcd\r\n0\r\n\r\n"
    assert join_chunks(chunked, is_declared=True) == (b"abcd", ())


@pytest.mark.parametrize(
    ("encoding", "bomb"),
    [
        ("gzip", gzip.compress(b"\0" * 20_000_000)),
        ("br", brotli.compress(b"\0" * 20_000_000, quality=1)),
        ("zstd", zstandard.compress(b"\0" * 20_000_000)),
    ],
)
def test_a_bomb_is_noticed_before_it_has_expanded(encoding: str, bomb: bytes) -> None:
    with pytest.raises(UnreadableError) as refused:
        decode_body(bomb, "", encoding, LIMITS)
    assert refused.value.reason is Reason.COMPRESSION_RATIO_EXCEEDED


def test_a_body_above_the_limit_is_refused() -> None:
    for encoding, body in (("", BODY), ("gzip", gzip.compress(BODY))):
        with pytest.raises(UnreadableError) as refused:
            decode_body(body, "", encoding, Limits(max_document_bytes=len(BODY) - 1))
        assert refused.value.reason is Reason.DOCUMENT_TOO_LARGE
