"""Channels on platforms: whose page it is where many publishers share a host."""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from schemas.hosting import HOSTED_BY_PATH, PLATFORM_FUNCTIONS, Platform
from tasks.normalize.outlets.hosts import PLATFORM_OF_HOST, host_of

# Mobile and national faces of a platform: m., old., mbasic., az-az., de.
_FACE = re.compile(r"^(?:m|mobile|mbasic|touch|old|new|web|[a-z]{2}(?:-[a-z]{2})?)\.")
_NAME = re.compile(r"@?\w[\w.·-]{0,63}")
# permalink.php, index.html
_SCRIPT = re.compile(r"\.(?:php|html?|aspx?|jsp)$")
# vk.com writes wall-123_45 for a community's post and wall123_45 for a person's.
_VK_POST = re.compile(
    r"(?:w=)?(?:wall|video|clip|photo|topic|album|doc|story|market)(-?)(\d+)(?:_.*)?"
)
_VK_GROUP = re.compile(r"(?:public|event|club)(\d+)")
_VK_ARTICLE = re.compile(r"@(\w+)-.*")


@lru_cache(maxsize=4096)
def hosted_channel(url: str) -> str | None:
    """Returns `host/channel` for a channel on a platform that keeps publishers apart by path.

    A platform has one host in it whatever the address had: `twitter.com/a` gives `x.com/a`.

    Returns:
        None for any other host, and where the address of a post does not say whose it is
        (`youtube.com/watch`).
    """
    host = host_of(url)
    own = platform_host(host) if host else None
    if own is None or not HOSTED_BY_PATH[own].has_channels:
        return None
    parts = _path_parts(url)
    if own == "vk.com":
        parts = _vk_parts(parts)
    channel = _channel_in(parts, HOSTED_BY_PATH[own])
    return f"{own}/{channel}" if channel else None


def platform_host(host: str) -> str | None:
    """Returns the host that a platform's ids have, None where a host is no such platform's."""
    return PLATFORM_OF_HOST.get(host) or PLATFORM_OF_HOST.get(_FACE.sub("", host))


def channel_spellings(url: str) -> Iterator[str]:
    """Yields how a registry may write the channel of an address, the usual form first."""
    channel = hosted_channel(url)
    if channel is None:
        return
    own, _, name = channel.partition("/")
    for host in (own, *HOSTED_BY_PATH[own].aliases):
        yield f"{host}/{name}"
        parts = _path_parts(url)
        for count in (1, 2):
            yield "/".join((host, *parts[:count])).lower()


def _path_parts(url: str) -> list[str]:
    try:
        path = urlsplit(url.strip() if "//" in url else f"//{url.strip()}").path
    except ValueError:
        return []
    return [part for part in unquote(path).split("/") if part]


def _channel_in(parts: list[str], platform: Platform) -> str | None:
    namespace = ""
    while parts and parts[0].lower() in platform.skipped:
        parts = parts[1:]
    if parts and parts[0].lower() in platform.namespaces:
        namespace, parts = f"{parts[0].lower()}/", parts[1:]
    if not parts:
        return None
    # YouTube's numbers differ by case; names do not.
    name = parts[0] if namespace == "channel/" else parts[0].lower()
    is_function = not namespace and name in (platform.functions | PLATFORM_FUNCTIONS)
    if is_function or not name.startswith(platform.sign):
        return None
    return f"{namespace}{name}" if _NAME.fullmatch(name) and not _SCRIPT.search(name) else None


def _vk_parts(parts: list[str]) -> list[str]:
    """Reads whose post an address of vk.com is: `wall-12_3` is of club12, `wall12_3` of id12."""
    if not parts:
        return parts
    if match := _VK_POST.fullmatch(parts[0]):
        return [f"{'club' if match[1] else 'id'}{match[2]}"]
    if match := _VK_GROUP.fullmatch(parts[0]):
        return [f"club{match[1]}"]
    match = _VK_ARTICLE.fullmatch(parts[0])
    return [match[1]] if match else parts
