"""Each page is in raw/ exactly once, whatever moment the collector is killed at."""

import fcntl
import os
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsmill.collect import collect
from tasks.collect.archive.recovery import NotLostError, give_up_lost, recover
from tasks.collect.archive.warc_writer import WarcWriter
from tasks.collect.memory.state import State, open_state
from tasks.read.warc.warc_file import read_warc_file
from tasks.read.warc.warc_records import BrokenRecord, WarcRecord
from tests.collected import (
    AT,
    Boundaries,
    KilledError,
    boundaries,
    gathered,
    stored_urls,
    waiting_page,
)

_URLS = [f"https://site{number % 3}.example/a/{number}" for number in range(9)]
# Some three pages: the fourth begins another file.
_MAX_BYTES = 4_000


def _find(state: State) -> None:
    with state.transaction():
        state.pages.add([waiting_page(url) for url in _URLS], AT.timestamp())


def _collect(raw: Path, state: State, *, max_bytes: int = _MAX_BYTES) -> None:
    """Stores what waits, as a run does: recovery first, page by page, sealed at the end."""
    recover(raw, state)
    writer = WarcWriter(raw, state, (("software", "newsmill"),), max_bytes=max_bytes)
    for number in range(3):
        pages = state.pages.waiting(f"site{number}.example", 0, AT.timestamp(), 9, None)
        for page in pages:
            group = "desk" if number == 2 else "collect"
            writer.store([gathered(page, group)], AT)
    writer.seal()


def _killed_at(raw: Path, folder: Path, moment: int, counted: Boundaries) -> bool:
    """Collects until a moment; whether that moment came."""
    counted.passed, counted.kill_at = 0, moment
    try:
        with open_state(folder) as state:
            _collect(raw, state)
    except KilledError:
        return True
    finally:
        counted.kill_at = None
        counted.end_process()
    return False


def test_a_page_is_stored_exactly_once_whatever_moment_kills(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = 0
    with boundaries(monkeypatch) as counted:
        is_killed = True
        while is_killed:
            moment += 1
            raw, folder = tmp_path / f"raw{moment}", tmp_path / f"state{moment}"
            raw.mkdir()
            with open_state(folder) as state:
                _find(state)
            is_killed = _killed_at(raw, folder, moment, counted)
            with open_state(folder) as state:
                _collect(raw, state)
                state.accounts.read().check()
            assert stored_urls(raw) == Counter(_URLS), moment
            assert not list(raw.glob("*/*/.*")), moment
    assert moment > 50


def test_what_a_full_disk_left_is_not_sealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [waiting_page(url) for url in _URLS[:2]]
    with open_state(tmp_path / "state") as state:
        _find(state)
        writer = WarcWriter(tmp_path, state, ())
        writer.store([gathered(pages[0])], AT)
        pwrite = os.pwrite

        def fill(descriptor: int, content: bytes, position: int) -> int:
            pwrite(descriptor, content[:100], position)
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patched:
            patched.setattr(os, "pwrite", fill)
            with pytest.raises(OSError, match="No space"):
                writer.store([gathered(pages[1])], AT)
        writer.seal()
        assert stored_urls(tmp_path) == Counter(_URLS[:1])
        assert state.pages.is_waiting(pages[1].key)


def test_what_is_being_written_is_hidden_and_what_is_sealed_never_changes(tmp_path: Path) -> None:
    with open_state(tmp_path / "state") as state:
        _find(state)
        writer = WarcWriter(tmp_path / "raw", state, ())
        writer.store([gathered(waiting_page(_URLS[0]))], AT)
        assert not list((tmp_path / "raw").glob("*/*/[!.]*"))
        (sealed,) = writer.seal()
        before = sealed.read_bytes()
        writer.store([gathered(waiting_page(_URLS[1]))], AT)
        writer.seal()
        assert sealed.read_bytes() == before
    assert len(list((tmp_path / "raw").glob("collect/2026-03-02/NEWSMILL-*.warc.gz"))) == 2


def test_a_page_of_the_next_day_begins_a_file_of_its_day(tmp_path: Path) -> None:
    with open_state(tmp_path / "state") as state:
        _find(state)
        writer = WarcWriter(tmp_path / "raw", state, ())
        writer.store([gathered(waiting_page(_URLS[0]))], AT)
        writer.store([gathered(waiting_page(_URLS[1]))], AT + timedelta(days=1))
        writer.seal()
    days = {path.parent.name for path in (tmp_path / "raw").glob("collect/*/*.warc.gz")}
    assert days == {"2026-03-02", "2026-03-03"}


def test_open_files_of_a_collector_at_work_are_left_alone(tmp_path: Path) -> None:
    hidden = tmp_path / "raw/collect/2026-03-02"
    hidden.mkdir(parents=True)
    written, left = (
        hidden / f".NEWSMILL-2026030210000{number}-00000.warc.gz.open" for number in (1, 2)
    )
    left.write_bytes(b"of a collector whose state is lost")
    with written.open("wb") as file, open_state(tmp_path / "state") as state:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX)
        recovery = recover(tmp_path / "raw", state)
    assert recovery.removed == (left,)
    assert written.exists()


def test_a_file_that_lost_pages_is_told(tmp_path: Path) -> None:
    with open_state(tmp_path / "state") as state:
        _find(state)
        WarcWriter(tmp_path / "raw", state, ()).store([gathered(waiting_page(_URLS[0]))], AT)
    (hidden,) = (tmp_path / "raw").glob("*/*/.*")
    os.truncate(hidden, 10)
    with open_state(tmp_path / "state") as state:
        assert len(recover(tmp_path / "raw", state).lost) == 1
        assert hidden.exists()


def _lose(folder: Path, left: float | None = None) -> str:
    """Stores two pages in a file and loses it, or all but a share of it; returns its name."""
    with open_state(folder / "state") as state:
        _find(state)
        writer = WarcWriter(folder / "raw", state, ())
        for url in _URLS[:2]:
            writer.store([gathered(waiting_page(url))], AT)
    (hidden,) = (folder / "raw").glob("*/*/.*")
    if left is None:
        hidden.unlink()
    else:
        os.truncate(hidden, int(hidden.stat().st_size * left))
    with open_state(folder / "state") as state:
        (name,) = recover(folder / "raw", state).lost
    return name


@pytest.mark.parametrize("left", [None, 0.0, 0.9])
def test_a_lost_file_is_given_up_and_what_is_whole_is_kept(
    tmp_path: Path, left: float | None
) -> None:
    name = _lose(tmp_path, left)
    with open_state(tmp_path / "state") as state:
        assert [file.pages for file in give_up_lost(tmp_path / "raw", state, [name])] == [2]
        assert recover(tmp_path / "raw", state).lost == ()
        assert not list(state.files)
    files = list((tmp_path / "raw").glob("*/*/*"))
    assert files == ([tmp_path / "raw" / name] if left else [])
    for file in files:
        with file.open("rb") as opened:
            *whole, last = read_warc_file(opened, 10**6, 1000.0)
        assert "response" in {
            one.fields["warc-type"] for one in whole if isinstance(one, WarcRecord)
        }
        assert isinstance(last, BrokenRecord), "a run tells the rest"


def test_only_what_is_lost_is_given_up(tmp_path: Path) -> None:
    name = _lose(tmp_path)
    with open_state(tmp_path / "state") as state:
        with pytest.raises(NotLostError, match="another"):
            give_up_lost(tmp_path / "raw", state, [name, "collect/another"])
        assert recover(tmp_path / "raw", state).lost == (name,)
    said = CliRunner().invoke(
        collect,
        ["give-up-lost", name, "--raw", f"{tmp_path / 'raw'}", "--state", f"{tmp_path / 'state'}"],
    )
    assert said.output == f"{name}: given up; its 2 pages count as stored\n"


def test_a_lost_file_that_is_put_back_is_no_more_lost(tmp_path: Path) -> None:
    name = _lose(tmp_path)
    (tmp_path / "raw" / name).write_bytes(b"a copy")
    with open_state(tmp_path / "state") as state:
        assert recover(tmp_path / "raw", state).lost == ()
        assert not list(state.files)
