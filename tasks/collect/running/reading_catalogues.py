"""Reads catalogues: which of their addresses are of a backfill's days, and which catalogues follow.

An address is of the days that its source gives for its publication; else of those in its path. A
last change alone says that an article is no younger: before the window it was published before,
in the window it is taken, and after the window its day is not known. An address of no known day is
taken where the name of its sitemap is of days in the window, or where the order says so.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tasks.collect.exchange import Answer, FetchError, Outcome
from tasks.collect.feeds import FeedEntry, next_page
from tasks.collect.memory.backfills import Catalogue, CatalogueKind, Ending, Order
from tasks.collect.memory.pages import page_key
from tasks.collect.planning.window import (
    Days,
    Window,
    days_of_address,
    days_of_names,
    read_days,
)
from tasks.collect.running.reading_sources import entry_of_feed, entry_of_sitemap, parse_answer
from tasks.collect.running.shown import ShownEntry
from tasks.collect.sitemaps import SitemapEntry, SitemapReader

# Addresses that are read at once: some hundredths of a second.
_PART = 250


class Count(StrEnum):
    """What is counted of the addresses in a catalogue."""

    TAKEN = "taken"  # of the window
    OUTSIDE = "outside"  # of other days
    UNDATED = "undated"  # no day is known, and they are not taken
    NEW = "new"  # of those taken, the ones that nobody found before
    PASSED = "sitemaps passed over"  # wholly outside of the window


@dataclass(slots=True)
class Listing:
    """A part of what a catalogue lists.

    Attributes:
        entries: articles of the window.
        counts: of all its addresses.
        sitemaps: that it names and that may hold some of the window; True where the name says
            that all in it is.
        next_page: where older entries of a feed stand.
        digest: of the addresses, of a feed.
        ending: why it is done; None where parts follow.
        problem: what is broken in it.
    """

    entries: list[ShownEntry] = field(default_factory=list)
    counts: Counter[Count] = field(default_factory=Counter)
    sitemaps: dict[str, bool] = field(default_factory=dict)
    next_page: str | None = None
    digest: bytes | None = None
    ending: Ending | None = None
    problem: str | None = None


def read_catalogue(catalogue: Catalogue, order: Order, answer: Answer) -> Iterator[Listing]:
    """Reads what a catalogue lists, in parts: a large one takes seconds.

    Raises:
        FetchError: it is broken, and lists nothing.
    """
    if answer.truncated:
        raise FetchError(Outcome.PROTOCOL_BROKEN, "the server broke off")
    if catalogue.kind is CatalogueKind.FEED:
        yield _read_feed(catalogue, order, answer)
    else:
        yield from _read_sitemap(catalogue, order, answer)


def _read_feed(catalogue: Catalogue, order: Order, answer: Answer) -> Listing:
    feed = parse_answer(answer)
    if not feed.entries and catalogue.number > 1:
        # Behind the last page some sites answer with a page, others with an empty feed.
        return Listing(ending=Ending.MISSING)
    if feed.fault and not feed.entries:
        raise FetchError(Outcome.PROTOCOL_BROKEN, feed.fault)
    listing = Listing(ending=Ending.READ, problem=feed.fault)
    listing.next_page = next_page(feed, catalogue.url)
    days = [_days_of_entry(entry, order.window) for entry in feed.entries]
    for entry, of in zip(feed.entries, days, strict=True):
        _sort(listing, order, entry_of_feed(entry), of, is_dated=False)
    known = [of for of in days if of is not None]
    if known and all(map(order.window.is_after, known)):
        listing.ending, listing.next_page = Ending.OLDER, None
    listing.digest = _digest(entry.url for entry in feed.entries)
    return listing


def _read_sitemap(catalogue: Catalogue, order: Order, answer: Answer) -> Iterator[Listing]:
    reader = SitemapReader(answer.body, answer.url)
    listing = Listing()
    children: list[SitemapEntry] = []
    number = 0
    for number, entry in enumerate(reader, start=1):
        if entry.is_sitemap:
            children.append(entry)
        else:
            days = _days_of(entry.url, entry.publication_date, entry.lastmod, order.window)
            _sort(listing, order, entry_of_sitemap(entry), days, is_dated=catalogue.is_dated)
        if number % _PART == 0:
            yield listing
            listing = Listing()
    if reader.fault and not number:
        raise FetchError(Outcome.PROTOCOL_BROKEN, reader.fault)
    listing.ending, listing.problem = Ending.READ, reader.fault
    _choose(listing, children, catalogue, order.window, answer.ended_at.date())
    yield listing


def _choose(
    listing: Listing,
    children: list[SitemapEntry],
    catalogue: Catalogue,
    window: Window,
    today: date,
) -> None:
    """Takes in the sitemaps of an index that may hold some of the window."""
    names = days_of_names([child.url for child in children], today)
    for child in children:
        named = names.get(child.url)
        if _is_outside(child, named, window):
            listing.counts[Count.PASSED] += 1
        else:
            is_dated = catalogue.is_dated if named is None else window.covers(named)
            listing.sitemaps[child.url] = is_dated


def _is_outside(child: SitemapEntry, named: Days | None, window: Window) -> bool:
    """Whether a sitemap is wholly outside of a window, by its name or its last change."""
    if named is not None and not window.may_hold(named):
        return True
    changed = read_days(child.lastmod)
    return changed is not None and window.is_after(changed)


def _sort(
    listing: Listing, order: Order, entry: ShownEntry, days: Days | None, *, is_dated: bool
) -> None:
    if days is None:
        count = Count.TAKEN if is_dated or order.takes_undated else Count.UNDATED
    else:
        count = Count.TAKEN if order.window.holds(days) else Count.OUTSIDE
    listing.counts[count] += 1
    if count is Count.TAKEN:
        listing.entries.append(entry)


def _days_of_entry(entry: FeedEntry, window: Window) -> Days | None:
    return _days_of(entry.url, entry.published, entry.updated, window)


def _days_of(url: str, published: str, changed: str, window: Window) -> Days | None:
    days = read_days(published) or days_of_address(url)
    if days is not None:
        return days
    days = read_days(changed)
    return None if days is not None and days.first > window.until else days


def _digest(urls: Iterable[str]) -> bytes:
    return hashlib.blake2b(b"".join(_sorted_keys(urls)), digest_size=16).digest()


def _sorted_keys(urls: Iterable[str]) -> Iterator[bytes]:
    yield from sorted(map(page_key, urls))
