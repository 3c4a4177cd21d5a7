"""Healing: what is damaged is set aside, and made again from what it was made of.

| file | made again from | lost |
|---|---|---|
| `articles/`, `money/`, `quarantine/`, `staged/selection/` | staged/ | nothing |
| `staged/records/` | raw/ | where the raw file is gone: the run asks for `--prune` |
| `staged/verdicts/`, `staged/profiles/` | staged records, judged again | nothing |
| `staged/audit.json` | profiles: all days are audited again | what was accepted |
| `staged/caches/`, `datapackage.json` | all the rest | nothing |
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
from tasks.storage.parquet import DamagedFileError, check_whole, read_table
from tasks.storage.places import list_files
from tasks.storage.setting_aside import let_wait, put_aside
from tasks.storage.warehouse import Warehouse, find_metadata, remove_file
from tasks.validate.audit_state import Day, copy_aside, read_state, renew_state

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
        place = f", kept as {self.kept}" if self.kept else ""
        return f"{self.path} was damaged{place}: {self.outcome}"


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
    met: set[Path] = set()
    while True:
        try:
            return call()
        except DamagedFileError as damage:
            if damage.path in met or not damage.path.is_relative_to(warehouse.root):
                raise
            met.add(damage.path)
            with hold_warehouse(warehouse.root, clean=False):
                tell(set_aside(warehouse, damage.path))


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
    return [set_aside(warehouse, path) for path in sorted(paths) if path.exists()]


def set_aside(warehouse: Warehouse, path: Path) -> SetAside:
    """Sets a damaged file aside; only the holder of the warehouse may call it."""
    name = path.relative_to(warehouse.root).as_posix()
    if name == DATAPACKAGE_NAME:
        write_datapackage(warehouse)
        return SetAside(name, "", "written again")
    if path.is_relative_to(caches_folder(warehouse)):
        remove_file(path)
        return SetAside(name, "", "a cache, made again when it is needed")
    if path == warehouse.audit_state:
        kept = copy_aside(warehouse)
        renew_state(warehouse, _profiled_days(warehouse))
        lost = "what was accepted is lost, and all landing days are audited again"
        return SetAside(name, _relative(warehouse, kept), lost, is_lost=True)
    if path.parent == warehouse.records:
        kept = let_wait(path)
        return SetAside(name, _relative(warehouse, kept), "made again from raw/ by the next run")
    kept = put_aside(warehouse, path)
    if path.parent == warehouse.profiles:
        _judge_again(warehouse, path.stem)
        return SetAside(name, _relative(warehouse, kept), "counted again by the next run")
    if path.parent == warehouse.dataset(RUNS.name):
        lost = "this row is lost, nothing else holds it"
        return SetAside(name, _relative(warehouse, kept), lost, is_lost=True)
    return SetAside(name, _relative(warehouse, kept), "made again from staged/ by the next run")


def _judge_again(warehouse: Warehouse, month: str) -> None:
    """Removes the verdicts that were given with the profiles of a landing month."""
    for path in list_files(warehouse.verdicts, "*.parquet"):
        if month in find_metadata(path).get("months", ()):
            remove_file(path)


def _profiled_days(warehouse: Warehouse) -> set[Day]:
    """Returns all landing days; of profiles that are damaged too, those that are judged again."""
    days: set[Day] = set()
    for path in list_files(warehouse.profiles, "*.parquet"):
        try:
            rows = read_table(path, ["source", "landing_date"])
        except DamagedFileError:
            continue
        columns = (rows[name].to_pylist() for name in ("source", "landing_date"))
        days.update(Day(*pair) for pair in zip(*columns, strict=True))
    return days


def _relative(warehouse: Warehouse, path: Path) -> str:
    return path.relative_to(warehouse.root).as_posix()
