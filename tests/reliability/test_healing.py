"""One byte of each kind of file of a warehouse is flipped: it is found, and what can be is healed.

The steps run here without Prefect (`tests.reliability.steps`); `tests/flows/test_verify.py` has the
command.
"""

import shutil
from datetime import date
from pathlib import Path

import pytest

from tasks.discover.plan import RawFilesGoneError
from tasks.inspect.healing import SetAside, check_recent, healed, set_aside_all
from tasks.inspect.verification.verify import damaged_paths, verify_warehouse
from tasks.publish.datapackage import write_datapackage
from tasks.publish.shard_count import write_shard_count
from tasks.storage.parquet import DamagedFileError
from tasks.storage.setting_aside import list_put_aside
from tasks.storage.warehouse import Warehouse
from tasks.validate.audit_state import LandedDay, add_accepted, read_state
from tasks.validate.findings import Finding
from tests.reliability.raw_folders import Page, write_pages
from tests.reliability.steps import Run, run_steps
from tests.warehouses import leave_row

PAGES = (Page(article=1), Page(article=2, landing=1), Page(article=3, published=4))
# Of each kind of file a pattern that names one or more.
MADE_AGAIN = (
    "articles/*/*.parquet",
    "money/*/*.parquet",
    "quarantine/*/*.parquet",
    "outlets/*.parquet",
    "staged/records/*.parquet",
    "staged/verdicts/*.parquet",
    "staged/profiles/*.parquet",
    "staged/selection/articles/*.parquet",
    "staged/caches/*",
    "datapackage.json",
)
LOST = ("runs/*.parquet", "staged/audit.json", "staged/shards.json")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with raw/ and a warehouse of it, which nobody changes."""
    folder = tmp_path_factory.mktemp("made")
    write_pages(folder / "raw", PAGES)
    write_shard_count(Warehouse(folder / "warehouse"), 2)
    run_steps(folder / "raw", folder / "warehouse", Run())
    warehouse = Warehouse(folder / "warehouse")
    write_datapackage(warehouse)
    leave_row(warehouse, [])
    accepted = Finding(
        measure="documents",
        value="1",
        expected="9",
        advice="",
        source="desk",
        landing_date=date(2024, 3, 5),
        number=1.0,
    )
    add_accepted(warehouse, [accepted])
    return folder


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "copy"))


def _published(root: Path) -> dict[str, bytes]:
    names = ("articles", "money", "quarantine", "outlets")
    paths = [path for name in names for path in root.glob(f"{name}/**/*.parquet")]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def _flip(path: Path, at: float) -> None:
    content = bytearray(path.read_bytes())
    content[int(at * (len(content) - 1))] ^= 1
    path.write_bytes(content)


def _repair(copy: Path) -> list[SetAside]:
    """Does what `newsmill verify --repair` does, until nothing is damaged any more."""
    warehouse, done = Warehouse(copy / "warehouse"), []
    for _ in range(3):
        paths = damaged_paths(warehouse, verify_warehouse(warehouse).faults)
        if not paths:
            break
        done += set_aside_all(warehouse, paths)
        run_steps(copy / "raw", warehouse.root, Run())
    return done


@pytest.mark.parametrize("at", [0.1, 0.98])
@pytest.mark.parametrize("pattern", MADE_AGAIN)
def test_what_is_damaged_is_found_kept_and_made_again(copy: Path, pattern: str, at: float) -> None:
    root = copy / "warehouse"
    before = _published(root)
    path = sorted(root.glob(pattern))[0]
    _flip(path, at)
    name = path.relative_to(root).as_posix()
    assert name in {fault.path for fault in verify_warehouse(Warehouse(root)).faults}

    done = _repair(copy)
    assert [each.path for each in done] == [name]
    assert not done[0].is_lost
    assert verify_warehouse(Warehouse(root)).faults == ()
    assert _published(root) == before
    is_kept = name != "datapackage.json" and "caches" not in name
    kept = [
        kept.relative_to(root / "_damaged").as_posix() for kept in list_put_aside(Warehouse(root))
    ]
    assert kept == ([name] if is_kept else [])


@pytest.mark.parametrize("at", [0.1, 0.98])
@pytest.mark.parametrize("pattern", LOST)
def test_what_nothing_else_holds_is_named_as_lost(copy: Path, pattern: str, at: float) -> None:
    root = copy / "warehouse"
    path = sorted(root.glob(pattern))[0]
    _flip(path, at)
    (done,) = _repair(copy)
    assert (root / done.path, done.is_lost) == (path, True)
    assert (root / done.kept).exists()
    assert verify_warehouse(Warehouse(root)).faults == ()


def test_what_was_accepted_is_lost_and_every_day_is_audited_again(copy: Path) -> None:
    warehouse = Warehouse(copy / "warehouse")
    assert len(read_state(warehouse).accepted) == 1
    _flip(warehouse.audit_state, 0.5)
    set_aside_all(warehouse, [warehouse.audit_state])
    state = read_state(warehouse)
    assert state.pending == {
        LandedDay("desk", date(2024, 3, 5)),
        LandedDay("desk", date(2024, 3, 6)),
    }
    assert state.accepted == ()


class TestRuns:
    """What a run reads it heals by itself."""

    @pytest.fixture
    def warehouse(self, copy: Path) -> Warehouse:
        return Warehouse(copy / "warehouse")

    def _run(self, copy: Path, run: Run = Run()) -> list[SetAside]:  # noqa: B008 - frozen
        warehouse, told = Warehouse(copy / "warehouse"), list[SetAside]()

        def steps() -> None:
            check_recent(warehouse)
            run_steps(copy / "raw", warehouse.root, run)

        healed(warehouse, steps, told.append)
        return told

    @pytest.mark.parametrize(
        "pattern",
        [
            "staged/records/*.parquet",
            "staged/verdicts/*.parquet",
            "staged/selection/articles/*.parquet",
            "articles/*/*.parquet",
            "money/*/*.parquet",
            "quarantine/*/*.parquet",
            "runs/*.parquet",
            "staged/audit.json",
        ],
    )
    def test_garbage(self, copy: Path, warehouse: Warehouse, pattern: str) -> None:
        before = _published(warehouse.root)
        path = sorted(warehouse.root.glob(pattern))[0]
        path.write_bytes(b"garbage")
        told = self._run(copy)
        assert [warehouse.root / each.path for each in told] == [path]
        assert verify_warehouse(warehouse).faults == ()
        assert _published(warehouse.root) == before

    def test_a_page_of_records_that_are_normalized_again(
        self, copy: Path, warehouse: Warehouse
    ) -> None:
        before = _published(warehouse.root)
        path = sorted(warehouse.records.glob("*.parquet"))[0]
        _flip(path, 0.3)
        told = self._run(copy, Run(start="staged"))
        assert [warehouse.root / each.path for each in told] == [path]
        assert verify_warehouse(warehouse).faults == ()
        assert _published(warehouse.root) == before

    def test_a_window_of_other_days(self, copy: Path, warehouse: Warehouse) -> None:
        path = sorted(warehouse.records.glob("*.parquet"))[0]
        path.write_bytes(b"garbage")
        self._run(copy, Run(day=date(2020, 1, 1)))
        assert verify_warehouse(warehouse).faults == ()

    def test_records_whose_raw_file_is_gone_stay_published(
        self, copy: Path, warehouse: Warehouse
    ) -> None:
        before = _published(warehouse.root)
        for path in warehouse.records.glob("*.parquet"):
            path.write_bytes(b"garbage")
        shutil.rmtree(copy / "raw")
        (copy / "raw").mkdir()
        for _ in range(2):
            with pytest.raises(RawFilesGoneError, match="gone from raw/"):
                self._run(copy)
        assert _published(warehouse.root) == before

    def test_a_disk_that_damages_everything_ends_the_run(self, warehouse: Warehouse) -> None:
        path = sorted(warehouse.root.glob("articles/*/*.parquet"))[0]

        def steps() -> None:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(b"garbage")
            raise DamagedFileError(path, "garbage")

        with pytest.raises(DamagedFileError, match="garbage"):
            healed(warehouse, steps)
