"""A shard of the index: the entries of some articles, and which record stands for each of them.

An article's shard is told by the first bits of its id, so that all its fetches lie in one. What is
quarantined lies where the first bits of its digest say. A shard is one file or two. The first, its
base, has these sections:

- `entries`, `entry_blocks`: of the articles, by id (`tasks.publish.entry_blocks`);
- `articles`: of each article the record that stands for it (`ARTICLE`), by day of publication;
- `others`: the entries of what is quarantined, by landing day;
- `article_days` and `other_days`: of each day where its rows are in these two, what they span, and
  their digest (`DAY`). So what days hold is compared without reading their rows;
- `outlets`: what tells which names join which outlet (`NAMED`);
- `batches`: the numbers of the batches that its entries are of.

The second, its overlay (`tasks.publish.overlays`), has the same sections. It names the digest of
its base. Its entries come on top of the base's. A day that it has takes the place of the base's,
and has no rows where nothing is left of it. Its outlets are those of both.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from tasks.publish.entry_blocks import count_all, read_all, sections_of
from tasks.publish.index import ENTRY, Entries, take
from tasks.publish.joined_outlets import NAMED, tell_names
from tasks.publish.latest import ARTICLE, choose_articles
from tasks.publish.shard_days import (
    ARTICLES,
    DAY,
    NO_DATES,
    OTHERS,
    Dates,
    Days,
    Rows,
    describe_days,
    runs_of,
)
from tasks.storage.sections import (
    DamagedSectionError,
    Head,
    read_head,
    read_rows,
    read_section,
    write_sections,
)
from tasks.storage.warehouse import Warehouse

_DAYS = {ARTICLES: "article_days", OTHERS: "other_days"}
# The types of their rows.
KINDS = {ARTICLES: ARTICLE, OTHERS: ENTRY}
_NUMBER = ENTRY["batch"]
_ID_BITS = 64


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard as it lies in its folder.

    Attributes:
        base: the head of its base.
        overlay: the head of its overlay, None where it has none.
    """

    base: Head
    overlay: Head | None = None

    @property
    def digest(self) -> str:
        """The digest of the heads, and so of all that the shard holds."""
        return f"{self.base.digest} {self.overlay.digest}" if self.overlay else self.base.digest

    @property
    def files(self) -> list[Head]:
        """The heads of its one or two files."""
        return [self.base, self.overlay] if self.overlay else [self.base]

    @property
    def made_of(self) -> str:
        """The token of the batches that it was made of."""
        token: str = (self.overlay or self.base).about["made_of"]
        return token


def shard_name(number: int, count: int) -> str:
    """Returns the name of a shard's base."""
    return f"shard-{number}-of-{count}"


def overlay_name(number: int, count: int) -> str:
    """Returns the name of a shard's overlay."""
    return f"overlay-{number}-of-{count}"


def find_shard(folder: Path, number: int, count: int) -> Shard | None:
    """Finds a shard; None where it has no base. An overlay of another base is none of its own."""
    base = read_head(folder / shard_name(number, count))
    overlay = read_head(folder / overlay_name(number, count))
    if base is None:
        return None
    is_own = overlay is not None and overlay.about.get("base") == base.digest
    return Shard(base, overlay if is_own else None)


def shards_of(entries: Entries, count: int) -> npt.NDArray[np.int64]:
    """Returns the number of the shard that each entry lies in.

    Args:
        entries: of any records.
        count: of shards, a power of two.
    """
    bits = count.bit_length() - 1
    if not bits:
        return np.zeros(len(entries), np.int64)
    digests = np.ascontiguousarray(entries["digest"]).view(">u8")[:: ENTRY["digest"].itemsize // 8]
    heads = np.where(entries["is_article"], entries["id_head"], digests.astype("<u8"))
    return (heads >> np.uint64(_ID_BITS - bits)).astype(np.int64)


def write_shard(
    warehouse: Warehouse,
    path: Path,
    about: dict[str, Any],
    batches: Sequence[str],
    entries: Entries,
) -> None:
    """Writes a shard's file.

    Args:
        warehouse: where records are read whose entries say too little to choose the latest.
        path: of the file.
        about: what it was made of.
        batches: batch_ids by number.
        entries: all of the shard; those of articles that were kept in their order.
    """
    others = np.flatnonzero(~entries["is_article"])
    some = entries[others]
    others = others[np.lexsort((some["row"], some["batch"], some["landing_date"]))]
    articles = np.flatnonzero(entries["is_article"])
    # What was kept and what is new are each sorted; numpy's stable sort merges such runs.
    articles = articles[np.argsort(entries["id_head"][articles], kind="stable")]
    named = tell_names(entries)
    quarantined, entries = take(entries, others), take(entries, articles)
    chosen = choose_articles(warehouse, batches, entries)
    # Most are in the order of their days already.
    chosen = take(chosen, np.argsort(chosen["published_date"], kind="stable"))
    write_parts(path, about, entries, {ARTICLES: chosen, OTHERS: quarantined}, named)


def write_parts(
    path: Path,
    about: dict[str, Any],
    entries: Entries,
    rows: dict[str, Rows],
    named: Rows,
    emptied: Mapping[str, Dates] = MappingProxyType({}),
) -> None:
    """Writes a base or an overlay.

    Args:
        path: of the file.
        about: what it was made of.
        entries: of articles, by the head of their id.
        rows: of `ARTICLES` and `OTHERS`, by day.
        named: rows of `NAMED`.
        emptied: of these two the days that have no rows.
    """
    days = {
        _DAYS[section]: describe_days(own, section, emptied.get(section, NO_DATES))
        for section, own in rows.items()
    }
    batches = np.union1d(entries["batch"], rows[OTHERS]["batch"])
    told = {"outlets": named, "batches": batches}
    write_sections(path, about, sections_of(entries) | rows | days | told)


def read_entries_of(shard: Shard) -> Entries:
    """Reads all entries of a shard.

    Raises:
        DamagedSectionError: they are not as they were written.
    """
    others = read_days_rows(shard, OTHERS, read_days(shard, OTHERS))
    return np.concatenate([others, *map(read_all, shard.files)])


def read_names(head: Head) -> Rows:
    """Reads what a file of a shard knows of names of outlets, as rows of `NAMED`; raises as above.

    An overlay knows those of its base.
    """
    return read_section(head, "outlets", NAMED)


def holds_any(head: Head, batches: Sequence[int]) -> bool:
    """Tells whether a file of a shard has entries of one of some batches; raises as above."""
    return bool(np.isin(read_section(head, "batches", _NUMBER), batches).any())


def read_days(shard: Shard, section: str) -> Days:
    """Reads what a shard says of the days of a section, as rows of `DAY`; raises as above."""
    days = read_days_of(shard.base, section)
    if shard.overlay is None:
        return days
    own = read_days_of(shard.overlay, section)
    days = np.concatenate([days[~np.isin(days["day"], own["day"])], own[own["rows"] > 0]])
    return days[np.argsort(days["day"], kind="stable")]


def read_days_of(head: Head, section: str) -> Days:
    """Reads what one file of a shard says of the days of a section; raises as above."""
    return read_section(head, _DAYS[section], DAY)


def read_days_rows(shard: Shard, section: str, days: Days) -> Rows:
    """Reads the rows of some days of a section, those of the overlay last; raises as above.

    Args:
        shard: whose.
        section: `ARTICLES` or `OTHERS`.
        days: of its days, in their order.
    """
    if shard.overlay is None:
        return _read_rows_of(shard.base, section, days)
    is_above = np.isin(days["day"], read_days_of(shard.overlay, section)["day"])
    below, above = days[~is_above], days[is_above]
    parts = [(shard.base, below), (shard.overlay, above)]
    return np.concatenate([_read_rows_of(head, section, some) for head, some in parts])


def count_rows(shard: Shard) -> int:
    """Returns how many entries the base of a shard has."""
    return count_all(shard.base) + shard.base.sections[OTHERS][1] // ENTRY.itemsize


def _read_rows_of(head: Head, section: str, days: Days) -> Rows:
    kind = KINDS[section]
    found = [np.zeros(0, kind)]
    for run in runs_of(days):
        first = int(run["first"][0])
        rows = read_rows(head, section, kind, first, int(run["rows"].sum()))
        for day in run:
            start = int(day["first"]) - first
            own = rows[start : start + int(day["rows"])]
            if hashlib.sha256(own.view(np.uint8).data).digest() != day["digest"].tobytes():
                raise DamagedSectionError(str(head.path))
        found.append(rows)
    return np.concatenate(found)
