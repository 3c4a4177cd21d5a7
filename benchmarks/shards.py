"""What a shard of the index costs, by how many records are in it.

    python benchmarks/shards.py [--records 62500 250000 1000000]

The entries are made up, without records: 3 % fetched again, 4 % quarantined, two years. Each size
has a process of its own. In it a shard is made of all its entries. Then one entry in 730, a day,
comes to it, as with each run that brings something for it: it is put over the shard; then over the
shard and an overlay that is nearly as large as it may be; then the shard is made whole. Prints CPU
seconds, and by how much resident memory rose at most (Linux). Imports are left out.
"""

import argparse
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from step_costs import Cost, measured, print_rises

from tasks.publish.index import ENTRY, Entries
from tasks.publish.overlays import write_overlay
from tasks.publish.shard_files import (
    Shard,
    find_shard,
    overlay_name,
    read_entries_of,
    shard_name,
    write_shard,
)
from tasks.storage.warehouse import Warehouse

SIZES = [62_500, 250_000, 1_000_000]
DAYS, FIRST_DAY = 730, 19_000
REFETCHED, REJECTED = 0.03, 0.04
OUTLETS = 5_000
_DAY_US = 86_400_000_000


def main() -> None:
    """Runs the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, nargs="+", default=SIZES)
    print_rises(_measure, parser.parse_args().records)


def _measure(records: int) -> dict[str, Cost]:
    costs: dict[str, Cost] = {}
    rng = np.random.default_rng(records)
    with TemporaryDirectory() as name:
        folder = Path(name)
        path, over = folder / shard_name(0, 1), folder / overlay_name(0, 1)
        # Nothing is read of a warehouse, since no two fetches of an article are alike.
        write = partial(write_shard, Warehouse(folder), path, {"made_of": ""}, ())
        put = partial(write_overlay, Warehouse(folder), over, "", ())
        entries = _made_up(rng, records, FIRST_DAY, DAYS)
        with measured(costs, "made of all"):
            write(entries)
        del entries
        days = (_made_up(rng, records // DAYS, FIRST_DAY + DAYS + n, 1) for n in count())
        with measured(costs, "a day put over it"):
            put(_shard(folder), (), next(days))
        for day in days:
            with measured(costs, "a day put over it and other days"):
                is_put = put(_shard(folder), (), day)
            if not is_put:
                break
            kept = costs["a day put over it and other days"]
        costs["a day put over it and other days"] = kept
        with measured(costs, "made whole with these"):
            write(np.concatenate([read_entries_of(_shard(folder)), day]))
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


def _shard(folder: Path) -> Shard:
    shard = find_shard(folder, 0, 1)
    assert shard is not None
    return shard


if __name__ == "__main__":
    main()
