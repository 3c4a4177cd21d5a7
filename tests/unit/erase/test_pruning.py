"""Pruning raw/: old files go, what was made of them stays, and no run misses or replaces it."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.request import RunRequest
from newsmill.pending import find_work
from newsmill.prune import prune as prune_command
from newsmill.status import status
from schemas.settings import Settings
from tasks.discover.plan import Plan, Scope, plan_warehouse
from tasks.erase.documents import plan_erasure
from tasks.erase.forgetting import Means, forget
from tasks.erase.pruning import plan_pruning, prune
from tasks.inspect.verification.verify import verify_warehouse
from tasks.normalize.reference import ReferenceSource, load_reference
from tasks.publish.accounting import read_accounts
from tasks.publish.datapackage import write_datapackage
from tasks.publish.publication import publish_all
from tasks.stage.batch_staging import stage_batch
from tasks.storage.pruned import PrunedListError, add_pruned
from tasks.storage.warehouse import Warehouse
from tasks.validate.audit_state import LandedDay, add_pending, clear_pending
from tasks.validate.verdicts import validate_batches
from tests.reliability.raw_folders import FIRST_DAY, Page, write_pages
from tests.warehouses import OneProcess, make_warehouse

REGISTRY = load_reference(ReferenceSource()).registry
PAGES = (
    *(Page(number, story=number % 2) for number in range(1, 4)),
    Page(4, exported=True),
    Page(5, landing=9),
    Page(6, landing=9, exported=True),
)
# What landed on the first day goes.
BEFORE = FIRST_DAY + timedelta(days=5)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prune")
    write_pages(folder / "raw", PAGES)
    warehouse, _ = make_warehouse(folder / "raw", folder / "warehouse")
    write_datapackage(warehouse)
    clear_pending(warehouse)
    return folder


@pytest.fixture
def raw(made: Path, tmp_path: Path) -> Path:
    # With their times, which tell that files are those that were staged.
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "raw"


@pytest.fixture
def warehouse(raw: Path) -> Warehouse:
    return Warehouse(raw.parent / "warehouse")


def _plan(raw: Path, warehouse: Warehouse, scope: Scope | None = None) -> Plan:
    return plan_warehouse(raw, warehouse, scope or Scope())


def _run(raw: Path, warehouse: Warehouse) -> None:
    for batch in _plan(raw, warehouse).batches:
        stage_batch(batch, raw, warehouse, Settings(), ReferenceSource(), OneProcess())
    validate_batches(warehouse)
    publish_all(warehouse, Settings(), REGISTRY, lambda _: None)
    clear_pending(warehouse)


def _files(raw: Path) -> list[str]:
    return sorted(path.relative_to(raw).as_posix() for path in raw.rglob("*") if path.is_file())


def test_old_files_go_and_what_was_made_of_them_stays(raw: Path, warehouse: Warehouse) -> None:
    before = read_accounts(warehouse)
    found = prune(raw, warehouse, BEFORE)
    assert [(place.path, place.files) for place in found.places] == [
        ("desk/2024-03-05/", 3),
        ("export/2024-03-05/pages.jsonl", 1),
    ]
    assert _files(raw) == ["desk/2024-03-14/4.html", "export/2024-03-14/pages.jsonl"]
    assert not (raw / "desk" / "2024-03-05").exists()
    plan = _plan(raw, warehouse)
    assert (plan.batches, plan.superseded, plan.gone) == ((), (), ())
    assert plan.passed_over["pruned"] == 4
    _run(raw, warehouse)
    assert read_accounts(warehouse) == before
    assert verify_warehouse(warehouse).faults == ()
    assert prune(raw, warehouse, BEFORE).places == ()


def test_a_file_that_lands_late_is_added_and_replaces_nothing(
    raw: Path, warehouse: Warehouse
) -> None:
    before = read_accounts(warehouse)
    prune(raw, warehouse, BEFORE)
    for number in (7, 8):
        late = raw / "desk" / "2024-03-05" / f"late-{number}.html"
        late.parent.mkdir(parents=True, exist_ok=True)
        late.write_text(Page(number, story=1).html)
        _run(raw, warehouse)
        assert read_accounts(warehouse).documents == before.documents + number - 6
        assert not _plan(raw, warehouse).batches
        # It is pruned in its turn, and the next is late again.
        prune(raw, warehouse, BEFORE)
        assert not late.exists()
        assert (_plan(raw, warehouse).batches, _plan(raw, warehouse).gone) == ((), ())
    assert verify_warehouse(warehouse).faults == ()


def test_what_a_backup_brings_back_is_taken_for_what_it_is(
    made: Path, raw: Path, warehouse: Warehouse
) -> None:
    prune(raw, warehouse, BEFORE)
    one = raw / "desk" / "2024-03-05" / "0.html"
    one.parent.mkdir(parents=True)
    shutil.copy(made / "raw" / "desk" / "2024-03-05" / "0.html", one)
    assert (_plan(raw, warehouse).batches, _plan(raw, warehouse).gone) == ((), ())
    shutil.copytree(made / "raw", raw, dirs_exist_ok=True, copy_function=shutil.copy)
    plan = _plan(raw, warehouse, Scope(since=FIRST_DAY, until=FIRST_DAY))
    assert len(plan.batches) == 2
    assert (plan.superseded, plan.gone) == ((), ())
    _run(raw, warehouse)
    assert read_accounts(warehouse).documents == len(PAGES)


def test_a_backfill_says_what_it_cannot_read_and_normalizes_the_rest(
    raw: Path, warehouse: Warehouse
) -> None:
    prune(raw, warehouse, BEFORE)
    window = {"since": FIRST_DAY, "until": FIRST_DAY}
    assert len(_plan(raw, warehouse, Scope(**window, start="staged")).renormalize) == 2
    request = RunRequest(raw=raw, warehouse=warehouse.root, scope=Scope(**window, start="raw"))
    work = find_work(request)
    assert not work.is_needed
    assert any("2. They stay" in notice and "--from staged" in notice for notice in work.notices)


def test_what_is_not_published_stays(raw: Path, warehouse: Warehouse) -> None:
    (raw / "desk" / "2024-03-05" / "new.html").write_text(Page(7).html)
    add_pending(warehouse, [LandedDay("export", FIRST_DAY)])
    undated = raw / "undated.html"
    undated.write_text(Page(8).html)
    plan = plan_pruning(raw, warehouse, BEFORE)
    assert plan.places == ()
    assert plan.kept == {"not staged as they are: run first": 5, "not published yet": 1}


def test_an_interrupted_pruning_is_finished_by_the_next(raw: Path, warehouse: Warehouse) -> None:
    plan = plan_pruning(raw, warehouse, BEFORE)
    add_pruned(warehouse, plan.batches)
    (raw / plan.paths[0]).unlink()
    # Between the two a run finds half of a folder.
    found = _plan(raw, warehouse)
    assert (found.batches, found.superseded, found.gone) == ((), (), ())
    prune(raw, warehouse, BEFORE)
    assert _files(raw) == ["desk/2024-03-14/4.html", "export/2024-03-14/pages.jsonl"]


def test_what_was_pruned_can_be_forgotten(raw: Path, warehouse: Warehouse) -> None:
    prune(raw, warehouse, BEFORE)
    means = Means(settings=Settings(), registry=REGISTRY, pause=lambda _: None, raw=raw)
    forget(warehouse, lambda: plan_erasure(warehouse, PAGES[0].url), means)
    plan = _plan(raw, warehouse)
    assert (plan.batches, plan.superseded, plan.gone) == ((), (), ())
    assert read_accounts(warehouse).documents == len(PAGES)
    assert verify_warehouse(warehouse).faults == ()


def test_a_damaged_list_stops_a_run(raw: Path, warehouse: Warehouse) -> None:
    prune(raw, warehouse, BEFORE)
    path = warehouse.root / "staged" / "pruned.json"
    path.write_text(path.read_text().replace("desk", "disk"))
    with pytest.raises(PrunedListError, match="backup"):
        _plan(raw, warehouse)
    assert {fault.code for fault in verify_warehouse(warehouse).faults} == {"pruned_list_damaged"}


def test_the_command_lists_first_and_status_tells_it(raw: Path, warehouse: Warehouse) -> None:
    days = (date.today() - BEFORE).days  # noqa: DTZ011 - it counts in UTC, a day more or less
    where = ("--raw", str(raw), "--warehouse", str(warehouse.root))
    arguments = (*where, "--keep-raw", f"{days}d")
    shown = CliRunner().invoke(prune_command, [*arguments, "--dry-run"])
    assert "to be removed: 4 files" in shown.stdout
    assert "desk/2024-03-05/  3 files" in shown.stdout
    assert len(_files(raw)) == 6
    assert CliRunner().invoke(prune_command, arguments, input="n\n").exit_code == 1
    assert len(_files(raw)) == 6
    done = CliRunner().invoke(prune_command, [*arguments, "--yes"])
    assert "removed 4 files" in done.stdout
    told = CliRunner().invoke(status, where).stdout
    assert "pruned from raw" in told
    assert "gone from raw" not in told
    assert CliRunner().invoke(prune_command, [*where, "--keep-raw", "soon"]).exit_code == 2
