"""Walks a page's text from the title outwards, as a reader's eye does."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from tasks.extract.page.parsed_page import Page
from tasks.printed.squashing import without_signs

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Node = tuple[str, "HtmlElement"]

# How many text nodes from the title a byline is looked for.
_NODES_AFTER, _NODES_BEFORE = 160, 50
_MIN_HEADLINE_SHARE = 0.5
_MIN_TITLE, _MAX_TITLE, _MIN_TITLE_SHARE, _MAX_HEADINGS = 8, 200, 0.3, 60
# Bounds on pages of a hundred thousand elements.
_MAX_SIBLINGS, _MAX_ELEMENTS = 2_000, 30_000
_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "select", "option", "textarea", "svg"}
)


def find_title_element(page: Page) -> "HtmlElement | None":
    """Returns the heading that repeats the page's own title best, else its first h1."""
    headlines = (node.get("headline") for node in page.structured.json_ld)
    wanted = own_titles(page)
    wanted |= {_plain(headline) for headline in headlines if isinstance(headline, str)}
    best, best_share, first = None, _MIN_TITLE_SHARE, None
    for heading in islice(page.elements.headings, _MAX_HEADINGS):
        if first is None and heading.tag == "h1":
            first = heading
        text = _plain(heading.text_content()[:_MAX_TITLE])
        share = max((_shared(text, title) for title in wanted), default=0.0)
        if share > best_share:
            best, best_share = heading, share
            if share == 1.0:
                break  # none repeats it better
    return first if best is None else best


def own_titles(page: Page) -> set[str]:
    """Returns the titles that the head of a page gives it, folded to letters and digits."""
    texts = (
        *page.structured.meta("og:title", "twitter:title"),
        *(element.text or "" for element in page.elements.tagged["title"]),
    )
    return {plain for text in texts if len(plain := _plain(text)) >= _MIN_TITLE}


def is_own_headline(text: str, titles: set[str]) -> bool:
    """Says whether a text is one of a page's own titles, or most of it."""
    plain = _plain(text)
    return any(_shared(plain, title) >= _MIN_HEADLINE_SHARE for title in titles)


def _plain(text: str) -> str:
    return without_signs(text.lower())


def _shared(text: str, title: str) -> float:
    """Returns how much of the longer one the shorter one is, 0 where it is no part of it."""
    if min(len(text), len(title)) < _MIN_TITLE:
        return 0.0
    shorter, longer = sorted((text, title), key=len)
    return len(shorter) / len(longer) if shorter in longer else 0.0


def texts_after(title: "HtmlElement") -> Iterator[Node]:
    """Yields (text, element that holds it) behind the title in order; empty `<time>`s too."""
    return islice(_following(title), _NODES_AFTER)


def texts_before(title: "HtmlElement") -> Iterator[Node]:
    """Yields the same before the title, the nearest first."""
    return islice(_preceding(title), _NODES_BEFORE)


def texts_of(page: Page) -> Iterator[Node]:
    """Yields the texts of the whole page in document order, with the elements that hold them."""
    body = page.tree.find(".//body")
    return _texts_in(body) if body is not None else iter(())


def _following(title: "HtmlElement") -> Iterator[Node]:
    current = title
    while current.tag != "body" and (parent := current.getparent()) is not None:
        if (tail := current.tail) and not tail.isspace():
            yield tail, parent
        for sibling in islice(current.itersiblings(), _MAX_SIBLINGS):
            yield from _texts_in(sibling)
            if (tail := sibling.tail) and not tail.isspace():
                yield tail, parent
        current = parent


def _preceding(title: "HtmlElement") -> Iterator[Node]:
    current = title
    while current.tag != "body" and (parent := current.getparent()) is not None:
        for sibling in islice(current.itersiblings(preceding=True), _MAX_SIBLINGS):
            if (tail := sibling.tail) and not tail.isspace():
                yield tail, parent
            # A long box before the title is navigation; its end is what stands next to the title.
            yield from reversed(list(islice(_texts_in(sibling), 2 * _NODES_BEFORE)))
        if (text := parent.text) and not text.isspace():
            yield text, parent
        current = parent


def _texts_in(element: "HtmlElement") -> Iterator[Node]:
    # No comments are in the tree, so each tag is a name.
    for node in islice(element.iter(), _MAX_ELEMENTS):
        tag = node.tag
        if tag not in _SKIPPED and ((text := (node.text or "").strip()) or tag == "time"):
            yield text, node
        if (tail := node.tail) and not tail.isspace() and node is not element:
            yield tail, node.getparent()


def is_shown(element: "HtmlElement") -> bool:
    """Says whether an element's text is the page's text, not a script's or a form's."""
    return isinstance(element.tag, str) and element.tag not in _SKIPPED
