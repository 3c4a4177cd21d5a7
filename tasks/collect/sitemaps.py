"""Sitemaps (sitemaps.org 0.9): of pages, of news, indexes, and plain lists; read as a stream.

What is read is dropped at once, so that a sitemap of any length costs no memory. libxml reads on
behind faults: a broken entry costs itself.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from schemas.settings import MEBIBYTE, Limits
from tasks.collect.broken_xml import SAFE_XML, without_forbidden
from tasks.collect.feed_model import absolute, on_one_line
from tasks.collect.feeds import parse_feed
from tasks.read.bytes.compression import (
    PIECE_BYTES,
    UnreadableError,
    collect,
    peek_head,
    peel_layers,
)
from tasks.read.bytes.content_types import is_feed
from tasks.read.bytes.xml_entities import number_entities

# sitemaps.org allows 50 MB and 50,000 addresses; sites that pay no heed stay below these.
MAX_DECODED_BYTES = 100 * MEBIBYTE
MAX_URLS = 200_000
_MAX_FEED_BYTES = 16 * MEBIBYTE
_HEAD_BYTES = 2048
# libxml holds the white space of a bomb until its ratio shows, which is after each of these.
_SENT_BYTES = 16 * 1024
_WIDE = (b"\xff\xfe", b"\xfe\xff")


class SitemapEntry(NamedTuple):
    """An address that a sitemap names; texts as printed, on one line, "" where there is none.

    Attributes:
        url: absolute.
        is_sitemap: it is a sitemap, which an index names.
        lastmod: when it last changed.
        publication_date: of news.
        title: of news.
    """

    url: str
    is_sitemap: bool = False
    lastmod: str = ""
    publication_date: str = ""
    title: str = ""


class SitemapReader:
    """Reads one sitemap; iterate over it once.

    Attributes:
        fault: known once all was read: why it is no sitemap, what is broken in it, or the limit
            that it goes beyond; None for a good one.
        lost: entries without a web address.
        is_news: an entry was of news.
    """

    def __init__(self, body: bytes, url: str) -> None:
        """Takes a sitemap.

        Args:
            body: as sent; compression is found by its bytes.
            url: that it was fetched from; relative addresses are relative to it.
        """
        self.fault: str | None = None
        self.lost = 0
        self.is_news = False
        self._body = body
        self._url = url

    def __iter__(self) -> Iterator[SitemapEntry]:
        """Yields its entries, in order; it stops at limits and damage."""
        try:
            head, _ = peek_head(self._pieces(), _HEAD_BYTES)
            if is_feed(head):
                entries = self._read_feed()
            elif without_forbidden(head).removeprefix(b"\xef\xbb\xbf").startswith((b"<", *_WIDE)):
                entries = self._read_xml()
            else:
                entries = self._read_lines()
            for number, entry in enumerate(entries):
                if number >= MAX_URLS:
                    self.fault = f"more than {MAX_URLS} addresses"
                    return
                yield entry
        except UnreadableError as error:
            self.fault = str(error)

    def _pieces(self) -> Iterator[bytes]:
        starts = range(0, len(self._body), _SENT_BYTES)
        raw = (self._body[start : start + _SENT_BYTES] for start in starts)
        size = 0
        for piece in peel_layers(raw, Limits().max_compression_ratio):
            size += len(piece)
            if size > MAX_DECODED_BYTES:
                self.fault = f"more than {MAX_DECODED_BYTES} bytes"
                return
            yield piece

    def _read_feed(self) -> Iterator[SitemapEntry]:
        """Reads a feed in place of a sitemap, which the protocol allows."""
        feed = parse_feed(collect(self._pieces(), _MAX_FEED_BYTES), self._url)
        self.fault, self.lost = feed.fault, feed.lost
        for entry in feed.entries:
            yield SitemapEntry(entry.url, lastmod=entry.updated or entry.published)

    def _read_lines(self) -> Iterator[SitemapEntry]:
        """Reads a list of an address a line; a page or an image is none."""
        rest = b""
        for piece in self._pieces():
            *lines, rest = (rest + piece).split(b"\n")
            yield from self._read_list(lines)
            rest = rest[-PIECE_BYTES:]
        yield from self._read_list([rest])

    def _read_list(self, lines: Iterable[bytes]) -> Iterator[SitemapEntry]:
        for line in lines:
            text = line.decode("utf-8", "replace").strip("\ufeff \t\r")
            if text.startswith(("http://", "https://")):
                yield SitemapEntry(text)
            elif text:
                self.lost += 1
                self.fault = self.fault or "neither XML nor a list of addresses"

    def _read_xml(self) -> Iterator[SitemapEntry]:
        """Reads XML; from the first fault on it is read again with entities that survive one."""
        number = 0
        for entry in self._parse(self._pieces(), is_mended=False):
            number += 1
            yield entry
        if self.fault is None or self._body.startswith(_WIDE):
            return
        self.lost, fault = 0, self.fault
        for again, entry in enumerate(self._parse(self._pieces(), is_mended=True)):
            if again >= number:
                yield entry
        self.fault = fault

    def _parse(self, pieces: Iterable[bytes], *, is_mended: bool) -> Iterator[SitemapEntry]:
        tags = ("{*}url", "{*}sitemap")
        parser = etree.XMLPullParser(events=("end",), tag=tags, **SAFE_XML)
        is_first = True
        for piece in _mended(pieces) if is_mended else pieces:
            clean = without_forbidden(piece) if is_first else piece
            parser.feed(clean)
            is_first = False
            if not is_mended and len(parser.feed_error_log):
                self.fault = parser.feed_error_log[0].message
                return
            for _, element in parser.read_events():
                assert isinstance(element, etree._Element)  # of events "end" it always is
                yield from self._read_entry(element)
                _forget(element)

    def _read_entry(self, element: "etree._Element") -> Iterator[SitemapEntry]:
        found: dict[str, str] = {}
        for child in element:
            name = _name_of(child.tag)
            if name == "news":
                for fact in child:
                    found.setdefault(_name_of(fact.tag), on_one_line(fact.text or ""))
                self.is_news = True
            elif child.text:
                found.setdefault(name, on_one_line(child.text))
        url = absolute(found.get("loc"), self._url)
        if url is None:
            self.lost += 1
            return
        yield SitemapEntry(
            url,
            _name_of(element.tag) == "sitemap",
            found.get("lastmod", ""),
            found.get("publication_date", ""),
            found.get("title", ""),
        )


def _mended(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Mends entities, and cuts between tags so that none is cut."""
    rest = b""
    for piece in pieces:
        whole, sign, rest = (rest + piece).rpartition(b">")
        if len(rest) > PIECE_BYTES:
            whole, sign, rest = whole + sign + rest, b"", b""
        yield number_entities(whole + sign)
    yield number_entities(rest)


@lru_cache(maxsize=1024)
def _name_of(tag: object) -> str:
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def _forget(element: "etree._Element") -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
