"""What a request to forget is about: documents, their revisions, their copies, and their keys.

A document is known by its article (the canonical address), by the address that it was fetched from,
by its bytes, and by its title and text. So all fetches of an address go with it, and a copy word
for word under any other address. Near copies are other texts: they are listed, and go when asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

from schemas.raw_forms import RawKind, archive_of, raw_form_of
from tasks.erase.raw_records import RawRecord
from tasks.inspect.explanation import find_records
from tasks.inspect.warehouse_tables import Tables
from tasks.stage.erased_records import Identity, address_id, is_article_text
from tasks.stage.erasing import find_erased, find_named
from tasks.storage.records import staged_batches
from tasks.storage.tombstones import (
    KeyKind,
    Tombstone,
    find_tombstone,
    read_tombstones,
    tombstone_key,
)
from tasks.storage.warehouse import Warehouse

_ID_DIGITS = 20
_NAME_DIGITS = 16
_HEX = frozenset("0123456789abcdef")
_READ = "batch_id, file_row_number, raw_path, raw_offset, article_id, outlet_id"

Role = Literal["document", "copy"]


class UnknownDocumentError(ValueError):
    """Nothing, or more than one document, is what was named; the message says what to give."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDocument:
    """A document that is to be erased.

    Attributes:
        role: a `copy` has its text, and another address.
        address: that it was fetched from, else the one that it gives itself.
    """

    role: Role
    raw_path: str
    raw_offset: int | None
    raw_digest: str
    address: str | None
    title: str | None
    article_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NearCopy:
    """An article whose text is nearly that of a named one, and that stays."""

    article_id: str
    canonical_url: str | None
    title: str | None
    outlet_name: str | None
    published_date: date
    raw_path: str
    raw_offset: int | None


_NEAR = tuple(field.name for field in fields(NearCopy))


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What a request erases.

    Attributes:
        tombstone: what is known of it afterwards.
        documents: those in staged/, by their places.
        near_copies: articles that stay.
        raw_records: where raw/ holds the documents, those that were erased before among them.
        was_erased: a tombstone of this was there before.
        outlet_id: of the outlet that it is about; None of documents.
    """

    tombstone: Tombstone
    documents: tuple[NamedDocument, ...]
    near_copies: tuple[NearCopy, ...] = ()
    raw_records: tuple[RawRecord, ...] = ()
    was_erased: bool = False
    outlet_id: str | None = None


def plan_erasure(warehouse: Warehouse, wanted: str, *, near_copies: bool = False) -> Erasure:
    """Finds the documents that a word names, with all fetches and copies of them.

    Args:
        warehouse: where to look.
        wanted: a URL, an article_id or the beginning of one (8 digits or more), or a raw path, with
            `#OFFSET` in a container.
        near_copies: whether articles with nearly the same text go too, with all of their fetches.

    Raises:
        UnknownDocumentError: nothing, or more than one article, has that name.
    """
    tables = Tables(warehouse, list(staged_batches(warehouse)))
    seeds = find_records(tables, wanted)
    rows = _read_rows(tables, ((key.batch_id, key.row) for key in seeds))
    ids = {row["article_id"] for row in rows if row["article_id"]}
    if "://" not in wanted and len(ids or seeds) > 1:
        raise UnknownDocumentError(
            f"{wanted!r} names {len(ids or seeds)} documents; give an article_id in full, a URL, "
            "or a raw path with #OFFSET"
        )
    address = _address_keys(wanted)
    if not seeds:
        # Another spelling of the address that it was fetched from.
        fetched = find_named(warehouse, address).values()
        ids = {row["article_id"] for each in fetched for row in each if row["article_id"]}
    fetches = _read_rows(tables, _rows_of(tables, ids))
    keys = address | _keys_of([*rows, *fetches], has_content=True)
    taken = find_named(warehouse, keys)
    near = _find_near(tables, {row["article_id"] for each in taken.values() for row in each})
    if near_copies:
        fetches = _read_rows(tables, _rows_of(tables, (copy.article_id for copy in near)))
        keys |= _keys_of(fetches, has_content=True)
        near = ()
    return _complete(warehouse, wanted, keys, address, near)


def plan_outlet_erasure(warehouse: Warehouse, outlet_id: str) -> Erasure:
    """Finds all that an outlet published; copies of its texts in others stay.

    Raises:
        UnknownDocumentError: nothing is from it.
    """
    tables = Tables(warehouse, list(staged_batches(warehouse)))
    found = tables.rows(
        "SELECT batch_id, file_row_number FROM staged WHERE outlet_id = $outlet"
        # An id that was made of a name is published as that of the name's domain.
        " OR article_id IN (SELECT article_id FROM articles WHERE outlet_id = $outlet)"
        " OR (raw_path, coalesce(raw_offset, -1)) IN"
        " (SELECT (raw_path, coalesce(raw_offset, -1)) FROM quarantine WHERE outlet_id = $outlet)",
        outlet=outlet_id,
    )
    rows = _read_rows(tables, found)
    own = frozenset({tombstone_key(KeyKind.OUTLET, outlet_id)})
    keys = own | _keys_of(rows, has_content=False)
    erasure = _complete(warehouse, outlet_id, keys, own, (), outlet_id)
    if not rows and not erasure.was_erased:
        raise UnknownDocumentError(f"no document is from the outlet {outlet_id!r}")
    return erasure


def _complete(
    warehouse: Warehouse,
    wanted: str,
    keys: frozenset[str],
    own: frozenset[str],
    near: tuple[NearCopy, ...],
    outlet_id: str | None = None,
) -> Erasure:
    """Adds what an earlier request for the same found, and looks for the documents."""
    earlier = find_tombstone(read_tombstones(warehouse), own or keys)
    if earlier is not None:
        keys |= earlier.keys
    if not keys:
        raise UnknownDocumentError(
            f"no document {wanted!r}; give a URL, an article_id, or a raw path with #OFFSET"
        )
    name = earlier.name if earlier else tombstone_key(KeyKind.ARTICLE, min(keys))[:_NAME_DIGITS]
    named = [row for rows in find_named(warehouse, keys).values() for row in rows]
    erased = [row for rows in find_erased(warehouse, name).values() for row in rows]
    addresses = {key for row in named for key in Identity.of(row).address_keys()} & keys
    documents = (_describe(row, addresses) for row in named)
    taken = {(row["raw_path"], row["raw_offset"]) for row in named}
    return Erasure(
        tombstone=Tombstone(name, keys),
        documents=tuple(sorted(documents, key=lambda each: (each.raw_path, each.raw_offset or 0))),
        near_copies=tuple(copy for copy in near if (copy.raw_path, copy.raw_offset) not in taken),
        raw_records=tuple(_raw_record(row) for row in (*named, *erased)),
        was_erased=earlier is not None,
        outlet_id=outlet_id,
    )


def _describe(row: dict[str, Any], addresses: set[str]) -> NamedDocument:
    is_own = bool(addresses & Identity.of(row).address_keys())
    columns = ("raw_path", "raw_offset", "raw_digest", "title", "article_id")
    return NamedDocument(
        role="document" if is_own else "copy",
        address=row["url"] or row["canonical_url"],
        **{name: row[name] for name in columns},
    )


def _raw_record(row: dict[str, Any]) -> RawRecord:
    archive = archive_of(row["raw_path"])
    file = archive or row["raw_path"]
    return RawRecord(
        file=file,
        raw_path=row["raw_path"],
        raw_offset=row["raw_offset"],
        raw_digest=row["raw_digest"],
        is_loose=archive is None and raw_form_of(file).kind is RawKind.LOOSE,
    )


def _address_keys(wanted: str) -> frozenset[str]:
    """Returns the keys of an address or an id that no document may have yet."""
    article_id = address_id(wanted) if "://" in wanted else None
    if len(wanted) == _ID_DIGITS and _HEX.issuperset(wanted):
        article_id = wanted
    return frozenset({tombstone_key(KeyKind.ARTICLE, article_id)} if article_id else ())


def _keys_of(rows: Iterable[dict[str, Any]], *, has_content: bool) -> frozenset[str]:
    """Returns the keys of records.

    Bytes and words tell an article. A wall, or an error page, has those of every other: it is known
    by its bytes only where it has no address.

    Args:
        rows: as `_read_rows` gives them.
        has_content: whether the same words are to be known under other addresses.
    """
    keys: set[str] = set()
    for row in rows:
        identity = Identity.of(row)
        addresses = identity.address_keys()
        is_article = row["has_text"] and is_article_text(row["reasons"])
        keys |= addresses
        if is_article or not addresses:
            keys |= identity.raw_keys()
        if is_article and has_content:
            keys |= identity.content_keys()
    return frozenset(keys)


def _rows_of(tables: Tables, ids: Iterable[str]) -> list[tuple[Any, ...]]:
    return tables.rows(
        "SELECT batch_id, file_row_number FROM staged WHERE list_contains($ids, article_id)",
        ids=sorted(ids),
    )


def _read_rows(tables: Tables, places: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
    """Reads what keys are made of, of records by their batches and rows."""
    names = f"{_READ}, url, raw_digest, content_digest, reasons, coalesce(text, '') <> ''"
    wanted = sorted({(str(batch), int(row)) for batch, row in places})
    if not wanted:
        return []
    found = tables.rows(
        f"SELECT {names} FROM staged"  # noqa: S608 - the names are ours
        " JOIN (SELECT unnest($batches) AS batch, unnest($rows) AS number) AS wanted"
        " ON batch_id = batch AND file_row_number = number",
        batches=[batch for batch, _ in wanted],
        rows=[row for _, row in wanted],
    )
    columns = (
        *_READ.split(", "),
        *("url", "raw_digest", "content_digest", "reasons", "has_text"),
    )
    return [dict(zip(columns, row, strict=True)) for row in found]


def _find_near(tables: Tables, article_ids: Iterable[str | None]) -> tuple[NearCopy, ...]:
    """Returns the articles that repeat some, those that these repeat, and what repeats the same."""
    ids = sorted({each for each in article_ids if each})
    found = tables.rows(
        "WITH own AS (SELECT duplicate_of FROM articles"  # noqa: S608 - the names are ours
        " WHERE list_contains($ids, article_id) AND duplicate_of IS NOT NULL)"
        f" SELECT {', '.join(_NEAR)} FROM articles"
        " WHERE NOT list_contains($ids, article_id) AND (list_contains($ids, duplicate_of)"
        " OR article_id IN (FROM own) OR duplicate_of IN (FROM own))"
        " ORDER BY published_date, article_id",
        ids=ids,
    )
    return tuple(NearCopy(**dict(zip(_NEAR, row, strict=True))) for row in found)
