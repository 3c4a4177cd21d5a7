"""What can only be told over all published files: identities, references and the accounts.

Of each article its id, its place and the id of its original go into a table of DuckDB. What that
needs beyond a limit of memory goes to disk, so that none of it grows with the warehouse.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from schemas.tables import ARTICLES, QUARANTINE
from tasks.inspect.verification.faults import Fault, FaultCode
from tasks.inspect.verification.file_checks import Part

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MEMORY = "256MB"
# Each thread takes its share of the memory, and there is little to do.
_THREADS = 1
_TABLE = """
    CREATE TABLE articles (file INTEGER, row INTEGER, article_id VARCHAR, duplicate_of VARCHAR)
"""
_ENTER = "INSERT INTO articles SELECT ?, row, article_id, duplicate_of FROM entered"
_TWICE = """
    SELECT a.file, a.row, a.article_id, f.first.file, f.first.row
    FROM articles a JOIN (
        SELECT article_id, min({'file': file, 'row': row}) AS first
        FROM articles GROUP BY article_id HAVING count(*) > 1
    ) f ON a.article_id IS NOT DISTINCT FROM f.article_id
    WHERE a.file <> f.first.file OR a.row <> f.first.row
    ORDER BY a.file, a.row
"""
_LOST = """
    SELECT file, row, duplicate_of FROM articles a
    WHERE duplicate_of IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM articles o WHERE o.article_id = a.duplicate_of)
    ORDER BY file, row
"""


class Ledger:
    """What is entered of one published file after the other, and checked at the end.

    Attributes:
        is_complete: every file could be read. Else what is missing is that one fault, and not each
            row that led to it as well.
        outlets: the file and row that first names each outlet.
        articles, revisions, quarantined: documents by fate.
    """

    def __init__(self, connection: "DuckDBPyConnection") -> None:
        """Opens an empty one; see `open_ledger`."""
        self._connection = connection
        connection.execute(_TABLE)
        self._files: list[str] = []
        self.is_complete = True
        self.outlets: dict[str, tuple[str, int]] = {}
        self.articles = 0
        self.revisions = 0
        self.quarantined = 0

    def add(self, part: Part) -> None:
        """Enters the rows of a file."""
        if part.table is QUARANTINE:
            self.quarantined += part.rows.num_rows
        elif part.table is ARTICLES:
            self.articles += part.rows.num_rows
            self.revisions += pc.sum(part.rows["revision_count"]).as_py() or 0
            self._enter_articles(part)

    def check(self, documents: int | None) -> Iterator[Fault]:
        """Yields articles that stand twice, lost originals, and accounts that do not balance.

        Args:
            documents: staged records; None where they cannot be counted.
        """
        for file, row, article_id, first_file, first_row in self._select(_TWICE):
            yield Fault(
                code=FaultCode.ARTICLE_TWICE,
                path=self._files[file],
                row=row,
                found=f"article_id {article_id} again",
                expected=f"it once: {self._files[first_file]} row {first_row}",
            )
        if not self.is_complete:
            return
        for file, row, original in self._select(_LOST):
            yield Fault(
                code=FaultCode.REFERENCE_BROKEN,
                path=self._files[file],
                row=row,
                found=f"duplicate_of {original}",
                expected="the article_id of an article",
            )
        accounted = self.articles + self.revisions + self.quarantined
        if documents not in (None, accounted):
            yield Fault(
                code=FaultCode.ACCOUNTS_UNBALANCED,
                path="",
                found=f"{self.articles} articles + {self.revisions} revisions + "
                f"{self.quarantined} quarantined = {accounted}",
                expected=f"{documents} documents",
            )

    def check_outlets(self, outlets: Part) -> Iterator[Fault]:
        """Yields articles that name an outlet which has no row, and outlets that have two."""
        ids = outlets.rows["outlet_id"].to_pylist()
        for row, (before, outlet_id) in enumerate(pairwise(ids), start=1):
            if before >= outlet_id:
                yield Fault(
                    code=FaultCode.ROWS_UNSORTED,
                    path=outlets.path,
                    row=row,
                    found=outlet_id,
                    expected=f"an outlet_id behind {before}",
                )
        for outlet_id in sorted(self.outlets.keys() - set(ids)):
            path, row = self.outlets[outlet_id]
            yield Fault(
                code=FaultCode.REFERENCE_BROKEN,
                path=path,
                row=row,
                found=f"outlet {outlet_id}",
                expected=f"a row of {outlets.path}",
            )

    def _enter_articles(self, part: Part) -> None:
        for name in ("outlet_id", "wire"):
            for row, outlet_id in enumerate(part.rows[name].to_pylist()):
                if outlet_id is not None:
                    self.outlets.setdefault(outlet_id, (part.path, row))
        ids = part.rows.select(["article_id", "duplicate_of"])
        entered = ids.append_column("row", pa.array(range(ids.num_rows), pa.int32()))
        self._connection.register("entered", entered)
        self._connection.execute(_ENTER, [len(self._files)])
        self._connection.unregister("entered")
        self._files.append(part.path)

    def _select(self, query: str) -> Iterator[tuple[Any, ...]]:
        found = self._connection.execute(query)
        while rows := found.fetchmany():
            yield from rows


@contextmanager
def open_ledger() -> Iterator[Ledger]:
    """Gives an empty ledger, with a folder for what does not fit into its memory."""
    with (
        TemporaryDirectory(prefix="newsmill-verify-") as folder,
        duckdb.connect() as connection,
    ):
        connection.execute("SET memory_limit = ?", [_MEMORY])
        connection.execute("SET threads = ?", [_THREADS])
        connection.execute("SET temp_directory = ?", [Path(folder).as_posix()])
        yield Ledger(connection)
