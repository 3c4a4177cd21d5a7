"""The collector's state: what it must remember from one run to the next."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from tasks.collect.memory.accounts import Accounts
from tasks.collect.memory.backfills import Backfills
from tasks.collect.memory.database import open_database, read_database, transaction
from tasks.collect.memory.files import Files
from tasks.collect.memory.pages import Pages
from tasks.collect.memory.standings import Standings


class State:
    """All tables, and the transactions over them.

    Attributes:
        folder: where it lies, on a local disk.
        accounts: counts of what was found and what became of it.
        pages: pages in work, and keys of those that are settled.
        standings: sources and hosts.
        files: WARC files that are not sealed.
        backfills: what was ordered of the past, and how far that is.
    """

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self._connection = connection
        self.accounts = Accounts(connection)
        self.pages = Pages(connection, self.accounts)
        self.standings = Standings(connection)
        self.files = Files(connection)
        self.backfills = Backfills(connection)

    def transaction(self, *, synced: bool = False) -> AbstractContextManager[None]:
        """Makes what is written in the block one; see `tasks.collect.memory.database`."""
        return transaction(self._connection, synced=synced)

    def stored_on(self, at: float) -> dict[bool, Counter[str]]:
        """Returns the pages stored on the day of an instant, by outlet.

        They are those of schedule and lists, and those of backfills (True): neither takes the
        other's share of a day.
        """
        backfilled = Counter(self.backfills.pages_on(at))
        stored = Counter(self.accounts.stored_on(at))
        return {True: backfilled, False: stored - backfilled}

    def read_note(self, name: str) -> str | None:
        """Returns a note that was left, and leaves it."""
        row = self._connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def take_note(self, name: str) -> str | None:
        """Returns a note that was left, and removes it."""
        note = self.read_note(name)
        self._connection.execute("DELETE FROM meta WHERE name = ?", (name,))
        return note

    def leave_note(self, name: str, value: str) -> None:
        """Leaves a note for the next run."""
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def overwrite_free_space(self) -> None:
        """Leaves nothing of deleted rows in the files, which SQLite only marks as free."""
        self._connection.execute("VACUUM")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def open_state(folder: Path) -> Iterator[State]:
    """Opens the state for the one process that works with it; see `open_database`."""
    with open_database(folder) as connection:
        yield State(folder, connection)


@contextmanager
def read_state(folder: Path) -> Iterator[State]:
    """Opens the state for looking at it; see `read_database`."""
    with read_database(folder) as connection:
        yield State(folder, connection)
