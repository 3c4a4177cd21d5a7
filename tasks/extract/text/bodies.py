"""Where on a page the article's body is, as far as the template says."""

import re
from collections import Counter
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree
from trafilatura.xpaths import BODY_XPATH

from tasks.extract.text.named_rules import words_of_rule
from tasks.extract.text.notes import copy_notes_below
from tasks.printed.squashing import squash

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Shorter paragraphs are lines of cards and boxes more often than of a body.
_MIN_PARAGRAPH_CHARS = 40
# Less text than this in paragraphs is a teaser, not a piece of a body.
_MIN_PIECE_CHARS = 150
# A live blog's entries are shorter than this, the story that is loaded below another is not.
_MIN_ARTICLE_CHARS = 1_500
# An article that has the page's headline is the page's, however much follows it.
_MIN_HEADED_CHARS = 500
# A body that holds less of the page's paragraphs than this is not the body.
_MIN_SHARE = 0.5
_MIN_PROSE = 0.3
_MIN_HEADED_BODY_CHARS = 100
_MIN_TITLE_KEY = 12
_MAX_HEADINGS = 20
_MIN_HOLDER_SHARE = 0.75
_MIN_HOLDER_PARAGRAPHS = 2
_PAGE_TAGS = frozenset({"html", "body"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5"})
# What trafilatura's rules ask of an element.
_FRAMES = frozenset({"article", "div", "main", "section"})
_NAMES = ("id", "class", "itemprop", "role")
# What a rule finds by its tag alone: `(.//main)[1]`.
_TAG_ALONE = re.compile(r"\(\.//(\w+)\)")
# What its first rule recognizes as an article's body, from outside.
_BODY_MARK = ("itemprop", "articleBody")


@dataclass(frozen=True, slots=True)
class Body:
    """An article's body.

    Attributes:
        element: where it is on the page.
        chars: characters of its paragraphs.
        is_headed: it begins with the page's headline, so that it is the article, however short.
    """

    element: "HtmlElement"
    chars: int
    is_headed: bool


def _words_of(path: str) -> set[str]:
    """Returns words, one of which is the tag or in a name of whatever a rule finds."""
    words = words_of_rule(path) if "'" in path else set()
    words.update(_TAG_ALONE.findall(path))
    return {word for word in words if not any(other in word for other in words - {word})}


_WORDS = [_words_of(rule.path) for rule in BODY_XPATH]


def find_body(tree: "HtmlElement", titles: frozenset[str]) -> Body | None:
    """Returns the article's body, None where it is not sure.

    trafilatura takes the first element whose class or id says that it is the body. Templates cut
    bodies into pieces, to put boxes between them: where several elements are alike, their common
    ancestor is the body.

    Args:
        tree: the page; it is left as it is.
        titles: the squashed candidates for the headline.
    """
    weights = _weigh(tree)
    if not weights[tree]:
        return None
    headed = _find_headed(tree, titles, weights)
    body = _find_body(tree, titles, weights, headed)
    return Body(body, weights[body], is_headed=body is headed) if body is not None else None


def isolate_body(body: Body) -> "HtmlElement":
    """Returns a tree with nothing but copies of a body and of the notes below it on its page."""
    alone = copy(body.element)
    alone.tail = None
    if alone.tag in ("td", "body"):  # outside of its frame it is a block like any other
        alone.tag = "div"
    alone.set(*_BODY_MARK)
    root = alone.makeelement("html")
    root.append(alone.makeelement("body"))
    root[0].append(alone)
    alone.extend(copy_notes_below(body.element))
    return root


def _find_body(
    tree: "HtmlElement",
    titles: frozenset[str],
    weights: "Counter[HtmlElement]",
    headed: "HtmlElement | None",
) -> "HtmlElement | None":
    """Returns the first of trafilatura's candidates that holds most of the page's paragraphs.

    None also where the rules disagree: where such a candidate is wrapped around a whole article
    that an earlier rule found, and that holds too little of the page to be believed.
    """
    passed: list[HtmlElement] = []
    for is_surest, body in _candidates(weights):
        if headed is not None and not _is_around(body, headed) and not _is_around(headed, body):
            continue
        if weights[body] >= _MIN_HEADED_CHARS and _is_headed(body, titles):
            return body
        if _holds_most(body, weights, weights[tree], is_surest=is_surest):
            return None if any(body in other.iterancestors() for other in passed) else body
        if weights[body] >= _MIN_ARTICLE_CHARS:
            passed.append(body)
    return headed if headed is not None else _find_holder(tree, weights)


def _find_headed(
    tree: "HtmlElement", titles: frozenset[str], weights: "Counter[HtmlElement]"
) -> "HtmlElement | None":
    """Returns the `<article>` with the page's headline and a paragraph, None where there is none.

    What follows the headline is the page's article, however short: author boxes, comments and the
    next story may be longer.
    """
    for heading in islice(tree.iter("h1", "h2"), _MAX_HEADINGS):
        article = _article_around(heading, weights)
        if article is None or weights[article] < _MIN_HEADED_BODY_CHARS:
            continue
        if _is_title(squash(heading.text_content()), titles):
            return article
    return None


def _article_around(
    heading: "HtmlElement", weights: "Counter[HtmlElement]"
) -> "HtmlElement | None":
    """Returns the outermost article that is one: some templates make one of each paragraph."""
    around = [a for a in heading.iterancestors("article") if not _holds_articles(a, weights)]
    return around[-1] if around else _article_of(heading)


def _is_title(key: str, titles: frozenset[str]) -> bool:
    """Tells whether a heading is the headline, with a kicker in front of it or not."""
    return key in titles or any(
        len(title) >= _MIN_TITLE_KEY and key.endswith(title) for title in titles
    )


def _candidates(weights: "Counter[HtmlElement]") -> "Iterator[tuple[bool, HtmlElement]]":
    """Yields what each of trafilatura's rules finds, and whether it is the surest rule's.

    Asked of the whole page, the rules call regular expressions for each of its elements; so they
    are shown only the names of those that hold paragraphs.
    """
    frames = [
        (element, (str(element.tag), *map(element.get, _NAMES)))
        for element in weights
        if element.tag in _FRAMES
    ]
    for number in range(len(BODY_XPATH)):
        first = next((element for element, names in frames if _finds(number, *names)), None)
        if first is not None:
            is_surest = number == 0
            yield is_surest, _joined(first, weights) if is_surest else first


@lru_cache(maxsize=16_384)
def _finds(number: int, tag: str, *names: str | None) -> bool:
    """Tells whether a rule of trafilatura's finds an element of this tag with these `_NAMES`."""
    # Most names hold none of the words: an outline of an element costs ten times the look at them.
    values = "\n".join((tag, *filter(None, names))).lower()
    if not any(word in values for word in _WORDS[number]):
        return False
    outline = etree.Element("body")
    named = {name: value for name, value in zip(_NAMES, names, strict=True) if value is not None}
    etree.SubElement(outline, tag, named)
    return bool(BODY_XPATH[number](outline))


def _holds_most(
    body: "HtmlElement", weights: "Counter[HtmlElement]", total: int, *, is_surest: bool
) -> bool:
    """Tells whether an element holds most of the page's paragraphs, and one article's only."""
    chars = weights[body]
    return (
        chars >= _MIN_SHARE * total
        and (is_surest or _is_prose(body, chars))
        and not _holds_articles(body, weights)
    )


def _find_holder(tree: "HtmlElement", weights: "Counter[HtmlElement]") -> "HtmlElement | None":
    """Returns the innermost element with most of the page's paragraphs, None where there is none.

    Many templates name no body; old ones lay out the page in a table, whose cells are menu, article
    and side column.
    """
    holder = tree
    while True:
        heaviest = max(holder.iterchildren(), key=weights.__getitem__, default=None)
        if heaviest is None or weights[heaviest] < _MIN_HOLDER_SHARE * weights[holder]:
            break
        holder = heaviest
    if weights[holder] < _MIN_SHARE * weights[tree]:
        return None
    if holder.tag in _PAGE_TAGS and not _is_bare(holder, weights[holder]):
        return None
    paragraphs = sum(1 for _ in islice(holder.iter("p"), _MIN_HOLDER_PARAGRAPHS))
    is_whole = paragraphs == _MIN_HOLDER_PARAGRAPHS and _is_prose(holder, weights[holder])
    return holder if is_whole and not _holds_articles(holder, weights) else None


def _is_bare(page: "HtmlElement", chars: int) -> bool:
    """Tells whether a page's paragraphs stand in its `<body>` itself: it has no template."""
    own = (len(paragraph.text_content()) for paragraph in page.iterchildren("p"))
    return sum(length for length in own if length >= _MIN_PARAGRAPH_CHARS) >= _MIN_SHARE * chars


def _is_headed(element: "HtmlElement", titles: frozenset[str]) -> bool:
    """Tells whether an article begins with the page's headline: others may follow below it."""
    heading = next(element.iter("h1"), None) if element.tag == "article" else None
    return heading is not None and squash(heading.text_content()) in titles


def _is_prose(element: "HtmlElement", chars: int) -> bool:
    """Tells whether the paragraphs are what an element holds: old pages have none, but breaks."""
    return chars >= _MIN_PROSE * sum(map(len, element.text_content().split()))


def _holds_articles(element: "HtmlElement", weights: "Counter[HtmlElement]") -> bool:
    """Tells whether an element holds several whole articles: the next story is loaded below."""
    whole = (a for a in element.iter("article") if weights[a] >= _MIN_ARTICLE_CHARS)
    return sum(1 for article in whole if article is not element) > 1


def _joined(first: "HtmlElement", weights: "Counter[HtmlElement]") -> "HtmlElement":
    """Returns the common ancestor of the pieces of a body, the first where it is the only one.

    Pieces have the same tag and class and lie in the same `<article>`; a headline between them
    means that they are bodies of different articles.
    """
    pieces = _pieces(first, weights)
    if len(pieces) <= 1:
        return first
    ancestor = _common_ancestor(pieces)
    if ancestor.tag in ("body", "html") or sum(1 for _ in ancestor.iter("h1")) > 1:
        return first
    return ancestor


def _pieces(first: "HtmlElement", weights: "Counter[HtmlElement]") -> "list[HtmlElement]":
    name, article = first.get("class"), _article_of(first)
    if not name:
        return []
    alike = [
        element
        for element in weights
        if element.tag == first.tag
        and element.get("class") == name
        and _article_of(element) is article
    ]
    outer = [element for element in alike if not any(a in alike for a in element.iterancestors())]
    return [element for element in outer if weights[element] >= _MIN_PIECE_CHARS]


def _article_of(element: "HtmlElement") -> "HtmlElement | None":
    return next(element.iterancestors("article"), None)


def _weigh(tree: "HtmlElement") -> "Counter[HtmlElement]":
    """Returns how many characters of paragraphs each element holds, teasers not counted.

    The elements are in the page's order.
    """
    holders: Counter[HtmlElement] = Counter()
    for paragraph in tree.iter("p"):
        length = len(paragraph.text_content())
        if length >= _MIN_PARAGRAPH_CHARS and not _is_teaser(paragraph):
            holders[paragraph.getparent()] += length
    weights: Counter[HtmlElement] = Counter()
    for holder, length in holders.items():
        for element in reversed((holder, *holder.iterancestors())):
            weights[element] += length
    return weights


def _is_teaser(paragraph: "HtmlElement") -> bool:
    """Tells whether a paragraph follows a linked heading, or lies in a link: a card does."""
    heading = paragraph.getprevious()
    if heading is not None and heading.tag in _HEADINGS:
        return heading.find(".//a") is not None
    parent = paragraph.getparent()
    return parent is not None and parent.tag == "a"


def _is_around(outer: "HtmlElement", inner: "HtmlElement") -> bool:
    return inner is outer or any(ancestor is outer for ancestor in inner.iterancestors())


def _common_ancestor(elements: "list[HtmlElement]") -> "HtmlElement":
    common = list(elements[0].iterancestors())
    for element in elements[1:]:
        chain = set(element.iterancestors())
        common = [candidate for candidate in common if candidate in chain]
    return common[0]
