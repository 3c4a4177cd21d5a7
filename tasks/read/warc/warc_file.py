"""Read a WARC file, or a slice of one, whatever its compression and wherever it is damaged."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from schemas.reasons import Reason
from tasks.read.bytes.compression import (
    GZIP_MAGIC,
    MAGIC_BYTES,
    Coding,
    TruncatedError,
    UnreadableError,
    decompress,
    read_pieces,
    sniff_coding,
)
from tasks.read.origins import EMPTY_DIGEST
from tasks.read.warc.warc_members import ZSTD_DICTIONARY_MAGIC, MemberFile, MemberStream
from tasks.read.warc.warc_records import BrokenRecord, WarcRecord, read_records
from tasks.read.warc.warc_stream import PlainStream, begins_record, may_begin_record

_OF_WHOLE_FILES: tuple[Coding, ...] = ("bzip2", "xz")


def read_warc_file(
    file: BinaryIO,
    max_block: int,
    max_ratio: int,
    start: int = 0,
    end: int | None = None,
    named_coding: Coding | None = None,
) -> Iterator[WarcRecord | BrokenRecord]:
    """Read the records of a WARC that begin in [start, end).

    Over any cut of a file into slices each record comes once, and so does each damage. A slice of
    a compressed file is entered at the first member that begins with a record: an archive that is
    itself a page of the archive, not compressed further, could there be taken for its outer one.

    Args:
        file: opened for reading bytes, at several offsets.
        max_block: how many bytes of a record's content to keep.
        max_ratio: how far a compressed member may expand.
        start: in bytes of the file as it stands.
        end: None for the end of the file.
        named_coding: the compression that the file's name promises, should its head be damaged.
    """
    head = file.read(MAGIC_BYTES)
    file.seek(0)
    coding: Coding | None = None
    if not may_begin_record(head):
        has_dictionary = head.startswith(ZSTD_DICTIONARY_MAGIC)
        coding = "zstd" if has_dictionary else sniff_coding(head) or named_coding
    if not head:
        yield _broken(0, Reason.CONTAINER_TRUNCATED, "the file is empty")
    elif coding is None:
        yield from read_records(PlainStream(file), max_block, start, end)
    elif is_layered(file, coding, max_ratio):
        # Only the first slice can get at the inner archive.
        if start == 0:
            yield from _read_layered(file, coding, max_block, max_ratio)
    else:
        try:
            members = MemberFile(file, coding)
        except UnreadableError as error:
            if start == 0:
                yield _broken(0, Reason.CONTAINER_RECORD_BROKEN, error.detail)
            return
        yield from _read_members(members, max_block, max_ratio, start, end)


def _read_members(
    file: MemberFile, max_block: int, max_ratio: int, start: int, end: int | None
) -> Iterator[WarcRecord | BrokenRecord]:
    offset: int | None = file.first_offset
    if start > 0:
        offset = file.find_record_start(start)
    is_in_damage = False
    while offset is not None and offset < file.size:
        if file.starts_record(offset):
            if end is not None and offset >= end:
                return
            stream = MemberStream(file, offset, max_ratio)
            last: WarcRecord | BrokenRecord | None = None
            for outcome in read_records(stream, max_block):
                if last is not None:
                    yield last
                last = outcome
            is_in_damage = isinstance(last, BrokenRecord)
            offset = stream.next_offset
            if stream.fault is not None:
                offset = file.find_record_start(stream.last_member + 1)
            if last is not None:
                yield _judge(last, is_last=offset is None)
        else:
            begin, offset = offset, file.find_record_start(offset + 1)
            if not is_in_damage:
                yield _explain_gap(file, begin, is_last=offset is None)
            is_in_damage = True


def _judge(outcome: WarcRecord | BrokenRecord, is_last: bool) -> WarcRecord | BrokenRecord:
    """A record that seemed cut short is broken where others follow it."""
    if (
        isinstance(outcome, BrokenRecord)
        and outcome.reason is Reason.CONTAINER_TRUNCATED
        and not is_last
    ):
        return replace(outcome, reason=Reason.CONTAINER_RECORD_BROKEN)
    return outcome


def _explain_gap(file: MemberFile, offset: int, is_last: bool) -> BrokenRecord:
    """Say what stands where a member should begin."""
    if is_last and file.is_cut_at(offset):
        return _broken(offset, Reason.CONTAINER_TRUNCATED, "the compressed data ends early")
    return _broken(offset, Reason.CONTAINER_RECORD_BROKEN, "no record begins here")


def _broken(offset: int, reason: Reason, detail: str) -> BrokenRecord:
    return BrokenRecord(offset, {}, reason, detail, EMPTY_DIGEST)


def is_layered(file: BinaryIO, coding: Coding, max_ratio: int) -> bool:
    """Tell whether the archive was compressed as a whole, once more or by what has no members."""
    if coding in _OF_WHOLE_FILES:
        return True
    try:
        inner = next(decompress(read_pieces(file), coding, max_ratio), b"")
    except UnreadableError:
        inner = b""
    file.seek(0)
    return inner.startswith(GZIP_MAGIC) and not begins_record(inner)


def _read_layered(
    file: BinaryIO, coding: Coding, max_block: int, max_ratio: int
) -> Iterator[WarcRecord | BrokenRecord]:
    """Take off the outer layer into a temporary file; offsets are those in the inner archive."""
    fault: UnreadableError | None = None
    with tempfile.TemporaryFile() as inner:
        try:
            for piece in decompress(read_pieces(file), coding, max_ratio):
                inner.write(piece)
        except UnreadableError as error:
            fault = error
        size = inner.tell()
        inner.seek(0)
        is_told = False
        for outcome in read_warc_file(inner, max_block, max_ratio):
            is_told = isinstance(outcome, BrokenRecord)
            yield outcome
    if fault is not None and not is_told:
        is_cut = isinstance(fault, TruncatedError)
        reason = Reason.CONTAINER_TRUNCATED if is_cut else Reason.CONTAINER_RECORD_BROKEN
        yield _broken(size, reason, f"the outer compression: {fault.detail}")
