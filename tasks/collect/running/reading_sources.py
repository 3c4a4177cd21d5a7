"""Reads what feeds and sitemaps show into the one form that the collector knows."""

from datetime import UTC, datetime

from schemas.settings import MEBIBYTE
from tasks.collect.exchange import Answer, FetchError, Outcome
from tasks.collect.feeds import Feed, FeedEntry, parse_feed
from tasks.collect.memory.standings import Source, SourceKind
from tasks.collect.running.shown import Fields, Shown, ShownEntry, ShownSitemap
from tasks.collect.sitemaps import SitemapEntry, SitemapReader
from tasks.read.bytes.content_types import parse_content_type

_FEED_BYTES = 16 * MEBIBYTE
# What an ordinary sitemap says has changed longer ago is a backfill's.
RECENT_S = 3 * 86_400.0
_HOUR_S = 3600.0
_HOURS = 24


def read_source(source: Source, answer: Answer) -> Shown:
    """Reads what a source shows.

    Raises:
        FetchError: it is broken, and shows nothing.
    """
    if source.kind is SourceKind.FEED:
        return _read_feed(answer)
    return _read_sitemap(answer)


def parse_answer(answer: Answer) -> Feed:
    """Reads an answer as a feed; see `parse_feed`.

    Raises:
        FetchError: it cannot be decoded.
    """
    charset = parse_content_type(answer.header("content-type") or "")[1]
    return parse_feed(answer.decoded(_FEED_BYTES), answer.url, charset)


def _read_feed(answer: Answer) -> Shown:
    feed = parse_answer(answer)
    if feed.fault and not feed.entries:
        raise FetchError(Outcome.PROTOCOL_BROKEN, feed.fault)
    entries = tuple(map(entry_of_feed, feed.entries))
    return Shown(SourceKind.FEED, entries, hint_s=_hint(feed, answer.ended_at))


def entry_of_feed(entry: FeedEntry) -> ShownEntry:
    """Returns an entry of a feed, with what the feed says of it."""
    fields = _printed(
        ("feed.guid", entry.guid),
        ("feed.pubDate", entry.published),
        ("feed.updated", entry.updated),
    )
    return ShownEntry(entry.url, fields)


def _hint(feed: Feed, now: datetime) -> float | None:
    """Returns how long a feed asks to be left alone."""
    is_asleep = (now.hour + 1) % _HOURS in feed.skip_hours or now.weekday() in feed.skip_days
    hints = (feed.ttl_s, feed.update_s, _HOUR_S if is_asleep else None)
    return max((hint for hint in hints if hint is not None), default=None)


def _read_sitemap(answer: Answer) -> Shown:
    reader = SitemapReader(answer.body, answer.url)
    entries: list[ShownEntry] = []
    sitemaps: list[ShownSitemap] = []
    since = answer.ended_at.timestamp() - RECENT_S
    is_empty = True
    for entry in reader:
        is_empty = False
        changed_at = None if entry.publication_date else _instant(entry.lastmod)
        if entry.is_sitemap:
            sitemaps.append(ShownSitemap(entry.url, entry.lastmod or None, changed_at))
        elif entry.publication_date or (changed_at is not None and changed_at >= since):
            entries.append(entry_of_sitemap(entry))
    if reader.fault and is_empty:
        raise FetchError(Outcome.PROTOCOL_BROKEN, reader.fault)
    kind = SourceKind.NEWS_SITEMAP if reader.is_news else SourceKind.SITEMAP
    return Shown(kind, tuple(entries), tuple(sitemaps), is_empty)


def entry_of_sitemap(entry: SitemapEntry) -> ShownEntry:
    """Returns an entry of a sitemap, with what the sitemap says of it."""
    fields = _printed(
        ("news-sitemap.publication_date", entry.publication_date),
        ("sitemap.lastmod", entry.lastmod),
    )
    return ShownEntry(entry.url, fields)


def _printed(*fields: tuple[str, str]) -> Fields:
    return tuple((name, value) for name, value in fields if value)


def _instant(printed: str) -> float | None:
    """Reads a date of W3C's profile of ISO 8601, which sitemaps have."""
    try:
        found = datetime.fromisoformat(printed)
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
