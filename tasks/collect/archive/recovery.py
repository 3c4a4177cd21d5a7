"""What is done before anything is collected: files that a dead collector left are finished."""

import fcntl
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from tasks.collect.archive.places import (
    Place,
    hidden_name,
    place_of,
    written_path,
    written_paths,
)
from tasks.collect.archive.warc_writer import seal_file
from tasks.collect.memory.files import WrittenFile
from tasks.collect.memory.state import State


class NotLostError(Exception):
    """A file of raw/ is there, whole, or the state does not know it."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was found and done.

    Attributes:
        sealed: files that were left open, cut to what is noted, and sealed.
        cut_bytes: bytes of pages that were not noted, and are fetched again.
        removed: open files that the state does not know.
        lost: files whose pages the state has as stored, and that are gone or too short.
    """

    sealed: tuple[Path, ...]
    cut_bytes: int
    removed: tuple[Path, ...]
    lost: tuple[str, ...]


def recover(raw: Path, state: State) -> Recovery:
    """Finishes what was left: each page is in raw/ exactly once afterwards.

    Args:
        raw: the raw folder, on a disk or in a store.
        state: knows the files.

    Raises:
        OSError: raw/ cannot be written.
    """
    place = place_of(raw, state.folder)
    sealed, lost, cut_bytes = [], [], 0
    for file in state.files:
        hidden = written_path(place, file)
        if not hidden.exists() and place.has(file):
            # It was renamed, and not noted any more.
            with state.transaction():
                state.files.drop(file.name)
            sealed.append(raw / file.folder / file.name)
        elif _is_lost(place, file):
            lost.append(_position(file))
        else:
            cut_bytes += _cut(hidden, file)
            if path := seal_file(place, state, file):
                sealed.append(path)
    known = {hidden_name(file.name) for file in state.files}
    return Recovery(tuple(sealed), cut_bytes, tuple(_remove_unknown(place, known)), tuple(lost))


def give_up_lost(raw: Path, state: State, names: Collection[str]) -> list[WrittenFile]:
    """Lets go of files that are lost, so that nobody is told of them any more.

    What is left of one that is too short is sealed as it is: a run reads what is whole. Their pages
    still count as stored.

    Args:
        raw: the raw folder, on a disk or in a store.
        state: knows the files.
        names: of files, as `Recovery.lost` has them.

    Returns:
        The files.

    Raises:
        NotLostError: one is not lost; none is let go of.
        OSError: raw/ cannot be written.
    """
    place = place_of(raw, state.folder)
    lost = {_position(file): file for file in state.files if _is_lost(place, file)}
    if others := sorted(set(names) - lost.keys()):
        raise NotLostError(f"not lost in {raw}: {', '.join(others)}")
    files = [lost[name] for name in dict.fromkeys(names)]
    for file in files:
        left = written_path(place, file)
        if left.exists() and left.stat().st_size:
            seal_file(place, state, file)
        else:
            left.unlink(missing_ok=True)
            with state.transaction():
                state.files.drop(file.name)
    return files


def _position(file: WrittenFile) -> str:
    return f"{file.folder}/{file.name}"


def _is_lost(place: Place, file: WrittenFile) -> bool:
    """Whether pages that are noted are on the disk no more."""
    written = written_path(place, file)
    if written.exists():
        return written.stat().st_size < file.size
    return not place.has(file)


def _cut(path: Path, file: WrittenFile) -> int:
    surplus = path.stat().st_size - file.size
    if surplus:
        with path.open("r+b") as opened:
            opened.truncate(file.size)
            os.fsync(opened.fileno())
    return surplus


def _remove_unknown(place: Place, known: Collection[str]) -> Iterator[Path]:
    """Removes open files of this collector that nobody writes: their pages are noted nowhere."""
    for path in written_paths(place):
        if path.name in known:
            continue
        with path.open("rb") as opened:
            try:
                fcntl.flock(opened.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            path.unlink()
            yield path
