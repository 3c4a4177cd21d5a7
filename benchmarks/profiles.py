"""What the profiles of a landing day cost, by how many documents landed.

    python benchmarks/profiles.py [--documents 10000 100000 1000000]

The documents are made up: of 10,000 outlets, in batches of 700, judged 10,000 at a time. Each size
has a process of its own, and each group's profiles are written as where it is judged. Then the
day's files are joined, and its counts summed for the audit, which compares the day with as many as
it does, all alike. Prints CPU seconds, and by how much resident memory rose at most (Linux).
Imports are left out.
"""

import argparse
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
from step_costs import Cost, measured, print_rises

from schemas.drift import WINDOW_DAYS
from schemas.tables import STAGED
from tasks.storage.records import staged_states, write_staged
from tasks.storage.warehouse import Warehouse
from tasks.validate.audit import find_all
from tasks.validate.audit_state import LandedDay
from tasks.validate.profile_files import (
    ProfiledDay,
    ProfiledDays,
    join_profiles,
    sum_days,
    write_profiles,
)
from tasks.validate.profiles import PROFILED, profile_records

SIZES = [10_000, 100_000, 1_000_000]
DAY = date(2024, 3, 1)
OUTLETS, LANGUAGES = 10_000, 40
BATCH, GROUP = 700, 10_000
REJECTED = 0.04


def main() -> None:
    """Runs the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, nargs="+", default=SIZES)
    print_rises(_measure, parser.parse_args().documents)


def _measure(documents: int) -> dict[str, Cost]:
    costs: dict[str, Cost] = {}
    rng = np.random.default_rng(documents)
    with TemporaryDirectory() as name:
        warehouse = Warehouse(Path(name))
        for group in _groups(documents):
            staged = _made_up(rng, group)
            profiles = profile_records(staged, {}, dict.fromkeys(group, "crawl"), {})
            states = staged_states(warehouse, _stage(warehouse, group))
            with measured(costs, "a group's written"):
                write_profiles(warehouse, profiles, states)
        with measured(costs, "joined"):
            join_profiles(warehouse)
        (path,) = warehouse.profiles.iterdir()
        with measured(costs, "summed"):
            summed = sum_days(ProfiledDays(name, (ProfiledDay(DAY.isoformat(), (path.name,)),)))
        counts = pa.concat_tables(_days_like(summed)).to_pandas()
        with measured(costs, f"compared with {WINDOW_DAYS} days"):
            find_all(counts, [LandedDay("crawl", DAY)])
        print(f"{documents:,} documents: {len(counts):,} counts are compared", flush=True)
    return costs


def _days_like(summed: pa.Table) -> Iterator[pa.Table]:
    """Yields a day's counts, and the same of each day before it that the audit looks at."""
    place = summed.column_names.index("landing_date")
    for before in range(WINDOW_DAYS + 1):
        landed = pa.array([DAY - timedelta(days=before)] * summed.num_rows)
        yield summed.set_column(place, "landing_date", landed)


def _groups(documents: int) -> Iterator[dict[str, int]]:
    """Yields the batches that are judged together, and how many documents each has."""
    for first in range(0, documents, GROUP):
        starts = range(first, min(first + GROUP, documents), BATCH)
        yield {
            f"{start:016x}": min(BATCH, first + GROUP - start, documents - start)
            for start in starts
        }


def _stage(warehouse: Warehouse, group: dict[str, int]) -> list[str]:
    """Stages batches without records: profiles are of their states."""
    for batch_id in group:
        write_staged(warehouse, batch_id, [], {"state": batch_id})
    return list(group)


def _made_up(rng: np.random.Generator, group: dict[str, int]) -> pa.Table:
    """Makes up what profiles are made of."""
    rows = sum(group.values())
    outlets = rng.integers(0, OUTLETS, rows)
    is_rejected = rng.random(rows) < REJECTED
    columns = {
        "batch_id": np.repeat(list(group), list(group.values())),
        "fate": np.where(is_rejected, "rejected", "accepted"),
        "reasons": [["text_missing"] if each else [] for each in is_rejected],
        "url": [f"https://www.outlet{outlet}.example/{row}" for row, outlet in enumerate(outlets)],
        "article_id": [f"{row:020x}" for row in range(rows)],
        "outlet_id": [f"outlet-{outlet}" for outlet in outlets],
        "outlet_country": np.full(rows, "AZ"),
        "title": np.full(rows, "A title"),
        "language": [f"l{outlet % LANGUAGES}" for outlet in outlets],
        "word_count": np.exp(rng.normal(6, 0.7, rows)).astype("int32"),
        "published_date": [DAY] * rows,
        "published_precision": np.full(rows, "minute"),
        "raw_path": [f"crawl/{DAY}/{row}.warc.gz" for row in range(rows)],
        "landing_date": [DAY] * rows,
    }
    staged = pa.table(columns, schema=pa.schema([STAGED.schema.field(name) for name in PROFILED]))
    # No two have the same text.
    hashes = pa.array(np.arange(rows, dtype="uint64"))
    return staged.append_column("text_hash", hashes).append_column(
        "is_garbled", pa.array(np.full(rows, fill_value=False))
    )


if __name__ == "__main__":
    main()
