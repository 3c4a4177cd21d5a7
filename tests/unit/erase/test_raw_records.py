"""Taking documents out of raw/: they go, and of all else every byte stays."""

import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from schemas.raw_forms import RawKind, archive_of, raw_form_of
from schemas.settings import Limits
from tasks.erase.raw_records import RawRecord, RawRemoval, remove_from_raw
from tests.unit.read.archives import PAGE, http, lay_out, read_all, suffix_of, warc_record
from tests.unit.read.warc.test_read_arc import RECORDS as ARC_RECORDS

TITLES = ("North pier", "South pier, closed", "East pier", "West pier")
# The second and the last: in the middle and at the end.
REMOVED = (1, 3)


def _page(number: int) -> str:
    return PAGE.decode().replace("Monday", TITLES[number])


def _row(number: int) -> dict[str, str]:
    return {"url": f"https://news.example/{number}", "html": _page(number)}


def _warc_records(numbers: range | list[int] = range(4)) -> list[bytes]:
    """A crawler's trio of each page: request, response, and metadata that refers to it."""
    records = [warc_record("warcinfo", b"software: test", url=None, WARC_Record_ID="<urn:0>")]
    for number in numbers:
        url, name = f"https://news.example/{number}", f"<urn:page-{number}>"
        records += [
            warc_record("request", b"GET / HTTP/1.1\r\n\r\n", url=url, WARC_Concurrent_To=name),
            warc_record("response", http(_page(number).encode()), url=url, WARC_Record_ID=name),
            warc_record("metadata", b"via: https://news.example/", url=url, WARC_Refers_To=name),
        ]
    return records


def _lines(numbers: range | list[int]) -> bytes:
    return b"".join(json.dumps(_row(number)).encode() + b"\n" for number in numbers)


def _array(numbers: range | list[int]) -> bytes:
    return json.dumps([_row(number) for number in numbers], indent=2).encode()


def _csv(numbers: range | list[int]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["url", "html", "note"])
    for number in numbers:
        writer.writerow([*_row(number).values(), f"a note\nover lines, “{number}”"])
    return text.getvalue().encode()


def _parquet(numbers: range | list[int]) -> bytes:
    written = io.BytesIO()
    pq.write_table(
        pa.Table.from_pylist([_row(number) for number in numbers]), written, compression="zstd"
    )
    return written.getvalue()


def _zip(numbers: range | list[int]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for number in numbers:
            stored = zipfile.ZIP_STORED if number % 2 else zipfile.ZIP_DEFLATED
            info = zipfile.ZipInfo(f"pages/{number}.html", (2024, 3, 5, 0, 0, 0))
            archive.writestr(info, _page(number), stored)
            info = zipfile.ZipInfo(f"pages/{number}.html.meta.json", (2024, 3, 5, 0, 0, 0))
            archive.writestr(info, json.dumps({"url": _row(number)["url"]}))
        info = zipfile.ZipInfo("export.jsonl", (2024, 3, 5, 0, 0, 0))
        archive.writestr(info, _lines(numbers), zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _tar(numbers: range | list[int]) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as archive:
        files = [(f"pages/{number}-{'x' * 120}.html", _page(number).encode()) for number in numbers]
        for name, content in (*files, ("export.jsonl", _lines(numbers))):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return written.getvalue()


def _nested(numbers: range | list[int]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr(zipfile.ZipInfo("inner.zip", (2024, 3, 5, 0, 0, 0)), _zip(numbers))
        archive.writestr(zipfile.ZipInfo("inner.tar", (2024, 3, 5, 0, 0, 0)), _tar(numbers))
    return written.getvalue()


FORMS: dict[str, Callable[[range | list[int]], bytes]] = {
    "a.jsonl": _lines,
    "a.jsonl.gz": lambda numbers: gzip.compress(_lines(numbers)),
    "a.jsonl.zst": lambda numbers: zstandard.ZstdCompressor().compress(_lines(numbers)),
    "a.jsonl.bz2": lambda numbers: bz2.compress(_lines(numbers)),
    "a.jsonl.xz": lambda numbers: lzma.compress(_lines(numbers)),
    "a.json": _array,
    "a.csv": _csv,
    "a.csv.gz": lambda numbers: gzip.compress(_csv(numbers)),
    "a.parquet": _parquet,
    "a.zip": _zip,
    "nested.zip": _nested,
    "a.tar": _tar,
    "a.tar.gz": lambda numbers: gzip.compress(_tar(numbers)),
}


def _records(raw: Path, *, is_removed: Callable[[str], bool]) -> list[RawRecord]:
    found = []
    for each in read_all(raw):
        content = getattr(each, "content", b"").decode()
        if is_removed(content):
            path = each.origin.raw_path
            file = archive_of(path) or path
            found.append(
                RawRecord(
                    file=file,
                    raw_path=path,
                    raw_offset=each.origin.raw_offset,
                    raw_digest=each.origin.raw_digest,
                    is_loose=file == path and raw_form_of(file).kind is RawKind.LOOSE,
                )
            )
    return found


def _names_a_removed(content: str) -> bool:
    return any(TITLES[number] in content for number in REMOVED)


def _remove(raw: Path) -> tuple[list[RawRecord], RawRemoval]:
    records = _records(raw, is_removed=_names_a_removed)
    assert records
    return records, remove_from_raw(raw, records, Limits())


def _write(raw: Path, name: str, content: bytes) -> Path:
    path = raw / "crawl" / "2024-03-05" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("name", FORMS)
def test_the_container_is_as_if_it_had_never_held_them(tmp_path: Path, name: str) -> None:
    path = _write(tmp_path, name, FORMS[name](range(4)))
    kept = [each for each in read_all(tmp_path) if not _names_a_removed(str(each))]
    records, removal = _remove(tmp_path)
    assert removal.rewritten == (f"crawl/2024-03-05/{name}",)
    assert removal.places == tuple((each.raw_path, each.raw_offset) for each in records)
    left = read_all(tmp_path)
    assert [getattr(each, "content", None) for each in left] == [
        getattr(each, "content", None) for each in kept
    ]
    assert [each.origin.url for each in left] == [each.origin.url for each in kept]
    assert [entry.name for entry in path.parent.iterdir()] == [name]
    if name in {"a.jsonl", "a.csv"}:
        assert path.read_bytes() == FORMS[name]([0, 2])


@pytest.mark.parametrize("layout", ["plain", "gz", "zst", "single", "layered"])
def test_a_warc_loses_the_records_with_their_requests_and_metadata(
    tmp_path: Path, layout: str
) -> None:
    path = _write(tmp_path, f"a{suffix_of(layout)}", lay_out(_warc_records(), layout))
    _remove(tmp_path)
    expected = _warc_records([0, 2])
    if layout in {"plain", "gz", "zst"}:
        assert path.read_bytes() == lay_out(expected, layout)
    else:
        inner = gzip.decompress(path.read_bytes())
        inner = gzip.decompress(inner) if layout == "layered" else inner
        assert inner == b"".join(expected)
    assert len(read_all(tmp_path)) == 2


@pytest.mark.parametrize("is_packed", [False, True])
def test_an_arc_loses_a_record(tmp_path: Path, is_packed: bool) -> None:
    parts = [gzip.compress(each, mtime=0) for each in ARC_RECORDS] if is_packed else ARC_RECORDS
    path = _write(tmp_path, "a.arc.gz" if is_packed else "a.arc", b"".join(parts))
    record = _records(tmp_path, is_removed=lambda content: "Monday" in content)[1]
    remove_from_raw(tmp_path, [record], Limits())
    assert path.read_bytes() == b"".join(parts[:2] + parts[3:])


def test_loose_files_go_with_their_sidecars(tmp_path: Path) -> None:
    for number in range(4):
        path = _write(tmp_path, f"{number}.html.gz", gzip.compress(_page(number).encode()))
        path.with_name(f"{number}.meta.json").write_text(json.dumps({"url": _row(number)["url"]}))
    _, removal = _remove(tmp_path)
    assert len(removal.deleted) == 2
    left = sorted(each.name for each in (tmp_path / "crawl" / "2024-03-05").iterdir())
    assert left == ["0.html.gz", "0.meta.json", "2.html.gz", "2.meta.json"]


def test_doing_it_again_takes_nothing_else(tmp_path: Path) -> None:
    """Offsets lead to other records by then, as after an interrupted removal."""
    path = _write(tmp_path, "a.parquet", _parquet(range(4)))
    loose = _write(tmp_path, "1.html", _page(1).encode())
    records, _ = _remove(tmp_path)
    content = path.read_bytes()
    assert not loose.exists()
    again = remove_from_raw(tmp_path, records, Limits())
    assert (again.deleted, again.rewritten, again.left) == ((), (), ())
    assert again.places == tuple((each.raw_path, each.raw_offset) for each in records)
    assert path.read_bytes() == content


def test_what_another_page_has_replaced_is_not_deleted(tmp_path: Path) -> None:
    path = _write(tmp_path, "1.html", _page(1).encode())
    records = _records(tmp_path, is_removed=_names_a_removed)
    path.write_text(_page(2))
    removal = remove_from_raw(tmp_path, records, Limits())
    assert path.exists()
    assert removal.places == ()
    assert [file for file, _ in removal.left] == ["crawl/2024-03-05/1.html"]


def _feed(numbers: range | list[int]) -> bytes:
    items = "".join(
        f"<item><link>{_row(number)['url']}</link><description><![CDATA["
        f"{_page(number) + 'The harbour opens again. ' * 60}]]></description></item>"
        for number in numbers
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.rss", _feed(range(4)), "feed"),
        ("a.wacz", b"", "WACZ"),
        ("pairs.warc.gz", lay_out(_warc_records(), "pairs"), "share a compressed member"),
    ],
)
def test_what_cannot_be_written_is_left_whole_and_named(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    if name == "a.wacz":
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w") as archive:
            archive.writestr("archive/data.warc", b"".join(_warc_records()))
        content = written.getvalue()
    path = _write(tmp_path, name, content)
    _, removal = _remove(tmp_path)
    assert path.read_bytes() == content
    assert removal.places == ()
    ((file, reason),) = removal.left
    assert file.endswith(name)
    assert says in reason


def test_a_link_is_followed_to_what_holds_the_documents(tmp_path: Path) -> None:
    path = _write(tmp_path, "a.jsonl", _lines(range(4)))
    path.with_name("b.jsonl").symlink_to(path)
    _remove(tmp_path)
    assert path.read_bytes() == path.with_name("b.jsonl").read_bytes() == _lines([0, 2])
    assert path.with_name("b.jsonl").is_symlink()
