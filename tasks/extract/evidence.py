"""What extraction found in a document, before anything is decided.

staged/ keeps an `Extraction` for every document, so that a new date rule or outlet is applied
without extracting again. Nothing here is interpreted: a clue is printed text and where it stood.
`position` tells people where that was. Rules read the other fields, never `position`.
"""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import TypeAdapter

from schemas.date_sources import DateSource
from schemas.reasons import Reason
from tasks.read.document import ContentForm


class DateKind(StrEnum):
    """What a date on a page is the date of, as far as its position tells."""

    PUBLISHED = "published"
    MODIFIED = "modified"
    CREATED = "created"
    EVENT = "event"
    PAGE_CLOCK = "page_clock"
    PRINT_EDITION = "print_edition"
    COMMENT = "comment"
    RELATED = "related"
    UNKNOWN = "unknown"


class Stand(StrEnum):
    """Where a date stands on its page, as far as that tells whose it is."""

    AFTER_TITLE = "after_title"
    BEFORE_TITLE = "before_title"
    ELSEWHERE = "elsewhere"  # a `<time>` or microdata far from the title
    SCATTERED = "scattered"  # a short text anywhere on the page
    WEB_PAGE = "web_page"  # JSON-LD that describes the page, not the article


@dataclass(frozen=True, slots=True, kw_only=True)
class DateClue:
    """A date as it is printed.

    Attributes:
        text: the printed text, untouched.
        source: what kind of position it stands in.
        position: where exactly, for a person: `NewsArticle.datePublished`, `line 4`.
        kind: what the position says this is the date of.
        name: of the field or element that holds it: `NewsArticle.datePublished`,
            `article:published_time`, `time`; "" where nothing does.
        stand: where on the page; None where that says nothing.
        line: its line in a text dump, from 1; None on a page.
        rank: how many stamps and paragraphs stand between it and the title; 0 where that means
            nothing.
    """

    text: str
    source: DateSource
    position: str
    kind: DateKind = DateKind.UNKNOWN
    name: str = ""
    stand: Stand | None = None
    line: int | None = None
    rank: int = 0


class OutletSource(StrEnum):
    """Where a name or a host stands that may be the outlet's: on a page, then in a text dump."""

    OG_SITE_NAME = "og:site_name"
    APPLICATION_NAME = "application-name"
    APP_TITLE = "app_title"
    APP_NAME = "app_name"
    HANDLE = "handle"
    PUBLISHER = "publisher"
    WEBSITE = "website"
    ORGANISATION = "organisation"
    ALTERNATE = "alternate"
    COPYRIGHT = "copyright"
    TITLE_PREFIX = "title_prefix"
    TITLE_SUFFIX = "title_suffix"
    SEARCH = "search"
    FEED = "feed"
    HOME_LINK = "home_link"
    ABOUT = "about"
    BASE = "base"
    HOST = "host"
    HOST_OF_ALTERNATE = "host_of_alternate"
    HOST_OF_IMAGE = "host_of_image"
    HOST_OF_LINKS = "host_of_links"
    HOST_OF_MAIL = "host_of_mail"
    HOST_OF_SHARES = "host_of_shares"
    LOCALE = "locale"
    ADDRESS_COUNTRY = "address_country"

    SELF_REFERENCE = "self_reference"
    DATELINE_MARK = "dateline_mark"
    COPYRIGHT_LINE = "copyright_line"
    COPYRIGHT_NAME = "copyright_name"
    CREDIT_LINE = "credit_line"
    PRINTED_ADDRESS = "printed_address"
    PRINTED_HOST_ALONE = "printed_host_alone"
    PRINTED_MAIL = "printed_mail"
    PRINTED_HOST = "printed_host"
    PRINTED_NAME_HOST = "printed_name_host"
    TITLE_TAIL = "title_tail"
    TITLE_DASH = "title_dash"
    EDGE_LINE = "edge_line"
    LABEL_LINE = "label_line"
    SUBSCRIPTION = "subscription"
    INVITATION = "invitation"
    AFFILIATION = "affiliation"
    BELONGING = "belonging"
    TELLING = "telling"
    EAST_ASIAN = "east_asian"
    BRAND = "brand"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletClue:
    """A name or a host that may be the outlet's, as printed.

    Attributes:
        text, source, position: as for dates.
        href: where a link that this text labels leads; None where it labels none.
        count: how many lines of a dump print it, or how many links lead to it.
        total: how many links of this source there are; None where links are not counted.
    """

    text: str
    source: OutletSource
    position: str
    href: str | None = None
    count: int = 1
    total: int | None = None


class TextSource(StrEnum):
    """Where a title, a credit or an address of the page stands."""

    JSON_LD = "json_ld"
    MICRODATA = "microdata"
    META = "meta"
    OG_TITLE = "og:title"
    TWITTER_TITLE = "twitter:title"
    H1 = "h1"
    H2 = "h2"
    TITLE = "title"
    BYLINE = "byline"
    LINE = "line"  # of a text dump
    CANONICAL = "canonical"
    AMP = "amp"
    OG_URL = "og:url"
    SAVED_FROM = "saved_from"
    ROW = "row"  # of a crawler's export


@dataclass(frozen=True, slots=True, kw_only=True)
class TextClue:
    """A title, an author or an address, as printed; the fields are as for dates."""

    text: str
    source: TextSource
    position: str


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
    SIGN_OFF = "sign_off"  # the outlet's own name under or over the article
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
class AsFound:
    """What becomes columns of the record just as it was found.

    Attributes:
        title: the headline, None where none was found; `title_source` names where from.
        section: that the page files it under; where it is None `section_source` says why, or is
            None too: the page declares none.
        description: that the page declares; `description_source` likewise.
        authors: names of persons, in the order printed; where none is named, the organisation
            that is credited.
        language: ISO 639-1 code, None where it could not be told.
        tags: keywords given by the page.
    """

    title: str | None = None
    title_source: str | None = None
    section: str | None = None
    section_source: str | None = None
    description: str | None = None
    description_source: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction(AsFound):
    """All that later steps need to know of a document.

    Attributes:
        form: HTML or plain text.
        text: the article's text, paragraphs separated by one newline; empty where none was found.
        urls: addresses the page gives for itself: `canonical`, `og:url`, `json_ld`, `saved_from`,
            `amp`.
        titles: every title candidate with its source.
        dates: every date on the page with its position.
        outlets: every name and host that may be the outlet's.
        credits: bylines and credit lines as printed, for authors and the wire.
        quotes: tickers as printed: each a line or a widget's text that holds exchange rates.
        blocks: the classified lines of a text dump; empty for a page.
        refusal: why the document is no article although this much was found; None for an article.
        refusal_detail: what was seen, for a person.
        unread_chars: characters of running text that the page shows and `text` lacks; None for a
            text dump.
    """

    form: ContentForm
    text: str
    urls: tuple[TextClue, ...] = ()
    titles: tuple[TextClue, ...] = ()
    dates: tuple[DateClue, ...] = ()
    outlets: tuple[OutletClue, ...] = ()
    credits: tuple[TextClue, ...] = ()
    quotes: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    refusal: Reason | None = None
    refusal_detail: str = ""
    unread_chars: int | None = None


EXTRACTION_JSON = TypeAdapter(Extraction)
