"""The lead: the sentence or two between headline and body, which often stands outside the body."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from tasks.extract.page.parsed_page import Page
from tasks.extract.page.structured_data import ARTICLE_TYPES, nodes_of
from tasks.extract.text.text_phrases import (
    CAPTION_CLASS,
    LEAD_CLASS,
    PROMOTION_CLASS,
    RELATED_CLASS,
)
from tasks.printed.squashing import squash

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MIN_CHARS = 30
_MAX_CHARS = 900
# A block right below the headline that no one calls a lead must be a whole sentence.
_MIN_UNNAMED_CHARS = 80
# Characters of a paragraph by which it is found again in the tree.
_START = 50
# How many blocks below the headline the body must have begun.
_SPAN = 150
_HEADINGS = ("h1", "h2", "h3")
_BLOCKS = ("p", "div", "section", "h2", "h3", "h4", "span", "strong", "li", "td")
_CONTAINED = ("p", "div", "section", "h2", "h3", "h4", "li")


def find_lead(page: Page, titles: frozenset[str], lines: list[str]) -> list[str]:
    """Returns the visible lead of the page's article where the extracted lines lack it.

    It is the block between the headline and the first extracted paragraph that repeats the
    description that the page gives of itself, or that the template calls a lead, or a sentence
    right below the headline.

    Args:
        page: the page, its tree still as it was handed to the text extractor.
        titles: the squashed candidates for the headline.
        lines: the extracted text.

    Returns:
        The paragraphs of the lead, empty where the page has none or the lines hold it already.
    """
    descriptions = [key for text in _descriptions(page) if len(key := squash(text)) >= _MIN_CHARS]
    body = ""
    for number, element in enumerate(_before_body(page.tree, titles, lines)):
        text = " ".join(element.text_content().split())
        if not _MIN_CHARS <= len(text) <= _MAX_CHARS:
            continue
        key = squash(text)
        if key in titles or _is_linked(element, text) or _is_aside(element):
            continue
        if any(_is_same(key, description) for description in descriptions):
            lead = [text]
        elif _is_called_lead(element, text):
            lead = [text, *_continued(element)]
        elif number == 0 and len(text) >= _MIN_UNNAMED_CHARS and text[-1] in ".!?":
            lead = [text]
        else:
            continue
        body = body or squash(" ".join(lines))  # on most pages nothing is compared with it
        if key not in body:
            return lead
    return []


def _is_called_lead(element: "HtmlElement", text: str) -> bool:
    if LEAD_CLASS.search(f"{element.get('class', '')} {element.get('itemprop', '')}"):
        return True
    parent = element.getparent()
    return (
        parent is not None
        and LEAD_CLASS.search(parent.get("class", "")) is not None
        and len(parent.text_content().split()) == len(text.split())
    )


def _is_aside(element: "HtmlElement") -> bool:
    names = " ".join(e.get("class", "") for e in (element, *islice(element.iterancestors(), 2)))
    return any(sort.search(names) for sort in (CAPTION_CLASS, PROMOTION_CLASS, RELATED_CLASS))


def _continued(element: "HtmlElement") -> Iterator[str]:
    for sibling in element.itersiblings(element.tag):
        if sibling.get("class") != element.get("class"):
            return
        if text := " ".join(sibling.text_content().split()):
            yield text


def _is_same(key: str, description: str) -> bool:
    return key.startswith(description[:200]) or description.startswith(key)


def _is_linked(element: "HtmlElement", text: str) -> bool:
    return sum(len(link.text_content()) for link in element.iter("a")) > 0.5 * len(text)


def _has_blocks(element: "HtmlElement") -> bool:
    return len(element) > 0 and next(element.iterdescendants(*_CONTAINED), None) is not None


def _descriptions(page: Page) -> Iterator[str]:
    yield from page.structured.meta("og:description", "description", "twitter:description")
    for _, node in nodes_of(page.structured, ARTICLE_TYPES):
        for key in ("description", "alternativeHeadline"):
            if isinstance(text := node.get(key), str):
                yield text


def _before_body(
    tree: "HtmlElement", titles: frozenset[str], lines: list[str]
) -> "list[HtmlElement]":
    """Returns the innermost blocks between the last headline and the first extracted paragraph."""
    starts = tuple(squash(line)[:_START] for line in lines[:4] if len(line) > _START)
    heading = next((h for h in tree.iter(*_HEADINGS) if squash(h.text_content()) in titles), None)
    if heading is None or not starts:
        return []
    before: list[HtmlElement] = []
    for element in islice(_following(heading), _SPAN):
        if _has_blocks(element):
            continue
        key = squash(element.text_content())
        if element.tag in _HEADINGS and key in titles:
            before.clear()
        elif key.startswith(starts):
            return before
        elif key:
            before.append(element)
    return []


def _following(heading: "HtmlElement") -> "Iterator[HtmlElement]":
    for ancestor in (heading, *heading.iterancestors()):
        for sibling in ancestor.itersiblings():
            yield from sibling.iter("h1", *_BLOCKS)
