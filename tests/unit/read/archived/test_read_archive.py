"""Archives are read through: each entry as if it lay in raw/, whatever is broken or hostile."""

import gzip
import io
import json
import struct
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.raw_forms import archive_of
from schemas.reasons import Reason
from schemas.settings import Limits
from tasks.inspect.rereading import find_file, read_again
from tasks.read.document import Document, Refusal
from tests.unit.read.archived.packing import (
    PACKERS,
    Entries,
    pack_streamed_zip,
    pack_tar,
    pack_zip,
)
from tests.unit.read.archives import (
    PAGE,
    document,
    http,
    lay_out,
    read_file,
    refusal,
    warc_record,
)

RECORDS = [warc_record("response", http(PAGE), url=f"https://a.b/w{n}") for n in range(3)]


def table() -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"html": ["<p>x", "<p>y"]}), buffer)
    return buffer.getvalue()


ENTRIES = [
    ("pages/", b""),
    ("./pages/1.html", PAGE),
    ("pages/1.html.meta.json", json.dumps({"url": "https://a.b/1"}).encode()),
    ("pages/2.meta.json", json.dumps({"url": "https://a.b/2"}).encode()),
    ("/pages/2.html.gz", gzip.compress(PAGE)),
    ("crawl.warc.gz", lay_out(RECORDS, "gz")),
    ("crawl.warc", lay_out(RECORDS, "plain")),
    ("rows.jsonl", b'{"text": "Words.", "url": "https://a.b/j"}\n{"text": "More."}\n'),
    ("rows.csv", b"url,text\nhttps://a.b/c,Words.\n"),
    ("table.parquet", table()),
]
FOUND = [
    ("pages/1.html", None, "https://a.b/1"),
    ("pages/2.html.gz", None, "https://a.b/2"),
    *(("crawl.warc.gz", n, f"https://a.b/w{n}") for n in range(3)),
    *(("crawl.warc", n, f"https://a.b/w{n}") for n in range(3)),
    ("rows.jsonl", 0, "https://a.b/j"),
    ("rows.jsonl", 1, None),
    ("rows.csv", 0, "https://a.b/c"),
    ("table.parquet", 0, None),
    ("table.parquet", 1, None),
]


@pytest.mark.parametrize("name", PACKERS)
def test_each_entry_is_read_as_if_it_lay_in_raw(tmp_path: Path, name: str) -> None:
    path = f"crawl/2024-03-09/{name}"
    pages = [document(page) for page in read_file(tmp_path, path, PACKERS[name](ENTRIES))]
    assert [(page.origin.raw_path, page.origin.url) for page in pages] == [
        (f"{path}!{entry}", url) for entry, _, url in FOUND
    ]
    assert {page.origin.landing_date for page in pages} == {date(2024, 3, 9)}
    for page in pages:
        again = read_again(tmp_path, page.origin.raw_path, page.origin.raw_offset, Limits())
        assert again == page
        assert find_file(tmp_path, page.origin.raw_path) == tmp_path / path


@pytest.mark.parametrize("name", ["a.zip", "stored.zip", "a.tar", "a.tar.gz"])
def test_an_offset_is_that_of_the_container_in_the_archive(tmp_path: Path, name: str) -> None:
    for container in ("crawl.warc.gz", "crawl.warc", "rows.jsonl"):
        content = dict(ENTRIES)[container]
        alone = read_file(tmp_path / container / "alone", container, content)
        packed = PACKERS[name]([(container, content)])
        inside = read_file(tmp_path / container / "inside", name, packed)
        assert [page.origin.raw_offset for page in inside] == [
            page.origin.raw_offset for page in alone
        ]


def test_of_a_wacz_the_warcs_are_read_and_the_rest_is_counted(tmp_path: Path) -> None:
    skipped: Counter[str] = Counter()
    entries = [
        ("datapackage.json", b'{"profile": "data-package"}'),
        ("archive/data.warc.gz", lay_out(RECORDS, "gz")),
        ("pages/pages.jsonl", b'{"url": "https://a.b/w1", "text": "Words."}\n'),
        ("indexes/index.cdx.gz", gzip.compress(b"b,a)/w1 20240302")),
    ]
    packed = pack_zip(entries, zipfile.ZIP_STORED)
    for name in ("crawl.wacz", "renamed.zip"):
        skipped.clear()
        pages = read_file(tmp_path / name, name, packed, skipped=skipped)
        assert [page.origin.url for page in pages] == [f"https://a.b/w{n}" for n in range(3)]
        assert skipped["wacz_index"] == 3
    (refused,) = read_file(tmp_path / "none", "none.wacz", pack_zip(entries[2:]), skipped=skipped)
    assert (refusal(refused).reason, skipped["wacz_index"]) == (Reason.DOCUMENT_EMPTY, 5)


def test_what_is_no_page_is_counted_and_not_read(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, kind in (
            ("folder", tarfile.DIRTYPE),
            ("soft.html", tarfile.SYMTYPE),
            ("hard.html", tarfile.LNKTYPE),
            ("null.html", tarfile.CHRTYPE),
            ("pipe.html", tarfile.FIFOTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        for name in ("__MACOSX/._a.html", ".DS_Store", "alone.html.meta.json", "a.html"):
            info = tarfile.TarInfo(name)
            info.size = len(PAGE)
            archive.addfile(info, io.BytesIO(PAGE))
    skipped: Counter[str] = Counter()
    (page,) = read_file(tmp_path, "a.tar", buffer.getvalue(), skipped=skipped)
    assert page.origin.raw_path == "a.tar!a.html"
    assert skipped == {"link": 2, "device": 1, "fifo": 1, "hidden": 2, "orphan_sidecar": 1}


def test_a_link_in_a_zip_is_counted_and_not_followed(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("a.html")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("b.html", PAGE)
    skipped: Counter[str] = Counter()
    (page,) = read_file(tmp_path, "a.zip", buffer.getvalue(), skipped=skipped)
    assert page.origin.raw_path == "a.zip!b.html"
    assert skipped == {"link": 1}


@pytest.mark.parametrize("pack", [pack_zip, pack_tar])
@pytest.mark.parametrize("name", ["../../x.html", "a/../../x.html", "..\\..\\x.html"])
def test_what_leads_out_of_an_archive_is_refused_under_a_harmless_path(
    tmp_path: Path, pack: Callable[[Entries], bytes], name: str
) -> None:
    (refused,) = read_file(tmp_path, "a.tar" if pack is pack_tar else "a.zip", pack([(name, PAGE)]))
    assert refusal(refused).reason is Reason.ENTRY_OUTSIDE_ARCHIVE
    assert ".." not in refused.origin.raw_path
    assert refused.origin.raw_path.endswith("x.html")


def test_two_entries_of_a_name_are_two_documents(tmp_path: Path) -> None:
    entries = [("a.html", PAGE), ("a.html", PAGE + b"<!-- 2 -->")]
    pages = read_file(tmp_path, "a.tar", pack_tar(entries))
    assert [page.origin.raw_path for page in pages] == ["a.tar!a.html", "a.tar!a.html!2"]
    assert read_again(tmp_path, "a.tar!a.html!2", None, Limits()) == pages[1]


def test_names_may_hold_anything(tmp_path: Path) -> None:
    names = ["wow!.html", "a#1.html", "été.html", "tab\t.html", "b.zip!c.html"]
    pages = read_file(tmp_path, "a!b.zip", pack_zip((name, PAGE) for name in names))
    assert [page.origin.raw_path for page in pages] == [
        "a!b.zip!wow!.html",
        "a!b.zip!a#1.html",
        "a!b.zip!été.html",
        "a!b.zip!tab\\t.html",
        "a!b.zip!b.zip!c.html",
    ]
    for page in pages:
        assert archive_of(page.origin.raw_path) == "a!b.zip"
        assert read_again(tmp_path, page.origin.raw_path, None, Limits()) == page


def test_a_file_whose_name_looks_like_an_entry_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "a.zip!b.html").write_bytes(PAGE)
    again = read_again(tmp_path, "a.zip!b.html", None, Limits())
    assert again is not None
    assert again.content == PAGE


@pytest.mark.parametrize("inner", sorted(PACKERS))
@pytest.mark.parametrize("outer", sorted(PACKERS))
def test_an_archive_in_an_archive_is_read(tmp_path: Path, outer: str, inner: str) -> None:
    packed = PACKERS[inner]([("1.html", PAGE), ("2.html", PAGE + b"<!-- 2 -->")])
    entries = [(f"crawl/{inner}", packed), ("b.html", PAGE + b"<!-- b -->")]
    pages = list(map(document, read_file(tmp_path, outer, PACKERS[outer](entries))))
    assert [page.origin.raw_path for page in pages] == [
        f"{outer}!crawl/{inner}!1.html",
        f"{outer}!crawl/{inner}!2.html",
        f"{outer}!b.html",
    ]
    for page in pages:
        assert read_again(tmp_path, page.origin.raw_path, None, Limits()) == page


def test_an_archive_in_the_archive_of_an_archive_is_refused(tmp_path: Path) -> None:
    innermost = pack_zip([("1.html", PAGE)])
    packed = pack_zip([("b.zip", pack_zip([("c.zip", innermost), ("2.html", PAGE)]))])
    refused, page = read_file(tmp_path, "a.zip", packed)
    assert refusal(refused).reason is Reason.FORM_UNSUPPORTED
    assert refused.origin.raw_path == "a.zip!b.zip!c.zip"
    assert document(page).content == PAGE


def test_a_wacz_in_a_wacz_is_read(tmp_path: Path) -> None:
    record = warc_record(block=http())
    marked = [("archive/data.warc", record), ("datapackage.json", b"{}")]
    packed = pack_zip([("datapackage.json", b"{}"), ("crawls/1.wacz", pack_zip(marked))])
    (page,) = read_file(tmp_path, "all.wacz", packed)
    assert page.origin.raw_path == "all.wacz!crawls/1.wacz!archive/data.warc"
    assert document(page).content == PAGE


def test_a_bomb_in_a_compressed_archive_expands_no_further_than_one(tmp_path: Path) -> None:
    noise = Random(1).randbytes(100_000)
    inner = pack_zip([("1.html", PAGE + noise + b" " * 100 * len(noise))])
    (tmp_path / "b.zip").write_bytes(inner)
    # Both expand by less than the limit, and one in the other by more.
    outer = pack_zip([("b.zip", bytes(100 * len(inner)) + inner)])
    refused, page = read_file(tmp_path, "a.zip", outer)
    assert document(page).content.startswith(PAGE)
    assert refusal(refused).reason is Reason.COMPRESSION_RATIO_EXCEEDED


def test_entries_that_share_their_bytes_are_refused_but_for_one(tmp_path: Path) -> None:
    packed = bytearray(pack_zip([("a.html", PAGE), ("b.html", PAGE), ("c.html", PAGE)]))
    starts = [packed.index(b"PK\1\2")]
    for _ in range(2):
        starts.append(packed.index(b"PK\1\2", starts[-1] + 1))
    for start in starts[1:]:
        packed[start + 42 : start + 46] = struct.pack("<L", 0)
    first, second, third = read_file(tmp_path, "a.zip", bytes(packed))
    assert refusal(first).reason is Reason.COMPRESSION_RATIO_EXCEEDED
    assert refusal(second).reason is Reason.COMPRESSION_RATIO_EXCEEDED
    assert document(third).content == PAGE


def test_encrypted_and_unknown_entries_are_refused_each(tmp_path: Path) -> None:
    packed = bytearray(
        pack_zip([("a.html", PAGE), ("b.html", PAGE), ("c.zip", b"PK"), ("d.html", PAGE)])
    )
    first, second = packed.index(b"PK\1\2"), packed.index(b"PK\1\2", packed.index(b"PK\1\2") + 1)
    packed[first + 8] |= 1
    packed[second + 10 : second + 12] = struct.pack("<H", 9)
    outcomes = read_file(tmp_path, "a.zip", bytes(packed))
    assert [refusal(outcome).reason for outcome in outcomes[:3]] == [
        Reason.ENTRY_ENCRYPTED,
        Reason.FORM_UNSUPPORTED,
        Reason.FILE_CORRUPT,
    ]
    assert document(outcomes[3]).content == PAGE


@pytest.mark.parametrize("name", ["a.zip", "bzip2.zip", "a.tar.gz", "a.tar.bz2", "a.txz"])
def test_a_bomb_is_refused_and_what_can_be_read_is(tmp_path: Path, name: str) -> None:
    entries = [("a.html", PAGE), ("b.html", b" " * 30_000_000)]
    outcomes = read_file(tmp_path, name, PACKERS[name](entries))
    assert document(outcomes[0]).content == PAGE
    assert {refusal(outcome).reason for outcome in outcomes[1:]} == {
        Reason.COMPRESSION_RATIO_EXCEEDED
    }


def test_a_large_entry_and_one_with_a_wrong_checksum_cost_themselves(tmp_path: Path) -> None:
    entries = [("a.html", PAGE + b" " * 2_000), ("b.html", PAGE), ("c.html", PAGE)]
    packed = bytearray(pack_zip(entries, zipfile.ZIP_STORED))
    packed[packed.index(PAGE, packed.index(b"b.html")) + 60] ^= 1
    large, damaged, good = read_file(
        tmp_path, "a.zip", bytes(packed), Limits(max_document_bytes=999)
    )
    assert refusal(large).reason is Reason.DOCUMENT_TOO_LARGE
    assert refusal(damaged).reason is Reason.CONTAINER_RECORD_BROKEN
    assert document(good).content == PAGE


@pytest.mark.parametrize("name", ["a.zip", "a.wacz", "a.tar", "a.tar.gz", "a.tgz"])
def test_what_is_no_archive_is_one_refusal(tmp_path: Path, name: str) -> None:
    for content in (b"", b"words", PAGE, gzip.compress(b"words")):
        (refused,) = read_file(tmp_path, name, content)
        assert refusal(refused).reason is Reason.FILE_CORRUPT
    empty = pack_tar([]) if "t" in name else pack_zip([])
    (refused,) = read_file(tmp_path, name, empty)
    assert refusal(refused).reason is Reason.DOCUMENT_EMPTY


def test_a_header_of_any_size_is_not_read(tmp_path: Path) -> None:
    info = tarfile.TarInfo("a")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 2**32
    content = pack_tar([("a.html", PAGE)])[:1024] + info.tobuf() + bytes(1024)
    page, refused = read_file(tmp_path, "a.tar", content)
    assert document(page).content == PAGE
    assert "a header of 4294967296 bytes" in refusal(refused).detail


def outcomes_before(tmp_path: Path, name: str, content: bytes) -> list[Document | Refusal]:
    for old in tmp_path.iterdir():
        old.unlink()
    return read_file(tmp_path, name, content)


PAGES = [(f"{n}.html", PAGE + bytes([65 + n]) * 40 * n) for n in range(5)]
PAGES.append(("rows.jsonl", b'{"text": "Words."}\n' * 4))


CUT = ["a.zip", "stored.zip", "piped.zip", "a.tar", "a.tar.gz"]


@settings(deadline=None, max_examples=80)
@given(
    name=st.sampled_from(["a.zip", "stored.zip", "piped.zip", "a.tar", "a.tar.gz"]), data=st.data()
)
def test_of_a_cut_archive_all_before_the_cut_comes_out_and_the_rest_is_named(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    raw = tmp_path_factory.mktemp("raw")
    whole = PACKERS[name](PAGES)
    cut = data.draw(st.integers(1, len(whole) - 1))
    expected = [document(page).content for page in outcomes_before(raw, name, whole)]
    outcomes = outcomes_before(raw, name, whole[:cut])
    contents = [outcome.content for outcome in outcomes if isinstance(outcome, Document)]
    assert contents == expected[: len(contents)]
    if len(contents) < len(expected):
        last = refusal(outcomes[-1])
        assert last.reason in (Reason.CONTAINER_TRUNCATED, Reason.FILE_CORRUPT)
    if name == "stored.zip":
        there = sum(whole.index(name.encode()) + 6 + len(page) <= cut for name, page in PAGES[:5])
        assert sum(content in dict(PAGES).values() for content in contents) == there


def test_a_damaged_header_within_a_tar_ends_it_with_a_refusal(tmp_path: Path) -> None:
    content = bytearray(pack_tar([("a.html", PAGE), ("b.html", PAGE)]))
    content[1024 + 20] ^= 0xFF
    page, refused = read_file(tmp_path, "a.tar", bytes(content))
    assert document(page).content == PAGE
    assert refusal(refused).reason is Reason.CONTAINER_RECORD_BROKEN
    assert (refused.origin.raw_path, refused.origin.raw_offset) == ("a.tar", 1024)


def test_a_zip_that_was_piped_and_cut_is_read_by_its_headers(tmp_path: Path) -> None:
    whole = pack_streamed_zip(PAGES)
    cut = whole[: whole.index(b"PK\1\2")]
    outcomes = read_file(tmp_path, "a.zip", cut)
    assert sum(isinstance(outcome, Document) for outcome in outcomes) == 9
    assert refusal(outcomes[-1]).reason is Reason.CONTAINER_TRUNCATED
