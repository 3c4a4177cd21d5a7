"""How sources and hosts stand: what the schedule knows of each between two requests."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any

from tasks.collect.robots import Access


class SourceKind(StrEnum):
    """What a source is."""

    FEED = "feed"
    NEWS_SITEMAP = "news_sitemap"
    SITEMAP = "sitemap"


@dataclass(slots=True, kw_only=True)
class Source:
    """A feed or sitemap, and what its polls have shown. Instants are epoch seconds.

    Attributes:
        url: as the sources file, or an index of sitemaps, has it.
        outlet: whose it is.
        kind: a sitemap is one of news once it has said so.
        parent: the index that names it; None where the sources file does.
        ask_url: what is asked next, where a redirect led elsewhere.
        moved_to: where it has moved for good.
        is_detour: a redirect of this poll is for now only.
        trail: addresses that redirects led through in this poll.
        etag, last_modified: validators of the last whole answer, as printed.
        digest: of its body.
        listed_lastmod: what its index says of its last change.
        next_poll: when it is asked next.
        last_poll, last_ok, last_new, last_whole: when it was asked, answered, brought something
            new, and was sent whole.
        first_poll: when it was asked first.
        window: entries it showed last.
        peaks: new entries a second at the busiest lately, by UTC hour of the day.
        gap_s: seconds between new entries, on average.
        longest_gap_s: the longest that it was ever without news while it answered.
        watched_s, news_polls: for how long it was watched up to its last news, and how many polls
            had news; both fade, so that the quotient is its mean quiet time lately.
        quiet_polls: polls without news, in a row.
        hint_s: how long it asks to be left alone.
        polls, unmodified, gaps: counts of polls, of answers 304, and of polls that shared no entry
            with the one before.
        is_lying: entries changed behind a validator that did not.
        failures, failing_since: failed polls in a row.
        denied: robots.txt forbids it.
        problem: the last failure, for people.
    """

    url: str
    outlet: str
    kind: SourceKind
    parent: str | None = None
    ask_url: str | None = None
    moved_to: str | None = None
    is_detour: bool = False
    trail: list[str] = field(default_factory=list)
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    listed_lastmod: str | None = None
    next_poll: float = 0.0
    first_poll: float | None = None
    last_poll: float | None = None
    last_ok: float | None = None
    last_new: float | None = None
    last_whole: float | None = None
    window: int = 0
    peaks: list[float] = field(default_factory=lambda: [0.0] * 24)
    gap_s: float | None = None
    longest_gap_s: float = 0.0
    watched_s: float = 0.0
    news_polls: float = 0.0
    quiet_polls: int = 0
    hint_s: float | None = None
    polls: int = 0
    unmodified: int = 0
    gaps: int = 0
    is_lying: bool = False
    failures: int = 0
    failing_since: float | None = None
    denied: bool = False
    problem: str | None = None

    @property
    def quiet_s(self) -> float | None:
        """Seconds between two polls with news, on average lately; a burst counts once."""
        return self.watched_s / self.news_polls if self.news_polls else None

    @property
    def address(self) -> str:
        """What is asked next."""
        return self.ask_url or self.moved_to or self.url


@dataclass(slots=True, kw_only=True)
class Origin:
    """A scheme, host and port: each has a robots.txt of its own (RFC 9309, 2.3).

    Attributes:
        url: as `origin_of` gives it.
        robots_access: what was said of its robots.txt; None before it was asked for.
        robots_body: the file, a character a byte.
        robots_asked_at, robots_good_at: when it was asked for, and when that was last said.
        robots_due: when it is asked for again.
        robots_failures: how often in a row it could not be had.
        tdm_body: its tdmrep.json, a character a byte; None where it has none.
        tdm_due: when that is asked for again.
    """

    url: str
    robots_access: Access | None = None
    robots_body: str = ""
    robots_asked_at: float = 0.0
    robots_good_at: float = 0.0
    robots_due: float = 0.0
    robots_failures: int = 0
    tdm_body: str | None = None
    tdm_due: float = 0.0

    @property
    def has_robots(self) -> bool:
        """Whether it has said what it allows, lately enough."""
        return self.robots_access not in {None, Access.CLOSED}


@dataclass(slots=True, kw_only=True)
class Host:
    """A host, and what its answers have shown. Instants are epoch seconds.

    Attributes:
        name: lower case, with its port where that is not the scheme's.
        origins: what is known of each scheme and port, by `origin_of`.
        ready_at: before this it is not asked.
        crawl_delay_s: what its robots.txt asks for.
        response_s: how long its last answer took.
        ip_address: where it answered from last.
        failures: connections that failed in a row.
        failing_since: since when.
        broken_until: the breaker is open until then.
        breaks: how often in a row it opened.
        held_until: the host asked to be left alone until then.
        throttled_at: when it last answered 429 or 503.
        throttles: how often in a row.
        problem: the last failure, for people.
    """

    name: str
    origins: dict[str, Origin] = field(default_factory=dict)
    ready_at: float = 0.0
    crawl_delay_s: float | None = None
    response_s: float = 0.0
    ip_address: str | None = None
    failures: int = 0
    failing_since: float | None = None
    broken_until: float = 0.0
    breaks: int = 0
    held_until: float = 0.0
    throttled_at: float | None = None
    throttles: int = 0
    problem: str | None = None


class Standings:
    """The tables `sources` and `hosts`. Who calls what writes holds a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def sources(self) -> Iterator[tuple[Source, bytes]]:
        """Yields each source with the digests of the entries that it showed last."""
        rows = self._connection.execute(
            "SELECT url, outlet, kind, standing, last_keys FROM sources"
        )
        for url, outlet, kind, standing, last_keys in rows.fetchall():
            known = _known(Source, json.loads(standing))
            yield (
                Source(**{**known, "url": url, "outlet": outlet, "kind": SourceKind(kind)}),
                last_keys,
            )

    def keep_source(self, source: Source, last_keys: bytes | None = None) -> None:
        """Writes how a source stands.

        Args:
            source: the source.
            last_keys: digests of the entries that it shows; None where they are as before.
        """
        self._connection.execute(
            "INSERT INTO sources VALUES (?, ?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET"
            " outlet = excluded.outlet, kind = excluded.kind, standing = excluded.standing",
            (source.url, source.outlet, source.kind.value, _as_json(source), b""),
        )
        if last_keys is not None:
            self._connection.execute(
                "UPDATE sources SET last_keys = ? WHERE url = ?", (last_keys, source.url)
            )

    def drop_source(self, url: str) -> None:
        """Forgets a source that nobody names any more."""
        self._connection.execute("DELETE FROM sources WHERE url = ?", (url,))

    def hosts(self) -> Iterator[Host]:
        """Yields all hosts."""
        for name, standing in self._connection.execute(
            "SELECT name, standing FROM hosts"
        ).fetchall():
            known = _known(Host, json.loads(standing))
            origins = {url: _as_origin(kept) for url, kept in known.get("origins", {}).items()}
            yield Host(**{**known, "name": name, "origins": origins})

    def keep_host(self, host: Host) -> None:
        """Writes how a host stands."""
        self._connection.execute(
            "INSERT OR REPLACE INTO hosts VALUES (?, ?)", (host.name, _as_json(host))
        )


def _as_json(standing: Source | Host) -> str:
    values = {known.name: getattr(standing, known.name) for known in fields(standing)}
    return json.dumps(values, separators=(",", ":"), default=asdict)


def _as_origin(values: dict[str, Any]) -> Origin:
    known = _known(Origin, values)
    access = known.get("robots_access")
    return Origin(**{**known, "robots_access": access and Access(access)})


def _known(kind: type[Source | Host | Origin], values: dict[str, Any]) -> dict[str, Any]:
    """Leaves out what a later version wrote."""
    names = {known.name for known in fields(kind)}
    return {name: value for name, value in values.items() if name in names}
