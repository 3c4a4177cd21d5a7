"""The WARC files that are being written, and those that are sealed."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """How far a file is."""

    OPEN = "open"
    SEALING = "sealing"


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that is not sealed yet.

    Attributes:
        name: as it will be called: `NEWSMILL-….warc.gz`.
        folder: below raw/, with `/`.
        size: bytes whose pages are noted as stored.
        pages: how many.
        stage: whether more may come.
    """

    name: str
    folder: str
    size: int
    pages: int
    stage: Stage


class Files:
    """The table `files`. Who calls what writes holds a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __iter__(self) -> Iterator[WrittenFile]:
        """Yields the files that are not sealed."""
        rows = self._connection.execute("SELECT name, folder, size, pages, stage FROM files")
        for name, folder, size, pages, stage in rows.fetchall():
            yield WrittenFile(name, folder, size, pages, Stage(stage))

    def note(self, file: WrittenFile) -> None:
        """Keeps how far a file is."""
        self._connection.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)",
            (file.name, file.folder, file.size, file.pages, file.stage.value),
        )

    def drop(self, name: str) -> None:
        """Forgets a file: it is sealed, or holds no page."""
        self._connection.execute("DELETE FROM files WHERE name = ?", (name,))

    def next_serial(self) -> int:
        """Returns a number that no file of this state had before."""
        row = self._connection.execute("SELECT value FROM meta WHERE name = 'serial'").fetchone()
        serial = int(row[0]) + 1 if row else 0
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES ('serial', ?)", (str(serial),))
        return serial
