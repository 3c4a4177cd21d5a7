"""Tell pages and texts from everything else, by the declared type or by the bytes."""

import re

from tasks.read.document import ContentForm

_HTML_TYPES = {"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"}
_TEXT_TYPES = {"text/plain"}
# As the MIME Sniffing Standard (7.1): with these, as without a type, the bytes decide.
_UNKNOWN_TYPES = {
    "",
    "unknown/unknown",
    "application/unknown",
    "*/*",
    # What servers say of names they do not know.
    "application/octet-stream",
    "binary/octet-stream",
}
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([^\s;"',]+)""", re.I)
# The standard's patterns for HTML, behind white space and a byte order mark.
_HTML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?[\s\0]*<(?:!doctype\s+html|html|head|body|title|script|style|meta|link|iframe|"
    rb"h[1-6]|div|font|table|a|b|br|p|!--|\?xml)(?=[\s>/!\-]|\Z)",
    re.I,
)
# Bytes that no text holds (MIME Sniffing Standard, binary data byte).
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_SNIFFED_BYTES = 1445
# An XML declaration, stylesheets, comments and a document type, which stand before the root.
_PROLOG = (
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:(?:<\?[^>]*>|<!--.*?-->|<!DOCTYPE\s[^>\[]*>)\s*)*"
)
# The root of RSS 2.0, RSS 1.0 or Atom.
_FEED_START = re.compile(
    _PROLOG + rb"<(?:rss[\s>]|rdf:RDF[\s>]|feed\s[^>]*http://www\.w3\.org/2005/Atom)",
    re.IGNORECASE | re.DOTALL,
)
# One of these it begins with, in small letters; what stands before it takes long to go over.
_FEED_ROOTS = (b"<rss", b"<rdf:rdf", b"<feed")
_ROOT = re.compile(_PROLOG + rb"<(?:\w+:)?(\w+)[\s>]", re.DOTALL)
# XML that is no article, by its root (sitemaps.org, opml.org, W3C, OASIS, OGC, Apple, S3).
_NO_ARTICLES = {
    b"urlset": "a sitemap",
    b"sitemapindex": "an index of sitemaps",
    b"opml": "an outline",
    b"svg": "a drawing",
    b"tt": "subtitles",
    b"kml": "a map",
    b"gpx": "a track",
    b"plist": "a property list",
    b"stylesheet": "a style sheet",
    b"schema": "a schema",
    b"definitions": "an interface",
    b"Envelope": "an answer of an interface",
    b"OpenSearchDescription": "a search form",
    b"browserconfig": "a configuration",
    b"ListBucketResult": "a listing of a store",
    b"Error": "an error of a store",
}


def parse_content_type(value: str) -> tuple[str, str | None]:
    """Split a Content-Type into the type, in lower case, and the declared charset."""
    charset = _CHARSET.search(value)
    essence = re.split(r"[;,]", value, maxsplit=1)[0].strip().lower()
    return essence, charset[1] if charset else None


def is_sniffed(essence: str) -> bool:
    """Tell whether the bytes must say what the type does not."""
    return essence in _UNKNOWN_TYPES or "/" not in essence


def form_of_type(essence: str) -> ContentForm | None:
    """Give the form that a declared type stands for; None for what is neither page nor text."""
    if essence in _HTML_TYPES:
        return ContentForm.HTML
    return ContentForm.TEXT if essence in _TEXT_TYPES else None


def is_markup(content: bytes) -> bool:
    """Tell whether bytes begin as a page does."""
    return _HTML_START.match(content[:_SNIFFED_BYTES]) is not None


def is_feed(content: bytes) -> bool:
    """Tell whether bytes begin as RSS or Atom do."""
    head = content[:_SNIFFED_BYTES]
    small = head.lower()
    if not any(root in small for root in _FEED_ROOTS):
        return False
    return _FEED_START.match(head) is not None


def name_without_article(content: bytes) -> str | None:
    """Tell what XML is that holds no article: a sitemap, a drawing. None for all else."""
    root = _ROOT.match(content[:_SNIFFED_BYTES])
    return _NO_ARTICLES.get(root[1]) if root else None


def looks_plain(content: bytes) -> bool:
    """Tell whether bytes begin as markup or text."""
    return sniff_form(content) is not None


def sniff_form(content: bytes) -> ContentForm | None:
    """Tell the form from the bytes; None for binary data."""
    head = content[:_SNIFFED_BYTES]
    if _HTML_START.match(head):
        return ContentForm.HTML
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ContentForm.HTML if b"<\0" in head or b"\0<" in head else ContentForm.TEXT
    return None if _BINARY.search(head) else ContentForm.TEXT
