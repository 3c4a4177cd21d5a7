"""Collecting into a store: each page is there exactly once, and no object is ever written twice."""

import multiprocessing
import os
import signal
from collections import Counter
from pathlib import Path

import pytest

from tasks.collect.archive.rebuilding import rebuild_seen
from tasks.collect.archive.recovery import recover
from tasks.collect.archive.warc_writer import WarcWriter
from tasks.collect.memory.state import State, open_state
from tasks.storage.locations import parse_location
from tasks.storage.object_store import ObjectStore
from tests.collected import (
    AT,
    FatalBoundaries,
    boundaries,
    example_newspaper,
    gathered,
    stored_urls,
    waiting_page,
)
from tests.servers import S3Server
from tests.storage_s3.conftest import Bucket, make_bucket
from tests.storage_s3.test_command import newsmill

# The campaign kills some 220 processes, the commands start a Prefect server.
pytestmark = pytest.mark.timeout(1800)
_URLS = [f"https://site.example/a/{number}" for number in range(4)]
# Some two pages: the third begins another file.
_MAX_BYTES = 2_500


def _find(folder: Path) -> None:
    with open_state(folder) as state, state.transaction():
        state.pages.add([waiting_page(url) for url in _URLS], AT.timestamp())


def _collect(raw: Path, state: State) -> None:
    recover(raw, state)
    writer = WarcWriter(raw, state, (("software", "newsmill"),), max_bytes=_MAX_BYTES)
    for page in state.pages.waiting("site.example", 0, AT.timestamp(), 9, None):
        writer.store([gathered(page)], AT)
    writer.seal()


def _collect_until(url: str, folder: Path, moment: int, environment: dict[str, str]) -> None:
    """Collects in this process, which is killed at a moment."""
    # That of the server that it was forked of may be older than the bucket.
    os.environ.update(environment)
    counted = FatalBoundaries()
    with pytest.MonkeyPatch.context() as patched, boundaries(patched, counted):
        patched.setattr(ObjectStore, "put_new", counted.around(ObjectStore.put_new))
        with open_state(folder) as state:
            counted.kill_at = counted.passed + moment
            _collect(parse_location(url), state)


def _download(bucket: Bucket, prefix: str, folder: Path) -> Path:
    for name in bucket.names(prefix):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bucket.get(name))
    return folder / prefix


@pytest.mark.parametrize("stride", [17, pytest.param(1, marks=pytest.mark.campaign)])
def test_a_page_is_in_the_store_exactly_once_whatever_moment_kills(
    bucket: Bucket, tmp_path: Path, stride: int
) -> None:
    # A process that has the libraries, and nothing of a store: its children die, not the test.
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload([__name__])
    moment, status = 0, -signal.SIGKILL
    while status == -signal.SIGKILL:
        moment += stride
        prefix, folder = f"raw{moment}", tmp_path / f"state{moment}"
        raw = parse_location(f"{bucket.url}/{prefix}")
        _find(folder)
        child = processes.Process(
            target=_collect_until, args=(str(raw), folder, moment, dict(os.environ))
        )
        child.start()
        child.join()
        status = child.exitcode or 0
        with open_state(folder) as state:
            _collect(raw, state)
            state.accounts.read().check()
        assert stored_urls(_download(bucket, prefix, tmp_path)) == Counter(_URLS), moment
        assert len(bucket.versions(prefix)) == len(bucket.names(prefix)) == 2, moment
        assert not list((folder / "spool").glob("*/*/.*")), moment
    assert status == 0
    assert moment > 40


def test_what_another_has_put_there_is_not_overwritten(bucket: Bucket, tmp_path: Path) -> None:
    raw = parse_location(f"{bucket.url}/raw")
    _find(tmp_path / "state")
    with open_state(tmp_path / "state") as state:
        writer = WarcWriter(raw, state, ())
        writer.store([gathered(waiting_page(_URLS[0]))], AT)
        (file,) = state.files
        bucket.put(f"raw/{file.folder}/{file.name}", b"another's")
        with pytest.raises(FileExistsError, match="raw/ never changes"):
            writer.seal()
        assert bucket.get(f"raw/{file.folder}/{file.name}") == b"another's"
        assert list(state.files)


def test_what_is_stored_is_remembered_again_from_the_store(bucket: Bucket, tmp_path: Path) -> None:
    raw = parse_location(f"{bucket.url}/raw")
    _find(tmp_path / "state")
    with open_state(tmp_path / "state") as state:
        _collect(raw, state)
    with open_state(tmp_path / "other") as state:
        found = rebuild_seen(raw / "collect", state, AT.timestamp())
        assert (found.files, found.pages, found.new, found.faults) == (2, 4, 4, ())


@pytest.mark.campaign
def test_the_commands_collect_into_a_store(
    s3: S3Server, served: dict[str, str], tmp_path: Path
) -> None:
    bucket = make_bucket(s3)
    with example_newspaper(tmp_path) as sources:
        given = ("--sources", str(sources), "--raw", f"{bucket.url}/raw")
        first = newsmill(served, "collect", *given, "--state", str(tmp_path / "state"))
        assert first.returncode == 0, first.stderr
        assert len(stored_urls(_download(bucket, "raw", tmp_path))) == 12
        other = ("--state", str(tmp_path / "other"))
        rebuilt = newsmill(served, "collect", "rebuild-state", *given, *other)
        assert "12 pages, 12 of them not known before" in rebuilt.stdout, rebuilt.stderr
        again = newsmill(served, "collect", *given, *other)
        assert again.returncode == 0, again.stderr
        assert len(bucket.names("raw/")) == 1
