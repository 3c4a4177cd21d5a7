"""The lead: the sentence or two between headline and body, which often stands outside the body."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tasks.extract.page import Page
from tasks.extract.phrases import LEAD_CLASS
from tasks.extract.structured_data import ARTICLE_TYPES, nodes_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MIN_CHARS = 30
_MAX_CHARS = 900
_BLOCKS = ("p", "div", "section", "h2", "h3", "h4", "span", "strong", "li", "ul", "td")


def find_lead(page: Page, titles: frozenset[str], lines: list[str]) -> str | None:
    """Returns the visible lead of the page's article where the extracted lines lack it.

    It is the block between the headline and the first extracted paragraph that repeats the
    description that the page gives of itself, or that the template calls a lead.

    Args:
        page: the page, its tree still as it was handed to the text extractor.
        titles: the squashed candidates for the headline.
        lines: the extracted text.
    """
    heading = _headline(page.tree, titles)
    if heading is None or not lines:
        return None
    descriptions = [squash(text) for text in _descriptions(page)]
    body = squash(" ".join(lines))
    starts = tuple(squash(line)[:50] for line in lines[:4] if len(line) > 50)
    for element in _between(page.tree, heading):
        text = " ".join(element.text_content().split())
        key = squash(text)
        if starts and key.startswith(starts):
            return None
        if not _MIN_CHARS <= len(text) <= _MAX_CHARS or _has_blocks(element):
            continue
        if key in titles or key in body or _is_linked(element, text):
            continue
        if any(_is_same(key, description) for description in descriptions):
            return text
        if LEAD_CLASS.search(f"{element.get('class', '')} {element.get('itemprop', '')}"):
            return text
    return None


def squash(text: str) -> str:
    """Returns a text's letters and digits in lower case: what two printings have in common."""
    return "".join(character for character in text.casefold() if character.isalnum())


def _is_same(key: str, description: str) -> bool:
    if len(description) < _MIN_CHARS:
        return False
    return key.startswith(description[:200]) or description.startswith(key)


def _is_linked(element: "HtmlElement", text: str) -> bool:
    return sum(len(link.text_content()) for link in element.iter("a")) > 0.5 * len(text)


def _has_blocks(element: "HtmlElement") -> bool:
    return any(block is not element for block in element.iter(*_BLOCKS[:6]))


def _descriptions(page: Page) -> Iterator[str]:
    yield from page.structured.meta("og:description", "description", "twitter:description")
    for _, node in nodes_of(page.structured, ARTICLE_TYPES):
        for key in ("description", "alternativeHeadline"):
            if isinstance(text := node.get(key), str):
                yield text


def _headline(tree: "HtmlElement", titles: frozenset[str]) -> "HtmlElement | None":
    headings = list(tree.iter("h1"))
    for heading in headings:
        if squash(heading.text_content()) in titles:
            return heading
    return headings[0] if len(headings) == 1 else None


def _between(tree: "HtmlElement", heading: "HtmlElement") -> "Iterator[HtmlElement]":
    blocks = tree.iter("h1", *_BLOCKS)
    for element in blocks:
        if element is heading:
            break
    for element in blocks:
        if element.tag == "h1":
            return
        yield element
