"""What can be wrong in a warehouse, by name."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class FaultCode(StrEnum):
    """The names of faults; stable, because monitoring reads them from `newsmill verify --json`."""

    # files: what lies in the published folders
    FILE_FOREIGN = "file_foreign"
    FILE_TEMPORARY = "file_temporary"
    FILE_UNREADABLE = "file_unreadable"
    FILE_MISSING = "file_missing"
    CACHE_DAMAGED = "cache_damaged"
    AUDIT_STATE_DAMAGED = "audit_state_damaged"
    SHARD_COUNT_DAMAGED = "shard_count_damaged"
    DATAPACKAGE_WRONG = "datapackage_wrong"
    SCHEMA_DIFFERS = "schema_differs"
    PARTITION_UNSELECTED = "partition_unselected"
    PARTITION_STALE = "partition_stale"

    # staged: what the published files are made of
    RECORD_DIGEST_WRONG = "record_digest_wrong"
    RECORDS_SET_ASIDE = "records_set_aside"
    VERDICT_MISSING = "verdict_missing"
    SELECTION_STALE = "selection_stale"

    # what was erased or pruned
    PRUNED_LIST_DAMAGED = "pruned_list_damaged"
    TOMBSTONE_DAMAGED = "tombstone_damaged"
    ERASED_DOCUMENT_PRESENT = "erased_document_present"

    # rows: each by itself, and with its neighbours
    ROW_IN_WRONG_PARTITION = "row_in_wrong_partition"
    ROWS_UNSORTED = "rows_unsorted"
    ARTICLE_ID_WRONG = "article_id_wrong"
    CONTENT_DIGEST_WRONG = "content_digest_wrong"
    ARTICLE_TWICE = "article_twice"
    REFERENCE_BROKEN = "reference_broken"
    SURFACE_WRONG = "surface_wrong"
    ACCOUNTS_UNBALANCED = "accounts_unbalanced"

    # rows: against what staged/ says they must be
    ROW_MISSING = "row_missing"
    ROW_UNFOUNDED = "row_unfounded"
    VALUE_DIFFERS = "value_differs"
    BYTES_DIFFER = "bytes_differ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault.

    Attributes:
        code: its name.
        path: the file, below the warehouse's root; "" where it is about the whole.
        row: the row in the file, from 0; None where it is about the file.
        found: what is there.
        expected: what should be.
    """

    code: FaultCode
    path: str
    row: int | None = None
    found: str
    expected: str

    def __str__(self) -> str:
        where = self.path or "warehouse"
        row = "" if self.row is None else f" row {self.row}"
        return f"{where}{row}: {self.code}: found {self.found}, expected {self.expected}"


def relative_path(root: Path, path: Path) -> str:
    """Returns a path as faults print it: below the warehouse's root, with forward slashes."""
    return path.relative_to(root).as_posix()
