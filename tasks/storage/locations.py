"""Locations: where files lie, on a disk or in an object store, and what differs between the two.

A location on a disk is a `pathlib.Path`. One in a store is a `UPath`, which has the same methods;
for whatever else it takes, ask here, so that no other module knows where files lie. Nothing of a
store is imported before a location in one is named.
"""

import errno
import fnmatch
import io
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, TypeVar, cast

from schemas.settings import MEBIBYTE

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from tasks.storage.object_store import ObjectStore

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
# Objects of up to this size are read whole, with one request. Of larger ones the size is asked for,
# then the parts that are needed.
_READ_WHOLE = 8 * MEBIBYTE
_AT_ONCE = 16

S = TypeVar("S")
T = TypeVar("T")


class LocationError(Exception):
    """A location that cannot be used as it is written; the message says why."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as it was listed.

    Attributes:
        path: below the folder that was listed, with `/`.
        size: in bytes.
        version: the object's ETag: another when it holds something else.
    """

    path: str
    size: int
    version: str


def parse_location(written: str | Path) -> Path:
    """Returns the location that somebody named: a path of this machine, or `s3://bucket/folder`.

    Raises:
        LocationError: no such store can be used, or what it needs is not installed.
    """
    scheme = _SCHEME.match(str(written))
    if scheme is None or not isinstance(written, str):
        return Path(written)
    if scheme[1] != "s3":
        raise LocationError(
            f"{written}: locations are paths of this machine, or s3://BUCKET/FOLDER"
        )
    try:
        from tasks.storage.object_store import open_location  # noqa: PLC0415 - an extra; it costs a second
    except ImportError as error:
        raise LocationError(
            f"{written} needs an extra ({error.name} is missing): pip install 'newsmill[s3]'"
        ) from error
    # A UPath is no subclass of Path, but has its methods. All annotations say Path, so that code
    # for disks works on stores unchanged.
    return cast(Path, open_location(written))


def is_on_disk(path: Path) -> bool:
    """Tells whether a location is a path of this machine."""
    return isinstance(path, Path)


def store_of(path: Path) -> tuple["ObjectStore", str]:
    """Returns the store that an object lies in, and its name there: `bucket/folder/name`."""
    from tasks.storage.object_store import split_location  # noqa: PLC0415 - as above

    return split_location(path)


def list_store(folder: Path) -> Iterator[StoredFile]:
    """Lists the objects below a folder of a store: a request for each thousand, and no more.

    Raises:
        OSError: the store does not answer, refuses, or has no such bucket.
    """
    store, name = store_of(folder)
    prefix = name.rstrip("/") + "/"
    for found, details in store.find(prefix, detail=True).items():
        # Consoles and other tools make empty objects that stand for folders.
        if not found.endswith("/"):
            yield StoredFile(
                found.removeprefix(prefix), details["size"], details["ETag"].strip('"')
            )


class ListedVersions:
    """The versions of objects, by listings of their folders: each is asked for once."""

    def __init__(self) -> None:
        self._listed: dict[Path, dict[str, bytes]] = {}

    def list_again(self) -> None:
        """Lists folders anew from now on."""
        self._listed.clear()

    def __call__(self, path: Path) -> bytes:
        """Returns the version of an object.

        Raises:
            FileNotFoundError: it was not there when its folder was listed.
        """
        # Each partition has a folder of its own, so the dataset's folder is listed, once.
        folder = path.parents["=" in path.parent.name]
        if folder not in self._listed:
            self._listed[folder] = {file.path: file.version.encode() for file in list_store(folder)}
        try:
            return self._listed[folder][path.relative_to(folder).as_posix()]
        except KeyError:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path)) from None


def list_files(folder: Path, pattern: str) -> list[Path]:
    """Returns the files of a folder that a pattern of as many levels names, sorted."""
    if is_on_disk(folder):
        own, _, below = pattern.partition("/")
        found = _list_folder(folder, own)
        return [file for each in found for file in list_files(each, below)] if below else found
    depth = pattern.count("/")
    return sorted(
        folder / file.path
        for file in list_store(folder)
        if file.path.count("/") == depth and PurePosixPath(file.path).match(pattern)
    )


def _list_folder(folder: Path, pattern: str) -> list[Path]:
    """Lists a folder of a disk, in a third of the time that `Path.glob` takes."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names alone, of thousands of files
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [folder / name for name in sorted(fnmatch.filter(names, pattern))]


def list_below(folder: Path) -> list[Path]:
    """Returns all files below a folder, whatever their names, sorted."""
    if is_on_disk(folder):
        return sorted(path for path in folder.rglob("*") if not path.is_dir())
    return sorted(folder / file.path for file in list_store(folder))


def for_each(call: Callable[[S], T], subjects: Iterable[S], folder: Path) -> list[T]:
    """Returns what a function that reads in a folder gives for each of its subjects.

    In a store several are called at once, because each waits for its answer.
    """
    if is_on_disk(folder):
        return list(map(call, subjects))
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        return list(threads.map(call, subjects))


def open_listed(path: Path, size: int) -> BinaryIO:
    """Opens a file whose size is known, for reading at any offset.

    Raises:
        OSError: it is gone, or cannot be read.
    """
    if is_on_disk(path) or size > _READ_WHOLE:
        return path.open("rb")
    return io.BytesIO(read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """Reads a file whole: an object with one request."""
    if is_on_disk(path):
        return path.read_bytes()
    store, name = store_of(path)
    return store.read_range(name, start=0)


def read_start(path: Path, size: int) -> bytes:
    """Reads the first bytes of a file; all where it has fewer."""
    if is_on_disk(path):
        with path.open("rb") as file:
            return file.read(size)
    store, name = store_of(path)
    return store.read_range(name, start=0, end=size)


def read_part(path: Path, start: int, size: int) -> bytes:
    """Reads some bytes of a file; fewer where it ends before."""
    if is_on_disk(path):
        with path.open("rb") as file:
            file.seek(start)
            return file.read(size)
    if not size:
        # A store knows no empty range.
        return b""
    store, name = store_of(path)
    return store.read_range(name, start=start, end=start + size)


def read_parts(path: Path, places: Iterable[tuple[int, int]]) -> Iterator[bytes]:
    """Yields what `read_part` returns for each start and size: of a disk with one file opened."""
    if not is_on_disk(path):
        yield from (read_part(path, *place) for place in places)
        return
    with path.open("rb", buffering=0) as file:
        if hasattr(os, "posix_fadvise"):
            # Reading ahead would read twenty times as much.
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_RANDOM)
        for start, size in places:
            file.seek(start)
            yield file.read(size)


def read_end(path: Path, size: int) -> bytes:
    """Reads the last bytes of an object; all where it has fewer."""
    store, name = store_of(path)
    return store.read_range(name, start=-size)


def upload(file: Path, target: Path) -> None:
    """Puts a file of this machine over an object."""
    store, name = store_of(target)
    store.upload(file, name)


def put_new(file: Path, target: Path) -> bool:
    """Puts a file of this machine as an object where there is none yet, with one request.

    Returns:
        Whether it was put; False where there is an object.

    Raises:
        OSError: the store does not take it, or does not know conditional writes.
    """
    store, name = store_of(target)
    return store.put_new(file, name)


def attach_store(connection: "DuckDBPyConnection", folder: Path) -> None:
    """Lets DuckDB read what lies below a folder now, if it is in a store."""
    if not is_on_disk(folder):
        from tasks.storage.object_store import look_at  # noqa: PLC0415 - as above

        connection.register_filesystem(look_at(folder))


def move_file(path: Path, target: Path) -> None:
    """Gives a file another name, where none is yet.

    Raises:
        OSError: the store or the disk is at fault.
    """
    if is_on_disk(path):
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)
        return
    store, name = store_of(path)
    store.copy(name, store_of(target)[1])
    path.unlink()


def remove_folder(folder: Path) -> None:
    """Removes a folder with all that is in it, if it is there."""
    if is_on_disk(folder):
        shutil.rmtree(folder, ignore_errors=True)
    else:
        for path in list_below(folder):
            path.unlink()


def bring_folder(folder: Path, target: Path) -> None:
    """Makes the files of a folder readable under a path of this machine: as a link, or as copies.

    Raises:
        OSError: the store or the disk is at fault.
    """
    if is_on_disk(folder):
        target.symlink_to(folder.resolve(), target_is_directory=True)
        return
    download_files(list_below(folder), folder, target)


def download_files(files: Sequence[Path], folder: Path, target: Path) -> None:
    """Copies objects to a folder of this machine, under the paths that they have below theirs.

    Raises:
        OSError: the store or the disk is at fault.
    """

    def download(file: Path) -> None:
        store, name = store_of(file)
        copy = target / file.relative_to(folder).as_posix()
        copy.parent.mkdir(parents=True, exist_ok=True)
        store.get_file(name, str(copy))

    for_each(download, files, folder)
