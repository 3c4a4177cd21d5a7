"""Write sources into a sources file, which keeps its comments and its order."""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from schemas.outlets import Registry
from schemas.toml_lines import KeyPath, lines_of_keys
from tasks.collect.opml import Subscription
from tasks.normalize.outlets.hosts import domain_label, host_of, registrable_domain

ListName = Literal["feeds", "sitemaps"]

_NOT_IN_ID = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class NewSources:
    """Sources to write.

    Attributes:
        outlet_id: whose they are.
        urls: addresses, by the list that they go to.
    """

    outlet_id: str
    urls: Mapping[ListName, tuple[str, ...]] = field(default_factory=dict)


def outlet_id_of(url: str, registry: Registry) -> str:
    """Returns the registry's outlet of an address; where it knows none, an id after the domain."""
    host = host_of(url) or ""
    if outlet := registry.find_host(host):
        return outlet.outlet_id
    label = domain_label(registrable_domain(url) or host)
    return _NOT_IN_ID.sub("-", label.encode("idna").decode("ascii").lower()).strip("-") or "outlet"


def group_subscriptions(
    subscriptions: Iterable[Subscription], registry: Registry
) -> tuple[NewSources, ...]:
    """Returns the sources of a feed reader's subscriptions, one entry an outlet.

    A site's own address says more than the feed's, which may lie with a service.
    """
    feeds: dict[str, list[str]] = {}
    for one in subscriptions:
        feeds.setdefault(outlet_id_of(one.site or one.feed, registry), []).append(one.feed)
    return tuple(NewSources(outlet_id, {"feeds": tuple(urls)}) for outlet_id, urls in feeds.items())


def add_sources(text: str, new: Iterable[NewSources]) -> str:
    """Returns a sources file with further sources; all else in it stays as it stands.

    An outlet that is there gets longer lists, another one is written behind the last. Addresses
    that the file has anywhere are not written again.

    Args:
        text: of the file, which `read_sources` reads; "" for a new one, which gets no contact.
        new: the sources.
    """
    for sources in new:
        table = tomllib.loads(text)
        outlets = table.get("outlet", [])
        known = {
            url
            for outlet in outlets
            for name in ("feeds", "sitemaps")
            for url in outlet.get(name, ())
        }
        missing = {
            name: fresh
            for name, urls in sources.urls.items()
            if (fresh := [url for url in dict.fromkeys(urls) if url not in known])
        }
        if not missing:
            continue
        ids = [outlet.get("id") for outlet in outlets]
        if sources.outlet_id not in ids:
            text = _with_outlet(text, sources.outlet_id, missing)
            continue
        number = ids.index(sources.outlet_id)
        for name, urls in missing.items():
            text = _with_urls(text, number, name, urls, has_list=name in outlets[number])
    return text


def _with_outlet(text: str, outlet_id: str, urls: Mapping[ListName, list[str]]) -> str:
    lines = ["[[outlet]]", f"id = {_quoted(outlet_id)}"]
    lines += [line for name, found in urls.items() for line in _list_lines(name, found)]
    before = f"{text.rstrip()}\n\n" if text.strip() else ""
    return before + "\n".join(lines) + "\n"


def _with_urls(text: str, number: int, name: ListName, urls: list[str], *, has_list: bool) -> str:
    where: KeyPath = ("outlet", number)
    places = lines_of_keys(text)
    lines = text.split("\n")
    if not has_list:
        behind = places.get((*where, "id"), places[where])
        return "\n".join([*lines[:behind], *_list_lines(name, urls), *lines[behind:]])
    # The new entries come first: behind the bracket, wherever the list goes on.
    at = places[(*where, name)] - 1
    head, bracket, rest = lines[at].partition("[")
    quoted = [_quoted(url) for url in urls]
    if not rest.strip() or rest.lstrip().startswith("#"):
        added = [lines[at], *(f"    {url}," for url in quoted)]
    else:
        comma = "" if rest.lstrip().startswith("]") else ", "
        added = [f"{head}{bracket}{', '.join(quoted)}{comma}{rest}"]
    return "\n".join([*lines[:at], *added, *lines[at + 1 :]])


def _list_lines(name: str, urls: Iterable[str]) -> list[str]:
    return [f"{name} = [", *(f"    {_quoted(url)}," for url in urls), "]"]


def _quoted(text: str) -> str:
    # JSON's strings are TOML's basic strings.
    return json.dumps(text, ensure_ascii=False)
