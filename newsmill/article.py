"""What one page says, as Python reads it: a row of `articles` with its rows of `money`."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from schemas.columns import COPIES_COLUMNS, LINEAGE_COLUMNS
from schemas.rows import require_fields
from schemas.tables import ARTICLES
from tasks.normalize.record import MoneyRow, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A page, read. Its fields are the columns of `articles`, which docs/columns.md describes.

    A field that cannot be known is None, never a guess. A page that is no article has `reasons`,
    and what could be read of it.

    Attributes:
        money: the amounts in its text and the exchange rates on the page, in order; fields as the
            columns of `money`. `text[start:end]` is the surface of a mention.
        reasons: why a run would quarantine it; empty for an article. Codes as in docs/columns.md.
        detail: what was seen where there are reasons, for a person.
        faults: what of the page or its address was damaged, and how it was read.
        text_share: how much of the page's running text `text` holds, 0 to 1; None for a text dump.
    """

    article_id: str | None
    url: str | None
    canonical_url: str | None
    outlet_id: str | None
    outlet_name: str | None
    outlet_country: str | None
    outlet_domain: str | None
    outlet_text: str | None
    outlet_rule: str | None
    wire: str | None
    title: str | None
    title_source: str | None
    section: str | None
    section_source: str | None
    description: str | None
    description_source: str | None
    text: str | None
    word_count: int | None
    authors: tuple[str, ...]
    language: str | None
    tags: tuple[str, ...]
    dateline_place: str | None
    published_at: datetime | None
    published_date: date | None
    published_precision: str | None
    published_text: str | None
    published_source: str | None
    published_offset_minutes: int | None
    modified_at: datetime | None
    fetched_at: datetime | None
    content_digest: str | None
    money: tuple[MoneyRow, ...]
    reasons: tuple[str, ...]
    detail: str
    faults: tuple[str, ...]
    text_share: float | None

    @property
    def is_article(self) -> bool:
        """Whether a run would accept it; the expectations of a whole run are not looked at."""
        return not self.reasons


_NAMES = tuple(field.name for field in fields(Article))
# What a run adds to a page: where it lies in raw/, and the pages beside it.
_OF_A_RUN = {column.name for column in (*COPIES_COLUMNS, *LINEAGE_COLUMNS)} - {"content_digest"}
_OF_A_PAGE = ("money", "reasons", "detail", "faults", "text_share")
require_fields(Article, (*(name for name in ARTICLES.names if name not in _OF_A_RUN), *_OF_A_PAGE))


def article_of(record: Record) -> Article:
    """Returns what a record says of its page."""
    return Article(**{name: getattr(record, name) for name in _NAMES})
