"""Damaged files: where they are kept, so that nobody reads them and nothing is thrown away.

They go to `_damaged/` under the path that they had. The records of a batch wait in their place
first, as `BATCH_ID.parquet.damaged`, until a run has seen that raw/ still has what they were made
of: else they would go without anybody being asked.
"""

from pathlib import Path
from typing import Any

from schemas.tables import ARTICLES, QUARANTINE
from tasks.storage.locations import list_below, list_files, move_file
from tasks.storage.parquet import DamagedFileError, read_table
from tasks.storage.warehouse import Warehouse, find_metadata

_WAITING = ".damaged"


def damaged_folder(warehouse: Warehouse) -> Path:
    """Returns the folder of damaged files, which no reader of a dataset lists."""
    return warehouse.root / "_damaged"


def put_aside(warehouse: Warehouse, path: Path) -> Path:
    """Moves a file out of the way; returns where it is kept. Earlier ones are kept too."""
    name = path.relative_to(warehouse.root).as_posix().removesuffix(_WAITING)
    kept, number = damaged_folder(warehouse) / name, 1
    while kept.exists():
        number += 1
        kept = damaged_folder(warehouse) / f"{name}.{number}"
    move_file(path, kept)
    return kept


def let_wait(records: Path) -> Path:
    """Takes the records of a batch out of what is staged, until a run can make them again."""
    waiting = records.with_name(records.name + _WAITING)
    move_file(records, waiting)
    return waiting


def list_waiting(warehouse: Warehouse) -> list[Path]:
    """Returns the records that wait for a run."""
    return list_files(warehouse.records, f"*.parquet{_WAITING}")


def list_put_aside(warehouse: Warehouse) -> list[Path]:
    """Returns all files that were put aside, sorted."""
    return list_below(damaged_folder(warehouse))


def damaged_batches(warehouse: Warehouse) -> dict[str, dict[str, Any]]:
    """Returns what is known of the batches whose records wait, by batch_id.

    Each has `files` as staged metadata do: where the footer is gone, those that were published.
    None has a listing digest: whatever raw/ holds, they are to be made again.
    """
    batches = {}
    for path in list_waiting(warehouse):
        batch_id = path.name.partition(".")[0]
        footer = find_metadata(path)
        files = footer.get("files") or _published_paths(warehouse, batch_id)
        batches[batch_id] = {"files": files, "is_damaged": True}
    return batches


def _published_paths(warehouse: Warehouse, batch_id: str) -> list[str]:
    found: set[str] = set()
    for dataset in (ARTICLES.name, QUARANTINE.name):
        for path in warehouse.partitions(dataset).values():
            try:
                rows = read_table(path, ["batch_id", "raw_path"])
            except DamagedFileError:
                continue
            pairs = zip(rows["batch_id"].to_pylist(), rows["raw_path"].to_pylist(), strict=True)
            found.update(raw_path for owner, raw_path in pairs if owner == batch_id)
    return sorted(found)
