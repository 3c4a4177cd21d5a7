"""The articles that a record is a copy or a revision of, and those that are its."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tasks.inspect.warehouse_tables import Tables

# An agency's text may stand in hundreds of outlets.
MAX_LISTED = 20
_COLUMNS = (
    "article_id, title, outlet_id, outlet_name, published_date, fetched_at, raw_path, raw_offset"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """Another record: an article, or an earlier revision of one."""

    article_id: str
    title: str | None
    outlet_id: str | None
    outlet_name: str | None
    published_date: date | None
    fetched_at: datetime | None
    raw_path: str
    raw_offset: int | None

    @property
    def name(self) -> str:
        """What `newsmill explain` calls it."""
        return self.raw_path if self.raw_offset is None else f"{self.raw_path}#{self.raw_offset}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relatives:
    """What stands around a record.

    Attributes:
        article: the published row with its article_id; None where there is none.
        original: the article that this one repeats.
        copies: articles that repeat this one, at most `MAX_LISTED`; copy_count: how many there are.
        revisions: the other accepted records of the article, the latest first.
    """

    article: Relative | None = None
    original: Relative | None = None
    copies: tuple[Relative, ...] = ()
    copy_count: int = 0
    revisions: tuple[Relative, ...] = ()


def find_relatives(tables: Tables, article_ids: Iterable[str]) -> dict[str, Relatives]:
    """Returns the relatives of articles by article_id.

    Args:
        tables: with all staged batches where revisions are to be found too.
        article_ids: of the articles.
    """
    ids = set(article_ids)
    published: dict[str, Relative] = {}
    originals: dict[str, str] = {}
    copies: dict[str, list[tuple[Relative, int]]] = defaultdict(list)
    # One look at all files: to open them takes longer than to look for so few.
    for *row, original, count, nth in tables.rows(
        f"SELECT {_COLUMNS}, duplicate_of, count(*) OVER (PARTITION BY duplicate_of), row_number()"  # noqa: S608
        " OVER (PARTITION BY duplicate_of ORDER BY published_date, article_id) AS nth FROM articles"
        " WHERE list_contains($ids, article_id) OR list_contains($ids, duplicate_of)"
        " QUALIFY list_contains($ids, article_id) OR nth <= $listed"
        " ORDER BY published_date, article_id",
        ids=sorted(ids),
        listed=MAX_LISTED,
    ):
        article = _relative(row)
        if article.article_id in ids:
            published[article.article_id] = article
            if original:
                originals[article.article_id] = original
        if original in ids and nth <= MAX_LISTED:
            copies[original].append((article, count))
    known = published | _read_articles(tables, set(originals.values()) - published.keys())
    revisions: dict[str, list[Relative]] = defaultdict(list)
    for revision in tables.rows(
        f"SELECT {_COLUMNS} FROM staged WHERE fate = 'accepted'"  # noqa: S608
        " AND list_contains($ids, article_id)"
        " ORDER BY fetched_at DESC NULLS LAST, landing_date DESC, raw_path, raw_offset",
        ids=sorted(ids),
    ):
        revisions[revision[0]].append(_relative(revision))
    return {
        article_id: Relatives(
            article=published.get(article_id),
            original=known.get(originals.get(article_id, "")),
            copies=tuple(copy for copy, _ in copies[article_id]),
            copy_count=max((count for _, count in copies[article_id]), default=0),
            revisions=tuple(revisions[article_id]),
        )
        for article_id in ids
    }


def _read_articles(tables: Tables, ids: Collection[str]) -> dict[str, Relative]:
    if not ids:
        return {}
    found = tables.rows(
        f"SELECT {_COLUMNS} FROM articles WHERE list_contains($ids, article_id)",  # noqa: S608
        ids=sorted(ids),
    )
    return {row[0]: _relative(row) for row in found}


def _relative(row: Iterable[Any]) -> Relative:
    names = (name.strip() for name in _COLUMNS.split(","))
    return Relative(**dict(zip(names, row, strict=True)))
