"""The lines that a page prints below its headline: bylines and stamps stand there."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from tasks.printed.squashing import squash

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MAX_LINES = 8
_MAX_LINE_CHARS = 120
# One longer line may be the lead, with the byline below it; the next is of the body.
_MAX_LEADS = 1
_MAX_PIECES = 240
# Old pages print headlines in bold or in a larger font.
_PRINTED_AS_HEADLINE = ("h1", "h2", "h3", "b", "strong", "font", "big")
_MAX_CANDIDATES = 300
_BREAKING = frozenset(
    ("p", "div", "br", "h1", "h2", "h3", "h4", "li", "ul", "section", "header", "table", "tr", "td")
)
_SILENT = frozenset(("script", "style", "noscript", "figure", "figcaption", "nav", "aside"))


def read_below_headline(tree: "HtmlElement", titles: frozenset[str]) -> list[str]:
    """Returns the short lines between the headline and the body.

    Args:
        tree: the page; it is left as it is.
        titles: the squashed candidates for the headline.

    Returns:
        At most eight lines with their white space tidied, none where the headline is not printed.
    """
    headline = _find_headline(tree, titles)
    if headline is None:
        return []
    short: list[str] = []
    long = 0
    for line in _lines_after(headline):
        if len(line) <= _MAX_LINE_CHARS:
            short.append(line)
        else:
            long += 1
        if long > _MAX_LEADS or len(short) == _MAX_LINES:
            break
    return short


def _find_headline(tree: "HtmlElement", titles: frozenset[str]) -> "HtmlElement | None":
    for element in islice(tree.iter(*_PRINTED_AS_HEADLINE), _MAX_CANDIDATES):
        if squash("".join(islice(element.itertext(), 20))) in titles:
            return element
    return None


def _lines_after(headline: "HtmlElement") -> Iterator[str]:
    """Yields what is printed after an element, a line for each block or break."""
    parts: list[str] = []
    for is_break, text in islice(_pieces_after(headline), _MAX_PIECES):
        if is_break:
            if line := " ".join(" ".join(parts).split()):
                yield line
            parts.clear()
        parts.append(text)
    if line := " ".join(" ".join(parts).split()):
        yield line


def _pieces_after(headline: "HtmlElement") -> Iterator[tuple[bool, str]]:
    """Yields pieces of text in the page's order, and whether a new line begins with each."""
    yield headline.tag in _BREAKING, headline.tail or ""
    for around in (headline, *headline.iterancestors()):
        for sibling in around.itersiblings():
            yield from _pieces_of(sibling)
        parent = around.getparent()
        if parent is not None:
            yield parent.tag in _BREAKING, parent.tail or ""


def _pieces_of(element: "HtmlElement") -> Iterator[tuple[bool, str]]:
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, part in walk:
        breaks = part.tag in _BREAKING
        if event == "end":
            yield breaks, part.tail or ""
        elif part.tag in _SILENT:
            walk.skip_subtree()
        else:
            yield breaks, part.text or ""
