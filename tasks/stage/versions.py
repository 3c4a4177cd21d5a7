"""Which code made a record."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

_PROJECT = Path(__file__).resolve().parents[2]


@cache
def pipeline_version() -> str:
    """Returns newsmill's version and a digest of the code that decides what a record holds.

    The digest covers the sources of tasks/ and schemas/ in the order of their paths, so that two
    warehouses with one version were made by the same rules. Not covered are reports, which decide
    nothing, and the registry, which has a version of its own.
    """
    digest = hashlib.sha256()
    reports = _PROJECT / "tasks" / "report"
    for package in ("schemas", "tasks"):
        for path in sorted((_PROJECT / package).rglob("*")):
            if path.suffix in {".py", ".json", ".toml"} and not path.is_relative_to(reports):
                digest.update(path.relative_to(_PROJECT).as_posix().encode())
                digest.update(path.read_bytes())
    return f"{version('newsmill')}+{digest.hexdigest()[:8]}"
