"""The overlay of a shard: what came since its base was made, so that a day's run writes a day.

An overlay holds the entries that came, and all rows of the days that they concern, as they are now:
the rows, in the order, and so with the digests that the shard made whole would have. The next run
makes it anew of the base, of what it held and of what comes then. Once it would be too large a
share of its base, or entries of the base go, the shard is made whole.
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
from tasks.publish.shard_days import ARTICLES, DAY_OF, OTHERS, Dates, Rows
from tasks.publish.shard_files import (
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


@dataclass(frozen=True, slots=True)
class _Layer:
    """The days of a section that an overlay has.

    Attributes:
        section: of the shard.
        days: all that are to be in it.
        added: rows that come.
        replaced: heads of ids whose rows go.
        dropped: batches whose rows go.
    """

    section: str
    days: Dates
    added: Rows
    replaced: npt.NDArray[np.uint64]
    dropped: Sequence[int]

    def count(self, shard: Shard) -> int:
        """Returns how many rows it has at most."""
        days = read_days(shard, self.section)
        return len(self.added) + int(days["rows"][np.isin(days["day"], self.days)].sum())

    def read(self, shard: Shard) -> Rows:
        """Returns its rows, in their order."""
        days = read_days(shard, self.section)
        kept = read_days_rows(shard, self.section, days[np.isin(days["day"], self.days)])
        goes = np.isin(kept["id_head"], self.replaced) | np.isin(kept["batch"], self.dropped)
        kept = take(kept, ~goes)
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
    dropped: Sequence[int],
    added: Entries,
) -> bool:
    """Writes the overlay of a shard anew.

    Args:
        warehouse: where records are read whose entries say too little to choose the latest.
        path: of the overlay.
        token: of the batches that the shard is then made of.
        batches: batch_ids by number.
        shard: as it is.
        dropped: batches whose entries go; its base has none of them.
        added: its new entries.

    Returns:
        Whether it was written; not where it would be too large.

    Raises:
        DamagedSectionError: the shard is not as it was written.
    """
    largest = LARGEST_SHARE * count_rows(shard)
    if len(added) > largest:
        return False
    entries, layers = _lay(warehouse, batches, shard, dropped, added)
    if len(entries) + sum(layer.count(shard) for layer in layers) > largest:
        return False
    rows = {layer.section: layer.read(shard) for layer in layers}
    emptied = {
        layer.section: np.setdiff1d(layer.days, rows[layer.section][DAY_OF[layer.section]])
        for layer in layers
    }
    known = [read_names(shard.base), tell_names(entries), tell_names(rows[OTHERS])]
    about = {"made_of": token, "base": shard.base.digest}
    write_parts(path, about, entries, rows, tell_names(np.concatenate(known)), emptied)
    return True


def _lay(
    warehouse: Warehouse,
    batches: Sequence[str],
    shard: Shard,
    dropped: Sequence[int],
    added: Entries,
) -> tuple[Entries, list[_Layer]]:
    """Returns the entries of articles that an overlay has, by head, and its days; as above."""
    others, articles = take(added, ~added["is_article"]), take(added, added["is_article"])
    held = read_all(shard.overlay) if shard.overlay else np.zeros(0, ENTRY)
    goes = np.isin(held["batch"], dropped)
    gone, held = take(held, goes), take(held, ~goes)
    heads = np.union1d(articles["id_head"], gone["id_head"])
    fetches = [find_entries(shard.base, heads), take(held, np.isin(held["id_head"], heads))]
    concerned = _by_head(np.concatenate([*fetches, articles]))
    chosen = choose_articles(warehouse, batches, concerned)
    touched = _days(shard, ARTICLES, np.concatenate([concerned, gone]))
    return _by_head(np.concatenate([held, articles])), [
        _Layer(ARTICLES, touched, chosen, heads, dropped),
        _Layer(OTHERS, _days(shard, OTHERS, others), others, heads[:0], dropped),
    ]


def _days(shard: Shard, section: str, concerned: Entries) -> Dates:
    """Returns the days that entries concern, and those that the overlay has."""
    held = read_days_of(shard.overlay, section)["day"] if shard.overlay else np.zeros(0, "<i4")
    return np.union1d(held, concerned[DAY_OF[section]])


def _by_head(entries: Entries) -> Entries:
    # Several runs that are each sorted are merged.
    return take(entries, np.argsort(entries["id_head"], kind="stable"))
