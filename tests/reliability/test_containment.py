"""A page that hangs, dies or explodes costs one record, and its neighbours nothing."""

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.settings import Limits, Settings
from schemas.tables import STAGED
from tasks.normalize.record import Record
from tasks.normalize.reference import ReferenceSource
from tasks.read.document import Document, Form, Origin, Refusal
from tasks.stage.documents import Item, StagedDocument, WorkOrder, process_document
from tasks.stage.pool import PagePool

SETTINGS = Settings(workers=2, limits=Limits(page_deadline_s=10.0))
REFERENCE = ReferenceSource(registry=False)
ORDER = WorkOrder(
    batch_id="test", pipeline_version="test", limits=SETTINGS.limits, reference=REFERENCE
)
PAGE = (
    "<html><head><title>Harbour opens</title>"
    '<meta property="article:published_time" content="2024-03-05T09:00:00+04:00"></head>'
    "<body><article><h1>Harbour opens</h1>"
    + "".join(
        f"<p>In year {number} of the work on the breakwater the harbour stayed closed to ships.</p>"
        for number in range(1, 10)
    )
    + "</article></body></html>"
)


def process_or_do_as_told(document: Item, order: WorkOrder) -> Record:
    """Processes a page as the pipeline does, unless its text is one of the killers' words."""
    word = document.content[:20] if isinstance(document, Document) else b""
    if isinstance(document, StagedDocument):
        word = document.origin.raw_path.encode()
    if word == b"hang":
        # A regular expression that backtracks for ever: C code that holds the interpreter's lock.
        re.match(r"(a+)+$", "a" * 64 + "b")
    elif word == b"exit":
        os._exit(7)
    elif word == b"segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    return process_document(document, order)


def _document(name: str, content: str) -> Document:
    origin = Origin(raw_path=name, raw_digest="0" * 64)
    return Document(origin=origin, form=Form.HTML, content=content.encode(), charset="utf-8")


def _documents(*killers: str) -> Iterator[Document]:
    """Each killer among healthy pages."""
    for number, killer in enumerate(killers):
        yield _document(f"{number}-before.html", PAGE)
        yield _document(f"{number}-{killer}.html", killer)
        yield _document(f"{number}-after.html", PAGE)


@pytest.fixture
def pool() -> Iterator[PagePool]:
    with PagePool(SETTINGS, REFERENCE, process_or_do_as_told) as running:
        yield running


@pytest.mark.parametrize(
    ("killer", "reason"),
    [
        ("hang", "page_deadline_exceeded"),
        ("exit", "worker_died"),
        ("segfault", "worker_died"),
    ],
)
def test_a_killer_costs_its_own_record(pool: PagePool, killer: str, reason: str) -> None:
    records = list(pool.process(_documents(killer, killer), ORDER))
    assert [record.raw_path for record in records] == [
        f"{number}-{name}.html" for number in (0, 1) for name in ("before", killer, "after")
    ]
    assert [record.reasons for record in records] == [(), (reason,), ()] * 2
    assert pool.documents_done == 6


def test_a_killer_among_staged_documents_costs_its_own_record(pool: PagePool) -> None:
    """They are handed to a worker many at a time."""
    (record,) = pool.process([_document("page.html", PAGE)], ORDER)
    assert record.extraction is not None
    names = [str(number) for number in range(40)]
    names[3], names[7], names[35] = "exit", "hang", "segfault"
    staged = [
        StagedDocument(
            origin=Origin(raw_path=name, raw_digest="0" * 64),
            extraction=record.extraction,
            version=STAGED.version,
            text_facts=None,
        )
        for name in names
    ]
    records = list(pool.process(staged, ORDER))
    assert [record.raw_path for record in records] == names
    assert {record.raw_path: record.reasons for record in records if record.reasons} == {
        "exit": ("worker_died",),
        "hang": ("page_deadline_exceeded",),
        "segfault": ("worker_died",),
    }
    assert pool.documents_done == 41


def test_the_detail_says_how_a_worker_died(pool: PagePool) -> None:
    (record,) = pool.process([_document("a.html", "exit")], ORDER)
    assert "exit code 7" in record.detail


def test_a_worker_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    marker = tmp_path / "died-once"
    with PagePool(SETTINGS, REFERENCE, die_once) as pool:
        (record,) = pool.process([_document(str(marker), PAGE)], ORDER)
    assert marker.exists()
    assert record.fate == "accepted"


def die_once(document: Document | Refusal, order: WorkOrder) -> Record:
    """Is killed on the first try, as by an operator, and not on the second."""
    marker = Path(document.origin.raw_path)
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return process_document(document, order)


@pytest.mark.parametrize("row", ["<tr><td>1</td><td>2</td></tr>", "<p>A paragraph.</p>"])
def test_a_giant_page_holds_nobody_up(pool: PagePool, row: str) -> None:
    """As measured, trafilatura alone takes 61 s for a table of 200,000 rows."""
    giant = PAGE.replace("</article>", f"<table>{row * 200_000}</table></article>")
    pages = [_document("before.html", PAGE), _document("giant.html", giant)]
    records = list(pool.process([*pages, _document("after.html", PAGE)], ORDER))
    assert [record.raw_path for record in records] == ["before.html", "giant.html", "after.html"]
    assert [records[0].fate, records[2].fate] == ["accepted", "accepted"]
    assert records[1].seconds < SETTINGS.limits.page_deadline_s
    assert records[1].reasons in {(), ("page_deadline_exceeded",)}


def test_nesting_without_end_is_refused() -> None:
    page = "<div>" * 100_000 + "deep" + "</div>" * 100_000
    record = process_document(_document("deep.html", page), ORDER)
    assert record.reasons == ("nesting_too_deep",)


def test_a_fault_of_ours_is_contained_and_keeps_its_traceback() -> None:
    broken = Document(
        origin=Origin(raw_path="a.html", raw_digest="0" * 64),
        form=Form.HTML,
        content=None,  # type: ignore[arg-type]
    )
    record = process_document(broken, ORDER)
    assert record.reasons == ("internal_error",)
    assert "Traceback" in record.detail
