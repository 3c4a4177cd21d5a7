"""Times that servers name in headers: when to ask again, and how long an answer holds."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from tasks.collect.exchange import Answer

# A number beyond this (30 years) is a typing error, and would overflow what it is added to.
_MAX_DIGITS = 9
_SECONDS = re.compile(rf"\+?(\d{{1,{_MAX_DIGITS}}})(?:\.\d+)?\s*(?:s|sec|seconds)?$", re.IGNORECASE)
_MAX_AGE = re.compile(rf"""(?:^|[\s,])max-age\s*=\s*"?(\d{{1,{_MAX_DIGITS}}})""", re.IGNORECASE)
_UNCACHED = re.compile(r"(?:^|[\s,])no-(?:store|cache)(?:$|[\s,])", re.IGNORECASE)


def parse_http_date(value: str) -> datetime | None:
    """Reads a date of HTTP (RFC 9110, 5.6.7; the obsolete forms too), as a UTC instant."""
    try:
        found = parsedate_to_datetime(value)
        # RFC 850's and asctime's forms name no zone: HTTP's dates are always UTC.
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def retry_after_s(answer: Answer) -> float | None:
    """Returns the seconds after its end that an answer asks to wait; None where it asks nothing.

    A date counts from the server's own clock, where it sends one: clocks differ.
    """
    value = (answer.header("retry-after") or "").strip()
    if found := _SECONDS.match(value):
        return float(found[1])
    until = parse_http_date(value) if value else None
    if until is None:
        return None
    now = parse_http_date(answer.header("date") or "") or answer.ended_at
    return max((until - now).total_seconds(), 0.0)


def max_age_s(answer: Answer) -> float | None:
    """Returns the seconds that an answer holds by its Cache-Control; None where it says nothing."""
    value = ", ".join(answer.headers_named("cache-control"))
    if _UNCACHED.search(value):
        return None
    found = _MAX_AGE.search(value)
    return float(found[1]) if found else None
