"""The same pages in the layouts that newsmill and its peers read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from io import BytesIO
from itertools import count
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from schemas.settings import Settings
from tasks.discover.batches import discover
from tasks.read.batch import read_batch
from tasks.read.document import ContentForm, Document

_OK = "200"


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was fetched.

    Attributes:
        url: its address; one that nobody can have where none is known.
        fetched_at: an instant.
        content_type: of the answer, with the charset where it was declared.
        content: the page's bytes, neither compressed nor decoded.
    """

    url: str
    fetched_at: datetime
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Archives:
    """Folders with the same pages.

    Attributes:
        whole: one WARC with all of them.
        parts: a WARC for each worker, for programs that give each worker a file.
        loose: an HTML file for each page.
        pages: how many there are.
    """

    whole: Path
    parts: Path
    loose: Path
    pages: int


def read_folder(raw: Path) -> Iterator[Page]:
    """Yields the HTML pages of a raw folder, with the addresses that lie beside them."""
    settings = Settings()
    for batch in discover(raw).batches:
        for found in read_batch(batch, raw, settings.limits):
            if isinstance(found, Document) and found.form is ContentForm.HTML:
                yield _page(found)


def _page(document: Document) -> Page:
    origin = document.origin
    landed = origin.landing_date or datetime.now(UTC).date()
    charset = f"; charset={document.charset}" if document.charset else ""
    return Page(
        url=origin.url or f"https://{origin.raw_digest[:16]}.invalid/",
        fetched_at=origin.fetched_at or datetime.combine(landed, time.max, UTC),
        content_type=f"text/html{charset}",
        content=document.content,
    )


def read_warc(path: Path) -> Iterator[Page]:
    """Yields the HTML pages of a WARC."""
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type != "response" or record.http_headers.get_statuscode() != _OK:
                continue
            content_type = record.http_headers.get_header("Content-Type", "")
            if "html" in content_type.lower():
                yield Page(
                    url=record.rec_headers.get_header("WARC-Target-URI"),
                    fetched_at=datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")),
                    content_type=content_type,
                    content=record.content_stream().read(),
                )


def repeat(pages: Iterable[Page], number: int) -> Iterator[Page]:
    """Yields so many pages; where there are fewer, they come again as fetched days later."""
    some = list(pages)
    for days in count() if some else ():
        for page in some:
            if number == 0:
                return
            number -= 1
            yield replace(page, fetched_at=page.fetched_at + timedelta(days=days))


def write_archives(pages: Iterable[Page], folder: Path, parts: int) -> Archives:
    """Writes the layouts.

    Args:
        pages: what to write.
        folder: made here.
        parts: into how many WARCs the pages are dealt beside the whole one.

    Raises:
        ValueError: there are no pages.
    """
    whole, dealt, loose = (folder / name for name in ("whole", "parts", "loose"))
    for each in (whole, dealt, loose):
        each.mkdir(parents=True)
    paths = [whole / "pages.warc.gz", *(dealt / f"{number}.warc.gz" for number in range(parts))]
    streams = [path.open("wb") for path in paths]
    writers = [WARCWriter(stream, gzip=True) for stream in streams]
    written = 0
    for written, page in enumerate(pages, start=1):
        for writer in (writers[0], writers[1 + written % parts]):
            _write(writer, page)
        (loose / f"{written:06}.html").write_bytes(page.content)
    for stream in streams:
        stream.close()
    if not written:
        raise ValueError("no HTML pages were found")
    return Archives(whole, dealt, loose, written)


def _write(writer: WARCWriter, page: Page) -> None:
    headers = [("Content-Type", page.content_type), ("Content-Length", str(len(page.content)))]
    record = writer.create_warc_record(
        page.url,
        "response",
        payload=BytesIO(page.content),
        length=len(page.content),
        http_headers=StatusAndHeaders(f"{_OK} OK", headers, protocol="HTTP/1.1"),
        warc_headers_dict={
            "WARC-Date": f"{page.fetched_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            # As Common Crawl writes it; without it datatrove takes some pages for no HTML.
            "WARC-Identified-Payload-Type": "text/html",
        },
    )
    writer.write_record(record)
