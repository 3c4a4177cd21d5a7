"""What was pruned from raw/: batches whose files are gone on purpose, and whose records stay.

It is one file, `staged/pruned.json`. A mark names the listing that its batch was staged from, so
that it holds for these records and for no later ones.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tasks.storage.sealed_json import read_sealed_json, write_sealed_json
from tasks.storage.warehouse import Warehouse


class PrunedListError(Exception):
    """The list of what was pruned cannot be read: a run would take its files for lost."""


@dataclass(frozen=True, slots=True)
class PrunedBatch:
    """A batch whose files were removed from raw/.

    Attributes:
        listing_digest: of its files, as they were staged.
        files: their paths below raw/.
    """

    batch_id: str
    listing_digest: str
    files: tuple[str, ...]


def read_pruned(warehouse: Warehouse) -> dict[str, PrunedBatch]:
    """Returns what was pruned, by batch_id.

    Raises:
        PrunedListError: the list is not as it was written.
    """
    path = _path(warehouse)
    try:
        kept = read_sealed_json(path)
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise PrunedListError(
            f"{error}. It names the raw files that were pruned: bring it back from a backup"
        ) from error
    return {
        batch_id: PrunedBatch(batch_id, listing_digest, tuple(files))
        for batch_id, (listing_digest, files) in kept["batches"].items()
    }


def add_pruned(warehouse: Warehouse, batches: Iterable[PrunedBatch]) -> None:
    """Marks batches as pruned; to be called before their files go."""
    marked = read_pruned(warehouse) | {batch.batch_id: batch for batch in batches}
    kept = {
        batch_id: [batch.listing_digest, list(batch.files)]
        for batch_id, batch in sorted(marked.items())
    }
    write_sealed_json(_path(warehouse), {"batches": kept})


def _path(warehouse: Warehouse) -> Path:
    return warehouse.root / "staged" / "pruned.json"
