"""trafilatura's rules on names, asked once for each set of names.

Its XPaths call regular expressions in Python for each element of a tree. Templates repeat their
names, within a page and over pages, so the answers are kept.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, cast

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import XPath
    from lxml.html import HtmlElement

# The attributes that the rules ask for.
_NAMES = frozenset({
    "id", "class", "style", "role", "aria-hidden", "data-component", "data-lp-replacement-content",
})  # fmt: skip
# A tag and its named attributes in their order: `@id|@class` is the first of both.
_Signature = tuple[str, ...]
_MAX_KNOWN = 16_384
_OTHER_TAG = "other"


class NamedRules:
    """Several lists of XPaths, each of which finds elements by their own tag and names.

    A rule that asks for what an element holds as well finds more here than alone: that one with
    this tag and these names could be meant.
    """

    def __init__(self, *lists: "Sequence[XPath]") -> None:
        self._rules = [(n, rule) for n, rules in enumerate(lists) for rule in rules]
        self._known: dict[_Signature, frozenset[int]] = {}

    def find(self, elements: "Iterable[HtmlElement]") -> "dict[int, list[HtmlElement]]":
        """Returns the elements that each list finds, by its number and in the order given."""
        signed = [(element, _sign(element, items)) for element, items in _with_attributes(elements)]
        answers = self._answer({signature for _, signature in signed})
        found: dict[int, list[HtmlElement]] = {}
        for element, signature in signed:
            for number in answers[signature]:
                found.setdefault(number, []).append(element)
        return found

    def _answer(self, signatures: set[_Signature]) -> "dict[_Signature, frozenset[int]]":
        """Returns which lists find an element of each signature, at least of those given."""
        if len(self._known) > _MAX_KNOWN:
            self._known = {}
        known = self._known
        known |= self._ask([signature for signature in signatures if signature not in known])
        return known

    def _ask(self, signatures: list[_Signature]) -> "dict[_Signature, frozenset[int]]":
        if not signatures:
            return {}
        outline = etree.Element("body")
        answers: dict[etree._Element, set[int]] = {}
        for tag, *attributes in signatures:
            part = etree.SubElement(outline, tag)
            for name, value in zip(attributes[::2], attributes[1::2], strict=True):
                part.set(name, value)
            answers[part] = set()
        for number, rule in self._rules:
            for part in cast("list[etree._Element]", rule(outline)):
                answers[part].add(number)
        return dict(zip(signatures, map(frozenset, answers.values()), strict=True))


def _with_attributes(
    elements: "Iterable[HtmlElement]",
) -> "Iterator[tuple[HtmlElement, list[tuple[str, str]]]]":
    for element in elements:
        if items := element.items():
            yield element, items


def _sign(element: "HtmlElement", items: list[tuple[str, str]]) -> _Signature:
    tag = str(element.tag)
    if not (tag.isascii() and tag.isalnum()):  # "fb:like": no rule asks for it, no tree takes it
        tag = _OTHER_TAG
    return (tag, *(part for item in items if item[0] in _NAMES for part in item))
