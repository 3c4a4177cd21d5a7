"""A page that hangs, dies or explodes costs one record, and its neighbours nothing."""

import os
import re
import signal
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path
from threading import Event

import pytest
from justext.core import define_stoplist
from psutil import Process, pid_exists, wait_procs
from trafilatura import external

from schemas.settings import Limits, Settings
from schemas.tables import STAGED
from tasks.discover.plan import plan_run
from tasks.extract.text.stop_words import StopWords
from tasks.normalize.record import Record
from tasks.normalize.reference import ReferenceSource
from tasks.read.document import ContentForm, Document, Origin
from tasks.stage.batch_staging import stage_batch
from tasks.stage.documents import process_document
from tasks.stage.pool import PagePool
from tasks.stage.work_orders import Item, StagedDocument, WorkOrder
from tasks.storage.records import read_records, staged_batches
from tasks.storage.stopping import StoppedError
from tasks.storage.warehouse import Warehouse

SETTINGS = Settings(workers=2, limits=Limits(page_deadline_s=1.5))
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
    return Document(origin=origin, form=ContentForm.HTML, content=content.encode(), charset="utf-8")


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


def tell_worker(document: Item, order: WorkOrder) -> Record:
    """Processes a page, and notes the worker, and what its template has loaded."""
    record = process_or_do_as_told(document, order)
    # The words of the last resort are justext's alone, and it has them.
    is_shared = isinstance(external.JT_STOPLIST, StopWords)
    is_loaded = is_shared and define_stoplist.cache_info().currsize > 0
    return replace(record, detail=f"{os.getpid()} {is_loaded}")


def test_workers_are_replaced_and_no_page_is_lost() -> None:
    settings = replace(SETTINGS, pages_per_worker=4)
    names = [f"{number}.html" for number in range(30)]
    pages = [_document(name, "exit" if name == "17.html" else PAGE) for name in names]
    with PagePool(settings, REFERENCE, tell_worker) as pool:
        records = list(pool.process(pages, ORDER))
    assert [record.raw_path for record in records] == names
    assert [record.raw_path for record in records if record.reasons] == ["17.html"]
    workers = Counter(record.detail for record in records if not record.reasons)
    assert max(workers.values()) <= 4


@pytest.mark.parametrize("is_long", [False, True])
def test_what_few_pages_need_is_loaded_once_for_many_workers(is_long: bool) -> None:
    settings = replace(SETTINGS, are_workers_replaced=is_long)
    with PagePool(settings, REFERENCE, tell_worker) as pool:
        (record,) = pool.process([_document("page.html", PAGE)], ORDER)
    assert record.detail.endswith(f" {is_long}")


def once(document: Item) -> bool:
    """Tells whether a document is tried for the first time; its path names a file that tells."""
    marker = Path(document.origin.raw_path)
    if marker.exists():
        return False
    marker.touch()
    return True


def fail_once(document: Item, order: WorkOrder) -> Record:
    """Fails on the first try as its name says, and not on the second."""
    word = Path(document.origin.raw_path).name
    if word == "wait":
        Event().wait(2 * order.limits.page_deadline_s)
    elif once(document):
        if word == "spin":
            re.match(r"(a+)+$", "a" * 64 + "b")
        elif word == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        elif word == "memory":
            raise MemoryError
    return process_document(document, order)


def test_what_the_machine_does_to_a_page_costs_nothing(tmp_path: Path) -> None:
    """It is paused, or others use it; a worker is killed, or finds no memory."""
    names = ("wait", "spin", "die", "memory")
    pages = [_document(str(tmp_path / name), PAGE) for name in names]
    with PagePool(replace(SETTINGS, workers=1), REFERENCE, fail_once) as pool:
        records = list(pool.process(pages, ORDER))
    assert {path.name for path in tmp_path.iterdir()} == {"spin", "die", "memory"}
    assert [record.fate for record in records] == ["accepted"] * 4


def test_a_page_that_waits_for_ever_costs_its_own_record() -> None:
    settings = replace(SETTINGS, workers=1, limits=Limits(page_wall_s=1))
    with PagePool(settings, REFERENCE, wait_for_ever) as pool:
        (record,) = pool.process([_document("page.html", PAGE)], ORDER)
    assert record.reasons == ("page_deadline_exceeded",)
    assert record.detail == "not done within 1 s, twice"


def test_a_worker_that_is_killed_while_it_is_idle_costs_nothing() -> None:
    """The kernel looks for memory, not for what a process is at."""
    with PagePool(replace(SETTINGS, workers=1), REFERENCE) as pool:
        for name in ("before.html", "after.html"):
            (record,) = pool.process([_document(name, PAGE)], ORDER)
            assert record.fate == "accepted"
            (worker,) = active_children()
            worker.kill()
            worker.join()


def test_workers_share_a_template_that_goes_with_the_pool() -> None:
    """It is killed, and its workers with it, whose ends nobody could tell: others take over."""
    with PagePool(SETTINGS, REFERENCE) as pool:
        for name in ("before.html", "after.html"):
            (record,) = pool.process([_document(name, PAGE)], ORDER)
            assert record.fate == "accepted"
            workers = [Process(worker.pid) for worker in active_children()]
            (template,) = {worker.parent() for worker in workers}
            assert template is not None
            assert template.parent() == Process()
            template.kill()
            assert not wait_procs(workers, timeout=10)[1]
        (record,) = pool.process([_document("last.html", PAGE)], ORDER)
    assert record.fate == "accepted"
    assert not [child for child in Process().children() if "loaded" in " ".join(child.cmdline())]


def wait_for_ever(_document: Item, _order: WorkOrder) -> Record:
    while True:
        signal.pause()


def die_beside_others(document: Item, order: WorkOrder) -> Record:
    """Is killed while another is processed: together they take more memory than there is."""
    folder = Path(document.origin.raw_path).parent
    busy = folder / f"{os.getpid()}.busy"
    busy.touch()
    if once(document):
        while not ((folder / "a").exists() and (folder / "b").exists()):
            Event().wait(0.01)
    others = [path for path in folder.glob("*.busy") if path != busy]
    if any(pid_exists(int(path.stem)) for path in others):
        os.kill(os.getpid(), signal.SIGKILL)
    busy.unlink()
    return process_document(document, order)


def test_giants_that_are_too_much_together_are_processed_one_at_a_time(tmp_path: Path) -> None:
    pages = [_document(str(tmp_path / name), PAGE) for name in ("a", "b")]
    with PagePool(SETTINGS, REFERENCE, die_beside_others) as pool:
        records = list(pool.process(pages, ORDER))
    assert [record.fate for record in records] == ["accepted", "accepted"]


def test_who_waits_for_a_page_is_told_when_the_pool_is_closed(tmp_path: Path) -> None:
    """Though the page hangs in C code, where no signal but SIGKILL reaches its worker."""
    pages = [_document(str(tmp_path / name / "spin"), PAGE) for name in ("a", "b")]
    for page in pages:
        Path(page.origin.raw_path).parent.mkdir()
    with ThreadPoolExecutor(2) as threads:
        pool = PagePool(replace(SETTINGS, workers=1), REFERENCE, fail_once)
        waiting = [threads.submit(list, pool.process([page], ORDER)) for page in pages]
        while not any(tmp_path.glob("*/spin")):
            Event().wait(0.01)
        pool.close()
        for future in waiting:
            with pytest.raises(StoppedError):
                future.result()
    assert not active_children()


def test_what_a_limit_refused_is_tried_by_the_next_run_and_then_settled(tmp_path: Path) -> None:
    raw, warehouse = tmp_path / "raw", Warehouse(tmp_path / "warehouse")
    raw.mkdir()
    (raw / "hang.html").write_text("hang")
    (raw / "page.html").write_text(PAGE)
    settings = replace(SETTINGS, workers=1)
    seen = []
    with PagePool(settings, REFERENCE, process_or_do_as_told) as pool:
        while batches := plan_run(raw, staged_batches(warehouse)).batches:
            (batch,) = batches
            stage_batch(batch, raw, warehouse, settings, REFERENCE, pool)
            rows = read_records(warehouse, batch.batch_id, ["reasons", "record_digest"])
            seen.append(rows)
    first, second = seen
    assert first["reasons"].to_pylist() == [["page_deadline_exceeded"], []]
    assert first == second


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
        form=ContentForm.HTML,
        content=None,  # type: ignore[arg-type]
    )
    record = process_document(broken, ORDER)
    assert record.reasons == ("internal_error",)
    assert "Traceback" in record.detail
