"""Rows as crawlers and datasets export them: pages, addresses, and what is said of them."""

import csv
import gzip
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from schemas.reasons import Reason
from schemas.row_fields import OwnFields, RowRole
from schemas.settings import Limits
from tasks.discover.batches import discover
from tasks.inspect.rereading import read_again
from tasks.read.batch import read_batch
from tasks.read.document import ContentForm
from tests.unit.read.archived.packing import pack_zip
from tests.unit.read.archives import document, read_all, read_file, refusal

PAGE = "<!DOCTYPE html><html><body><p>The quay reopens.</p></body></html>"
TEXT = "The quay reopens on Monday, the council said."
URL = "https://quay.example/a"
# Each as its maker writes it: names, nesting and forms of dates are theirs.
ROWS = {
    "newsmill": {"url": URL, "html": PAGE, "fetched_at": "2024-03-06T05:00:00Z"},
    "raw_html": {"url": URL, "raw_html": PAGE, "crawl_date": "2024-03-06T05:00:00Z"},
    "news-please": {
        "authors": ["A. Writer", "B. Writer"],
        "date_download": "2024-03-06 05:00:00",
        "date_modify": "2024-03-05 21:00:00",
        "date_publish": "2024-03-05 19:30:00",
        "description": "The quay, again.",
        "filename": "https%3A%2F%2Fquay.example%2Fa.json",
        "image_url": "https://quay.example/a.jpg",
        "language": "en",
        "localpath": "/data/quay.html",
        "title": "The quay",
        "title_page": None,
        "title_rss": None,
        "source_domain": "quay.example",
        "maintext": TEXT,
        "url": URL,
    },
    "cc_news": {
        "title": "The quay",
        "text": TEXT,
        "domain": "quay.example",
        "date": "2024-03-05 19:30:00",
        "description": "The quay, again.",
        "url": URL,
        "image_url": None,
    },
    "media cloud": {
        "id": "a1",
        "indexed_date": "2024-03-07 01:00:00",
        "language": "en",
        "media_name": "quay.example",
        "media_url": "quay.example",
        "publish_date": "2024-03-05",
        "title": "The quay",
        "url": URL,
        "text": TEXT,
    },
    "scrapy": {"link": URL, "body": PAGE, "Pub-Date": "2024-03-05"},
    "datatrove": {
        "text": TEXT,
        "id": "1",
        "media": [],
        "metadata": {
            "url": URL,
            "date": "2024-03-06T05:00:00Z",
            "dump": "CC",
            "file_path": "s3",
            "language": "en",
        },
    },
    "fineweb": {
        "text": TEXT,
        "id": "<urn:uuid:1>",
        "dump": "CC-MAIN",
        "url": URL,
        "date": "2024-03-06T05:00:00Z",
        "file_path": "s3://",
        "language": "en",
        "language_score": 0.97,
        "token_count": 9,
    },
}


def _csv(row: dict[str, object], delimiter: str) -> bytes:
    text = io.StringIO()
    flat = {name: value for name, value in row.items() if not isinstance(value, dict | list)}
    writer = csv.DictWriter(text, list(flat), delimiter=delimiter)
    writer.writeheader()
    writer.writerow(flat)
    return text.getvalue().encode()


@pytest.mark.parametrize("maker", ROWS)
@pytest.mark.parametrize("form", ["a.jsonl", "a.ndjson", "a.json", "array.json", "a.parquet"])
def test_rows_are_read_as_their_makers_write_them(tmp_path: Path, maker: str, form: str) -> None:
    row = ROWS[maker]
    if form.endswith("parquet"):
        pq.write_table(pa.Table.from_pylist([row]), tmp_path / form)
        (read,) = read_all(tmp_path)
    else:
        content = json.dumps([row]) if form == "array.json" else json.dumps(row)
        (read,) = read_file(tmp_path, form, content.encode())
    found = document(read)
    is_page = PAGE in row.values()
    assert found.content.decode() == (PAGE if is_page else TEXT)
    assert found.form is (ContentForm.HTML if is_page else ContentForm.TEXT)
    assert found.origin.url == URL
    is_crawl = maker in ("datatrove", "fineweb", "newsmill", "raw_html", "news-please")
    fetched_at = datetime(2024, 3, 6, 5, tzinfo=UTC) if is_crawl else None
    assert found.origin.fetched_at == fetched_at
    stated = dict(found.origin.stated)
    is_dated = maker in ("news-please", "cc_news", "media cloud", "scrapy")
    assert (RowRole.PUBLISHED in stated) is is_dated
    if maker == "news-please":
        assert stated[RowRole.AUTHORS] == "A. Writer, B. Writer"


@pytest.mark.parametrize(("name", "delimiter"), [("a.csv", ","), ("a.tsv", "\t"), ("b.csv", ";")])
@pytest.mark.parametrize("maker", ["newsmill", "cc_news", "scrapy"])
def test_tables_of_text_are_read(tmp_path: Path, name: str, delimiter: str, maker: str) -> None:
    content = _csv(ROWS[maker], delimiter)
    for suffix, packed in (("", content), (".gz", gzip.compress(content))):
        (read,) = read_file(tmp_path, f"{name}{suffix}", packed)
        assert document(read).origin.url == URL
        assert (document(read).origin.raw_offset, read.origin.faults) == (0, ())
        (tmp_path / f"{name}{suffix}").unlink()


def test_a_page_with_lines_and_quotes_is_one_cell(tmp_path: Path) -> None:
    page = PAGE.replace("reopens", '"reopens"\n\nat last, they say')
    (first, second) = read_file(
        tmp_path, "a.csv", _csv({"html": page}, ",") + _csv({"html": PAGE}, ",").split(b"\n", 1)[1]
    )
    assert document(first).content.decode() == page
    assert (document(second).content.decode(), second.origin.raw_offset) == (PAGE, 1)


def test_an_array_is_cut_wherever_pieces_end(tmp_path: Path) -> None:
    rows = [{"url": f"{URL}{number}", "text": '[{\\"}]' * 9_000} for number in range(20)]
    content = json.dumps(rows, indent=2).encode()
    outcomes = read_file(tmp_path, "a.json", content)
    assert [document(read).origin.url for read in outcomes] == [row["url"] for row in rows]
    for read in outcomes:
        assert content[read.origin.raw_offset or 0 :].startswith(b"{")
    *whole, cut = read_file(tmp_path, "a.json", content[:-100])
    assert len(whole) == 19
    assert refusal(cut).reason is Reason.CONTAINER_TRUNCATED


def test_a_row_without_a_page_says_what_it_has(tmp_path: Path) -> None:
    (read,) = read_file(tmp_path, "a.jsonl", b'{"id": 1, "summary": "x"}')
    assert refusal(read).reason is Reason.FORM_UNSUPPORTED
    assert "'id', 'summary'" in refusal(read).detail


OWN = OwnFields(
    (
        (RowRole.HTML, ("Seite",)),
        (RowRole.URL, ("Adresse", "Adresse 2")),
        (RowRole.FETCHED_AT, ("date",)),
    )
)
OWN_ROW = {"seite": PAGE, "text": TEXT, "ADRESSE": URL, "date": "2024-03-06T05:00:00Z"}


@pytest.mark.parametrize("form", ["a.jsonl", "a.csv", "a.parquet", "a.zip"])
def test_own_names_count_before_the_declared_ones(tmp_path: Path, form: str) -> None:
    line = json.dumps(OWN_ROW).encode()
    if form == "a.parquet":
        pq.write_table(pa.Table.from_pylist([OWN_ROW]), tmp_path / form)
    else:
        contents = {"a.csv": _csv(OWN_ROW, ","), "a.zip": pack_zip([("a.jsonl", line)])}
        (tmp_path / form).write_bytes(contents.get(form, line))
    (batch,) = discover(tmp_path).batches
    (read,) = read_batch(batch, tmp_path, Limits(), own=OWN)
    assert document(read).content.decode() == PAGE
    assert read.origin.url == URL
    assert read.origin.fetched_at == datetime(2024, 3, 6, 5, tzinfo=UTC)
    assert read.origin.stated == ()
    where = (read.origin.raw_path, read.origin.raw_offset)
    assert read_again(tmp_path, *where, Limits(), OWN) == read


def test_days_of_a_table_are_stated_as_they_are(tmp_path: Path) -> None:
    table = pa.table({"text": [TEXT], "publish_date": pa.array([date(2024, 3, 5)])})
    pq.write_table(table, tmp_path / "a.parquet")
    (read,) = read_all(tmp_path)
    assert document(read).origin.stated == ((RowRole.PUBLISHED, "2024-03-05"),)
