"""Whose host an address is on: registrable domains and hosted platforms.

Registrable domains follow the Public Suffix List (publicsuffix.org) in the copy that tldextract
brings: nothing is fetched, nothing is cached on disk, and the same code gives the same answer.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlsplit

import idna
import tldextract

from schemas.hosting import (
    BLOGGER_LABEL,
    COUNTRY_OF_SCRIPT_CODE,
    GENERIC_COUNTRY_CODES,
    HOSTED_BY_PATH,
    HOSTED_BY_SUBDOMAIN,
    NOT_AN_OUTLET,
    RESERVED_SUFFIXES,
    WRAPPERS,
)
from schemas.trackers import REDIRECTING_HOSTS

_EXTRACT = tldextract.TLDExtract(
    suffix_list_urls=(),
    cache_dir=None,
    include_psl_private_domains=True,
    extra_suffixes=sorted(RESERVED_SUFFIXES),
)
_PUNYCODE = "xn--"
_WWW = re.compile(r"^www\d*\.")
_PRINTED_WWW = re.compile(_WWW.pattern, re.IGNORECASE)
_SERVICES = NOT_AN_OUTLET | WRAPPERS | REDIRECTING_HOSTS
_HOST = re.compile(r"^(?:[\w-]+\.)+[^\W\d_][\w-]+$")
_COUNTRY_CODE_LENGTH = 2
# ISO 3166-1 differs from the top-level domain for one country only.
_COUNTRY_OF_CODE = {"uk": "GB"}
# Each host of a platform to the one that its channels' ids have.
PLATFORM_OF_HOST: Mapping[str, str] = {
    host: own for own, platform in HOSTED_BY_PATH.items() for host in (own, *platform.aliases)
}


@lru_cache(maxsize=16_384)
def host_of(url: str) -> str | None:
    """Returns the host of an address or bare host name: lower case, without `www.` and port.

    A name in another script is written in it: its Punycode (`xn--…`) is the same domain.
    """
    text = url.strip()
    if "//" not in text.split("?", 1)[0]:
        text = f"//{text}"
    try:
        host = (urlsplit(text).hostname or "").rstrip(".").lower()
    except ValueError:
        return None
    host = _WWW.sub("", host)
    if not host.isascii() or _PUNYCODE in host:
        return _in_own_script(host)
    return host if _HOST.match(host) else None


@lru_cache(maxsize=4096)
def _in_own_script(host: str) -> str | None:
    """Writes a host as readers know it (UTS 46, IDNA 2008); one that breaks the rules stays."""
    try:
        encoded = idna.encode(host, uts46=True).decode("ascii")
        return idna.decode(encoded) if _HOST.match(encoded) else None
    except (idna.IDNAError, UnicodeError):
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
    if (
        host in PLATFORM_OF_HOST
        or domain in HOSTED_BY_SUBDOMAIN
        or domain.startswith(f"{BLOGGER_LABEL}.")
    ):
        return host
    return domain


def strip_www(host: str) -> str:
    """Takes `www.` off a printed host."""
    return _PRINTED_WWW.sub("", host)


def has_public_suffix(host: str) -> bool:
    """Whether a host ends in a suffix that the list knows: it is no file or version number."""
    return bool(_split_host(host)[1])


def is_hosted_site(host: str) -> bool:
    """Whether a host is somebody's site below a platform's domain, so that it stands alone."""
    domain = _split_host(host)[0]
    return domain != host and registrable_domain(host) == host


def is_shared_host(host: str) -> bool:
    """Whether many publishers share this host, so that it names none of them."""
    domain = registrable_domain(host)
    return domain in PLATFORM_OF_HOST or domain in HOSTED_BY_SUBDOMAIN


def is_nobodys_host(host: str) -> bool:
    """Whether a host is a service's that shows, shortens or counts pages of others."""
    return host in _SERVICES or registrable_domain(host) in _SERVICES


def domain_label(domain: str) -> str:
    """Returns the part that somebody chose: `bbc` of `bbc.co.uk`, the channel of `t.me/channel`."""
    host, _, channel = domain.partition("/")
    return channel.rpartition("/")[2].lstrip("@") if channel else host.split(".", 1)[0]


def country_of_domain(domain: str) -> str | None:
    """Returns the ISO 3166-1 alpha-2 code of a country's own domain, None for generic ones."""
    code = domain.rsplit(".", 1)[-1]
    if country := COUNTRY_OF_SCRIPT_CODE.get(code):
        return country
    if (
        len(code) != _COUNTRY_CODE_LENGTH
        or not (code.isascii() and code.isalpha())
        or code in GENERIC_COUNTRY_CODES
    ):
        return None
    return _COUNTRY_OF_CODE.get(code, code.upper())
