"""Addresses inside addresses: what archives, caches, proxies and share links show."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit

from tasks.normalize.outlets.hosts import has_public_suffix, host_of

_MAX_WRAPPINGS = 5


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
    r"^/(?:web/)?(?:\d{1,14}(?:[a-z]{2}_)?\*?|newest|oldest|o/\w{3,8}|memento/\d{4,14}"
    r"|\d{4}\.\d\d\.\d\d-\d{6}|\d{4}-\d{4}-\d{4}-\d\d)"
    r"/(?P<url>.+)$"
)
_ARCHIVE_HOSTS = re.compile(
    r"^(?:web\.archive\.org|archive\.(?:org|ph|today|is|li|vn|fo|md)|webarchive\.org\.uk"
    r"|webarchive\.nationalarchives\.gov\.uk|wayback\.archive-it\.org|arquivo\.pt"
    r"|megalodon\.jp|timetravel\.mementoweb\.org)$"
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
    "l.instagram.com": ("u",),
    "l.threads.net": ("u",),
    "facebook.com": ("u",),
    "12ft.io": ("q",),
    "away.vk.com": ("to",),
    "vk.com": ("to",),
    "t.me": ("url",),
    "linkedin.com": ("url",),
    "youtube.com": ("q",),
    "out.reddit.com": ("url",),
    "getpocket.com": ("url",),
    "printfriendly.com": ("url",),
    "duckduckgo.com": ("uddg",),
    "smry.ai": ("url",),
    "webcitation.org": ("url",),
}
# Everything below these hosts is somebody else's page.
_QUERY_PATHS = {
    "facebook.com": re.compile(r"/(?:l|sharer|flx|share)\b"),
    "vk.com": re.compile(r"/(?:away|share)\b"),
    "t.me": re.compile(r"/(?:iv|share)\b"),
    "linkedin.com": re.compile(r"/(?:redir|share|sharing|safety)"),
    "youtube.com": re.compile(r"/redirect\b"),
    "getpocket.com": re.compile(r"/(?:redirect|save|edit)\b"),
    "printfriendly.com": re.compile(r"/print\b"),
    "duckduckgo.com": re.compile(r"/l/"),
}
_PREFIX_PROXIES = frozenset(
    {"12ft.io", "1ft.io", "13ft.io", "r.jina.ai", "removepaywall.com", "removepaywalls.com"}
    | {"smry.ai", "freedium.cfd", "freedium-mirror.cfd", "txtify.it"}
)
_SAFE_LINKS = "safelinks.protection.outlook.com"
# Substack's reader shows a letter below its own host: open.substack.com/pub/NAME/p/SLUG
_SUBSTACK_LETTER = re.compile(r"^/pub/(?P<name>[\w-]+)(?P<path>/.*)?$")
# Mirrors that show a platform's pages under its paths.
_MIRRORS = {"scribe.rip": "medium.com", "nitter.net": "x.com", "fxtwitter.com": "x.com"}


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
    if host == "open.substack.com" and (match := _SUBSTACK_LETTER.match(parts.path)):
        return f"https://{match['name']}.substack.com{match['path'] or '/'}"
    if host in _MIRRORS:
        return f"https://{_MIRRORS[host]}{parts.path}{query}"
    if host in _PREFIX_PROXIES:
        return _absolute(parts.path.lstrip("/") + query)
    return None


def _from_query(host: str, parts: SplitResult) -> str | None:
    if host == "webcache.googleusercontent.com":
        match = _CACHE_QUERY.match(parse_qs(parts.query).get("q", [""])[0])
        return _absolute(match["url"]) if match else None
    if (path := _QUERY_PATHS.get(host)) and not path.match(parts.path):
        return None
    names = ("url",) if host.endswith(_SAFE_LINKS) else _QUERY_WRAPPERS.get(host, ())
    for name in names:
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
    host = host_of(text)
    is_host = host is not None and "." in text.split("/", 1)[0] and has_public_suffix(host)
    return f"http://{text}" if is_host else None
