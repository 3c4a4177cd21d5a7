"""What extraction found in a document, before anything is decided.

staged/ keeps an `Extraction` for every document, so that a new date rule or outlet is applied
without extracting again. Nothing here is interpreted: a clue is printed text and where it stood.
"""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import TypeAdapter

from schemas.reasons import Reason
from tasks.read.document import Form


class DateKind(StrEnum):
    """What a date on a page is the date of, as far as its place tells."""

    PUBLISHED = "published"
    MODIFIED = "modified"
    CREATED = "created"
    EVENT = "event"
    PAGE_CLOCK = "page_clock"
    PRINT_EDITION = "print_edition"
    COMMENT = "comment"
    RELATED = "related"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateClue:
    """A date as it is printed.

    Attributes:
        text: the printed text, untouched.
        source: `json_ld`, `meta`, `microdata`, `time`, `byline`, `dateline`, `url`, `feed`,
            `header`, `line`, ...
        place: where exactly, for a person: `NewsArticle.datePublished`, `line 4`.
        kind: what the place says this is the date of.
        rank: how many stamps and paragraphs stand between it and the title; 0 where that means
            nothing.
    """

    text: str
    source: str
    place: str
    kind: DateKind = DateKind.UNKNOWN
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletClue:
    """A name or a host that may be the outlet's, as printed; `source` and `place` as for dates."""

    text: str
    source: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextClue:
    """A title, an author or an address, as printed; `source` and `place` as for dates."""

    text: str
    source: str
    place: str


class BlockKind(StrEnum):
    """What a line of a text dump is."""

    TITLE = "title"
    LEAD = "lead"
    BYLINE = "byline"
    DATE = "date"
    BODY = "body"
    CAPTION = "caption"
    TAGS = "tags"
    RELATED = "related"
    MENU = "menu"
    TICKER = "ticker"
    PAGE_CLOCK = "page_clock"
    AUTHOR_BIO = "author_bio"
    SIGNATURE = "signature"  # the outlet's own name under or over the article
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One line of a text dump and what it was taken for.

    Attributes:
        line: its number in the document, from 1.
        text: the line without surrounding white space.
        kind: what it is.
        reason: the rule that says so.
    """

    line: int
    text: str
    kind: BlockKind
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that later steps need to know of a document.

    Attributes:
        form: HTML or plain text.
        text: the article's text, paragraphs separated by one newline; empty where none was found.
        title: the headline, None where none was found; `title_source` names where from.
        authors: names of persons, in the order printed; where none is named, the organisation
            that is credited.
        language: ISO 639-1 code, None where it could not be told.
        tags: keywords given by the page.
        urls: addresses the page gives for itself: `canonical`, `og:url`, `json_ld`, `saved_from`,
            `amp`.
        titles: every title candidate with its source.
        dates: every date on the page with its place.
        outlets: every name and host that may be the outlet's.
        credits: bylines and credit lines as printed, for authors and the wire.
        quotes: tickers as printed: each a line or a widget's text that holds exchange rates.
        blocks: the classified lines of a text dump; empty for a page.
        refusal: why the document is no article although this much was found; None for an article.
        refusal_detail: what was seen, for a person.
    """

    form: Form
    text: str
    title: str | None = None
    title_source: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    tags: tuple[str, ...] = ()
    urls: tuple[TextClue, ...] = ()
    titles: tuple[TextClue, ...] = ()
    dates: tuple[DateClue, ...] = ()
    outlets: tuple[OutletClue, ...] = ()
    credits: tuple[TextClue, ...] = ()
    quotes: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    refusal: Reason | None = None
    refusal_detail: str = ""


EXTRACTION_JSON = TypeAdapter(Extraction)
