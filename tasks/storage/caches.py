"""What was derived from files and is kept so that it need not be derived again.

A cache is never the truth: it holds what can be computed again from the files it was derived from,
and each entry names the state of its file by a digest. A cache that is missing, cut short, damaged
or of another version is as if nothing had been kept.
"""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from tasks.storage.locations import ListedVersions, is_on_disk, list_files, read_bytes
from tasks.storage.parquet import noticing_damage, read_file_metadata, read_footer, read_table
from tasks.storage.warehouse import Warehouse, parse_metadata, replaced

_SUFFIX = ".parquet"
_DIGEST_BYTES = hashlib.sha256().digest_size
# Times on disks are told in steps of up to two seconds (FAT).
_COARSEST_CLOCK_NS = 2_000_000_000
# In so many runs that bring something each file is digested once more; told by its digest.
_TURNS, _TURN_DIGITS = 64, 8
# The first line of a memo: keys and values are lines of their own, which are read at once.
_FORMAT = "pairs"


def write_sealed(path: Path, *parts: bytes | memoryview) -> None:
    """Writes a cache's content, and the SHA-256 over it behind it."""
    digest = hashlib.sha256()
    with replaced(path) as temporary, temporary.open("wb") as file:
        for part in parts:
            digest.update(part)
            file.write(part)
        file.write(digest.digest())


def read_sealed(path: Path) -> memoryview | None:
    """Returns the content of a cache, or None where it is not there or not as it was written."""
    try:
        content = memoryview(read_bytes(path))
    except FileNotFoundError:
        return None
    kept, seal = content[:-_DIGEST_BYTES], content[-_DIGEST_BYTES:]
    return kept if hashlib.sha256(kept).digest() == seal else None


def caches_folder(warehouse: Warehouse) -> Path:
    """Returns the folder of a warehouse's caches, which may be removed at any time."""
    return warehouse.root / "staged" / "caches"


class FileMemo:
    """Remembers what a function found in files, by the digest of what tells their states apart.

    A file on a disk is not read again to digest it where the disk says that it was not written
    since it was: its device, inode, size, and the times of its last change, of which no program can
    set one. A file that is replaced, restored or copied has another inode or another such time.
    """

    def __init__(
        self,
        path: Path,
        version: str,
        find: Callable[[Path], Any],
        state: Callable[[Path], bytes] = read_footer,
    ) -> None:
        """Opens a memo.

        Args:
            path: where it is kept.
            version: of the function: what another version found is not believed.
            find: finds something in a file that JSON can hold.
            state: reads of a file what is another whenever the file holds something else. In a
                store the listing tells that.
        """
        self._path = path
        self._version = version
        self._find = find
        self._is_on_disk = is_on_disk(path)
        self._listed = ListedVersions()
        self._state = state if self._is_on_disk else self._listed
        kept = _read_kept(path)
        self._settled_ns = kept.written_ns - _COARSEST_CLOCK_NS
        is_own = kept.version == self._version
        # What was found, as JSON: most of it is never asked for.
        self._known = kept.found if is_own else {}
        self._asked: dict[str, str] = {}
        self._turn = kept.turn
        # Digests by what the disk says of a file.
        self._known_looks = kept.looks if is_own else {}
        self._looks: dict[str, str] = {}

    def __getitem__(self, path: Path) -> Any:
        """Returns what the function finds in a file."""
        return self.found(self.digest(path))

    def found(self, digest: str) -> Any:
        """Returns what the function found in a file of whose state this is the digest.

        Who asks next may be given the same object: it is not to be changed.
        """
        return _parse_found(self._asked[digest])

    def digest(self, path: Path) -> str:
        """Returns the digest of a file's state, and sees to it that the file is known."""
        if not self._is_on_disk:
            return self._know(path, hashlib.sha256(self._state(path)).hexdigest())
        look, changed_ns = _look_at(path)
        digest = self._known_looks.get(look) or hashlib.sha256(self._state(path)).hexdigest()
        # A file that was written just now may be written once more without the disk's saying so.
        if changed_ns < self._settled_ns:
            self._looks[look] = digest
        return self._know(path, digest)

    def digests(self, folder: Path) -> dict[str, str]:
        """Returns the digests of the Parquet files of a folder by the stems of their names, sorted.

        The same as `digest` of each, in a third of the time.
        """
        if not self._is_on_disk:
            return {path.stem: self.digest(path) for path in list_files(folder, f"*{_SUFFIX}")}
        digests = {}
        known, looks = self._known, self._known_looks
        for name, look in _look_over(folder, _SUFFIX):
            digest = looks.get(look)
            if digest is None or digest not in known:
                digest = self.digest(folder / name)
            else:
                self._looks[look] = digest
                self._asked[digest] = known[digest]
            digests[name[: -len(_SUFFIX)]] = digest
        return digests

    def list_again(self) -> None:
        """Is to be told where files were written since they were asked for: stores list once."""
        self._listed.list_again()

    def keep(self) -> None:
        """Keeps what was asked for since the memo was opened, and drops the rest.

        With each time that there is something to keep, a part of the files has its turn to be
        digested again by who asks next: so what changes on a disk without its knowing is noticed.
        """
        seen = [look for look in self._looks if look not in self._known_looks]
        if self._asked == self._known and all(self._has_turn(self._looks[look]) for look in seen):
            return
        self._turn = (self._turn + 1) % _TURNS
        looks = {look: each for look, each in self._looks.items() if not self._has_turn(each)}
        # Lines are written and read in a fraction of the time that JSON takes.
        head = [_FORMAT, self._version, str(self._turn), str(len(self._asked))]
        pairs = chain(self._asked.items(), looks.items())
        write_sealed(self._path, "\n".join([*head, *chain.from_iterable(pairs)]).encode())

    def _has_turn(self, digest: str) -> bool:
        return int(digest[:_TURN_DIGITS], 16) % _TURNS == self._turn

    def _know(self, path: Path, digest: str) -> str:
        if digest not in self._asked:
            known = self._known.get(digest)
            self._asked[digest] = json.dumps(self._find(path)) if known is None else known
        return digest


# Steps of a run ask for the same; of more than so many files each parses anew, with flat memory.
@lru_cache(maxsize=65_536)
def _parse_found(written: str) -> Any:
    return json.loads(written)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a memo's file holds.

    Attributes:
        version: of the memo.
        turn: which files were to be digested again.
        found: what was found, as JSON, by the digest of the file's state.
        looks: digests by what the disk said of their files.
        written_ns: when it was written, by the clock of the disk; 0 where that is not known.
    """

    version: str = ""
    turn: int = 0
    found: dict[str, str] = field(default_factory=dict)
    looks: dict[str, str] = field(default_factory=dict)
    written_ns: int = 0


def _read_kept(path: Path) -> _Kept:
    if not is_on_disk(path):
        return _parse_kept(path, 0)
    try:
        look, _ = _look_at(path)
    except FileNotFoundError:
        return _Kept()
    return _parse_looked_at(path, look)


# Steps of a run ask for the same few, one after the other.
@lru_cache(maxsize=4)
def _parse_looked_at(path: Path, _look: str) -> _Kept:
    return _parse_kept(path, path.stat().st_mtime_ns)


def _parse_kept(path: Path, written_ns: int) -> _Kept:
    """Reads what `FileMemo.keep` wrote; of what an earlier newsmill wrote, the version is none."""
    form, *lines = bytes(read_sealed(path) or b"").decode().split("\n")
    if form != _FORMAT:
        return _Kept(written_ns=written_ns)
    version, turn, count, *pairs = lines
    keys, values = pairs[::2], pairs[1::2]
    found = dict(zip(keys[: int(count)], values, strict=False))
    looks = dict(zip(keys[int(count) :], values[int(count) :], strict=True))
    return _Kept(version, int(turn), found, looks, written_ns)


def _look_over(folder: Path, suffix: str) -> Iterator[tuple[str, str]]:
    """Yields the names with a suffix in a folder, sorted, and what the disk says of each file."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names alone, of thousands of files
        descriptor = os.open(folder, os.O_RDONLY)
    except (FileNotFoundError, NotADirectoryError):
        return
    try:
        for name in sorted(names):
            if name.endswith(suffix):
                yield name, _look_at(name, descriptor)[0]
    finally:
        os.close(descriptor)


def _look_at(path: Path | str, folder: int | None = None) -> tuple[str, int]:
    """Returns what a disk says of a file, and when it changed; another where it was written since.

    Only of an open file does NFS ask the server anew.

    Args:
        path: of the file.
        folder: an open folder in which it is.
    """
    descriptor = os.open(path, os.O_RDONLY, dir_fd=folder)
    try:
        said = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    look = f"{said.st_dev} {said.st_ino} {said.st_size} {said.st_mtime_ns} {said.st_ctime_ns}"
    return look, said.st_ctime_ns


def staged_footers(warehouse: Warehouse) -> FileMemo:
    """Opens the memo of the footers of staged records: the number of `rows`, and their `footer`."""
    return FileMemo(caches_folder(warehouse) / "records", "3", _read_footer)


def verdict_footers(warehouse: Warehouse) -> FileMemo:
    """Opens the memo of verdicts, which are small enough to be digested whole.

    Of each it has `rows` and `footer`, as `staged_footers`, and `failed`: how many records failed
    each check.
    """
    return FileMemo(caches_folder(warehouse) / "verdicts", "3", _read_verdict, read_bytes)


def _read_verdict(path: Path) -> dict[str, Any]:
    failed = read_table(path, ["failed"])["failed"]
    return _read_footer(path) | {"failed": Counter(pc.list_flatten(failed).to_pylist())}


def _read_footer(path: Path) -> dict[str, Any]:
    with noticing_damage(path):
        footer = read_file_metadata(path)
        return {"rows": footer.num_rows, "footer": parse_metadata(footer.metadata)}
