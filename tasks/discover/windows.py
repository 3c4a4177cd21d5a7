"""Windows of landing dates: what lies in one, and a long one in chunks for runs in turn."""

from collections.abc import Iterator
from datetime import date, timedelta

Window = tuple[date, date]


def is_within(day: date | None, since: date | None, until: date | None) -> bool:
    """Tells whether a landing date lies in a window; an unknown one only where nothing bounds it.

    Args:
        day: the landing date.
        since: first day; None for no bound.
        until: last day; None for no bound.
    """
    if since is None and until is None:
        return True
    return day is not None and (since or date.min) <= day <= (until or date.max)


def overlaps(span: Window, since: date | None, until: date | None) -> bool:
    """Tells whether a span of days, both ends included, has days in a window."""
    first, last = span
    return first <= (until or date.max) and (since or date.min) <= last


def split_window(since: date, until: date, days: int) -> Iterator[Window]:
    """Yields consecutive windows of so many days that cover a window, the last perhaps shorter.

    Args:
        since: first day.
        until: last day, itself covered.
        days: length of a chunk.

    Raises:
        ValueError: the window ends before it begins, or a chunk has no day.
    """
    if since > until:
        raise ValueError(f"the window ends on {until}, before it begins on {since}")
    if days < 1:
        raise ValueError(f"a chunk of {days} days has no day")
    start = since
    while start <= until:
        end = min(start + timedelta(days=days - 1), until)
        yield start, end
        start = end + timedelta(days=1)
