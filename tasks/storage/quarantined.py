"""What lies in quarantine, and in which batches."""

from dataclasses import dataclass

from schemas.tables import QUARANTINE
from tasks.storage.parquet import read_table
from tasks.storage.warehouse import Warehouse

_COLUMNS = ("raw_path", "raw_offset", "reasons", "detail", "outlet_id", "outlet_name", "batch_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantinedDocument:
    """A document that is no article, by the columns of quarantine/."""

    raw_path: str
    raw_offset: int | None
    reasons: tuple[str, ...]
    detail: str
    outlet_id: str | None
    outlet_name: str | None
    batch_id: str


def list_quarantined(warehouse: Warehouse, reason: str | None = None) -> list[QuarantinedDocument]:
    """Returns the quarantined documents in order of their paths.

    Args:
        warehouse: where to look.
        reason: only those that have this code among their reasons.
    """
    documents = []
    for path in warehouse.partitions(QUARANTINE.name).values():
        rows = read_table(path, _COLUMNS).to_pylist()
        for row in rows:
            if reason is None or reason in row["reasons"]:
                reasons = tuple(row.pop("reasons"))
                documents.append(QuarantinedDocument(**row, reasons=reasons))
    return sorted(documents, key=lambda document: (document.raw_path, document.raw_offset or 0))


def quarantined_batches(warehouse: Warehouse, reason: str) -> frozenset[str]:
    """Returns the batch_ids that hold documents quarantined under a code."""
    return frozenset(document.batch_id for document in list_quarantined(warehouse, reason))
