"""What lies in raw/ beside what was pruned: files that came late are batches of their own.

Batches are named by where they lie. So a file that lands in a folder that was pruned would be the
batch of that folder, and would replace the records of the files that are gone.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tasks.discover.batches import Batch, with_files
from tasks.storage.pruned import PrunedBatch


def standing_marks(
    pruned: Mapping[str, PrunedBatch], staged: Mapping[str, Mapping[str, Any]]
) -> dict[str, PrunedBatch]:
    """Returns the marks that speak of the records that are staged now, by batch_id."""
    return {
        batch_id: mark
        for batch_id, mark in pruned.items()
        if staged.get(batch_id, {}).get("listing_digest") == mark.listing_digest
    }


def set_late_apart(batches: Iterable[Batch], marks: Mapping[str, PrunedBatch]) -> Iterator[Batch]:
    """Yields batches without the files that were pruned and are there again.

    A batch that is there again whole is as it was before it was pruned. Half of one, as an
    interrupted pruning leaves it, is passed over: its records stand.

    Args:
        batches: as discovered.
        marks: of what was pruned.
    """
    known = {path for mark in marks.values() for path in mark.files}
    for batch in batches:
        mark = marks.get(batch.batch_id)
        paths = {file.path for file in batch.files}
        is_back = mark is not None and paths.issuperset(mark.files)
        if is_back or (mark is None and paths.isdisjoint(known)):
            yield batch
        elif late := tuple(file for file in batch.files if file.path not in known):
            yield with_files(batch, late, _late_id(batch.batch_id, marks))


def _late_id(batch_id: str, marks: Mapping[str, PrunedBatch]) -> str:
    while batch_id in marks:
        batch_id = hashlib.sha256(f"{batch_id}\0late".encode()).hexdigest()[: len(batch_id)]
    return batch_id
