"""Erasing addresses from what the collector remembers and has logged.

Digests of addresses stay (`seen`), so that none of them is asked again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tasks.collect.exchange import Outcome
from tasks.collect.memory.pages import Page, Settled
from tasks.collect.memory.state import open_state

# Whether an address is to be erased.
IsNamed = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class ErasedAddresses:
    """What was erased.

    Attributes:
        waiting: pages that were still to be fetched.
        logged: rows of the fetch log.
    """

    waiting: int
    logged: int


def erase_addresses(
    folder: Path, fetch_log: Path, is_named: IsNamed, now: float, outlet_id: str | None = None
) -> ErasedAddresses:
    """Takes addresses out of the state and the fetch log, and settles those that wait.

    Args:
        folder: of the state.
        fetch_log: of the rows of requests.
        is_named: tells of an address.
        now: epoch seconds.
        outlet_id: whose waiting pages are all taken; None for no outlet's.

    Raises:
        StateHeldError: a collector works with the state.
        StateVersionError: it was made by another version.
        OSError: it cannot be read or written; erase again.
    """

    def is_taken(page: Page) -> bool:
        addresses = (page.url, page.ask_url, *page.trail)
        return page.outlet == outlet_id or any(map(is_named, addresses))

    with open_state(folder) as state:
        with state.transaction(synced=True):
            pages = [page for page in state.pages.all() if is_taken(page)]
            state.pages.settle([Settled(page, Outcome.EXCLUDED) for page in pages], now)
        if pages:
            state.overwrite_free_space()
    logged = sum(_filter(path, is_named) for path in sorted(fetch_log.glob("*/*.parquet")))
    return ErasedAddresses(waiting=len(pages), logged=logged)


def _filter(path: Path, is_named: IsNamed) -> int:
    """Writes a file of the fetch log again without some addresses; returns how many rows went."""
    rows = pq.ParquetFile(path).read()
    details = rows["detail"].to_pylist()
    stays = [
        not (is_named(url) or any(map(is_named, (detail or "").split())))
        for url, detail in zip(rows["url"].to_pylist(), details, strict=True)
    ]
    if all(stays):
        return 0
    temporary = path.with_name(f".{path.name}.tmp")
    pq.write_table(rows.filter(pa.array(stays)), temporary, compression="zstd")
    temporary.rename(path)
    return stays.count(False)
