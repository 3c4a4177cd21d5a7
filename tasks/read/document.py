"""What the read step hands on: a document, or the record of one that could not be read."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from schemas.reasons import Reason
from schemas.row_fields import RowRole


class ContentForm(StrEnum):
    """What a document's content is."""

    HTML = "html"
    TEXT = "text"  # text that some other tool already pulled out of a page


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a document lies in raw/ and what arrived with it.

    Attributes:
        raw_path: path below the raw folder, with `/`; in an archive `ARCHIVE!ENTRY`.
        raw_offset: where in a container: a WARC record's byte offset in the file, a JSON line's
            byte offset in the uncompressed stream, the number of a row or of a feed's entry; None
            for a loose file.
        raw_digest: SHA-256 (hex) of the document's bytes, after Content-Encoding and file
            compression; of the bytes as they stand where they were not, or could not be, decoded.
        landing_date: the day the document arrived, None where nothing says so.
        url: the address the page was fetched from, where known.
        fetched_at: UTC instant of the fetch, where known; never the file's mtime.
        headers: HTTP response headers, names in lower case, in order.
        feed_dates: dates that a feed or sitemap gave for this page, as (field name, printed text).
        stated: what an export says of the document, as (role, printed text): `published`, `title`,
            `authors` of `schemas.row_fields`. It is evidence, and not of the page.
        faults: what arrived with the document and could not be read (a broken sidecar, say), for
            people; the document itself is read.
    """

    raw_path: str
    raw_offset: int | None = None
    raw_digest: str
    landing_date: date | None = None
    url: str | None = None
    fetched_at: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()
    feed_dates: tuple[tuple[str, str], ...] = ()
    stated: tuple[tuple[RowRole, str], ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One raw page or text.

    Attributes:
        form: HTML or plain text.
        content: the undecoded bytes.
        charset: the charset that the transport declared (HTTP header, "utf-8" for JSON strings).
    """

    origin: Origin
    form: ContentForm
    content: bytes
    charset: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A document that a step could not or would not turn into an article."""

    origin: Origin
    reason: Reason
    detail: str
