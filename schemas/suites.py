"""The suites that validate runs, derived from the columns' checks.

A suite is a list of declarations: it names Great Expectations' classes and imports none of them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from schemas.columns import Check
from schemas.reasons import Reason
from schemas.tables import MONEY, STAGED, Table

_COLUMN_ARGUMENTS = ("column", "column_A", "column_B")


@dataclass(frozen=True, slots=True)
class ColumnCheck:
    """A check and the column it is about."""

    column: str
    check: Check


def suite_of(table: Table) -> tuple[ColumnCheck, ...]:
    """Returns the checks of a table's columns, in their order."""
    return tuple(
        ColumnCheck(column.name, check) for column in table.columns for check in column.checks
    )


def columns_of(suite: Iterable[ColumnCheck]) -> frozenset[str]:
    """Returns the columns that checks read, and some words of their conditions."""
    names = set()
    for entry in suite:
        arguments = dict(entry.check.arguments)
        names |= {entry.column, *re.findall(r"\w+", entry.check.when or "")}
        names |= {arguments[key] for key in _COLUMN_ARGUMENTS if key in arguments}
    return frozenset(names)


RECORDS_SUITE = suite_of(STAGED)
# The identity and the day of a money row are its article's, which are checked there.
MONEY_SUITE = (
    *(
        ColumnCheck(
            key.column,
            Check(
                name=f"money_{key.column}_missing",
                expectation="ExpectColumnValuesToNotBeNull",
                why=f"It leads to the row of {key.table}/ that the amount stands in.",
            ),
        )
        for key in MONEY.foreign_keys
    ),
    *(entry for entry in suite_of(MONEY) if entry.column not in {"article_id", "published_date"}),
)
# What only a fault of newsmill explains, by the reason under which a record is rejected for it.
FAULTS = frozenset(
    {
        Reason.INTERNAL_ERROR.value,
        *(
            entry.check.name
            for entry in (*RECORDS_SUITE, *MONEY_SUITE)
            if entry.check.severity == "fault"
        ),
    }
)
# By the names under which failures are published.
CHECKS = {entry.check.name: entry.check for entry in (*RECORDS_SUITE, *MONEY_SUITE)}
