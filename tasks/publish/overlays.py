"""The overlay of a shard: what came since its base was made, so that a day's run writes a day.

An overlay holds the entries that came, and all rows of the days that they concern, as they are now:
the rows, in the order, and so with the digests that the shard made whole would have. The next run
makes it anew of the base, of what it held and of what comes then. Once it would be too large a
share of its base, or entries go, the shard is made whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tasks.publish.entry_blocks import find_entries, read_all
from tasks.publish.index import ENTRY, Entries, take
from tasks.publish.joined_outlets import tell_names
from tasks.publish.latest import choose_articles
from tasks.publish.shard_files import (
    ARTICLES,
    DAY_OF,
    OTHERS,
    Rows,
    Shard,
    count_rows,
    read_days,
    read_days_of,
    read_days_rows,
    read_names,
    write_parts,
)
from tasks.storage.warehouse import Warehouse

# The most rows of an overlay, as a share of its base's entries. A larger one costs each run more, a
# smaller one has the base made again more often: with a sixteenth every 15 days in a warehouse of a
# million records, every 150 in one of ten million.
LARGEST_SHARE = 1 / 16
# What rows of a day are sorted by, behind the day.
_ORDER = {ARTICLES: ("published_at", "id_head", "id_tail"), OTHERS: ("batch", "row")}

Dates = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Layer:
    """The days of a section that an overlay has.

    Attributes:
        section: of the shard.
        days: all that are to be in it.
        added: rows that come.
        replaced: heads of ids whose rows go.
    """

    section: str
    days: Dates
    added: Rows
    replaced: npt.NDArray[np.uint64]

    def count(self, shard: Shard) -> int:
        """Returns how many rows it has at most."""
        days = read_days(shard, self.section)
        return len(self.added) + int(days["rows"][np.isin(days["day"], self.days)].sum())

    def read(self, shard: Shard) -> Rows:
        """Returns its rows, in their order."""
        days = read_days(shard, self.section)
        kept = read_days_rows(shard, self.section, days[np.isin(days["day"], self.days)])
        kept = take(kept, ~np.isin(kept["id_head"], self.replaced))
        rows = np.concatenate([kept, self.added])
        names = (DAY_OF[self.section], *_ORDER[self.section])
        # lexsort sorts by its last key first.
        return take(rows, np.lexsort([rows[name] for name in reversed(names)]))


def write_overlay(
    warehouse: Warehouse,
    path: Path,
    token: str,
    batches: Sequence[str],
    shard: Shard,
    added: Entries,
) -> bool:
    """Writes the overlay of a shard anew.

    Args:
        warehouse: where records are read whose entries say too little to choose the latest.
        path: of the overlay.
        token: of the batches that the shard is then made of.
        batches: batch_ids by number.
        shard: as it is.
        added: its new entries.

    Returns:
        Whether it was written; not where it would be too large.

    Raises:
        DamagedSectionError: the shard is not as it was written.
    """
    largest = LARGEST_SHARE * count_rows(shard)
    if len(added) > largest:
        return False
    others, articles = take(added, ~added["is_article"]), take(added, added["is_article"])
    held = read_all(shard.overlay) if shard.overlay else np.zeros(0, ENTRY)
    heads = np.unique(articles["id_head"])
    fetches = [find_entries(shard.base, heads), take(held, np.isin(held["id_head"], heads))]
    concerned = _by_head(np.concatenate([*fetches, articles]))
    chosen = choose_articles(warehouse, batches, concerned)
    none = heads[:0]
    layers = [
        _Layer(ARTICLES, _days(shard, ARTICLES, concerned), chosen, heads),
        _Layer(OTHERS, _days(shard, OTHERS, others), others, none),
    ]
    entries = _by_head(np.concatenate([held, articles]))
    if len(entries) + sum(layer.count(shard) for layer in layers) > largest:
        return False
    rows = {layer.section: layer.read(shard) for layer in layers}
    emptied = {
        layer.section: np.setdiff1d(layer.days, rows[layer.section][DAY_OF[layer.section]])
        for layer in layers
    }
    named = tell_names(np.concatenate([read_names(shard), tell_names(added)]))
    about = {"made_of": token, "base": shard.base.digest}
    write_parts(path, about, entries, rows, named, emptied)
    return True


def _days(shard: Shard, section: str, concerned: Entries) -> Dates:
    """Returns the days that entries concern, and those that the overlay has."""
    held = read_days_of(shard.overlay, section)["day"] if shard.overlay else np.zeros(0, "<i4")
    return np.union1d(held, concerned[DAY_OF[section]])


def _by_head(entries: Entries) -> Entries:
    # Several runs that are each sorted are merged.
    return take(entries, np.argsort(entries["id_head"], kind="stable"))
