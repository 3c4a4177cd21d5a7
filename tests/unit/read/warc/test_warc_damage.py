"""Archives cut or damaged anywhere: every other record is read, and the damage is one refusal."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.reasons import Reason
from tasks.discover import batches
from tasks.read.document import Document, Refusal
from tests.unit.read.archives import (
    PAGE,
    document,
    http,
    lay_out,
    read_file,
    refusal,
    suffix_of,
    warc_record,
)

# Sizes that put borders everywhere: empty, a line, more than a block of any layout.
BODY = st.binary(max_size=40) | st.integers(100, 900).map(lambda size: PAGE * (size // len(PAGE)))
RECORDS = st.lists(BODY, min_size=1, max_size=6).map(
    lambda bodies: [
        warc_record("response", http(PAGE + body), url=f"https://news.example/{number}")
        for number, body in enumerate(bodies)
    ]
)
RECORD_WISE = st.sampled_from(["plain", "gz", "zst"])
LAYOUT = st.sampled_from(["plain", "gz", "zst", "pairs", "single", "blocks", "layered"])


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("raw")


def read(raw: Path, layout: str, content: bytes) -> list[Document | Refusal]:
    for old in raw.iterdir():
        old.unlink()
    return read_file(raw, "archive" + suffix_of(layout), content)


def borders(records: list[bytes], layout: str) -> list[int]:
    sizes = [len(lay_out([record], layout)) for record in records]
    return [sum(sizes[:number]) for number in range(len(sizes) + 1)]


def keys(outcomes: list[Document | Refusal]) -> list[tuple[int | None, str | None, str]]:
    return [
        (outcome.origin.raw_offset, outcome.origin.url, outcome.origin.raw_digest)
        for outcome in outcomes
    ]


@settings(deadline=None)
@given(records=RECORDS, layout=LAYOUT)
def test_every_record_is_read_once_in_order_in_every_layout(
    raw: Path, records: list[bytes], layout: str
) -> None:
    outcomes = read(raw, layout, lay_out(records, layout))
    urls = [document(outcome).origin.url for outcome in outcomes]
    assert urls == [f"https://news.example/{number}" for number in range(len(records))]
    offsets = [outcome.origin.raw_offset for outcome in outcomes]
    assert len(set(offsets)) == len(offsets)
    if layout in ("plain", "gz", "zst"):
        assert offsets == borders(records, layout)[:-1]
    elif layout == "single":
        assert offsets == borders(records, "plain")[:-1]
    elif layout == "layered":
        assert offsets == borders(records, "gz")[:-1]


@settings(max_examples=60, deadline=None)
@given(records=RECORDS, layout=RECORD_WISE, data=st.data())
def test_a_cut_archive_gives_all_records_before_the_cut_and_one_refusal(
    raw: Path, records: list[bytes], layout: str, data: st.DataObject
) -> None:
    whole = lay_out(records, layout)
    cut = data.draw(st.integers(0, len(whole) - 1))
    ends = borders(records, layout)
    undamaged = read(raw, layout, whole)
    outcomes = read(raw, layout, whole[:cut])
    complete = sum(end <= cut for end in ends[1:])
    if layout == "plain" and any(end - 4 <= cut < end for end in ends[1:]):
        # Only the line ends behind the record are cut: the record itself is whole.
        assert keys(outcomes) == keys(undamaged)[: complete + 1]
    elif cut in ends and cut > 0:
        # Nothing in the format tells that a record should follow.
        assert keys(outcomes) == keys(undamaged)[:complete]
    else:
        assert keys(outcomes[:-1]) == keys(undamaged)[:complete]
        last = refusal(outcomes[-1])
        assert last.reason is Reason.CONTAINER_TRUNCATED
        assert last.origin.raw_offset == ends[complete]


@settings(max_examples=120, deadline=None)
@given(records=RECORDS, layout=RECORD_WISE, data=st.data())
def test_a_damaged_byte_costs_one_record_at_most(
    raw: Path, records: list[bytes], layout: str, data: st.DataObject
) -> None:
    whole = lay_out(records, layout)
    at = data.draw(st.integers(0, len(whole) - 1))
    mask = data.draw(st.integers(1, 255))
    damaged = whole[:at] + bytes([whole[at] ^ mask]) + whole[at + 1 :]
    ends = borders(records, layout)
    hit = sum(end <= at for end in ends[1:])
    undamaged = read(raw, layout, whole)
    outcomes = read(raw, layout, damaged)
    assert len(outcomes) <= len(undamaged)
    others = [key for number, key in enumerate(keys(undamaged)) if number != hit]
    assert [key for key in keys(outcomes) if key[0] != ends[hit]] == others
    of_the_hit = [outcome for outcome in outcomes if outcome.origin.raw_offset == ends[hit]]
    if layout == "plain":
        # Without a checksum, what is altered within a body or a field cannot be seen.
        assert len(of_the_hit) == 1 or _turned_into_skipped(damaged)
    elif keys(of_the_hit) != [keys(undamaged)[hit]]:
        assert [refusal(outcome).reason for outcome in of_the_hit] in (
            [Reason.CONTAINER_RECORD_BROKEN],
            [Reason.CONTAINER_TRUNCATED],
        )


def _turned_into_skipped(damaged: bytes) -> bool:
    return any(b"WARC-Type: " + kind in damaged for kind in (b"request", b"metadata"))


@settings(max_examples=60, deadline=None)
@given(records=RECORDS, layout=LAYOUT, data=st.data())
def test_slices_read_each_record_and_each_damage_once(
    raw: Path, records: list[bytes], layout: str, data: st.DataObject
) -> None:
    content = bytearray(lay_out(records, layout))
    if data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(1, 9))] = data.draw(st.binary(max_size=9))
    whole = read(raw, layout, bytes(content))
    size = data.draw(st.integers(len(content) // 7 + 1, len(content) + 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches, "SLICE_BYTES", size)
        assert keys(read(raw, layout, bytes(content))) == keys(whole)


@pytest.mark.parametrize("layout", ["single", "blocks", "plain"])
@pytest.mark.parametrize("length", ["99999", "3", "-1", "1e3", ""])
def test_a_wrong_length_costs_its_own_record_only(raw: Path, layout: str, length: str) -> None:
    records = [warc_record("response", http(PAGE * 9), url=f"https://a.example/{n}") for n in "123"]
    right = b"Content-Length: %d\r\n\r\nHTTP" % len(http(PAGE * 9))
    records[1] = records[1].replace(right, f"Content-Length: {length}\r\n\r\nHTTP".encode())
    outcomes = read(raw, layout, lay_out(records, layout))
    assert [outcome.origin.url for outcome in outcomes] == [f"https://a.example/{n}" for n in "123"]
    assert refusal(outcomes[1]).reason is Reason.CONTAINER_RECORD_BROKEN
    if layout != "blocks":
        assert outcomes[1].origin.raw_offset == len(records[0])
    document(outcomes[0]), document(outcomes[2])


def test_a_page_about_warc_files_is_not_taken_for_records(raw: Path) -> None:
    quoting = http(PAGE + b"\r\n\r\n" + warc_record("response", http()))
    for layout in ("plain", "gz", "single"):
        outcomes = read(raw, layout, lay_out([warc_record("response", quoting)] * 2, layout))
        assert [len(document(outcome).content) for outcome in outcomes] == [
            len(quoting) - len(http(b""))
        ] * 2


def test_line_ends_that_were_turned_into_three_bytes_end_a_head(raw: Path) -> None:
    records = [warc_record("response", http(PAGE), url=f"https://a.example/{n}") for n in "123"]
    heads, page, tail = records[1].partition(PAGE)
    records[1] = heads.replace(b"\r\n", b"\r\r\n") + page + tail
    size = b"Content-Length: %d" % len(http(PAGE))
    http_size = len(http(b"").replace(b"\r\n", b"\r\r\n")) + len(PAGE)
    records[1] = records[1].replace(size, b"Content-Length: %d" % http_size)
    for outcome in read(raw, "plain", lay_out(records, "plain")):
        assert document(outcome).content == PAGE


def test_an_empty_archive_is_not_silence(raw: Path) -> None:
    for layout in ("plain", "gz"):
        (outcome,) = read(raw, layout, b"")
        assert refusal(outcome).reason is Reason.CONTAINER_TRUNCATED


def test_a_bomb_inside_an_archive_costs_its_own_record(raw: Path) -> None:
    records = [warc_record("response", http(PAGE), url=f"https://a.example/{n}") for n in "123"]
    records[1] = warc_record("response", http(b" " * 40_000_000), url="https://a.example/2")
    outcomes = read(raw, "gz", lay_out(records, "gz"))
    assert [type(outcome) for outcome in outcomes] == [Document, Refusal, Document]
    assert refusal(outcomes[1]).reason is Reason.COMPRESSION_RATIO_EXCEEDED
    assert refusal(outcomes[1]).origin.url == "https://a.example/2"
