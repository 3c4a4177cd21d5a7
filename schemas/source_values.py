"""The values of a sources file: what each may be. A reader raises a ValueError that says so."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Literal
from urllib.parse import urlsplit

OptOut = Literal["honour", "record"]

_UNITS_S = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")
_MAIL = re.compile(r"(?:mailto:)?[^\s@/]+@[\w.-]+\.\w+")
# It becomes the name of a folder in raw/; one that begins with a sign is passed over there.
_GROUP = re.compile(r"[A-Za-z0-9][\w.-]*")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HOST = re.compile(r"(?:(?:[\w-]+\.)+[\w-]+|localhost)(?::\d{1,5})?")
_ADDRESS = re.compile(r"\[?([\da-fA-F.:]+?)\]?:(\d{1,5})")


def read_text(value: object) -> str:
    """Reads a text that says something."""
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise ValueError("a text")


def read_contact(value: object) -> str:
    """Reads how a site's owner reaches the collector's."""
    right = "a page about you (https://...) or an e-mail address"
    if isinstance(value, str) and value.isascii() and _MAIL.fullmatch(value):
        return value
    try:
        url = read_url(value)
    except ValueError as error:
        raise ValueError(right) from error
    # It goes into a header, in brackets.
    if not url.isascii() or set(" ()") & set(url):
        raise ValueError(right)
    return url


def read_group(value: object) -> str:
    """Reads the name of a folder."""
    if isinstance(value, str) and _GROUP.fullmatch(value):
        return value
    raise ValueError("the name of a folder in raw/")


def read_id(value: object) -> str:
    """Reads an outlet_id."""
    if isinstance(value, str) and _ID.fullmatch(value):
        return value
    raise ValueError("a slug of a-z, 0-9 and hyphens")


def read_url(value: object) -> str:
    """Reads a web address."""
    right = "a web address like https://example.org/rss"
    if not isinstance(value, str) or re.search(r"\s", value):
        raise ValueError(right)
    try:
        parts = urlsplit(value)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        raise ValueError(right) from error
    if not is_web or "@" in parts.netloc:
        raise ValueError(right)
    return value


def read_host(value: object) -> str:
    """Reads a host, with a port where it is not the web's own."""
    if isinstance(value, str) and _HOST.fullmatch(value):
        return value.lower()
    raise ValueError("a bare host like example.org")


def read_pattern(value: object) -> str:
    """Reads a regular expression."""
    text = read_text(value)
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"a regular expression: {error}") from error
    return text


def read_address(value: object) -> tuple[str, int]:
    """Reads an IP address and a port."""
    found = _ADDRESS.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("an IP address and a port like 127.0.0.1:8080")
    return found[1], int(found[2])


def read_duration(value: object) -> float:
    """Reads a time such as `60m`, as seconds."""
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if found is None or float(found[1]) == 0:
        raise ValueError('a time like "90s", "60m", "24h" or "7d"')
    return float(found[1]) * _UNITS_S[found[2]]


def read_delay(value: object) -> float:
    """Reads seconds between requests; none is no politeness."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and 0 <= float(str(value)) <= _UNITS_S["d"]:
        return float(str(value))
    raise ValueError("a number of seconds, 0 to 86400")


def read_opt_out(value: object) -> OptOut:
    """Reads what an opt-out means."""
    match value:
        case "honour" | "record":
            return value
        case _:
            raise ValueError('"honour" or "record"')


def read_refetch(value: object) -> tuple[float, ...]:
    """Reads when a page is asked for again, as rising seconds; none for `never`."""
    right = '"never" or a list of rising times like ["1h", "24h"]'
    if value == "never":
        return ()
    if not isinstance(value, list) or not value:
        raise ValueError(right)
    times = tuple(map(read_duration, value))
    if list(times) != sorted(set(times)):
        raise ValueError(right)
    return times


def read_count(value: object) -> int:
    """Reads a number of pages."""
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    raise ValueError("a number of pages, 1 or more")


# Settings of an outlet, which `defaults` may give for all.
SETTINGS: Mapping[str, Callable[[object], Any]] = {
    "delay_s": read_delay,
    "latency": read_duration,
    "opt_out": read_opt_out,
    "refetch": read_refetch,
    "max_pages_per_day": read_count,
}
