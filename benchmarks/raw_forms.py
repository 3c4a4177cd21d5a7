"""Cost of reading raw files: one form after the other, and of listing many loose files.

    benchmarks/raw_forms.py [--megabytes 300] [--files 50000]

Writes made-up pages in each form to a temporary folder, and reads each file in a process of its
own. Prints CPU seconds, the peak memory of that process (Linux), and by how much reading raised it.
"""

import argparse
import gzip
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pages import make_pages

from schemas.settings import MEBIBYTE, Limits
from tasks.discover.batches import discover
from tasks.read.batch import read_batch

_MADE_PAGES = 200
_ROWS_A_GROUP = 100

Page = tuple[int, bytes]


def main() -> None:
    """Writes the files, reads each, and prints a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=int, default=300, help="of pages in each form")
    parser.add_argument("--files", type=int, default=50_000, help="loose files to be listed")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--list", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.read or arguments.list:
        measured = _read(arguments.read) if arguments.read else _list(arguments.list)
        print(json.dumps(measured))
        return
    with tempfile.TemporaryDirectory() as folder:
        print(
            f"{'form':<22}{'MB on disk':>11}{'documents':>11}{'CPU s':>8}"
            f"{'peak MiB':>10}{'raised':>8}"
        )
        pages = _make(Path(folder) / "pages")
        for name, write in FORMS.items():
            raw = Path(folder) / name
            raw.mkdir()
            write(raw / name, _repeat(pages, arguments.megabytes * 1_000_000))
            size = sum(path.stat().st_size for path in raw.iterdir())
            _print(name, f"{size / 1e6:.0f}", _ask("--read", raw))
            (raw / name).unlink()
        loose = Path(folder) / "loose"
        _touch(loose, arguments.files, "html")
        _print("discover, loose files", "", _ask("--list", loose))
        _touch(loose, arguments.files, "html.meta.json")
        _print("and their sidecars", "", _ask("--list", loose))


def _print(name: str, size: str, measured: list[float]) -> None:
    count, cpu, peak, raised = measured
    print(f"{name:<22}{size:>11}{count:>11,.0f}{cpu:>8.2f}{peak:>10.0f}{raised:>8.0f}", flush=True)


def _ask(option: str, raw: Path) -> list[float]:
    command = [sys.executable, __file__, option, str(raw)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    measured: list[float] = json.loads(done.stdout)
    return measured


def _read(raw: Path) -> list[float]:
    return _measure(
        lambda: sum(1 for batch in discover(raw).batches for _ in read_batch(batch, raw, Limits()))
    )


def _list(raw: Path) -> list[float]:
    return _measure(lambda: sum(len(batch.files) for batch in discover(raw).batches))


def _measure(call: Callable[[], int]) -> list[float]:
    before, started = _peak(), time.process_time()
    count = call()
    return [count, time.process_time() - started, _peak(), _peak() - before]


def _peak() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024 / MEBIBYTE


def _make(folder: Path) -> list[bytes]:
    make_pages(folder, _MADE_PAGES)
    return [path.read_bytes() for path in sorted(folder.rglob("*.html"))]


def _repeat(pages: list[bytes], size: int) -> Iterator[Page]:
    """Yields numbered pages, as many bytes as asked for; no two are the same."""
    number = 0
    while size > 0:
        page = pages[number % len(pages)] + b"<!-- %d -->" % number
        yield number, page
        number, size = number + 1, size - len(page)


def _touch(folder: Path, files: int, suffix: str) -> None:
    for number in range(files):
        path = folder / "press" / f"2024-03-{number % 28 + 1:02}" / f"{number:06}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def _record(number: int, page: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2024-03-02T10:20:30Z\r\n"
        b"WARC-Target-URI: https://press.example/%d\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n"
        % (number, len(http), http)
    )


def _write_warc(path: Path, pages: Iterator[Page]) -> None:
    with path.open("wb") as file:
        file.writelines(_record(*page) for page in pages)


def _write_warc_gz(path: Path, pages: Iterator[Page]) -> None:
    with path.open("wb") as file:
        file.writelines(gzip.compress(_record(*page), 6) for page in pages)


def _lines(pages: Iterator[Page]) -> Iterator[bytes]:
    for number, page in pages:
        row = {"url": f"https://press.example/{number}", "html": page.decode()}
        yield json.dumps(row).encode() + b"\n"


def _write_jsonl(path: Path, pages: Iterator[Page]) -> None:
    with path.open("wb") as file:
        file.writelines(_lines(pages))


def _write_parquet(path: Path, pages: Iterator[Page]) -> None:
    schema = pa.schema([("url", pa.string()), ("html", pa.string())])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        rows = [json.loads(line) for line in _lines(pages)]
        for start in range(0, len(rows), _ROWS_A_GROUP):
            writer.write_table(pa.Table.from_pylist(rows[start : start + _ROWS_A_GROUP], schema))


def _write_zip(path: Path, pages: Iterator[Page]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, page in pages:
            archive.writestr(f"{number:06}.html", page)


def _write_wacz(path: Path, pages: Iterator[Page]) -> None:
    inner = path.with_name("inner.warc.gz")
    _write_warc_gz(inner, pages)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("datapackage.json", "{}")
        archive.write(inner, "archive/data.warc.gz")
    inner.unlink()


def _write_tar_gz(path: Path, pages: Iterator[Page]) -> None:
    with tarfile.open(path, "w:gz", compresslevel=6) as archive:
        for number, page in pages:
            info = tarfile.TarInfo(f"{number:06}.html")
            info.size = len(page)
            archive.addfile(info, io.BytesIO(page))


FORMS: dict[str, Callable[[Path, Iterator[Page]], None]] = {
    "a.warc": _write_warc,
    "a.warc.gz": _write_warc_gz,
    "a.jsonl": _write_jsonl,
    "a.parquet": _write_parquet,
    "a.zip": _write_zip,
    "a.wacz": _write_wacz,
    "a.tar.gz": _write_tar_gz,
}


if __name__ == "__main__":
    main()
