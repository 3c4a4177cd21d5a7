"""Where the files of raw/ are written, and how they appear there: on a disk, or in a store.

A file that is written is hidden from all who read raw/. On a disk it lies beside its final name.
For a store it lies in the spool, a folder of the state, and goes up whole with one request.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tasks.collect.memory.files import WrittenFile
from tasks.storage.locations import is_on_disk, put_new, read_bytes

PREFIX, SUFFIX = "NEWSMILL-", ".warc.gz"
_SPOOL = "spool"


class Place(Protocol):
    """Where files are written and appear."""

    @property
    def root(self) -> Path:
        """The folder of this machine in which files are written."""
        ...

    def publish(self, file: WrittenFile) -> Path:
        """Lets a file appear under its final name; one that has appeared already, once.

        Raises:
            FileExistsError: another file is there.
            OSError: the disk or the store is at fault.
        """
        ...

    def has(self, file: WrittenFile) -> bool:
        """Tells whether a file has appeared."""
        ...

    def clear(self, file: WrittenFile) -> None:
        """Removes what was written of a file that has appeared."""
        ...


@dataclass(frozen=True, slots=True)
class DiskPlace:
    """A raw folder on a disk."""

    root: Path

    def publish(self, file: WrittenFile) -> Path:
        """See `Place`."""
        final = self.root / file.folder / file.name
        if final.exists():
            raise FileExistsError(f"{final} is there already; raw/ never changes")
        written_path(self, file).rename(final)
        sync_folder(final.parent)
        return final

    def has(self, file: WrittenFile) -> bool:
        """See `Place`."""
        return (self.root / file.folder / file.name).exists()

    def clear(self, file: WrittenFile) -> None:
        """Nothing is left: the file has another name."""


@dataclass(frozen=True, slots=True)
class StorePlace:
    """A raw folder in a store, and the spool of what goes there."""

    root: Path
    raw: Path

    def publish(self, file: WrittenFile) -> Path:
        """See `Place`: an answer that was lost, or a kill behind it, is made up for."""
        final, written = self.raw / file.folder / file.name, written_path(self, file)
        if not put_new(written, final) and read_bytes(final) != written.read_bytes():
            raise FileExistsError(f"{final} is there already; raw/ never changes")
        return final

    def has(self, file: WrittenFile) -> bool:
        """See `Place`."""
        return (self.raw / file.folder / file.name).exists()

    def clear(self, file: WrittenFile) -> None:
        """See `Place`."""
        written_path(self, file).unlink()


def place_of(raw: Path, state_folder: Path) -> Place:
    """Returns the place of a raw folder.

    Args:
        raw: on a disk, or in a store.
        state_folder: of the collector's state, which holds the spool of a store.
    """
    return DiskPlace(raw) if is_on_disk(raw) else StorePlace(state_folder / _SPOOL, raw)


def hidden_name(name: str) -> str:
    """Returns what a file is called while it is written."""
    return f".{name}.open"


def written_path(place: Place, file: WrittenFile) -> Path:
    """Returns where a file is written."""
    return place.root / file.folder / hidden_name(file.name)


def written_paths(place: Place) -> Iterator[Path]:
    """Yields all files that are being written, or were left."""
    yield from place.root.glob(f"*/*/{hidden_name(f'{PREFIX}*{SUFFIX}')}")


def sync_folder(folder: Path) -> None:
    """Sees to it that the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
