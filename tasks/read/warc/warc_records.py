"""Cut a WARC into records, and go on behind damage.

A record, in WARC 1.1 (ISO 28500:2017), is a version line, named fields, an empty line, as many
bytes as Content-Length says, and two line ends. It is whole where these lead to the next record or
to the end of the file. All else is a BrokenRecord, and reading goes on at the next version line.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from warcio.statusandheaders import StatusAndHeadersParser

from schemas.reasons import Reason
from schemas.settings import MEBIBYTE
from tasks.read.bytes.compression import PIECE_BYTES, TruncatedError
from tasks.read.warc.warc_stream import (
    BYTE_ORDER_MARK,
    VERSION_PREFIX,
    RecordStream,
    begins_record,
    may_begin_record,
)

# A block of so many bytes is read at once: each step on its way costs a copy.
_AT_ONCE_BYTES = MEBIBYTE
# Headers of real records stay under 2 KiB; a target URI may be as long as a browser allows.
MAX_HEADER_BYTES = MEBIBYTE
# A record is looked for where a version line is followed by a named field of the standard.
_RECORD_START = re.compile(rb"WARC/\d\.\d+[ \t]*\r{0,2}\n(?:WARC|Content)-", re.I)
_START_BYTES = 64
# A line's end may be `\n`, and `\r\r\n` where a system put a second one before it.
_HEADER_END = re.compile(rb"\r{0,2}\n\r{0,2}\n")


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """A record as it stands in the archive.

    Attributes:
        offset: in the file; see warc_stream.
        fields: named fields, names in lower case; of a repeated one the first.
        block: the content, at most as much of it as was asked for.
        size: of the whole content.
        digest_of_more: SHA-256 (hex) of the whole content, where the block is not all of it.
    """

    offset: int
    fields: dict[str, str]
    block: bytes
    size: int
    digest_of_more: str | None = None

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the whole content; few records are asked for it."""
        return self.digest_of_more or hashlib.sha256(self.block).hexdigest()


@dataclass(frozen=True, slots=True)
class BrokenRecord:
    """A record that cannot be read, or bytes where a record should begin.

    Attributes:
        offset: in the file; see warc_stream.
        fields: named fields, where they could be read.
        reason: CONTAINER_TRUNCATED where the file ends in it, else CONTAINER_RECORD_BROKEN, or
            what limit it broke.
        digest: SHA-256 (hex) of what was read of its content, or of its header.
    """

    offset: int
    fields: dict[str, str]
    reason: Reason
    detail: str
    digest: str


class _DamageError(Exception):
    """A record breaks off.

    Attributes:
        detail: what is wrong.
        resume: position from which the next version line is to be looked for.
        is_short: the bytes ended, rather than being wrong.
        read: what could be read of the header.
    """

    def __init__(
        self, detail: str, *, resume: int, is_short: bool = False, read: bytes = b""
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.resume = resume
        self.is_short = is_short
        self.fields: dict[str, str] = {}
        self.digest = hashlib.sha256(read).hexdigest()


def read_records(
    stream: RecordStream, max_block: int, start: int = 0, end: int | None = None
) -> Iterator[WarcRecord | BrokenRecord]:
    """Read the records of a stream whose offsets lie in [start, end).

    Args:
        stream: at the beginning of a record.
        max_block: how many bytes of a record's content to keep.
        start: records before it are gone over, by the same rules.
        end: where to stop; None for the end of the stream.
    """
    if stream.position == 0 and stream.peek(len(BYTE_ORDER_MARK)) == BYTE_ORDER_MARK:
        # An editor put it there.
        stream.read(len(BYTE_ORDER_MARK))
    while _is_more(stream):
        offset = stream.offset_of(stream.position)
        if end is not None and offset >= end:
            return
        outcome: WarcRecord | BrokenRecord
        is_at_record = True
        try:
            outcome = _read_record(stream, offset, max_block if offset >= start else None)
        except _DamageError as damage:
            is_at_record, reason, detail = _resume(stream, damage)
            outcome = BrokenRecord(offset, damage.fields, reason, detail, damage.digest)
        if offset >= start:
            yield outcome
        if not is_at_record:
            return


def _is_more(stream: RecordStream) -> bool:
    """Go over line ends that are too many, and tell whether a record, or damage, follows."""
    position = stream.position
    _skip_line_ends(stream)
    following = stream.peek(len(VERSION_PREFIX))
    if following and not begins_record(following) and stream.position > position:
        # They may be what is left of the record's first letters.
        stream.rewind(position)
    return bool(following) or stream.fault is not None


def _skip_line_ends(stream: RecordStream) -> None:
    while stream.peek(1) in (b"\r", b"\n"):
        stream.read(1)


def _resume(stream: RecordStream, damage: _DamageError) -> tuple[bool, Reason, str]:
    """Go to the next record behind damage.

    Returns:
        Whether there is one in this stream, and the damage's reason and detail.
    """
    fault = stream.fault if damage.is_short else None
    if fault is not None:
        is_cut = isinstance(fault, TruncatedError)
        reason = Reason.CONTAINER_TRUNCATED if is_cut else Reason.CONTAINER_RECORD_BROKEN
        if fault.reason is Reason.COMPRESSION_RATIO_EXCEEDED:
            reason = fault.reason
        return False, reason, f"{damage.detail}: {fault.detail}"
    stream.rewind(damage.resume)
    if _find_version_line(stream):
        return True, Reason.CONTAINER_RECORD_BROKEN, damage.detail
    is_cut = damage.is_short and stream.fault is None and stream.ends_file
    reason = Reason.CONTAINER_TRUNCATED if is_cut else Reason.CONTAINER_RECORD_BROKEN
    return False, reason, damage.detail


def _find_version_line(stream: RecordStream) -> bool:
    while window := stream.peek(PIECE_BYTES):
        found = _RECORD_START.search(window)
        if found is not None:
            stream.skip(found.start())
            return True
        # The end of the window may hold the beginning of what is looked for.
        if stream.skip(max(len(window) - _START_BYTES, 0)) == 0:
            return False
    return False


def _read_record(stream: RecordStream, offset: int, max_block: int | None) -> WarcRecord:
    """Read one record; with `max_block` None only go over it, finding the same damage."""
    begin = stream.position
    header = _read_header(stream)
    content_begin = stream.position
    fields = parse_fields(header)
    block, digest_of_more = b"", None
    try:
        size = _parse_length(fields, content_begin)
        if max_block is None or stream.lacks(size):
            got = stream.skip(size)
        else:
            block, got, digest_of_more = _read_block(stream, size, max_block)
        if got < size:
            detail = f"{got} of {size} bytes of content are there"
            raise _DamageError(detail, resume=content_begin, is_short=True)
        _check_end(stream, begin, content_begin)
    except _DamageError as damage:
        damage.fields = fields
        damage.digest = digest_of_more or hashlib.sha256(block).hexdigest()
        raise
    return WarcRecord(offset, fields, block, size, digest_of_more)


def _read_header(stream: RecordStream) -> bytes:
    begin = stream.position
    head = stream.peek(len(VERSION_PREFIX))
    if not begins_record(head):
        is_short = may_begin_record(head)
        detail = "the record's header ends early" if is_short else "no record begins here"
        raise _DamageError(detail, resume=begin + 1, is_short=is_short, read=head)
    size = 4 * 1024
    while True:
        head = stream.peek(size)
        found = _HEADER_END.search(head)
        if found is not None:
            return stream.read(found.end())
        is_short = len(head) < size
        if is_short or size >= MAX_HEADER_BYTES:
            detail = "the record's header has no end"
            resume = begin + len(VERSION_PREFIX)
            raise _DamageError(detail, resume=resume, is_short=is_short, read=head)
        size *= 4


def parse_fields(header: bytes) -> dict[str, str]:
    """Read the named fields of a record's header: names in lower case; of a repeated one the first.

    Args:
        header: from the version line to the empty line.
    """
    parsed = StatusAndHeadersParser(["WARC/"]).parse(
        BytesIO(VERSION_PREFIX + header[len(VERSION_PREFIX) :])
    )
    fields: dict[str, str] = {}
    for name, value in parsed.headers:
        fields.setdefault(name.lower(), value.strip())
    return fields


def _parse_length(fields: dict[str, str], content_begin: int) -> int:
    printed = fields.get("content-length", "")
    # Nineteen digits are more than any file holds, and a longer number would cost time to parse.
    if not re.fullmatch("[0-9]{1,19}", printed):
        detail = f"Content-Length is not a number: {printed[:40]!r}"
        raise _DamageError(detail, resume=content_begin)
    return int(printed)


def _read_block(stream: RecordStream, size: int, max_block: int) -> tuple[bytes, int, str | None]:
    """Read a record's content.

    Returns:
        What is to be kept of it, how many bytes there were, and their digest where more of them
        than are kept were to be read.
    """
    if size <= min(max_block, _AT_ONCE_BYTES):
        whole = stream.read(size)
        return whole, len(whole), None
    digest = hashlib.sha256() if size > max_block else None
    block = bytearray()
    got = 0
    while got < size:
        data = stream.read(min(size - got, PIECE_BYTES))
        if not data:
            break
        got += len(data)
        if digest:
            digest.update(data)
        block += data[: max_block - len(block)]
    return bytes(block), got, digest.hexdigest() if digest else None


def _check_end(stream: RecordStream, begin: int, content_begin: int) -> None:
    """Check that the content ends where a record ends: at line ends and the next record.

    Some writers put fewer or other line ends than the standard's two.
    """
    if stream.peek(4) == b"\r\n\r\n":
        stream.read(4)
        # The checksum stands behind a member's last record: nothing is right before it is reached.
        if stream.starts_member(begin) and _is_member_damaged(stream):
            detail = "the compressed record is damaged"
            raise _DamageError(detail, resume=content_begin, is_short=True)
        return
    _skip_line_ends(stream)
    following = stream.peek(len(VERSION_PREFIX))
    is_faulty = len(following) < len(VERSION_PREFIX) and stream.fault is not None
    if is_faulty or not may_begin_record(following):
        detail = "Content-Length does not lead to a record"
        raise _DamageError(detail, resume=content_begin, is_short=is_faulty)


def _is_member_damaged(stream: RecordStream) -> bool:
    """Tell whether a member that should end here, or go on with a record, breaks off instead."""
    position = stream.position
    following = stream.peek(len(VERSION_PREFIX))
    if not following:
        return stream.fault is not None
    if may_begin_record(following) or stream.starts_member(position):
        return False
    # Damaged compression puts out nonsense until it is noticed; a damaged next record ends well.
    is_damaged = not _find_version_line(stream) and stream.fault is not None
    if not is_damaged:
        stream.rewind(position)
    return is_damaged
