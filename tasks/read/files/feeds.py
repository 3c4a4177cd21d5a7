"""Read RSS and Atom feeds, one document an entry; an offset is the entry's number, from 0.

An entry is read where it holds the article's text: `content:encoded` of RSS, `content` of Atom, and
a `description` that is no synopsis. What it says beside the text is evidence, with its source.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import BinaryIO
from urllib.parse import urljoin

from lxml import etree

from schemas.reasons import Reason
from schemas.row_fields import RowRole
from schemas.settings import Limits
from tasks.printed.cleaning import clean
from tasks.read.bytes.compression import UnreadableError, collect, peel_layers, read_pieces
from tasks.read.bytes.content_types import is_feed
from tasks.read.bytes.xml_entities import number_entities
from tasks.read.containment import contain_record
from tasks.read.contents import make_document
from tasks.read.document import ContentForm, Document, Refusal
from tasks.read.files.feed_texts import (
    ATOM,
    RSS_1,
    FeedText,
    is_excerpt,
    plain_words,
    text_of,
    without_footer,
)
from tasks.read.files.loose_files import read_page
from tasks.read.origins import EMPTY_DIGEST, Evidence, FileOrigin, make_origin

_DC = "{http://purl.org/dc/elements/1.1/}"
_ORIGINAL_LINK = "{http://rssnamespace.org/feedburner/ext/1.0}origLink"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ENTRIES = ("item", f"{RSS_1}item", f"{ATOM}entry")
_END = re.compile(rb"</(?:rss|feed|(?:\w+:)?RDF|\w+:feed)\s*>\s*(?:<!--.*?-->\s*)*$", re.DOTALL)
_ENTRY_END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>")
_SNIFFED_END_BYTES = 4 * 1024
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")


def read_feed(
    file: BinaryIO, file_origin: FileOrigin, limits: Limits
) -> Iterator[Document | Refusal]:
    """Read the entries of a feed, in order; XML that is none may be a page, or is refused.

    A feed that is not well-formed is read as far as it can be, and its entries say so.

    Args:
        file: opened for reading bytes.
        file_origin: of the file.
        limits: what a document, and the feed itself, may cost.
    """
    try:
        pieces = peel_layers(read_pieces(file), limits.max_compression_ratio)
        content = collect(pieces, limits.max_document_bytes)
    except UnreadableError as error:
        yield _refuse(file_origin, None, error.reason, error.detail)
        return
    content = _without_utf16(content)
    if not is_feed(content):
        name = file_origin.raw_path
        yield read_page(lambda: io.BytesIO(content), name, file_origin, Evidence(), limits)
        return
    fault = _find_fault(content)
    if fault is not None:
        content = number_entities(content)
    # Of a feed that ends early, libxml closes the entry that is cut.
    is_cut = fault is not None and not _END.search(content[-_SNIFFED_END_BYTES:])
    whole = len(_ENTRY_END.findall(content)) if is_cut else None
    number = 0
    for element in islice(_entries(content), whole):
        read = partial(_read_entry, element, file_origin, number, fault)
        yield contain_record(read, file_origin, number)
        number += 1
        _forget(element)
    if is_cut:
        yield _refuse(file_origin, number, Reason.CONTAINER_TRUNCATED, str(fault))
    elif number == 0:
        yield _refuse(file_origin, None, Reason.DOCUMENT_EMPTY, fault or "a feed without entries")


def _without_utf16(content: bytes) -> bytes:
    """Give XML in UTF-16 as UTF-8."""
    if not content.startswith(_UTF_16):
        return content
    return _DECLARATION.sub("", content.decode("utf-16", "replace")).encode()


def _entries(content: bytes) -> Iterator["etree._Element"]:
    events = etree.iterparse(
        io.BytesIO(content),
        events=("end",),
        tag=_ENTRIES,
        recover=True,
        no_network=True,
        load_dtd=False,
        resolve_entities=False,
        remove_comments=True,
    )
    return (element for _, element in events)


def _find_fault(content: bytes) -> str | None:
    """Tell why a feed is not well-formed."""
    events = etree.iterparse(
        io.BytesIO(content), no_network=True, load_dtd=False, resolve_entities=False
    )
    try:
        for _, element in events:
            element.clear()
    except etree.XMLSyntaxError as error:
        return f"the feed is not well-formed: {error}"
    return None


def _forget(element: "etree._Element") -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _read_entry(
    element: "etree._Element", file_origin: FileOrigin, number: int, fault: str | None
) -> Document | Refusal:
    evidence = _read_evidence(element)
    if fault is not None:
        evidence = replace(evidence, faults=(*evidence.faults, fault))
    text = without_footer(text_of(element), evidence.url)
    feed_dates = tuple(_dates_of(element))
    outcome: Document | Refusal
    if text is None or is_excerpt(text, evidence.url):
        origin = make_origin(file_origin, EMPTY_DIGEST, evidence, number)
        detail = "no text" if text is None else f"an excerpt: {plain_words(text)[:80]!r}"
        outcome = Refusal(origin=origin, reason=Reason.FEED_EXCERPT_ONLY, detail=detail)
    else:
        outcome = make_document(
            text.content.encode("utf-8", "replace"),
            text.form,
            file_origin=file_origin,
            evidence=evidence,
            offset=number,
            charset="utf-8",
        )
    return replace(outcome, origin=replace(outcome.origin, feed_dates=feed_dates))


def _read_evidence(element: "etree._Element") -> Evidence:
    stated = [
        (RowRole.TITLE, _words(_first(element, "title", f"{RSS_1}title", f"{ATOM}title"))),
        (RowRole.AUTHORS, ", ".join(filter(None, _authors_of(element)))),
    ]
    return Evidence(
        url=_link_of(element), stated=tuple((role, text) for role, text in stated if text)
    )


def _link_of(element: "etree._Element") -> str | None:
    printed = _first(element, _ORIGINAL_LINK, "link", f"{RSS_1}link")
    if not printed:
        links = element.findall(f"{ATOM}link")
        alternate = (
            link.get("href") for link in links if link.get("rel", "alternate") == "alternate"
        )
        printed = next(filter(None, alternate), "")
    guid = element.find("guid")
    if not printed and guid is not None and guid.get("isPermaLink", "true").lower() == "true":
        printed = (guid.text or "").strip()
    if not printed:
        return None
    bases = [node.get(_BASE) for node in (element, *element.iterancestors()) if node.get(_BASE)]
    for base in bases:
        try:
            printed = urljoin(str(base), printed)
        except ValueError:
            break
    return clean(printed) or None


def _authors_of(element: "etree._Element") -> list[str]:
    names = [node.text for node in element.findall(f"{ATOM}author/{ATOM}name")]
    names += [node.text for node in element.findall(f"{_DC}creator")]
    if not any(names):
        # RSS 2.0 has an address there, and the name in brackets.
        names += [re.sub(r"^\S+@\S+\s*", "", node.text or "") for node in element.findall("author")]
    return list(dict.fromkeys(clean(name or "").strip(" ()\t\r\n") for name in names))


def _dates_of(element: "etree._Element") -> Iterator[tuple[str, str]]:
    for tag, name in (
        ("pubDate", "rss.pubDate"),
        (f"{_DC}date", "rss.date"),
        (f"{ATOM}published", "atom.published"),
        (f"{ATOM}updated", "atom.updated"),
    ):
        if printed := _first(element, tag):
            yield name, clean(printed)


def _first(element: "etree._Element", *tags: str) -> str:
    """Give the first text that elements of these names have."""
    found = (node.text for tag in tags for node in element.findall(tag))
    return next((text.strip() for text in found if text and text.strip()), "")


def _words(printed: str) -> str:
    """Give a title without markup, which feeds escape in it."""
    if "<" not in printed and "&" not in printed:
        return clean(printed)
    return clean(plain_words(FeedText(printed, ContentForm.HTML)))


def _refuse(file_origin: FileOrigin, number: int | None, reason: Reason, detail: str) -> Refusal:
    origin = make_origin(file_origin, EMPTY_DIGEST, Evidence(), number)
    return Refusal(origin=origin, reason=reason, detail=detail)
