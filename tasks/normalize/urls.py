"""Canonical URLs: one address for each article, by our own definition.

This module and schemas/trackers.py are the definition. Both are in the digest of
`pipeline_version`, which every row carries. Warehouses of one version wrote their addresses, and so
their article_ids, by the same rules.
"""

import re
from collections.abc import Iterator, Sequence
from ipaddress import IPv6Address
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urljoin, urlsplit, urlunsplit

import idna

from schemas.trackers import (
    DRESS_PARAMETERS,
    MAYBE_SESSION_PARAMETERS,
    REDIRECTING_HOSTS,
    SESSION_PARAMETERS,
    TRACKER_PREFIXES,
    TRACKERS,
)
from tasks.extract.evidence import TextClue, TextSource
from tasks.normalize.outlets.hosts import registrable_domain
from tasks.normalize.outlets.wrappers import see_through

# http and https show the same article, so that the port of either is no part of its address.
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$")
_AMP = re.compile(r"(?:/amp|\.amp|/amp\.html?)$|(?<=\.)amp\.(?=html?$)|^/amp(?=/)")
# Servlets and PHP write the session behind a semicolon, ASP.NET as a folder: /(S(24 characters))/
_SESSION_PATH = re.compile(
    r";(?:jsessionid|phpsessid|sid)=[^/;?#]*|/\((?:[A-Z]\([\w-]{20,}\))+\)(?=/|$)", re.IGNORECASE
)
# PHP-Nuke and its heirs number their stories with `sid`; a session's is at least this long.
_SESSION_MIN_LENGTH = 16
# Characters that RFC 3986 allows unescaped; everything else is percent-encoded as UTF-8.
_SEGMENT_SAFE = ":@!$&'()*+,;=-._~"
_QUERY_SAFE = ":@!,;/"
# Each round opens up to five wrappings; no real address takes a third to come to rest.
_MAX_ROUNDS = 8

# Addresses that a page gives for itself and nothing else. JSON-LD also describes the neighbours.
_OWN_SOURCES = frozenset({TextSource.CANONICAL, TextSource.OG_URL})
# What an article's address has and a section's has not: a number that is no date, a slug of four
# words, or a mixed key such as `c4gx2k9`.
_ID = re.compile(r"\d{5,}")
_DATE = re.compile(r"^(?:\d{1,2}|(?:19|20)\d\d(?:[-_.]?\d\d){0,2})$")
_NUMBER = re.compile(r"\d{3,}")
_SLUG = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?:[-_+ ]++[^\W_]++){3}")
_EXTENSION = re.compile(r"\.[a-z]{2,5}$")
_KEY = re.compile(r"^(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{7,}$", re.IGNORECASE)


def canonical_url(url: str | None, clues: Sequence[TextClue]) -> str | None:
    """Returns the address that stands for the article.

    The page's own canonical link (then og:url) is believed where it is plausible: on the same
    registrable domain, not the front page or a section where the page itself was an article's, and
    not with another article's number. What a page says of itself in JSON-LD, or in a browser's
    note of where it was saved from, counts only where the address is unknown. A feed's or a link
    shortener's address is as good as unknown.

    Args:
        url: the address the page was fetched from, None where unknown.
        clues: addresses the page gives for itself, in order of trust.

    Returns:
        A normalized https address, or None where neither is an address.
    """
    fetched = normalize_url(url) if url else None
    known = None if fetched and urlsplit(fetched).netloc in REDIRECTING_HOSTS else fetched
    for clue in clues:
        if clue.source not in _OWN_SOURCES and (known or clue.source is TextSource.AMP):
            continue
        own = normalize_url(_absolute(clue.text, url))
        if own and (_is_plausible(own, known) if known else _is_deep(own)):
            return own
    return fetched


def normalize_url(url: str) -> str | None:
    """Writes an address in its one normal form, or returns None where it is no web address.

    Archives and AMP hosts are seen through; the scheme becomes https; the host lower case and
    punycode; default ports, user names, fragments, trackers, session ids and AMP or print dresses
    go; other query parameters stay, sorted; the path keeps its case and loses dot segments, double
    and trailing slashes. Normalizing twice changes nothing.
    """
    for _ in range(_MAX_ROUNDS):
        try:
            normal = _normalize_once(url)
        except ValueError:
            return None
        if normal is None or normal == url:
            return normal
        url = normal
    return None


def _normalize_once(url: str) -> str | None:
    parts = urlsplit(see_through(url.strip().replace("&amp;", "&")))
    if parts.scheme.lower() not in _DEFAULT_PORTS:
        return None
    host = _normalize_host(parts)
    if host is None:
        return None
    path = _AMP.sub("", _SESSION_PATH.sub("", _normalize_path(parts.path)))
    return urlunsplit(("https", host, path or "/", _normalize_query(parts.query), ""))


def _normalize_host(parts: SplitResult) -> str | None:
    host = parts.hostname or ""
    if ":" in host:
        host = f"[{IPv6Address(host).compressed}]"
    else:
        # IDNA 2008, as browsers have it: Python's own codec makes another domain of `straße`.
        host = host if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
        host = host.rstrip(".")
        if not _HOST.match(host):
            return None
        if host.startswith("amp.") and registrable_domain(host) != host:
            host = host.removeprefix("amp.")
    is_default = parts.port is None or parts.port in _DEFAULT_PORTS.values()
    return host if is_default else f"{host}:{parts.port}"


def _normalize_path(path: str) -> str:
    segments: list[str] = []
    for segment in map(_normalize_segment, path.split("/")):
        if segment == "..":
            del segments[-1:]
        elif segment not in {"", "."}:
            segments.append(segment)
    return "/" + "/".join(segments)


def _normalize_segment(segment: str) -> str:
    """Percent-encodes alike what is printed in several ways; an encoded slash stays one."""
    plain = unquote(segment, errors="surrogateescape")
    return quote(plain, safe=_SEGMENT_SAFE, errors="surrogateescape")


def _normalize_query(query: str) -> str:
    """Sorts the parameters that stay; bytes that are no UTF-8 stay the bytes that they are."""
    fields = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    kept = {field for field in fields if any(field) and not _is_noise(*field)}
    return "&".join("=".join(_quoted(field)) for field in sorted(kept))


def _quoted(field: tuple[str, str]) -> Iterator[str]:
    """A name without a value gets no `=`: some sites read the bare query as the story's number."""
    name, value = field
    yield quote(name, safe=_QUERY_SAFE, errors="surrogateescape")
    if value or not name:
        yield quote(value, safe=_QUERY_SAFE, errors="surrogateescape")


def _is_noise(name: str, value: str) -> bool:
    name = name.lower()
    return (
        name in TRACKERS
        or name in SESSION_PARAMETERS
        or name.startswith(TRACKER_PREFIXES)
        # print.php?print=12345 names the story.
        or (name in DRESS_PARAMETERS and not _NUMBER.search(value))
        or (name in MAYBE_SESSION_PARAMETERS and len(value) >= _SESSION_MIN_LENGTH)
    )


def _absolute(text: str, url: str | None) -> str:
    """Resolves `/path` and `//host/path`; other relative forms are more often junk."""
    if not url or not text.startswith("/"):
        return text
    try:
        return urljoin(url, text)
    except ValueError:
        return text


def _is_plausible(own: str, fetched: str) -> bool:
    """Whether a page's own address can be that of the page fetched. Both are normalized."""
    if own == fetched:
        return True
    domain = registrable_domain(own)
    if domain is None or domain != registrable_domain(fetched):
        return False
    own_ids, fetched_ids = _ids(own), _ids(fetched)
    if own_ids and fetched_ids and own_ids.isdisjoint(fetched_ids):
        return False
    return _is_article(own) or not (_is_article(fetched) or _is_beneath(fetched, own))


def _is_beneath(url: str, folder: str) -> bool:
    return urlsplit(url).path.startswith(urlsplit(folder).path.rstrip("/") + "/")


def _is_deep(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path != "/" or bool(parts.query)


def _is_article(url: str) -> bool:
    """Whether an address looks like an article's rather than a section's or a day's."""
    parts = urlsplit(url)
    names = [_EXTENSION.sub("", unquote(segment)) for segment in parts.path.split("/")]
    return any(char.isdigit() for char in parts.query) or any(
        _NUMBER.search(name) or _SLUG.search(name) or _KEY.match(name)
        for name in names
        if not _DATE.match(name)
    )


def _ids(url: str) -> set[str]:
    """Returns the numbers that sites know their stories by: five digits or more, no dates."""
    parts = urlsplit(url)
    return {found for found in _ID.findall(f"{parts.path} {parts.query}") if not _DATE.match(found)}
