"""What the collector remembers of an address, and what is left once it is erased."""

from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tasks.collect.exchange import FetchError, Outcome, Request, RequestKind
from tasks.collect.memory.database import StateHeldError
from tasks.collect.memory.erasing import erase_addresses
from tasks.collect.memory.pages import Page, page_key
from tasks.collect.memory.state import open_state
from tasks.collect.running.fetch_log import FETCH_LOG, FetchLog, fetch_of

NOW = 1_709_600_000.0
HOST = "harbourpost.example"
SECRET = f"https://{HOST}/2024/a-private-matter"
OTHER = f"https://{HOST}/2024/ferry"


def _page(url: str, *, ask_url: str | None = None, outlet: str = "harbour-post") -> Page:
    return Page(page_key(url), url, ask_url or url, HOST, outlet, NOW, NOW)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    moved = _page(f"https://{HOST}/short/1", ask_url=SECRET)
    with open_state(tmp_path) as state, state.transaction():
        state.pages.add([_page(SECRET), moved, _page(OTHER)], NOW)
    log = FetchLog(tmp_path / FETCH_LOG)
    at = datetime(2024, 3, 5, tzinfo=UTC)
    for url in (SECRET, OTHER):
        error = FetchError(Outcome.TIMED_OUT, "no answer")
        log.add(fetch_of(HOST, Request(url, RequestKind.PAGE), error, at, 1.0))
    log.write(at)
    return tmp_path


def test_an_erased_address_is_nowhere_and_never_asked_again(folder: Path) -> None:
    done = erase_addresses(folder, folder / FETCH_LOG, lambda url: url == SECRET, NOW)
    assert (done.waiting, done.logged) == (2, 1)
    with open_state(folder) as state:
        assert [page.url for page in state.pages.all()] == [OTHER]
        assert state.pages.is_settled(page_key(SECRET))
    (log,) = folder.glob(f"{FETCH_LOG}/*/*.parquet")
    assert pq.ParquetFile(log).read()["url"].to_pylist() == [OTHER]
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".parquet":
            assert b"a-private-matter" not in path.read_bytes()


def test_an_outlet_takes_all_that_waits_for_it(folder: Path) -> None:
    done = erase_addresses(folder, folder / FETCH_LOG, lambda _: False, NOW, "harbour-post")
    assert (done.waiting, done.logged) == (3, 0)


def test_a_collector_at_work_is_not_disturbed(folder: Path) -> None:
    with open_state(folder), pytest.raises(StateHeldError):
        erase_addresses(folder, folder / FETCH_LOG, lambda _: True, NOW)
