"""Read a batch: every document in it exactly once, in order, whatever is broken."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from schemas.settings import Limits
from tasks.discover.batches import Batch
from tasks.discover.listing import RawFile
from tasks.read.bytes.compression import Coding
from tasks.read.containment import contain_container, contain_record
from tasks.read.document import Document, Refusal
from tasks.read.files.json_lines import read_jsonl
from tasks.read.files.loose_files import read_loose
from tasks.read.files.parquet_rows import read_parquet
from tasks.read.origins import Place, locate
from tasks.read.warc.read_warc import read_warc
from tasks.storage.places import open_listed

_CODINGS: dict[str, Coding] = {".gz": "gzip", ".zst": "zstd"}


def read_batch(
    batch: Batch, raw: Path, limits: Limits, skipped: Counter[str] | None = None
) -> Iterator[Document | Refusal]:
    """Read the documents of a batch; what a reader did not foresee costs a record, not the batch.

    Memory stays flat: a few documents are held at a time, none of them above the limits.

    Args:
        batch: as discovered.
        raw: the raw folder.
        limits: what a document may cost.
        skipped: counts WARC records that are not documents (warcinfo, request, metadata), by type.

    Raises:
        OSError: a file is gone or cannot be read: the world's fault, worth another try.
    """
    if batch.kind == "loose":
        for file in batch.files:
            yield contain_record(partial(read_loose, file, raw, limits), locate(file.path), None)
        return
    (container,) = batch.files
    place = locate(container.path)
    outcomes = _read_container(batch, container, place, raw, limits, skipped)
    yield from contain_container(outcomes, place, batch.start or 0)


def _read_container(
    batch: Batch,
    container: RawFile,
    place: Place,
    raw: Path,
    limits: Limits,
    skipped: Counter[str] | None,
) -> Iterator[Document | Refusal]:
    named_coding = _CODINGS.get(Path(container.path).suffix.lower())
    start, end = batch.start or 0, batch.end
    with open_listed(raw / container.path, container.size) as opened:
        match batch.kind:
            case "warc":
                yield from read_warc(
                    opened,
                    place,
                    limits,
                    start=start,
                    end=end,
                    named_coding=named_coding,
                    skipped=skipped,
                )
            case "jsonl":
                yield from read_jsonl(
                    opened, place, limits, start=start, end=end, named_coding=named_coding
                )
            case "parquet":
                yield from read_parquet(opened, place, limits, start=start, end=end)
