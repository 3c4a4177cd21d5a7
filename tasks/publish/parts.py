"""What each published file holds, in a few numbers: read from its rows once, then remembered."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from schemas.tables import ARTICLES, MONEY, QUARANTINE
from tasks.storage.caches import FileMemo, caches_folder
from tasks.storage.parquet import read_table
from tasks.storage.warehouse import Warehouse

# Of the summaries below. It is raised when they change, so that remembered ones are not used.
_VERSION = "1"

FileSummary = dict[str, Any]


class PublishedParts:
    """The summaries of a warehouse's published files."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self._memo = FileMemo(caches_folder(warehouse) / "published", _VERSION, _find)

    def of(self, dataset: str) -> list[FileSummary]:
        """Returns the summary of each file of `articles`, `money` or `quarantine`, by partition.

        Of every file `rows`. Of articles also `revisions`, `outlets` and `languages` (the distinct
        ones, sorted), `unknown_outlet` and `day_only` (how many), `first_date` and `last_date`
        (ISO), and `example`, a raw path. Of money `mentions` and `quotes`. Of quarantine `reasons`:
        how many documents have each.
        """
        return [self._memo[path] for path in self._warehouse.partitions(dataset).values()]

    def keep(self) -> None:
        """Remembers what was asked for; only the holder of the warehouse may call it."""
        self._memo.keep()


def count_reasons(warehouse: Warehouse) -> dict[str, int]:
    """Counts quarantined documents by reason, the most frequent first."""
    counts: Counter[str] = Counter()
    for part in PublishedParts(warehouse).of(QUARANTINE.name):
        counts.update(part["reasons"])
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _find(path: Path) -> FileSummary:
    columns, find = _FINDERS[path.parent.parent.name]
    rows = read_table(path, columns)
    return {"rows": rows.num_rows, **find(rows)}


def _find_articles(rows: pa.Table) -> FileSummary:
    days = pc.min_max(rows["published_date"]).as_py()
    return {
        "revisions": pc.sum(rows["revision_count"]).as_py() or 0,
        "outlets": _distinct(rows["outlet_id"]),
        "unknown_outlet": rows["outlet_id"].null_count,
        "first_date": days["min"] and days["min"].isoformat(),
        "last_date": days["max"] and days["max"].isoformat(),
        "day_only": _count(rows["published_precision"], "day"),
        "languages": _distinct(rows["language"]),
        "example": rows["raw_path"][0].as_py() if rows.num_rows else None,
    }


def _find_money(rows: pa.Table) -> FileSummary:
    return {"mentions": _count(rows["kind"], "mention"), "quotes": _count(rows["kind"], "quote")}


def _find_quarantined(rows: pa.Table) -> FileSummary:
    return {"reasons": Counter(pc.list_flatten(rows["reasons"]).to_pylist())}


def _distinct(column: pa.ChunkedArray) -> list[str]:
    return sorted(pc.unique(column.drop_null()).to_pylist())


def _count(column: pa.ChunkedArray, value: str) -> int:
    return int(pc.sum(pc.equal(column, value)).as_py() or 0)


_FINDERS: dict[str, tuple[tuple[str, ...], Callable[[pa.Table], FileSummary]]] = {
    ARTICLES.name: (
        (
            "revision_count",
            "outlet_id",
            "published_date",
            "published_precision",
            "language",
            "raw_path",
        ),
        _find_articles,
    ),
    MONEY.name: (("kind",), _find_money),
    QUARANTINE.name: (("reasons",), _find_quarantined),
}
