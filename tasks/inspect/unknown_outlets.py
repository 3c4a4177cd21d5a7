"""The outlets in a warehouse that no registry knows."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from tasks.normalize.outlets.derived_ids import DERIVED_PREFIX
from tasks.publish.joined_outlets import COLUMNS, joined_ids
from tasks.storage.locations import list_files
from tasks.storage.parquet import read_table
from tasks.storage.warehouse import Warehouse

_COLUMNS = (*COLUMNS, "outlet_text")


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
    counts: Counter[tuple[str | None, ...]] = Counter()
    for path in list_files(Warehouse(warehouse).records, "*.parquet"):
        table = read_table(path, _COLUMNS)
        counts.update(zip(*(table[name].to_pylist() for name in _COLUMNS), strict=True))
    columns = zip(*counts, strict=True) if counts else ((),) * len(_COLUMNS)
    distinct = dict(zip(_COLUMNS, columns, strict=True))
    ids = joined_ids(pa.table({name: pa.array(distinct[name], pa.string()) for name in _COLUMNS}))
    printed: Counter[tuple[str | None, str | None, str | None]] = Counter()
    for outlet_id, name, text, count in zip(
        ids, distinct["outlet_name"], distinct["outlet_text"], counts.values(), strict=True
    ):
        if outlet_id is None or outlet_id.startswith(DERIVED_PREFIX):
            printed[outlet_id, name, text] += count
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
