"""Pruning raw/: files whose documents are all staged and published, and that landed long ago.

Whole batches are pruned. Their marks are written before their files go (`tasks.storage.pruned`), so
that a pruning that ends in between is finished by the next, and no run misses a file.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from schemas.raw_forms import RawKind
from tasks.discover.batches import Batch, discover, with_files
from tasks.discover.late_files import set_late_apart, standing_marks
from tasks.discover.listing import folder_date
from tasks.discover.plan import LANDED, TRIES
from tasks.storage.holding import hold_warehouse
from tasks.storage.locations import is_on_disk
from tasks.storage.overlap import refuse_overlap
from tasks.storage.pruned import PrunedBatch, add_pruned, read_pruned
from tasks.storage.records import staged_batches
from tasks.storage.warehouse import Warehouse
from tasks.validate.audit_state import LandedDay, read_state
from tasks.validate.verdicts import pending_batches

_UNDATED = "without a landing date"
# A batch, with the last day that something of it landed on.
Dated = tuple[Batch, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrunedPlace:
    """What is pruned of a day folder, or a container.

    Attributes:
        path: of the folder, with a closing `/`, or of the container.
        last_day: the last day that something of it landed on.
        files: how many.
        size: of them, in bytes.
    """

    path: str
    last_day: date
    files: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruning:
    """What is pruned, and what is not.

    Attributes:
        places: in order of their paths.
        kept: how many files landed as long ago and stay, by the reason.
        batches: their marks.
        paths: all files that go, sidecars among them.
    """

    places: tuple[PrunedPlace, ...]
    kept: Mapping[str, int]
    batches: tuple[PrunedBatch, ...]
    paths: tuple[str, ...]


def plan_pruning(raw: Path, warehouse: Warehouse, before: date) -> Pruning:
    """Finds what can be pruned; changes nothing.

    Args:
        raw: the raw folder.
        warehouse: that was made of it.
        before: files whose documents all landed on earlier days are pruned.

    Raises:
        OSError: raw/ cannot be listed.
        LocationError: raw/ and the warehouse overlap.
    """
    refuse_overlap(raw, warehouse.root)
    staged = staged_batches(warehouse)
    marks = standing_marks(read_pruned(warehouse), staged)
    unpublished = _Unpublished(warehouse)
    kept: Counter[str] = Counter()
    chosen: list[Dated] = []
    held: set[str] = set()
    found = discover(raw).batches
    for batch in set_late_apart(found, marks):
        footer = staged.get(batch.batch_id, {})
        last = batch.folder_day or _last_day(footer)
        reason = _why_kept(batch, footer, last, unpublished)
        if reason is None and last is not None and last < before:
            chosen.append((batch, last))
            continue
        held.update(file.path for file in batch.files)
        if last is None or last < before:
            kept[reason or _UNDATED] += len(batch.files)
    # A large container is several batches: it goes with the last of them.
    whole = [each for each in chosen if held.isdisjoint(file.path for file in each[0].files)]
    left = [each for each in _find_left(found, marks, staged) if each[1] < before]
    return Pruning(
        places=_describe([*whole, *left]),
        kept=dict(kept),
        batches=tuple(_mark(batch) for batch, _ in whole if batch.batch_id not in marks),
        paths=tuple(
            path
            for batch, _ in (*whole, *left)
            for file in batch.files
            for path in (file.path, file.sidecar)
            if path
        ),
    )


def prune(raw: Path, warehouse: Warehouse, before: date) -> Pruning:
    """Prunes raw/; returns what was pruned. See `plan_pruning`.

    Raises:
        WarehouseHeldError: a run is at work.
        OSError: raw/ or the warehouse cannot be changed; prune again.
    """
    with hold_warehouse(warehouse.root):
        plan = plan_pruning(raw, warehouse, before)
        add_pruned(warehouse, plan.batches)
        for path in plan.paths:
            with suppress(FileNotFoundError):
                (raw / path).unlink()
        if is_on_disk(raw):
            _remove_empty(raw, plan.paths)
    return plan


class _Unpublished:
    """The batches and landing days that no finished run has published."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._batches = frozenset(pending_batches(warehouse))
        self._days = read_state(warehouse).pending

    def has(self, batch: Batch, last: date | None) -> bool:
        """Tells whether something of a batch is among them."""
        return batch.batch_id in self._batches or LandedDay(batch.source, last) in self._days


def _why_kept(
    batch: Batch, footer: Mapping[str, Any], last: date | None, unpublished: _Unpublished
) -> str | None:
    """Tells why a batch is not pruned, whatever its age; None where nothing keeps it."""
    if footer.get("listing_digest") != batch.listing_digest or footer.get(TRIES, 0) == 1:
        return "not staged as they are: run first"
    if unpublished.has(batch, last):
        return "not published yet"
    return _UNDATED if last is None else None


def _last_day(footer: Mapping[str, Any]) -> date | None:
    days = footer.get(LANDED)
    return date.fromisoformat(days[-1]) if days else None


def _find_left(
    batches: Iterable[Batch],
    marks: Mapping[str, PrunedBatch],
    staged: Mapping[str, Mapping[str, Any]],
) -> Iterator[Dated]:
    """Yields what is there of files that are marked, as an interrupted pruning leaves them."""
    owners = {path: batch_id for batch_id, mark in marks.items() for path in mark.files}
    for batch in batches:
        left = tuple(file for file in batch.files if file.path in owners)
        is_whole = batch.batch_id in marks and len(left) == len(marks[batch.batch_id].files)
        last = left and (batch.folder_day or _last_day(staged[owners[left[0].path]]))
        if last and not is_whole:
            yield with_files(batch, left, batch.batch_id), last


def _mark(batch: Batch) -> PrunedBatch:
    files = tuple(file.path for file in batch.files)
    return PrunedBatch(batch.batch_id, batch.listing_digest, files)


def _describe(chosen: Iterable[Dated]) -> tuple[PrunedPlace, ...]:
    sizes: dict[str, dict[str, int]] = defaultdict(dict)
    days: dict[str, date] = {}
    for batch, last in chosen:
        for file in batch.files:
            folder = folder_date(file.path)[0] or "./"
            place = folder if batch.kind is RawKind.LOOSE else file.path
            sizes[place][file.path] = file.size + (file.sidecar_size or 0)
            days[place] = max(last, days.get(place, last))
    return tuple(
        PrunedPlace(path=place, last_day=days[place], files=len(each), size=sum(each.values()))
        for place, each in sorted(sizes.items())
    )


def _remove_empty(raw: Path, paths: tuple[str, ...]) -> None:
    """Removes the folders that pruning left empty."""
    folders = {parent for path in paths for parent in Path(path).parents[:-1]}
    for folder in sorted(folders, key=lambda each: len(each.parts), reverse=True):
        # Others are in it, or it went with another.
        with suppress(OSError):
            (raw / folder).rmdir()
