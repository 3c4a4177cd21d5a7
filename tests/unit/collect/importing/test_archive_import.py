"""What becomes of an archive's records: outlets' pages are copied, each address once."""

import gzip
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest

from schemas.settings import Limits
from tasks.collect.archive.rebuilding import rebuild_seen
from tasks.collect.exchange import Outcome
from tasks.collect.importing.outcomes import ImportOutcome
from tasks.collect.importing.selection import FetchDays
from tasks.collect.memory.pages import Settled, page_key
from tasks.collect.memory.state import open_state
from tasks.read.document import Document
from tasks.read.origins import FileOrigin
from tasks.read.warc.read_warc import read_warc
from tests.collected import (
    AT,
    KilledError,
    boundaries,
    stored_urls,
    waiting_page,
)
from tests.unit.collect.importing.conftest import (
    OUTLET,
    SITE,
    SOURCES,
    Import,
    page_record,
    write_archive,
)
from tests.unit.read.archives import PAGE, lay_out, warc_record

_NOARCHIVE = b'<html><head><meta name="robots" content="noarchive"></head><body>' + PAGE


@pytest.mark.parametrize(
    ("record", "outcome"),
    [
        (page_record("/a"), ImportOutcome.IMPORTED),
        (page_record("/a", site="https://www.harbourpost.example"), ImportOutcome.IMPORTED),
        (page_record("/a", b"Plain words.", kind="text/plain"), ImportOutcome.IMPORTED),
        (page_record("/a", kind=""), ImportOutcome.IMPORTED),
        (
            page_record("/a", kind="application/x-php", WARC_Identified_Payload_Type="text/html"),
            ImportOutcome.IMPORTED,
        ),
        (page_record("/a", site="https://elsewhere.example"), ImportOutcome.FOREIGN_HOST),
        (page_record("/a", site="https://notharbourpost.example"), ImportOutcome.FOREIGN_HOST),
        (page_record("/a", site="dns:harbourpost.example"), ImportOutcome.FOREIGN_HOST),
        (page_record("/video/1"), ImportOutcome.EXCLUDED),
        (page_record("/a", status="HTTP/1.1 301 Moved"), ImportOutcome.HTTP_STATUS),
        (page_record("/a", status="HTTP/1.1 404 Not Found"), ImportOutcome.HTTP_STATUS),
        (page_record("/a", kind="image/png"), ImportOutcome.NOT_TEXT),
        (page_record("/a", _NOARCHIVE), ImportOutcome.OPTED_OUT),
        (page_record("/a", PAGE, "TDM-Reservation: 1"), ImportOutcome.OPTED_OUT),
        (page_record("/a", b"x" * 4_000_000), ImportOutcome.TOO_LARGE),
        (page_record("/a", day="2024-02-28"), ImportOutcome.OUTSIDE_WINDOW),
        (page_record("/a", day="2024-03-04"), ImportOutcome.OUTSIDE_WINDOW),
        (page_record("/a", day="whenever"), ImportOutcome.BROKEN),
        (warc_record("response", b"no HTTP", url=f"{SITE}/a"), ImportOutcome.BROKEN),
        (warc_record("request", b"GET / HTTP/1.1\r\n\r\n"), ImportOutcome.OTHER_RECORD),
        (warc_record("revisit", b"", url=f"{SITE}/a"), ImportOutcome.OTHER_RECORD),
    ],
    ids=lambda value: value if isinstance(value, str) else "record",
)
def test_each_record_has_one_outcome(
    tmp_path: Path, run_import: Import, record: bytes, outcome: ImportOutcome
) -> None:
    file = write_archive(tmp_path / "a.warc.gz", [record])
    found = run_import(file, days=FetchDays(date(2024, 3, 1), date(2024, 3, 3)))
    assert found.total().outcomes == Counter([outcome])
    assert len(stored_urls(tmp_path / "raw")) == (outcome is ImportOutcome.IMPORTED)


def test_a_page_comes_out_of_raw_as_it_lay_in_the_archive(
    tmp_path: Path, run_import: Import
) -> None:
    records = [
        warc_record("warcinfo", b"software: other\r\n", url=None),
        page_record("/a", day="2024-03-01", WARC_IP_Address="192.0.2.7", WARC_Truncated="length"),
    ]
    file = write_archive(tmp_path / "CC-NEWS-1.warc.gz", records)
    run_import(file)
    (stored,) = (tmp_path / "raw").glob("collect/2024-03-01/NEWSMILL-*.warc.gz")

    def read(path: Path) -> Document:
        origin = FileOrigin("x", None)
        (document,) = read_warc(BytesIO(path.read_bytes()), origin, Limits())
        assert isinstance(document, Document)
        return document

    copied = read(stored)
    there = read(file)
    assert copied.content == there.content == PAGE
    assert (copied.origin.url, copied.origin.fetched_at) == (
        f"{SITE}/a",
        datetime(2024, 3, 1, 10, 20, 30, tzinfo=UTC),
    )
    assert copied.origin.headers == there.origin.headers
    assert copied.origin.faults == there.origin.faults
    # When it was imported is no date of the page.
    assert copied.origin.feed_dates == ()
    text = gzip.decompress(stored.read_bytes()).decode()
    assert "WARC-IP-Address: 192.0.2.7" in text
    assert "import.file: CC-NEWS-1.warc.gz" in text
    assert f"import.offset: {len(lay_out(records[:1], 'gz'))}" in text
    assert "import.record-id: <urn:uuid:" in text


def test_an_address_is_imported_once_and_its_day_is_that_of_the_fetch(
    tmp_path: Path, run_import: Import
) -> None:
    days = ("2024-03-01", "2024-03-02", "2024-03-01", "2024-03-03")
    records = [page_record(f"/{number}", day=day) for number, day in enumerate(days)]
    # Another spelling is the same address.
    again = [page_record("/0?utm_source=x", day="2024-03-05"), page_record("/1#top")]
    run = run_import(write_archive(tmp_path / "a.warc.gz", [*records, *again]))
    assert run.total().outcomes == {ImportOutcome.IMPORTED: 4, ImportOutcome.KNOWN: 2}
    assert stored_urls(tmp_path / "raw") == Counter(f"{SITE}/{number}" for number in range(4))
    folders = Counter(path.parent.name for path in (tmp_path / "raw").glob("*/*/*.gz"))
    assert folders == Counter(["2024-03-01", "2024-03-02", "2024-03-03"])
    other = run_import(write_archive(tmp_path / "b.warc.gz", records))
    assert other.total().outcomes == {ImportOutcome.KNOWN: 4}
    with open_state(tmp_path / "other") as state:
        assert rebuild_seen(tmp_path / "raw/collect", state, AT.timestamp()).new == 4


def test_collecting_and_importing_share_what_they_know(tmp_path: Path, run_import: Import) -> None:
    told = replace(waiting_page(f"{SITE}/told"), fields=(("feed.pubDate", "2024-02-28"),))
    denied = waiting_page(f"{SITE}/denied")
    with open_state(tmp_path / "state") as state, state.transaction():
        state.pages.add([told, denied], AT.timestamp())
        state.pages.settle([Settled(denied, Outcome.ROBOTS_DENIED)], AT.timestamp())
    records = [page_record(path) for path in ("/told", "/denied", "/new")]
    run = run_import(write_archive(tmp_path / "a.warc.gz", records))
    assert run.total().outcomes == {ImportOutcome.IMPORTED: 2, ImportOutcome.KNOWN: 1}
    with open_state(tmp_path / "state") as state:
        account = state.accounts.read()
        assert (account.found, account.waiting) == (3, 0)
        assert account.outcomes == {Outcome.STORED: 2, Outcome.ROBOTS_DENIED: 1}
        assert state.pages.is_settled(page_key(f"{SITE}/new"))
        # What others fetched in the past does not count among the pages of today.
        assert state.accounts.stored_on(AT.timestamp()) == {}
    (stored,) = (tmp_path / "raw").glob("*/*/*.gz")
    assert "feed.pubDate: 2024-02-28" in gzip.decompress(stored.read_bytes()).decode()


def test_what_is_whole_of_a_damaged_archive_is_imported_and_the_rest_is_named(
    tmp_path: Path, run_import: Import
) -> None:
    records = [page_record(f"/{number}") for number in range(5)]
    content = bytearray(lay_out(records, "gz"))
    hurt, cut = len(lay_out(records[:1], "gz")) + 40, len(lay_out(records[:4], "gz"))
    content[hurt : hurt + 4] = b"\xff" * 4
    file = tmp_path / "a.warc.gz"
    file.write_bytes(content[: cut + 100])
    run = run_import(file)
    assert run.total().outcomes == {ImportOutcome.IMPORTED: 3, ImportOutcome.BROKEN: 2}
    assert set(stored_urls(tmp_path / "raw")) == {f"{SITE}/{number}" for number in (0, 2, 3)}
    (archive,) = run.archives
    assert [damage.split(":")[0] for damage in archive.damages] == [
        f"byte {len(lay_out(records[:1], 'gz'))}",
        f"byte {cut}",
    ]
    # Once it has come whole, the rest follows.
    file.write_bytes(lay_out(records, "gz"))
    assert run_import(file).total().outcomes == {ImportOutcome.KNOWN: 3, ImportOutcome.IMPORTED: 2}


def test_an_archive_that_was_read_to_its_end_is_not_read_again_for_the_same_pages(
    tmp_path: Path, run_import: Import
) -> None:
    file = write_archive(tmp_path / "a.warc.gz", [page_record("/a"), page_record("/video/1")])
    run_import(file)
    again = run_import(file)
    assert (again.finished, again.archives) == (("a.warc.gz",), ())
    more = replace(SOURCES, outlets=(replace(OUTLET, exclude=()),))
    assert run_import(file, sources=more).total().outcomes == {
        ImportOutcome.KNOWN: 1,
        ImportOutcome.IMPORTED: 1,
    }


@pytest.mark.parametrize("stride", [7, pytest.param(1, marks=pytest.mark.campaign)])
def test_pages_are_imported_exactly_once_whatever_moment_kills(
    tmp_path: Path, run_import: Import, monkeypatch: pytest.MonkeyPatch, stride: int
) -> None:
    records = [page_record(f"/{number}", day=f"2024-03-0{number % 2 + 1}") for number in range(4)]
    file = write_archive(tmp_path / "a.warc.gz", records)
    moment = 0
    with boundaries(monkeypatch) as counted:
        is_killed = True
        while is_killed:
            moment += stride
            folder = tmp_path / str(moment)
            counted.passed, counted.kill_at = 0, moment
            try:
                run_import(file, folder=folder)
                is_killed = False
            except KilledError:
                pass
            counted.kill_at = None
            counted.end_process()
            run_import(file, folder=folder)
            assert stored_urls(folder / "raw") == Counter(f"{SITE}/{n}" for n in range(4)), moment
            assert not list((folder / "raw").glob("*/*/.*")), moment
    assert moment > 20
