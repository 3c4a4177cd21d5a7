"""Which address is a page's own: the one it was fetched from, or a vote of those on it."""

import re
from collections.abc import Mapping, Sequence

from schemas.hosting import NOT_AN_OUTLET
from tasks.extract.evidence import OutletClue, TextClue
from tasks.normalize.outlets.hosts import (
    domain_label,
    host_of,
    is_shared_host,
    registrable_domain,
    see_through,
)
from tasks.normalize.outlets.outlet_names import agreement, clean_name, holder_of, name_key

# What a page declares comes from one field of its content system, so that it counts once.
_DECLARED = {
    "canonical": 3.0,
    "og:url": 2.8,
    "base": 2.5,
    "json_ld": 2.0,
    "host": 1.5,
    "amp": 1.0,
    "host_of_alternate": 0.8,
}
_EACH_FURTHER = 0.4
# A page copied from a partner declares the partner's address, but links to its own neighbours.
_SEEN = {
    "saved_from": 10.0,
    "host_of_shares": 2.0,
    "host_of_links": 2.0,
    "home_link": 1.0,
    "host_of_mail": 0.7,
    "host_of_image": 0.5,
}
_WEIGHTS = _DECLARED | _SEEN
_NAME_WEIGHT = 2.0
_NAME_SOURCES = frozenset({"og:site_name", "publisher", "website", "title_suffix", "copyright"})
_COUNTED = frozenset({"host_of_links", "host_of_shares"})
_SHARE = re.compile(r"(\d+) of (\d+)$")
_HREF = "a href="
# Below this, a few links that lead elsewhere would decide.
_MIN_TOTAL = 1.0


def own_address(
    url: str | None, urls: Sequence[TextClue], clues: Sequence[OutletClue]
) -> tuple[str | None, str]:
    """Returns the address that says whose page it is, seen through, and where it was found.

    The address a page was fetched from decides alone. Without one the registrable domains of the
    other addresses are voted on, and the first address of the winner counts.
    """
    if url and (address := _usable(url)):
        return address, "url"
    printed: list[OutletClue | TextClue] = [*urls, *clues]
    names = _own_names(clues)
    found = [
        (address, clue.source, _weight(clue))
        for clue in printed
        if clue.source in _WEIGHTS
        and (text := _address_in(clue, names))
        and (address := _usable(text))
        and not (clue.source in _COUNTED and is_shared_host(address))
    ]
    votes: dict[str, dict[str, float]] = {}
    for address, source, weight in found:
        of_domain = votes.setdefault(_domain_of(address), {})
        of_domain[source] = max(of_domain.get(source, 0.0), weight)
    winner = _winner(votes, [clue.text for clue in clues if clue.source in _NAME_SOURCES])
    return next(
        ((address, source) for address, source, _ in found if _domain_of(address) == winner),
        (None, ""),
    )


def _winner(votes: Mapping[str, Mapping[str, float]], names: Sequence[str]) -> str | None:
    totals = {
        domain: _total(weights) + _NAME_WEIGHT * _agreement(names, domain)
        for domain, weights in votes.items()
    }
    winner = max(totals, key=lambda domain: totals[domain], default=None)
    return winner if winner is not None and totals[winner] >= _MIN_TOTAL else None


def _own_names(clues: Sequence[OutletClue]) -> frozenset[str]:
    """Returns the names that a page gives itself, for comparison."""
    printed = (
        holder_of(clue.text) if clue.source == "copyright" else clean_name(clue.text)
        for clue in clues
        if clue.source in _NAME_SOURCES
    )
    return frozenset(name_key(name) for name in printed if name)


def _address_in(clue: OutletClue | TextClue, names: frozenset[str]) -> str | None:
    """Returns the address of a clue; of a front page's link, where its label is the page's name."""
    if clue.source != "home_link":
        return clue.text
    label = clean_name(clue.text)
    return clue.place.removeprefix(_HREF) if label and name_key(label) in names else None


def _domain_of(address: str) -> str:
    return registrable_domain(address) or address


def _total(weights: Mapping[str, float]) -> float:
    declared = sorted((weights[source] for source in weights if source in _DECLARED), reverse=True)
    seen = sum(weight for source, weight in weights.items() if source in _SEEN)
    return sum(declared[:1]) + _EACH_FURTHER * len(declared[1:]) + seen


def _usable(text: str) -> str | None:
    """Returns an address seen through, None where it is nobody's own."""
    address = see_through(text)
    host = host_of(address)
    if host is None or host in NOT_AN_OUTLET or registrable_domain(host) in NOT_AN_OUTLET:
        return None
    return address


def _weight(clue: OutletClue | TextClue) -> float:
    """Weighs a clue; links to a host by their share among all links."""
    weight = _WEIGHTS[clue.source]
    if clue.source in _COUNTED and (share := _SHARE.search(clue.place)):
        count, total = int(share[1]), int(share[2])
        return weight * count / (total + 2)
    return weight


def _agreement(names: Sequence[str], domain: str) -> float:
    label = domain_label(domain)
    return max(
        (agreement(name, label) for text in names if (name := clean_name(text))), default=0.0
    )
