"""A warehouse has one writer: holding it, and clearing away what dead holders left."""

import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from tasks.storage.lease import Lease, WarehouseHeldError, leased
from tasks.storage.locations import is_on_disk

# The folder of a shadow (`tasks.storage.shadow`) begins with this; its maker holds its lock.
SHADOW_PREFIX = ".shadow-"
SHADOW_LOCK = "lock"


@contextmanager
def hold_warehouse(root: Path, *, clean: bool = True) -> Iterator[None]:
    """Holds a warehouse for oneself; a holder that dies lets go of it.

    On a disk the operating system sees to that, at once; in a store the lease expires
    (`tasks.storage.lease`), which whoever comes next waits for. A store has no temporary files.

    Args:
        root: the warehouse's root.
        clean: remove temporary files that dead runs left; who only looks leaves them.

    Raises:
        WarehouseHeldError: another run holds it; the message says which process.
        StoreCannotLockError: the store cannot keep two runs apart.
        OSError: the warehouse cannot be written.
    """
    who = f"process {os.getpid()} on {socket.gethostname()}"
    if not is_on_disk(root):
        with leased(Lease(root, who)):
            yield
        return
    root.mkdir(parents=True, exist_ok=True)
    holder = root / ".holder"
    lock = FileLock(root / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        other = _read_holder(holder)
        raise WarehouseHeldError(f"{root} is held by another run ({other})") from None
    try:
        holder.write_text(who, encoding="utf-8")
        if clean:
            remove_leftovers(root)
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _read_holder(holder: Path) -> str:
    """Returns who holds; whoever has just taken or let go of the lock has no name there."""
    try:
        return holder.read_text(encoding="utf-8") or "unknown process"
    except FileNotFoundError:
        return "unknown process"


def remove_leftovers(root: Path) -> int:
    """Removes what dead runs left; only the holder of the warehouse's lock may call it.

    These are temporary files, folders of partitions without a file, and shadows; the shadows of
    processes that live are left alone, with the temporary files in them.

    Returns:
        The number of files, folders and shadows removed.
    """
    leftovers = []
    empty = []
    for folder, subfolders, names in os.walk(root):
        if "=" in Path(folder).name and not subfolders and not names:
            empty.append(Path(folder))
        subfolders[:] = [name for name in subfolders if not name.startswith(SHADOW_PREFIX)]
        leftovers += [
            Path(folder, name) for name in names if name.startswith(".") and name.endswith(".tmp")
        ]
    for path in leftovers:
        path.unlink()
    for path in empty:
        path.rmdir()
    shadows = [path for path in root.glob(f"{SHADOW_PREFIX}*") if not _is_held(path / SHADOW_LOCK)]
    for path in shadows:
        shutil.rmtree(path)
    return len(leftovers) + len(empty) + len(shadows)


def _is_held(path: Path) -> bool:
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False
