"""Finding the record of an article, a raw path or a URL, with all that decided it."""

from dataclasses import dataclass
from typing import Any

from tasks.normalize.urls import normalize_url
from tasks.stage.records import read_records, staged_batches
from tasks.storage import Warehouse
from tasks.validate.verdicts import read_verdict

_KEYS = ("article_id", "raw_path", "raw_offset", "url", "canonical_url")


@dataclass(frozen=True, slots=True)
class Explanation:
    """A staged record, column by column, and the checks that it failed."""

    record: dict[str, Any]
    failed_checks: tuple[str, ...]


def explain_document(warehouse: Warehouse, wanted: str) -> list[Explanation]:
    """Returns the records that a word names, in the order of staging.

    Args:
        warehouse: where to look.
        wanted: an article_id or the beginning of one (8 digits or more), a raw path, optionally
            with `#OFFSET`, or a URL.
    """
    found = []
    for batch_id in staged_batches(warehouse):
        keys = read_records(warehouse, batch_id, _KEYS).to_pylist()
        rows = [row for row, key in enumerate(keys) if _names(wanted, key)]
        if not rows:
            continue
        failed = _failed(warehouse, batch_id)
        for row, record in zip(
            rows, read_records(warehouse, batch_id).take(rows).to_pylist(), strict=True
        ):
            found.append(Explanation(record, tuple(failed.get(row, ()))))
    return found


def _failed(warehouse: Warehouse, batch_id: str) -> dict[int, list[str]]:
    has_verdict = (warehouse.verdicts / f"{batch_id}.parquet").exists()
    return read_verdict(warehouse, batch_id) if has_verdict else {}


def _names(wanted: str, key: dict[str, Any]) -> bool:
    path, _, offset = wanted.partition("#")
    if "://" in wanted:
        return wanted in (key["url"], key["canonical_url"]) or (
            normalize_url(wanted) == key["canonical_url"] is not None
        )
    if path == key["raw_path"] or path.endswith("/" + key["raw_path"]):
        return not offset or str(key["raw_offset"]) == offset
    shortest = 8
    return len(wanted) >= shortest and (key["article_id"] or "").startswith(wanted)
