"""Archives written byte by byte, so that a test can say what is wrong with them."""

import gzip
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import zstandard

from schemas.settings import Limits
from tasks.discover.batches import Batch, discover
from tasks.read.batch import read_batch
from tasks.read.document import Document, Refusal

PAGE = b"<!doctype html><html><body><p>The harbour opens on Monday.</p></body></html>"


def warc_record(
    kind: str = "response",
    block: bytes = b"",
    *,
    url: str | None = "https://news.example/1",
    content_type: str = "application/http; msgtype=response",
    **fields: str,
) -> bytes:
    lines = [f"WARC-Type: {kind}", "WARC-Date: 2024-03-02T10:20:30Z"]
    if url is not None:
        lines.append(f"WARC-Target-URI: {url}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    lines += [f"Content-Type: {content_type}", f"Content-Length: {len(block)}"]
    return b"WARC/1.0\r\n" + "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def http(
    body: bytes = PAGE, *headers: str, status: str = "HTTP/1.1 200 OK", kind: str = "text/html"
) -> bytes:
    lines = [status, *([f"Content-Type: {kind}"] if kind else []), *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def lay_out(records: Iterable[bytes], layout: str) -> bytes:
    """Compress records as archives do: each alone, all at once, or in blocks that cut them."""
    records = list(records)
    compressor = zstandard.ZstdCompressor(write_checksum=True)
    match layout:
        case "plain":
            return b"".join(records)
        case "gz":
            parts = records
        case "single":
            parts = [b"".join(records)]
        case "blocks":
            whole = b"".join(records)
            parts = [whole[begin : begin + 300] for begin in range(0, len(whole), 300)]
        case "pairs":
            starts = range(0, len(records), 2)
            parts = [b"".join(records[begin : begin + 2]) for begin in starts]
        case "layered":
            parts = [lay_out(records, "gz")]
        case "zst":
            return b"".join(compressor.compress(record) for record in records)
        case _:
            raise ValueError(layout)
    return b"".join(gzip.compress(part, mtime=0) for part in parts)


def suffix_of(layout: str) -> str:
    return {"plain": ".warc", "zst": ".warc.zst"}.get(layout, ".warc.gz")


def read_file(
    raw: Path,
    path: str,
    content: bytes,
    limits: Limits | None = None,
    skipped: Counter[str] | None = None,
) -> list[Document | Refusal]:
    """Write one file into raw/, and read what discovery makes of it."""
    (raw / path).parent.mkdir(parents=True, exist_ok=True)
    (raw / path).write_bytes(content)
    return read_all(raw, limits, skipped)


def read_all(
    raw: Path, limits: Limits | None = None, skipped: Counter[str] | None = None
) -> list[Document | Refusal]:
    return [
        outcome
        for batch in discover(raw).batches
        for outcome in read_one(batch, raw, limits, skipped)
    ]


def read_one(
    batch: Batch, raw: Path, limits: Limits | None = None, skipped: Counter[str] | None = None
) -> list[Document | Refusal]:
    return list(read_batch(batch, raw, limits or Limits(), skipped))


def document(outcome: Document | Refusal) -> Document:
    assert isinstance(outcome, Document), outcome
    return outcome


def refusal(outcome: Document | Refusal) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    return outcome
