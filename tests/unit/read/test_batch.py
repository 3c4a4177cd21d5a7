"""Loose files, JSON lines and tables, with whatever arrived beside them."""

import bz2
import dataclasses
import gzip
import json
import lzma
import runpy
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import cast

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from schemas import raw_forms
from schemas.raw_forms import RawKind
from schemas.reasons import Reason
from schemas.settings import Limits
from tasks.discover import batches
from tasks.discover.batches import discover
from tasks.read import batch as read_batch_module
from tasks.read.batch import read_batch
from tasks.read.document import ContentForm, Document, Refusal
from tests.unit.read.archives import PAGE, document, read_all, read_file, read_one, refusal

FETCHED = datetime(2024, 3, 2, 10, 20, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.html", PAGE, ContentForm.HTML),
        ("a.HTM", PAGE, ContentForm.HTML),
        ("a.b.txt", b"Plain words.", ContentForm.TEXT),
        ("a.html.gz", gzip.compress(PAGE), ContentForm.HTML),
        ("a.html.gz", PAGE, ContentForm.HTML),
        ("a.html.gz", gzip.compress(PAGE)[:-5], ContentForm.HTML),
        ("a.html.gz", gzip.compress(PAGE) + b"junk", ContentForm.HTML),
        ("a.txt", PAGE, ContentForm.HTML),
        ("a.txt.zst", zstandard.compress(b"Plain words."), ContentForm.TEXT),
        ("a.html.gz", gzip.compress(gzip.compress(PAGE)), ContentForm.HTML),
        ("a.html.bz2", bz2.compress(PAGE), ContentForm.HTML),
        ("a.txt.xz", lzma.compress(b"Plain words."), ContentForm.TEXT),
        (
            "a.html.gz",
            gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:]) + b"\0\0",
            ContentForm.HTML,
        ),
        ("a.html", gzip.compress(PAGE), ContentForm.HTML),
    ],
)
def test_a_loose_file_is_a_document(
    tmp_path: Path, name: str, content: bytes, form: ContentForm
) -> None:
    (read,) = read_file(tmp_path, f"s/2024-03-09/{name}", content)
    assert document(read).form is form
    assert document(read).content == (PAGE if form is ContentForm.HTML else b"Plain words.")
    assert read.origin.raw_path == f"s/2024-03-09/{name}"
    assert read.origin.landing_date == date(2024, 3, 9)
    assert (read.origin.raw_offset, read.origin.url, read.origin.fetched_at) == (None, None, None)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"%PDF-1.7", Reason.FORM_UNSUPPORTED),
        ("README", b"words", Reason.FORM_UNSUPPORTED),
        ("archive.tar.gz", gzip.compress(b"x"), Reason.FILE_CORRUPT),
        ("a.html.gz", gzip.compress(PAGE)[:8], Reason.FILE_CORRUPT),
        ("a.html.gz", b"\0\1\2" * 9, Reason.FILE_CORRUPT),
        ("a.html.zst", zstandard.compress(PAGE)[:5], Reason.FILE_CORRUPT),
        ("a.html", b"", Reason.DOCUMENT_EMPTY),
        ("a.html.gz", b"", Reason.DOCUMENT_EMPTY),
        ("a.txt", b" \n\t", Reason.DOCUMENT_EMPTY),
        ("a.html", b"x" * 2000, Reason.DOCUMENT_TOO_LARGE),
        ("a.html.gz", gzip.compress(b"\0" * 9_000_000), Reason.DOCUMENT_TOO_LARGE),
    ],
)
def test_a_file_that_is_none_is_one_refusal(
    tmp_path: Path, name: str, content: bytes, reason: Reason
) -> None:
    (refused,) = read_file(tmp_path, name, content, Limits(max_document_bytes=1000))
    assert refusal(refused).reason is reason
    assert len(refused.origin.raw_digest) == 64


def test_a_bomb_within_the_size_limit_is_refused_by_its_ratio(tmp_path: Path) -> None:
    (refused,) = read_file(tmp_path, "a.html.gz", gzip.compress(b" " * 9_000_000))
    assert refusal(refused).reason is Reason.COMPRESSION_RATIO_EXCEEDED


def test_a_sidecar_gives_address_time_and_headers(tmp_path: Path) -> None:
    sidecar = {
        "url": " https://news.example/1 ",
        "fetched_at": "2024-03-02T12:20:30+02:00",
        "headers": {"Content-Type": "text/html; charset=koi8-r", "Set-Cookie": ["a", "b"]},
    }
    (tmp_path / "a.html.meta.json").write_text(json.dumps(sidecar))
    (page,) = read_file(tmp_path, "a.html", PAGE)
    assert page.origin.url == "https://news.example/1"
    assert page.origin.fetched_at == FETCHED
    assert page.origin.landing_date == FETCHED.date()
    assert page.origin.headers[1:] == (("set-cookie", "a"), ("set-cookie", "b"))
    assert document(page).charset == "koi8-r"


def test_a_sidecar_may_be_named_without_the_suffix_of_the_page(tmp_path: Path) -> None:
    (tmp_path / "a.meta.json").write_text('{"url": "https://news.example/1"}')
    (page,) = read_file(tmp_path, "a.html.gz", gzip.compress(PAGE))
    assert page.origin.url == "https://news.example/1"


@pytest.mark.parametrize(
    ("sidecar", "fault", "url"),
    [
        ("{", "not JSON", None),
        ("[" * 100_000, "not JSON", None),
        ("[]", "not a JSON object", None),
        ('{"url": 5}', "url", None),
        ('{"url": "https://a.b/", "fetched_at": "yesterday"}', "fetched_at", "https://a.b/"),
        ('{"url": "https://a.b/", "headers": "none"}', "headers", "https://a.b/"),
        (" " * 2_000_000, "more than", None),
    ],
)
def test_a_broken_sidecar_costs_what_is_broken_and_not_the_page(
    tmp_path: Path, sidecar: str, fault: str, url: str | None
) -> None:
    (tmp_path / "a.html.meta.json").write_text(sidecar)
    (page,) = read_file(tmp_path, "a.html", PAGE)
    assert document(page).content == PAGE
    assert page.origin.url == url
    assert len(page.origin.faults) == 1
    assert fault in page.origin.faults[0]


def test_what_no_file_can_hold_does_not_come_in(tmp_path: Path) -> None:
    sidecar = {"url": "https://a.b/\ud800", "headers": {"\ud801": "\ud802"}, "fetched_at": "\ud803"}
    (tmp_path / "a.html.meta.json").write_text(json.dumps(sidecar))
    (page,) = read_file(tmp_path, "a.html", PAGE)
    assert page.origin.url == "https://a.b/\ufffd"
    assert page.origin.headers == (("\ufffd", "\ufffd"),)
    for fault in page.origin.faults:
        fault.encode()


def test_a_file_that_vanished_is_the_worlds_fault(tmp_path: Path) -> None:
    for name in ("a.html", "b.jsonl"):
        (tmp_path / name).write_bytes(PAGE)
    found = discover(tmp_path).batches
    for name in ("a.html", "b.jsonl"):
        (tmp_path / name).unlink()
    for batch in found:
        with pytest.raises(FileNotFoundError):
            read_one(batch, tmp_path)


def test_json_lines_are_documents_with_offsets_in_the_uncompressed_stream(tmp_path: Path) -> None:
    lines = [
        json.dumps({"html": "<p>Ж</p>", "url": "https://a.b/1", "fetched_at": 1709374830}),
        "",
        json.dumps({"text": "Words.", "fetched_at": 1709374830000}, ensure_ascii=False),
        json.dumps({"html": "", "text": "Words."}),
        json.dumps({"html": "\ud800 lone"}),
    ]
    content = "\n".join(lines).encode()
    for name, packed in (("a.jsonl", content), ("a.jsonl.gz", gzip.compress(content))):
        outcomes = [document(outcome) for outcome in read_file(tmp_path / name, name, packed)]
        assert [outcome.form for outcome in outcomes] == [
            ContentForm.HTML,
            ContentForm.TEXT,
            ContentForm.TEXT,
            ContentForm.HTML,
        ]
        assert outcomes[0].content == "<p>Ж</p>".encode()
        assert outcomes[0].charset == "utf-8"
        assert [outcome.origin.fetched_at for outcome in outcomes[:2]] == [FETCHED, FETCHED]
        assert outcomes[1].origin.raw_offset == len(lines[0]) + 2
        assert outcomes[3].content == b"? lone"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{broken", Reason.CONTAINER_RECORD_BROKEN),
        ("[1]", Reason.CONTAINER_RECORD_BROKEN),
        ('{"html": 5}', Reason.CONTAINER_RECORD_BROKEN),
        ('{"url": "https://a.b/"}', Reason.FORM_UNSUPPORTED),
        ('{"html": null}', Reason.DOCUMENT_EMPTY),
        ('{"html": "%s"}' % ("x" * 1001), Reason.DOCUMENT_TOO_LARGE),
        ('{"html": "%s"}' % ("x" * 200_000), Reason.DOCUMENT_TOO_LARGE),
    ],
)
def test_a_broken_line_is_one_refusal_and_the_next_is_read(
    tmp_path: Path, line: str, reason: Reason
) -> None:
    good = '{"html": "<p>x"}\n'
    limits = Limits(max_document_bytes=1000)
    outcomes = read_file(tmp_path, "a.jsonl", f"{good}{line}\n{good}".encode(), limits)
    assert [type(outcome) for outcome in outcomes] == [Document, Refusal, Document]
    assert refusal(outcomes[1]).reason is reason
    assert outcomes[1].origin.raw_offset == len(good)


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst"])
def test_json_lines_that_end_early_say_so(tmp_path: Path, name: str) -> None:
    content = b'{"html": "<p>x"}\n' + b'{"html": "<p>%s"}\n' % (b"y" * 500)
    if name.endswith("gz"):
        cut = gzip.compress(content)[:-9]
    elif name.endswith("zst"):
        cut = zstandard.ZstdCompressor(write_checksum=True).compress(content)[:-3]
    else:
        cut = content[:-9]
    outcomes = read_file(tmp_path, name, cut)
    assert refusal(outcomes[-1]).reason is Reason.CONTAINER_TRUNCATED
    assert all(isinstance(outcome, Document) for outcome in outcomes[:-1])


@pytest.mark.parametrize("size", [1, 2, 7, 20, 100])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_slices_of_json_lines_read_each_line_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, pack: Callable[[bytes], bytes]
) -> None:
    lines = [json.dumps({"html": f"<p>{'x' * n}"}) for n in range(12)] + ["", "{"]
    # The name says that lines can be entered anywhere, even where the bytes do not allow it.
    whole = read_file(tmp_path, "a.jsonl", pack("\n".join(lines).encode()))
    monkeypatch.setattr(batches, "SLICE_BYTES", size)
    assert read_all(tmp_path) == whole


def write_table(path: Path, rows: int, **options: object) -> None:
    table = pa.table(
        {
            "html": [f"<p>Page {row}." for row in range(rows)],
            "url": [f"https://a.b/{row}" for row in range(rows)],
            "fetched_at": pa.array([FETCHED] * rows, pa.timestamp("ns", "Europe/Riga")),
            "other": [0] * rows,
        }
    )
    pq.write_table(table, path, row_group_size=10, compression="none", **options)


def test_table_rows_are_documents(tmp_path: Path) -> None:
    write_table(tmp_path / "a.parquet", 25)
    outcomes = [document(outcome) for outcome in read_all(tmp_path)]
    assert [outcome.origin.raw_offset for outcome in outcomes] == list(range(25))
    assert outcomes[3].content == b"<p>Page 3."
    assert outcomes[3].charset == "utf-8"
    assert outcomes[3].origin.url == "https://a.b/3"
    assert outcomes[3].origin.fetched_at == FETCHED
    assert type(outcomes[3].origin.fetched_at) is datetime


def test_slices_of_a_table_read_each_row_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_table(tmp_path / "a.parquet", 45)
    whole = read_all(tmp_path)
    monkeypatch.setattr(batches, "SLICE_BYTES", 700)
    assert len(discover(tmp_path).batches) > 3
    assert read_all(tmp_path) == whole


@pytest.mark.parametrize(
    "column",
    [
        pa.array([b"<p>caf\xe9", None], pa.binary()),
        pa.array([b"<p>caf\xe9", None], pa.binary()).cast(pa.large_binary()),
        pa.Array.from_buffers(
            pa.string(), 2, pa.array([b"<p>caf\xe9", None], pa.binary()).buffers(), 1
        ),
    ],
)
def test_bytes_of_a_table_stay_as_they_are_and_null_is_empty(
    tmp_path: Path, column: pa.Array
) -> None:
    pq.write_table(pa.table({"html": column}), tmp_path / "a.parquet")
    page, empty = read_all(tmp_path)
    assert (document(page).content, document(page).charset) == (b"<p>caf\xe9", None)
    assert refusal(empty).reason is Reason.DOCUMENT_EMPTY


def test_a_damaged_row_group_is_one_refusal_and_the_next_is_read(tmp_path: Path) -> None:
    write_table(tmp_path / "a.parquet", 30, write_page_checksum=True)
    content = (tmp_path / "a.parquet").read_bytes()
    damaged = content.replace(b"Page 13.", b"Page !!.")
    outcomes = read_file(tmp_path, "a.parquet", damaged)
    assert [outcome.origin.raw_offset for outcome in outcomes] == [*range(11), *range(20, 30)]
    assert refusal(outcomes[10]).reason is Reason.CONTAINER_RECORD_BROKEN
    assert "rows 10 to 19" in refusal(outcomes[10]).detail


def test_a_bomb_in_a_table_is_refused_before_it_expands(tmp_path: Path) -> None:
    table = pa.table({"html": ["<p>x", "y" * 9_000_000]})
    pq.write_table(table, tmp_path / "a.parquet", compression="zstd", use_dictionary=False)
    (refused,) = read_all(tmp_path)
    assert refusal(refused).reason is Reason.COMPRESSION_RATIO_EXCEEDED
    assert "rows 0 to 1" in refusal(refused).detail


def test_a_file_that_is_no_table_of_pages_is_one_refusal(tmp_path: Path) -> None:
    write_table(tmp_path / "a.parquet", 5)
    content = (tmp_path / "a.parquet").read_bytes()
    for broken in (content[:-20], b"", b"PAR1"):
        (refused,) = read_file(tmp_path, "a.parquet", broken)
        assert refusal(refused).reason is Reason.FILE_CORRUPT
    pq.write_table(pa.table({"summary": ["<p>"]}), tmp_path / "a.parquet")
    (refused,) = read_all(tmp_path)
    assert refusal(refused).reason is Reason.FORM_UNSUPPORTED


def test_names_that_are_not_utf8_are_published_readably(tmp_path: Path) -> None:
    (tmp_path / b"caf\xe9.html".decode("utf-8", "surrogateescape")).write_bytes(PAGE)
    (page,) = read_all(tmp_path)
    assert page.origin.raw_path == "caf\\xe9.html"
    (tmp_path / b"page.caf\xe9".decode("utf-8", "surrogateescape")).write_bytes(b"words")
    refused = refusal(read_all(tmp_path)[1])
    (refused.origin.raw_path + refused.detail).encode()


def test_a_kind_without_a_reader_raises_and_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Words."}')
    (batch,) = discover(tmp_path).batches
    arrow = dataclasses.replace(batch, kind=cast(RawKind, "arrow"))
    with pytest.raises(KeyError, match="arrow"):
        list(read_batch(arrow, tmp_path, Limits()))


def test_a_kind_that_is_declared_without_a_reader_stops_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = {kind.name: kind.value for kind in RawKind} | {"ARROW": "arrow"}
    monkeypatch.setattr(raw_forms, "RawKind", StrEnum("RawKind", names))
    with pytest.raises(NotImplementedError, match="no reader for arrow"):
        runpy.run_path(str(read_batch_module.__file__))


_LATE = pa.array([2**31 - 1], pa.date32())
_TWICE = pa.StructArray.from_arrays([pa.array(["x"]), pa.array(["y"])], names=["a", "a"])


@pytest.mark.parametrize(
    ("name", "values", "fault"),
    [
        ("fetched_at", _LATE, "fetched_at is not an instant: date32[day] (days=2147483647"),
        ("fetched_at", pa.array([2**62], pa.timestamp("ns")), "fetched_at is not an instant"),
        ("fetched_at", pa.array([2**52], pa.timestamp("ms")), "timestamp[us] (date value out"),
        ("fetched_at", pa.array([2**62], pa.duration("s")), "fetched_at is not an instant"),
        ("headers", pa.array([[2**31 - 1]], pa.list_(pa.date32())), "headers are not names"),
        ("headers", _TWICE, "headers are not names with texts"),
        ("html", pa.array(["<p>another"]), "the column html is there twice: the first counts"),
        ("text", _LATE, "text is not a text"),
    ],
)
def test_a_field_that_python_has_no_value_of_does_not_cost_the_page(
    tmp_path: Path, name: str, values: pa.Array, fault: str
) -> None:
    html = pa.array([PAGE], pa.binary())
    table = pa.Table.from_arrays([html, values], names=["html", name])
    pq.write_table(table, tmp_path / "a.parquet")
    (page,) = read_all(tmp_path)
    assert document(page).content == PAGE
    assert len(page.origin.faults) == 1
    assert fault in page.origin.faults[0]


def test_of_a_column_that_is_there_twice_the_first_counts(tmp_path: Path) -> None:
    arrays = [
        pa.array([PAGE], pa.binary()),
        pa.array(["https://a.b/1"]),
        pa.array(["https://a.b/2"]),
    ]
    table = pa.Table.from_arrays(arrays, names=["html", "url", "url"])
    pq.write_table(table, tmp_path / "a.parquet")
    (page,) = read_all(tmp_path)
    assert page.origin.url == "https://a.b/1"
    assert page.origin.faults == ("the column url is there twice: the first counts",)


@pytest.mark.parametrize("name", ["a.html", "a.warc.gz", "a.parquet"])
def test_a_link_out_of_raw_is_a_record_and_is_not_read(tmp_path: Path, name: str) -> None:
    secret, raw = tmp_path / "secret.html", tmp_path / "raw"
    secret.write_bytes(PAGE)
    raw.mkdir()
    (raw / name).symlink_to(secret)
    (read,) = read_all(raw)
    refused = refusal(read)
    assert (refused.reason, refused.detail) == (Reason.LINK_OUTSIDE_RAW, f"a link to {secret}")
    assert refused.origin.raw_path == name


def test_a_sidecar_out_of_raw_costs_the_sidecar(tmp_path: Path) -> None:
    secret, raw = tmp_path / "secret.json", tmp_path / "raw"
    secret.write_text('{"url": "https://secret.example/"}')
    raw.mkdir()
    (raw / "a.html").write_bytes(PAGE)
    (raw / "a.html.meta.json").symlink_to(secret)
    (read,) = read_all(raw)
    assert document(read).content == PAGE
    assert read.origin.url is None
    assert "leads out of raw/" in read.origin.faults[0]
