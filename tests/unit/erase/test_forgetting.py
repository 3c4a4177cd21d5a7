"""Forgetting: nothing that names a document is left, all else stands, and nothing comes back."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from schemas.settings import Limits, Settings
from tasks.discover.batches import discover
from tasks.discover.plan import plan_run
from tasks.erase.documents import (
    Erasure,
    UnknownDocumentError,
    plan_erasure,
    plan_outlet_erasure,
)
from tasks.erase.forgetting import Forgotten, Means, forget
from tasks.inspect.verification.verify import verify_warehouse
from tasks.normalize.reference import ReferenceSource, load_reference
from tasks.publish.accounting import read_accounts
from tasks.publish.datapackage import write_datapackage
from tasks.publish.publication import publish_all
from tasks.report.html.writing import write_report
from tasks.stage.batch_staging import restage_batch, stage_batch
from tasks.stage.erasing import RecordsWaitError, erase_named
from tasks.storage.records import staged_batches
from tasks.storage.tombstones import TombstoneError, has_unfinished, write_tombstone
from tasks.storage.warehouse import Warehouse
from tasks.validate.audit_state import LandedDay, add_accepted, add_pending, clear_pending
from tasks.validate.findings import Finding
from tasks.validate.verdicts import validate_batches
from tests.reliability.raw_folders import Page, write_pages
from tests.warehouses import OneProcess, leave_row, make_warehouse

REGISTRY = load_reference(ReferenceSource()).registry
# Three fetches of one address in three batches, one of them in a container, and another month;
# its text under a second address; and three that stay.
FORGOTTEN = (
    Page(1, published=3),
    Page(1, published=1, landing=1, exported=True),
    Page(1, published=3, landing=2, priced=False),
)
STAYS = (
    Page(3, published=3, story=1),
    Page(4, published=2, story=1, landing=1, exported=True),
    Page(5, published=4, story=1, landing=2),
)
URL = FORGOTTEN[0].url
MEANS = Means(settings=Settings(), registry=REGISTRY, pause=lambda _: None)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    _make(folder)
    return folder


@pytest.fixture
def raw(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made / "raw", tmp_path / "raw")
    return tmp_path / "raw"


@pytest.fixture
def warehouse(made: Path, tmp_path: Path) -> Warehouse:
    shutil.copytree(made / "warehouse", tmp_path / "warehouse")
    return Warehouse(tmp_path / "warehouse")


def _make(tmp_path: Path) -> tuple[Path, Warehouse]:
    raw = tmp_path / "raw"
    write_pages(raw, [*FORGOTTEN, *STAYS])
    warehouse, batches = make_warehouse(raw, tmp_path / "warehouse")
    write_datapackage(warehouse)
    run = leave_row(warehouse, batches)
    write_report(warehouse, run, [batch.batch_id for batch in batches], raw, Limits())
    clear_pending(warehouse)
    return raw, warehouse


def _forget(warehouse: Warehouse, url: str = URL, means: Means = MEANS) -> Forgotten:
    return forget(warehouse, partial(plan_erasure, warehouse, url), means)


def _values(path: Path) -> str:
    """Returns all that a Parquet file says, its footer among it, as text."""
    footer = pq.read_metadata(path).metadata
    return f"{footer} {pq.read_table(path, partitioning=None).to_pylist()}"


def _all_text(warehouse: Warehouse) -> str:
    """Returns all that the files of a warehouse say, compressed or not."""
    return " ".join(
        _values(path) if path.suffix == ".parquet" else path.read_bytes().decode("latin-1")
        for path in sorted(warehouse.root.rglob("*"))
        if path.is_file()
    )


def _titles(warehouse: Warehouse) -> list[str]:
    parts = warehouse.partitions("articles").values()
    return sorted(title for part in parts for title in pq.read_table(part)["title"].to_pylist())


def _reasons(warehouse: Warehouse) -> list[list[str]]:
    parts = warehouse.partitions("quarantine").values()
    return sorted(each for part in parts for each in pq.read_table(part)["reasons"].to_pylist())


def test_nothing_of_a_document_is_left_and_all_else_stands(warehouse: Warehouse) -> None:
    """An article with revisions in several batches, forms and months."""
    assert URL in _all_text(warehouse)
    before = read_accounts(warehouse)
    done = _forget(warehouse)

    assert (done.erased.records, done.is_published) == (3, True)
    left = _all_text(warehouse)
    assert URL not in left
    assert "Story 1" not in left
    assert "harbour office" not in left
    assert _titles(warehouse) == ["Story 3", "Story 4"]
    assert _reasons(warehouse) == [["erased"]] * 3 + [["published_date_unknown"]]
    after = read_accounts(warehouse)
    assert after.balanced
    assert (after.documents, after.quarantined) == (before.documents, before.quarantined + 3)
    assert verify_warehouse(warehouse).faults == ()


def test_it_is_in_no_part_of_a_month(warehouse: Warehouse) -> None:
    divided = replace(MEANS, settings=Settings(part_rows=1))
    publish_all(warehouse, divided.settings, divided.registry, divided.pause)
    assert len(warehouse.partitions("quarantine")) == 1
    done = _forget(warehouse, means=divided)
    # The article and its amounts.
    assert (done.erased.records, done.erased.published_files) == (3, 2)
    assert _titles(warehouse) == ["Story 3", "Story 4"]
    assert len(warehouse.partitions("quarantine")) == 4
    assert verify_warehouse(warehouse).faults == ()


def test_copies_word_for_word_go_and_near_ones_are_listed(tmp_path: Path) -> None:
    """A copy is known by title and text; what only resembles it is another document."""
    raw = tmp_path / "raw"
    copy = raw / "desk" / "2024-03-09" / "copy.html"
    near = copy.with_name("near.html")
    copy.parent.mkdir(parents=True)
    page = FORGOTTEN[0]
    for path, url, title in ((copy, "copied", "Story 1"), (near, "near", "Another headline")):
        html = page.html.replace("story-1", url).replace("Story 1", title)
        path.write_text(html)
    _, warehouse = _make(tmp_path)
    with_near = plan_erasure(warehouse, URL, near_copies=True)
    assert (len(with_near.documents), with_near.near_copies) == (5, ())
    plan = plan_erasure(warehouse, URL)
    (found,) = (each for each in plan.documents if each.role == "copy")
    assert found.raw_path == "desk/2024-03-09/copy.html"
    assert [each.title for each in plan.near_copies] == ["Another headline"]
    _forget(warehouse)
    assert "Story 1" not in _titles(warehouse)
    assert "Another headline" in _titles(warehouse)
    assert verify_warehouse(warehouse).faults == ()


def test_what_is_read_again_or_collected_again_stays_out(
    tmp_path: Path, raw: Path, warehouse: Warehouse
) -> None:
    _forget(warehouse)
    (again,) = write_pages(tmp_path / "later", [Page(1, story=1, landing=5)])
    moved = raw / again.relative_to(tmp_path / "later")
    moved.parent.mkdir(parents=True, exist_ok=True)
    moved.write_bytes(again.read_bytes())
    # The same bytes under another name, too.
    moved.with_name("moved.html").write_text(FORGOTTEN[0].html)
    for batch in discover(raw).batches:
        stage_batch(batch, raw, warehouse, Settings(), ReferenceSource(), OneProcess())
        restage_batch(batch.batch_id, warehouse, Settings(), ReferenceSource(), OneProcess())
    validate_batches(warehouse)
    publish_all(warehouse, Settings(), REGISTRY, lambda _: None)
    assert _titles(warehouse) == ["Story 3", "Story 4"]
    assert _reasons(warehouse).count(["erased"]) == 5
    assert URL not in _all_text(warehouse)
    assert read_accounts(warehouse).balanced
    # What came again lies in raw/ too, though its bytes were never seen before.
    places = {each.raw_path for each in plan_erasure(warehouse, URL).raw_records}
    assert len(places) == 5
    assert moved.relative_to(raw).as_posix() in places


def test_a_wall_that_an_address_showed_is_not_taken_from_others(tmp_path: Path) -> None:
    """A consent page has the same bytes and words whatever the address."""
    raw = tmp_path / "raw" / "crawl" / "2024-03-08"
    raw.mkdir(parents=True)
    wall = "<html><body><p>Before you continue, we and our partners need consent.</p></body></html>"
    rows = [{"url": url, "html": wall} for url in (URL, "https://harbourpost.example/other")]
    (raw / "walls.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    _, warehouse = _make(tmp_path)
    plan = plan_erasure(warehouse, URL)
    assert sum(each.raw_path.endswith("walls.jsonl") for each in plan.documents) == 1
    other = plan_erasure(warehouse, "https://harbourpost.example/news/story-1/?utm_source=x")
    assert other.documents == plan.documents


def test_an_address_that_nobody_has_fetched_yet_can_be_kept_out(
    raw: Path, warehouse: Warehouse
) -> None:
    url = Page(9).url
    assert plan_erasure(warehouse, url).documents == ()
    _forget(warehouse, url)
    write_pages(raw, [Page(9, landing=6)])
    for batch in discover(raw).batches:
        stage_batch(batch, raw, warehouse, Settings(), ReferenceSource(), OneProcess())
    validate_batches(warehouse)
    publish_all(warehouse, Settings(), REGISTRY, lambda _: None)
    assert "Story 9" not in _titles(warehouse)


def test_an_outlet_goes_whole_and_its_texts_elsewhere_stay(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    other = raw / "desk" / "2024-03-09" / "other.html"
    other.parent.mkdir(parents=True)
    page = FORGOTTEN[0].html.replace("harbourpost.example", "quaytimes.example")
    other.write_text(page.replace("Harbour Post", "Quay Times"))
    _, warehouse = _make(tmp_path)
    parts = warehouse.partitions("articles").values()
    outlets = {each for part in parts for each in pq.read_table(part)["outlet_id"].to_pylist()}
    (outlet,) = (each for each in outlets if "harbour" in each)
    accepted = Finding(measure="documents", value="1", expected="9", advice="", outlet=outlet)
    add_accepted(warehouse, [accepted])
    forget(warehouse, partial(plan_outlet_erasure, warehouse, outlet), MEANS)
    assert _titles(warehouse) == ["Story 1"]
    left = _all_text(warehouse)
    assert "harbourpost" not in left
    assert verify_warehouse(warehouse).faults == ()


@pytest.mark.parametrize("wanted", ["0123456789abcdef", "desk/no-such.html", "~nobody.example"])
def test_what_names_nothing_is_refused(warehouse: Warehouse, wanted: str) -> None:
    plan: Callable[[Warehouse, str], Erasure] = plan_erasure
    if wanted.startswith("~"):
        plan = plan_outlet_erasure
    with pytest.raises(UnknownDocumentError):
        plan(warehouse, wanted)
    with pytest.raises(UnknownDocumentError, match="2 documents"):
        plan_erasure(warehouse, "export/2024-03-06/pages.jsonl")


class _KilledError(BaseException):
    """Stands for a kill: nothing catches it."""


@pytest.mark.parametrize(
    ("step", "resumed_by"),
    [
        ("tasks.stage.erasing._erase_reports", "run"),
        ("tasks.stage.erasing._erase_published", "forget"),
        ("tasks.stage.erasing._erase_records", "run"),
        ("tasks.stage.erasing.remove_folder", "forget"),
        ("tasks.erase.forgetting.publish_all", "run"),
    ],
)
def test_a_killed_forget_is_finished_by_the_next_or_by_a_run(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, step: str, resumed_by: str
) -> None:

    def killed(*_: object, **__: object) -> None:
        raise _KilledError

    with monkeypatch.context() as patch:
        patch.setattr(step, killed)
        with pytest.raises(_KilledError):
            _forget(warehouse)
    if resumed_by == "forget":
        _forget(warehouse)
    # What the run's steps do, one after the other.
    if has_unfinished(warehouse):
        erase_named(warehouse)
    validate_batches(warehouse)
    publish_all(warehouse, Settings(), REGISTRY, lambda _: None)

    assert URL not in _all_text(warehouse)
    assert _titles(warehouse) == ["Story 3", "Story 4"]
    assert read_accounts(warehouse).balanced
    assert verify_warehouse(warehouse).faults == ()


def test_what_the_audit_holds_back_stays_back(raw: Path, warehouse: Warehouse) -> None:
    """The document is gone at once; the rest of what is staged waits for a person as before."""
    write_pages(raw, [Page(8, landing=7)])
    for batch in discover(raw).batches:
        stage_batch(batch, raw, warehouse, Settings(), ReferenceSource(), OneProcess())
    validate_batches(warehouse)
    add_pending(warehouse, [LandedDay("desk", Page(8, landing=7).day)])
    done = _forget(warehouse)
    assert not done.is_published
    assert _titles(warehouse) == ["Story 3", "Story 4"]
    assert "Story 1" not in _all_text(warehouse)


def test_verify_finds_text_that_should_be_gone(warehouse: Warehouse) -> None:
    """As after a backup was brought back."""
    plan = plan_erasure(warehouse, URL)
    write_tombstone(warehouse, plan.tombstone)
    codes = {fault.code for fault in verify_warehouse(warehouse).faults}
    assert codes == {"erased_document_present"}
    _forget(warehouse)
    assert verify_warehouse(warehouse).faults == ()


def test_a_damaged_tombstone_stops_instead_of_letting_something_back(
    raw: Path, warehouse: Warehouse
) -> None:
    _forget(warehouse)
    (path,) = (warehouse.root / "staged" / "tombstones").iterdir()
    assert URL not in path.read_text()
    path.write_text(path.read_text().replace("true", "false"))
    batch = discover(raw).batches[0]
    with pytest.raises(TombstoneError, match="backup"):
        stage_batch(batch, raw, warehouse, Settings(), ReferenceSource(), OneProcess())
    assert {fault.code for fault in verify_warehouse(warehouse).faults} == {"tombstone_damaged"}


def test_with_raw_nothing_is_left_to_count_and_no_run_misses_it(
    raw: Path, warehouse: Warehouse
) -> None:
    before = read_accounts(warehouse)
    done = _forget(warehouse, means=replace(MEANS, raw=raw))
    assert done.removal is not None
    assert (len(done.removal.deleted), len(done.removal.rewritten)) == (2, 1)
    contents = " ".join(path.read_text() for path in raw.rglob("*") if path.is_file())
    assert URL not in contents
    after = read_accounts(warehouse)
    assert after.balanced
    assert after.documents == before.documents - 3
    assert _reasons(warehouse) == [["published_date_unknown"]]
    assert verify_warehouse(warehouse).faults == ()
    plan = plan_run(raw, staged_batches(warehouse))
    assert (plan.gone, plan.superseded) == ((), ())

    for batch in plan.batches:
        stage_batch(batch, raw, warehouse, Settings(), ReferenceSource(), OneProcess())
    validate_batches(warehouse)
    publish_all(warehouse, Settings(), REGISTRY, lambda _: None)
    assert read_accounts(warehouse) == after
    assert not plan_run(raw, staged_batches(warehouse)).batches


def test_with_raw_what_the_audit_counted_of_a_batch_that_goes_is_dropped(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_pages(raw, [FORGOTTEN[0], Page(3, landing=1)])
    warehouse, _ = make_warehouse(raw, tmp_path / "warehouse")
    clear_pending(warehouse)
    days = [f"{page.day}.parquet" for page in (FORGOTTEN[0], Page(3, landing=1))]
    assert sorted(path.name for path in warehouse.profiles.iterdir()) == days

    _forget(warehouse, means=replace(MEANS, raw=raw))
    assert [path.name for path in warehouse.profiles.iterdir()] == days[1:]


def test_raw_can_be_cleared_later(raw: Path, warehouse: Warehouse) -> None:
    _forget(warehouse)
    plan = plan_erasure(warehouse, URL)
    assert (plan.documents, plan.was_erased, len(plan.raw_records)) == ((), True, 3)
    # Somebody deleted one of the files meanwhile.
    (raw / "desk" / "2024-03-05" / "0.html").unlink()
    _forget(warehouse, means=replace(MEANS, raw=raw))
    assert plan_erasure(warehouse, URL).raw_records == ()
    assert plan_run(raw, staged_batches(warehouse)).gone == ()
    assert read_accounts(warehouse).balanced


def test_what_cannot_be_searched_goes_or_is_asked_for_first(warehouse: Warehouse) -> None:
    """Damaged files that were set aside may hold anything."""
    aside = warehouse.root / "_damaged" / "staged" / "records" / "old.parquet"
    aside.parent.mkdir(parents=True)
    aside.write_bytes(b"half a file")
    waiting = warehouse.records / "0123456789abcdef.parquet.damaged"
    waiting.write_bytes(b"half a file")
    with pytest.raises(RecordsWaitError, match="verify --repair"):
        _forget(warehouse)
    waiting.unlink()
    assert _forget(warehouse).erased.damaged_files == 1
    assert not aside.exists()
