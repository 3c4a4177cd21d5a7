import gzip
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from schemas.reasons import Reason
from schemas.settings import Limits
from tasks.read.bytes.compression import UnreadableError
from tasks.read.warc.http_body import decode_body, join_chunks

BODY = b"<html><body><p>The harbour opens on Monday.</p></body></html>"
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
    assert decode_body(body, transfer, encoding, LIMITS) == BODY


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "sdch"])
def test_a_body_that_the_crawler_decoded_already_is_taken_as_it_is(encoding: str) -> None:
    assert decode_body(BODY, "chunked", encoding, LIMITS) == BODY
    assert decode_body(b"", "chunked", encoding, LIMITS) == b""


@pytest.mark.parametrize(
    ("encoding", "encoded"),
    [
        ("gzip", gzip.compress(BODY)[:-9]),
        ("gzip", gzip.compress(BODY)[:-8] + b"\0" * 8),
        ("deflate", zlib.compress(BODY)[:-9]),
        ("br", brotli.compress(BODY)[:-9]),
        ("zstd", zstandard.compress(BODY)[:-9]),
        ("gzip", b"\x00\x01\x02 no gzip"),
        ("sdch", b"\x00\x01\x02 nobody knows"),
    ],
)
def test_a_body_that_breaks_off_is_refused_and_not_shortened(encoding: str, encoded: bytes) -> None:
    with pytest.raises(UnreadableError) as refused:
        decode_body(encoded, "", encoding, LIMITS)
    assert refused.value.reason is Reason.FILE_CORRUPT


@given(data=st.binary(min_size=1, max_size=60), size=st.integers(1, 20), cut=st.integers(1, 200))
def test_chunks_are_joined_or_said_to_break_off(data: bytes, size: int, cut: int) -> None:
    chunked = chunk(data, size)
    assert join_chunks(chunked) == data
    # Without the empty line behind the last chunk the body is still all there.
    cut_off = chunked[: -min(cut, len(chunked) - 3)]
    if cut_off.endswith((b"\r\n0", b"\r\n0\r")) or len(cut_off) <= len(b"%x\r\n" % size):
        return
    try:
        joined = join_chunks(cut_off)
    except UnreadableError:
        return
    assert joined == data


def test_chunk_extensions_are_read_over() -> None:
    assert join_chunks(b"4;name=value\r\nabcd\r\n0\r\n\r\n") == b"abcd"


@pytest.mark.parametrize(
    ("encoding", "bomb"),
    [
        ("gzip", gzip.compress(b"\0" * 20_000_000)),
        ("br", brotli.compress(b"\0" * 20_000_000)),
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
