"""The outlets in a warehouse that no registry knows."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tasks.normalize.outlets.resolve_outlet import DERIVED_PREFIX
from tasks.storage.locations import list_files
from tasks.storage.parquet import read_table
from tasks.storage.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class UnknownOutlet:
    """An unregistered outlet: how many staged documents it has, and how it is mostly printed.

    All but the number is None for documents whose outlet could not be told at all.
    """

    documents: int
    outlet_id: str | None
    name: str | None
    text: str | None


def count_unknown_outlets(warehouse: Path) -> list[UnknownOutlet]:
    """Counts the documents of each unregistered outlet, the most frequent first."""
    printed: Counter[tuple[str | None, str | None, str | None]] = Counter()
    for path in list_files(Warehouse(warehouse).records, "*.parquet"):
        columns = ["outlet_id", "outlet_name", "outlet_text"]
        table = read_table(path, columns)
        rows = zip(*(table.column(name).to_pylist() for name in columns), strict=True)
        printed.update(row for row in rows if row[0] is None or row[0].startswith(DERIVED_PREFIX))
    by_id: dict[str | None, list[tuple[int, str | None, str | None]]] = {}
    for (outlet_id, name, text), count in printed.items():
        by_id.setdefault(outlet_id, []).append((count, name, text))
    outlets = [_summarize(outlet_id, variants) for outlet_id, variants in by_id.items()]
    return sorted(outlets, key=lambda outlet: (-outlet.documents, outlet.outlet_id or ""))


def _summarize(
    outlet_id: str | None, variants: list[tuple[int, str | None, str | None]]
) -> UnknownOutlet:
    _, name, text = max(variants, key=lambda variant: (variant[0], variant[1] or ""))
    documents = sum(count for count, _, _ in variants)
    return UnknownOutlet(documents, outlet_id, name if outlet_id else None, text)
