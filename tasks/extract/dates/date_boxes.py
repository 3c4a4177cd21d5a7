"""What the elements around a printed date say that it is the date of."""

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from schemas import date_markup as markup
from tasks.extract.evidence import DateKind

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MAX_CLASS_LENGTH = 300
# Teasers of other stories stand in these, one like the other.
_LISTED = frozenset({"li", "article"})
_MAX_LINKS, _MIN_HEADLINE_WORDS = 5, 3
_ASIDE_TAGS = frozenset({"aside", "footer"})
# The facts of one article (author, day, topics) are printed in an aside or footer of their own.
_MAX_FACTS = 400


class BoxKinds:
    """Classifies elements by the boxes they stand in; each element once.

    What holds the title too is never looked at: a wrapper's class "has-sidebar" or "latest-news"
    says nothing about the article in it.
    """

    def __init__(self, title: "HtmlElement | None") -> None:
        self._title_ancestors = set(title.iterancestors()) if title is not None else set()
        self._known: dict[HtmlElement, DateKind] = {}

    def holds_title(self, element: "HtmlElement") -> bool:
        """Says whether the title stands in an element."""
        return element in self._title_ancestors

    def kind_of(self, element: "HtmlElement") -> DateKind:
        """Returns COMMENT, RELATED, PAGE_CLOCK or PRINT_EDITION for such a box, else UNKNOWN."""
        chain: list[HtmlElement] = []
        kind = DateKind.UNKNOWN
        current: HtmlElement | None = element
        while current is not None and current.tag not in ("body", "html"):
            if current in self._known:
                kind = self._known[current]
                break
            if current in self._title_ancestors:
                break
            chain.append(current)
            current = current.getparent()
        for box in reversed(chain):
            # The outermost box with a meaning decides. A "published" time in a related card is the
            # card's.
            if kind is DateKind.UNKNOWN:
                kind = _own_kind(box)
            self._known[box] = kind
        return kind


def _own_kind(box: "HtmlElement") -> DateKind:
    names = class_words(box)
    if names and (kind := _kind_named(names)):
        return kind
    if box.tag == "nav" or (box.tag in _ASIDE_TAGS and is_longer(box, _MAX_FACTS)):
        return DateKind.RELATED
    if box.tag in _LISTED and _is_teaser(box):
        return DateKind.RELATED
    if box.tag == "header" and _article_of(box) is None:
        return DateKind.PAGE_CLOCK
    return DateKind.UNKNOWN


@lru_cache(maxsize=8192)  # an outlet's pages have one template
def _kind_named(names: str) -> DateKind | None:
    return next((kind for kind, pattern in _PATTERNS if pattern.search(names)), None)


def _is_teaser(box: "HtmlElement") -> bool:
    """Says whether a box links to a story by its headline, as one of several alike."""
    siblings = 0
    for sibling in (box.getprevious(), box.getnext()):
        siblings += sibling is not None and sibling.tag == box.tag and _has_headline_link(sibling)
    return siblings > 0 and _has_headline_link(box)


def _has_headline_link(box: "HtmlElement") -> bool:
    """Says whether a link in a box reads as a headline: words, and no digits as a date has."""
    for link in islice(box.iter("a"), _MAX_LINKS):
        text = link.text_content() if link.get("href") else ""
        if len(text.split()) >= _MIN_HEADLINE_WORDS and not any(map(str.isdigit, text)):
            return True
    return False


def is_longer(box: "HtmlElement", limit: int) -> bool:
    """Says whether the texts in a box are longer than a limit, white space around each left out."""
    length = 0
    # `itertext` makes two events of each element, which costs twice as much.
    for element in box.iter():
        length += len((element.text or "").strip())
        if element is not box:
            length += len((element.tail or "").strip())
        if length > limit:
            return True
    return False


def _article_of(box: "HtmlElement") -> "HtmlElement | None":
    return next(box.iterancestors("article", "main", "section"), None)


_PATTERNS = (
    (DateKind.COMMENT, markup.COMMENT_BOX),
    (DateKind.PAGE_CLOCK, markup.CLOCK_BOX),
    (DateKind.PRINT_EDITION, markup.PRINT_BOX),
    (DateKind.RELATED, markup.RELATED_BOX),
)


def class_words(element: "HtmlElement") -> str:
    """Returns an element's class, id, role and itemprop in lower case."""
    values = (element.get(name) for name in ("class", "id", "role", "itemprop", "data-testid"))
    return " ".join(value for value in values if value)[:_MAX_CLASS_LENGTH].lower()
