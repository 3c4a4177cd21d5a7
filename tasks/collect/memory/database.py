"""The database of the collector's state: SQLite in a folder of its own, on a local disk.

Write-ahead logging keeps transactions whole whatever happens to the process. The log is synced to
the disk where a transaction says so; a power cut may take back the last ones, but never part of one
and never an earlier without the later ones.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

_VERSION = 2
_FILE = "state.sqlite3"
# Pages of 4 KiB: 32 MiB hold the inner pages of an index of 10 million keys.
_CACHE_KIB = 32 * 1024
# A transaction of a poll that found 50,000 addresses takes a second.
_PATIENCE_S = 30.0
_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (
    url TEXT PRIMARY KEY,
    outlet TEXT NOT NULL,
    kind TEXT NOT NULL,
    standing TEXT NOT NULL,
    last_keys BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE hosts (name TEXT PRIMARY KEY, standing TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE pages (
    key BLOB PRIMARY KEY,
    url TEXT NOT NULL,
    ask_url TEXT NOT NULL,
    host TEXT NOT NULL,
    outlet TEXT NOT NULL,
    found_at REAL NOT NULL,
    due REAL NOT NULL,
    rank INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    trail TEXT NOT NULL,
    fields TEXT NOT NULL,
    version TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX pages_by_host ON pages (host, rank, due);
CREATE TABLE seen (key BLOB PRIMARY KEY, day INTEGER NOT NULL, outcome INTEGER NOT NULL)
    WITHOUT ROWID;
CREATE TABLE accounts (
    day TEXT NOT NULL, outlet TEXT NOT NULL, what TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (day, outlet, what)
) WITHOUT ROWID;
CREATE TABLE files (
    name TEXT PRIMARY KEY,
    folder TEXT NOT NULL,
    size INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    stage TEXT NOT NULL
) WITHOUT ROWID;
"""
_BACKFILLS = """
CREATE TABLE backfills (
    id INTEGER PRIMARY KEY,
    since TEXT NOT NULL,
    until TEXT NOT NULL,
    outlets TEXT NOT NULL,
    takes_undated INTEGER NOT NULL,
    is_begun INTEGER NOT NULL
);
CREATE TABLE catalogues (
    backfill INTEGER NOT NULL,
    url TEXT NOT NULL,
    outlet TEXT NOT NULL,
    kind TEXT NOT NULL,
    root TEXT NOT NULL,
    host TEXT NOT NULL,
    due REAL,
    digest BLOB,
    standing TEXT NOT NULL,
    PRIMARY KEY (backfill, url)
) WITHOUT ROWID;
CREATE INDEX catalogues_by_host ON catalogues (host, due) WHERE due IS NOT NULL;
CREATE TABLE backfilled (
    day TEXT NOT NULL, outlet TEXT NOT NULL, pages INTEGER NOT NULL, PRIMARY KEY (day, outlet)
) WITHOUT ROWID;
"""
# What makes each version of the one before. Lists had the rank that is a refetch's now.
_UPGRADES = {
    1: """
ALTER TABLE pages ADD COLUMN version TEXT NOT NULL DEFAULT '';
UPDATE pages SET rank = 2 WHERE rank = 1;
"""
    + _BACKFILLS
}


class StateHeldError(Exception):
    """Another process works with this state."""


class StateVersionError(Exception):
    """The state is of a version that this code does not know."""


@contextmanager
def open_database(folder: Path) -> Iterator[sqlite3.Connection]:
    """Opens the state in a folder for one process, and makes it where there is none.

    Raises:
        StateHeldError: another process has it open.
        StateVersionError: it was made by another version.
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise StateHeldError(f"{folder} is in use by another collector") from None
    try:
        connection = sqlite3.connect(folder / _FILE, isolation_level=None, timeout=_PATIENCE_S)
        try:
            _prepare(connection, folder)
            yield connection
        finally:
            connection.close()
    finally:
        lock.release()


@contextmanager
def write_beside(folder: Path) -> Iterator[sqlite3.Connection]:
    """Opens the state for one short transaction, also while a collector works with it.

    Raises:
        StateVersionError: it was made by another version.
    """
    connection = sqlite3.connect(folder / _FILE, isolation_level=None, timeout=_PATIENCE_S)
    try:
        _check_version(connection, folder)
        yield connection
    finally:
        connection.close()


@contextmanager
def read_database(folder: Path) -> Iterator[sqlite3.Connection]:
    """Opens the state in a folder for reading only, also while a collector writes it.

    Raises:
        FileNotFoundError: there is none.
        StateVersionError: it was made by another version.
    """
    file = folder / _FILE
    if not file.exists():
        raise FileNotFoundError(f"there is no state of a collector in {folder}")
    connection = sqlite3.connect(
        f"{file.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None
    )
    try:
        # All that is read is of one moment.
        connection.execute("BEGIN")
        _check_version(connection, folder)
        yield connection
    finally:
        connection.close()


@contextmanager
def transaction(connection: sqlite3.Connection, *, synced: bool = False) -> Iterator[None]:
    """Makes what is written in the block one: all of it is kept, or nothing.

    A block within another belongs to it.

    Args:
        connection: of `open_database`.
        synced: it, and all before it, is on the disk when the block is left.
    """
    if connection.in_transaction:
        yield
        return
    if synced:
        connection.execute("PRAGMA synchronous = FULL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    else:
        connection.execute("COMMIT")
    finally:
        if synced:
            connection.execute("PRAGMA synchronous = NORMAL")


def _check_version(connection: sqlite3.Connection, folder: Path) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version != _VERSION:
        raise StateVersionError(f"{folder} is of version {version}, not {_VERSION}")


def _prepare(connection: sqlite3.Connection, folder: Path) -> None:
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == 0:
        connection.executescript(
            f"BEGIN IMMEDIATE; {_SCHEMA} {_BACKFILLS} PRAGMA user_version = {_VERSION}; COMMIT;"
        )
        return
    while upgrade := _UPGRADES.get(version):
        version += 1
        connection.executescript(
            f"BEGIN IMMEDIATE; {upgrade} PRAGMA user_version = {version}; COMMIT;"
        )
    if version != _VERSION:
        raise StateVersionError(f"{folder} is of version {version}; this newsmill knows {_VERSION}")
