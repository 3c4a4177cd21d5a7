"""The dataset outlets/: a row for each outlet that articles name, in one file.

It is made of the selections (`tasks.publish.select`) and the registry, and of nothing else. So it
can be written before the articles are, and is the same for the same warehouse. What the registry
knows counts; of other outlets what most of their articles say.

While partitions are written, it holds the outlets of what is published and of what is about to be:
no reader meets an article whose outlet has no row.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from schemas.outlets import Outlet, Registry
from schemas.rows import table_of
from schemas.tables import ARTICLES, OUTLETS
from tasks.normalize.outlets.derived_ids import IdKind, kind_of_id
from tasks.storage.caches import FileMemo, caches_folder
from tasks.storage.layouts import PUBLISHED
from tasks.storage.locations import list_files
from tasks.storage.parquet import read_table
from tasks.storage.records import read_records
from tasks.storage.schema_versions import describe_version, file_version
from tasks.storage.warehouse import Warehouse, read_metadata, write_table

# Of what is remembered of a selection; raised when that changes.
_MEMO_VERSION = "1"
_FACTS = ("outlet_id", "outlet_name", "outlet_country", "outlet_domain", "wire")
# Batches whose facts are held: neighbouring partitions are made of the same.
_BATCHES_HELD = 64
_ORIGINS = {
    IdKind.REGISTERED: "registered",
    IdKind.DOMAIN: "domain",
    IdKind.CHANNEL: "channel",
    IdKind.NAME: "name",
}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Said:
    """What articles say of an outlet, with how many of them say so."""

    names: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    domains: Counter[str] = field(default_factory=Counter)


def make_outlets(warehouse: Warehouse, registry: Registry | None) -> pa.Table:
    """Returns the rows of outlets/ by the selections of today, sorted.

    Args:
        warehouse: whose articles.
        registry: what is known of outlets; None knows nothing.
    """
    known = registry.outlets if registry else {}
    said = _read_said(warehouse)
    rows = {
        outlet_id: _registered_row(known[outlet_id])
        if outlet_id in known
        else _derived_row(outlet_id, facts)
        for outlet_id, facts in said.items()
    }
    parents = [row["parent_outlet_id"] for row in rows.values()]
    while parents:
        parent = parents.pop()
        if parent in known and parent not in rows:
            rows[parent] = _registered_row(known[parent])
            parents.append(known[parent].parent)
    return table_of([rows[outlet_id] for outlet_id in sorted(rows)], OUTLETS.schema)


def write_outlets(
    warehouse: Warehouse, registry: Registry | None, *, keep_published: bool = False
) -> bool:
    """Writes outlets/ atomically; returns whether it held something else before.

    Args:
        warehouse: whose.
        registry: what is known of outlets.
        keep_published: keep the outlets that only articles of before name.
    """
    rows = make_outlets(warehouse, registry)
    path = warehouse.outlets
    published = read_metadata(path) if path.exists() else {}
    if keep_published and published and file_version(published) == OUTLETS.version:
        before = read_table(path)
        is_gone = pc.invert(pc.is_in(before["outlet_id"], rows["outlet_id"]))
        left = before.filter(is_gone).cast(OUTLETS.schema)
        rows = pa.concat_tables([rows, left]).sort_by("outlet_id")
    return _write(warehouse, rows, registry, published)


def found_outlets(warehouse: Warehouse) -> None:
    """Writes an outlets/ without rows where there is none yet."""
    if not warehouse.outlets.exists():
        _write(warehouse, OUTLETS.schema.empty_table(), None, {})


def registry_digest(registry: Registry | None) -> str:
    """Returns what the footer of outlets/ says of the registry that its rows are from."""
    return registry.digest if registry else ""


def _write(warehouse: Warehouse, rows: pa.Table, registry: Registry | None, published: Row) -> bool:
    form = f"{OUTLETS.schema.to_string(show_field_metadata=False)}\n{PUBLISHED}"
    inputs = hashlib.sha256(f"{form}\n{rows.to_pylist()}".encode()).hexdigest()
    footer = describe_version(OUTLETS) | {"inputs": inputs, "registry": registry_digest(registry)}
    if footer.items() <= published.items():
        return False
    path = warehouse.outlets
    write_table(path, [rows], OUTLETS.schema, footer, warehouse.scratch, layout=PUBLISHED)
    return True


def _registered_row(outlet: Outlet) -> Row:
    return {
        "outlet_id": outlet.outlet_id,
        "outlet_name": outlet.name,
        "outlet_country": outlet.country,
        "outlet_origin": _ORIGINS[IdKind.REGISTERED],
        "outlet_kind": outlet.kind,
        "parent_outlet_id": outlet.parent,
        "outlet_languages": list(outlet.languages) or None,
        "outlet_domains": list(outlet.domains) or None,
        "outlet_timezone": outlet.timezone,
    }


def _derived_row(outlet_id: str, said: _Said) -> Row:
    """Returns the row of an outlet that the registry does not know, or does not know any more."""
    domain = _most_frequent(said.domains)
    return {
        "outlet_id": outlet_id,
        "outlet_name": _most_frequent(said.names),
        "outlet_country": _most_frequent(said.countries),
        "outlet_origin": _ORIGINS[kind_of_id(outlet_id, domain)],
        "outlet_kind": None,
        "parent_outlet_id": None,
        "outlet_languages": None,
        "outlet_domains": domain and [domain],
        "outlet_timezone": None,
    }


def _most_frequent(counts: Counter[str]) -> str | None:
    """Returns the value that is counted most often; of equals the first in order."""
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def _read_said(warehouse: Warehouse) -> dict[str, _Said]:
    """Returns what articles say of each outlet that they name, as publisher or as agency."""
    read = lru_cache(_BATCHES_HELD)(partial(_read_facts, warehouse))
    path = caches_folder(warehouse) / "outlets"
    memo = FileMemo(path, _MEMO_VERSION, partial(_count, read))
    said: dict[str, _Said] = defaultdict(_Said)
    for selection in list_files(warehouse.selection / ARTICLES.name, "*.parquet"):
        for outlet_id, name, country, domain, wire, count in memo[selection]:
            if outlet_id is not None:
                facts = said[outlet_id]
                facts.names.update({name: count} if name else {})
                facts.countries.update({country: count} if country else {})
                facts.domains.update({domain: count} if domain else {})
            if wire is not None:
                said.setdefault(wire, _Said())
    memo.keep()
    return said


def _read_facts(warehouse: Warehouse, batch_id: str) -> pa.Table:
    return read_records(warehouse, batch_id, _FACTS)


def _count(read: Callable[[str], pa.Table], path: Path) -> list[list[Any]]:
    """Counts the distinct facts of the articles of a selection.

    Args:
        read: reads the facts of a batch.
        path: of the selection.
    """
    selection = read_table(path, ["batch_id", "row", "joined_outlet_id"])
    counts: Counter[tuple[Any, ...]] = Counter()
    for batch_id in pc.unique(selection["batch_id"]).to_pylist():
        selected = selection.filter(pc.equal(selection["batch_id"], batch_id))
        rows = read(batch_id).take(selected["row"])
        own, *facts = (rows[name] for name in _FACTS)
        columns: Iterable[Any] = (pc.coalesce(selected["joined_outlet_id"], own), *facts)
        counts.update(zip(*(column.to_pylist() for column in columns), strict=True))
    return [[*facts, count] for facts, count in sorted(counts.items(), key=repr)]
