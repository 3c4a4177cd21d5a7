"""Archives come from the web through the guard, whole, whatever breaks off."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from tasks.collect.exchange import FetchError, Outcome
from tasks.collect.guard import Guard
from tasks.collect.importing.downloads import Downloader
from tasks.collect.importing.outcomes import ImportOutcome
from tests.unit.collect.importing.conftest import Import, page_record
from tests.unit.collect.web import IDENTITY, Handler, Site, WallClock, ok, serve
from tests.unit.read.archives import lay_out

_CONTENT = bytes(range(256)) * 2_000
_PARTIAL = "206 Partial Content"


class _Clock(WallClock):
    """Waits for nothing, and remembers how long."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


class _Breaking:
    """Serves a part of what is asked for, and hangs up."""

    def __init__(self, sizes: list[int], *fields: str) -> None:
        self.site: Site | None = None
        self._sizes = sizes
        self._fields = fields

    async def __call__(self, writer: asyncio.StreamWriter) -> None:
        assert self.site
        head = self.site.heads[-1].lower()
        start = int(head.split("range: bytes=")[1].split("-")[0]) if "\r\nrange:" in head else 0
        size = self._sizes.pop(0)
        rest = ok(_CONTENT[start:], *self._fields, status=_PARTIAL if start else "200 OK")
        whole = len(rest) - len(_CONTENT[start:])
        writer.write(rest[: whole + size])
        await writer.drain()
        writer.close()


def _download(
    handler: bytes | Handler, path: Path, *, is_allowed: bool = True
) -> tuple[Site, list[float]]:
    clock = _Clock()

    async def run() -> Site:
        async with serve({"/a": handler, "/moved": _redirect("/a")}) as site:
            if isinstance(handler, _Breaking):
                handler.site = site
            guard = Guard(allowed=[site.pair] if is_allowed else [])
            downloader = Downloader(IDENTITY, guard, clock)
            await asyncio.to_thread(downloader.download, site.url("/moved"), path)
            return site

    return asyncio.run(run()), clock.slept


def _redirect(target: str) -> bytes:
    return ok(b"", f"Location: {target}", status="302 Found")


def test_what_breaks_off_goes_on_where_it_broke_off(tmp_path: Path) -> None:
    site, slept = _download(_Breaking([100_000, 5, 600_000], 'ETag: "1"'), tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == _CONTENT
    asked = [head.lower() for head in site.heads if head.startswith("GET /a ")]
    assert ["range: bytes=100000-" in head for head in asked] == [False, True, False]
    assert "range: bytes=100005-" in asked[2]
    assert 'if-range: "1"' in asked[2]
    assert len(slept) == 2


def test_without_a_validator_it_is_asked_for_whole_again(tmp_path: Path) -> None:
    site, _ = _download(_Breaking([100_000, 600_000]), tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == _CONTENT
    assert not any("range:" in head.lower() for head in site.heads)


@pytest.mark.parametrize(
    ("answer", "outcome", "waits"),
    [
        (ok(b"", status="404 Not Found"), Outcome.HTTP_4XX, []),
        (ok(b"", status="500 Oh"), Outcome.HTTP_5XX, [2, 10, 60, 300]),
        (ok(b"", "Retry-After: 90", status="503 Busy"), Outcome.RATE_LIMITED, [90, 90, 90, 300]),
    ],
    ids=["404", "500", "503"],
)
def test_a_server_that_refuses_is_asked_again_as_it_wants(
    tmp_path: Path, answer: bytes, outcome: Outcome, waits: list[float]
) -> None:
    clock = _Clock()

    async def run() -> None:
        async with serve({"*": answer}) as site:
            downloader = Downloader(IDENTITY, Guard(allowed=[site.pair]), clock)
            with pytest.raises(FetchError) as raised:
                await asyncio.to_thread(downloader.download, site.url("/a"), tmp_path / "a")
            assert raised.value.outcome is outcome

    asyncio.run(run())
    assert clock.slept == waits


def test_the_guard_judges_where_an_archive_lies(tmp_path: Path) -> None:
    with pytest.raises(FetchError) as raised:
        _download(ok(_CONTENT), tmp_path / "a", is_allowed=False)
    assert raised.value.outcome is Outcome.PRIVATE_ADDRESS


def test_a_list_on_the_web_is_imported_and_what_is_not_there_is_told(
    tmp_path: Path, run_import: Import
) -> None:
    archive = lay_out([page_record("/a")], "gz")
    pages = {
        "/warc.paths": ok(b"crawl/a.warc.gz\ncrawl/b.warc.gz\n", kind="text/plain"),
        "/crawl/a.warc.gz": ok(archive, kind="application/octet-stream"),
        "/crawl/b.warc.gz": ok(b"", status="404 Not Found"),
    }

    async def served(call: Callable[[Site], object]) -> object:
        async with serve(pages) as site:
            return await asyncio.to_thread(call, site)

    def run(site: Site) -> None:
        found = run_import(site.url("/warc.paths"), allowed=(site.pair,))
        assert [archive.problem for archive in found.archives] == [None, "404 Not Found"]
        assert found.total().outcomes == {ImportOutcome.IMPORTED: 1}
        again = run_import(site.url("/warc.paths"), allowed=(site.pair,))
        assert again.finished == (site.url("/crawl/a.warc.gz"),)

    asyncio.run(served(run))
    # One archive at a time lies on the disk.
    assert not list((tmp_path / "state/downloads").iterdir())
