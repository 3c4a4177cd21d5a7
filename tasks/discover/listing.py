"""What lies in raw/: every file once, with what tells that it changed, and nothing read."""

import os
import stat
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from schemas.raw_forms import CODINGS
from schemas.reasons import Reason
from tasks.printed.cleaning import escape_name
from tasks.storage.locations import is_on_disk, list_store

SIDECAR_SUFFIX = ".meta.json"
# Editors' and systems' own files, and the temporary names of downloads.
HIDDEN_PREFIX = "."


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file of raw/.

    Attributes:
        path: below the raw folder, with `/`.
        size: in bytes, as listed.
        version: on a disk the time of the last change, in nanoseconds, in a store the ETag; only
            ever compared, never published.
        sidecar: path of its sidecar, None where there is none; see `sidecar_names`.
        sidecar_size: the sidecar's size.
        sidecar_version: the sidecar's, as above.
        refused: why it is not opened, None where it is; of a link the version is where it leads.
        sidecar_refused: the sidecar's, as above.
    """

    path: str
    size: int
    version: int | str
    sidecar: str | None = None
    sidecar_size: int | None = None
    sidecar_version: int | str | None = None
    refused: Reason | None = None
    sidecar_refused: Reason | None = None

    @property
    def has_sidecar(self) -> bool:
        """Whether a sidecar arrived with the file."""
        return self.sidecar is not None


@dataclass(frozen=True, slots=True)
class Listing:
    """What lies in raw/.

    Attributes:
        files: in order of their paths.
        orphan_sidecars: the sidecars whose file is not there.
        passed_over: how many names are no documents, by kind: `hidden` (they begin with "."),
            `fifo`, `socket`, `device`, `link_cycle`, `orphan_sidecar`. Of a folder, one.
    """

    files: tuple[RawFile, ...]
    orphan_sidecars: tuple[str, ...]
    passed_over: Mapping[str, int]


class _State(NamedTuple):
    """How a name was found: size, version, and why it is not opened."""

    size: int
    version: int | str
    refused: Reason | None = None


def list_raw(raw: Path) -> Listing:
    """Lists the raw folder.

    Names that begin with "." are counted and not looked into. Links are followed, but not out of
    the raw folder and not into themselves.

    Raises:
        OSError: the folder, or something in it, cannot be listed. That is the world's fault: half a
            listing must not pass for the whole.
    """
    passed_over: Counter[str] = Counter()
    found = _walk_disk(raw, passed_over) if is_on_disk(raw) else _walk_store(raw, passed_over)
    sidecars = {path for path in found if path.endswith(SIDECAR_SUFFIX)}
    joined = {path: _sidecar_of(path, sidecars, found) for path in sorted(found.keys() - sidecars)}
    orphans = sidecars.difference(filter(None, joined.values()))
    if orphans:
        passed_over["orphan_sidecar"] = len(orphans)
    files = tuple(
        _as_file(path, found[path], sidecar, found[sidecar] if sidecar else None)
        for path, sidecar in joined.items()
    )
    return Listing(files, tuple(sorted(orphans)), dict(sorted(passed_over.items())))


def sidecar_names(path: str) -> tuple[str, ...]:
    """Returns how the sidecar of a file may be called: `NAME.html.meta.json`, `NAME.meta.json`.

    The first that is there counts. The second may be the sidecar of a file `NAME`: then it is not
    that of `NAME.html`.
    """
    stem, dot, suffix = path.rpartition(".")
    if not dot or "/" in suffix or not stem or stem.endswith("/"):
        return (path + SIDECAR_SUFFIX,)
    names = (path + SIDECAR_SUFFIX, stem + SIDECAR_SUFFIX)
    return names if f".{suffix.lower()}" not in CODINGS else (names[0], *sidecar_names(stem))


def _sidecar_of(path: str, sidecars: Collection[str], found: Collection[str]) -> str | None:
    if not sidecars:
        return None
    for name in sidecar_names(path):
        owner = name.removesuffix(SIDECAR_SUFFIX)
        if name in sidecars and (owner == path or owner not in found):
            return name
    return None


def list_one(raw: Path, path: str) -> RawFile:
    """Lists one file of the raw folder, as `list_raw` does.

    Raises:
        OSError: it is gone.
    """
    state = _look_at(raw, path)
    for name in sidecar_names(path):
        owner = name.removesuffix(SIDECAR_SUFFIX)
        with suppress(FileNotFoundError):
            sidecar = _look_at(raw, name)
            if owner == path or not (raw / owner).exists():
                return _as_file(path, state, name, sidecar)
    return _as_file(path, state)


def _as_file(
    path: str, own: _State, sidecar: str | None = None, state: _State | None = None
) -> RawFile:
    file = RawFile(path, own.size, own.version, refused=own.refused)
    if state is None:
        return file
    return replace(
        file,
        sidecar=sidecar,
        sidecar_size=state.size,
        sidecar_version=state.version,
        sidecar_refused=state.refused,
    )


def _look_at(raw: Path, path: str) -> _State:
    found = raw / path
    if is_on_disk(raw) and found.is_symlink():
        refused = _refused_link(found, os.path.realpath(raw))
        if refused:
            return refused
    status = found.stat()
    return _State(status.st_size, status.st_mtime_ns if is_on_disk(raw) else "")


def _walk_store(raw: Path, passed_over: Counter[str]) -> dict[str, _State]:
    found = {}
    for file in list_store(raw):
        if any(name.startswith(HIDDEN_PREFIX) for name in file.path.split("/")):
            passed_over["hidden"] += 1
        else:
            found[file.path] = _State(file.size, file.version)
    return found


def _walk_disk(raw: Path, passed_over: Counter[str]) -> dict[str, _State]:
    found: dict[str, _State] = {}
    # Links are judged by where they lead, also where raw/ itself is one.
    top = os.path.realpath(raw)
    own = raw.stat()
    with os.scandir(raw) as entries:
        _walk(entries, "", top, ((own.st_dev, own.st_ino),), found, passed_over)
    return found


def _walk(
    entries: Iterator["os.DirEntry[str]"],
    prefix: str,
    top: str,
    parents: tuple[tuple[int, int], ...],
    found: dict[str, _State],
    passed_over: Counter[str],
) -> None:
    """Enters what lies in a folder, and below it."""
    for entry in entries:
        if entry.name.startswith(HIDDEN_PREFIX):
            passed_over["hidden"] += 1
            continue
        path = prefix + entry.name
        try:
            refused = _refused_link(Path(entry.path), top) if entry.is_symlink() else None
            if refused:
                found[path] = refused
                continue
            status = entry.stat()
            if stat.S_ISREG(status.st_mode):
                found[path] = _State(status.st_size, status.st_mtime_ns)
                continue
            if not stat.S_ISDIR(status.st_mode):
                passed_over[_SPECIAL.get(stat.S_IFMT(status.st_mode), "device")] += 1
                continue
            identity = (status.st_dev, status.st_ino)
            if identity in parents:
                passed_over["link_cycle"] += 1
                continue
            folder = os.scandir(entry.path)
        except FileNotFoundError:
            continue  # It went while the folder was listed: it is not there.
        with folder:
            _walk(folder, path + "/", top, (*parents, identity), found, passed_over)


_SPECIAL = {stat.S_IFIFO: "fifo", stat.S_IFSOCK: "socket"}


def _refused_link(link: Path, top: str) -> _State | None:
    """Tells why a link is not followed; None where it leads to something in raw/.

    Args:
        link: a symbolic link.
        top: the raw folder, without links on its way.

    Raises:
        FileNotFoundError: the link is gone.
    """
    leads_to = str(link.readlink())
    target = os.path.realpath(link)
    if os.path.commonpath((top, target)) != top:
        return _State(0, leads_to, Reason.LINK_OUTSIDE_RAW)
    # A link that leads to itself has no target either.
    if not os.path.exists(target):  # noqa: PTH110 - a text, as realpath gives it
        return _State(0, leads_to, Reason.LINK_BROKEN)
    return None


def folder_date(path: str) -> tuple[str, date | None]:
    """Find the landing folder of a file: the first folder on its path that is named YYYY-MM-DD.

    Returns:
        The folder (with a closing `/`) and its day. Without such a folder: the first folder of the
        path, or "" for a file directly in raw/, and None.
    """
    return _folder_date(path.rpartition("/")[0])


def source_of(path: str) -> str:
    """Returns the first folder of a path; "" for what lies in raw/ or in a date folder there."""
    return _source_of(path.rpartition("/")[0])


# The files of a folder are listed one after the other.
@lru_cache(maxsize=1024)
def _folder_date(folder: str) -> tuple[str, date | None]:
    folders = folder.split("/") if folder else []
    for depth, name in enumerate(folders, start=1):
        day = _parse_folder_day(name)
        if day is not None:
            return "/".join(folders[:depth]) + "/", day
    return (folders[0] + "/" if folders else ""), None


@lru_cache(maxsize=1024)
def _source_of(folder: str) -> str:
    landing, day = _folder_date(folder)
    is_dated_root = day is not None and landing.count("/") == 1
    return "" if is_dated_root else escape_name(landing.split("/", 1)[0])


def _parse_folder_day(name: str) -> date | None:
    # date.fromisoformat also takes 20240131 and 2024-W05-3: such folders are not landing folders.
    if len(name) != len("YYYY-MM-DD") or name[4] != "-" or name[7] != "-":
        return None
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None
