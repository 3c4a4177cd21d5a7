"""A shadow of a warehouse: the same files under another root, for a run that must change nothing.

A Parquet file of a warehouse is never written in place, only replaced by rename (tasks/storage.py).
So a shadow has it as a hard link, which costs a name and no bytes: whatever is replaced or removed
on one side, the other keeps what it had. Every other file is copied.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from tasks.storage import SHADOW_LOCK, SHADOW_PREFIX, Warehouse, hold_warehouse


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


@contextmanager
def shadowed(warehouse: Warehouse) -> Iterator[Shadow]:
    """Gives a shadow of a warehouse, and removes it at the end.

    The warehouse is held only while the names are linked: other runs go on meanwhile, and leave the
    shadow alone for as long as its process lives. The next one removes it where that was killed.

    Raises:
        WarehouseHeldError: a run is changing the warehouse right now.
        OSError: the warehouse cannot be written.
    """
    with hold_warehouse(warehouse.root):
        root = Path(tempfile.mkdtemp(prefix=SHADOW_PREFIX, dir=warehouse.root))
        alive = FileLock(root / SHADOW_LOCK)
        alive.acquire(timeout=0)
        shadow = Shadow(Warehouse(root / "before"), Warehouse(root / "after"), root / "scratch")
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


def _link_files(source: Path, target: Path) -> None:
    """Links or copies a folder's files, without locks, temporaries, other shadows and reports."""
    target.mkdir()
    with os.scandir(source) as entries:
        for entry in entries:
            if entry.name.startswith((".", "_")):
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
