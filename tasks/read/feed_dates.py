"""The dates that a feed or sitemap gave for a page, from a crawler's metadata record."""

import re

from tasks.read.warc_records import WarcRecord

# Named fields (application/warc-fields) whose last part says date: `feed.pubDate`,
# `sitemap.lastmod`, `news-sitemap.publication_date`, `feed-date`. The words are those of RSS 2.0
# (pubDate), Atom (published, updated), sitemaps.org (lastmod) and Google's news sitemaps
# (publication_date).
_FIELD = re.compile(
    r"(?:^|[._:\s-])(?:pub-?date|published(?:-?date|_?at)?|publication[_-]?date|updated|"
    r"last-?mod(?:ified)?|(?:feed|rss|atom|sitemap|news)[_-]?date)$",
    re.I,
)
# A response's own header says when the server changed the file, not what a feed said.
_NOT_OF_A_FEED = re.compile(r"^(?:http|response|header)", re.I)
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
        if colon and value and _FIELD.search(name) and not _NOT_OF_A_FEED.match(name):
            dates.append((name, value))
    return tuple(dates)
