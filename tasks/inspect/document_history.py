"""The revisions of an article: every fetch that was accepted, in order, and what each changed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from schemas.tables import ARTICLES, STAGED
from tasks.inspect.explanation import find_records
from tasks.inspect.text_diff import Paragraph, diff_texts
from tasks.inspect.warehouse_tables import Tables
from tasks.publish.latest import order_revisions
from tasks.storage.records import read_records, staged_batches
from tasks.storage.warehouse import Warehouse

# Compared paragraph by paragraph; its digest then says nothing more.
_TEXT = ("text", "content_digest")
_READ = tuple(name for name in ARTICLES.names if name in STAGED.names)
_COMPARED = tuple(
    column.name
    for column in ARTICLES.columns
    if column.name in _READ and column.name not in _TEXT and not column.is_of_fetch
)
_SHOWN = (
    "raw_path",
    "raw_offset",
    "fetched_at",
    "landing_date",
    "title",
    "published_at",
    "published_date",
    "word_count",
    "content_digest",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A column that differs from the revision before."""

    column: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """An accepted record of an article.

    Attributes:
        is_published: whether this is the row of articles/.
        changes: what differs from the revision before, by column; empty for the first.
        text: what happened to the paragraphs since then; empty for the first, and where the text
            is the same.
    """

    raw_path: str
    raw_offset: int | None
    fetched_at: datetime | None
    landing_date: date | None
    title: str | None
    published_at: datetime | None
    published_date: date | None
    word_count: int
    content_digest: str
    is_published: bool
    changes: tuple[FieldChange, ...] = ()
    text: tuple[Paragraph, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        """Whether the fetch found what the one before had found; so has the first."""
        return not self.changes and not self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """An article's revisions, the earliest first.

    Attributes:
        quarantined: fetches of the same address that are no article, by their raw paths.
    """

    article_id: str
    canonical_url: str | None
    revisions: tuple[Revision, ...]
    quarantined: tuple[str, ...]


def read_histories(warehouse: Warehouse, wanted: str) -> list[History] | None:
    """Returns the histories of the articles that a word names, by article_id.

    Args:
        warehouse: where to look.
        wanted: an article_id or the beginning of one (8 digits or more), a raw path, optionally
            with `#OFFSET`, or a URL.

    Returns:
        None where no document has that name; nothing where those that have it are no articles.
    """
    tables = Tables(warehouse, list(staged_batches(warehouse)))
    keys = find_records(tables, wanted)
    ids = {
        read_records(warehouse, key.batch_id, ["article_id"])["article_id"][key.row].as_py()
        for key in keys
    }
    if not keys:
        return None
    found = (_read_history(warehouse, tables, article_id) for article_id in sorted(ids - {None}))
    return [history for history in found if history.revisions]


def _read_history(warehouse: Warehouse, tables: Tables, article_id: str) -> History:
    holding = tables.rows(
        "SELECT DISTINCT batch_id FROM staged WHERE article_id = $article_id", article_id=article_id
    )
    judged = [batch for (batch,) in holding if (warehouse.verdicts / f"{batch}.parquet").exists()]
    keys = order_revisions(warehouse, judged, article_id)
    records = [_read_record(warehouse, batch_id, row) for batch_id, row in keys]
    published = tables.rows(
        "SELECT raw_path, raw_offset FROM articles WHERE article_id = $article_id",
        article_id=article_id,
    )
    quarantined = tables.rows(
        "SELECT raw_path || coalesce('#' || raw_offset, '') AS document FROM quarantine"
        " WHERE article_id = $article_id ORDER BY document",
        article_id=article_id,
    )
    return History(
        article_id=article_id,
        canonical_url=records[-1]["canonical_url"] if records else None,
        revisions=tuple(
            _describe(record, before, (record["raw_path"], record["raw_offset"]) in published)
            for record, before in zip(records, [None, *records], strict=False)
        ),
        quarantined=tuple(document for (document,) in quarantined),
    )


def _read_record(warehouse: Warehouse, batch_id: str, row: int) -> dict[str, Any]:
    record: dict[str, Any] = read_records(warehouse, batch_id, _READ).slice(row, 1).to_pylist()[0]
    return record


def _describe(
    record: dict[str, Any], before: dict[str, Any] | None, is_published: bool
) -> Revision:
    changes: tuple[FieldChange, ...] = ()
    text: tuple[Paragraph, ...] = ()
    if before is not None:
        changes = tuple(
            FieldChange(column=name, old=before[name], new=record[name])
            for name in _COMPARED
            if before[name] != record[name]
        )
        if before["text"] != record["text"]:
            text = diff_texts(before["text"], record["text"])
    return Revision(
        **{name: record[name] for name in _SHOWN},
        is_published=is_published,
        changes=changes,
        text=text,
    )
