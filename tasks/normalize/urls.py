"""Canonical URLs: one address for each article, by our own, versioned definition."""

import re
from collections.abc import Sequence
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from schemas.trackers import DRESS_PARAMETERS, SESSION_PARAMETERS, TRACKER_PREFIXES, TRACKERS
from tasks.extract.evidence import TextClue
from tasks.normalize.outlets.hosts import registrable_domain, see_through

_DEFAULT_PORTS = {"http": 80, "https": 443}
_AMP_TAIL = re.compile(r"(?:/amp|\.amp|/amp\.html?)$|(?<=\.)amp\.(?=html?$)")
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;?#]*", re.IGNORECASE)
_SLASHES = re.compile(r"/{2,}")
# Characters that RFC 3986 allows unescaped in a path; everything else is percent-encoded as UTF-8.
_SEGMENT_SAFE = ":@!$&'()*+,;=-._~"
# PHP-Nuke and its heirs number their stories with `sid`; a session's is at least this long.
_SESSION_MIN_LENGTH = 16


def canonical_url(url: str | None, clues: Sequence[TextClue]) -> str | None:
    """Returns the address that stands for the article.

    The page's own canonical link (then og:url, then JSON-LD) is believed where it is plausible: an
    absolute address of the same registrable domain that does not point a deep page at the front page.

    Args:
        url: the address the page was fetched from, None where unknown.
        clues: addresses the page gives for itself, in order of trust.

    Returns:
        A normalized https address, or None where neither is an address.
    """
    fetched = normalize_url(url) if url else None
    for clue in clues:
        own = normalize_url(clue.text)
        if own and clue.source != "amp" and _is_plausible(own, fetched):
            return own
    return fetched


def normalize_url(url: str) -> str | None:
    """Writes an address in its one normal form, or returns None where it is no web address.

    Archives and AMP hosts are seen through; the scheme becomes https; the host lower case and
    punycode; default ports, user names, fragments, trackers, session ids and AMP or print dresses
    go; other query parameters stay, sorted; the path keeps its case and loses a trailing slash.
    Normalizing twice changes nothing.
    """
    try:
        parts = urlsplit(see_through(url.strip()))
        host = _normalize_host(parts)
    except ValueError:
        return None
    if parts.scheme.lower() not in _DEFAULT_PORTS or not host:
        return None
    path = _normalize_path(parts.path)
    query = urlencode(_kept_parameters(parts.query), quote_via=quote, safe=":,@!")
    return urlunsplit(("https", host, path, query, ""))


def _is_plausible(own: str, fetched: str | None) -> bool:
    if fetched is None:
        return _is_deep(own)
    if registrable_domain(own) != registrable_domain(fetched):
        return False
    return _is_deep(own) or not _is_deep(fetched)


def _is_deep(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path not in {"", "/"} or bool(parts.query)


def _normalize_host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host or any(character.isspace() for character in host):
        return ""
    host = host if host.isascii() else host.encode("idna").decode("ascii")
    host = host.removeprefix("amp.") if host.count(".") > 1 else host
    port = parts.port
    if port is None or port == _DEFAULT_PORTS.get(parts.scheme.lower()):
        return host
    return f"{host}:{port}"


def _normalize_path(path: str) -> str:
    path = _SESSION_PATH.sub("", path)
    path = _SLASHES.sub("/", "/".join(map(_normalize_segment, path.split("/"))))
    while (shorter := _AMP_TAIL.sub("", path.rstrip("/"))) != path:
        path = shorter
    return path or "/"


def _normalize_segment(segment: str) -> str:
    """Percent-encodes alike what is printed in several ways; an encoded slash stays one."""
    plain = unquote(segment, errors="surrogateescape")
    return quote(plain, safe=_SEGMENT_SAFE, errors="surrogateescape")


def _kept_parameters(query: str) -> list[tuple[str, str]]:
    kept = (
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if not _is_noise(name.lower(), value)
    )
    return sorted(set(kept))


def _is_noise(name: str, value: str) -> bool:
    return (
        name in TRACKERS
        or (name in SESSION_PARAMETERS and len(value) >= _SESSION_MIN_LENGTH)
        or name in DRESS_PARAMETERS
        or name.startswith(TRACKER_PREFIXES)
    )
