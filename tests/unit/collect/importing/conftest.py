"""What imports are tried on: a sources file's outlets, and archives as Common Crawl writes them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from schemas.outlets import load_registry
from schemas.sources import SourceOutlet, Sources
from tasks.collect.importing.run import ImportRun, import_archives
from tasks.collect.importing.selection import FetchDays
from tasks.collect.memory.state import open_state
from tasks.collect.running.equipment import Equipment
from tests.unit.collect.web import WallClock
from tests.unit.read.archives import PAGE, http, lay_out, warc_record

SITE = "https://harbourpost.example"
OUTLET = SourceOutlet(id="harbour-post", feeds=(f"{SITE}/rss",), exclude=("^/video/",))
SOURCES = Sources("https://example.org/bot", "collect", (OUTLET,), "0" * 64)

Import = Callable[..., ImportRun]
_registry = cache(load_registry)


def page_record(
    path: str,
    body: bytes = PAGE,
    *headers: str,
    site: str = SITE,
    day: str = "2024-03-02",
    status: str = "HTTP/1.1 200 OK",
    kind: str = "text/html",
    **fields: str,
) -> bytes:
    """An answer as CC-NEWS keeps it: decoded, with the server's names for that masked."""
    masked = ("X-Crawler-Content-Encoding: gzip", f"Content-Length: {len(body)}", *headers)
    block = http(body, *masked, status=status, kind=kind)
    record_id = f"<urn:uuid:00000000-0000-0000-0000-{abs(hash((site, path))) % 10**12:012}>"
    return warc_record(
        "response", block, url=f"{site}{path}", WARC_Record_ID=record_id, **fields
    ).replace(b"2024-03-02", day.encode(), 1)


def write_archive(path: Path, records: Iterable[bytes], layout: str = "gz") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(lay_out(records, layout))
    return path


@pytest.fixture
def run_import(tmp_path: Path) -> Import:
    """Imports into raw/ and state/ of the test's folder, as the command does."""

    def run(
        *named: str | Path,
        days: FetchDays = FetchDays(),  # noqa: B008 - frozen
        base: str | None = None,
        sources: Sources = SOURCES,
        allowed: tuple[tuple[str, int], ...] = (),
        folder: Path = tmp_path,
    ) -> ImportRun:
        with open_state(folder / "state") as state:
            equipment = Equipment(
                sources=replace(sources, allowed=allowed),
                registry=_registry(),
                raw=folder / "raw",
                folder=folder / "state",
                state=state,
                clock=WallClock(),
                version="9.9",
            )
            found = import_archives(map(str, named), equipment, days, base=base)
            found.total()
            state.accounts.read().check()
            return found

    return run
