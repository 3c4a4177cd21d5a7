"""A shard of the index: the entries of some articles, and which record stands for each of them.

An article's shard is told by the first bits of its id, so that all its fetches lie in one. What is
quarantined lies where the first bits of its digest say. The file has these sections:

- `entries`: of the articles, by id (`ENTRY`). With new ones the shard is made again;
- `articles`: of each article the record that stands for it (`ARTICLE`), by day of publication;
- `others`: the entries of what is quarantined, by landing day;
- `article_days` and `other_days`: of each day where its rows are in these two, what they span, and
  their digest (`DAY`). So what days hold is compared without reading their rows;
- `outlets`: what tells which names join which outlet (`NAMED`).
"""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tasks.publish.index import ENTRY, Entries, take
from tasks.publish.joined_outlets import MADE_OF_NAME, NAMED, tell_names
from tasks.publish.latest import ARTICLE, choose_articles
from tasks.storage.sections import (
    DamagedSectionError,
    Head,
    read_rows,
    read_section,
    write_sections,
)
from tasks.storage.warehouse import Warehouse

DAY = np.dtype(
    [
        ("day", "<i4"),
        # Where its rows are in their section.
        ("first", "<i8"),
        ("rows", "<i8"),
        # When the first and the last of them were published; zero where they are no articles.
        ("earliest", "<i8"),
        ("latest", "<i8"),
        # How many of them have an outlet whose id was made of a name.
        ("named", "<i8"),
        ("digest", "V32"),
    ]
)
ARTICLES, OTHERS = "articles", "others"
_DAYS = {ARTICLES: "article_days", OTHERS: "other_days"}
_KINDS = {ARTICLES: ARTICLE, OTHERS: ENTRY}
_ID_BITS = 64

Days = npt.NDArray[np.void]
Rows = npt.NDArray[np.void]


def shard_name(number: int, count: int) -> str:
    """Returns the name of a shard's file."""
    return f"shard-{number}-of-{count}"


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
    sections = {
        "entries": entries,
        ARTICLES: chosen,
        OTHERS: quarantined,
        _DAYS[ARTICLES]: _days_of(chosen, "published_date", chosen["published_at"]),
        _DAYS[OTHERS]: _days_of(quarantined, "landing_date", np.zeros(len(quarantined), "<i8")),
        "outlets": named,
    }
    write_sections(path, about, sections)


def read_entries_of(head: Head) -> Entries:
    """Reads all entries of a shard.

    Raises:
        DamagedSectionError: they are not as they were written.
    """
    others, articles = (read_section(head, name, ENTRY) for name in (OTHERS, "entries"))
    return np.concatenate([others, articles])


def read_names(head: Head) -> Rows:
    """Reads what a shard knows of names of outlets, as rows of `NAMED`; raises as above."""
    return read_section(head, "outlets", NAMED)


def read_days(head: Head, section: str) -> Days:
    """Reads what a shard says of the days of a section, as rows of `DAY`; raises as above."""
    return read_section(head, _DAYS[section], DAY)


def read_days_rows(head: Head, section: str, days: Days) -> Rows:
    """Reads the rows of some days of a section; raises as above.

    Args:
        head: of the shard.
        section: `ARTICLES` or `OTHERS`.
        days: of its days, in their order.
    """
    kind = _KINDS[section]
    found = [np.zeros(0, kind)]
    for run in _runs(days):
        first = int(run["first"][0])
        rows = read_rows(head, section, kind, first, int(run["rows"].sum()))
        for day in run:
            start = int(day["first"]) - first
            own = rows[start : start + int(day["rows"])]
            if hashlib.sha256(own.view(np.uint8).data).digest() != day["digest"].tobytes():
                raise DamagedSectionError(str(head.path))
        found.append(rows)
    return np.concatenate(found)


def _days_of(rows: Rows, key: str, instants: npt.NDArray[np.int64]) -> Days:
    """Describes the days of rows that are sorted by them."""
    values = np.ascontiguousarray(rows[key])
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]][: len(values)])
    days = np.zeros(len(starts), DAY)
    if len(starts):
        ends = np.r_[starts[1:], len(rows)]
        days["day"] = values[starts]
        days["first"], days["rows"] = starts, ends - starts
        days["earliest"] = np.minimum.reduceat(instants, starts)
        days["latest"] = np.maximum.reduceat(instants, starts)
        named = (rows["outlet"] == MADE_OF_NAME).astype(np.int64)
        days["named"] = np.add.reduceat(named, starts)
        content = np.ascontiguousarray(rows).view(np.uint8).data
        size = rows.dtype.itemsize
        digests = [
            hashlib.sha256(content[start * size : end * size]).digest()
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
        ]
        days["digest"] = np.frombuffer(b"".join(digests), "V32")
    return days


def _runs(days: Days) -> Iterator[Days]:
    """Yields days that lie one behind the other in the file together."""
    if len(days):
        gaps = np.flatnonzero(days["first"][1:] != days["first"][:-1] + days["rows"][:-1]) + 1
        yield from np.split(days, gaps)
