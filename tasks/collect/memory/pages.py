"""The pages in work, and the keys of all addresses that ever had an outcome."""

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from tasks.collect.exchange import Outcome
from tasks.collect.memory.accounts import DAY_S, FOUND, Accounts, day_of
from tasks.normalize.urls import normalize_url

Fields = tuple[tuple[str, str], ...]

# 96 bits: among 10 million addresses two share a key with a chance of 1 in 10^15.
KEY_BYTES = 12
# Codes of the table `seen`; they are stored, so an outcome keeps its number.
_CODES = {outcome: number for number, outcome in enumerate(Outcome, start=1)}
_COLUMNS = "key, url, ask_url, host, outlet, found_at, due, rank, tries, trail, fields, version"
_INSERT = f"INSERT INTO pages ({_COLUMNS}) VALUES (?{', ?' * 11})"  # noqa: S608 - our own words
_UPDATE = """
UPDATE pages SET ask_url = ?, host = ?, due = ?, tries = ?, trail = ? WHERE key = ?
"""

_ADD_BACKFILLED = """
INSERT INTO backfilled VALUES (?, ?, ?)
ON CONFLICT (day, outlet) DO UPDATE SET pages = pages + excluded.pages
"""

# What is found by schedule comes first, then what is asked again, then lists, then a backfill.
LIVE, AGAIN, LISTED, BACKFILL = RANKS = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Version:
    """What was stored of a page that is asked for again.

    Attributes:
        first_at: epoch seconds of the first fetch.
        digest: of the content that was stored last.
        etag, last_modified: validators of the last whole answer, as printed.
    """

    first_at: float
    digest: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page that waits for its outcome.

    Attributes:
        key: of its address, see `page_key`.
        url: as it was found.
        ask_url: what is asked next: another where a redirect led there.
        host: of `ask_url`, with its port where that is not the scheme's.
        outlet: whose sources named it.
        found_at: epoch seconds.
        due: epoch seconds from which it may be asked.
        rank: LIVE, AGAIN, LISTED or BACKFILL.
        tries: how often it failed.
        trail: addresses that redirects led through in this try, the first one first.
        fields: what the sources said of it, for the archive.
        version: of AGAIN, what is stored of it already.
    """

    key: bytes
    url: str
    ask_url: str
    host: str
    outlet: str
    found_at: float
    due: float
    rank: int = LIVE
    tries: int = 0
    trail: tuple[str, ...] = ()
    fields: Fields = ()
    version: Version | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """An address and its outcome.

    Attributes:
        page: the address.
        outcome: what became of it.
        also: keys of other addresses that led to the same page.
        is_new: nobody had found it: it is counted as found, too.
        again: the same page, where it is to be asked for once more; it is found anew.
    """

    page: Page
    outcome: Outcome
    also: tuple[bytes, ...] = ()
    is_new: bool = False
    again: Page | None = None


@dataclass(frozen=True, slots=True)
class WaitingPages:
    """How many pages of an outlet wait for a host: those of backfills, or all others."""

    host: str
    outlet: str
    is_backfill: bool
    pages: int


# Feeds show most addresses again and again.
@lru_cache(maxsize=16_384)
def page_key(url: str) -> bytes:
    """Returns the key of an address: all spellings of one address have the same."""
    return blake2b((normalize_url(url) or url).encode(), digest_size=KEY_BYTES).digest()


class Pages:
    """The tables `pages` and `seen`. Who calls what writes holds a transaction."""

    def __init__(self, connection: sqlite3.Connection, accounts: Accounts) -> None:
        self._connection = connection
        self._accounts = accounts

    def is_settled(self, key: bytes) -> bool:
        """Tells whether an address has an outcome."""
        asked = "SELECT 1 FROM seen WHERE key = ?"
        return self._connection.execute(asked, (key,)).fetchone() is not None

    def is_waiting(self, key: bytes) -> bool:
        """Tells whether an address waits for its outcome."""
        asked = "SELECT 1 FROM pages WHERE key = ?"
        return self._connection.execute(asked, (key,)).fetchone() is not None

    def find(self, key: bytes) -> Page | None:
        """Returns a page that waits for its outcome; None where none does."""
        asked = f"SELECT {_COLUMNS} FROM pages WHERE key = ?"  # noqa: S608
        row = self._connection.execute(asked, (key,)).fetchone()
        return None if row is None else _as_page(row)

    def add(self, pages: Sequence[Page], at: float) -> None:
        """Takes in addresses that are neither settled nor waiting."""
        self._connection.executemany(_INSERT, map(_as_row, pages))
        found = Counter(page.outlet for page in pages)
        self._accounts.add(at, ((outlet, FOUND, count) for outlet, count in found.items()))

    def add_fields(self, key: bytes, fields: Fields) -> Page:
        """Adds what a poll said of a waiting page, which is one of schedule from now on.

        Returns:
            The page as it was before.
        """
        asked = f"SELECT {_COLUMNS} FROM pages WHERE key = ?"  # noqa: S608 - our own words
        page = _as_page(self._connection.execute(asked, (key,)).fetchone())
        joined = json.dumps(list(dict.fromkeys((*page.fields, *fields))))
        self._connection.execute(
            "UPDATE pages SET fields = ?, rank = ? WHERE key = ?", (joined, LIVE, key)
        )
        return page

    def settle(self, settled: Sequence[Settled], at: float) -> None:
        """Gives pages their outcomes: waiting ones, and such as nobody had found."""
        day = int(at // DAY_S)
        self._connection.executemany(
            "DELETE FROM pages WHERE key = ?", [(one.page.key,) for one in settled]
        )
        self._see(
            (key, day, _CODES[one.outcome]) for one in settled for key in (one.page.key, *one.also)
        )
        counts = Counter((one.page.outlet, one.outcome.value) for one in settled)
        counts.update((one.page.outlet, FOUND) for one in settled if one.is_new)
        self._accounts.add(at, ((outlet, what, count) for (outlet, what), count in counts.items()))
        backfilled = Counter(
            one.page.outlet
            for one in settled
            if one.page.rank == BACKFILL and one.outcome is Outcome.STORED
        )
        self._connection.executemany(
            _ADD_BACKFILLED, [(day_of(at), *count) for count in backfilled.items()]
        )
        if again := [one.again for one in settled if one.again is not None]:
            self.add(again, at)

    def remember(self, keys: Iterable[bytes], now: float) -> int:
        """Notes pages that are stored, as raw/ shows; returns how many were not known.

        They are in no account: when they were found is not known.
        """
        before = self._connection.total_changes
        self._see((key, int(now // DAY_S), _CODES[Outcome.STORED]) for key in keys)
        return self._connection.total_changes - before

    def postpone(self, page: Page) -> None:
        """Keeps what changed of a waiting page: where and when it is asked next."""
        changed = (page.ask_url, page.host, page.due, page.tries, json.dumps(page.trail), page.key)
        self._connection.execute(_UPDATE, changed)

    def waiting(
        self, host: str, rank: int, until: float, limit: int, outlets: Collection[str] | None
    ) -> list[Page]:
        """Returns the pages of a host and rank that are due, the one due first at the front.

        Args:
            host: whose.
            rank: LIVE, AGAIN, LISTED or BACKFILL.
            until: epoch seconds.
            limit: no more than these.
            outlets: whose pages; None for all.
        """
        among, names = among_outlets(outlets)
        asked = (
            f"SELECT {_COLUMNS} FROM pages WHERE host = ? AND rank = ? AND due <= ?"  # noqa: S608
            f" {among} ORDER BY due LIMIT ?"
        )
        rows = self._connection.execute(asked, (host, rank, until, *names, limit))
        return [_as_page(row) for row in rows]

    def next_due(
        self, host: str, rank: int, after: float, outlets: Collection[str] | None
    ) -> float | None:
        """Returns when the next page of a host and rank is due, later than an instant."""
        among, names = among_outlets(outlets)
        asked = f"SELECT min(due) FROM pages WHERE host = ? AND rank = ? AND due > ? {among}"  # noqa: S608
        found = self._connection.execute(asked, (host, rank, after, *names)).fetchone()
        due: float | None = found[0]
        return due

    def found_before(self, host: str, at: float, limit: int, origin: str = "") -> list[Page]:
        """Returns pages of a host that wait since before an instant.

        Args:
            host: whose.
            at: epoch seconds.
            limit: no more than these.
            origin: of what is asked next; "" for any.
        """
        among, bounds = _below(origin)
        asked = (
            f"SELECT {_COLUMNS} FROM pages WHERE host = ? AND found_at < ?"  # noqa: S608
            f" {among} LIMIT ?"
        )
        return [
            _as_page(row) for row in self._connection.execute(asked, (host, at, *bounds, limit))
        ]

    def postpone_origin(self, host: str, origin: str, until: float) -> None:
        """Lets the pages of an origin wait until an instant, at least."""
        among, bounds = _below(origin)
        self._connection.execute(
            f"UPDATE pages SET due = ? WHERE host = ? AND due < ? {among}",  # noqa: S608
            (until, host, until, *bounds),
        )

    def all(self) -> Iterator[Page]:
        """Yields all pages that wait; nothing is written meanwhile."""
        return map(_as_page, self._connection.execute(f"SELECT {_COLUMNS} FROM pages"))  # noqa: S608

    def of_others(self, outlets: Collection[str], limit: int) -> list[Page]:
        """Returns pages of outlets that are not among these."""
        marks = ", ".join("?" * len(outlets))
        asked = f"SELECT {_COLUMNS} FROM pages WHERE outlet NOT IN ({marks}) LIMIT ?"  # noqa: S608
        return [_as_page(row) for row in self._connection.execute(asked, (*outlets, limit))]

    def postpone_outlet(self, outlet: str, until: float, *, is_backfill: bool) -> None:
        """Lets the pages of an outlet, a backfill's or all others, wait until an instant."""
        sign = "=" if is_backfill else "<>"
        asked = f"UPDATE pages SET due = ? WHERE outlet = ? AND due < ? AND rank {sign} ?"  # noqa: S608
        self._connection.execute(asked, (until, outlet, until, BACKFILL))

    def hosts(self) -> list[str]:
        """Returns the hosts that pages wait for."""
        rows = self._connection.execute("SELECT host FROM pages GROUP BY host")
        return [host for (host,) in rows]

    def count_waiting(self) -> list[WaitingPages]:
        """Returns how many pages of which outlet wait for which host.

        Those that are stored, and are looked at again in their time, do not wait for the host.
        """
        # SQLite would sort all rows to group them, which takes four times as long.
        asked = "SELECT host, outlet, rank = ? FROM pages WHERE rank <> ?"
        counts = Counter(self._connection.execute(asked, (BACKFILL, AGAIN)))
        return [
            WaitingPages(host, outlet, bool(is_backfill), count)
            for (host, outlet, is_backfill), count in counts.items()
        ]

    def _see(self, rows: Iterable[tuple[bytes, int, int]]) -> None:
        self._connection.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", rows)


def among_outlets(outlets: Collection[str] | None) -> tuple[str, tuple[str, ...]]:
    """Returns a condition of SQL that lets in some outlets, and what it is given; None for all."""
    if outlets is None:
        return "", ()
    return f"AND outlet IN ({', '.join('?' * len(outlets))})", tuple(outlets)


def _below(origin: str) -> tuple[str, tuple[str, ...]]:
    """Returns a condition on what is asked next; a spelling of its own is found one by one."""
    if not origin:
        return "", ()
    # "0" is the character behind "/".
    return "AND ask_url >= ? AND ask_url < ?", (f"{origin}/", f"{origin}0")


def _as_row(page: Page) -> tuple[Any, ...]:
    return (
        page.key,
        page.url,
        page.ask_url,
        page.host,
        page.outlet,
        page.found_at,
        page.due,
        page.rank,
        page.tries,
        json.dumps(page.trail),
        json.dumps(page.fields),
        "" if page.version is None else json.dumps(astuple(page.version)),
    )


def _as_page(row: tuple[Any, ...]) -> Page:
    page = Page(*row)
    # The database has these as texts.
    trail, fields, version = row[-3:]
    return replace(
        page,
        trail=tuple(json.loads(trail)),
        fields=_as_fields(fields),
        version=Version(*json.loads(version)) if version else None,
    )


def _as_fields(written: str) -> Fields:
    return tuple((name, value) for name, value in json.loads(written))
