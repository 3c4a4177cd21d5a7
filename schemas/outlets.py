"""The outlet registry: what is known of each publisher (facts, reviewed; see outlets.csv)."""

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

EMBEDDED_REGISTRY = Path(__file__).with_name("outlets.csv")

COLUMNS = (
    "outlet_id",
    "name",
    "aliases",
    "domains",
    "country",
    "languages",
    "timezone",
    "date_order",
    "kind",
    "parent",
    "since",
    "until",
)
LIST_SEPARATOR = "|"
_ALIAS_LANGUAGE = re.compile(r"^([a-z]{2,3}(?:-[A-Z][a-z]{3})?):(.+)$")
_ARTICLES = re.compile(
    r"^(?:the|der|die|das|le|la|les|el|los|las|il|lo|het|de|den|det|o|a|os|as)\s+", re.IGNORECASE
)


class RegistryError(ValueError):
    """A registry file that cannot be used; the message names the file and the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An organisation that publishes news.

    Attributes:
        outlet_id: stable slug, e.g. `turan`.
        name: the name we publish.
        aliases: other printed names, in any script.
        domains: registrable domains or hosts it publishes under, the current one first; with a path
            (`bbc.com/azeri`) where several outlets share a host.
        country: ISO 3166-1 alpha-2, None for international ones.
        languages: ISO 639-1 codes, the main one first.
        timezone: IANA zone of its printed times, None where not known.
        date_order: `DMY`, `MDY` or `YMD` in numeric dates, None where not known.
        kind: newspaper, agency, broadcaster, government, think_tank, blog, aggregator, magazine,
            online.
        parent: outlet_id of the organisation it belongs to.
        since, until: ISO dates, to whatever precision, between which the name was used.
    """

    outlet_id: str
    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    country: str | None = None
    languages: tuple[str, ...] = ()
    timezone: str | None = None
    date_order: str | None = None
    kind: str | None = None
    parent: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Registry:
    """The outlets, looked up by id, by host and by printed name.

    Attributes:
        outlets: by outlet_id, in file order.
        by_host: a host, or `host/path`, to its outlet.
        by_alias: a folded name (see `fold_name`) to the outlets that print it.
        digest: SHA-256 (hex) over the files it was read from.
    """

    outlets: Mapping[str, Outlet]
    by_host: Mapping[str, Outlet]
    by_alias: Mapping[str, tuple[Outlet, ...]]
    digest: str

    def find_host(self, host: str, path: str = "") -> Outlet | None:
        """Returns the outlet of a host (lower case, no `www.`) or of a domain above it."""
        labels = host.split(".")
        for start in range(len(labels) - 1):
            parent = ".".join(labels[start:])
            for prefix in _path_prefixes(path):
                if found := self.by_host.get(parent + prefix):
                    return found
        return None

    def find_alias(self, name: str) -> tuple[Outlet, ...]:
        """Returns the outlets that print this name; several where the name is ambiguous."""
        return self.by_alias.get(fold_name(name), ())


@lru_cache(maxsize=16_384)
def fold_name(name: str) -> str:
    """Folds a printed name for comparison: letters and digits, no accents, no leading article."""
    plain = _ARTICLES.sub("", " ".join(name.split()))
    decomposed = unicodedata.normalize("NFKD", plain.replace("ı", "i")).casefold()
    return "".join(filter(str.isalnum, decomposed))


def split_alias(cell: str) -> tuple[str | None, str]:
    """Splits `ru:Туран` into its language and its text; an alias without language gives None."""
    match = _ALIAS_LANGUAGE.match(cell)
    return (match[1], match[2]) if match else (None, cell)


def load_registry(path: Path | None = None, overlay: Path | None = None) -> Registry:
    """Loads the embedded registry, or another file of its form, and a user's overlay on top.

    A row of the overlay replaces the row with its outlet_id; its hosts and names win over others'.

    Raises:
        RegistryError: a file without the columns, or a row without id or name or with a used id.
    """
    files = [overlay] if overlay else []
    files.append(path or EMBEDDED_REGISTRY)
    contents = [file.read_bytes() for file in files]
    layers: list[list[Outlet]] = []
    seen: set[str] = set()
    for file, content in zip(files, contents, strict=True):
        layer = _read_outlets(file, content)
        layers.append([outlet for outlet in layer if outlet.outlet_id not in seen])
        seen.update(outlet.outlet_id for outlet in layer)
    return build_registry(layers, hashlib.sha256(b"\0".join(contents)).hexdigest())


def build_registry(layers: Iterable[Iterable[Outlet]], digest: str) -> Registry:
    """Indexes outlets; the first layer that claims a host or a name has it."""
    by_id: dict[str, Outlet] = {}
    by_host: dict[str, Outlet] = {}
    by_alias: dict[str, tuple[Outlet, ...]] = {}
    for layer in layers:
        names: dict[str, tuple[Outlet, ...]] = {}
        for outlet in layer:
            by_id[outlet.outlet_id] = outlet
            for domain in outlet.domains:
                by_host.setdefault(domain.lower().removeprefix("www.").rstrip("/"), outlet)
            for name in dict.fromkeys(map(fold_name, (outlet.name, *outlet.aliases))):
                names[name] = (*names.get(name, ()), outlet)
        by_alias = names | by_alias
    return Registry(outlets=by_id, by_host=by_host, by_alias=by_alias, digest=digest)


def read_rows(source: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yields (line number, cells by column) of a registry file.

    Raises:
        RegistryError: the header has not the columns, or a row has not as many cells.
    """
    reader = csv.reader(io.StringIO(source.removeprefix("\ufeff")), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        if unknown := set(header) - set(COLUMNS):
            raise RegistryError(f"line 1: unknown columns: {', '.join(sorted(unknown))}")
        if missing := {"outlet_id", "name"} - set(header):
            raise RegistryError(f"line 1: missing columns: {', '.join(sorted(missing))}")
        for cells in reader:
            if len(cells) not in (0, len(header)):
                raise RegistryError(
                    f"line {reader.line_num}: {len(cells)} cells, the header has {len(header)}"
                )
            if cells:
                yield (
                    reader.line_num,
                    dict(zip(header, (cell.strip() for cell in cells), strict=True)),
                )
    except csv.Error as error:
        raise RegistryError(f"line {reader.line_num}: {error}") from error


def outlet_of_row(row: Mapping[str, str]) -> Outlet:
    """Makes an outlet of a row's cells, as `read_rows` yields them."""
    return Outlet(
        outlet_id=row["outlet_id"],
        name=row["name"],
        aliases=tuple(split_alias(alias)[1].strip() for alias in _list_of(row, "aliases")),
        domains=_list_of(row, "domains"),
        country=row.get("country") or None,
        languages=_list_of(row, "languages"),
        timezone=row.get("timezone") or None,
        date_order=row.get("date_order") or None,
        kind=row.get("kind") or None,
        parent=row.get("parent") or None,
        since=row.get("since") or None,
        until=row.get("until") or None,
    )


def _read_outlets(path: Path, content: bytes) -> list[Outlet]:
    outlets: dict[str, Outlet] = {}
    try:
        for line, row in read_rows(content.decode("utf-8")):
            outlet = outlet_of_row(row)
            if not outlet.outlet_id or not outlet.name:
                raise RegistryError(f"line {line}: outlet_id and name must not be empty")
            if outlet.outlet_id in outlets:
                raise RegistryError(f"line {line}: outlet_id {outlet.outlet_id} is used twice")
            outlets[outlet.outlet_id] = outlet
    except UnicodeDecodeError as error:
        raise RegistryError(f"{path}: not UTF-8 at byte {error.start}") from error
    except RegistryError as error:
        raise RegistryError(f"{path}: {error}") from error
    return list(outlets.values())


def _list_of(row: Mapping[str, str], column: str) -> tuple[str, ...]:
    cells = (cell.strip() for cell in row.get(column, "").split(LIST_SEPARATOR))
    return tuple(cell for cell in cells if cell)


def _path_prefixes(path: str) -> Iterator[str]:
    """Yields `/a/b`, `/a` and the empty path for `/a/b/c`: no edition's path is deeper."""
    parts = [part for part in path.lower().split("/") if part][:2]
    for count in range(len(parts), -1, -1):
        yield "".join(f"/{part}" for part in parts[:count])
