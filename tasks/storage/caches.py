"""What was derived from files and is kept so that it need not be derived again.

A cache is never the truth: it holds what can be computed again from the files it was derived from,
and each entry names the state of its file by a digest. A cache that is missing, cut short, damaged
or of another version is as if nothing had been kept.
"""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tasks.storage.locations import ListedVersions, is_on_disk, read_bytes
from tasks.storage.parquet import noticing_damage, read_file_metadata, read_footer
from tasks.storage.warehouse import Warehouse, parse_metadata, replaced

_DIGEST_BYTES = hashlib.sha256().digest_size


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
    """Remembers what a function found in files, by the digest of what tells their states apart."""

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
        self._state = state if is_on_disk(path) else ListedVersions()
        kept = read_sealed(path)
        content = json.loads(bytes(kept)) if kept else {}
        self._known: dict[str, Any] = content["found"] if content.get("version") == version else {}
        self._asked: dict[str, Any] = {}

    def __getitem__(self, path: Path) -> Any:
        """Returns what the function finds in a file."""
        return self._asked[self.digest(path)]

    def digest(self, path: Path) -> str:
        """Returns the digest of a file's state, and sees to it that the file is known."""
        digest = hashlib.sha256(self._state(path)).hexdigest()
        if digest not in self._asked:
            known = digest in self._known
            self._asked[digest] = self._known[digest] if known else self._find(path)
        return digest

    def keep(self) -> None:
        """Keeps what was asked for since the memo was opened, and drops the rest."""
        if self._asked != self._known:
            kept = {"version": self._version, "found": self._asked}
            write_sealed(self._path, json.dumps(kept, sort_keys=True).encode())


def staged_footers(warehouse: Warehouse) -> FileMemo:
    """Opens the memo of the footers of staged records: the number of `rows`, and their `footer`."""
    return FileMemo(caches_folder(warehouse) / "records", "3", _read_footer)


def verdict_footers(warehouse: Warehouse) -> FileMemo:
    """Opens the memo of the footers of verdicts, which are small enough to be digested whole."""
    return FileMemo(caches_folder(warehouse) / "verdicts", "2", _read_footer, read_bytes)


def _read_footer(path: Path) -> dict[str, Any]:
    with noticing_damage(path):
        footer = read_file_metadata(path)
        return {"rows": footer.num_rows, "footer": parse_metadata(footer.metadata)}
