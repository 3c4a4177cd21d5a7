"""The elements of a page that are looked for by tag or name, found once."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from lxml import etree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# fmt: off
TAGS = (
    "a", "aside", "base", "link", "math", "meta", "pre", "script", "table", "time", "title",
)
# fmt: on
_HEADINGS = ("h1", "h2", "h3", "h4")
# Few elements have the attribute, and to ask each of them for it takes twice as long.
_MARKED = etree.XPath("descendant-or-self::*/@itemprop/..")


@dataclass(frozen=True, slots=True)
class PageElements:
    """Elements of a page, each list in the page's order.

    A walk over a tree costs a tenth of a millisecond, and attributes as much again.

    Attributes:
        tagged: of each of `TAGS`, by tag.
        headings: h1 to h4.
        named: elements with a class, and that class; and those without one that `rel` or `itemprop`
            marks as the author's, with None.
        marked: elements with an `itemprop`, and what it says.
    """

    tagged: "dict[str, list[HtmlElement]]"
    headings: "list[HtmlElement]"
    named: "list[tuple[HtmlElement, str | None]]"
    marked: "list[tuple[HtmlElement, str]]"


def find_elements(tree: "HtmlElement") -> PageElements:
    """Finds the elements of a page that are looked for."""
    found = PageElements({tag: [] for tag in TAGS}, [], [], [])
    lists = found.tagged | dict.fromkeys(_HEADINGS, found.headings)
    # lxml passes over other tags in C, which costs less than to ask each element for its own.
    for element in tree.iter(*lists):
        lists[element.tag].append(element)
    marked = cast("list[HtmlElement]", _MARKED(tree))
    found.marked.extend((element, str(element.get("itemprop"))) for element in marked)
    authors = {element for element, mark in found.marked if mark == "author"}
    found.named.extend(
        (element, name)
        for element in tree.iter()
        if (name := element.get("class")) is not None
        or element.get("rel") == "author"
        or element in authors
    )
    return found
