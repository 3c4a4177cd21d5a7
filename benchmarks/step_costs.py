"""What steps cost: CPU seconds and resident memory (Linux)."""

import multiprocessing
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from schemas.settings import MEBIBYTE


@dataclass(frozen=True, slots=True)
class Cost:
    """What a step cost.

    Attributes:
        seconds: of CPU.
        peak_bytes: the most resident memory of the process.
        rise_bytes: by how much it rose at most.
    """

    seconds: float
    peak_bytes: int
    rise_bytes: int


def print_rises(measure: Callable[[int], Mapping[str, Cost]], sizes: Iterable[int]) -> None:
    """Measures each size in a process of its own, and prints by how much memory rose."""
    costs = {}
    for size in sizes:
        with multiprocessing.get_context("spawn").Pool(1) as process:
            costs[size] = process.apply(measure, (size,))
    print_table(costs, attrgetter("rise_bytes"))


def print_table(costs: Mapping[int, Mapping[str, Cost]], memory: Callable[[Cost], int]) -> None:
    """Prints a row for each step and a column for each size."""
    print("| step | " + " | ".join(f"{size:,}" for size in costs) + " |")
    print("|---|" + "---|" * len(costs))
    for step in next(iter(costs.values())):
        cells = (
            f"{steps[step].seconds:.2f} s, {memory(steps[step]) / MEBIBYTE:.0f} MiB"
            for steps in costs.values()
        )
        print(f"| {step} | " + " | ".join(cells) + " |")


@contextmanager
def measured(costs: dict[str, Cost], step: str) -> Iterator[None]:
    """Measures a block, in this process."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before, started = _resident("VmRSS"), time.process_time()
    yield
    seconds, peak = time.process_time() - started, _resident("VmHWM")
    costs[step] = Cost(seconds, peak, peak - before)


def _resident(name: str) -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (size,) = (line.split()[1] for line in status.splitlines() if line.startswith(name))
    return int(size) * 1024
