"""Whose host an address is on: registrable domains, hosted platforms, archives and proxies.

Registrable domains follow the Public Suffix List (publicsuffix.org) in the copy that tldextract
brings: nothing is fetched, nothing is cached on disk, and the same code gives the same answer.
"""

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit

import tldextract

from schemas.hosting import (
    BLOGGER_LABEL,
    GENERIC_COUNTRY_CODES,
    HOSTED_BY_PATH,
    HOSTED_BY_SUBDOMAIN,
    RESERVED_SUFFIXES,
)

_EXTRACT = tldextract.TLDExtract(
    suffix_list_urls=(),
    cache_dir=None,
    include_psl_private_domains=True,
    extra_suffixes=sorted(RESERVED_SUFFIXES),
)
_WWW = re.compile(r"^www\d*\.")
_HOST = re.compile(r"^(?:[\w-]+\.)+[^\W\d_][\w-]+$")
_MAX_WRAPPINGS = 5
_COUNTRY_CODE_LENGTH = 2
# ISO 3166-1 differs from the top-level domain for one country only.
_COUNTRY_OF_CODE = {"uk": "GB"}


@lru_cache(maxsize=16_384)
def host_of(url: str) -> str | None:
    """Returns the host of an address or bare host name: lower case, without `www.` and port."""
    text = url.strip()
    if "//" not in text.split("?", 1)[0]:
        text = f"//{text}"
    try:
        host = (urlsplit(text).hostname or "").rstrip(".").lower()
    except ValueError:
        return None
    host = _WWW.sub("", host)
    return host if _HOST.match(host) else None


@lru_cache(maxsize=4096)
def _split_host(host: str) -> tuple[str, str]:
    """Returns (registrable domain, suffix); the host itself where the list has no answer."""
    found = _EXTRACT(host)
    return found.top_domain_under_public_suffix or host, found.suffix


def registrable_domain(url: str) -> str | None:
    """Returns the domain that somebody registered; on hosted platforms, the site's own host.

    `https://www.bbc.co.uk/news` gives `bbc.co.uk`; `turan.wordpress.com` stays whole.
    """
    host = host_of(url)
    if host is None:
        return None
    domain = _split_host(host)[0]
    if domain in HOSTED_BY_SUBDOMAIN or domain.startswith(f"{BLOGGER_LABEL}."):
        return host
    return domain


def strip_www(host: str) -> str:
    """Takes `www.` off a printed host."""
    return re.sub(r"^www\d*\.", "", host, flags=re.IGNORECASE)


def has_public_suffix(host: str) -> bool:
    """Whether a host ends in a suffix that the list knows: it is no file or version number."""
    return bool(_split_host(host)[1])


def hosted_channel(url: str) -> str | None:
    """Returns `host/channel` for a channel on a platform that keeps publishers apart by path."""
    host = host_of(url)
    if host is None or _without_mobile(host) not in HOSTED_BY_PATH:
        return None
    parts = [part for part in urlsplit(url).path.split("/") if part not in {"", "s", "c", "view"}]
    return f"{_without_mobile(host)}/{parts[0].lower()}" if parts else None


def is_hosted_site(host: str) -> bool:
    """Whether a host is somebody's site below a platform's domain, so that it stands alone."""
    domain = _split_host(host)[0]
    return domain != host and registrable_domain(host) == host


def is_shared_host(host: str) -> bool:
    """Whether many publishers share this host, so that it names none of them."""
    domain = registrable_domain(host)
    return domain in HOSTED_BY_PATH or domain in HOSTED_BY_SUBDOMAIN


def domain_label(domain: str) -> str:
    """Returns the part of a registrable domain that somebody chose: `bbc` of `bbc.co.uk`."""
    return domain.split(".", 1)[0]


def country_of_domain(domain: str) -> str | None:
    """Returns the ISO 3166-1 alpha-2 code of a country's own domain, None for generic ones."""
    code = domain.rsplit(".", 1)[-1]
    if len(code) != _COUNTRY_CODE_LENGTH or not code.isascii() or code in GENERIC_COUNTRY_CODES:
        return None
    return _COUNTRY_OF_CODE.get(code, code.upper())


@lru_cache(maxsize=4096)
def see_through(url: str) -> str:
    """Returns the address of the page that an archive, cache, AMP or translation host shows.

    Any other address comes back untouched. Wrappings inside each other are opened one by one.
    """
    for _ in range(_MAX_WRAPPINGS):
        inner = _unwrap(url)
        if inner is None:
            break
        url = inner
    return url


# web.archive.org/web/20240102030405id_/http://…, archive.ph/20240102/…, archive.today/o/AbC/…
_ARCHIVED = re.compile(
    r"^/(?:web/)?(?:\d{1,14}(?:[a-z]{2}_)?\*?|newest|oldest|o/\w{3,8}|\d{4}\.\d\d\.\d\d-\d{6})"
    r"/(?P<url>.+)$"
)
_ARCHIVE_HOSTS = re.compile(
    r"^(?:web\.archive\.org|archive\.(?:org|ph|today|is|li|vn|fo|md)|webarchive\.org\.uk"
    r"|webarchive\.nationalarchives\.gov\.uk|wayback\.archive-it\.org|arquivo\.pt)$"
)
_AMP_PATH = re.compile(r"^/(?:[cvai]|amp)/(?P<secure>s/)?(?P<rest>[^/]+\..+)$")
_CACHE_QUERY = re.compile(r"^cache:(?:[\w-]{8,14}:)?(?P<url>[^\s+]+)")
_TURBO_PATH = re.compile(r"^/(?:turbo/)?(?P<host>[\w.-]+\.\w+)/s(?P<path>/.*)?$")
_PROXY_PATH = re.compile(r"^/proxy_u/[^/]+/(?P<scheme>https?)/(?P<rest>.+)$")
_QUERY_WRAPPERS = {
    "translate.google.com": ("u",),
    "translate.googleusercontent.com": ("u",),
    "translate.yandex.com": ("url",),
    "translate.yandex.ru": ("url",),
    "microsofttranslator.com": ("a",),
    "l.facebook.com": ("u",),
    "lm.facebook.com": ("u",),
    "google.com": ("url", "q"),
    "12ft.io": ("q",),
    "away.vk.com": ("to",),
}
_PREFIX_PROXIES = frozenset({"12ft.io", "r.jina.ai", "removepaywall.com"})


def _unwrap(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        host = host_of(url)
    except ValueError:
        return None
    if host is None:
        return None
    query = f"?{parts.query}" if parts.query else ""
    if _ARCHIVE_HOSTS.match(host):
        match = _ARCHIVED.match(parts.path)
        return _absolute(match["url"] + query) if match else None
    serves_amp = host.endswith("cdn.ampproject.org") or host.startswith("google.")
    if serves_amp and (match := _AMP_PATH.match(parts.path)):
        return f"{'https' if match['secure'] else 'http'}://{match['rest']}{query}"
    if host.endswith(".translate.goog"):
        return _from_translate_goog(host, parts)
    return _from_path(host, parts, query) or _from_query(host, parts)


def _from_path(host: str, parts: SplitResult, query: str) -> str | None:
    if host.endswith("turbopages.org"):
        if match := _PROXY_PATH.match(parts.path):
            return f"{match['scheme']}://{match['rest']}{query}"
        if match := _TURBO_PATH.match(parts.path):
            return f"https://{match['host']}{match['path'] or '/'}{query}"
    if host in _PREFIX_PROXIES:
        return _absolute(parts.path.lstrip("/") + query)
    return None


def _from_query(host: str, parts: SplitResult) -> str | None:
    if host == "webcache.googleusercontent.com":
        match = _CACHE_QUERY.match(parse_qs(parts.query).get("q", [""])[0])
        return _absolute(match["url"]) if match else None
    for name in _QUERY_WRAPPERS.get(host, ()):
        for value in parse_qs(parts.query).get(name, ()):
            if inner := _absolute(value):
                return inner
    return None


def _from_translate_goog(host: str, parts: SplitResult) -> str:
    """Decodes Google's rule: a dot became `-`, a hyphen became `--`."""
    encoded = host.removesuffix(".translate.goog").replace("--", "\0")
    kept = {
        name: values
        for name, values in parse_qs(parts.query, keep_blank_values=True).items()
        if not name.startswith("_x_tr_")
    }
    query = f"?{urlencode(kept, doseq=True)}" if kept else ""
    return f"https://{encoded.replace('-', '.').replace(chr(0), '-')}{parts.path}{query}"


def _absolute(text: str) -> str | None:
    """Reads an address inside another one, where a double slash may have been merged."""
    match = re.match(r"^(https?):/{1,2}(?=[^/])", text, re.IGNORECASE)
    if match:
        return f"{match[1].lower()}://{text[match.end() :]}"
    return f"http://{text}" if host_of(text) and "." in text.split("/", 1)[0] else None


def _without_mobile(host: str) -> str:
    return re.sub(r"^(?:m|mobile|old|web)\.", "", host)
