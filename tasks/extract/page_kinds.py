"""Pages that hold no article: listings, consent walls, errors, paywall stubs, empty shells.

Wrongly rejecting an article is worse than publishing a stub. So no rule goes by one word: each needs
little text, or text that is not an article's, and what the page calls itself besides.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import etree

from schemas.reasons import Reason
from tasks.extract.page import Page, parse_html
from tasks.extract.page_phrases import (
    CONSENT_TEXT,
    ERROR_TEXT,
    ERROR_TITLE,
    PAYWALL_TEXT,
    SHELL_TEXT,
)
from tasks.extract.squashing import squash
from tasks.extract.structured_data import ARTICLE_TYPES, StructuredData, nodes_of, types_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LISTING_TYPES = frozenset({"CollectionPage", "SearchResultsPage", "ProfilePage"})

# Lengths in characters; scripts that write words without spaces say the same in half of them.
_TRACE = 80
_SHELL_VISIBLE = 600
_ERROR_TEXT = 1_200
_CONSENT_TEXT = 3_000
_STUB_TEXT = 500
_TEASER = 350
_MIN_CARDS = 15
_MIN_TOLD = 5
_MIN_CONSENT_SIGNS = 3
_LINKED_SHARE = 0.3


def find_refusal(page: Page, title: str | None, text: str) -> tuple[Reason | None, str]:
    """Tells why a page is no article.

    Args:
        page: the page; its tree is not looked at, for the text extractor consumed it.
        title: the chosen headline.
        text: the extracted text.

    Returns:
        The reason and what was seen; (None, "") for an article.
    """
    length = _length(text)
    is_article = _calls_itself_article(page.structured)
    if title and ERROR_TITLE.match(title) and length < _ERROR_TEXT and not is_article:
        return Reason.PAGE_IS_ERROR, f"titled {title!r}"
    if length < _ERROR_TEXT // 2 and not is_article and (match := ERROR_TEXT.search(text)):
        return Reason.PAGE_IS_ERROR, f"says {match[0]!r}"
    if length < _CONSENT_TEXT and (signs := _consent_signs(text)) >= _MIN_CONSENT_SIGNS:
        return Reason.PAGE_IS_CONSENT, f"{signs} signs of a consent wall, {length} characters"
    if not is_article and (detail := _listing_sign(page, text)):
        return Reason.PAGE_IS_LISTING, detail
    if length < _STUB_TEXT and (sign := _paywall_sign(page.structured, text)):
        return Reason.PAGE_IS_PAYWALL_STUB, f"{length} characters, {sign}"
    if length < _TRACE:
        return _nothing_found(page, text)
    return None, ""


def _nothing_found(page: Page, text: str) -> tuple[Reason | None, str]:
    shape = _measure(page)
    if shape.visible_chars < _SHELL_VISIBLE:
        sign = SHELL_TEXT.search(shape.notice) or SHELL_TEXT.search(text)
        detail = f"says {sign[0].strip()!r}" if sign else f"{shape.visible_chars} characters"
        return Reason.PAGE_IS_EMPTY_SHELL, detail
    if not text:
        return Reason.TEXT_MISSING, f"no text among {shape.visible_chars} visible characters"
    return None, ""


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a page shows.

    Attributes:
        visible_chars: characters of text outside of scripts, styles and noscript.
        linked_chars: those of them that lie in links.
        cards: the squashed texts of headings that are links: the teasers of a listing.
        notice: what the page tells browsers without scripts.
    """

    visible_chars: int
    linked_chars: int
    cards: frozenset[str]
    notice: str


def _measure(page: Page) -> _Shape:
    """Measures a page anew from its source: few pages are short enough to need it."""
    body = parse_html(page.html).find("body")
    if body is None:
        return _Shape(0, 0, frozenset(), "")
    notice = " ".join(element.text_content() for element in body.iter("noscript"))
    etree.strip_elements(body, "script", "style", "noscript", "template", with_tail=False)
    cards = frozenset(
        squash(heading.text_content())
        for heading in body.iter("h1", "h2", "h3", "h4")
        if heading.find(".//a") is not None or next(heading.iterancestors("a"), None) is not None
    )
    linked = sum(_spaceless(link) for link in body.iter("a"))
    return _Shape(_spaceless(body), linked, cards, notice)


def _spaceless(element: "HtmlElement") -> int:
    return sum(map(len, element.text_content().split()))


def _length(text: str) -> int:
    wide = sum(1 for character in text if character >= "\u2e80")
    return len(text) + wide


def _calls_itself_article(structured: StructuredData) -> bool:
    return next(nodes_of(structured, ARTICLE_TYPES), None) is not None or any(
        content.lower().startswith("article") for content in structured.meta("og:type")
    )


def _consent_signs(text: str) -> int:
    first = text[:_CONSENT_TEXT]
    if not CONSENT_TEXT[0].search(first) and not CONSENT_TEXT[1].search(first):
        return 0
    lines = [line for line in first.split("\n") if line.strip()]
    about = sum(1 for line in lines if any(sign.search(line) for sign in CONSENT_TEXT))
    if about * 2 < len(lines):
        return 0
    return sum(1 for sign in CONSENT_TEXT if sign.search(first))


def _listing_sign(page: Page, text: str) -> str:
    """A listing consists of cards and says that it is one, by type or by address."""
    if max(map(len, text.split("\n"))) > _TEASER:
        return ""
    shape = _measure(page)
    cards = len(shape.cards)
    if cards < _MIN_CARDS:
        return ""
    if shape.linked_chars < _LINKED_SHARE * shape.visible_chars:
        return ""
    declared = next(
        (
            kind
            for node in page.structured.json_ld
            for kind in types_of(node)
            if kind in _LISTING_TYPES
        ),
        None,
    )
    if declared is not None:
        return f"{declared} with {cards} linked headings"
    addresses = [href for rel, href in page.structured.links if rel == "canonical"]
    addresses += page.structured.meta("og:url")
    addresses += [page.origin.url] if page.origin.url else []
    if any(urlsplit(address).path.strip("/") == "" for address in addresses):
        return f"a front page with {cards} linked headings"
    # Templates call articles websites too: then the cards must be what was taken for text.
    told = sum(1 for line in text.split("\n") if squash(line) in shape.cards)
    if told >= _MIN_TOLD and "website" in map(str.lower, page.structured.meta("og:type")):
        return f"of type website with {cards} linked headings"
    return ""


def _paywall_sign(structured: StructuredData, text: str) -> str:
    if match := PAYWALL_TEXT.search(text):
        return f"says {match[0]!r}"
    for _, node in nodes_of(structured, ARTICLE_TYPES):
        if str(node.get("isAccessibleForFree")).lower() == "false":
            return "isAccessibleForFree is false"
    return ""
