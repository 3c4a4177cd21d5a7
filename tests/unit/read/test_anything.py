"""Whatever lies in raw/ is accounted for: no bytes under any name make reading raise."""

import gzip
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.read.archived.packing import PACKERS
from tests.unit.read.archives import PAGE, http, lay_out, read_file, warc_record
from tests.unit.read.files.feed_pages import RSS

RECORDS = [
    warc_record("warcinfo", b"a: b", url=None, content_type="application/warc-fields"),
    warc_record("response", http(gzip.compress(PAGE), "Content-Encoding: gzip")),
    warc_record("metadata", b"feed.pubDate: today", content_type="application/warc-fields"),
    warc_record("response", http(b"4\r\nabcd\r\n0\r\n\r\n", "Transfer-Encoding: chunked")),
]
LINES = b'{"html": "<p>x", "url": "https://a.b/", "fetched_at": 1709374830}\n{"text": "y"}\n' * 2


def table() -> bytes:
    buffer = io.BytesIO()
    pq.write_table(
        pa.table({"html": ["<p>x"] * 9, "url": ["https://a.b/"] * 9}), buffer, row_group_size=3
    )
    return buffer.getvalue()


ENTRIES = [
    ("a.html", PAGE),
    ("a.html.meta.json", b'{"url": "https://a.b/"}'),
    ("a.warc.gz", lay_out(RECORDS, "gz")),
    ("a.jsonl", LINES),
]
WHOLE = {
    "a.html": PAGE,
    "a.html.meta.json": b'{"url": "https://a.b/", "headers": {"a": ["b"]}}',
    "a.txt.gz": gzip.compress(PAGE, mtime=0),
    "a.html.zst": zstandard.compress(PAGE),
    "a.warc": lay_out(RECORDS, "plain"),
    "a.warc.gz": lay_out(RECORDS, "gz"),
    "b.warc.gz": lay_out(RECORDS, "single"),
    "c.warc.gz": lay_out(RECORDS, "layered"),
    "a.warc.zst": lay_out(RECORDS, "zst"),
    "a.jsonl": LINES,
    "a.jsonl.gz": gzip.compress(LINES, mtime=0),
    "a.jsonl.zst": zstandard.compress(LINES),
    "a.parquet": table(),
    "a.arc": b"http://a.b/ 192.0.2.1 20240302102030 text/html %d\n%b\n" % (len(PAGE), PAGE) * 3,
    "a.rss": RSS.encode(),
    "a.csv": b"url,html\nhttps://a.b/,<p>x\n",
    **{name: PACKERS[name](ENTRIES) for name in ("a.zip", "stored.zip", "a.tar", "a.tar.gz")},
}


@settings(max_examples=180, deadline=None)
@given(data=st.data())
def test_no_bytes_under_any_name_make_reading_raise(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    raw = tmp_path_factory.mktemp("raw")
    name = data.draw(st.sampled_from(sorted(WHOLE)))
    content = bytearray(WHOLE[data.draw(st.just(name) | st.sampled_from(sorted(WHOLE)))])
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(content)))
        content[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=30))
    if name.endswith(".meta.json"):
        (raw / "a.html").write_bytes(PAGE)
    outcomes = read_file(raw, name, bytes(content))
    # Only JSON lines may be nothing but blank, a CSV nothing but its head, and an archive cut
    # between a crawler's own records.
    assert outcomes or any(kind in name for kind in ("warc", "jsonl", "csv"))
    places = [(outcome.origin.raw_path, outcome.origin.raw_offset) for outcome in outcomes]
    assert len(set(places)) == len(places)
    for outcome in outcomes:
        assert len(outcome.origin.raw_digest) == 64
        str(outcome.origin).encode()
