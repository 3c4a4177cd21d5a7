"""The sources file (sources.toml): which outlets are collected, from where, and how politely."""

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from schemas import source_values as values
from schemas.outlet_faults import Fault
from schemas.outlets import Registry, load_registry
from schemas.source_values import SETTINGS, OptOut
from schemas.toml_lines import KeyPath, line_of, line_of_error, lines_of_keys

T = TypeVar("T")


class SourcesError(ValueError):
    """A sources file that cannot be used; a line of the message is `FILE:LINE: WHAT`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOutlet:
    """An outlet to collect.

    Attributes:
        id: the registry's outlet_id.
        feeds: addresses of RSS, Atom and JSON feeds.
        sitemaps: addresses of sitemaps and sitemap indexes.
        lists: files with an article's address a line.
        hosts: article hosts beside the default ones: the registrable domains of the addresses, and
            the registry's domains.
        include: regular expressions; where there are any, one must match path and query.
        exclude: regular expressions, none of which may.
        max_pages_per_day: pages that are stored, by the UTC day; as many of a backfill.
        delay_s: least seconds between the end of a request to a host and the next.
        latency_s: how soon after publication an article should be asked for.
        opt_out: `honour`, pages of sites that opt out are not stored; `record`, it is only noted.
        refetch: seconds after the first fetch at which a page is asked for again.
    """

    id: str
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    lists: tuple[Path, ...] = ()
    hosts: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    max_pages_per_day: int = 5000
    delay_s: float = 5.0
    latency_s: float = 3600.0
    opt_out: OptOut = "honour"
    refetch: tuple[float, ...] = ()

    def wants(self, url: str) -> bool:
        """Whether `include` and `exclude` let an address in, by its path and query."""
        parts = urlsplit(url)
        text = f"{parts.path}?{parts.query}" if parts.query else parts.path
        is_included = not self.include or any(re.search(rule, text) for rule in self.include)
        return is_included and not any(re.search(rule, text) for rule in self.exclude)


@dataclass(frozen=True, slots=True)
class Sources:
    """A sources file.

    Attributes:
        contact: a page about the collector or an e-mail address, for User-Agent and From.
        group: the folder in raw/.
        outlets: in the file's order.
        digest: SHA-256 (hex) of the file.
        warnings: what may be meant, as `FILE:LINE: WHAT`.
        allowed: (IP address, port) pairs that may be connected to although they are not public: a
            mirror in an intranet, a demonstration on loopback.
    """

    contact: str
    group: str
    outlets: tuple[SourceOutlet, ...]
    digest: str
    warnings: tuple[str, ...] = ()
    allowed: tuple[tuple[str, int], ...] = ()

    @property
    def listed_ports(self) -> frozenset[tuple[str, int]]:
        """(host, port) pairs that the file names beside the web's own ports."""
        urls = [url for outlet in self.outlets for url in (*outlet.feeds, *outlet.sitemaps)]
        urls += [f"//{host}" for outlet in self.outlets for host in outlet.hosts]
        found = [(parts.hostname, parts.port) for parts in map(urlsplit, urls)]
        return frozenset((host, port) for host, port in found if host and port)


_DEFAULTS = frozenset({*SETTINGS, "contact", "group", "allowed_addresses"})
_LISTS = frozenset({"feeds", "sitemaps", "lists", "hosts", "include", "exclude"})
_OUTLET = frozenset({*SETTINGS, *_LISTS, "id"})
# Names of the file that the dataclass has otherwise.
_FIELDS = {"latency": "latency_s"}


def read_sources(path: Path, registry: Registry | None = None) -> Sources:
    """Reads a sources file.

    Args:
        path: of the file; its lists stand beside it.
        registry: knows the outlets; the embedded one where None.

    Raises:
        SourcesError: it has faults; the message tells all of them.
        OSError: it cannot be read.
    """
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SourcesError(f"{path}:{line}: not UTF-8") from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourcesError(f"{path}:{line_of_error(error, text)}: {error}") from error
    reading = _Reading(path, lines_of_keys(text), registry or load_registry())
    sources = reading.read(table, hashlib.sha256(content).hexdigest())
    if reading.faults:
        raise SourcesError("\n".join(_print(path, reading.faults)))
    return replace(sources, warnings=tuple(_print(path, reading.warnings)))


def _print(path: Path, faults: list[Fault]) -> Iterator[str]:
    for fault in sorted(faults, key=lambda fault: fault.line):
        yield f"{path}:{fault.line}: {fault.text}"


class _Reading:
    """One reading of a file; it goes on behind faults, so that all are told at once."""

    def __init__(self, path: Path, lines: Mapping[KeyPath, int], registry: Registry) -> None:
        self._path = path
        self._lines = lines
        self._registry = registry
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []
        self._urls_seen: set[str] = set()

    def read(self, table: dict[str, Any], digest: str) -> Sources:
        self._refuse_unknown(table, frozenset({"defaults", "outlet"}), ())
        defaults = table.get("defaults", {})
        if not isinstance(defaults, dict):
            self._fault(("defaults",), "defaults is a table: [defaults]")
            defaults = {}
        self._refuse_unknown(defaults, _DEFAULTS, ("defaults",))
        contact = self._value(defaults, "contact", ("defaults",), values.read_contact, "")
        if "contact" not in defaults:
            self._fault(("defaults",), "contact is missing: a page about you or an e-mail address")
        base = SourceOutlet(id="", **self._settings(defaults, ("defaults",)))
        return Sources(
            contact=contact,
            group=self._value(defaults, "group", ("defaults",), values.read_group, "collect"),
            outlets=tuple(self._outlets(table.get("outlet", []), base)),
            digest=digest,
            allowed=self._entries(
                defaults, "allowed_addresses", ("defaults",), values.read_address
            ),
        )

    def _outlets(self, tables: object, base: SourceOutlet) -> Iterator[SourceOutlet]:
        if not isinstance(tables, list) or not all(isinstance(entry, dict) for entry in tables):
            self._fault(("outlet",), "outlets are written as [[outlet]]")
            return
        if not tables:
            self._fault((), "no [[outlet]]")
        ids: set[str] = set()
        for number, table in enumerate(tables):
            where: KeyPath = ("outlet", number)
            self._refuse_unknown(table, _OUTLET, where)
            outlet = self._outlet(table, where, base)
            if outlet.id and outlet.id in ids:
                self._fault((*where, "id"), f"outlet {outlet.id!r} stands here twice")
            elif outlet.id and outlet.id not in self._registry.outlets:
                self._warn((*where, "id"), f"outlet {outlet.id!r} is not in the registry")
            ids.add(outlet.id)
            if not (outlet.feeds or outlet.sitemaps or outlet.lists):
                self._fault(where, f"outlet {outlet.id!r} has no feeds, sitemaps or lists")
            yield outlet

    def _outlet(self, table: dict[str, Any], where: KeyPath, base: SourceOutlet) -> SourceOutlet:
        if "id" not in table:
            self._fault(where, "id is missing: the registry's outlet_id")
        return replace(
            base,
            id=self._value(table, "id", where, values.read_id, ""),
            feeds=tuple(self._urls(table, "feeds", where)),
            sitemaps=tuple(self._urls(table, "sitemaps", where)),
            lists=tuple(self._files(table, where)),
            hosts=self._entries(table, "hosts", where, values.read_host),
            include=self._entries(table, "include", where, values.read_pattern),
            exclude=self._entries(table, "exclude", where, values.read_pattern),
            **self._settings(table, where),
        )

    def _settings(self, table: dict[str, Any], where: KeyPath) -> dict[str, Any]:
        return {
            _FIELDS.get(name, name): value
            for name, read in SETTINGS.items()
            if (value := self._value(table, name, where, read, None)) is not None
        }

    def _urls(self, table: dict[str, Any], name: str, where: KeyPath) -> Iterator[str]:
        for index, url in self._numbered(table, name, where, values.read_url):
            if url in self._urls_seen:
                self._fault((*where, name, index), f"{url} stands here twice")
            self._urls_seen.add(url)
            yield url

    def _files(self, table: dict[str, Any], where: KeyPath) -> Iterator[Path]:
        for index, name in self._numbered(table, "lists", where, values.read_text):
            file = self._path.parent / name
            if not file.is_file():
                self._warn((*where, "lists", index), f"{file} is no file")
            yield file

    def _value(
        self,
        table: dict[str, Any],
        name: str,
        where: KeyPath,
        read: Callable[[object], T],
        default: T,
    ) -> T:
        if name not in table:
            return default
        try:
            return read(table[name])
        except ValueError as error:
            self._fault((*where, name), f"{name} {table[name]!r} is not {error}")
            return default

    def _entries(
        self, table: dict[str, Any], name: str, where: KeyPath, read: Callable[[object], T]
    ) -> tuple[T, ...]:
        return tuple(value for _, value in self._numbered(table, name, where, read))

    def _numbered(
        self, table: dict[str, Any], name: str, where: KeyPath, read: Callable[[object], T]
    ) -> Iterator[tuple[int, T]]:
        entries = table.get(name, [])
        if not isinstance(entries, list):
            self._fault((*where, name), f"{name} is a list: {name} = [...]")
            return
        for index, entry in enumerate(entries):
            try:
                yield index, read(entry)
            except ValueError as error:
                self._fault((*where, name, index), f"{entry!r} in {name} is not {error}")

    def _refuse_unknown(self, table: dict[str, Any], known: frozenset[str], where: KeyPath) -> None:
        for name in table.keys() - known:
            close = get_close_matches(name, known, 1)
            meant = f"; did you mean {close[0]}?" if close else ""
            self._fault((*where, name), f"unknown name {name!r}{meant}")

    def _fault(self, where: KeyPath, text: str) -> None:
        self.faults.append(Fault(line_of(self._lines, where), text))

    def _warn(self, where: KeyPath, text: str) -> None:
        self.warnings.append(Fault(line_of(self._lines, where), text))
