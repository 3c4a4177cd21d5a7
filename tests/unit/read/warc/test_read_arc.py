"""ARC files: records with their offsets, and the rest named where one is damaged."""

import gzip
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.reasons import Reason
from schemas.settings import Limits
from tasks.inspect.rereading import read_again
from tasks.read.document import ContentForm, Document
from tests.unit.read.archives import PAGE, document, http, read_file, refusal


def arc_record(block: bytes, url: str = "http://news.example/1", kind: str = "text/html") -> bytes:
    line = f"{url} 192.0.2.1 20240302102030 {kind} {len(block)}\n"
    return line.encode() + block + b"\n"


HEADER = arc_record(
    b"1 0 Archive\nURL IP-address Archive-date Content-type Archive-length\n",
    "filedesc://a.arc",
    "text/plain",
)
RECORDS = [
    HEADER,
    arc_record(http(PAGE)),
    arc_record(
        http(gzip.compress(PAGE, mtime=0), "Content-Encoding: gzip"), "http://news.example/2"
    ),
    arc_record(http(b"gone", status="HTTP/1.1 404 Not Found"), "http://news.example/3"),
    arc_record(b"192.0.2.1", "dns:news.example", "text/dns"),
    arc_record(http(PAGE), "https://news.example/4"),
]


@pytest.mark.parametrize("name", ["a.arc", "a.arc.gz"])
def test_records_are_read_as_those_of_a_warc(tmp_path: Path, name: str) -> None:
    parts = [gzip.compress(record) for record in RECORDS] if name.endswith("gz") else RECORDS
    skipped: Counter[str] = Counter()
    outcomes = read_file(tmp_path, f"crawl/{name}", b"".join(parts), skipped=skipped)
    places = [sum(map(len, parts[:number])) for number in range(1, len(parts))]
    assert [outcome.origin.raw_offset for outcome in outcomes] == places
    assert skipped == {"filedesc": 1}
    page = document(outcomes[0])
    assert (page.content, page.form) == (PAGE, ContentForm.HTML)
    assert page.origin.url == "http://news.example/1"
    assert page.origin.fetched_at == datetime(2024, 3, 2, 10, 20, 30, tzinfo=UTC)
    assert page.origin.landing_date == page.origin.fetched_at.date()
    assert document(outcomes[1]).content == PAGE
    assert [refusal(outcome).reason for outcome in outcomes[2:4]] == [
        Reason.HTTP_STATUS_NOT_OK,
        Reason.CONTENT_TYPE_NOT_HTML,
    ]
    last = outcomes[4].origin
    assert read_again(tmp_path, last.raw_path, last.raw_offset, Limits()) == outcomes[4]


@pytest.mark.parametrize("name", ["a.arc", "a.arc.gz"])
@pytest.mark.parametrize("content", [b"", b"words\n", PAGE])
def test_what_is_no_arc_is_one_refusal(tmp_path: Path, name: str, content: bytes) -> None:
    (refused,) = read_file(tmp_path, name, content)
    assert refusal(refused).reason in (Reason.CONTAINER_TRUNCATED, Reason.CONTAINER_RECORD_BROKEN)


def test_behind_damage_the_next_record_is_read(tmp_path: Path) -> None:
    whole = b"".join(RECORDS).replace(b"text/html 1", b"text/html x", 1)
    outcomes = read_file(tmp_path, "a.arc", whole)
    assert refusal(outcomes[0]).reason is Reason.CONTAINER_RECORD_BROKEN
    assert [outcome.origin.url for outcome in outcomes[1:]] == [
        "http://news.example/2",
        "http://news.example/3",
        None,
        "https://news.example/4",
    ]


def test_an_arc_that_is_one_gzip_member_has_an_offset_for_each_record(tmp_path: Path) -> None:
    outcomes = read_file(tmp_path, "a.arc.gz", gzip.compress(b"".join(RECORDS)))
    assert [outcome.origin.raw_offset for outcome in outcomes] == [1, 2, 3, 4, 5]


def test_the_first_record_names_the_fields(tmp_path: Path) -> None:
    names = b"URL IP-address Archive-date Content-type Result-code Checksum Location Offset"
    header = b"2 0 Archive\n" + names + b" Filename Archive-length\n"
    block = http(PAGE)
    line = f"http://news.example/1 192.0.2.1 20240302102030 text/html 200 - - 0 a.arc {len(block)}"
    content = arc_record(header, "filedesc://a.arc", "text/plain")
    (page,) = read_file(tmp_path, "a.arc", content + line.encode() + b"\n" + block + b"\n")
    assert (document(page).content, page.origin.url) == (PAGE, "http://news.example/1")


@settings(deadline=None, max_examples=60)
@given(is_packed=st.booleans(), data=st.data())
def test_of_a_cut_arc_all_before_the_cut_comes_out_and_the_rest_is_named(
    tmp_path_factory: pytest.TempPathFactory, is_packed: bool, data: st.DataObject
) -> None:
    parts = [gzip.compress(record, mtime=0) if is_packed else record for record in RECORDS]
    whole = b"".join(parts)
    cut = data.draw(st.integers(len(parts[0]), len(whole) - 1))
    name = "a.arc.gz" if is_packed else "a.arc"
    outcomes = read_file(tmp_path_factory.mktemp("raw"), name, whole[:cut])
    ends = [sum(map(len, parts[:number])) for number in range(2, len(parts) + 1)]
    there = [
        content
        for content, end in zip((PAGE, PAGE, None, None, PAGE), ends, strict=True)
        if end <= cut
    ]
    pages = [outcome.content for outcome in outcomes if isinstance(outcome, Document)]
    assert pages[: len([page for page in there if page])] == [page for page in there if page]
    assert len(outcomes) >= len(there)
    # All of a record but its last line end is the whole of it.
    if cut not in (*ends, len(parts[0])) and cut + 1 not in ends:
        assert refusal(outcomes[-1]).reason in (
            Reason.CONTAINER_TRUNCATED,
            Reason.CONTAINER_RECORD_BROKEN,
        )
