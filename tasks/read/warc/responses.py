"""Turn a WARC record into a document, or into the reason why it is none."""

import hashlib
import re
from dataclasses import replace
from io import BytesIO

from warcio.statusandheaders import (
    StatusAndHeaders,
    StatusAndHeadersParser,
    StatusAndHeadersParserException,
)

from schemas.reasons import Reason
from schemas.settings import Limits
from tasks.read.bytes.compression import UnreadableError
from tasks.read.bytes.content_types import form_of_type, is_sniffed, parse_content_type
from tasks.read.contents import make_document
from tasks.read.document import ContentForm, Document, Refusal
from tasks.read.origins import Evidence, FileOrigin, make_origin
from tasks.read.times import parse_instant
from tasks.read.warc.http_body import decode_body
from tasks.read.warc.warc_records import BrokenRecord, WarcRecord

# Records that hold no page: counted, and of these only metadata is looked into.
NOT_DOCUMENTS = frozenset({"warcinfo", "request", "metadata", "continuation"})
_WITH_CONTENT = frozenset({"response", "resource", "conversion"})
# 203 is a whole page that a proxy has changed (RFC 9110, 15.3.4).
# Some servers glue the phrase to the number: "200OK".
_OK = re.compile(r"20[03]\D*")
# Interim answers (100, 103) and a proxy's "200 Connection established" stand before the real one.
_MAX_HEADS = 8
_HTTP_HEAD = re.compile(rb"HTTP/\d")
# Servers and browsers allow 8 to 256 KiB.
MAX_HTTP_HEAD_BYTES = 256 * 1024
_MAX_DIGITS = 19
# As in `warc_records`.
_HEAD_END = re.compile(rb"\r{0,2}\n\r{0,2}\n")


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


def refuse_broken(record: BrokenRecord, file_origin: FileOrigin) -> Refusal:
    """Account for a record that cannot be read."""
    evidence = read_evidence(record.fields)
    origin = make_origin(file_origin, record.digest, evidence, record.offset)
    return Refusal(origin=origin, reason=record.reason, detail=record.detail)


def read_record(record: WarcRecord, file_origin: FileOrigin, limits: Limits) -> Document | Refusal:
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
            return _read_http(record, file_origin, evidence, limits)
        return _read_plain(record, file_origin, evidence, limits)
    except UnreadableError as error:
        origin = make_origin(file_origin, record.digest, evidence, record.offset)
        return Refusal(origin=origin, reason=error.reason, detail=error.detail)


def _is_http(record: WarcRecord) -> bool:
    declared = parse_content_type(record.fields.get("content-type", ""))[0]
    return declared in ("", "application/http") or record.block.startswith(b"HTTP/")


def _read_http(
    record: WarcRecord, file_origin: FileOrigin, evidence: Evidence, limits: Limits
) -> Document | Refusal:
    head, body = _split_http(record.block)
    headers = tuple((name.lower(), value.strip()) for name, value in head.headers)
    sent = record.size - len(record.block) + len(body)
    # Of a repeated header the first counts.
    fields = dict(reversed(headers))
    evidence = replace(evidence, headers=headers, faults=evidence.faults + _judge(fields, sent))
    # The parser leaves the version with the status: "1.1 200 OK".
    status = head.statusline.split(maxsplit=2)
    try:
        if not _OK.fullmatch(" ".join(status[1:2])):
            detail = f"{head.protocol}{head.statusline}"[:200]
            raise UnreadableError(Reason.HTTP_STATUS_NOT_OK, detail)
        form, charset = _read_types(headers, record.fields)
        _check_size(record, limits)
        transfer = fields.get("transfer-encoding", "")
        coding = fields.get("content-encoding", "")
        content, faults = decode_body(body, transfer, coding, limits)
    except UnreadableError as error:
        is_whole = record.size == len(record.block)
        digest = hashlib.sha256(body).hexdigest() if is_whole else record.digest
        origin = make_origin(file_origin, digest, evidence, record.offset)
        return Refusal(origin=origin, reason=error.reason, detail=error.detail)
    evidence = replace(evidence, faults=evidence.faults + faults)
    return make_document(
        content,
        form,
        file_origin=file_origin,
        evidence=evidence,
        offset=record.offset,
        charset=charset,
    )


def _split_http(block: bytes) -> tuple[StatusAndHeaders, bytes]:
    """Split an answer into the head that counts and the body."""
    head, body = _split_head(block)
    for _ in range(_MAX_HEADS):
        if not _HTTP_HEAD.match(body) or not _is_interim(head):
            break
        head, body = _split_head(body)
    return head, body


def _is_interim(head: StatusAndHeaders) -> bool:
    """Whether another answer may follow: a body has a type, or at least a length."""
    return not any(head.get_header(name) for name in ("Content-Type", "Content-Length"))


def _split_head(block: bytes) -> tuple[StatusAndHeaders, bytes]:
    found = _HEAD_END.search(block, 0, MAX_HTTP_HEAD_BYTES)
    size = found.end() if found else len(block)
    try:
        if size <= MAX_HTTP_HEAD_BYTES:
            head = StatusAndHeadersParser(["HTTP/"]).parse(BytesIO(block[:size]))
            return head, block[size:]
    except (StatusAndHeadersParserException, EOFError):
        pass
    raise UnreadableError(Reason.CONTAINER_RECORD_BROKEN, "the response has no HTTP head")


def _judge(fields: dict[str, str], size: int) -> tuple[str, ...]:
    """Say where a body is shorter than the server announced.

    It may still hold the whole article. A longer one is usual: crawlers decode bodies, and keep
    the headers.
    """
    announced = fields.get("content-length", "")
    if announced.isdecimal() and len(announced) < _MAX_DIGITS and size < int(announced):
        return (f"{size} of {announced} announced bytes are there",)
    return ()


def _read_plain(
    record: WarcRecord, file_origin: FileOrigin, evidence: Evidence, limits: Limits
) -> Document | Refusal:
    """Read a record whose block is the document itself: resource and conversion."""
    form, charset = _read_type(record.fields.get("content-type", ""))
    _check_size(record, limits)
    content, faults = decode_body(record.block, "", "", limits)
    evidence = replace(evidence, faults=evidence.faults + faults)
    return make_document(
        content,
        form,
        file_origin=file_origin,
        evidence=evidence,
        offset=record.offset,
        charset=charset,
    )


def _read_types(
    headers: tuple[tuple[str, str], ...], fields: dict[str, str]
) -> tuple[ContentForm | None, str | None]:
    """Give the form and the charset of an answer: the first type that is a page's or a text's.

    Servers send the header twice, and crawlers that looked at the bytes say what they saw.
    """
    sent = [value for name, value in headers if name == "content-type"] or [""]
    seen = [fields[name] for name in ("warc-identified-payload-type",) if name in fields]
    for content_type in (*sent[1:], *seen):
        if form_of_type(parse_content_type(sent[0])[0]) is not None:
            break
        essence, charset = parse_content_type(content_type)
        if (form := form_of_type(essence)) is not None:
            return form, charset
    return _read_type(sent[0])


def _read_type(content_type: str) -> tuple[ContentForm | None, str | None]:
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
