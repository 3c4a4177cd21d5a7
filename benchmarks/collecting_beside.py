"""What a run with nothing new costs beside a collector that is at work, and without one.

    python benchmarks/collecting_beside.py [--turns 6]

The made-up newspaper of examples/collecting is served on loopback, collected, and published. Then
three runs that find nothing new are made by turns without a collector, and beside one that goes on.
Prints CPU seconds of a run, least and median. Exit status 1 where it costs more than 5 % more.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

EXAMPLES = Path(__file__).parents[1] / "examples" / "collecting"
NEWSMILL = Path(sys.executable).with_name("newsmill")
MOST = 1.05
_RUNS = 3
# So long it takes until a collector is at work.
_START_S = 12.0


def main() -> None:
    """Runs the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--turns", type=int, default=6)
    turns = parser.parse_args().turns
    alone: list[float] = []
    beside: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(EXAMPLES / "sources.toml", folder)
        with _started(folder, sys.executable, str(EXAMPLES / "world.py")):
            time.sleep(1.0)
            _spent(folder, "collect")
            _spent(folder, "run")
            for _ in range(turns):
                alone += [_spent(folder, "run") for _ in range(_RUNS)]
                with _started(folder, str(NEWSMILL), "collect", "--follow"):
                    time.sleep(_START_S)
                    beside += [_spent(folder, "run") for _ in range(_RUNS)]
    for words, spent in (("alone", alone), ("beside a collector", beside)):
        print(f"{words}: {min(spent):.2f} / {median(spent):.2f} s of CPU")
    sys.exit(0 if median(beside) <= MOST * median(alone) else 1)


@contextmanager
def _started(folder: Path, *command: str) -> Iterator[None]:
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.terminate()


def _spent(folder: Path, command: str) -> float:
    """Returns the CPU seconds of a command of newsmill."""
    process = subprocess.Popen([NEWSMILL, command], cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"newsmill {command} failed")
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
