"""Which archives are meant: files, folders, addresses, and lists of them such as warc.paths.gz."""

import gzip
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urljoin, urlsplit

from tasks.read.bytes.compression import GZIP_MAGIC

_SUFFIX = ".warc"
_WEB = ("http://", "https://")


class NamedArchivesError(ValueError):
    """What was named is no archive, no folder and no list."""


@dataclass(frozen=True, slots=True)
class NamedArchive:
    """An archive.

    Attributes:
        name: the file's name, or the address.
        path: the file, None for an archive on the web.
    """

    name: str
    path: Path | None = None

    @property
    def identity(self) -> tuple[object, ...]:
        """What tells it from others, and a file from what it was before.

        Raises:
            OSError: the file is gone.
        """
        if self.path is None:
            return (self.name,)
        found = self.path.stat()
        return (str(self.path.resolve()), found.st_size, found.st_mtime_ns)


def find_archives(
    named: Iterable[str], base: str | None, download: Callable[[str], bytes]
) -> Iterator[NamedArchive]:
    """Yields the archives that were named, each once, in order; those of folders by their names.

    Args:
        named: files, folders, addresses (http, https), and lists with one of them a line.
        base: what the entries of lists are below: a folder or an address. None for the folder of
            the list, or the root of its server.
        download: reads a list on the web.

    Raises:
        NamedArchivesError: something named is not there.
        OSError: it cannot be read.
    """
    seen: set[str] = set()
    for name in named:
        for found in _find(name, base, download):
            key = found.name if found.path is None else str(found.path.resolve())
            if key not in seen:
                seen.add(key)
                yield found


def _find(name: str, base: str | None, download: Callable[[str], bytes]) -> Iterator[NamedArchive]:
    if name.startswith(_WEB):
        if _is_archive(urlsplit(name).path):
            yield NamedArchive(name)
        else:
            yield from _read_list(download(name), base or urljoin(name, "/"))
        return
    path = Path(name)
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.is_file())
        yield from (NamedArchive(file.name, file) for file in files if _is_archive(file.name))
    elif not path.is_file():
        raise NamedArchivesError(f"there is no {name}")
    elif _is_archive(name):
        yield NamedArchive(path.name, path)
    else:
        yield from _read_list(path.read_bytes(), base or str(path.parent))


def _is_archive(name: str) -> bool:
    return _SUFFIX in PurePosixPath(name.lower()).suffixes


def _read_list(content: bytes, base: str) -> Iterator[NamedArchive]:
    if content.startswith(GZIP_MAGIC):
        content = gzip.decompress(content)
    for line in content.decode("utf-8-sig").splitlines():
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        if entry.startswith(_WEB) or base.startswith(_WEB):
            yield NamedArchive(urljoin(base.rstrip("/") + "/", entry))
        else:
            yield _file_below(Path(base), entry)


def _file_below(folder: Path, entry: str) -> NamedArchive:
    """Returns the file of an entry; those who fetch archives often lay them all into one folder."""
    name = PurePosixPath(entry)
    if ".." in name.parts or name.is_absolute():
        raise NamedArchivesError(f"{entry} is not below {folder}")
    whole, flat = folder / name, folder / name.name
    return NamedArchive(name.name, flat if flat.is_file() and not whole.is_file() else whole)
