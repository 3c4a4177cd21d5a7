from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from schemas.reasons import Reason
from schemas.settings import Limits
from tasks.read.document import ContentForm, Document, Refusal
from tests.unit.read.archives import (
    PAGE,
    document,
    http,
    lay_out,
    read_file,
    refusal,
    warc_record,
)


def read_records(
    raw: Path, *records: bytes, limits: Limits | None = None
) -> list[Document | Refusal]:
    return read_file(raw, "s/archive.warc", b"".join(records), limits)


def test_a_response_brings_its_address_time_headers_and_offset(tmp_path: Path) -> None:
    info = warc_record("warcinfo", b"software: test", url=None, content_type="text/plain")
    response = warc_record(
        "response",
        http(PAGE, "X-Cache: HIT", kind="text/html; charset=koi8-r"),
        url="<https://a.b/c>",
    )
    page = document(read_records(tmp_path, info, response)[0])
    assert page.content == PAGE
    assert (page.form, page.charset) == (ContentForm.HTML, "koi8-r")
    assert page.origin.raw_path == "s/archive.warc"
    assert page.origin.raw_offset == len(info)
    assert page.origin.url == "https://a.b/c"
    assert page.origin.fetched_at == datetime(2024, 3, 2, 10, 20, 30, tzinfo=UTC)
    assert page.origin.landing_date == date(2024, 3, 2)
    assert page.origin.headers == (
        ("content-type", "text/html; charset=koi8-r"),
        ("x-cache", "HIT"),
    )


def test_the_date_folder_is_the_landing_date(tmp_path: Path) -> None:
    (page,) = read_file(tmp_path, "s/2024-03-09/a.warc", warc_record("response", http()))
    assert page.origin.landing_date == date(2024, 3, 9)


@pytest.mark.parametrize(
    ("record", "reason", "detail"),
    [
        (
            warc_record("response", http(b"gone", status="HTTP/1.1 404 Not Found")),
            Reason.HTTP_STATUS_NOT_OK,
            "HTTP/1.1 404 Not Found",
        ),
        (
            warc_record("response", http(b"", "Location: /x", status="HTTP/2 301")),
            Reason.HTTP_STATUS_NOT_OK,
            "HTTP/2 301",
        ),
        (
            warc_record("response", http(b"%PDF-1.7", kind="application/pdf")),
            Reason.CONTENT_TYPE_NOT_HTML,
            "application/pdf",
        ),
        (
            warc_record("response", http(b"\x89PNG\r\n\x1a\n\0\0", kind="")),
            Reason.CONTENT_TYPE_NOT_HTML,
            "no type",
        ),
        (warc_record("response", http(b" \n")), Reason.DOCUMENT_EMPTY, "white space"),
        (
            warc_record("response", http(b"\x1f\x8b\x08 broken", "Content-Encoding: gzip")),
            Reason.FILE_CORRUPT,
            "",
        ),
        (
            warc_record("revisit", http(b""), WARC_Refers_To_Target_URI="https://a.b/0"),
            Reason.WARC_REVISIT,
            "https://a.b/0",
        ),
        (warc_record("response", b"no head"), Reason.CONTAINER_RECORD_BROKEN, "HTTP"),
        (warc_record("respXnse", http()), Reason.CONTAINER_RECORD_BROKEN, "respxnse"),
        (
            warc_record("response", http(), WARC_Segment_Number="1"),
            Reason.CONTAINER_RECORD_BROKEN,
            "segments",
        ),
    ],
)
def test_what_is_not_a_page_is_refused_as_what_it_is(
    tmp_path: Path, record: bytes, reason: Reason, detail: str
) -> None:
    before, refused, after = read_records(
        tmp_path, warc_record(block=http()), record, warc_record(block=http())
    )
    assert refusal(refused).reason is reason
    assert detail in refusal(refused).detail
    assert refused.origin.raw_offset == len(warc_record(block=http()))
    document(before), document(after)


@pytest.mark.parametrize(
    ("kind", "body", "form"),
    [
        ("application/xhtml+xml", PAGE, ContentForm.HTML),
        ("TEXT/HTML;charset=utf-8", PAGE, ContentForm.HTML),
        ("text/plain", b"Plain words.", ContentForm.TEXT),
        ("", PAGE, ContentForm.HTML),
        ("", b"\xef\xbb\xbf  <html>", ContentForm.HTML),
        ("", b"Plain words.", ContentForm.TEXT),
        ("unknown/unknown", b"<!-- c --><p>", ContentForm.HTML),
    ],
)
def test_the_form_is_the_declared_one_or_sniffed(
    tmp_path: Path, kind: str, body: bytes, form: ContentForm
) -> None:
    (page,) = read_records(tmp_path, warc_record("response", http(body, kind=kind)))
    assert document(page).form is form


def test_resources_and_conversions_are_documents(tmp_path: Path) -> None:
    resource = warc_record("resource", PAGE, content_type="text/html; charset=utf-8")
    conversion = warc_record("conversion", b"Extracted words.", content_type="text/plain")
    page, text = read_records(tmp_path, resource, conversion)
    assert (document(page).form, document(page).content) == (ContentForm.HTML, PAGE)
    assert (document(text).form, document(text).content) == (ContentForm.TEXT, b"Extracted words.")


def test_records_that_hold_no_document_are_counted(tmp_path: Path) -> None:
    skipped: Counter[str] = Counter()
    records = [
        warc_record("warcinfo", b"x", url=None, content_type="application/warc-fields"),
        warc_record("request", b"GET / HTTP/1.1\r\n\r\n"),
        warc_record("response", http()),
        warc_record("metadata", b"fetchTimeMs: 5\r\n", content_type="application/warc-fields"),
        warc_record("request", b"GET / HTTP/1.1\r\n\r\n"),
    ]
    outcomes = read_file(tmp_path, "a.warc", b"".join(records), None, skipped)
    assert len(outcomes) == 1
    assert skipped == {"warcinfo": 1, "request": 2, "metadata": 1}


def metadata(fields: str, **headers: str) -> bytes:
    url = headers.pop("url", "https://meta.example/")
    return warc_record(
        "metadata", fields.encode(), content_type="application/warc-fields", url=url, **headers
    )


FIELDS = (
    "feed.pubDate: Sat, 02 Mar 2024 08:00:00 GMT\r\nnews-sitemap.publication_date: 2024-03-02\r\n"
)
DATES = (
    ("feed.pubDate", "Sat, 02 Mar 2024 08:00:00 GMT"),
    ("news-sitemap.publication_date", "2024-03-02"),
)


@pytest.mark.parametrize("is_before", [True, False])
@pytest.mark.parametrize("by", ["refers", "concurrent", "request", "url"])
def test_feed_dates_go_to_the_page_that_they_refer_to(
    tmp_path: Path, is_before: bool, by: str
) -> None:
    ids = {"WARC_Record_ID": "<urn:uuid:1>", "WARC_Concurrent_To": "<urn:uuid:req>"}
    headers = {
        "refers": {"WARC_Refers_To": "<urn:uuid:1>"},
        "concurrent": {"WARC_Concurrent_To": "<urn:uuid:1>"},
        "request": {"WARC_Concurrent_To": "<urn:uuid:req>"},
        "url": {"url": "https://news.example/1"},
    }[by]
    others = [warc_record(block=http(), url=f"https://other.example/{n}") for n in "ab"]
    page = warc_record("response", http(), **ids)
    meta = metadata(FIELDS + "title: A title\r\nhttp.last-modified: Mon\r\n", **headers)
    records = [meta, others[0], page, others[1]] if is_before else [*others, page, meta]
    outcomes = read_records(tmp_path, *records)
    dates = {outcome.origin.url: outcome.origin.feed_dates for outcome in outcomes}
    assert dates.pop("https://news.example/1") == DATES
    assert set(dates.values()) == {()}
    assert len(outcomes) == 3


def test_a_reference_says_more_than_the_same_address(tmp_path: Path) -> None:
    first, second = (
        warc_record("response", http(), WARC_Record_ID=f"<urn:uuid:{n}>") for n in "12"
    )
    meta = metadata(FIELDS, url="https://news.example/1", WARC_Refers_To="<urn:uuid:1>")
    outcomes = read_records(tmp_path, first, second, meta)
    assert [outcome.origin.feed_dates for outcome in outcomes] == [DATES, ()]


@pytest.mark.parametrize(
    ("name", "is_feeds"),
    [
        ("feed.publishedDate", True),
        ("sitemap.lastmod", True),
        ("lastmod", True),
        ("pubDate", True),
        ("news-sitemap publication_date", True),
        ("feed-date", True),
        ("rss:updated", True),
        ("feed.updated", True),
        ("feed.dateModified", True),
        ("feed.datePublished", True),
        ("feed.last-modified", True),
        ("dcterms:modified", True),
        ("dcterms:issued", True),
        ("dcterms.created", True),
        ("feed.dcterms:issued", True),
        ("dc:date", True),
        ("feed.fetch-date", False),
        ("feed.first_seen_date", False),
        ("news.crawl.date", False),
        ("sitemap.last-checked.date", False),
        ("collect.found_at", False),
        ("issued", False),
        ("http.dc:date", False),
        ("last-modified", False),
        ("updated", False),
        ("fetchTimeMs", False),
        ("feed.title", False),
        ("date", False),
    ],
)
def test_only_what_a_feed_said_of_the_page_is_a_feed_date(
    tmp_path: Path, name: str, is_feeds: bool
) -> None:
    meta = metadata(f"{name}: 2024-03-02\r\n", url="https://news.example/1")
    (page,) = read_records(tmp_path, warc_record("response", http()), meta)
    assert page.origin.feed_dates == (((name, "2024-03-02"),) if is_feeds else ())


def test_only_so_many_records_are_held_back_for_their_metadata(tmp_path: Path) -> None:
    others = [warc_record("response", http(), url=f"https://o.example/{n}") for n in range(9)]
    late = metadata(FIELDS, url="https://news.example/1")
    outcomes = read_records(tmp_path, warc_record("response", http()), *others, late)
    assert [outcome.origin.feed_dates for outcome in outcomes] == [()] * 10


def test_a_document_above_the_limit_is_refused_and_the_next_read(tmp_path: Path) -> None:
    limits = Limits(max_document_bytes=1000)
    large = [
        warc_record("response", http(b"x" * 1001)),
        warc_record("response", http(b"x" * 3_000_000)),
        warc_record("response", http(b"x" * 3_000_000, kind="video/mp4")),
    ]
    outcomes = read_records(tmp_path, *large, warc_record(block=http()), limits=limits)
    assert [refusal(outcome).reason for outcome in outcomes[:-1]] == [
        Reason.DOCUMENT_TOO_LARGE,
        Reason.DOCUMENT_TOO_LARGE,
        Reason.CONTENT_TYPE_NOT_HTML,
    ]
    document(outcomes[-1])


def test_a_time_that_is_none_and_a_crawlers_cut_are_visible(tmp_path: Path) -> None:
    record = warc_record("response", http(), WARC_Truncated="length")
    record = record.replace(b"2024-03-02T10:20:30Z", b"2024-03")
    page = document(read_records(tmp_path, record)[0])
    assert page.origin.fetched_at is None
    assert page.origin.faults == (
        "WARC-Date is not an instant: '2024-03'",
        "WARC-Truncated: length",
    )


def test_a_body_shorter_than_announced_is_read_and_visible(tmp_path: Path) -> None:
    short = warc_record("response", http(PAGE, f"Content-Length: {len(PAGE) + 5}"))
    whole = warc_record("response", http(PAGE, f"Content-Length: {len(PAGE)}"))
    decoded = warc_record("response", http(PAGE, "Content-Length: 9", "Content-Encoding: gzip"))
    outcomes = read_records(tmp_path, short, whole, decoded)
    faults = [document(outcome).origin.faults for outcome in outcomes]
    assert faults == [(f"{len(PAGE)} of {len(PAGE) + 5} announced bytes are there",), (), ()]


def test_bare_line_feeds_and_missing_line_ends_are_read(tmp_path: Path) -> None:
    record = warc_record("response", http())
    sloppy = record.removesuffix(b"\r\n\r\n")
    assert len(read_records(tmp_path, sloppy + b"\r\n", sloppy + b"\n\n", sloppy)) == 3
    assert all(isinstance(outcome, Document) for outcome in read_records(tmp_path, sloppy, sloppy))


def test_a_zstd_archive_with_a_dictionary_is_read(tmp_path: Path) -> None:
    import zstandard  # noqa: PLC0415

    records = [warc_record("response", http(), url=f"https://a.b/{n}") for n in range(50)]
    dictionary = zstandard.train_dictionary(2000, records * 8)
    frame = dictionary.as_bytes()
    head = b"\x5d\x2a\x4d\x18" + len(frame).to_bytes(4, "little") + frame
    compressor = zstandard.ZstdCompressor(dict_data=dictionary)
    content = head + b"".join(compressor.compress(record) for record in records)
    outcomes = read_file(tmp_path, "a.warc.zst", content)
    assert [document(outcome).content for outcome in outcomes] == [PAGE] * 50
    assert outcomes[0].origin.raw_offset == len(head)
    (refused,) = read_file(tmp_path, "a.warc.zst", content[:4] + b"\xff" + content[5:])
    assert refusal(refused).reason is Reason.CONTAINER_RECORD_BROKEN


def test_the_bytes_tell_the_compression_where_the_name_does_not(tmp_path: Path) -> None:
    content = lay_out([warc_record("response", http())], "gz")
    assert document(read_file(tmp_path, "a.warc", content)[0]).content == PAGE


def test_only_line_ends_begin_a_field(tmp_path: Path) -> None:
    page = warc_record("response", http())
    title = "A ferry\u2028feed.pubDate: 1999-01-01\x0bfeed.updated: 1999\x85feed.issued: 1999"
    folded = "feed.title: A ferry\r\n feed.pubDate: 1999-01-01"
    meta = metadata(f"feed.title: {title}\r\n{folded}\r\n{FIELDS}", url="https://news.example/1")
    (outcome,) = read_records(tmp_path, page, meta)
    assert outcome.origin.feed_dates == DATES
