"""What a shard of the index costs, by how many records are in it.

    python benchmarks/shards.py [--records 62500 250000 1000000]

The entries are made up, without records: 3 % fetched again, 4 % quarantined, two years. Each size
has a process of its own. In it a shard is made of all its entries, and then again with a day more,
one entry in 730, as by each run that brings something for it. Prints CPU seconds, and by how much
resident memory rose at most (Linux). Imports are left out.
"""

import argparse
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from schemas.settings import MEBIBYTE
from tasks.publish.index import ENTRY, Entries
from tasks.publish.shard_files import Shard, read_entries_of, write_shard
from tasks.storage.sections import Head, read_head
from tasks.storage.warehouse import Warehouse

SIZES = [62_500, 250_000, 1_000_000]
DAYS, FIRST_DAY = 730, 19_000
REFETCHED, REJECTED = 0.03, 0.04
OUTLETS = 5_000
_DAY_US = 86_400_000_000


@dataclass(frozen=True)
class Cost:
    """What a step cost."""

    seconds: float
    rise_bytes: int


def main() -> None:
    """Runs the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, nargs="+", default=SIZES)
    costs = {}
    for records in parser.parse_args().records:
        with multiprocessing.get_context("spawn").Pool(1) as process:
            costs[records] = process.apply(_measure, (records,))
    print("| step | " + " | ".join(f"{records:,}" for records in costs) + " |")
    print("|---|" + "---|" * len(costs))
    for step in next(iter(costs.values())):
        cells = (
            f"{steps[step].seconds:.2f} s, {steps[step].rise_bytes / MEBIBYTE:.0f} MiB"
            for steps in costs.values()
        )
        print(f"| {step} | " + " | ".join(cells) + " |")


def _measure(records: int) -> dict[str, Cost]:
    costs: dict[str, Cost] = {}
    rng = np.random.default_rng(records)
    with TemporaryDirectory() as folder:
        path = Path(folder, "shard")
        # Nothing is read of a warehouse, since no two fetches of an article are alike.
        write = partial(write_shard, Warehouse(Path(folder)), path, {}, ())
        entries = _made_up(rng, records, FIRST_DAY, DAYS)
        with _measured(costs, "made of all"):
            write(entries)
        day = _made_up(rng, records // DAYS, FIRST_DAY + DAYS - 1, 1)
        del entries
        with _measured(costs, "made again with a day more"):
            write(np.concatenate([read_entries_of(Shard(_head(path))), day]))
    return costs


def _made_up(rng: np.random.Generator, records: int, first_day: int, days: int) -> Entries:
    entries = np.zeros(records, ENTRY)
    entries["row"] = np.arange(records)
    entries["digest"] = np.frombuffer(rng.bytes(32 * records), "V32")
    entries["is_article"] = rng.random(records) >= REJECTED
    entries["id_head"] = rng.integers(1, 2**63, records)
    again = np.flatnonzero(rng.random(records) < REFETCHED)
    entries["id_head"][again] = entries["id_head"][rng.integers(0, records, len(again))]
    entries["landing_date"] = first_day + np.sort(rng.integers(0, days, records))
    entries["published_date"] = entries["landing_date"]
    starts = entries["landing_date"].astype(np.int64) * _DAY_US
    entries["published_at"] = starts + rng.integers(0, _DAY_US, records)
    entries["fetched_at"] = starts + _DAY_US + np.arange(records)
    outlets = rng.integers(0, OUTLETS, records)
    entries["outlet_name"], entries["outlet"] = outlets + 10, outlets + 10_000
    return entries


def _head(path: Path) -> Head:
    head = read_head(path)
    assert head is not None
    return head


@contextmanager
def _measured(costs: dict[str, Cost], step: str) -> Iterator[None]:
    """Measures a block: CPU of this process, and by how much its resident memory rose at most."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before, started = _resident("VmRSS"), time.process_time()
    yield
    costs[step] = Cost(time.process_time() - started, _resident("VmHWM") - before)


def _resident(name: str) -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (size,) = (line.split()[1] for line in status.splitlines() if line.startswith(name))
    return int(size) * 1024


if __name__ == "__main__":
    main()
