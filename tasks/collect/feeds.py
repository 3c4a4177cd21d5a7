"""Feeds as a collector needs them: which articles they show, and when to ask again.

RSS 0.9 to 2.0, RDF, Atom and JSON Feed. Feeds are often broken: libxml reads on behind faults, and
where entries are lost all the same, feedparser, which is slower by an order, reads them again.
(`tasks.read.files.feeds` reads the texts in feeds that lie in raw/; nothing here does.)
"""

import io
import json
import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import feedparser

from tasks.collect.feed_model import MAX_ENTRIES, Feed, FeedEntry, absolute, on_one_line
from tasks.collect.feed_xml import parse_xml
from tasks.read.bytes.charsets import decode_html

__all__ = ["Feed", "FeedEntry", "next_page", "parse_feed"]

_ENTRY_MARK = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>/]", re.IGNORECASE)
# feedparser takes a third of a millisecond an entry; rubbish costs it the square of its length:
# 4 s for so much, a minute for four times as much.
_MAX_FALLBACK_BYTES = 512 * 1024
_DECLARATION = re.compile(r"<\?xml[^<>]*>")
_AGAIN = ("link", "id", "title", "published", "updated")
_JSON = ("url", "external_url", "id", "title", "date_published", "date_modified")


def parse_feed(body: bytes, url: str, charset: str | None = None) -> Feed:
    """Reads a feed; bytes that are none give a feed without entries, and the fault.

    Args:
        body: decoded, see `Answer.decoded`.
        url: that it was fetched from; relative addresses are relative to it.
        charset: that the transport declared, for XML that declares none.
    """
    if body[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _parse_json(body, url)
    feed = parse_xml(body, url, charset)
    shown = len(_ENTRY_MARK.findall(body))
    if len(feed.entries) < shown and len(body) <= _MAX_FALLBACK_BYTES:
        again = _parse_again(body, url)
        if len(again) > len(feed.entries):
            feed = replace(feed, entries=again)
    return replace(feed, lost=max(shown - len(feed.entries), 0))


def next_page(feed: Feed, url: str) -> str | None:
    """Returns where older entries of a feed stand, None where nothing is known of it.

    Args:
        feed: the last page read.
        url: of that page. WordPress counts pages in its query, and answers 404 behind the last.
    """
    if feed.next_page and feed.next_page != url:
        return feed.next_page
    if "wordpress" not in feed.generator.lower() or not feed.entries:
        return None
    parts = urlsplit(url)
    fields = dict(parse_qsl(parts.query, keep_blank_values=True))
    page = fields.get("paged", "1")
    fields["paged"] = str(int(page) + 1 if page.isdecimal() else 2)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(fields), ""))


def _parse_again(body: bytes, url: str) -> tuple[FeedEntry, ...]:
    """Reads a feed's entries with feedparser, which is handed bytes and fetches nothing."""
    # It fails on declarations that lie: it gets UTF-8, and none.
    text = _DECLARATION.sub("", decode_html(body, None), count=1)
    parsed = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    entries: dict[str, FeedEntry] = {}
    for found in parsed.entries[:MAX_ENTRIES]:
        # Its own `get` answers with another date where one is missing.
        words = {word: on_one_line(str(dict.get(found, word) or "")) for word in _AGAIN}
        address = absolute(words["link"], url)
        if address is not None:
            entry = FeedEntry(
                address, words["id"], words["title"], words["published"], words["updated"]
            )
            entries.setdefault(address, entry)
    return tuple(entries.values())


def _parse_json(body: bytes, url: str) -> Feed:
    """Reads a JSON Feed (jsonfeed.org, 1.0 and 1.1)."""
    try:
        document = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        return Feed(fault=f"no JSON: {error}"[:200])
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        return Feed(fault="no JSON Feed: it has no items")
    entries: dict[str, FeedEntry] = {}
    for item in items[:MAX_ENTRIES]:
        words = {word: _json_text(item, word) for word in _JSON}
        address = absolute(words["url"] or words["external_url"], url)
        if address is not None:
            dates = words["date_published"], words["date_modified"]
            entry = FeedEntry(address, words["id"], words["title"], *dates)
            entries.setdefault(address, entry)
    return Feed(
        entries=tuple(entries.values()),
        lost=max(len(items) - len(entries), 0),
        next_page=absolute(_json_text(document, "next_url"), url),
    )


def _json_text(item: object, word: str) -> str:
    value = item.get(word) if isinstance(item, dict) else None
    return on_one_line(str(value)) if isinstance(value, str | int) else ""
