"""What a collector's memory of addresses costs, by how many it has seen.

    python benchmarks/collecting_state.py [--addresses 1000000 2000000 5000000]

The addresses are remembered by the collector's own state, as where it is rebuilt. A process of its
own then opens the state and asks for a hundred thousand of them, in any order. Prints the state's
size on the disk, the seconds to open it, microseconds of CPU an address, and the highest resident
memory of that process, with all that a collector imports (Linux).
"""

import argparse
import importlib
import multiprocessing
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tasks.collect.memory.pages import page_key
from tasks.collect.memory.state import open_state

_AT_ONCE = 10_000
_ASKED = 100_000


def main() -> None:
    """Runs the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--addresses", type=int, nargs="+", default=[1_000_000, 2_000_000, 5_000_000]
    )
    known = 0
    with tempfile.TemporaryDirectory() as folder:
        for addresses in sorted(parser.parse_args().addresses):
            _remember(Path(folder), known, addresses)
            known = addresses
            with multiprocessing.get_context("spawn").Pool(1) as process:
                print(process.apply(_ask, (Path(folder), known)), flush=True)


def _remember(folder: Path, first: int, last: int) -> None:
    with open_state(folder) as state:
        for start in range(first, last, _AT_ONCE):
            with state.transaction():
                state.pages.remember(_keys(range(start, min(start + _AT_ONCE, last))), 0.0)


def _keys(numbers: range) -> Iterator[bytes]:
    return (page_key(f"https://site{number % 200}.example/{number}") for number in numbers)


def _ask(folder: Path, known: int) -> str:
    """Says what it costs to ask for addresses that are known."""
    importlib.import_module("tasks.collect.running.equipment")
    chance = random.Random(1)
    begin = time.monotonic()
    with open_state(folder) as state:
        opened_s = time.monotonic() - begin
        spent = time.process_time()
        for _ in range(_ASKED):
            number = chance.randrange(known)
            (key,) = _keys(range(number, number + 1))
            assert state.pages.is_settled(key)
        spent = time.process_time() - spent
    disk = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
    # Not that of getrusage(2), which begins with the memory of the process that started this one.
    peak = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) // 1024
    return (
        f"{known:,} addresses: {disk / 1e6:.0f} MB on the disk, open in {1_000 * opened_s:.0f} ms,"
        f" {1e6 * spent / _ASKED:.0f} us an address, {peak} MB"
    )


if __name__ == "__main__":
    main()
