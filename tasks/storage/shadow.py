"""A shadow of a warehouse: the same files under another root, for a run that must change nothing.

A Parquet file of a warehouse is never written in place, only replaced by rename (see `warehouse`
beside this). So a shadow has it as a hard link, which costs a name and no bytes: whatever is
replaced or removed on one side, the other keeps what it had. Every other file is copied. A
warehouse in a store is downloaded first.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from tasks.storage.holding import SHADOW_LOCK, SHADOW_PREFIX, hold_warehouse
from tasks.storage.locations import download_files, is_on_disk, list_below
from tasks.storage.warehouse import Warehouse

# Locks, temporaries, other shadows, reports.
_LEFT_OUT = (".", "_")


@dataclass(frozen=True, slots=True)
class Shadow:
    """A warehouse as it was at one moment, twice.

    Attributes:
        before: stays as it was, whatever other runs do to the warehouse meanwhile.
        after: to run on.
        scratch: an empty folder on the same disk.
    """

    before: Warehouse
    after: Warehouse
    scratch: Path


def shadowed(warehouse: Warehouse) -> AbstractContextManager[Shadow]:
    """Gives a shadow of a warehouse, and removes it at the end.

    The warehouse is held only while the names are linked: other runs go on meanwhile, and leave the
    shadow alone for as long as its process lives. The next one removes it where that was killed.

    Raises:
        WarehouseHeldError: a run is changing the warehouse right now.
        OSError: the warehouse cannot be written.
    """
    return _linked(warehouse) if is_on_disk(warehouse.root) else _downloaded(warehouse)


@contextmanager
def _downloaded(warehouse: Warehouse) -> Iterator[Shadow]:
    with tempfile.TemporaryDirectory(prefix="newsmill-") as folder:
        shadow = _name_shadow(Path(folder))
        with hold_warehouse(warehouse.root):
            files = [
                path
                for path in list_below(warehouse.root)
                if not path.relative_to(warehouse.root).as_posix().startswith(_LEFT_OUT)
            ]
            download_files(files, warehouse.root, shadow.before.root)
        shadow.scratch.mkdir()
        _link_files(shadow.before.root, shadow.after.root)
        yield shadow


@contextmanager
def _linked(warehouse: Warehouse) -> Iterator[Shadow]:
    with hold_warehouse(warehouse.root):
        root = Path(tempfile.mkdtemp(prefix=SHADOW_PREFIX, dir=warehouse.root))
        alive = FileLock(root / SHADOW_LOCK)
        alive.acquire(timeout=0)
        shadow = _name_shadow(root)
        try:
            shadow.scratch.mkdir()
            for copy in (shadow.before, shadow.after):
                _link_files(warehouse.root, copy.root)
        except BaseException:
            _remove(root, alive)
            raise
    try:
        yield shadow
    finally:
        _remove(root, alive)


def _name_shadow(root: Path) -> Shadow:
    return Shadow(Warehouse(root / "before"), Warehouse(root / "after"), root / "scratch")


def _link_files(source: Path, target: Path) -> None:
    """Links or copies a folder's files, without locks, temporaries, other shadows and reports."""
    target.mkdir()
    with os.scandir(source) as entries:
        for entry in entries:
            if entry.name.startswith(_LEFT_OUT):
                continue
            if entry.is_dir():
                _link_files(source / entry.name, target / entry.name)
            else:
                _link_file(source / entry.name, target / entry.name)


def _link_file(source: Path, target: Path) -> None:
    if source.suffix == ".parquet":
        try:
            target.hardlink_to(source)
        except OSError:
            pass  # A disk without hard links: the copy costs space, nothing else.
        else:
            return
    shutil.copy2(source, target)


def _remove(root: Path, alive: FileLock) -> None:
    shutil.rmtree(root)
    alive.release()
