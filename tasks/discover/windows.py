"""A long window in chunks that are run one after the other."""

from collections.abc import Iterator
from datetime import date, timedelta

Window = tuple[date, date]


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
