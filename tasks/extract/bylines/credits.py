"""Bylines and credit lines of a page, as printed: for the agency that a text is from."""

from collections.abc import Iterator
from itertools import islice
from string import ascii_lowercase
from typing import TYPE_CHECKING

from tasks.extract.evidence import TextClue, TextSource
from tasks.extract.page.page_elements import PageElements
from tasks.extract.page.parsed_page import Page
from tasks.extract.page.structured_data import ARTICLE_TYPES, nodes_of
from tasks.printed.small_letters import SmallPattern

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MAX_LENGTH = 160
_MAX_ELEMENTS = 24
_META_NAMES = ("author", "article:author", "dc.creator", "dcterms.creator", "byl", "parsely-author")
_JSON_LD_KEYS = ("author", "creator", "creditText", "sourceOrganization", "contributor")
# Where bylines stand, and the words in their class names.
_TAGS = frozenset({"address", "a", "cite", "div", "p", "span", "li"})
_BYLINE_WORDS = ("byline", "author", "agency", "-source", "_source")
# Words for a source, of which a page has one; lists of other stories have one each.
_SOURCE_WORDS = frozenset(
    b"source firma firmante fuente fonte quelle kaynak kaynagi sumber bron kilde kalla zdroj zrodlo"
    b" izvor istochnik laiyuan signature agence agencia agenzia agentur ajans".split()
)
# Words are runs of small letters; bytes are split at all else in a third of a pattern's time.
_LETTERS_ALONE = bytes(code if chr(code) in ascii_lowercase else ord(" ") for code in range(256))
_PICTURE = SmallPattern(
    r"(?<![a-z])(?:photo|foto|image|img|picture|bild|video|getty|caption|figure|media|gallery)"
)
_PICTURE_TAGS = frozenset({"figure", "figcaption", "picture"})
_PICTURE_DEPTH = 5


def collect_credits(page: Page) -> tuple[TextClue, ...]:
    """Collects who a page says its text is by: persons, agencies, "AFP with staff".

    Picture credits are left out: they say nothing about the text.
    """
    clues = (
        TextClue(text=text, source=source, position=position)
        for text, source, position in _read_positions(page)
        if text and len(text) <= _MAX_LENGTH and not _PICTURE.search(text)
    )
    return tuple(dict.fromkeys(clues))


def _read_positions(page: Page) -> Iterator[tuple[str, TextSource, str]]:
    for kind, node in nodes_of(page.structured, ARTICLE_TYPES):
        for key in _JSON_LD_KEYS:
            for name in _names_in(node.get(key)):
                yield _tidy(name), TextSource.JSON_LD, f"{kind}.{key}"
    for meta in _META_NAMES:
        for content in page.structured.meta(meta):
            if not content.startswith(("http://", "https://")):
                yield _tidy(content), TextSource.META, f"meta {meta}"
    bylines, sources = _find_printed(page.elements)
    for element in bylines[:_MAX_ELEMENTS]:
        if _is_of_picture(element):
            continue
        position = element.get("class") or element.get("itemprop") or element.get("rel") or ""
        yield _tidy(element.text_content()), TextSource.BYLINE, f"{element.tag} {position}".strip()
    yield from _read_source(sources[:_MAX_ELEMENTS])


def _read_source(sources: "list[HtmlElement]") -> Iterator[tuple[str, TextSource, str]]:
    """Reads the one element that is named a source; several are a list of other stories."""
    printed = {_tidy(element.text_content()): element for element in sources}
    for text, element in printed.items() if len(printed) == 1 else ():
        if not _is_of_picture(element):
            yield text, TextSource.BYLINE, f"{element.tag} {element.get('class')}"


def _find_printed(elements: PageElements) -> "tuple[list[HtmlElement], list[HtmlElement]]":
    """Returns the elements named as bylines, and those named as sources, in the page's order."""
    of_bylines = elements.names_with(_BYLINE_WORDS)
    joined = "\n".join(elements.names).encode()
    source_words = _SOURCE_WORDS.intersection(joined.translate(_LETTERS_ALONE).split())
    of_sources = {
        name
        for name in elements.names_with([word.decode() for word in source_words])
        if not source_words.isdisjoint(name.encode().translate(_LETTERS_ALONE).split())
    }
    # Most elements are neither.
    either = {None, *of_bylines, *of_sources}
    found = [
        (element, name)
        for element, name in elements.named
        if name in either and element.tag in _TAGS
    ]
    bylines = [element for element, name in found if name is None or name in of_bylines]
    sources = [element for element, name in found if name in of_sources]
    return bylines, sources


def _is_of_picture(element: "HtmlElement") -> bool:
    """Whether an element stands in a figure or a caption: its author took the picture."""
    for around in islice((element, *element.iterancestors()), _PICTURE_DEPTH):
        if around.tag in _PICTURE_TAGS or _PICTURE.search(around.get("class") or ""):
            return True
    return False


def _names_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if not value.startswith(("http://", "https://")):
            yield value
    elif isinstance(value, list):
        for item in value:
            yield from _names_in(item)
    elif isinstance(value, dict):
        yield from _names_in(value.get("name"))


def _tidy(text: str) -> str:
    return " ".join(text.split())
