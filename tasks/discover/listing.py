"""What lies in raw/: every file once, with what tells that it changed, and nothing read."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tasks.storage.places import is_on_disk, list_store

SIDECAR_SUFFIX = ".meta.json"
# Temporary names of downloads and of our own writers, and editors' and systems' own files.
IGNORED_PREFIXES = (".", "_")
# Size and version of a file.
_State = tuple[int, int | str]


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file of raw/.

    Attributes:
        path: below the raw folder, with `/`.
        size: in bytes, as listed.
        version: on a disk the time of the last change, in nanoseconds, in a store the ETag; only
            ever compared, never published.
        sidecar_size: size of its sidecar `NAME.meta.json`, None where there is none.
        sidecar_version: the sidecar's, as above.
    """

    path: str
    size: int
    version: int | str
    sidecar_size: int | None = None
    sidecar_version: int | str | None = None

    @property
    def has_sidecar(self) -> bool:
        """Whether a sidecar arrived with the file."""
        return self.sidecar_size is not None


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of raw/ in order of their paths, and the sidecars whose file is not there."""

    files: tuple[RawFile, ...]
    orphan_sidecars: tuple[str, ...]


def list_raw(raw: Path) -> Listing:
    """List the raw folder.

    Names that begin with "." or "_" are not seen, nor is anything in folders so named. Links to
    folders are followed, but not into themselves.

    Raises:
        OSError: the folder, or something in it, cannot be listed. That is the world's fault: half a
            listing must not pass for the whole.
    """
    found = dict(_walk(raw, "", ()) if is_on_disk(raw) else _list_store(raw))
    sidecars = {path for path in found if path.endswith(SIDECAR_SUFFIX)}
    orphans = {path for path in sidecars if path.removesuffix(SIDECAR_SUFFIX) not in found}
    files = tuple(
        RawFile(path, *found[path], *found.get(path + SIDECAR_SUFFIX, (None, None)))
        for path in sorted(found.keys() - sidecars)
    )
    return Listing(files, tuple(sorted(orphans)))


def _list_store(raw: Path) -> Iterator[tuple[str, _State]]:
    for file in list_store(raw):
        if not any(name.startswith(IGNORED_PREFIXES) for name in file.path.split("/")):
            yield file.path, (file.size, file.version)


def _walk(
    folder: Path, prefix: str, parents: tuple[tuple[int, int], ...]
) -> Iterator[tuple[str, _State]]:
    own = folder.stat()
    identity = (own.st_dev, own.st_ino)
    if identity in parents:
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(IGNORED_PREFIXES):
                continue
            path = prefix + entry.name
            if entry.is_dir():
                yield from _walk(folder / entry.name, path + "/", (*parents, identity))
            elif entry.is_file():
                status = entry.stat()
                yield path, (status.st_size, status.st_mtime_ns)
            elif entry.is_symlink():
                # A link that leads nowhere: say so rather than lose what it was to hold.
                entry.stat()


def folder_date(path: str) -> tuple[str, date | None]:
    """Find the landing folder of a file: the first folder on its path that is named YYYY-MM-DD.

    Returns:
        The folder (with a closing `/`) and its day. Without such a folder: the first folder of the
        path, or "" for a file directly in raw/, and None.
    """
    folders = path.split("/")[:-1]
    for depth, name in enumerate(folders, start=1):
        day = _parse_folder_day(name)
        if day is not None:
            return "/".join(folders[:depth]) + "/", day
    return (folders[0] + "/" if folders else ""), None


def _parse_folder_day(name: str) -> date | None:
    # date.fromisoformat also takes 20240131 and 2024-W05-3: such folders are not landing folders.
    if len(name) != len("YYYY-MM-DD") or name[4] != "-" or name[7] != "-":
        return None
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None
