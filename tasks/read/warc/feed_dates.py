"""The dates that a feed or sitemap gave for a page, from a crawler's metadata record."""

import re

from tasks.read.warc.warc_records import WarcRecord

# Named fields (application/warc-fields) whose last part says date: `feed.pubDate`,
# `sitemap.lastmod`, `news-sitemap.publication_date`, `feed-date`. The words are those of RSS 2.0
# (pubDate), sitemaps.org (lastmod) and Google's news sitemaps (publication_date) ...
_FEED_WORD = re.compile(
    r"(?:^|[._:\s-])(?:pub-?date|publication[_-]?date|lastmod|(?:feed|rss|atom|sitemap)[_-]?date)$",
    re.I,
)
# ... and those of Atom, Dublin Core, schema.org and of crawlers, which mean a feed's only where it
# is named: a bare `last-modified` is the server's.
_COMMON_WORD = re.compile(
    r"(?:feed|rss|atom|sitemap|news|^dc|^dcterms)(?:[._:\s-].*)?[._:\s-](?:published(?:-?date|_at)?"
    r"|date-?published|updated|last-?modified|modified|date-?modified|issued|created|date)$",
    re.I,
)
# What a crawler did, and when, says nothing of the page: `feed.fetch-date`, `news.crawl.date`.
_CRAWLERS_WORDS = frozenset(
    {"fetch", "fetched", "crawl", "crawled", "crawler", "seen", "found", "discovered"}
    | {"poll", "polled", "retrieved", "download", "downloaded", "check", "checked", "visited"}
    | {"harvested", "accessed", "collect", "collected", "archived", "captured", "import"}
    | {"imported", "index", "indexed", "inserted", "added", "stored", "scraped", "parsed"}
)
# Longer ones are no names, and their words would be looked for again and again.
_MAX_NAME = 80
_MAX_FIELDS_BYTES = 256 * 1024
# Only these end a line (WARC 1.1, 4): other separators of Unicode may stand in a value.
_LINE_END = re.compile(r"\r\n|\n|\r")


def read_feed_dates(record: WarcRecord) -> tuple[tuple[str, str], ...]:
    """Read the date fields of a metadata record, as (field name, printed text), in order."""
    content_type = record.fields.get("content-type", "application/warc-fields").lower()
    if not content_type.startswith("application/warc-fields"):
        return ()
    text = record.block[:_MAX_FIELDS_BYTES].decode("utf-8", "replace")
    dates = []
    for line in _LINE_END.split(text):
        # A line that begins with white space goes on with the value before it.
        if line[:1] in (" ", "\t"):
            continue
        name, colon, value = line.partition(": ")
        if not colon:
            name, colon, value = line.partition(":")
        name, value = name.strip(), value.strip()
        if colon and value and len(name) <= _MAX_NAME and _names_date(name):
            dates.append((name, value))
    return tuple(dates)


def _names_date(name: str) -> bool:
    words = re.split(r"[^a-z]+", name.lower())
    if not _CRAWLERS_WORDS.isdisjoint(words):
        return False
    return _FEED_WORD.search(name) is not None or _COMMON_WORD.search(name) is not None
