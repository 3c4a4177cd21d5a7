"""What a run has to do: the batches of raw/ that staged/ does not hold as they are now."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from tasks.discover.batches import Batch, discover
from tasks.discover.late_files import set_late_apart, standing_marks
from tasks.discover.windows import is_within, overlaps
from tasks.storage.overlap import refuse_overlap
from tasks.storage.pruned import PrunedBatch, read_pruned
from tasks.storage.quarantined import quarantined_batches
from tasks.storage.records import remove_batch, staged_batches
from tasks.storage.schema_versions import refuse_newer_warehouse
from tasks.storage.setting_aside import damaged_batches, list_waiting, put_aside
from tasks.storage.staged_view import StagedView
from tasks.storage.warehouse import Warehouse

Start = Literal["raw", "staged"]
# What made a batch's records: pipeline_version and reference_version.
Versions = tuple[str, str]
# In a batch's footer: in how many runs, one after the other, a limit refused documents of it.
TRIES = "tries"
# In a batch's footer: the first and the last day that a document of it landed on; empty where none
# has a landing date.
LANDED = "landed"
# A page that a busy moment kept from being done gets a second run; one that always hangs, no third.
_MAX_TRIES = 2
# The metadata of staged batches, by batch_id.
Staged = Mapping[str, Mapping[str, Any]]


class RawFilesGoneError(Exception):
    """Files that the warehouse was built from are no longer in raw/."""

    def __init__(self, paths: Sequence[str]) -> None:
        super().__init__(
            f"{len(paths)} files that the warehouse was built from are gone from raw/ "
            f"(first: {paths[0]})"
        )
        self.paths = tuple(paths)


@dataclass(frozen=True, slots=True)
class Plan:
    """The work of a run.

    Attributes:
        batches: to process from raw/, in order of their paths.
        renormalize: batch_ids to normalize again from what extraction found, sorted.
        superseded: batch_ids that are staged and no longer exist, to be removed from staged/.
        gone: raw files whose records go with them, because the files are gone too.
        unchanged: batches that are staged as they are.
        staged: how many batches are staged once all is done, those outside of the window too.
        undated_files: how many files a window leaves out because no document in them has a
            landing date.
        orphan_sidecars: sidecars whose file is not there.
        passed_over: how many names in raw/ are no documents, by kind; and `pruned`, the files that
            were removed from raw/ on purpose.
        pruned: batch_ids that a backfill from raw/ would process again, had they not been pruned.
    """

    batches: tuple[Batch, ...]
    renormalize: tuple[str, ...]
    superseded: tuple[str, ...]
    gone: tuple[str, ...]
    unchanged: int
    staged: int
    undated_files: int
    orphan_sidecars: tuple[str, ...]
    passed_over: Mapping[str, int]
    pruned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What of raw/ a run is about, and what of it is done again.

    Attributes:
        since: first landing date. A batch of which no document landed in the window is left alone,
            and one of which nothing is known before it is read, is read.
        until: last landing date.
        start: do again what is done: from `raw`, or from `staged`, without extracting again.
        reason: do again only the batches with documents quarantined under this code.
    """

    since: date | None = None
    until: date | None = None
    start: Start | None = None
    reason: str | None = None

    @property
    def is_everything(self) -> bool:
        """Whether no window bounds it."""
        return self.since is None and self.until is None


def plan_warehouse(
    raw: Path,
    warehouse: Warehouse,
    scope: Scope,
    current: Versions | None = None,
    seen: StagedView | None = None,
) -> Plan:
    """Plans what a run would do to a warehouse.

    Args:
        raw: the raw folder.
        warehouse: where the staged batches are.
        scope: what the run is about.
        current: leave what these versions of code and reference data made: it would come out the
            same. So a backfill that was stopped goes on where it was. None leaves nothing.
        seen: what was seen of staged/ before; None to look now.

    Raises:
        OSError: raw/ cannot be listed.
        LocationError: raw/ and the warehouse overlap.
        SchemaVersionError: a newer newsmill wrote in the warehouse.
        PrunedListError: what was pruned cannot be told.
    """
    refuse_overlap(raw, warehouse.root)
    refuse_newer_warehouse(warehouse)
    staged = staged_batches(warehouse, seen) | damaged_batches(warehouse)
    chosen = set(staged)
    if scope.reason is not None:
        chosen = chosen.intersection(quarantined_batches(warehouse, scope.reason))
    if current is not None:
        chosen = chosen.intersection(stale_batches(staged, scope.start, current))
    return plan_run(raw, staged, scope, chosen, read_pruned(warehouse))


def refuse_gone(plan: Plan, *, prune: bool) -> None:
    """Sees to it that no record goes with its raw file, unless `prune` says so.

    Raises:
        RawFilesGoneError: records would go.
    """
    if plan.gone and not prune:
        raise RawFilesGoneError(plan.gone)


def plan_run(
    raw: Path,
    staged: Staged,
    scope: Scope = Scope(),
    chosen: Collection[str] | None = None,
    pruned: Mapping[str, PrunedBatch] = MappingProxyType({}),
) -> Plan:
    """Compares raw/ with what is staged.

    A batch with documents that a limit refused (`schemas.reasons.OF_THE_MOMENT`) is processed once
    more by the next run, and then settled, until its files change or a backfill asks for it.

    Args:
        raw: the raw folder.
        staged: the metadata of the staged batches by batch_id. Damaged ones (`is_damaged`) are made
            again whatever the window.
        scope: what the run is about.
        chosen: the batch_ids that `scope.start` is about; None for all.
        pruned: batches whose files were removed from raw/ on purpose: their records stay.

    Raises:
        OSError: raw/ cannot be listed.
    """
    damaged = {batch_id for batch_id, footer in staged.items() if footer.get("is_damaged")}
    discovery = discover(raw)
    marks = standing_marks(pruned, staged)
    here = {batch.batch_id: batch for batch in set_late_apart(discovery.batches, marks)}
    found = {
        batch_id: batch
        for batch_id, batch in here.items()
        if batch_id in damaged or _has_landed(batch, staged.get(batch_id), scope)
    }
    again = found.keys() & (found if chosen is None else chosen)
    pending = {
        batch_id: batch
        for batch_id, batch in found.items()
        if (scope.start == "raw" and batch_id in again)
        or _has_changed(batch, staged)
        or _is_unsettled(batch, staged)
    }
    absent = {
        batch_id
        for batch_id in marks.keys() - here.keys()
        if _had_landed(staged[batch_id], scope) and (chosen is None or batch_id in chosen)
    }
    renormalize = (again & staged.keys() - pending.keys()) | absent
    superseded = tuple(
        batch_id
        for batch_id, metadata in staged.items()
        if batch_id not in here
        and batch_id not in marks
        and (batch_id in damaged or _had_landed(metadata, scope))
    )
    return Plan(
        batches=tuple(pending.values()),
        renormalize=tuple(sorted(renormalize)) if scope.start == "staged" else (),
        superseded=superseded,
        gone=_find_gone(staged, (*superseded, *pending), discovery.paths),
        unchanged=len(found) - len(pending),
        staged=len({*staged, *found}.difference(superseded)),
        undated_files=sum(
            len(batch.files)
            for batch_id, batch in here.items()
            if batch_id not in found and staged.get(batch_id, {}).get(LANDED) == []
        ),
        orphan_sidecars=discovery.orphan_sidecars,
        passed_over={**discovery.passed_over, **_count_pruned(marks, discovery.paths)},
        pruned=tuple(sorted(absent)) if scope.start == "raw" else (),
    )


def _count_pruned(marks: Mapping[str, PrunedBatch], paths: Collection[str]) -> dict[str, int]:
    files = {path for mark in marks.values() for path in mark.files}.difference(paths)
    return {"pruned": len(files)} if files else {}


def remove_superseded(warehouse: Warehouse, plan: Plan) -> None:
    """Removes staged batches that no longer exist, and puts away what the plan makes again."""
    for batch_id in plan.superseded:
        remove_batch(warehouse, batch_id)
    for path in list_waiting(warehouse):
        put_aside(warehouse, path)


def _has_changed(batch: Batch, staged: Staged) -> bool:
    """Tells whether a batch is new, or its files are not those that were staged."""
    return bool(staged.get(batch.batch_id, {}).get("listing_digest") != batch.listing_digest)


def _is_unsettled(batch: Batch, staged: Staged) -> bool:
    """Tells whether a limit refused documents of a batch, and one more run is to try."""
    return bool(0 < staged.get(batch.batch_id, {}).get(TRIES, 0) < _MAX_TRIES)


def _find_gone(staged: Staged, replaced: Iterable[str], paths: Collection[str]) -> tuple[str, ...]:
    """Returns the files of batches that are replaced or removed, and that are not in raw/ now."""
    files = {path for batch_id in replaced for path in staged.get(batch_id, {}).get("files", ())}
    return tuple(sorted(files.difference(paths)))


def stale_batches(staged: Staged, start: Start | None, current: Versions) -> set[str]:
    """Returns the batches that would not end as they are, were they done again.

    What was normalized again from staged/ may hold what an older version extracted.
    """
    return {
        batch_id
        for batch_id, metadata in staged.items()
        if (metadata.get("pipeline_version"), metadata.get("reference_version")) != current
        or (start == "raw" and metadata.get("extracted_by") != current[0])
    }


def _has_landed(batch: Batch, footer: Mapping[str, Any] | None, scope: Scope) -> bool:
    """Tells whether documents of a batch landed in the window, or may have: reading tells."""
    if scope.is_everything:
        return True
    if batch.folder_day:
        return is_within(batch.folder_day, scope.since, scope.until)
    if footer is not None and footer.get("listing_digest") == batch.listing_digest:
        return _had_landed(footer, scope)
    return batch.first_day is None or is_within(batch.first_day, scope.since, scope.until)


def _had_landed(footer: Mapping[str, Any], scope: Scope) -> bool:
    """Tells whether records of a staged batch landed in the window, or may have."""
    if scope.is_everything:
        return True
    if LANDED not in footer:
        # Earlier versions kept the day of the folder.
        folder_day = footer.get("landing_date")
        return folder_day is None or is_within(
            date.fromisoformat(folder_day), scope.since, scope.until
        )
    days = [date.fromisoformat(day) for day in footer[LANDED]]
    return bool(days) and overlaps((days[0], days[-1]), scope.since, scope.until)
