"""One HTML page, decoded and parsed once; every extractor works on this."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from lxml import etree, html

from schemas.reasons import Reason
from schemas.settings import Limits
from tasks.extract.page.page_elements import PageElements, find_elements
from tasks.extract.page.structured_data import StructuredData, read_structured_data
from tasks.read.bytes.charsets import decode_page
from tasks.read.document import Document, Origin, Refusal

if TYPE_CHECKING:
    from lxml.html import HtmlElement


# Characters that XML cannot hold, and references to them: lxml parses them, but trafilatura fails
# when it writes them back. Deleting bytes costs a tenth of what a regular expression does.
_CONTROL_BYTES = bytes(code for code in range(32) if chr(code) not in "\t\n\r\f")
_FIRST_PRINTED = 32
_BEHIND_LINE_ENDS = ord("\r") + 1
_FORM_FEED_TO_SPACE = bytes.maketrans(b"\f", b" ")
_CONTROL_REFERENCE = re.compile(
    rb"&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|6553[45])(?:;|(?![0-9]))"
    rb"|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF])(?:;|(?![0-9a-fA-F])))"
)
_USUAL_NESTING = 100
_IS_UNUSUAL = etree.XPath(f"boolean({'/*' * _USUAL_NESTING})")
# Real tags have less than fifty attributes; a long tag is mostly data in one of them.
_MAX_TAG_BYTES, _MAX_ATTRIBUTES = 40_000, 500
_WINDOW = _MAX_TAG_BYTES // 2
_MIN_LONG_TAG = _MAX_TAG_BYTES - 100
_TAG_NAME = re.compile(rb"<[a-zA-Z][\w:-]*(?=\s)")
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
# Few pages hold the byte; looking for one is much faster than looking for three.
_NONCHARACTER_START = b"\xef"
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())


class _Element(html.HtmlElement):  # type: ignore[misc]
    """An element that tells its text in half the time: lxml.html evaluates an XPath for it."""

    def text_content(self) -> str:
        """Returns the text of the element and of all within it."""
        if len(self) == 0:
            return self.text or ""
        return etree.tostring(self, encoding=str, method="text", with_tail=False)


# lxml.html looks a class up in Python for each element that is touched: forms have their own.
_ELEMENTS = etree.ElementDefaultClassLookup(element=_Element)


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page.

    Attributes:
        html: the decoded source.
        tree: the lxml tree of it. Clue extractors only read it; the text extractor comes last and
            may consume it.
        structured: the page's JSON-LD nodes, metas and links, read once.
        origin: lineage, URL, HTTP headers, feed dates.
        elements: those of the tree that clues are read from, found once.
    """

    html: str
    tree: "HtmlElement"
    structured: StructuredData
    origin: Origin
    elements: PageElements


def parse_page(document: Document, limits: Limits) -> Page | Refusal:
    """Decodes and parses an HTML document, once for all extractors.

    Returns:
        The page, or a refusal: nothing to parse, or elements nested beyond `limits.max_nesting`.
        Comments and processing instructions are not in the tree.
    """
    source = decode_page(document.content, document.charset)
    try:
        tree = _parse_utf8(_utf8_of(source.text) if source.utf8 is None else source.utf8)
    except etree.ParserError as error:
        return Refusal(origin=document.origin, reason=Reason.DOCUMENT_EMPTY, detail=str(error))
    if _is_nested_beyond(tree, limits.max_nesting):
        detail = f"elements nested deeper than {limits.max_nesting}"
        return Refusal(origin=document.origin, reason=Reason.NESTING_TOO_DEEP, detail=detail)
    elements = find_elements(tree)
    return Page(source.text, tree, read_structured_data(elements), document.origin, elements)


def parse_html(source: str) -> "HtmlElement":
    """Parses decoded HTML; raises `lxml.etree.ParserError` where there is nothing to parse."""
    return _parse_utf8(_utf8_of(source))


def _utf8_of(source: str) -> bytes:
    # Bytes, because lxml refuses text that begins with an XML declaration.
    return source.encode("utf-8", "replace")


def _parse_utf8(source: bytes) -> "HtmlElement":
    content = _bound_attributes(_CONTROL_REFERENCE.sub(b"", source))
    if _holds_control_bytes(content):
        content = content.translate(_FORM_FEED_TO_SPACE, _CONTROL_BYTES)
    if _NONCHARACTER_START in content:
        for noncharacter in _NONCHARACTERS:
            content = content.replace(noncharacter, b"")
    # A parser of its own a page: lxml parsers keep the names they have seen.
    parser = etree.HTMLParser(
        encoding="utf-8",
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    parser.set_element_class_lookup(_ELEMENTS)
    return html.document_fromstring(content, parser=parser)


def _holds_control_bytes(content: bytes) -> bool:
    """Tells whether there are others than tabs and line ends, in a sixth of deleting's time."""
    if b"\v" in content or b"\f" in content:
        return True
    codes = np.frombuffer(content, np.uint8)
    if codes.min(initial=_FIRST_PRINTED) < ord("\t"):
        return True
    # Tabs and line ends become the highest codes, so that the lowest one tells the rest.
    behind = codes - np.uint8(_BEHIND_LINE_ENDS)
    return bool(behind.min(initial=_FIRST_PRINTED) < _FIRST_PRINTED - _BEHIND_LINE_ENDS)


def _bound_attributes(source: bytes) -> bytes:
    """Empties tags of thousands of attributes: libxml2 compares each with all that came before."""
    if not _may_hold_long_tag(source):
        return source
    parts: list[bytes] = []
    last = 0
    for name, end in _long_tags(source):
        tag = source[name.start() : end]
        has_too_many = len(_QUOTED.sub(b"", tag).split()) > _MAX_ATTRIBUTES
        parts += [source[last : name.start()], name[0] if has_too_many else tag]
        last = end
    return b"".join([*parts, source[last:]])


def _long_tags(source: bytes) -> Iterator[tuple[re.Match[bytes], int]]:
    """Yields the names of the long tags and where these end, without a look at the other tags.

    In each of them is half a window, counted from the source's start, without the start of a tag.
    """
    half = _WINDOW // 2
    is_in_text = False
    for start in range(0, len(source) - half + 1, half):
        was_in_text, is_in_text = is_in_text, source.find(b"<", start, start + half) < 0
        if is_in_text and not was_in_text:
            tag = source.rfind(b"<", 0, start)
            if tag >= 0 and (name := _TAG_NAME.match(source, tag)):
                end = _end_of_tag(source, name.end())
                if end - name.end() > _MIN_LONG_TAG:
                    yield name, end


def _end_of_tag(source: bytes, start: int) -> int:
    """Returns where the next bracket is, which may also open a tag, else the end of the source."""
    opening = source.find(b"<", start)
    limit = opening if opening >= 0 else len(source)
    closing = source.find(b">", start, limit)
    return closing if closing >= 0 else limit


def _may_hold_long_tag(source: bytes) -> bool:
    """Tells whether a tag may go on for a whole window, in microseconds on a usual page."""
    is_in_text = False
    for start in range(0, len(source) - _WINDOW, _WINDOW):
        was_in_text, is_in_text = is_in_text, source.find(b"<", start, start + _WINDOW) < 0
        if is_in_text and not was_in_text:
            # A script's data has no tag before it, but `>`.
            tag = source.rfind(b"<", 0, start)
            if source[tag + 1 : tag + 2].isalpha() and source.find(b">", tag, start + _WINDOW) < 0:
                return True
    return False


def _is_nested_beyond(tree: "HtmlElement", limit: int) -> bool:
    # libxml2 itself stops nesting at 2,048, and its XPath walks without recursion. Real pages are
    # less than a hundred deep, which a path of that many steps tells in a fifth of the time.
    if limit >= _USUAL_NESTING and not _IS_UNUSUAL(tree):
        return False
    return bool(tree.xpath(f"boolean(//*[ancestor::*[{limit}]])"))
