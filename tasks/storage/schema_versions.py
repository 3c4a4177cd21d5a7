"""Which version of a table's columns a file has, and whether this code can read it.

Published partitions are never migrated: they are built again from staged/ when the columns change.
Staged records of an older version are read as they would be written today where that takes no
guess: a column that was added since is null, a type that was widened since is cast.
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from schemas.tables import ARTICLES, MONEY, OUTLETS, QUARANTINE, Table
from tasks.storage.caches import FileMemo, caches_folder
from tasks.storage.locations import for_each
from tasks.storage.parquet import DamagedFileError
from tasks.storage.warehouse import Warehouse, read_metadata

_KEY = "schema_version"


class SchemaVersionError(Exception):
    """A file's columns are of a version that this code cannot read; the message says what to do."""


def describe_version(table: Table) -> dict[str, Any]:
    """Returns what a file's footer says of its columns."""
    return {"dataset": table.name, _KEY: table.version}


def file_version(footer: Mapping[str, Any]) -> int:
    """Returns the version that a footer names; files from before there were versions have 1."""
    return int(footer.get(_KEY, 1))


def refuse_newer(path: Path, table: Table, footer: Mapping[str, Any]) -> None:
    """Refuses a file that a newer newsmill wrote: its columns may mean what this code cannot know.

    Raises:
        SchemaVersionError: the file is of a later version than the declared columns.
    """
    version = file_version(footer)
    if version > table.version:
        raise SchemaVersionError(
            f"{path} was written by a newer newsmill (version {version} of {table.name}; this one "
            f"knows {table.version}). Install that newsmill or a later one; nothing was changed"
        )


def describe_older(
    path: Path, table: Table, footer: Mapping[str, Any], lack: str = ""
) -> SchemaVersionError:
    """Returns the refusal of staged records that only raw/ can bring up to date.

    Args:
        path: the file.
        table: what it holds.
        footer: its footer's.
        lack: what it lacks; "" where its version alone tells.
    """
    reason = f" ({lack})" if lack else ""
    return SchemaVersionError(
        f"{path} was written by an older newsmill (version {file_version(footer)} of {table.name}; "
        f"this one reads {table.reads_from} to {table.version}){reason}. "
        "`newsmill backfill --from raw` makes it again"
    )


def refuse_newer_warehouse(warehouse: Warehouse) -> None:
    """Refuses a warehouse of which a newer newsmill has published a part.

    Files that cannot be read are passed over: a run writes them again.

    Raises:
        SchemaVersionError: a published file is of a later version than the declared columns.
    """
    memo = _versions(warehouse)
    for table in (ARTICLES, MONEY, QUARANTINE, OUTLETS):
        paths = _published(warehouse, table)
        find = partial(_version_of, memo)
        for path, version in zip(paths, for_each(find, paths, warehouse.root), strict=True):
            refuse_newer(path, table, {_KEY: version})


def remember_versions(warehouse: Warehouse) -> None:
    """Remembers the versions of what is published; only the holder of the warehouse may call it."""
    memo = _versions(warehouse)
    for table in (ARTICLES, MONEY, QUARANTINE, OUTLETS):
        for path in _published(warehouse, table):
            _version_of(memo, path)
    memo.keep()


def _published(warehouse: Warehouse, table: Table) -> list[Path]:
    if table is OUTLETS:
        return [warehouse.outlets]
    return [*warehouse.partitions(table.name).values(), *warehouse.empty_parts(table.name)]


def _versions(warehouse: Warehouse) -> FileMemo:
    return FileMemo(caches_folder(warehouse) / "versions", "1", _find_version)


def _find_version(path: Path) -> int:
    return file_version(read_metadata(path))


def _version_of(memo: FileMemo, path: Path) -> int:
    try:
        version: int = memo[path]
    except (OSError, DamagedFileError):
        return file_version({})
    return version
