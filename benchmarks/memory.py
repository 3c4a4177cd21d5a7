"""Memory of the worker processes over many pages.

    benchmarks/memory.py --raw DIR [--documents 20000] [--workers 2]

The documents of DIR are processed over and over in the pipeline's own pool; every so often the
resident memory of each worker is read from /proc (Linux). Prints a row a sample, the ratio of the
largest in the last quarter to the largest in the second (a leak shows as a ratio above 1), and the
most that all processes of the pool had together, where what they share counts once (PSS).
"""

import argparse
import multiprocessing
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path

import psutil

from schemas.settings import MEBIBYTE, Settings
from tasks.discover.batches import discover
from tasks.normalize.reference import ReferenceSource
from tasks.read.batch import read_batch
from tasks.read.document import Document, Refusal
from tasks.stage.pool import PagePool
from tasks.stage.work_orders import WorkOrder

_SAMPLES = 20
_PAGE_BYTES = 4096


def main() -> None:
    """Runs the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--raw", type=Path, required=True, help="folder of pages")
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    settings = Settings(workers=arguments.workers)
    reference = ReferenceSource()
    order = WorkOrder(
        batch_id="benchmark",
        pipeline_version="benchmark",
        limits=settings.limits,
        reference=reference,
    )
    documents = islice(cycle(_read(arguments.raw, settings)), arguments.documents)
    every = max(1, arguments.documents // _SAMPLES)
    peaks, together = [], []
    print("documents   largest worker   workers, MiB")
    with PagePool(settings, reference) as pool:
        for done, _ in enumerate(pool.process(documents, order), start=1):
            if done % every == 0:
                sizes = sorted(map(_resident, _workers()), reverse=True)
                peaks.append(sizes[0])
                together.append(sum(_proportional()))
                shown = ", ".join(f"{size / MEBIBYTE:.0f}" for size in sizes)
                print(f"{done:9,}   {sizes[0] / MEBIBYTE:10.0f} MiB   {shown}", flush=True)
    quarter = len(peaks) // 4
    ratio = max(peaks[-quarter:]) / max(peaks[quarter : 2 * quarter])
    print(f"last quarter / second quarter: {ratio:.2f}")
    print(f"the pool's processes together: {max(together) / MEBIBYTE:.0f} MiB at most")


def _read(raw: Path, settings: Settings) -> list[Document | Refusal]:
    return [
        document
        for batch in discover(raw).batches
        for document in read_batch(batch, raw, settings.limits)
    ]


def _workers() -> Iterator[int]:
    for process in multiprocessing.active_children():
        if process.pid is not None:
            yield process.pid


def _proportional() -> Iterator[int]:
    """Yields the PSS of each process that the pool has started, in bytes."""
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            yield process.memory_full_info().pss


def _resident(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
    except FileNotFoundError:
        return 0
    return int(fields[1]) * _PAGE_BYTES


if __name__ == "__main__":
    main()
