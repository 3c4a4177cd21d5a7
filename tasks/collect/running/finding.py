"""Addresses that are found outside of polls: in lists, and in a backfill's catalogues."""

from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import urldefrag

from tasks.collect.memory.pages import LISTED, Page, Settled, page_key
from tasks.collect.memory.state import State
from tasks.collect.planning.outlets import CollectPlan, OutletPlan, host_key
from tasks.collect.running.shown import ShownEntry

_AT_ONCE = 1_000


def find_listed(plan: CollectPlan, state: State, now: float) -> int:
    """Takes in the addresses of all lists; returns how many are new."""
    before = state.accounts.read().found
    for planned in plan.outlets.values():
        find_entries(planned, state, map(ShownEntry, planned.listed), now, LISTED)
    return state.accounts.read().found - before


def find_entries(
    planned: OutletPlan, state: State, entries: Iterable[ShownEntry], now: float, rank: int
) -> list[Page]:
    """Takes in addresses that are asked after all that is found by schedule.

    Args:
        planned: whose they are.
        state: takes them in.
        entries: the addresses.
        now: epoch seconds.
        rank: LISTED or BACKFILL.

    Returns:
        Those that nobody had found before, and that are to be asked.
    """
    asked: list[Page] = []
    left = iter(entries)
    while some := list(islice(left, _AT_ONCE)):
        pages = {page.key: page for page in _pages(planned, some, now, rank)}
        new = [page for page in pages.values() if not _is_known(state, page.key)]
        judged = [(page, planned.judge(page.url)) for page in new]
        settled = [Settled(page, outcome) for page, outcome in judged if outcome]
        with state.transaction():
            state.pages.add(new, now)
            state.pages.settle(settled, now)
        asked += [page for page, outcome in judged if outcome is None]
    return asked


def _pages(
    planned: OutletPlan, entries: Iterable[ShownEntry], now: float, rank: int
) -> Iterator[Page]:
    for entry in entries:
        url = urldefrag(entry.url).url
        yield Page(
            key=page_key(url),
            url=url,
            ask_url=url,
            host=host_key(url) or "",
            outlet=planned.outlet.id,
            found_at=now,
            due=now,
            rank=rank,
            fields=entry.fields,
        )


def _is_known(state: State, key: bytes) -> bool:
    return state.pages.is_settled(key) or state.pages.is_waiting(key)
