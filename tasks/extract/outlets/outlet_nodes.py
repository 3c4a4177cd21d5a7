"""Who publishes a page, as its JSON-LD says; and how an outlet's clue is written."""

from collections.abc import Iterator
from typing import Any

from tasks.extract.evidence import OutletClue, OutletSource
from tasks.extract.page.structured_data import ARTICLE_TYPES, JsonLdNode, types_of
from tasks.printed.squashing import as_line

MAX_NAME = 120

# schema.org types of who publishes, as opposed to whom an article is about.
_PUBLISHER_TYPES = frozenset({"NewsMediaOrganization", "Organization", "WebSite", "Corporation"})
_PUBLISHER_KEYS = ("publisher", "isPartOf", "sourceOrganization", "copyrightHolder", "provider")
_NAME_KEYS = ("name", "alternateName", "legalName")


def read_publisher(node: JsonLdNode) -> Iterator[OutletClue]:
    """Yields the names, hosts and countries that a node gives of who publishes the page."""
    kinds = types_of(node)
    for kind in kinds:
        if kind in ARTICLE_TYPES or kind in {"WebPage", "ItemPage"}:
            for key in _PUBLISHER_KEYS:
                yield from _from_organisation(
                    node.get(key), OutletSource.PUBLISHER, f"{kind}.{key}"
                )
            for key in ("url", "mainEntityOfPage"):
                yield from _hosts_in(node.get(key), f"{kind}.{key}")
        if kind in _PUBLISHER_TYPES:
            is_site = kind == "WebSite"
            source = OutletSource.WEBSITE if is_site else OutletSource.ORGANISATION
            yield from _from_organisation(node, source, kind)


def _from_organisation(value: Any, source: OutletSource, position: str) -> Iterator[OutletClue]:
    if isinstance(value, str):
        if not value.startswith("http"):
            yield make_clue(tidy(value), source, position)
    elif isinstance(value, list):
        for item in value:
            yield from _from_organisation(item, source, position)
    elif isinstance(value, dict):
        for key in _NAME_KEYS:
            if isinstance(name := value.get(key), str):
                # An alternate name is also printed, but after the name itself.
                kind = source if key == "name" else OutletSource.ALTERNATE
                yield make_clue(tidy(name), kind, f"{position}.{key}")
        yield from _hosts_in(value.get("url"), f"{position}.url")
        yield from _countries_in(value.get("address"), f"{position}.address")


def _countries_in(value: Any, position: str) -> Iterator[OutletClue]:
    """Reads where an organisation's postal addresses are."""
    position = f"{position}.addressCountry"
    for address in value if isinstance(value, list) else [value]:
        country = address.get("addressCountry") if isinstance(address, dict) else None
        if isinstance(country, dict):
            country = country.get("name")
        if isinstance(country, str):
            yield make_clue(tidy(country), OutletSource.ADDRESS_COUNTRY, position)


def _hosts_in(value: Any, position: str) -> Iterator[OutletClue]:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    if isinstance(value, str) and value.startswith("http"):
        yield make_clue(shorten(value), OutletSource.HOST, position)


def make_clue(text: str, source: OutletSource, position: str) -> OutletClue:
    """Makes a clue that counts once."""
    return OutletClue(text=text, source=source, position=position)


def shorten(url: str) -> str:
    """Keeps scheme, host and the path's beginning: all that says whose an address is."""
    return url.strip()[:MAX_NAME]


def tidy(text: str) -> str:
    """Joins a text's words with single spaces; see `as_line`."""
    return as_line(text)
