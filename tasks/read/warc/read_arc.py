"""Read ARC files, which the Internet Archive wrote before there were WARCs (ARC 1.0, 2.0).

A record is a line (address, host, time, type, ..., length) and the server's answer as it came; the
first record names the fields of the line. Records are then read as those of a WARC.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import BinaryIO

from schemas.reasons import Reason
from schemas.settings import Limits
from tasks.read.bytes.compression import PIECE_BYTES, sniff_coding
from tasks.read.containment import contain_record
from tasks.read.document import Document, Refusal
from tasks.read.origins import EMPTY_DIGEST, FileOrigin
from tasks.read.warc.arc_stream import ArcStream
from tasks.read.warc.responses import MAX_HTTP_HEAD_BYTES, read_record, refuse_broken
from tasks.read.warc.warc_records import BrokenRecord, WarcRecord
from tasks.read.warc.warc_stream import PlainStream, RecordStream

_FIELDS: tuple[str, ...] = ("URL", "IP-address", "Archive-date", "Content-type", "Archive-length")
# What a record's line looks like, behind damage: an address, a host, 8 to 14 digits, a length.
_LINE = re.compile(
    rb"\n[a-z][a-z0-9+.-]+:[^ \r\n]+ [^ \r\n]+ \d{8,14} "
    rb"[^ \r\n]+ (?:[^\r\n]* )?\d+\r?\n",
    re.IGNORECASE,
)
_MAX_LINE_BYTES = 64 * 1024
_TIME, _TIME_DIGITS = "%Y%m%d%H%M%S", 14
_MAX_DIGITS = 19


def read_arc(
    file: BinaryIO,
    file_origin: FileOrigin,
    limits: Limits,
    *,
    skipped: Counter[str] | None = None,
) -> Iterator[Document | Refusal]:
    """Read the records of an ARC, in order; a damaged one is one refusal, and the next is read.

    Args:
        file: opened for reading bytes.
        file_origin: of the file.
        limits: what a document may cost.
        skipped: counts the records that hold no document, by kind.
    """
    for record in read_arc_records(file, limits):
        if isinstance(record, BrokenRecord):
            refuse = partial(refuse_broken, record, file_origin)
            yield contain_record(refuse, file_origin, record.offset)
        elif record.fields["warc-target-uri"].startswith("filedesc:"):
            if skipped is not None:
                skipped["filedesc"] += 1
        else:
            read = partial(read_record, record, file_origin, limits)
            yield contain_record(read, file_origin, record.offset)


def read_arc_records(file: BinaryIO, limits: Limits) -> Iterator[WarcRecord | BrokenRecord]:
    """Read the records of an ARC as those of a WARC, the one that describes the file among them."""
    is_packed = sniff_coding(file.read(3)) == "gzip"
    file.seek(0)
    stream = ArcStream(file, limits.max_compression_ratio) if is_packed else PlainStream(file)
    return _read_records(stream, limits.max_document_bytes + MAX_HTTP_HEAD_BYTES)


def _read_records(stream: RecordStream, max_block: int) -> Iterator[WarcRecord | BrokenRecord]:
    names = _FIELDS
    is_empty = True
    while _is_more(stream):
        is_empty = False
        offset = stream.offset_of(stream.position)
        window = stream.peek(_MAX_LINE_BYTES)
        line = window.partition(b"\n")[0] if b"\n" in window else b""
        fields = _parse_line(line, names)
        if fields is None:
            yield _broken(stream, offset, "no record begins here", is_short=not line)
            if not _find_line(stream):
                return
            continue
        stream.read(len(line) + 1)
        size = int(fields.pop("length"))
        block, got, digest = _read_block(stream, size, max_block)
        if got < size:
            broken = _broken(stream, offset, f"{got} of {size} bytes are there", is_short=True)
            yield replace(broken, fields=fields, digest=digest)
            return
        if fields["warc-target-uri"].startswith("filedesc:"):
            names = _names_in(block) or names
        yield WarcRecord(offset, fields, block, size, digest)
    if is_empty:
        yield BrokenRecord(0, {}, Reason.CONTAINER_TRUNCATED, "the file is empty", EMPTY_DIGEST)


def _is_more(stream: RecordStream) -> bool:
    """Go over line ends, and tell whether a record, or damage, follows."""
    while stream.peek(1) in (b"\r", b"\n"):
        stream.read(1)
    return bool(stream.peek(1)) or stream.fault is not None


def _find_line(stream: RecordStream) -> bool:
    """Go to the next line that looks like a record's."""
    while window := stream.peek(_MAX_LINE_BYTES):
        found = _LINE.search(window)
        if found is not None:
            stream.skip(found.start() + 1)
            return True
        # The end of the window may hold the beginning of what is looked for.
        if stream.skip(max(len(window) - _MAX_LINE_BYTES // 2, 0)) == 0:
            return False
    return False


def _parse_line(line: bytes, names: tuple[str, ...]) -> dict[str, str] | None:
    """Read the line of a record, with its fields named as a WARC does; None where it is none."""
    # An address may hold spaces, the other fields do not.
    parts = line.decode("utf-8", "replace").strip().rsplit(" ", len(names) - 1)
    if len(parts) != len(names):
        # The line that names the fields of ARC 2.0 is itself one of ARC 1.0.
        parts, names = line.decode("utf-8", "replace").strip().rsplit(" ", 4), _FIELDS
    found = dict(zip((name.lower() for name in names), parts, strict=False))
    url, length = found.get("url", ""), found.get("archive-length", "")
    if ":" not in url or not re.fullmatch(f"[0-9]{{1,{_MAX_DIGITS}}}", length):
        return None
    is_http = url.lower().startswith(("http:", "https:"))
    fields = {
        "warc-type": "response",
        "warc-target-uri": url,
        # Of what came by another protocol the type is that of the answer itself.
        "content-type": "application/http" if is_http else found.get("content-type", ""),
        "length": length,
    }
    moment = _parse_moment(found.get("archive-date", ""))
    return fields | ({} if moment is None else {"warc-date": moment})


def _names_in(block: bytes) -> tuple[str, ...]:
    """Read the names of fields, which stand in the second line of the first record."""
    lines = block.decode("utf-8", "replace").splitlines()
    names = tuple(lines[1].split()) if len(lines) > 1 else ()
    return names if {"url", "archive-length"} <= {name.lower() for name in names} else ()


def _read_block(stream: RecordStream, size: int, max_block: int) -> tuple[bytes, int, str]:
    """Read a record's content: what is kept of it, its size, and its digest."""
    digest = hashlib.sha256()
    block = bytearray()
    got = 0
    while got < size and (piece := stream.read(min(size - got, PIECE_BYTES))):
        digest.update(piece)
        got += len(piece)
        block += piece[: max(max_block - len(block), 0)]
    return bytes(block), got, digest.hexdigest()


def _parse_moment(printed: str) -> str | None:
    """Write the time of a record as ISO 8601; some writers leave out what is behind the day."""
    try:
        moment = datetime.strptime(f"{printed[:_TIME_DIGITS]:0<{_TIME_DIGITS}}", _TIME)  # noqa: DTZ007
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC).isoformat()


def _broken(stream: RecordStream, offset: int, detail: str, *, is_short: bool) -> BrokenRecord:
    fault = stream.fault if is_short else None
    reason = Reason.CONTAINER_TRUNCATED if is_short else Reason.CONTAINER_RECORD_BROKEN
    if fault is not None:
        detail = f"{detail}: {fault.detail}"
        reason = fault.reason if fault.reason is not Reason.FILE_CORRUPT else reason
    return BrokenRecord(offset, {}, reason, detail, EMPTY_DIGEST)
