"""Backfills that were ordered, and the catalogues that each of them reads."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from tasks.collect.memory.accounts import day_of
from tasks.collect.memory.database import transaction, write_beside
from tasks.collect.memory.pages import BACKFILL, among_outlets
from tasks.collect.planning.window import Window

_COLUMNS = "backfill, url, outlet, kind, root, host, due, digest, standing"
_KEEP = f"INSERT OR REPLACE INTO catalogues ({_COLUMNS}) VALUES (?{', ?' * 8})"  # noqa: S608
_OVER = "backfills over"


class CatalogueKind(StrEnum):
    """What a catalogue is."""

    ROBOTS = "robots"  # a robots.txt, for the sitemaps that it names; it is not asked for again
    SITEMAP = "sitemap"
    FEED = "feed"


class Ending(StrEnum):
    """Why a catalogue is not read any more."""

    READ = "read"
    OLDER = "older"  # all that it shows is older than the window
    REPEATED = "repeated"  # it shows what an earlier page of the feed has shown
    MISSING = "missing"  # there is no such page: the feed ends before it
    LIMIT = "limit"  # the feed has more pages than are read
    DENIED = "denied"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Order:
    """What a backfill is to bring.

    Attributes:
        window: the days.
        outlets: whose articles; none for all.
        takes_undated: also addresses of which no day is known.
    """

    window: Window
    outlets: tuple[str, ...] = ()
    takes_undated: bool = False

    def covers(self, outlet: str) -> bool:
        """Whether an outlet is among those of the order."""
        return not self.outlets or outlet in self.outlets


@dataclass(frozen=True, slots=True)
class Backfill:
    """An order, with the number that it has in the state."""

    id: int
    order: Order


@dataclass(slots=True, kw_only=True)
class Catalogue:
    """A sitemap, or a page of a feed's archive, that names articles of the past.

    Attributes:
        backfill: which reads it.
        url: of it.
        outlet: whose.
        kind: what it is.
        root: the feed or sitemap at which the way to it began.
        host: that is asked next.
        due: epoch seconds from which it may be asked; None once it was read.
        found_at: epoch seconds at which it was met.
        digest: of the addresses on it, of a feed.
        ask_url: what is asked next, where a redirect led elsewhere.
        trail: addresses that redirects led through.
        tries: how often it failed.
        number: of the page, in a feed.
        is_dated: its name says that all in it is of the window.
        counts: of its addresses; see `tasks.collect.running.reading_catalogues`.
        ending: why it is not read any more.
        problem: the last failure, for people.
    """

    backfill: int
    url: str
    outlet: str
    kind: CatalogueKind
    root: str
    host: str
    due: float | None
    found_at: float
    digest: bytes | None = None
    ask_url: str | None = None
    trail: list[str] = field(default_factory=list)
    tries: int = 0
    number: int = 1
    is_dated: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    ending: Ending | None = None
    problem: str | None = None

    @property
    def address(self) -> str:
        """What is asked next."""
        return self.ask_url or self.url


_IN_COLUMNS = frozenset({"backfill", "url", "outlet", "kind", "root", "host", "due", "digest"})
_STANDING = tuple(name.name for name in fields(Catalogue) if name.name not in _IN_COLUMNS)


class Backfills:
    """The tables `backfills`, `catalogues` and `backfilled`. Who writes holds a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def order(self, order: Order) -> int:
        """Notes an order; one that was given before goes on, or begins anew where it is done.

        Returns:
            Its number.
        """
        known = [backfill for backfill in self.all() if backfill.order == order]
        if known and not self.is_over(known[0]):
            return known[0].id
        for one in known:
            self._connection.execute("DELETE FROM catalogues WHERE backfill = ?", (one.id,))
            self._connection.execute("DELETE FROM backfills WHERE id = ?", (one.id,))
            # A number may be given again.
            self._keep_over({n: at for n, at in self.over_since().items() if n != one.id})
        window = order.window
        cursor = self._connection.execute(
            "INSERT INTO backfills (since, until, outlets, takes_undated, is_begun)"
            " VALUES (?, ?, ?, ?, 0)",
            (str(window.since), str(window.until), json.dumps(order.outlets), order.takes_undated),
        )
        return int(cursor.lastrowid or 0)

    def all(self, *, only_new: bool = False) -> Iterator[Backfill]:
        """Yields the backfills, or those that nobody has begun."""
        rows = self._connection.execute(
            "SELECT id, since, until, outlets, takes_undated FROM backfills"
            " WHERE is_begun <= ? ORDER BY id",
            (not only_new,),
        )
        for number, since, until, outlets, takes_undated in rows.fetchall():
            window = Window(date.fromisoformat(since), date.fromisoformat(until))
            yield Backfill(number, Order(window, tuple(json.loads(outlets)), bool(takes_undated)))

    def mark_begun(self, number: int) -> None:
        """Notes that the first catalogues of a backfill are in the state."""
        self._connection.execute("UPDATE backfills SET is_begun = 1 WHERE id = ?", (number,))

    def keep(self, catalogue: Catalogue) -> None:
        """Writes how a catalogue stands."""
        values = asdict(catalogue)
        standing = json.dumps({name: values[name] for name in _STANDING})
        row = [values[name] for name in _COLUMNS.split(", ")[:-1]]
        self._connection.execute(_KEEP, (*row, standing))

    def knows(self, number: int, url: str) -> bool:
        """Tells whether a backfill has a catalogue already."""
        asked = "SELECT 1 FROM catalogues WHERE backfill = ? AND url = ?"
        return self._connection.execute(asked, (number, url)).fetchone() is not None

    def count(self, number: int, outlet: str) -> int:
        """Returns how many catalogues an outlet has in a backfill."""
        asked = "SELECT count(*) FROM catalogues WHERE backfill = ? AND outlet = ?"
        return int(self._connection.execute(asked, (number, outlet)).fetchone()[0])

    def has_shown(self, catalogue: Catalogue, digest: bytes) -> bool:
        """Tells whether another page of the same feed has shown the same addresses."""
        asked = "SELECT 1 FROM catalogues WHERE backfill = ? AND root = ? AND digest = ?"
        row = self._connection.execute(asked, (catalogue.backfill, catalogue.root, digest))
        return row.fetchone() is not None

    def next_of(self, host: str, outlets: Collection[str] | None) -> Catalogue | None:
        """Returns the catalogue of a host that is due first.

        Args:
            host: that is to be asked.
            outlets: whose catalogues; None for all.
        """
        among, names = among_outlets(outlets)
        asked = (
            f"SELECT {_COLUMNS} FROM catalogues WHERE host = ? AND due IS NOT NULL {among}"  # noqa: S608
            " ORDER BY due, backfill, url LIMIT 1"
        )
        row = self._connection.execute(asked, (host, *names)).fetchone()
        return None if row is None else _as_catalogue(row)

    def waiting(self) -> list[Catalogue]:
        """Returns the catalogues that are still to be read."""
        asked = f"SELECT {_COLUMNS} FROM catalogues WHERE due IS NOT NULL"  # noqa: S608
        return list(map(_as_catalogue, self._connection.execute(asked)))

    def pages_on(self, at: float) -> dict[str, int]:
        """Returns how many pages backfills stored on the day of an instant, by outlet."""
        asked = "SELECT outlet, pages FROM backfilled WHERE day = ?"
        return dict(self._connection.execute(asked, (day_of(at),)))

    def endings(self, number: int) -> dict[Ending | None, int]:
        """Returns how many catalogues of a backfill ended how; None are those that wait."""
        asked = (
            "SELECT json_extract(standing, '$.ending'), count(*) FROM catalogues"
            " WHERE backfill = ? GROUP BY 1"
        )
        rows = self._connection.execute(asked, (number,))
        return {ending and Ending(ending): count for ending, count in rows}

    def counts(self, number: int) -> dict[str, int]:
        """Returns how many addresses the catalogues of a backfill have, by what they are to it."""
        asked = (
            "SELECT key, sum(value) FROM catalogues, json_each(standing, '$.counts')"
            " WHERE backfill = ? GROUP BY 1"
        )
        return dict(self._connection.execute(asked, (number,)))

    def failed(self, number: int) -> list[tuple[str, str]]:
        """Returns the catalogues of a backfill that could not be read, and why."""
        asked = (
            "SELECT url, coalesce(json_extract(standing, '$.problem'), '') FROM catalogues"
            " WHERE backfill = ? AND json_extract(standing, '$.ending') IN (?, ?)"
        )
        return self._connection.execute(asked, (number, Ending.FAILED, Ending.DENIED)).fetchall()

    def is_over(self, backfill: Backfill) -> bool:
        """Tells whether nothing of a backfill waits: neither catalogues nor pages."""
        asked = (
            "SELECT 1 FROM backfills WHERE id = :id AND NOT is_begun"
            " UNION SELECT 1 FROM catalogues WHERE backfill = :id AND due IS NOT NULL"
        )
        if self._connection.execute(asked, {"id": backfill.id}).fetchone() is not None:
            return False
        return not any(map(backfill.order.covers, self.pages_waiting()))

    def pages_waiting(self) -> dict[str, int]:
        """Returns how many pages that backfills have found wait, by outlet."""
        asked = "SELECT outlet, count(*) FROM pages WHERE rank = ? GROUP BY outlet"
        return dict(self._connection.execute(asked, (BACKFILL,)))

    def over_since(self) -> dict[int, float]:
        """Returns at which epoch seconds backfills were first seen to be over, by their numbers."""
        asked = "SELECT value FROM meta WHERE name = ?"
        note = self._connection.execute(asked, (_OVER,)).fetchone()
        return {int(number): at for number, at in json.loads(note[0]).items()} if note else {}

    def note_over(self, now: float) -> None:
        """Notes of backfills that they are over, where nobody has noted it before."""
        known = self.over_since()
        new = {one.id: now for one in self.all() if one.id not in known and self.is_over(one)}
        if new:
            self._keep_over(known | new)

    def _keep_over(self, over: Mapping[int, float]) -> None:
        written = (_OVER, json.dumps(over))
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", written)


def order_beside(folder: Path, order: Order) -> None:
    """Notes an order in the state of a collector that is at work.

    Raises:
        StateVersionError: it was made by another version.
    """
    with write_beside(folder) as connection, transaction(connection):
        Backfills(connection).order(order)


def _as_catalogue(row: tuple[Any, ...]) -> Catalogue:
    known = dict(zip(_COLUMNS.split(", "), row, strict=True))
    values = json.loads(known.pop("standing")) | known
    ending = values["ending"]
    kinds = {"kind": CatalogueKind(values["kind"]), "ending": ending and Ending(ending)}
    return Catalogue(**{**values, **kinds})
