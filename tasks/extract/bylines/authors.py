"""Who signed an article.

An author is a person whom the page credits with the text, by the name printed. Where it credits
none, the organisation it names in their place counts (an agency, "Staff"). Templates put the outlet
itself into author fields one time in ten. It counts only where there is nobody else.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from lxml import etree

from tasks.extract.bylines.below_headline import read_below_headline
from tasks.extract.bylines.byline_names import (
    BYLINE_PREFIX,
    is_nobody,
    is_organisation,
    parse_names,
    strip_stamp,
)
from tasks.extract.page.page_elements import PageElements
from tasks.extract.page.parsed_page import Page
from tasks.extract.page.structured_data import (
    ARTICLE_TYPES,
    JsonLdNode,
    StructuredData,
    nodes_of,
    types_of,
)
from tasks.extract.text.text_phrases import COMMENTS_CLASS
from tasks.printed.squashing import squash

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_METAS = (
    "author",
    "article:author",
    "og:article:author",
    "og:author",
    "article:byline",
    "byl",
    "byline",
    "dc.creator",
    "dcterms.creator",
    "dc:creator",
    "sailthru.author",
    "parsely-author",
    "cxenseparse:author",
    "citation_author",
)
# Bylines stand in these only where an article says that it is its author's.
_IS_AROUND_ARTICLE = etree.XPath(
    "boolean(ancestor::footer"
    " or ancestor::*[self::aside or self::nav][.//h2 or .//h3 or .//h4 or .//li or .//img])"
)
# What templates print of an author beside the name, and other people's names.
_ABOUT_AUTHOR = re.compile(
    r"(?:author|byline)s?[_-]{0,2}(?:bio|role|desc|description|title|job|position|timestamp|social)"
    r"(?![a-z])|comment[_-]?author",
    re.I,
)
_HEADINGS = ("h1", "h2", "h3", "h4")
_MAX_HEADINGS = 5
_MAX_BYLINE_CHARS = 120
_ROLE_CLASS = re.compile(
    r"(?<![a-z])(?:role|job|jobtitle|position|occupation|function)(?![a-z])", re.I
)
# With its time of publishing; what is longer is no byline, and its patterns are not to see it.
_MAX_LINE_CHARS = 400
# Two words or more, the first and the last with a capital, or of a script that has none.
_SMALL = "a-zß-öø-ÿ"
_FULL_NAME = re.compile(rf"[^\W\d_{_SMALL}]\S*(?: \S+)* [^\W\d_{_SMALL}]\S*|[^\x00-\u2e7f]{{2,}}")
_SURNAME_FIRST = re.compile(r"(?P<surname>[^,;]{2,40}), (?P<given>[^,;]{2,40})")
# A card of a link has two lines with a label each: "Written by", "Reading time".
_CARD_LINES = (1, 2)
# "Copyright (c) 2024 Example Media. All rights reserved."
_COPYRIGHT = re.compile(
    r"copyright|\(c\)|©|all rights reserved|\b(?:19|20)\d\d\b|[-–—,.\s]+$|^[-–—,.\s]+",
    re.IGNORECASE,
)
_ORGANISATIONS = frozenset({"NewsMediaOrganization", "Organization"})


def collect_authors(page: Page, titles: frozenset[str]) -> tuple[str, ...]:
    """Returns the names of the article's authors, each once, in the order printed.

    Args:
        page: the page.
        titles: the squashed candidates for the headline, below which bylines stand.
    """
    own = frozenset(squash(name) for name in _own_names(page.structured))
    stand_in: tuple[str, ...] = ()
    for names in _declared(page):
        found = tuple(name for name in _distinct(names) if not is_nobody(name))
        if persons := _persons(found, own):
            return persons
        stand_in = stand_in or found
    # An author field that names an organisation yields only to a printed "By ...".
    for printed in _printed_bylines(page.elements, titles, only_prefixed=bool(stand_in)):
        if persons := _persons(_distinct(parse_names(printed)), own):
            return persons
    for line in read_below_headline(page.tree, titles):
        if persons := _signed(line, own):
            return persons
    return stand_in


def _signed(line: str, own: frozenset[str]) -> tuple[str, ...]:
    """Returns the persons of a line that begins as bylines do, whatever the template calls it."""
    byline = strip_stamp(line)
    if not BYLINE_PREFIX.match(byline):
        return ()
    names = _distinct(parse_names(byline))
    # Behind an organisation stand places and sections, behind "by" many other things than names.
    if not names or not _FULL_NAME.fullmatch(names[0]):
        return ()
    return _persons(names, own) if _persons(names[:1], own) else ()


def _persons(names: tuple[str, ...], own: frozenset[str]) -> tuple[str, ...]:
    return tuple(
        name
        for name in names
        if squash(name) not in own and not is_organisation(name) and not is_nobody(name)
    )


def _declared(page: Page) -> Iterator[Iterable[str]]:
    structured = page.structured
    yield _json_ld_names(structured)
    for meta in _METAS:
        contents = structured.meta(meta)
        yield (name for content in contents for name in _meta_names(meta, content, page.html))
    for number in _CARD_LINES:
        label = next(structured.meta(f"twitter:label{number}"), "").strip()
        if label and BYLINE_PREFIX.fullmatch(f"{label} "):
            yield parse_names(next(structured.meta(f"twitter:data{number}"), ""))


def _meta_names(meta: str, content: str, source: str) -> Iterable[str]:
    """Catalogues print the surname first, one person a meta: "Doe, Jane".

    Elsewhere a comma may stand between two persons, unless the page prints "Jane Doe" as well.
    """
    surname_first = _SURNAME_FIRST.fullmatch(content.strip())
    if surname_first is None:
        return parse_names(content)
    if meta == "citation_author":
        return (content.strip(),)
    name = f"{surname_first['given']} {surname_first['surname']}"
    return parse_names(name if name in source else content)


def _json_ld_names(structured: StructuredData) -> Iterator[str]:
    by_id = {node["@id"]: node for node in structured.json_ld if isinstance(node.get("@id"), str)}
    for _, node in nodes_of(structured, ARTICLE_TYPES):
        value = node.get("author") or node.get("creator")
        if value:
            # The first article of the page is the page's own; others are related stories.
            for printed in _printed_in(value, by_id):
                yield from parse_names(printed)
            return


def _printed_in(value: Any, by_id: dict[str, JsonLdNode]) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _printed_in(item, by_id)
    elif isinstance(value, dict):
        node = value if "name" in value else by_id.get(str(value.get("@id")), value)
        full = f"{node.get('givenName', '')} {node.get('familyName', '')}".strip()
        name = node.get("name") or full or node.get("byline")
        if isinstance(name, str | list):
            yield from _printed_in(name, {})


def _printed_bylines(
    elements: PageElements, titles: frozenset[str], *, only_prefixed: bool
) -> Iterator[str]:
    """Yields the printed bylines, the surest first, each with those that stand beside it."""
    seen: set[HtmlElement] = set()
    # The classes of where templates print the byline.
    names = elements.names_with(("yline", "uthor"))
    marked = {element for element, mark in elements.marked if mark == "author"}
    found = [
        element
        for element, name in elements.named
        if (name in names or element in marked or element.get("rel") == "author")
        and not _is_in_furniture(element)
    ]
    bylines = {element for element in found if _vagueness(element) == 1}
    # A byline in a byline is what is printed, the other one a box with a portrait and more.
    boxes = {box for byline in bylines for box in byline.iterancestors() if box in bylines}
    for element in sorted(found, key=lambda e: (_vagueness(e), e in boxes)):
        parent = element.getparent()
        if parent is None or parent in seen or _is_of_others(element, titles):
            continue
        seen.add(parent)
        texts = [
            text
            for sibling in parent.iterchildren(element.tag)
            if sibling.get("class") == element.get("class")
            and len(line := " ".join(" ".join(_name_texts(sibling)).split())) <= _MAX_LINE_CHARS
            and (text := strip_stamp(line))
            and len(text) <= _MAX_BYLINE_CHARS
            and (BYLINE_PREFIX.match(text) or not only_prefixed)
        ]
        if texts:
            yield ", ".join(texts)


def _is_in_furniture(byline: "HtmlElement") -> bool:
    """Tells whether a byline stands in a footer, or in an aside or menu that lists stories."""
    if not _IS_AROUND_ARTICLE(byline):
        return False
    is_linked = byline.get("rel") == "author"
    return not is_linked or next(byline.iterancestors("article"), None) is None


def _name_texts(byline: "HtmlElement") -> Iterator[str]:
    """Yields the texts of a byline, without the role that a template marks, and line by line."""
    for part in byline.iter():
        if part is not byline and part.tag == "br":
            yield ","
        if part is byline or not _is_about(part.get("class") or ""):
            yield part.text or ""
        if part is not byline:
            yield part.tail or ""


def _is_about(name: str) -> bool:
    return _ROLE_CLASS.search(name) is not None or _ABOUT_AUTHOR.search(name) is not None


def _is_of_others(element: "HtmlElement", titles: frozenset[str]) -> bool:
    """Tells whether a byline is of a comment or of another story, or tells of its author."""
    if _ABOUT_AUTHOR.search(element.get("class") or ""):
        return True
    for around in element.iterancestors("div", "li", "article"):
        if COMMENTS_CLASS.search(f"{around.get('class', '')} {around.get('id', '')}"):
            return True
        if around.tag == "article":
            return _is_card(around, titles)
    return False


def _is_card(article: "HtmlElement", titles: frozenset[str]) -> bool:
    headings = list(islice(article.iter(*_HEADINGS), _MAX_HEADINGS))
    if not headings or any(squash(heading.text_content()) in titles for heading in headings):
        return False
    around = headings[0].getparent()
    return headings[0].find(".//a") is not None or (around is not None and around.tag == "a")


def _vagueness(element: "HtmlElement") -> int:
    if element.get("rel") == "author" or element.get("itemprop") == "author":
        return 0
    return 1 if "yline" in element.get("class", "") else 2


def _own_names(structured: StructuredData) -> Iterator[str]:
    yield from structured.meta("og:site_name", "application-name")
    yield from filter(None, (_COPYRIGHT.sub("", text) for text in structured.meta("copyright")))
    for node in structured.json_ld:
        publisher = node.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str):
            yield name
        if _ORGANISATIONS.intersection(types_of(node)) and isinstance(node.get("name"), str):
            yield node["name"]


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    distinct: dict[str, str] = {}
    for name in names:
        distinct.setdefault(squash(name), name)
    return tuple(name for key, name in distinct.items() if key)
