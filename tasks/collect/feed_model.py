"""What a feed shows, in whatever form it is written."""

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from tasks.printed.cleaning import clean

MAX_ENTRIES = 10_000
_MAX_TEXT = 2_000
_WEB = re.compile(r"https?://[^/?#\s]+(?:[/?#]\S*)?$")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An article that a feed shows; texts as printed, on one line.

    Attributes:
        url: absolute.
        guid: what the feed knows it by, "" where it says nothing.
        title: may hold escaped markup.
        published: a date, or "".
        updated: a date, or "".
    """

    url: str
    guid: str = ""
    title: str = ""
    published: str = ""
    updated: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed shows, and what it asks of those who poll it.

    Attributes:
        entries: in its order, each address once.
        lost: entries whose beginning stands in the bytes, and that could not be read or have no
            address.
        fault: why it is no feed, or what is broken; None for a good one.
        ttl_s: how long it may be kept (`ttl` of RSS).
        update_s: how often it changes (`sy:updatePeriod` and `sy:updateFrequency`).
        skip_hours: hours of the day, in UTC, in which it never changes.
        skip_days: days of the week, 0 for Monday, on which it never does.
        next_page: where older entries stand (RFC 5005, JSON Feed), None where it does not say.
        generator: the software that wrote it, "" where it does not say.
    """

    entries: tuple[FeedEntry, ...] = ()
    lost: int = 0
    fault: str | None = None
    ttl_s: float | None = None
    update_s: float | None = None
    skip_hours: frozenset[int] = field(default_factory=frozenset)
    skip_days: frozenset[int] = field(default_factory=frozenset)
    next_page: str | None = None
    generator: str = ""


def absolute(printed: str | None, *bases: str) -> str | None:
    """Returns a web address as an absolute one, None where it is none.

    Args:
        printed: as printed, on one line.
        bases: what it is relative to, the outermost first; each may be relative to the one before.
    """
    if not printed or _WEB.match(printed):
        return printed or None
    try:
        base = ""
        for inner in bases:
            base = urljoin(base, inner)
        address = urljoin(base, printed)
        is_web = urlsplit(address).scheme in ("http", "https")
    except ValueError:
        return None
    return address if is_web else None


def on_one_line(text: str) -> str:
    """Returns a text on one line, without characters that are no text."""
    if text.isascii() and text.isprintable() and len(text) <= _MAX_TEXT and "  " not in text:
        return text.strip()
    return " ".join(clean(text[:_MAX_TEXT]).split())
