"""Which address is a page's own: the one it was fetched from, or a vote of those on it."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from tasks.extract.evidence import OutletClue, OutletSource, TextClue, TextSource
from tasks.normalize.outlets.channels import hosted_channel, platform_host
from tasks.normalize.outlets.hosts import (
    domain_label,
    host_of,
    is_nobodys_host,
    is_shared_host,
    registrable_domain,
)
from tasks.normalize.outlets.outlet_names import agreement, clean_name, holder_of, name_key
from tasks.normalize.outlets.wrappers import see_through

# What a page declares comes from one field of its content system, so that it counts once.
_AddressSource = OutletSource | TextSource
_DECLARED: dict[_AddressSource, float] = {
    TextSource.CANONICAL: 3.0,
    TextSource.OG_URL: 2.8,
    OutletSource.BASE: 2.5,
    TextSource.JSON_LD: 2.0,
    OutletSource.HOST: 1.5,
    TextSource.AMP: 1.0,
    OutletSource.HOST_OF_ALTERNATE: 0.8,
}
_EACH_FURTHER = 0.4
# A page copied from a partner declares the partner's address, but links to its own neighbours.
_SEEN: dict[_AddressSource, float] = {
    TextSource.SAVED_FROM: 10.0,
    OutletSource.HOST_OF_SHARES: 2.0,
    OutletSource.HOST_OF_LINKS: 2.0,
    OutletSource.HOME_LINK: 1.0,
    OutletSource.HOST_OF_MAIL: 0.7,
    OutletSource.HOST_OF_IMAGE: 0.5,
}
ADDRESS_WEIGHTS = _DECLARED | _SEEN
_NAME_WEIGHT = 2.0
_NAME_SOURCES = frozenset(
    {
        OutletSource.OG_SITE_NAME,
        OutletSource.PUBLISHER,
        OutletSource.WEBSITE,
        OutletSource.TITLE_SUFFIX,
        OutletSource.COPYRIGHT,
    }
)
_COUNTED = frozenset({OutletSource.HOST_OF_LINKS, OutletSource.HOST_OF_SHARES})
# Below this, a few links that lead elsewhere would decide.
_MIN_TOTAL = 1.0


def own_address(
    url: str | None, urls: Sequence[TextClue], clues: Sequence[OutletClue]
) -> tuple[str | None, str]:
    """Returns the address that says whose page it is, seen through, and where it was found.

    The address a page was fetched from decides alone. Without one, or where it is a wrapper's, the
    registrable domains of the other addresses are voted on, and the first address of the winner
    counts. A platform's page that names no channel is only believed in what it declares: its posts
    link to anybody.
    """
    if url and (address := _usable(url) or _platform_itself(url)):
        return address, "url"
    is_platform_page = url is not None and is_shared_host(host_of(see_through(url)) or "")
    printed: list[OutletClue | TextClue] = [*urls, *(() if is_platform_page else clues)]
    names = _own_names(clues)
    found = [
        (address, clue.source, _weight(clue))
        for clue in printed
        if clue.source in ADDRESS_WEIGHTS
        and (text := _address_in(clue, names))
        and (address := _usable(text))
        and not (clue.source in _COUNTED and is_shared_host(address))
    ]
    votes: dict[str, dict[_AddressSource, float]] = {}
    for address, source, weight in found:
        of_domain = votes.setdefault(_domain_of(address), {})
        of_domain[source] = max(of_domain.get(source, 0.0), weight)
    winner = _winner(votes, [clue.text for clue in clues if clue.source in _NAME_SOURCES])
    return next(
        ((address, source) for address, source, _ in found if _domain_of(address) == winner),
        (None, ""),
    )


def _winner(
    votes: Mapping[str, Mapping[_AddressSource, float]], names: Sequence[str]
) -> str | None:
    totals = {
        domain: _total(weights) + _NAME_WEIGHT * _agreement(names, domain)
        for domain, weights in votes.items()
    }
    winner = max(totals, key=lambda domain: totals[domain], default=None)
    return winner if winner is not None and totals[winner] >= _MIN_TOTAL else None


def _own_names(clues: Sequence[OutletClue]) -> frozenset[str]:
    """Returns the names that a page gives itself, for comparison."""
    printed = (
        holder_of(clue.text) if clue.source is OutletSource.COPYRIGHT else clean_name(clue.text)
        for clue in clues
        if clue.source in _NAME_SOURCES
    )
    return frozenset(name_key(name) for name in printed if name)


def _address_in(clue: OutletClue | TextClue, names: frozenset[str]) -> str | None:
    """Returns the address of a clue; of a front page's link, where its label is the page's name."""
    if isinstance(clue, TextClue) or clue.source is not OutletSource.HOME_LINK:
        return clue.text
    label = clean_name(clue.text)
    return clue.href if label and name_key(label) in names else None


def _domain_of(address: str) -> str:
    return hosted_channel(address) or registrable_domain(address) or address


def _total(weights: Mapping[_AddressSource, float]) -> float:
    declared = sorted((weights[source] for source in weights if source in _DECLARED), reverse=True)
    seen = sum(weight for source, weight in weights.items() if source in _SEEN)
    return sum(declared[:1]) + _EACH_FURTHER * len(declared[1:]) + seen


def _usable(text: str) -> str | None:
    """Returns an address seen through, None where it does not say whose it is."""
    address = see_through(text)
    host = host_of(address)
    if host is None or is_nobodys_host(host):
        return None
    return None if is_shared_host(host) and hosted_channel(address) is None else address


def _platform_itself(url: str) -> str | None:
    """Returns the address of a platform's front page: no channel's, but the platform's own."""
    host = host_of(url)
    is_front_page = urlsplit(url).path in {"", "/"}
    return url if host and is_front_page and platform_host(host) else None


def _weight(clue: OutletClue | TextClue) -> float:
    """Weighs a clue; links to a host by their share among all links."""
    weight = ADDRESS_WEIGHTS[clue.source]
    if isinstance(clue, OutletClue) and clue.source in _COUNTED and clue.total is not None:
        return weight * clue.count / (clue.total + 2)
    return weight


def _agreement(names: Sequence[str], domain: str) -> float:
    label = domain_label(domain)
    return max(
        (agreement(name, label) for text in names if (name := clean_name(text))), default=0.0
    )
