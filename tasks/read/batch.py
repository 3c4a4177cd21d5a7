"""Read a batch: every document in it exactly once, in order, whatever is broken."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from schemas.raw_forms import FileForm, RawKind, raw_form_of
from schemas.row_fields import NO_OWN_FIELDS, OwnFields
from schemas.settings import Limits
from tasks.discover.batches import Batch
from tasks.read.archived.entries import Damage, Entry
from tasks.read.archived.read_archive import ArchivePart, read_archive
from tasks.read.archived.tar_entries import list_tar
from tasks.read.archived.zip_entries import list_zip
from tasks.read.bytes.compression import Coding
from tasks.read.containment import contain_container, contain_record
from tasks.read.document import Document, Refusal
from tasks.read.files.csv_rows import read_csv
from tasks.read.files.feeds import read_feed
from tasks.read.files.json_lines import read_jsonl
from tasks.read.files.loose_files import read_loose
from tasks.read.files.parquet_rows import read_parquet
from tasks.read.origins import FileOrigin, file_origin_of
from tasks.read.warc.read_arc import read_arc
from tasks.read.warc.read_warc import read_warc
from tasks.storage.locations import open_listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What the reader of a container is given.

    Attributes:
        file: the container, opened for reading bytes.
        file_origin: the file.
        limits: what a document may cost.
        start: the documents that begin at this byte or behind it are read,
        end: and before this one; None for the end of the file.
        named_coding: the compression that the file's name promises.
        skipped: counts what is seen and is no document, by kind.
        own: a user's own names of fields.
        entry: the raw_path of the one entry of an archive to read; None for all.
        is_inner: it lies in an archive.
    """

    file: BinaryIO
    file_origin: FileOrigin
    limits: Limits
    start: int
    end: int | None
    named_coding: Coding | None
    skipped: Counter[str] | None
    own: OwnFields
    entry: str | None = None
    is_inner: bool = False


def _read_warc(part: Part) -> Iterator[Document | Refusal]:
    return read_warc(
        part.file,
        part.file_origin,
        part.limits,
        start=part.start,
        end=part.end,
        named_coding=part.named_coding,
        skipped=part.skipped,
    )


def _read_jsonl(part: Part) -> Iterator[Document | Refusal]:
    return read_jsonl(
        part.file,
        part.file_origin,
        part.limits,
        start=part.start,
        end=part.end,
        named_coding=part.named_coding,
        own=part.own,
    )


def _read_parquet(part: Part) -> Iterator[Document | Refusal]:
    return read_parquet(
        part.file, part.file_origin, part.limits, start=part.start, end=part.end, own=part.own
    )


def _read_csv(part: Part) -> Iterator[Document | Refusal]:
    return read_csv(
        part.file,
        part.file_origin,
        part.limits,
        named_coding=part.named_coding,
        own=part.own,
    )


def _read_arc(part: Part) -> Iterator[Document | Refusal]:
    return read_arc(part.file, part.file_origin, part.limits, skipped=part.skipped)


def _read_feed(part: Part) -> Iterator[Document | Refusal]:
    return read_feed(part.file, part.file_origin, part.limits)


def _read_zip(part: Part) -> Iterator[Document | Refusal]:
    return _read_archive(part, partial(list_zip, part.file, part.limits.max_compression_ratio))


def _read_tar(part: Part) -> Iterator[Document | Refusal]:
    return _read_archive(part, partial(list_tar, part.file, part.limits.max_compression_ratio))


def _read_archive(
    part: Part, entries: Callable[[], Iterator[Entry | Damage]]
) -> Iterator[Document | Refusal]:
    def read_container(
        file: BinaryIO, form: FileForm, file_origin: FileOrigin, max_ratio: int
    ) -> Iterator[Document | Refusal]:
        is_wanted = part.entry in (None, file_origin.raw_path)
        inner = replace(
            part,
            file=file,
            file_origin=file_origin,
            limits=replace(part.limits, max_compression_ratio=max_ratio),
            named_coding=form.coding,
            entry=None if is_wanted else part.entry,
            is_inner=True,
        )
        if not form.is_entered:
            inner = replace(inner, start=0, end=None)
        return _READERS[form.kind](inner)

    return read_archive(
        ArchivePart(
            entries=entries,
            file_origin=part.file_origin,
            limits=part.limits,
            read_container=read_container,
            skipped=part.skipped,
            wanted=part.entry,
            is_inner=part.is_inner,
        )
    )


_READERS: dict[RawKind, Callable[[Part], Iterator[Document | Refusal]]] = {
    RawKind.WARC: _read_warc,
    RawKind.JSONL: _read_jsonl,
    RawKind.PARQUET: _read_parquet,
    RawKind.CSV: _read_csv,
    RawKind.ARC: _read_arc,
    RawKind.FEED: _read_feed,
    RawKind.ZIP: _read_zip,
    RawKind.TAR: _read_tar,
}
# A kind without a reader would lose every document of it, and no count could tell.
if _unread := set(RawKind) - {RawKind.LOOSE, *_READERS}:
    raise NotImplementedError(f"there is no reader for {', '.join(sorted(_unread))}")


def read_batch(
    batch: Batch,
    raw: Path,
    limits: Limits,
    skipped: Counter[str] | None = None,
    *,
    own: OwnFields = NO_OWN_FIELDS,
    entry: str | None = None,
) -> Iterator[Document | Refusal]:
    """Read the documents of a batch; what a reader did not foresee costs a record, not the batch.

    Memory stays flat: a few documents are held at a time, none of them above the limits.

    Args:
        batch: as discovered.
        raw: the raw folder.
        limits: what a document may cost.
        skipped: counts what is no document, by kind: WARC records (warcinfo, request, metadata),
            entries of archives (links, hidden ones).
        own: a user's own names of fields.
        entry: the raw_path of the one entry of an archive to read; None for all.

    Raises:
        OSError: a file is gone or cannot be read: the world's fault, worth another try.
    """
    if batch.kind is RawKind.LOOSE:
        for file in batch.files:
            yield contain_record(
                partial(read_loose, file, raw, limits), file_origin_of(file.path), None
            )
        return
    (container,) = batch.files
    file_origin = file_origin_of(container.path)
    read = _READERS[batch.kind]
    with open_listed(raw / container.path, container.size) as opened:
        part = Part(
            file=opened,
            file_origin=file_origin,
            limits=limits,
            start=batch.start or 0,
            end=batch.end,
            named_coding=raw_form_of(container.path).coding,
            skipped=skipped,
            own=own,
            entry=entry,
        )
        yield from contain_container(read(part), file_origin, part.start)
