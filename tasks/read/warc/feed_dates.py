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
# ... and those of Atom and of crawlers, which mean a feed's only where it is named: a bare
# `last-modified` is the server's.
_COMMON_WORD = re.compile(
    r"(?:feed|rss|atom|sitemap|news).*[._:\s-](?:published(?:-?date|_at)?|updated|last-?modified|date)$",
    re.I,
)
# Longer ones are no names, and their words would be looked for again and again.
_MAX_NAME = 80
_MAX_FIELDS_BYTES = 256 * 1024


def read_feed_dates(record: WarcRecord) -> tuple[tuple[str, str], ...]:
    """Read the date fields of a metadata record, as (field name, printed text), in order."""
    content_type = record.fields.get("content-type", "application/warc-fields").lower()
    if not content_type.startswith("application/warc-fields"):
        return ()
    lines = record.block[:_MAX_FIELDS_BYTES].decode("utf-8", "replace").splitlines()
    dates = []
    for line in lines:
        name, colon, value = line.partition(": ")
        if not colon:
            name, colon, value = line.partition(":")
        name, value = name.strip(), value.strip()
        is_name = bool(colon) and len(name) <= _MAX_NAME
        if is_name and value and (_FEED_WORD.search(name) or _COMMON_WORD.search(name)):
            dates.append((name, value))
    return tuple(dates)
