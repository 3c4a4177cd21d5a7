"""The index of staged/, in shards: of every record the few facts that decide where it is published.

The shards lie in `staged/caches/` and are only a cache. `batches` there says which state of which
batch they were made of: the digests of its footer and of its verdict, whole. What differs is read
again and laid out by shard; then each shard that it concerns gets another overlay, or is made
again, by itself. Where a shard is missing or not whole, all records are read for it; so the shards
are always those that reading all of staged/ would give. Who is interrupted leaves shards that name
what they were made of, and the next run makes only the others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tasks.publish.batch_numbers import (
    Batches,
    BatchIds,
    read_batches,
    read_states,
    write_batches,
)
from tasks.publish.index import ENTRY, Entries, read_entries, take
from tasks.publish.overlays import write_overlay
from tasks.publish.shard_count import read_shard_count
from tasks.publish.shard_files import (
    Shard,
    find_shard,
    holds_any,
    overlay_name,
    read_entries_of,
    shard_name,
    shards_of,
    write_shard,
)
from tasks.storage.caches import caches_folder
from tasks.storage.locations import list_files, parse_location
from tasks.storage.maps import Map
from tasks.storage.sections import (
    DamagedSectionError,
    Head,
    read_head,
    read_section,
    write_sections,
)
from tasks.storage.staged_view import StagedView
from tasks.storage.warehouse import Warehouse, remove_file

# Records whose entries are read and laid out at once: 23 MB.
_LAID_OUT_AT_ONCE = 250_000
_KEPT, _NEXT = "batches", "batches-next"
# One file of all entries, of earlier versions.
_EARLIER = "index"


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards of a warehouse, all made of what is staged now.

    Attributes:
        heads: the digest of each shard's heads, by its number.
        batches: that they were made of.
    """

    heads: tuple[str, ...]
    batches: Batches


@dataclass(frozen=True, slots=True)
class _Laying:
    """An order to lay out the entries of some batches by shard, for those shards that want them."""

    warehouse: str
    name: str
    batches: tuple[tuple[int, str], ...]
    count: int
    wanted: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Making:
    """An order to make a shard.

    Attributes:
        number: of the shard.
        count: of all shards.
        token: of the batches, which lie in `_NEXT`.
        dropped: numbers of batches whose entries go; None where no entry is kept.
        laid: the names of the files in which new entries lie.
    """

    warehouse: str
    number: int
    count: int
    token: str
    dropped: tuple[int, ...] | None
    laid: tuple[str, ...]


def update_shards(warehouse: Warehouse, spread: Map, seen: StagedView | None = None) -> Shards:
    """Makes the shards again that do not say what is staged now.

    Args:
        warehouse: whose.
        spread: the map that lays entries out, and makes the shards.
        seen: what was seen of staged/ before; None to look now.

    Raises:
        DamagedSectionError: what was just written is damaged or not to be seen here.
    """
    folder = caches_folder(warehouse)
    count = read_shard_count(warehouse)
    kept, heads = read_batches(folder / _KEPT)
    seen = seen or StagedView(warehouse)
    batches = kept.follow(read_states(seen))
    found = [find_shard(folder, number, count) for number in range(count)]
    known = [
        shard is not None and heads.get(shard_name(number, count)) == shard.digest
        for number, shard in enumerate(found)
    ]
    if batches == kept and all(known):
        return Shards(tuple(shard.digest for shard in found if shard), batches)
    token = batches.token
    is_new = [shard is not None and shard.made_of == token for shard in found]
    behind = [n for n in range(count) if known[n] and not is_new[n]]
    missing = [n for n in range(count) if not known[n] and not is_new[n]]
    _make(warehouse, spread, seen, batches, kept, count, behind, missing)
    return _keep(warehouse, batches, count)


def open_shards(warehouse: Warehouse, digests: Sequence[str]) -> Iterator[Shard]:
    """Yields all shards.

    Args:
        warehouse: whose.
        digests: of the shards, by number.

    Raises:
        DamagedSectionError: one is not there, or has another digest.
    """
    folder = caches_folder(warehouse)
    for number, digest in enumerate(digests):
        shard = _open_shard(folder, number, len(digests))
        if shard.digest != digest:
            raise DamagedSectionError(str(shard.base.path))
        yield shard


def open_current_shards(
    warehouse: Warehouse, seen: StagedView
) -> tuple[Sequence[str], Iterator[Shard]] | None:
    """Opens all shards where they are of what is staged now; None where they are not.

    Returns:
        The batch_ids by number, and the shards, which raise as those of `open_shards`.
    """
    batches, heads = read_batches(caches_folder(warehouse) / _KEPT)
    count = read_shard_count(warehouse)
    digests = [heads.get(shard_name(number, count)) for number in range(count)]
    known = [digest for digest in digests if digest is not None]
    if len(known) < count or batches != batches.follow(read_states(seen)):
        return None
    return batches.ids, open_shards(warehouse, known)


def read_current_batches(warehouse: Warehouse) -> Batches:
    """Reads the batches that the shards were made of."""
    return read_batches(caches_folder(warehouse) / _KEPT)[0]


def _make(
    warehouse: Warehouse,
    spread: Map,
    seen: StagedView,
    batches: Batches,
    kept: Batches,
    count: int,
    behind: Sequence[int],
    missing: Sequence[int],
) -> None:
    """Makes the shards that are behind of what they have and what is new, the missing of all."""
    folder, token = caches_folder(warehouse), batches.token
    write_batches(folder / _NEXT, batches, {})
    differing = tuple(batches.differing(kept))
    where = str(warehouse.root.resolve())
    parts = [(batches.staged(differing), behind), (batches.staged(), missing)]
    layings = [
        [
            _Laying(where, f"laid-{part}-{place}", tuple(group), count, frozenset(wanted))
            for place, group in enumerate(_groups(seen, some) if wanted else ())
        ]
        for part, (some, wanted) in enumerate(parts)
    ]
    list(spread("reading what is new", _lay_out, [order for part in layings for order in part]))
    laid = [tuple(order.name for order in part) for part in layings]
    dropped = tuple(number for number in differing if number < len(kept.ids) and kept.ids[number])
    orders = [
        _Making(where, number, count, token, *how)
        for numbers, how in ((behind, (dropped, laid[0])), (missing, (None, laid[1])))
        for number in numbers
    ]
    list(spread("choosing the latest records", _make_shard, orders))


def _keep(warehouse: Warehouse, batches: Batches, count: int) -> Shards:
    """Keeps which shards there are now, and removes what nobody needs any more."""
    folder = caches_folder(warehouse)
    names = [shard_name(number, count) for number in range(count)]
    shards = [_open_shard(folder, number, count) for number in range(count)]
    heads = {name: shard.digest for name, shard in zip(names, shards, strict=True)}
    write_batches(folder / _KEPT, batches, heads)
    overlaid = (overlay_name(number, count) for number in range(count) if shards[number].overlay)
    wanted = {_KEPT, *names, *overlaid}
    for pattern in (_NEXT, _EARLIER, "laid-*", "shard-*", "overlay-*"):
        for path in list_files(folder, pattern):
            if path.name not in wanted:
                remove_file(path)
    return Shards(tuple(heads.values()), batches)


def _groups(
    seen: StagedView, batches: Sequence[tuple[int, str]]
) -> Iterator[list[tuple[int, str]]]:
    """Yields batches whose entries are read together."""
    group: list[tuple[int, str]] = []
    rows = 0
    for number, batch_id in batches:
        group.append((number, batch_id))
        rows += seen.rows(batch_id)
        if rows >= _LAID_OUT_AT_ONCE:
            yield group
            group, rows = [], 0
    if group:
        yield group


def _lay_out(order: _Laying) -> None:
    warehouse = Warehouse(parse_location(order.warehouse))
    read = [read_entries(warehouse, batch_id, number) for number, batch_id in order.batches]
    entries = np.concatenate([np.zeros(0, ENTRY), *read])
    shards = shards_of(entries, order.count)
    by_shard = np.argsort(shards, kind="stable")
    ends = np.cumsum(np.bincount(shards, minlength=order.count))
    sections = {
        str(number): take(entries, positions)
        for number, positions in enumerate(np.split(by_shard, ends[:-1]))
        if number in order.wanted
    }
    write_sections(caches_folder(warehouse) / order.name, {}, sections)


def _make_shard(order: _Making) -> None:
    """Makes a shard: its overlay where that is enough, else its base, without an overlay."""
    warehouse = Warehouse(parse_location(order.warehouse))
    folder = caches_folder(warehouse)
    laid = [_read_laid(folder / name, str(order.number)) for name in order.laid]
    entries = np.concatenate([np.zeros(0, ENTRY), *laid])
    batches = BatchIds(folder / _NEXT)
    overlay = folder / overlay_name(order.number, order.count)
    if order.dropped is not None:
        shard = _open_shard(folder, order.number, order.count)
        concerned = [head for head in shard.files if holds_any(head, order.dropped)]
        if not concerned and not len(entries):
            return
        if shard.base not in concerned and write_overlay(
            warehouse, overlay, order.token, batches, shard, order.dropped, entries
        ):
            return
        kept = read_entries_of(shard)
        kept = take(kept, ~np.isin(kept["batch"], order.dropped)) if concerned else kept
        entries = np.concatenate([kept, entries])
    # First: a base that comes out the same to the last byte would make it its own again.
    remove_file(overlay)
    path = folder / shard_name(order.number, order.count)
    write_shard(warehouse, path, {"made_of": order.token}, batches, entries)


def _read_laid(path: Path, section: str) -> Entries:
    return read_section(_read_head(path), section, ENTRY)


def _open_shard(folder: Path, number: int, count: int) -> Shard:
    shard = find_shard(folder, number, count)
    if shard is None:
        raise DamagedSectionError(str(folder / shard_name(number, count)))
    return shard


def _read_head(path: Path) -> Head:
    head = read_head(path)
    if head is None:
        raise DamagedSectionError(str(path))
    return head
