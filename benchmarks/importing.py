"""What it costs to take an outlet's pages out of an archive of a whole crawl, beside decompression.

    python benchmarks/importing.py [--pages 3000] [--repeats 3]

Pages of 96 KB on average are made up of words and markup. They lie in one gzip member each, behind
the record of their request, as in CC-NEWS; one in a hundred is of the outlet. CPU seconds are the
best of several, by turns: of zlib alone, of the reader that newsmill has for archives whose pages
are all wanted, and of the import. MB are those of the archive as it lies on the disk.
"""

import argparse
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from flows.clock import SystemClock
from schemas.outlets import load_registry
from schemas.settings import Limits
from schemas.sources import SourceOutlet, Sources
from tasks.collect.importing.outcomes import ImportOutcome
from tasks.collect.importing.run import import_archives
from tasks.collect.importing.selection import FetchDays
from tasks.collect.memory.state import open_state
from tasks.collect.running.equipment import Equipment
from tasks.read.warc.warc_file import read_warc_file

_OUTLET = SourceOutlet(id="harbour-post", feeds=("https://harbourpost.example/rss",))
_SOURCES = Sources("https://example.org/bot", "collect", (_OUTLET,), "0" * 64)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PIECE_BYTES = 64 * 1024


def write_archive(path: Path, pages: int) -> None:
    """Writes a crawl."""
    random = Random(1)
    words = ["".join(random.choices(_LETTERS, k=random.randint(2, 10))) for _ in range(4_000)]
    bodies = [_page(random, words) for _ in range(60)]
    with path.open("wb") as file:
        for number in range(pages):
            site = f"site{random.randrange(1_000)}" if number % 100 else "harbourpost"
            url = f"https://{site}.example/news/{random.choice(words)}-{number}"
            file.write(_record("request", url, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"))
            body = bodies[number % len(bodies)]
            head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}"
            file.write(_record("response", url, head.encode() + b"\r\n\r\n" + body))


def _page(random: Random, words: list[str]) -> bytes:
    parts = (
        f'<div class="{random.choice(words)}"><a href="/{random.choice(words)}">'
        f"{random.choice(words)}</a><p>{' '.join(random.choices(words, k=20))}</p></div>"
        for _ in range(int(random.expovariate(1 / 450)) + 20)
    )
    return f"<!DOCTYPE html><html><body>{''.join(parts)}</body></html>".encode()


def _record(kind: str, url: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Date: 2026-03-02T10:00:00Z\r\nWARC-IP-Address: 192.0.2.1\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    packer = zlib.compressobj(6, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return packer.compress(head.encode() + block + b"\r\n\r\n") + packer.flush()


def decompress(path: Path) -> None:
    """Reads the archive with zlib alone."""
    stream = zlib.decompressobj(16 + zlib.MAX_WBITS)
    with path.open("rb") as file:
        while data := file.read(_PIECE_BYTES):
            while data:
                stream.decompress(data)
                data = stream.unused_data
                if stream.eof:
                    stream = zlib.decompressobj(16 + zlib.MAX_WBITS)


def read(path: Path) -> None:
    """Reads all of the archive's pages."""
    limits = Limits()
    with path.open("rb") as file:
        for _ in read_warc_file(file, limits.max_document_bytes, limits.max_compression_ratio):
            pass


def bring_in(path: Path) -> None:
    """Imports the outlet's pages into a raw folder of their own."""
    with (
        tempfile.TemporaryDirectory(dir=path.parent) as folder,
        open_state(Path(folder) / "state") as state,
    ):
        equipment = Equipment(
            sources=_SOURCES,
            registry=_REGISTRY,
            raw=Path(folder) / "raw",
            folder=Path(folder) / "state",
            state=state,
            clock=SystemClock(),
            version="0",
        )
        run = import_archives([str(path)], equipment, FetchDays())
        assert run.total().outcomes[ImportOutcome.IMPORTED]


_REGISTRY = load_registry()
_WAYS: tuple[tuple[str, Callable[[Path], None]], ...] = (
    ("zlib alone", decompress),
    ("all pages read", read),
    ("import", bring_in),
)


def measure(path: Path, repeats: int) -> Iterator[tuple[str, float]]:
    """Yields the CPU seconds of each way."""
    best: dict[str, float] = {}
    for _ in range(repeats):
        for name, call in _WAYS:
            begun = time.process_time()
            call(path)
            seconds = time.process_time() - begun
            best[name] = min(seconds, best.get(name, seconds))
    yield from best.items()


def main() -> None:
    """Makes an archive, and prints what each way costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=3_000)
    parser.add_argument("--repeats", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "CC-NEWS-20260302000000-00001.warc.gz"
        write_archive(path, given.pages)
        megabytes = path.stat().st_size / 1e6
        print(f"{megabytes:,.0f} MB, {given.pages:,} pages")
        alone = None
        for name, seconds in measure(path, given.repeats):
            alone = alone or seconds
            ratio = f"{seconds / alone:.2f} times zlib"
            print(f"{name:15} {seconds:6.2f} s CPU, {megabytes / seconds:5.1f} MB/s, {ratio}")


if __name__ == "__main__":
    main()
