"""Pages that hold no article: listings, consent walls, errors, paywall stubs, empty shells.

Rejecting an article is worse than publishing a stub. So no rule goes by one word. Each asks for two
signs: little text (or text that is not an article's), and what the page calls itself.
"""

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import etree

from schemas.reasons import Reason
from tasks.extract.page.page_phrases import (
    CONSENT_TEXT,
    ERROR_TEXT,
    ERROR_TITLE,
    PAYWALL_TEXT,
    SHELL_TEXT,
)
from tasks.extract.page.parsed_page import Page, parse_html
from tasks.extract.page.structured_data import ARTICLE_TYPES, StructuredData, nodes_of, types_of
from tasks.printed.characters import characters_of
from tasks.printed.squashing import squash

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LISTING_TYPES = frozenset({"CollectionPage", "SearchResultsPage", "ProfilePage"})

# Lengths in characters; scripts that write words without spaces say the same in half of them.
_TRACE = 80
_SHELL_VISIBLE = 600
_ERROR_TEXT = 1_200
_UNTITLED_ERROR_TEXT = 600
_CONSENT_TEXT = 3_000
_STUB_TEXT = 500
_TEASER = 350
_MIN_CARDS = 15
# A page that calls itself a collection needs fewer cards to be believed.
_MIN_DECLARED_CARDS = 6
# Without a type or an address that says so, all of the page must be cards.
_MIN_BARE_CARDS = 10
_MAX_OWN_CHARS = 200
_FRONT_LINKED_SHARE = 0.5
_MIN_TOLD = 5
# How far above its text a card's box is.
_CARD_DEPTH = 2
_HEADING_TAGS = ("<h1", "<h2", "<h3", "<h4")
_MIN_CONSENT_SIGNS = 3
_LINKED_SHARE = 0.3
_TAG = re.compile(r"</?[a-zA-Z][\w-]{0,20}(?:\s[^<>]{0,500})?/?>")
_TAG_START = re.compile(rf"\s*(?:<!doctype [^<>]{{0,200}}>|{_TAG.pattern})", re.IGNORECASE)
_DATA_START = re.compile(r'(?<!\s)\s*+(?:\[\s*+)?\{\s*"[^"\n]{1,60}"\s*:')
_MIN_TAGS = 4
_FIRST_WIDE = "\u2e80"
_WIDE = re.compile(f"[{_FIRST_WIDE}-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class _Found:
    """What extraction found on a page, as the rules look at it.

    Attributes:
        length: characters of text; those of scripts without spaces count twice.
        is_article: the page calls itself an article.
        has_article_node: it does so in JSON-LD, not only in og:type.
    """

    page: Page
    title: str
    text: str
    length: int
    is_article: bool
    has_article_node: bool


_Verdict = tuple[Reason, str] | None


def find_refusal(page: Page, title: str | None, text: str) -> tuple[Reason | None, str]:
    """Tells why a page is no article.

    Args:
        page: the page; its tree is not looked at, for the text extractor consumed it.
        title: the chosen headline.
        text: the extracted text.

    Returns:
        The reason and what was seen; (None, "") for an article.
    """
    has_node = next(nodes_of(page.structured, ARTICLE_TYPES), None) is not None
    is_article = has_node or _is_typed_article(page.structured)
    found = _Found(page, title or "", text, _length(text), is_article, has_node)
    rules = (_find_source, _find_error, _find_consent, _find_listing, _find_stub, _find_nothing)
    for rule in rules:
        verdict = rule(found)
        if verdict is not None:
            return verdict
    return None, ""


def _find_source(found: _Found) -> _Verdict:
    """A page escaped once too often, or a script's data: the text is its source.

    Articles on programming print tags as well, but do not begin with them.
    """
    if _DATA_START.match(found.text):
        return Reason.TEXT_MISSING, "data instead of a text"
    if _TAG_START.match(found.text) and len(_TAG.findall(found.text)) >= _MIN_TAGS:
        return Reason.TEXT_MISSING, "escaped HTML instead of a text"
    return None


def _find_error(found: _Found) -> _Verdict:
    if found.is_article or found.length >= _ERROR_TEXT:
        return None
    if ERROR_TITLE.match(found.title):
        return Reason.PAGE_IS_ERROR, f"titled {found.title!r}"
    match = ERROR_TEXT.search(found.text) if found.length < _UNTITLED_ERROR_TEXT else None
    return (Reason.PAGE_IS_ERROR, f"says {match[0]!r}") if match else None


def _find_consent(found: _Found) -> _Verdict:
    if found.length >= _CONSENT_TEXT:
        return None
    signs = _count_consent_signs(found.text)
    if signs < _MIN_CONSENT_SIGNS:
        return None
    lines = [line for line in found.text.split("\n") if line.strip()]
    about = sum(1 for line in lines if any(sign.search(line) for sign in CONSENT_TEXT))
    if about < len(lines) / 2:
        return None
    return Reason.PAGE_IS_CONSENT, f"{signs} signs of a consent wall in {found.length} characters"


def _count_consent_signs(text: str) -> int:
    """Returns how many signs of a consent wall a text has, 0 where too few for one are left."""
    signs = 0
    for tried, sign in enumerate(CONSENT_TEXT, start=1):
        signs += sign.search(text) is not None
        if signs + len(CONSENT_TEXT) - tried < _MIN_CONSENT_SIGNS:
            return 0
    return signs


def _find_listing(found: _Found) -> _Verdict:
    """A listing consists of cards and says that it is one: by type, by address, by nothing else.

    Templates give every page the type of an article in og:type: the address of a front page and
    a collection's type say more, where most of what is shown are links.
    """
    declared = _declared_listing(found.page.structured)
    is_front = _is_front_page(found.page)
    if not is_front and (_is_told(found) or (found.is_article and declared is None)):
        return None
    enough = _MIN_DECLARED_CARDS if declared is not None else _MIN_BARE_CARDS
    if sum(map(found.page.html.count, _HEADING_TAGS)) < enough:
        return None
    shape = _measure(found.page)
    if len(shape.cards) < enough or shape.linked_chars < _LINKED_SHARE * shape.visible_chars:
        return None
    sign = _listing_sign(found, shape, declared=declared, is_front=is_front)
    return (Reason.PAGE_IS_LISTING, f"{sign}, {len(shape.cards)} linked headings") if sign else None


def _listing_sign(
    found: _Found, shape: "_Shape", *, declared: str | None, is_front: bool
) -> str | None:
    if is_front and len(shape.cards) >= _MIN_CARDS:
        mostly_links = shape.linked_chars >= _FRONT_LINKED_SHARE * shape.visible_chars
        if mostly_links or not (_is_long(found.text) or found.is_article):
            return "a front page"
    if _is_told(found):
        return None
    if declared is not None:
        return f"a {declared}"
    if found.is_article:
        return None
    # Templates call articles websites too: then the cards must be what was taken for text.
    told = sum(1 for line in found.text.split("\n") if squash(line) in shape.cards)
    is_website = "website" in map(str.lower, found.page.structured.meta("og:type"))
    if is_website and told >= _MIN_TOLD and len(shape.cards) >= _MIN_CARDS:
        return "of type website"
    return "nothing but cards" if shape.own_chars < _MAX_OWN_CHARS else None


def _is_told(found: _Found) -> bool:
    """Tells whether a page tells a story: only a front page may be a listing then."""
    return found.has_article_node or _is_long(found.text)


def _is_long(text: str) -> bool:
    return max(map(len, text.split("\n"))) > _TEASER


def _declared_listing(structured: StructuredData) -> str | None:
    for node in structured.json_ld:
        for kind in _LISTING_TYPES.intersection(types_of(node)):
            return kind
    return None


def _is_front_page(page: Page) -> bool:
    """Goes by the address it was fetched from; templates give articles the front page's address."""
    address = page.origin.url or next(page.structured.meta("og:url"), None)
    try:
        return address is not None and urlsplit(address).path.strip("/") == ""
    except ValueError:
        return False


def _find_stub(found: _Found) -> _Verdict:
    if found.length >= _STUB_TEXT:
        return None
    if match := PAYWALL_TEXT.search(found.text):
        return Reason.PAGE_IS_PAYWALL_STUB, f"{found.length} characters, says {match[0]!r}"
    for _, node in nodes_of(found.page.structured, ARTICLE_TYPES):
        if str(node.get("isAccessibleForFree")).lower() == "false":
            return (
                Reason.PAGE_IS_PAYWALL_STUB,
                f"{found.length} characters, not accessible for free",
            )
    return None


def _find_nothing(found: _Found) -> _Verdict:
    if found.length >= _TRACE:
        return None
    shape = _measure(found.page)
    if shape.visible_chars < _SHELL_VISIBLE:
        sign = SHELL_TEXT.search(shape.notice) or SHELL_TEXT.search(found.text)
        detail = f"says {sign[0].strip()!r}" if sign else f"{shape.visible_chars} characters"
        return Reason.PAGE_IS_EMPTY_SHELL, detail
    if found.text:
        return None
    return Reason.TEXT_MISSING, f"no text among {shape.visible_chars} visible characters"


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a page shows.

    Attributes:
        visible_chars: characters of text outside of scripts, styles and noscript.
        linked_chars: those of them that lie in links.
        own_chars: characters of paragraphs that stand in no link and in no card's box.
        cards: the squashed texts of headings that are links: the teasers of a listing.
        notice: what the page tells browsers without scripts.
    """

    visible_chars: int
    linked_chars: int
    own_chars: int
    cards: frozenset[str]
    notice: str


def _measure(page: Page) -> _Shape:
    """Measures a page anew from its source: few pages are short enough to need it."""
    body = parse_html(page.html).find("body")
    if body is None:
        return _Shape(0, 0, 0, frozenset(), "")
    notice = " ".join(element.text_content() for element in body.iter("noscript"))
    etree.strip_elements(body, "script", "style", "noscript", "template", with_tail=False)
    headings = [
        heading
        for heading in body.iter("h1", "h2", "h3", "h4")
        if heading.find(".//a") is not None or next(heading.iterancestors("a"), None) is not None
    ]
    boxes = {heading.getparent() for heading in headings}
    own = sum(
        _spaceless(paragraph)
        for paragraph in body.iter("p")
        if boxes.isdisjoint(islice(paragraph.iterancestors(), _CARD_DEPTH))
    )
    cards = frozenset(squash(heading.text_content()) for heading in headings)
    linked = sum(_spaceless(link) for link in body.iter("a"))
    return _Shape(_spaceless(body), linked, own, cards, notice)


def _spaceless(element: "HtmlElement") -> int:
    return sum(map(len, element.text_content().split()))


def _length(text: str) -> int:
    # Few texts hold a wide character; the last of its characters has the highest code.
    is_narrow = characters_of(text)[-1:] < _FIRST_WIDE
    return len(text) + (0 if is_narrow else len(_WIDE.findall(text)))


def _is_typed_article(structured: StructuredData) -> bool:
    return any(content.lower().startswith("article") for content in structured.meta("og:type"))
