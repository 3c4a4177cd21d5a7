"""Digests of the project's own sources: by which code something was made."""

import hashlib
from collections.abc import Collection
from pathlib import Path

_PROJECT = Path(__file__).resolve().parents[2]
# Code, and the tables of words that it reads. The registry (CSV) has a version of its own.
_SUFFIXES = frozenset({".py", ".json", ".toml"})


def digest_sources(
    *places: str, leave_out: Collection[str] = (), libraries: Collection[str] = ()
) -> str:
    """Returns a digest (hex) of source files in the order of their paths, names included.

    Args:
        places: files and folders below the project's root.
        leave_out: folders below it that are not looked into.
        libraries: versions of what else decides, in order.
    """
    digest = hashlib.sha256(" ".join(libraries).encode())
    for place in places:
        path = _PROJECT / place
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            name = file.relative_to(_PROJECT).as_posix()
            if file.suffix in _SUFFIXES and not name.startswith(tuple(leave_out)):
                digest.update(name.encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()
