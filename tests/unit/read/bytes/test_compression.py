import bz2
import gzip
import lzma
import random
from collections.abc import Callable, Iterator

import pytest
import zstandard

from schemas.reasons import Reason
from tasks.read.bytes.compression import (
    Coding,
    TrailingDataError,
    TruncatedError,
    UnreadableError,
    collect,
    decompress,
    peel_layers,
)

TEXT = random.Random(1).randbytes(60_000).hex().encode()


def in_pieces(data: bytes, size: int = 1000) -> Iterator[bytes]:
    return (data[begin : begin + size] for begin in range(0, len(data), size))


def layers(count: int) -> bytes:
    data = TEXT
    for number in range(count):
        data = zstandard.compress(data) if number % 2 else gzip.compress(data)
    return data


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_layers_are_taken_off_as_the_bytes_show_them(count: int) -> None:
    assert b"".join(peel_layers(in_pieces(layers(count)), 200)) == TEXT


def test_more_layers_than_a_mistake_explains_are_refused() -> None:
    with pytest.raises(UnreadableError, match="layers"):
        b"".join(peel_layers([layers(4)], 200))


@pytest.mark.parametrize(
    ("compress", "coding"),
    [
        (gzip.compress, "gzip"),
        (zstandard.compress, "zstd"),
        (bz2.compress, "bzip2"),
        (lzma.compress, "xz"),
    ],
)
def test_streams_one_behind_the_other_are_one(
    compress: Callable[[bytes], bytes], coding: Coding
) -> None:
    data = compress(TEXT[:50]) + compress(b"") + compress(TEXT[50:])
    assert b"".join(peel_layers(in_pieces(data, 7), 200)) == TEXT
    assert b"".join(decompress(in_pieces(data, 7), coding, 200)) == TEXT


def test_what_stands_before_damage_is_handed_out_and_nothing_of_it_is_wrong() -> None:
    data = bytearray(gzip.compress(TEXT))
    data[len(data) // 2] ^= 0xFF
    got = b""
    with pytest.raises(UnreadableError):
        for piece in decompress([bytes(data)], "gzip", 200):
            got += piece
    half = len(TEXT) * 45 // 100
    assert got[:half] == TEXT[:half]


def test_an_end_too_early_is_told_from_damage() -> None:
    with pytest.raises(TruncatedError):
        b"".join(decompress([gzip.compress(TEXT)[:-1]], "gzip", 200))
    with pytest.raises(TrailingDataError):
        b"".join(decompress([gzip.compress(TEXT) + b"more"], "gzip", 200))


def test_a_document_is_put_together_up_to_its_limit() -> None:
    assert collect([b"ab", b"c"], 3) == b"abc"
    with pytest.raises(UnreadableError) as refused:
        collect([b"ab", b"c"], 2)
    assert refused.value.reason is Reason.DOCUMENT_TOO_LARGE
