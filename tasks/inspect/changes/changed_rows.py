"""Which rows are added, gone, moved, or change between articles/ and quarantine/."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.tables import ARTICLES, MONEY, QUARANTINE
from tasks.inspect.changes.changed import Group
from tasks.inspect.changes.changed_columns import EXAMPLES
from tasks.inspect.changes.changed_files import Files

if TYPE_CHECKING:
    # Prefect keeps functions beyond the interpreter's end; DuckDB complains of types that it keeps.
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """How the rows of a dataset are known, in SQL over the alias `o`.

    Attributes:
        dataset: its name.
        on: the columns that tell a row.
        key: what names it to a person, and no other row.
        document: where it lies in raw/.
        reasons: why it is no article.
        columns: what `on` needs besides the file's own columns.
    """

    dataset: str
    on: tuple[str, ...]
    key: str
    document: str = "NULL"
    reasons: str = "NULL"
    columns: str = "*"

    def scan(self, path: Path) -> str:
        """Returns the SQL that reads a file of the dataset."""
        name = path.as_posix().replace("'", "''")
        file = f"read_parquet('{name}', hive_partitioning = false)"
        return f"(SELECT {self.columns} FROM {file})"  # noqa: S608 - a name of ours, quoted


_DOCUMENT = "o.raw_path || coalesce('#' || o.raw_offset, '')"
ARTICLE_ROWS = Rows(
    dataset=ARTICLES.name, on=("article_id",), key="o.article_id", document=_DOCUMENT
)
# An amount is known by its article, its words, and how many times these stood there before: by its
# position in the text, one paragraph more would make every amount another.
MONEY_ROWS = Rows(
    dataset=MONEY.name,
    on=("article_id", "kind", "surface", "nth"),
    key="""o.article_id || ' ' || o.kind || ' "' || o.surface || '" ' || o.nth""",
    columns="""*, row_number() OVER (
        PARTITION BY article_id, kind, surface ORDER BY start, "end", amount, currency_code
    ) AS nth""",
)
QUARANTINE_ROWS = Rows(
    dataset=QUARANTINE.name,
    on=("raw_path", "raw_offset"),
    key=_DOCUMENT,
    document=_DOCUMENT,
    reasons="o.reasons",
)
_PAIRS = """
    CREATE TABLE pairs AS
    SELECT coalesce(o.dataset, n.dataset) AS dataset, coalesce(o.key, n.key) AS key,
           o.part AS old_part, o.document AS old_document, o.reasons AS old_reasons,
           n.part AS new_part, n.document AS new_document, n.reasons AS new_reasons
    FROM old_rows o FULL JOIN new_rows n ON o.dataset = n.dataset AND o.key = n.key
"""


def index_rows(connection: "DuckDBPyConnection", files: Mapping[str, Files]) -> None:
    """Makes the table `pairs`: a narrow row for each row of the files that differ, on any side."""
    for side in ("old", "new"):
        connection.execute(
            f"CREATE TABLE {side}_rows "
            "(dataset VARCHAR, part VARCHAR, key VARCHAR, document VARCHAR, reasons VARCHAR[])"
        )
        for rows in (ARTICLE_ROWS, MONEY_ROWS, QUARANTINE_ROWS):
            paths: Mapping[str, Path] = getattr(files[rows.dataset], side)
            for part, path in paths.items():
                connection.execute(
                    f"INSERT INTO {side}_rows "  # noqa: S608 - all of it is ours
                    f"SELECT ?, ?, {rows.key}, {rows.document}, {rows.reasons} "
                    f"FROM {rows.scan(path)} o",
                    [rows.dataset, part],
                )
    connection.execute(_PAIRS)


def shared_partitions(connection: "DuckDBPyConnection", dataset: str) -> list[tuple[str, str]]:
    """Returns the partitions, or parts of them, that rows on both sides were and are in."""
    query = """
        SELECT DISTINCT old_part, new_part FROM pairs
        WHERE dataset = ? AND old_part IS NOT NULL AND new_part IS NOT NULL
        ORDER BY old_part, new_part
    """
    return connection.execute(query, [dataset]).fetchall()


def group_moved(connection: "DuckDBPyConnection", dataset: str) -> tuple[Group, ...]:
    """Groups the rows in another partition than before, by both, whatever the parts."""
    query = f"""
        SELECT old, new, count(*), min(key, {EXAMPLES}) FROM (
            SELECT split_part(old_part, '.', 1) AS old, split_part(new_part, '.', 1) AS new, key
            FROM pairs WHERE dataset = ?
        )
        WHERE old <> new GROUP BY old, new ORDER BY old, new
    """  # noqa: S608 - all of it is ours
    return tuple(
        Group(name=f"{old} → {new}", rows=rows, examples=tuple(keys))
        for old, new, rows, keys in connection.execute(query, [dataset]).fetchall()
    )


def count_gone(connection: "DuckDBPyConnection", dataset: str) -> Group:
    """Counts the rows that only the old side has."""
    return _group(
        connection, "gone", "key", "pairs WHERE dataset = ? AND new_part IS NULL", dataset
    )


def count_added(connection: "DuckDBPyConnection", dataset: str) -> Group:
    """Counts the rows that only the new side has."""
    return _group(
        connection, "added", "key", "pairs WHERE dataset = ? AND old_part IS NULL", dataset
    )


def count_renamed(connection: "DuckDBPyConnection") -> Group:
    """Counts the documents that stood for one article and now stand for another."""
    source = """
        pairs g JOIN pairs a ON g.dataset = a.dataset AND g.old_document = a.new_document
        WHERE g.dataset = ? AND g.new_part IS NULL AND a.old_part IS NULL
    """
    return _group(connection, "renamed", "g.key || ' → ' || a.key", source, ARTICLES.name)


def group_by_reason(connection: "DuckDBPyConnection", side: str) -> tuple[Group, ...]:
    """Groups documents that change between articles/ and quarantine/ by each of their reasons.

    Args:
        connection: has the table `pairs`.
        side: on which they are quarantined; `new` for those that go there.
    """
    other = "new" if side == "old" else "old"
    query = f"""
        SELECT reason, count(*), min(document, {EXAMPLES}) FROM (
            SELECT unnest(q.{side}_reasons) AS reason, q.{side}_document AS document
            FROM pairs q JOIN pairs a ON q.{side}_document = a.{other}_document
            WHERE q.dataset = ? AND a.dataset = ? AND q.{other}_part IS NULL
        )
        GROUP BY reason ORDER BY count(*) DESC, reason
    """  # noqa: S608 - all of it is ours
    found = connection.execute(query, [QUARANTINE.name, ARTICLES.name]).fetchall()
    return tuple(
        Group(name=reason, rows=rows, examples=tuple(documents))
        for reason, rows, documents in found
    )


def _group(
    connection: "DuckDBPyConnection", name: str, example: str, source: str, dataset: str
) -> Group:
    query = f"SELECT count(*), min({example}, {EXAMPLES}) FROM {source}"  # noqa: S608 - ours
    ((rows, examples),) = connection.execute(query, [dataset]).fetchall()
    return Group(name=name, rows=rows, examples=tuple(examples or ()))
