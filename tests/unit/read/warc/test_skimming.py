"""Skimming gives what the careful reader gives, in every layout and wherever a file is damaged."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.read.warc import skimming
from tasks.read.warc.skimming import skim_warc
from tasks.read.warc.warc_file import read_warc_file
from tasks.read.warc.warc_records import BrokenRecord, WarcRecord
from tests.unit.read.archives import http, lay_out, warc_record
from tests.unit.read.warc.test_warc_damage import LAYOUT, RECORDS

_MAX_BLOCK, _MAX_RATIO = 700, 200
Found = list[WarcRecord | BrokenRecord]


def _skim(content: bytes, *, is_wanted: bool = True) -> Found:
    return list(skim_warc(BytesIO(content), lambda _: is_wanted, _MAX_BLOCK, _MAX_RATIO))


def _read(content: bytes) -> Found:
    return list(read_warc_file(BytesIO(content), _MAX_BLOCK, _MAX_RATIO))


def _keys(found: Found) -> list[tuple[int, dict[str, str], bool]]:
    return [(one.offset, one.fields, isinstance(one, BrokenRecord)) for one in found]


@settings(max_examples=50, deadline=None)
@given(records=RECORDS, layout=LAYOUT, cut=st.floats(0, 1), byte=st.floats(0, 1))
def test_it_gives_what_the_careful_reader_gives(
    records: list[bytes], layout: str, cut: float, byte: float
) -> None:
    whole = lay_out(records, layout)
    damaged = bytearray(whole)
    damaged[min(int(byte * len(whole)), len(whole) - 1)] ^= 0x55
    for content in (whole, whole[: int(cut * len(whole))], bytes(damaged)):
        careful = _read(content)
        assert _skim(content) == careful
        assert _keys(_skim(content, is_wanted=False)) == _keys(careful)


def test_a_page_that_is_not_wanted_is_not_kept_and_no_careful_reader_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    urls = [f"https://news.example/{number}" for number in range(3)]
    records = [warc_record("response", http(b"<p>" + b"x" * 90_000), url=url) for url in urls]
    content = lay_out(records, "gz")
    monkeypatch.setattr(skimming, "read_warc_file", None)
    found = list(
        skim_warc(
            BytesIO(content), lambda fields: fields["warc-target-uri"] == urls[1], 100_000, 200
        )
    )
    kept = [len(one.block) for one in found if isinstance(one, WarcRecord)]
    assert kept == [0, len(http(b"<p>" + b"x" * 90_000)), 0]


def test_a_bomb_among_pages_that_nobody_wants_is_found() -> None:
    record = warc_record("response", http(b"a"), url="https://news.example/1")
    bomb = warc_record("response", b"\0" * 8_000_000, url="https://news.example/2")
    content = lay_out([record, bomb, record], "gz")
    assert _keys(_skim(content, is_wanted=False)) == _keys(_read(content))
    assert isinstance(_skim(content)[1], BrokenRecord)
