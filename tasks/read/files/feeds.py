"""Read RSS and Atom feeds, one document an entry; an offset is the entry's number, from 0.

An entry is read where it holds the article's text: `content:encoded` of RSS, `content` of Atom, and
a `description` that is no synopsis. What it says beside the text is evidence, with its source.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import BinaryIO
from urllib.parse import urljoin

from lxml import etree, html

from schemas.reasons import Reason
from schemas.row_fields import RowRole
from schemas.settings import Limits
from tasks.printed.cleaning import clean
from tasks.read.bytes.compression import UnreadableError, collect, peel_layers, read_pieces
from tasks.read.bytes.content_types import is_feed
from tasks.read.containment import contain_record
from tasks.read.contents import make_document
from tasks.read.document import ContentForm, Document, Refusal
from tasks.read.files.loose_files import read_page
from tasks.read.origins import EMPTY_DIGEST, Evidence, FileOrigin, make_origin

_ATOM = "{http://www.w3.org/2005/Atom}"
_ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
_DC = "{http://purl.org/dc/elements/1.1/}"
_ORIGINAL_LINK = "{http://rssnamespace.org/feedburner/ext/1.0}origLink"
_RSS1 = "{http://purl.org/rss/1.0/}"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ENTRIES = ("item", f"{_RSS1}item", f"{_ATOM}entry")
# How feeds show that a text goes on elsewhere.
_CUT = re.compile(
    r"(?:\[?(?:…|\.{3})\]?|(?:read|see|learn)\s+(?:more|the\s+(?:full|rest)[\w\s]*)|continue\s+reading[^.]*"
    r"|weiterlesen|mehr\s+lesen|lire\s+la\s+suite|leer\s+m[aá]s|читать\s+(?:далее|полностью))"
    r"[\s.…\]»>→]*$",
    re.IGNORECASE,
)
# RSS 2.0 calls `description` the synopsis; a longer one of several paragraphs is the text.
_SYNOPSIS_CHARACTERS = 1_000
_PARAGRAPH = re.compile(r"</p\s*>|<br\s*/?>\s*<br|\n\s*\n", re.IGNORECASE)
_FOOTER = re.compile(
    r"\s*The post .{0,300} (?:appeared first on|first appeared on) .{0,200}$", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class _Text:
    """An entry's text, as the feed gives it."""

    content: str
    form: ContentForm
    is_synopsis: bool = False


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
    if not is_feed(content):
        name = file_origin.raw_path
        yield read_page(lambda: io.BytesIO(content), name, file_origin, Evidence(), limits)
        return
    fault = _find_fault(content)
    number = 0
    for element in _entries(content):
        read = partial(_read_entry, element, file_origin, number, fault)
        yield contain_record(read, file_origin, number)
        number += 1
        _forget(element)
    if fault is not None and not content.rstrip().endswith(b">"):
        yield _refuse(file_origin, number, Reason.CONTAINER_TRUNCATED, fault)
    elif number == 0:
        yield _refuse(file_origin, None, Reason.DOCUMENT_EMPTY, fault or "a feed without entries")


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
    text = _text_of(element)
    feed_dates = tuple(_dates_of(element))
    outcome: Document | Refusal
    if text is None or _is_excerpt(text):
        origin = make_origin(file_origin, EMPTY_DIGEST, evidence, number)
        detail = "no text" if text is None else f"an excerpt: {_plain(text)[:80]!r}"
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


def _text_of(element: "etree._Element") -> _Text | None:
    """Give the text of an entry; of several, the longest that is meant to be whole."""
    contents = [
        _Text(node.text, ContentForm.HTML) for node in element.findall(_ENCODED) if node.text
    ]
    contents += filter(None, map(_atom_text, element.findall(f"{_ATOM}content")))
    if contents:
        return max(contents, key=lambda text: len(text.content))
    for tag in ("description", f"{_RSS1}description", f"{_ATOM}summary"):
        node = element.find(tag)
        if node is not None and node.text and node.text.strip():
            return _Text(node.text, ContentForm.HTML, is_synopsis=True)
    return None


def _atom_text(node: "etree._Element") -> _Text | None:
    """Read Atom's content (RFC 4287, 4.1.3); what lies elsewhere or is no text gives none."""
    kind = node.get("type", "text").lower()
    if kind in ("xhtml", "application/xhtml+xml"):
        parts = [node.text or "", *(etree.tostring(child, encoding="unicode") for child in node)]
        content = "".join(parts)
    else:
        content = node.text or ""
    if not content.strip() or node.get("src"):
        return None
    if kind in ("html", "text/html", "xhtml", "application/xhtml+xml"):
        return _Text(content, ContentForm.HTML)
    return _Text(content, ContentForm.TEXT) if kind in ("text", "text/plain") else None


def _is_excerpt(text: _Text) -> bool:
    plain = _plain(text)
    if not plain or _CUT.search(plain):
        return True
    is_long = len(plain) >= _SYNOPSIS_CHARACTERS and _PARAGRAPH.search(text.content.strip())
    return text.is_synopsis and not is_long


def _plain(text: _Text) -> str:
    """Give the visible words, without what WordPress puts behind each entry."""
    words = text.content
    if text.form is ContentForm.HTML:
        try:
            words = " ".join(map(str, html.fromstring(f"<div>{words}</div>").itertext()))
        except (etree.ParserError, ValueError):
            return ""
    return _FOOTER.sub("", " ".join(words.split())).strip()


def _read_evidence(element: "etree._Element") -> Evidence:
    stated = [
        (RowRole.TITLE, _words(_first(element, "title", f"{_RSS1}title", f"{_ATOM}title"))),
        (RowRole.AUTHORS, ", ".join(filter(None, _authors_of(element)))),
    ]
    return Evidence(
        url=_link_of(element), stated=tuple((role, text) for role, text in stated if text)
    )


def _link_of(element: "etree._Element") -> str | None:
    printed = _first(element, _ORIGINAL_LINK, "link", f"{_RSS1}link")
    if not printed:
        links = element.findall(f"{_ATOM}link")
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
    names = [node.text for node in element.findall(f"{_ATOM}author/{_ATOM}name")]
    names += [node.text for node in element.findall(f"{_DC}creator")]
    if not any(names):
        # RSS 2.0 has an address there, and the name in brackets.
        names += [re.sub(r"^\S+@\S+\s*", "", node.text or "") for node in element.findall("author")]
    return list(dict.fromkeys(clean(name or "").strip(" ()\t\r\n") for name in names))


def _dates_of(element: "etree._Element") -> Iterator[tuple[str, str]]:
    for tag, name in (
        ("pubDate", "rss.pubDate"),
        (f"{_DC}date", "rss.date"),
        (f"{_ATOM}published", "atom.published"),
        (f"{_ATOM}updated", "atom.updated"),
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
    return clean(_plain(_Text(printed, ContentForm.HTML)))


def _refuse(file_origin: FileOrigin, number: int | None, reason: Reason, detail: str) -> Refusal:
    origin = make_origin(file_origin, EMPTY_DIGEST, Evidence(), number)
    return Refusal(origin=origin, reason=reason, detail=detail)
