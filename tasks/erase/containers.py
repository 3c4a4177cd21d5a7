"""Writing a container again without some of its documents; every other byte of it stays.

Compressed as a whole it is compressed again. What belongs to a document alone goes with it: in a
WARC its request and metadata, in an archive its sidecar.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO, cast

import pyarrow.parquet as pq

from schemas.raw_forms import RawKind
from schemas.settings import MEBIBYTE, Limits
from tasks.erase.packing import CannotRewriteError, Span, copy_spans, packed, unpacked
from tasks.read.bytes.compression import GZIP_MAGIC, MAGIC_BYTES, UnreadableError, sniff_coding
from tasks.read.files.csv_rows import delimiter_of
from tasks.read.files.json_lines import begins_value, cut_objects
from tasks.read.warc.read_arc import read_arc_records
from tasks.read.warc.read_warc import ID, LOOK_AHEAD_RECORDS, names_of
from tasks.read.warc.responses import NOT_DOCUMENTS
from tasks.read.warc.warc_file import is_layered, read_warc_file
from tasks.read.warc.warc_members import MemberFile
from tasks.read.warc.warc_records import BrokenRecord, WarcRecord

_HEAD_BYTES = 64 * 1024
# JSON that is one value is held in memory.
_MAX_JSON_BYTES = 1024 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Cut:
    """What is taken out of a container.

    Attributes:
        raw_path: of the container.
        places: of the documents: raw_path and raw_offset.
        limits: what a document may cost, as when they were read.
    """

    raw_path: str
    places: frozenset[tuple[str, int | None]]
    limits: Limits

    @property
    def offsets(self) -> frozenset[int]:
        """The offsets in the container itself."""
        return frozenset(
            offset for path, offset in self.places if path == self.raw_path and offset is not None
        )


def rewrite(source: BinaryIO, target: BinaryIO, kind: RawKind, cut: Cut) -> None:
    """Writes a container without the documents that are cut.

    Raises:
        CannotRewriteError: it is of a form, or damaged in a way, that newsmill does not write.
        OSError: it cannot be read, or the other not be written.
    """
    from tasks.erase.archives import rewrite_tar, rewrite_zip  # noqa: PLC0415 - they call this

    writers: dict[RawKind, Callable[[BinaryIO, BinaryIO, Cut], None]] = {
        RawKind.WARC: _rewrite_warc,
        RawKind.ARC: _rewrite_arc,
        RawKind.JSONL: _rewrite_json,
        RawKind.CSV: _rewrite_csv,
        RawKind.PARQUET: _rewrite_parquet,
        RawKind.ZIP: rewrite_zip,
        RawKind.TAR: rewrite_tar,
    }
    if kind not in writers:
        raise CannotRewriteError(f"newsmill does not write the form {kind}")
    try:
        writers[kind](source, target, cut)
    except UnreadableError as error:
        raise CannotRewriteError(f"it is damaged: {error.detail}") from error


def _rewrite_warc(source: BinaryIO, target: BinaryIO, cut: Cut) -> None:
    ratio = cut.limits.max_compression_ratio
    source.seek(0)
    coding = sniff_coding(source.read(MAGIC_BYTES))
    source.seek(0)
    if coding is not None and is_layered(source, coding, ratio):
        _rewrite_inner(source, target, cut)
        return
    records = list(_headers(read_warc_file(source, 0, ratio)))
    if coding is not None:
        members = MemberFile(source, coding)
        if members.is_single and len(records) > 1:
            if members.first_offset:
                raise CannotRewriteError("all of its records are one zstd frame with a dictionary")
            _rewrite_inner(source, target, cut)
            return
        if not all(members.starts_record(each.offset) for each in records if not each.is_broken):
            raise CannotRewriteError("several records share a compressed member")
    copy_spans(source, target, _spans(source, records, _with_company(records, cut.offsets)))


def _rewrite_inner(source: BinaryIO, target: BinaryIO, cut: Cut) -> None:
    with unpacked(source) as (inner, coding), packed(target, coding) as written:
        _rewrite_warc(inner, cast(BinaryIO, written), cut)


@dataclass(frozen=True, slots=True)
class _Header:
    """What is asked of a record: where it begins, what it is, and what it is called by."""

    offset: int
    kind: str
    names: frozenset[str]
    is_broken: bool


def _headers(records: Iterable[WarcRecord | BrokenRecord]) -> Iterator[_Header]:
    for each in records:
        kind = each.fields.get("warc-type", "").lower()
        yield _Header(each.offset, kind, names_of(each), isinstance(each, BrokenRecord))


def _with_company(records: list[_Header], offsets: frozenset[int]) -> set[int]:
    """Adds what stands near a document and speaks of it alone: its request and its metadata."""
    chosen = set(offsets)
    referring: dict[str, set[int]] = defaultdict(set)
    for record in records:
        for name in record.names if record.kind in NOT_DOCUMENTS else ():
            if name.startswith(ID):
                referring[name].add(record.offset)
    for position, record in enumerate(records):
        if record.offset in offsets:
            chosen.update(*(referring[name] for name in record.names if name in referring))
            first = max(position - LOOK_AHEAD_RECORDS, 0)
            chosen.update(
                near.offset
                for near in records[first : position + LOOK_AHEAD_RECORDS + 1]
                if near.kind in NOT_DOCUMENTS and near.names & record.names
            )
    return chosen


def _spans(file: BinaryIO, records: list[_Header], chosen: set[int]) -> list[Span]:
    """Returns from where to where records lie: each up to the next."""
    offsets = [record.offset for record in records]
    ends = [*offsets[1:], file.seek(0, io.SEEK_END)]
    return [span for span in zip(offsets, ends, strict=True) if span[0] in chosen]


def _rewrite_arc(source: BinaryIO, target: BinaryIO, cut: Cut) -> None:
    source.seek(0)
    is_packed = sniff_coding(source.read(MAGIC_BYTES)) == "gzip"
    source.seek(0)
    records = list(_headers(read_arc_records(source, cut.limits)))
    for record in records if is_packed else ():
        source.seek(record.offset)
        if source.read(len(GZIP_MAGIC)) != GZIP_MAGIC:
            raise CannotRewriteError("several records share a compressed member")
    copy_spans(source, target, _spans(source, records, set(cut.offsets)))


def _rewrite_json(source: BinaryIO, target: BinaryIO, cut: Cut) -> None:
    with unpacked(source) as (inner, coding), packed(target, coding) as written:
        if begins_value(inner.read(_HEAD_BYTES)):
            _rewrite_objects(inner, written, cut.offsets)
            return
        inner.seek(0)
        offset = 0
        for line in inner:
            if offset not in cut.offsets:
                written.write(line)
            offset += len(line)


def _rewrite_objects(inner: BinaryIO, written: IO[bytes], offsets: frozenset[int]) -> None:
    """Writes an array, or objects one behind the other, with the commas that are still needed."""
    size = inner.seek(0, io.SEEK_END)
    if size > _MAX_JSON_BYTES:
        raise CannotRewriteError(f"one JSON value of {size:,} bytes")
    inner.seek(0)
    content = inner.read()
    kept, position = bytearray(), 0
    for line in cut_objects(iter([content]), size):
        if line.offset not in offsets:
            continue
        kept += content[position : line.offset]
        position = line.offset + line.size
        rest = content[position:].lstrip()
        if rest.startswith(b","):
            position = content.index(b",", position) + 1
        elif kept.rstrip().endswith(b","):
            del kept[kept.rindex(b",") :]
    written.write(kept + content[position:])


def _rewrite_csv(source: BinaryIO, target: BinaryIO, cut: Cut) -> None:
    """Rows are told by signs that all charsets but UTF-16 have as ASCII has them."""
    with unpacked(source) as (inner, coding), packed(target, coding) as written:
        head = inner.read(_HEAD_BYTES)
        if b"\0" in head:
            raise CannotRewriteError("a CSV in UTF-16")
        inner.seek(0)
        csv.field_size_limit(cut.limits.max_document_bytes)
        lines = _Lines(io.TextIOWrapper(inner, encoding="latin-1", newline=""))
        number = -1
        try:
            for row in csv.reader(lines, delimiter=delimiter_of(head)):
                taken = lines.take()
                if number not in cut.offsets or not row:
                    written.write(taken.encode("latin-1"))
                # The names are no row, and neither is a line with nothing in it.
                number += bool(row)
        except csv.Error as error:
            raise CannotRewriteError(f"row {number}: {error}") from error
        written.write(lines.take().encode("latin-1"))
        lines.release()


class _Lines:
    """The lines of a text, and those that were read for the last row."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._held: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            self._held.append(line)
            yield line

    def take(self) -> str:
        taken = "".join(self._held)
        self._held.clear()
        return taken

    def release(self) -> None:
        """Leaves the file open for whom it belongs to."""
        self._text.detach()


def _rewrite_parquet(source: BinaryIO, target: BinaryIO, cut: Cut) -> None:
    table = pq.ParquetFile(source)
    codec = "NONE"
    if table.num_row_groups and table.metadata.num_columns:
        codec = table.metadata.row_group(0).column(0).compression
    with pq.ParquetWriter(
        target, table.schema_arrow, compression="NONE" if codec == "UNCOMPRESSED" else codec
    ) as writer:
        first = 0
        for group in range(table.num_row_groups):
            rows = table.read_row_group(group)
            keep = [first + number not in cut.offsets for number in range(rows.num_rows)]
            first += rows.num_rows
            writer.write_table(rows.filter(keep) if not all(keep) else rows)
