"""Which columns differ between the rows that two files share."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import TYPE_CHECKING

from tasks.inspect.changes.changed import ColumnChange, Example

if TYPE_CHECKING:
    # Prefect keeps functions beyond the interpreter's end; DuckDB complains of types that it keeps.
    from duckdb import DuckDBPyConnection

# Every row that is made again by other code or with other reference data has new ones.
VERSIONS = ("pipeline_version", "reference_version")
EXAMPLES = 3


@dataclass(slots=True)
class Tally:
    """What was counted so far, over pairs of files.

    Attributes:
        changed, versions_only: as in `DatasetChanges`.
        rows: by column, the rows in which it differs; `examples`: the first few of them.
        new_columns, lost_columns: that only one side has.
    """

    changed: int = 0
    versions_only: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[Example]] = field(default_factory=dict)
    new_columns: set[str] = field(default_factory=set)
    lost_columns: set[str] = field(default_factory=set)

    def column_changes(self) -> tuple[ColumnChange, ...]:
        """Returns the columns that differ, the most frequent first, the versions last."""
        differing = sorted(
            (+self.rows).items(), key=lambda item: (item[0] in VERSIONS, -item[1], item[0])
        )
        return tuple(
            ColumnChange(column=name, rows=rows, examples=tuple(self.examples[name]))
            for name, rows in differing
        )


def compare_columns(
    connection: "DuckDBPyConnection",
    tally: Tally,
    old: str,
    new: str,
    on: Sequence[str],
    key: str,
) -> None:
    """Compares the rows that two relations share, column by column.

    Args:
        connection: runs the queries.
        tally: what is found is added to it.
        old: a relation, as SQL.
        new: the relation that it is compared with.
        on: the columns that tell a row; a null equals a null.
        key: an SQL expression over the old row `o` that names it to a person.
    """
    old_columns, new_columns = (_columns(connection, relation) for relation in (old, new))
    tally.new_columns.update(set(new_columns) - set(old_columns))
    tally.lost_columns.update(set(old_columns) - set(new_columns))
    shared = [name for name in old_columns if name in new_columns and name not in on]
    (row,) = connection.sql(_query(old, new, on, key, shared)).to_arrow_table().to_pylist()
    tally.changed += row["changed"]
    tally.versions_only += row["versions_only"]
    for number, name in enumerate(shared):
        tally.rows[name] += row[f"rows_{number}"]
        found = [Example(**example) for example in row[f"examples_{number}"] or ()]
        known = tally.examples.get(name, [])
        tally.examples[name] = nsmallest(EXAMPLES, [*known, *found], key=lambda each: each.key)


def _columns(connection: "DuckDBPyConnection", relation: str) -> list[str]:
    query = f"SELECT * FROM {relation} LIMIT 0"  # noqa: S608 - the relation is ours
    columns: list[str] = connection.sql(query).columns
    return columns


def _query(old: str, new: str, on: Sequence[str], key: str, columns: Sequence[str]) -> str:
    differs = {name: f'o."{name}" IS DISTINCT FROM n."{name}"' for name in columns}
    content = " OR ".join(differs[name] for name in columns if name not in VERSIONS) or "false"
    versions = " OR ".join(differs[name] for name in columns if name in VERSIONS) or "false"
    selected = [
        f"count(*) FILTER ({content}) AS changed",
        f"count(*) FILTER (({versions}) AND NOT ({content})) AS versions_only",
    ]
    for number, (name, condition) in enumerate(differs.items()):
        example = f"""{{'key': {key}, 'old': o."{name}", 'new': n."{name}"}}"""
        selected += [
            f"count(*) FILTER ({condition}) AS rows_{number}",
            f"arg_min({example}, {key}, {EXAMPLES}) FILTER ({condition}) AS examples_{number}",
        ]
    joined = " AND ".join(f'o."{name}" IS NOT DISTINCT FROM n."{name}"' for name in on)
    return f"SELECT {', '.join(selected)} FROM {old} o JOIN {new} n ON {joined}"  # noqa: S608
