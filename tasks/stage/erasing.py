"""Erasing what tombstones name: from reports, published files, staged records and caches.

The order matters. Reports are searched for what staged records say of a document, so the records
go last. All of it is done again, and changes nothing more, where it ended in between: the next run
does so before it judges anything, and so does the next `newsmill forget`.

What is published is complete again once the changed records are judged and published. Until then an
erased document is in no dataset, and not counted yet.
"""

import html
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from schemas.reasons import Reason
from schemas.tables import ARTICLES, MONEY, QUARANTINE
from tasks.normalize.record import as_row
from tasks.stage.erased_records import (
    IDENTITY_COLUMNS,
    Identity,
    erased_detail,
    erased_record,
    named_by,
)
from tasks.stage.rewritten_records import rewrite_records
from tasks.storage.caches import caches_folder
from tasks.storage.layouts import PUBLISHED
from tasks.storage.locations import list_below, list_files, read_bytes, remove_folder
from tasks.storage.parquet import open_parquet, read_table
from tasks.storage.records import remove_batch
from tasks.storage.setting_aside import list_put_aside, list_waiting
from tasks.storage.tombstones import erased_keys, read_tombstones, write_tombstone
from tasks.storage.warehouse import (
    Warehouse,
    parse_metadata,
    remove_file,
    write_table,
)

# A shorter title stands on pages that speak of other documents.
_SHORTEST_TITLE = 12
_SAID_OF = (
    "raw_path",
    "raw_offset",
    "url",
    "canonical_url",
    "title",
    "article_id",
    "reasons",
    "detail",
)
_LEFT = [Reason.ERASED.value]
# Where a document lies: its raw_path and raw_offset.
Place = tuple[str, int | None]


class RecordsWaitError(Exception):
    """Damaged records wait to be made again, and cannot be searched before."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was taken out.

    Attributes:
        batches: whose records were written again.
        records: that are erased.
        published_files: that were written again without rows.
        report_files: pages that spoke of the documents.
        damaged_files: that had been set aside, and could not be searched.
    """

    batches: tuple[str, ...] = ()
    records: int = 0
    published_files: int = 0
    report_files: int = 0
    damaged_files: int = 0


def refuse_waiting(warehouse: Warehouse) -> None:
    """Sees to it that all staged records can be read.

    Raises:
        RecordsWaitError: some are damaged.
    """
    if waiting := list_waiting(warehouse):
        raise RecordsWaitError(
            f"the records of {len(waiting)} batches are damaged and wait to be made again: they "
            "cannot be searched. `newsmill verify --repair` makes them, then forget again"
        )


def erase_named(warehouse: Warehouse) -> Erased:
    """Takes all that tombstones name out of a warehouse; only its holder may call it.

    Raises:
        OSError: the warehouse cannot be read or written; call it again.
        RecordsWaitError: damaged records cannot be searched.
        TombstoneError: a tombstone is damaged.
    """
    refuse_waiting(warehouse)
    keys = erased_keys(warehouse)
    named = find_named(warehouse, keys)
    rows = [row for found in named.values() for row in found]
    damaged = list_put_aside(warehouse) if rows else []
    report_files = _erase_reports(warehouse, rows)
    published = _erase_published(warehouse, {(row["raw_path"], row["raw_offset"]) for row in rows})
    for path in damaged:
        remove_file(path)
    for batch_id, found in named.items():
        _erase_records(warehouse, batch_id, found, keys)
    remove_folder(caches_folder(warehouse))
    for tombstone in read_tombstones(warehouse):
        if not tombstone.is_finished:
            write_tombstone(warehouse, replace(tombstone, is_finished=True))
    return Erased(tuple(named), len(rows), published, report_files, len(damaged))


def drop_records(warehouse: Warehouse, places: Iterable[Place]) -> int:
    """Removes records of erased documents that raw/ does not hold any more, or is about to lose.

    The names of raw files go with their last record, so that no run asks for them. Their batches
    are read again by the next run, whatever raw/ holds by then.

    Args:
        warehouse: whose holder calls it.
        places: where the documents lay.

    Returns:
        How many records went.
    """
    wanted, dropped = set(places), 0
    for path in list_files(warehouse.records, "*.parquet"):
        with open_parquet(path) as file:
            rows = file.read(columns=["raw_path", "raw_offset", "reasons"]).to_pylist()
        numbers = {
            number
            for number, row in enumerate(rows)
            if (row["raw_path"], row["raw_offset"]) in wanted and row["reasons"] == _LEFT
        }
        if not numbers:
            continue
        dropped += len(numbers)
        left = {row["raw_path"] for number, row in enumerate(rows) if number not in numbers}
        gone = {rows[number]["raw_path"] for number in numbers} - left
        if left:
            rewrite_records(path, lambda *_: None, numbers, gone)
        else:
            remove_batch(warehouse, path.stem)
    return dropped


def find_named(warehouse: Warehouse, keys: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """Returns the records that keys name and that are not erased yet, by batch_id.

    Each has its number in the batch as `row`, and the columns that tell it.
    """
    wanted = frozenset(keys)
    return _find(
        warehouse,
        lambda row: row["reasons"] != _LEFT and not wanted.isdisjoint(Identity.of(row).all_keys()),
    )


def find_erased(warehouse: Warehouse, tombstone: str) -> dict[str, list[dict[str, Any]]]:
    """Returns what is left of the documents that a tombstone has named, likewise."""
    detail = erased_detail(tombstone)
    return _find(warehouse, lambda row: row["reasons"] == _LEFT and row["detail"] == detail)


def _find(
    warehouse: Warehouse, is_wanted: Callable[[dict[str, Any]], bool]
) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    columns = list(dict.fromkeys((*IDENTITY_COLUMNS, *_SAID_OF)))
    for path in list_files(warehouse.records, "*.parquet"):
        with open_parquet(path) as file:
            rows = file.read(columns=columns).to_pylist()
        for number, row in enumerate(rows):
            if is_wanted(row):
                found[path.stem].append(row | {"row": number})
    return dict(found)


def _erase_reports(warehouse: Warehouse, rows: Iterable[Mapping[str, Any]]) -> int:
    """Removes the reports that speak of documents, with all of their pages."""
    needles = {needle for row in rows for needle in _needles(row)}
    folder = warehouse.root / "_reports"
    pages = [path for path in list_below(folder) if path.suffix == ".html"] if needles else []
    removed: set[Path] = set()
    for path in pages:
        content = read_bytes(path)
        if any(needle in content for needle in needles):
            report = path if path.parent == folder else path.parent.with_suffix(".html")
            removed.add(report)
    count = 0
    for report in sorted(removed):
        count += 1 + sum(path.parent == report.with_suffix("") for path in pages)
        remove_folder(report.with_suffix(""))
        remove_file(report)
    return count


def _needles(row: Mapping[str, Any]) -> Iterator[bytes]:
    """Yields how a page may speak of a document."""
    for name in ("raw_path", "url", "canonical_url", "title", "article_id"):
        value = row[name]
        if value and (name != "title" or len(value) >= _SHORTEST_TITLE):
            # Templates and charts each have their own way of writing quotes.
            yield from (form.encode() for form in {value, html.escape(value)})


def _erase_published(warehouse: Warehouse, places: set[Place]) -> int:
    """Takes rows out of what is published: articles first, then their amounts.

    The files say of themselves that they are not complete, so that the next publication writes them
    again.
    """
    written = 0
    for table in (ARTICLES, QUARANTINE) if places else ():
        for path in warehouse.partitions(table.name).values():
            held = read_table(path, ["raw_path", "raw_offset", "article_id"]).to_pylist()
            gone = [row for row in held if (row["raw_path"], row["raw_offset"]) in places]
            if not gone:
                continue
            stays = [(row["raw_path"], row["raw_offset"]) not in places for row in held]
            _filter_part(warehouse, path, partial(_slice, stays))
            written += 1
            amounts = warehouse.dataset(MONEY.name) / path.parent.name / path.name
            if table is ARTICLES and amounts.exists():
                ids = pa.array([row["article_id"] for row in gone], pa.string())
                _filter_part(warehouse, amounts, partial(_not_of, ids))
                written += 1
    return written


def _slice(stays: list[bool], rows: pa.Table, first: int) -> pa.Array:
    return pa.array(stays[first : first + rows.num_rows], pa.bool_())


def _not_of(ids: pa.Array, rows: pa.Table, _first: int) -> pa.ChunkedArray:
    return pc.invert(pc.is_in(rows["article_id"], ids))


def _filter_part(
    warehouse: Warehouse, path: Path, stays: Callable[[pa.Table, int], pa.Array]
) -> None:
    """Writes a published file again with some of its rows, a group of them at a time."""
    with open_parquet(path) as file:
        schema = file.schema_arrow.remove_metadata()
        footer = parse_metadata(file.metadata.metadata)
        footer.pop("inputs", None)

        def tables() -> Iterator[pa.Table]:
            first = 0
            for batch in file.iter_batches(batch_size=PUBLISHED.row_group_size):
                rows = pa.Table.from_batches([batch])
                yield rows.filter(stays(rows, first))
                first += rows.num_rows

        write_table(path, tables(), schema, footer, warehouse.scratch, layout=PUBLISHED)


def _erase_records(
    warehouse: Warehouse,
    batch_id: str,
    named: Iterable[Mapping[str, Any]],
    keys: Mapping[str, str],
) -> None:
    """Writes a batch again, with what is left of some of its records in their places."""
    tombstones = {row["row"]: named_by(Identity.of(row), keys) or "" for row in named}

    def erase(number: int, left: dict[str, Any], seconds: float) -> dict[str, Any]:
        return as_row(erased_record(left, tombstones[number], seconds=seconds))

    rewrite_records(warehouse.records / f"{batch_id}.parquet", erase, tombstones.keys())
