"""Turn a WARC record into a document, or into the reason why it is none."""

import hashlib
import re
from dataclasses import replace
from io import BytesIO

from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from schemas.reasons import Reason
from schemas.settings import Limits
from tasks.read.compression import UnreadableError
from tasks.read.content_types import form_of_type, is_sniffed, parse_content_type
from tasks.read.contents import make_document
from tasks.read.document import Document, Form, Refusal
from tasks.read.http_body import decode_body
from tasks.read.origins import Evidence, Place, make_origin
from tasks.read.times import parse_instant
from tasks.read.warc_records import BrokenRecord, WarcRecord

# Records that hold no page: counted, and of these only metadata is looked into.
NOT_DOCUMENTS = frozenset({"warcinfo", "request", "metadata", "continuation"})
_WITH_CONTENT = frozenset({"response", "resource", "conversion"})
_OK = "200"
# Servers and browsers allow 8 to 256 KiB.
MAX_HTTP_HEAD_BYTES = 256 * 1024
_HEAD_END = re.compile(rb"\r?\n\r?\n")


def read_evidence(fields: dict[str, str]) -> Evidence:
    """Read address and time of a record."""
    printed = fields.get("warc-date")
    fetched_at = parse_instant(printed)
    faults: list[str] = []
    if printed is not None and fetched_at is None:
        faults.append(f"WARC-Date is not an instant: {printed[:80]!r}")
    if truncated := fields.get("warc-truncated"):
        # The crawler stopped reading: the page may still hold the whole article.
        faults.append(f"WARC-Truncated: {truncated[:80]}")
    # WARC 1.0's grammar put the address in angle brackets, and some writers do.
    url = fields.get("warc-target-uri", "").strip("<>") or None
    return Evidence(url, fetched_at, (), tuple(faults))


def refuse_broken(record: BrokenRecord, place: Place) -> Refusal:
    """Account for a record that cannot be read."""
    evidence = read_evidence(record.fields)
    origin = make_origin(place, record.digest, evidence, record.offset)
    return Refusal(origin=origin, reason=record.reason, detail=record.detail)


def read_record(record: WarcRecord, place: Place, limits: Limits) -> Document | Refusal:
    """Read a record that stands for a document: any but those of NOT_DOCUMENTS."""
    kind = record.fields.get("warc-type", "").lower()
    evidence = read_evidence(record.fields)
    try:
        if kind == "revisit":
            detail = record.fields.get("warc-refers-to-target-uri") or evidence.url or ""
            raise UnreadableError(Reason.WARC_REVISIT, f"a revisit of {detail}")
        if kind not in _WITH_CONTENT:
            detail = f"unknown WARC-Type {kind[:40]!r}"
            raise UnreadableError(Reason.CONTAINER_RECORD_BROKEN, detail)
        if "warc-segment-number" in record.fields:
            detail = "a record in segments, which are not put together"
            raise UnreadableError(Reason.CONTAINER_RECORD_BROKEN, detail)
        if kind == "response" and _is_http(record):
            return _read_http(record, place, evidence, limits)
        return _read_plain(record, place, evidence, limits)
    except UnreadableError as error:
        origin = make_origin(place, record.digest, evidence, record.offset)
        return Refusal(origin=origin, reason=error.reason, detail=error.detail)


def _is_http(record: WarcRecord) -> bool:
    declared = parse_content_type(record.fields.get("content-type", ""))[0]
    return declared in ("", "application/http") or record.block.startswith(b"HTTP/")


def _read_http(
    record: WarcRecord, place: Place, evidence: Evidence, limits: Limits
) -> Document | Refusal:
    head_end = _HEAD_END.search(record.block, 0, MAX_HTTP_HEAD_BYTES)
    head_size = head_end.end() if head_end else len(record.block)
    try:
        if head_size > MAX_HTTP_HEAD_BYTES:
            raise EOFError
        head = StatusAndHeadersParser(["HTTP/"]).parse(BytesIO(record.block[:head_size]))
    except (StatusAndHeadersParserException, EOFError) as error:
        detail = "the response has no HTTP head"
        raise UnreadableError(Reason.CONTAINER_RECORD_BROKEN, detail) from error
    headers = tuple((name.lower(), value.strip()) for name, value in head.headers)
    # Of a repeated header the first counts.
    fields = dict(reversed(headers))
    evidence = replace(evidence, headers=headers)
    body = record.block[head_size:]
    # The parser leaves the version with the status: "1.1 200 OK".
    status = head.statusline.split(maxsplit=2)
    try:
        if status[1:2] != [_OK]:
            detail = f"{head.protocol}{head.statusline}"[:200]
            raise UnreadableError(Reason.HTTP_STATUS_NOT_OK, detail)
        form, charset = _read_type(fields.get("content-type", ""))
        _check_size(record, limits)
        transfer = fields.get("transfer-encoding", "")
        content = decode_body(body, transfer, fields.get("content-encoding", ""), limits)
    except UnreadableError as error:
        is_whole = record.size == len(record.block)
        digest = hashlib.sha256(body).hexdigest() if is_whole else record.digest
        origin = make_origin(place, digest, evidence, record.offset)
        return Refusal(origin=origin, reason=error.reason, detail=error.detail)
    return make_document(
        content, form, place=place, evidence=evidence, offset=record.offset, charset=charset
    )


def _read_plain(
    record: WarcRecord, place: Place, evidence: Evidence, limits: Limits
) -> Document | Refusal:
    """Read a record whose block is the document itself: resource and conversion."""
    form, charset = _read_type(record.fields.get("content-type", ""))
    _check_size(record, limits)
    content = decode_body(record.block, "", "", limits)
    return make_document(
        content, form, place=place, evidence=evidence, offset=record.offset, charset=charset
    )


def _read_type(content_type: str) -> tuple[Form | None, str | None]:
    """Give the form and the charset of a declared type; no form where the bytes must tell it."""
    essence, charset = parse_content_type(content_type)
    form = form_of_type(essence)
    if form is None and not is_sniffed(essence):
        raise UnreadableError(Reason.CONTENT_TYPE_NOT_HTML, content_type[:200])
    return form, charset


def _check_size(record: WarcRecord, limits: Limits) -> None:
    if record.size > len(record.block):
        detail = f"more than {limits.max_document_bytes} bytes"
        raise UnreadableError(Reason.DOCUMENT_TOO_LARGE, detail)
