"""The elements of a page that are looked for by tag or name, found once."""

from collections.abc import Collection
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
        names: the classes among them, each once; most elements of a page share one with others.
        marked: elements with an `itemprop`, and what it says.
    """

    tagged: "dict[str, list[HtmlElement]]"
    headings: "list[HtmlElement]"
    named: "list[tuple[HtmlElement, str | None]]"
    names: frozenset[str]
    marked: "list[tuple[HtmlElement, str]]"

    def names_with(self, parts: Collection[str]) -> set[str]:
        """Returns the classes that hold one of some parts, most of which no class of a page has."""
        joined = "\n".join(self.names)
        held = [part for part in parts if part in joined]
        return {name for part in held for name in self.names if part in name}


def find_elements(tree: "HtmlElement") -> PageElements:
    """Finds the elements of a page that are looked for."""
    tagged: dict[str, list[HtmlElement]] = {tag: [] for tag in TAGS}
    headings: list[HtmlElement] = []
    lists = tagged | dict.fromkeys(_HEADINGS, headings)
    # lxml passes over other tags in C, which costs less than to ask each element for its own.
    for element in tree.iter(*lists):
        lists[element.tag].append(element)
    found = cast("list[HtmlElement]", _MARKED(tree))
    marked = [(element, str(element.get("itemprop"))) for element in found]
    authors = {element for element, mark in marked if mark == "author"}
    named = [
        (element, name)
        for element in tree.iter()
        if (name := element.get("class")) is not None
        or element.get("rel") == "author"
        or element in authors
    ]
    names = frozenset(name for _, name in named if name is not None)
    return PageElements(tagged, headings, named, names, marked)
