"""What tests of collecting share: pages to store, kills at each boundary, reading raw/ again."""

import fcntl
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from tasks.collect.archive.warc_records import ArchivedPage
from tasks.collect.archive.warc_writer import Gathered
from tasks.collect.exchange import Answer, Outcome
from tasks.collect.memory.pages import Page, Settled, page_key
from tasks.collect.memory.state import State
from tests.conftest import PROJECT

EXAMPLE = PROJECT / "examples/collecting"
AT = datetime(2026, 3, 2, 10, tzinfo=UTC)


class KilledError(BaseException):
    """The process would be gone here."""


def answer_of(url: str, body: bytes = b"<p>Text.</p>", **given: Any) -> Answer:
    """An answer as a client gives it."""
    known: dict[str, Any] = {
        "url": url,
        "status": 200,
        "reason": "OK",
        "http_version": "HTTP/1.1",
        "headers": ((b"Content-Type", b"text/html"),),
        "body": body,
        "ip_address": "192.0.2.1",
        "started_at": AT,
        "ended_at": AT,
    }
    return Answer(**{**known, **given})


def waiting_page(url: str, outlet: str = "harbour-post") -> Page:
    """A page that was just found."""
    host = url.split("/")[2]
    at = AT.timestamp()
    return Page(page_key(url), url, url, host, outlet, at, at)


def gathered(page: Page, group: str = "collect") -> Gathered:
    """A page that was just fetched."""
    content = ArchivedPage(answer_of(page.url), (), (("collect.outlet", page.outlet),))
    return Gathered(group, content, Settled(page, Outcome.STORED))


def stored_urls(raw: Path) -> Counter[str]:
    """The pages that are in raw/, by how often they are there; digests and framing are checked."""
    found: Counter[str] = Counter()
    for path in sorted(raw.glob("*/*/[!.]*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                record.content_stream().read()
                if record.rec_type == "response":
                    found[record.rec_headers.get_header("WARC-Target-URI")] += 1
    return found


@contextmanager
def example_newspaper(folder: Path) -> Iterator[Path]:
    """Serves the example's newspaper on a port of its own; gives its sources file in a folder."""
    command = [sys.executable, EXAMPLE / "world.py", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as world:
        try:
            assert world.stdout is not None
            port = re.search(r":(\d+)/", world.stdout.readline())
            assert port
            file = folder / "sources.toml"
            text = (EXAMPLE / "sources.toml").read_text(encoding="utf-8")
            file.write_text(text.replace("8070", port[1]), encoding="utf-8")
            yield file
        finally:
            world.kill()


def add_denied_feed(sources: Path) -> None:
    """Adds an outlet whose feed the newspaper's robots.txt forbids."""
    text = sources.read_text(encoding="utf-8")
    newspaper = re.search(r'feeds = \["(.*)/rss"\]', text)
    assert newspaper
    feed = f"{newspaper[1]}/search/rss"
    text += f'\n[[outlet]]\nid = "gull-echo"\nfeeds = ["{feed}"]\n'
    sources.write_text(text, encoding="utf-8")


class Boundaries:
    """Counts what reaches the disk, and kills at one of the moments before or after."""

    def __init__(self) -> None:
        self.passed = 0
        self.kill_at: int | None = None
        self._locked: list[int] = []

    def open(self, path: str | Path, *arguments: Any) -> int:
        """Opens as `os.open` does; what is written lets go of its lock when the process is gone."""
        descriptor = _open(path, *arguments)
        if str(path).endswith(".open"):
            self._locked.append(os.dup(descriptor))
        return descriptor

    def end_process(self) -> None:
        """Lets go of what the system would let go of for a process that is gone."""
        for descriptor in self._locked:
            fcntl.flock(descriptor, fcntl.LOCK_UN)
            os.close(descriptor)
        self._locked.clear()

    def step(self) -> None:
        self.passed += 1
        if self.passed == self.kill_at:
            self.kill()

    def kill(self) -> None:
        """Ends what runs, as far as one process can play its own death."""
        raise KilledError

    def around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*arguments: Any, **options: Any) -> Any:
            self.step()
            result = call(*arguments, **options)
            self.step()
            return result

        return stepped


class FatalBoundaries(Boundaries):
    """Kills the process for good."""

    def kill(self) -> None:
        """SIGKILL."""
        os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def boundaries(
    monkeypatch: pytest.MonkeyPatch, counted: Boundaries | None = None
) -> Iterator[Boundaries]:
    """Counts the boundaries of the block."""
    counted = counted or Boundaries()
    transaction = State.transaction

    @contextmanager
    def stepped(state: State, *, synced: bool = False) -> Iterator[None]:
        with transaction(state, synced=synced):
            yield
            counted.step()
        counted.step()

    def halved(descriptor: int, content: bytes, position: int) -> int:
        """Writes half: the next call writes the rest, unless the process is gone."""
        counted.step()
        return _pwrite(descriptor, content[: len(content) // 2 or len(content)], position)

    with monkeypatch.context() as patched:
        for name in ("fdatasync", "fsync", "ftruncate"):
            patched.setattr(os, name, counted.around(getattr(os, name)))
        patched.setattr(os, "open", counted.open)
        patched.setattr(os, "pwrite", halved)
        patched.setattr(Path, "rename", counted.around(Path.rename))
        patched.setattr(State, "transaction", stepped)
        yield counted


_open, _pwrite = os.open, os.pwrite
