"""The accounts: each address found has one outcome, or waits.

`found = Σ outcomes + waiting` is checked on every run, as documents are.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from tasks.collect.exchange import Outcome

FOUND = "found"
DAY_S = 86_400
_ADD = """
INSERT INTO accounts VALUES (?, ?, ?, ?)
ON CONFLICT (day, outlet, what) DO UPDATE SET count = count + excluded.count
"""


class AddressesLostError(Exception):
    """Addresses that were found have neither an outcome nor wait for one."""


@dataclass(frozen=True, slots=True)
class Account:
    """What became of the addresses that were found.

    Attributes:
        found: distinct addresses.
        outcomes: how many have which outcome.
        waiting: how many wait for theirs.
    """

    found: int
    outcomes: Mapping[Outcome, int]
    waiting: int

    def check(self) -> None:
        """Raises where the account is not even.

        Raises:
            AddressesLostError: found is not the sum of outcomes and waiting.
        """
        known = sum(self.outcomes.values()) + self.waiting
        if self.found != known:
            raise AddressesLostError(
                f"{self.found:,} addresses were found, but {known:,} have an outcome or wait"
            )


def day_of(at: float) -> str:
    """Returns the UTC day of an instant in epoch seconds, as YYYY-MM-DD."""
    return _name_of(int(at // DAY_S))


@lru_cache
def _name_of(day: int) -> str:
    return f"{datetime.fromtimestamp(day * DAY_S, UTC):%Y-%m-%d}"


class Accounts:
    """The table `accounts`: counts by day, outlet and what was counted."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, at: float, counts: Iterable[tuple[str, str, int]]) -> None:
        """Adds counts, as (outlet, outcome or `found`, how many), to the day of an instant."""
        day = day_of(at)
        self._connection.executemany(_ADD, [(day, *count) for count in counts])

    def read(self) -> Account:
        """Returns the account of all that was ever found."""
        counted = dict(
            self._connection.execute("SELECT what, sum(count) FROM accounts GROUP BY what")
        )
        (waiting,) = self._connection.execute("SELECT count(*) FROM pages").fetchone()
        found = counted.pop(FOUND, 0)
        return Account(found, {Outcome(what): count for what, count in counted.items()}, waiting)

    def since(self, at: float) -> list[tuple[str, str, str, int]]:
        """Returns the counts from the day of an instant on, as (day, outlet, what, how many)."""
        asked = "SELECT day, outlet, what, count FROM accounts WHERE day >= ? ORDER BY day, outlet"
        return self._connection.execute(asked, (day_of(at),)).fetchall()

    def stored_on(self, at: float) -> dict[str, int]:
        """Returns how many pages of each outlet were stored on the day of an instant."""
        asked = "SELECT outlet, count FROM accounts WHERE day = ? AND what = ?"
        return dict(self._connection.execute(asked, (day_of(at), Outcome.STORED)))
