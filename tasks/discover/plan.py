"""What a run has to do: the batches of raw/ that staged/ does not hold as they are now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from tasks.discover.batches import Batch, discover

Redo = Literal["raw", "staged"]
# What made a batch's records: pipeline_version and reference_version.
Versions = tuple[str, str]


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
        orphan_sidecars: sidecars whose file is not there.
        passed_over: how many names in raw/ are no documents, by kind.
    """

    batches: tuple[Batch, ...]
    renormalize: tuple[str, ...]
    superseded: tuple[str, ...]
    gone: tuple[str, ...]
    unchanged: int
    orphan_sidecars: tuple[str, ...]
    passed_over: Mapping[str, int]


def plan_run(
    raw: Path,
    staged: Mapping[str, Mapping[str, Any]],
    since: date | None = None,
    until: date | None = None,
    redo: Redo | None = None,
    redo_batches: Collection[str] | None = None,
    current: Versions | None = None,
) -> Plan:
    """Compares raw/ with what is staged.

    Args:
        raw: the raw folder.
        staged: the metadata of the staged batches by batch_id. Damaged ones (`is_damaged`) are made
            again whatever the window.
        since: first landing date to look at. Batches outside the window are left alone.
        until: last landing date to look at.
        redo: do again what is done: from `raw`, or from `staged`, without extracting again.
        redo_batches: the batch_ids that `redo` is about; None for all.
        current: leave out of `redo` what these versions of code and reference data made: it would
            come out the same. So a backfill that was stopped goes on where it was.

    Raises:
        OSError: raw/ cannot be listed.
    """
    damaged = {batch_id for batch_id, facts in staged.items() if facts.get("is_damaged")}
    discovery = discover(raw, since, until, damaged)
    found = {batch.batch_id for batch in discovery.batches}
    redone = found if redo_batches is None else found.intersection(redo_batches)
    if current is not None:
        redone = {
            batch_id
            for batch_id in redone
            if not _is_made_by(current, staged.get(batch_id, {}), redo)
        }
    pending = tuple(
        batch
        for batch in discovery.batches
        if (redo == "raw" and batch.batch_id in redone)
        or staged.get(batch.batch_id, {}).get("signature") != batch.signature
    )
    superseded = tuple(
        batch_id
        for batch_id, metadata in staged.items()
        if batch_id not in found and (batch_id in damaged or _is_within(metadata, since, until))
    )
    renormalize = redone.intersection(staged).difference(batch.batch_id for batch in pending)
    gone = {
        path
        for batch_id in (*superseded, *(batch.batch_id for batch in pending))
        for path in staged.get(batch_id, {}).get("files", ())
        if path not in discovery.paths
    }
    return Plan(
        batches=pending,
        renormalize=tuple(sorted(renormalize)) if redo == "staged" else (),
        superseded=superseded,
        gone=tuple(sorted(gone)),
        unchanged=len(found) - len(pending),
        orphan_sidecars=discovery.orphan_sidecars,
        passed_over=discovery.passed_over,
    )


def _is_made_by(versions: Versions, metadata: Mapping[str, Any], redo: Redo | None) -> bool:
    """Tells whether doing a batch again would end as it is.

    What was normalized again from staged/ may hold what an older version extracted.
    """
    normalized_by = metadata.get("pipeline_version"), metadata.get("reference_version")
    extracted_by = metadata.get("extracted_by")
    return normalized_by == versions and (redo == "staged" or extracted_by == versions[0])


def _is_within(metadata: Mapping[str, Any], since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
    landing = metadata.get("landing_date")
    if landing is None:
        return False
    return (since or date.min) <= date.fromisoformat(landing) <= (until or date.max)
