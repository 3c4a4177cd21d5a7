"""Writes pages into raw/, each exactly once whatever happens in between.

A page is appended, synced to the disk, and then noted as stored in one transaction with the size
of its file. So a file that was left open is cut to the size noted. It is hidden until it is sealed,
and nothing in raw/ that newsmill sees ever changes.
"""

import fcntl
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from schemas.settings import MEBIBYTE
from tasks.collect.archive.places import (
    PREFIX,
    SUFFIX,
    Place,
    place_of,
    sync_folder,
    written_path,
)
from tasks.collect.archive.warc_records import Content, Fields, write_page, write_warcinfo
from tasks.collect.memory.files import Stage, WrittenFile
from tasks.collect.memory.pages import Settled
from tasks.collect.memory.state import State

# A file that grows beyond is sealed, and the next begun.
MAX_BYTES = 64 * MEBIBYTE
# So many days of the past are written at the same time, of each group.
_OPEN_DAYS = 4


@dataclass(frozen=True, slots=True)
class Gathered:
    """A page with the outcome that it is to have.

    Attributes:
        group: the folder of raw/ that it goes to.
        content: what is stored.
        settled: the address; its outcome is STORED.
        fetched_at: UTC, of a page that others fetched in the past, which goes to the folder of that
            day; None for the day on which it is stored.
    """

    group: str
    content: Content
    settled: Settled
    fetched_at: datetime | None = None


@dataclass(slots=True)
class _Open:
    file: WrittenFile
    is_past: bool
    descriptor: int


class WarcWriter:
    """The files of raw/ that are being written, one for each group and day.

    Args:
        raw: the raw folder, on a disk or in a store.
        state: notes what is stored.
        about: what each file says of itself, see `write_warcinfo`.
        max_bytes: see MAX_BYTES.
    """

    def __init__(
        self, raw: Path, state: State, about: Fields, *, max_bytes: int = MAX_BYTES
    ) -> None:
        self._place = place_of(raw, state.folder)
        self._state = state
        self._about = about
        self._max_bytes = max_bytes
        # By their folders, the one that was begun first at the front.
        self._open: dict[str, _Open] = {}
        self._sealed: list[Path] = []

    def store(self, pages: Sequence[Gathered], now: datetime) -> None:
        """Stores pages: when it returns they are on the disk, and noted.

        Args:
            pages: in the order of their fetching.
            now: UTC instant.

        Raises:
            OSError: the disk is full or broken; the state still says what is in the files.
        """
        self._rotate(now)
        by_folder: dict[tuple[str, bool], list[Gathered]] = {}
        for page in pages:
            day = _day(page.fetched_at or now)
            is_past = page.fetched_at is not None
            by_folder.setdefault((f"{page.group}/{day}", is_past), []).append(page)
        for (folder, is_past), gathered in by_folder.items():
            self._append(self._file_of(folder, is_past, now), gathered, now)

    def seal(self) -> list[Path]:
        """Gives all files their final names; returns all that were sealed so far."""
        for folder in list(self._open):
            self._seal(folder)
        return self._sealed

    def _append(self, opened: _Open, pages: Sequence[Gathered], now: datetime) -> None:
        size, position = opened.file.size, f"{opened.file.folder}/{opened.file.name}"
        records = [
            write_page(page.content, f"{position}#{opened.file.pages + number}")
            for number, page in enumerate(pages)
        ]
        written = _write_at(opened.descriptor, b"".join(records), size)
        file = replace(opened.file, size=size + written, pages=opened.file.pages + len(pages))
        # Pages of one file are of one day.
        at = (pages[0].fetched_at or now).timestamp()
        with self._state.transaction():
            self._state.pages.settle([page.settled for page in pages], at)
            self._state.files.note(file)
        opened.file = file

    def _rotate(self, now: datetime) -> None:
        day = _day(now)
        for folder, opened in list(self._open.items()):
            is_over = not opened.is_past and not folder.endswith(f"/{day}")
            if is_over or opened.file.size >= self._max_bytes:
                self._seal(folder)

    def _file_of(self, folder: str, is_past: bool, now: datetime) -> _Open:
        opened = self._open.get(folder)
        if opened is None:
            past = [name for name, other in self._open.items() if other.is_past]
            for name in past[: len(past) - _OPEN_DAYS + 1] if is_past else ():
                self._seal(name)
            opened = self._open[folder] = self._begin(folder, is_past, now)
        return opened

    def _begin(self, folder: str, is_past: bool, now: datetime) -> _Open:
        with self._state.transaction():
            serial = self._state.files.next_serial()
        name = f"{PREFIX}{now.astimezone(UTC):%Y%m%d%H%M%S}-{serial:05d}{SUFFIX}"
        path = written_path(self._place, WrittenFile(name, folder, 0, 0, Stage.OPEN))
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o644)
        # Recovery by another collector leaves alone what is locked; who dies lets go.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        size = _write_at(descriptor, write_warcinfo(name, now, self._about), 0)
        sync_folder(path.parent)
        file = WrittenFile(name, folder, size, 0, Stage.OPEN)
        with self._state.transaction():
            self._state.files.note(file)
        return _Open(file, is_past, descriptor)

    def _seal(self, folder: str) -> None:
        opened = self._open.pop(folder)
        # What a full disk left behind the last page that was noted.
        os.ftruncate(opened.descriptor, opened.file.size)
        path = seal_file(self._place, self._state, opened.file)
        os.close(opened.descriptor)
        if path is not None:
            self._sealed.append(path)


def seal_file(place: Place, state: State, file: WrittenFile) -> Path | None:
    """Gives a file its final name; None where it holds no page and is removed.

    All that the state says of it is on the disk before the file can be seen, and after a crash
    between the steps the state knows what it was about to do.
    """
    if not file.pages:
        written_path(place, file).unlink(missing_ok=True)
        with state.transaction():
            state.files.drop(file.name)
        return None
    with state.transaction(synced=True):
        state.files.note(replace(file, stage=Stage.SEALING))
    final = place.publish(file)
    with state.transaction():
        state.files.drop(file.name)
    place.clear(file)
    return final


def _write_at(descriptor: int, content: bytes, position: int) -> int:
    """Writes all of it and syncs it; returns how many bytes."""
    written = 0
    view = memoryview(content)
    while written < len(content):
        written += os.pwrite(descriptor, view[written:], position + written)
    os.fdatasync(descriptor)
    return len(content)


def _day(now: datetime) -> str:
    return f"{now.astimezone(UTC):%Y-%m-%d}"
