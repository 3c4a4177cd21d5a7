"""Bodies that templates cut into pieces, to put advertisements and boxes between them."""

from typing import TYPE_CHECKING

from trafilatura.xpaths import BODY_XPATH

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Less text than this in paragraphs is a teaser, not a piece of a body.
_MIN_PIECE_CHARS = 150
# What trafilatura's first rule recognizes as an article's body, from outside.
_BODY_MARK = ("itemprop", "articleBody")


def join_pieces(tree: "HtmlElement") -> None:
    """Marks the common ancestor of a body's pieces as the article's body.

    trafilatura takes the first element whose class or id says that it is the body; where the
    paragraphs lie in several such elements, all but the first would be lost. Pieces have the same
    tag and class and lie in the same `<article>`; a headline between them means that they are
    bodies of different articles.
    """
    pieces = _pieces(tree)
    if len(pieces) < 2:
        return
    ancestor = _common_ancestor(pieces)
    if ancestor.tag in ("body", "html") or sum(1 for _ in ancestor.iter("h1")) > 1:
        return
    ancestor.set(*_BODY_MARK)


def _pieces(tree: "HtmlElement") -> "list[HtmlElement]":
    first = next(iter(BODY_XPATH[0](tree)), None)
    if first is None:
        return []
    name, article = first.get("class"), _article_of(first)
    if not name:
        return []
    alike = [
        element
        for element in tree.iter(first.tag)
        if element.get("class") == name and _article_of(element) is article
    ]
    outer = [element for element in alike if not any(a in alike for a in element.iterancestors())]
    return [element for element in outer if _paragraph_chars(element) >= _MIN_PIECE_CHARS]


def _article_of(element: "HtmlElement") -> "HtmlElement | None":
    return next(element.iterancestors("article"), None)


def _paragraph_chars(element: "HtmlElement") -> int:
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p"))


def _common_ancestor(elements: "list[HtmlElement]") -> "HtmlElement":
    common = list(elements[0].iterancestors())
    for element in elements[1:]:
        chain = set(element.iterancestors())
        common = [candidate for candidate in common if candidate in chain]
    return common[0]
