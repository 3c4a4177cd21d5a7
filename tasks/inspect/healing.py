"""Healing: what is damaged is set aside, and made again from what it was made of.

| file | made again from | lost |
|---|---|---|
| `articles/`, `money/`, `quarantine/`, `outlets/`, `staged/selection/` | staged/ | nothing |
| `staged/records/` | raw/ | where the raw file is gone: the run asks for `--prune` |
| `staged/verdicts/`, `staged/profiles/` | staged records, judged again | nothing |
| `staged/audit.json` | profiles: all days are audited again | what was accepted |
| `staged/caches/`, `datapackage.json` | all the rest | nothing |
| `staged/shards.json` | | how many shards the index had: it has one |
| `runs/` | | the run's row |
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from schemas.tables import RUNS
from tasks.publish.datapackage import DATAPACKAGE_NAME, write_datapackage
from tasks.storage.caches import caches_folder
from tasks.storage.holding import hold_warehouse
from tasks.storage.locations import list_files
from tasks.storage.parquet import DamagedFileError, check_whole, read_table
from tasks.storage.setting_aside import let_wait, put_aside
from tasks.storage.warehouse import Warehouse, find_metadata, remove_file
from tasks.validate.audit_state import LandedDay, copy_aside, read_state, renew_state
from tasks.validate.profile_files import is_named
from tasks.validate.verdicts import days_of

T = TypeVar("T")

# As many rows of earlier runs as a report reads.
_RECENT_RUNS = 30


@dataclass(frozen=True, slots=True)
class SetAside:
    """A damaged file that is out of the way.

    Attributes:
        path: that it had, below the warehouse's root.
        kept: where it is now, likewise; "" where it held nothing that is not elsewhere too.
        outcome: from what it is made again, or what is lost.
        is_lost: whether something is.
    """

    path: str
    kept: str
    outcome: str
    is_lost: bool = False

    def __str__(self) -> str:
        kept = f", kept as {self.kept}" if self.kept else ""
        return f"{self.path} was damaged{kept}: {self.outcome}"


def healed(
    warehouse: Warehouse, call: Callable[[], T], tell: Callable[[SetAside], object] = lambda _: None
) -> T:
    """Calls a function; where it meets damaged files, sets them aside and calls it again.

    Args:
        warehouse: whose files are set aside.
        call: holds the warehouse itself, for as long as it needs it.
        tell: is told what was set aside.

    Raises:
        DamagedFileError: a file is damaged again once it was made again: the disk is at fault.
    """
    # Tasks name files by paths that hold on other machines too.
    here = Warehouse(warehouse.root.resolve())
    met: set[Path] = set()
    while True:
        try:
            return call()
        except DamagedFileError as damage:
            path = damage.path.resolve()
            if path in met or not path.is_relative_to(here.root):
                raise
            met.add(path)
            with hold_warehouse(here.root, clean=False):
                tell(set_aside(here, path))


def check_recent(warehouse: Warehouse) -> None:
    """Looks at the small files that a run reads late, when all else is done.

    Raises:
        DamagedFileError: one of them is damaged.
    """
    for path in list_files(warehouse.dataset(RUNS.name), "*.parquet")[-_RECENT_RUNS:]:
        check_whole(path)
    read_state(warehouse)


def set_aside_all(warehouse: Warehouse, paths: Collection[Path]) -> list[SetAside]:
    """Sets damaged files aside; only the holder of the warehouse may call it."""
    return [set_aside(warehouse, path) for path in sorted(paths)]


def set_aside(warehouse: Warehouse, path: Path) -> SetAside:
    """Sets a damaged file aside; only the holder of the warehouse may call it."""
    kept, outcome = _move(warehouse, path)
    return SetAside(
        path=path.relative_to(warehouse.root).as_posix(),
        kept=kept.relative_to(warehouse.root).as_posix() if kept else "",
        outcome=outcome,
        is_lost=outcome in (_ROW_IS_LOST, _STATE_IS_LOST, _COUNT_IS_LOST),
    )


_ROW_IS_LOST = "this row is lost, nothing else holds it"
_COUNT_IS_LOST = "the index has one shard until `newsmill shards` divides it again"
_STATE_IS_LOST = "what was accepted is lost, and all landing days are audited again"


def _move(warehouse: Warehouse, path: Path) -> tuple[Path | None, str]:
    """Moves a file by its kind; returns where it is kept, and what becomes of what it held."""
    if path == warehouse.audit_state:
        kept = copy_aside(warehouse)
        renew_state(warehouse, _profiled_days(warehouse))
        return kept, _STATE_IS_LOST
    if path == warehouse.root / DATAPACKAGE_NAME:
        write_datapackage(warehouse)
        return None, "written again"
    if path.parent == caches_folder(warehouse):
        remove_file(path)
        return None, "made again when it is needed"
    if path.parent == warehouse.records:
        return let_wait(path), "made again from raw/ by the next run, and then kept in _damaged/"
    if path.parent == warehouse.profiles:
        # Before it goes: whoever dies between leaves records to judge, not days uncounted.
        _judge_again(warehouse, path)
        outcome = "counted again by the next run"
    elif path.parent == warehouse.dataset(RUNS.name):
        outcome = _ROW_IS_LOST
    elif path == warehouse.shards:
        outcome = _COUNT_IS_LOST
    else:
        outcome = "made again from staged/ by the next run"
    return put_aside(warehouse, path), outcome


def _judge_again(warehouse: Warehouse, profiles: Path) -> None:
    """Removes the verdicts that were given with a file of profiles."""
    for path in list_files(warehouse.verdicts, "*.parquet"):
        if is_named(profiles, days_of(find_metadata(path)) or ()):
            remove_file(path)


def _profiled_days(warehouse: Warehouse) -> set[LandedDay]:
    """Returns all landing days; of profiles that are damaged too, those that are judged again."""
    days: set[LandedDay] = set()
    for path in list_files(warehouse.profiles, "*.parquet"):
        try:
            rows = read_table(path, ["source", "landing_date"])
        except DamagedFileError:
            continue
        columns = (rows[name].to_pylist() for name in ("source", "landing_date"))
        days.update(LandedDay(*pair) for pair in zip(*columns, strict=True))
    return days
