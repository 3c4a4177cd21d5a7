"""The outlets in a warehouse that no registry knows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from tasks.normalize.outlets.derived_ids import DERIVED_PREFIX
from tasks.publish.joined_outlets import COLUMNS, joined_ids
from tasks.storage.locations import list_files
from tasks.storage.parquet import read_table
from tasks.storage.warehouse import Warehouse

_COLUMNS = (*COLUMNS, "outlet_text", "outlet_country", "language")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownOutlet:
    """An unregistered outlet, as most of its staged documents have it.

    Documents whose outlet could not be told at all are counted as one without an id.

    Attributes:
        documents: how many.
        outlet_id: as published; None where nothing tells the outlet.
        name: as published.
        text: as printed.
        domain: its address, where the documents tell one.
        country: ISO 3166-1 alpha-2.
        language: ISO 639-1, of most of its texts.
        example: the raw path of a document, in a container with `#OFFSET`.
    """

    documents: int
    outlet_id: str | None
    name: str | None
    text: str | None
    domain: str | None
    country: str | None
    language: str | None
    example: str


def count_unknown_outlets(warehouse: Path) -> list[UnknownOutlet]:
    """Counts the documents of each unregistered outlet, the most frequent first."""
    counts: Counter[tuple[str | None, ...]] = Counter()
    examples: dict[tuple[str | None, ...], str] = {}
    for path in list_files(Warehouse(warehouse).records, "*.parquet"):
        table = read_table(path, (*_COLUMNS, "raw_path", "raw_offset"))
        keys = list(zip(*(table[name].to_pylist() for name in _COLUMNS), strict=True))
        counts.update(keys)
        origins = zip(table["raw_path"].to_pylist(), table["raw_offset"].to_pylist(), strict=True)
        for key, (raw_path, offset) in zip(keys, origins, strict=True):
            examples.setdefault(key, raw_path if offset is None else f"{raw_path}#{offset}")
    rows = [dict(zip(_COLUMNS, key, strict=True)) for key in counts]
    schema = pa.schema([(name, pa.string()) for name in _COLUMNS])
    ids = joined_ids(pa.Table.from_pylist(rows, schema))
    by_id: dict[str | None, list[tuple[int, dict[str, str | None], str]]] = {}
    for outlet_id, row, key in zip(ids, rows, counts, strict=True):
        if outlet_id is None or outlet_id.startswith(DERIVED_PREFIX):
            by_id.setdefault(outlet_id, []).append((counts[key], row, examples[key]))
    outlets = [_summarize(outlet_id, variants) for outlet_id, variants in by_id.items()]
    return sorted(outlets, key=lambda outlet: (-outlet.documents, outlet.outlet_id or ""))


def _summarize(
    outlet_id: str | None, variants: Sequence[tuple[int, dict[str, str | None], str]]
) -> UnknownOutlet:
    def most(name: str) -> str | None:
        """Returns the value that most documents have, of those that have one."""
        counts: Counter[str] = Counter()
        for count, row, _ in variants:
            if value := row[name]:
                counts[value] += count
        return max(counts, key=lambda value: (counts[value], value), default=None)

    return UnknownOutlet(
        documents=sum(count for count, _, _ in variants),
        outlet_id=outlet_id,
        name=most("outlet_name") if outlet_id else None,
        text=most("outlet_text"),
        domain=most("outlet_domain") if outlet_id else None,
        country=most("outlet_country") if outlet_id else None,
        language=most("language") if outlet_id else None,
        example=min(example for _, _, example in variants),
    )
