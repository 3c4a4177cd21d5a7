"""Ranks the names a page prints for itself by where they stand and by what the domain says."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from schemas.outlets import Outlet
from tasks.extract.evidence import OutletClue, OutletSource
from tasks.normalize.outlets.hosts import (
    domain_label,
    host_of,
    is_nobodys_host,
    registrable_domain,
)
from tasks.normalize.outlets.outlet_names import (
    agreement,
    best_spelling,
    clean_name,
    holder_of,
    is_host_like,
    is_owner,
    is_section,
    name_key,
    name_of_owned,
    name_parts,
    plain_key,
)

# How far each position is to be believed. A page's machine-readable names come first; og:site_name
# is the one that editors see most often.
SOURCE_WEIGHTS = {
    OutletSource.OG_SITE_NAME: 3.5,
    OutletSource.PUBLISHER: 3.0,
    OutletSource.WEBSITE: 2.5,
    OutletSource.TITLE_SUFFIX: 2.0,
    OutletSource.ORGANISATION: 1.5,
    OutletSource.APPLICATION_NAME: 1.5,
    OutletSource.APP_TITLE: 1.2,
    OutletSource.APP_NAME: 1.0,
    OutletSource.FEED: 1.0,
    OutletSource.SEARCH: 1.0,
    OutletSource.COPYRIGHT: 1.0,
    OutletSource.HOME_LINK: 0.8,
    OutletSource.TITLE_PREFIX: 0.7,
    OutletSource.ALTERNATE: 0.6,
    OutletSource.ABOUT: 0.8,
}
_AGREEMENT_WEIGHT = 3.0
_OWNER_SHARE = 0.3
# A page that prints its address where its name belongs has said nothing new: any name is better.
_ADDRESS_SHARE = 0.5
_ADDRESS_BONUS = 1.0
# A name in another script cannot agree with a domain of Latin letters: it neither gains nor loses.
_UNSPELLABLE_BONUS = 2.0
# Parts come only from positions that print taglines.
_WITH_TAGLINES = frozenset(
    {
        OutletSource.OG_SITE_NAME,
        OutletSource.WEBSITE,
        OutletSource.PUBLISHER,
        OutletSource.FEED,
        OutletSource.HOME_LINK,
        OutletSource.TITLE_SUFFIX,
        OutletSource.APPLICATION_NAME,
    }
)
# Here a page says nothing but its name.
_DECLARED = frozenset(
    {
        OutletSource.OG_SITE_NAME,
        OutletSource.PUBLISHER,
        OutletSource.WEBSITE,
        OutletSource.APPLICATION_NAME,
        OutletSource.ORGANISATION,
    }
)
# These print anything: they count only where the domain or another position agrees.
_WEAK_ALONE = frozenset(
    {
        OutletSource.TITLE_PREFIX,
        OutletSource.HOME_LINK,
        OutletSource.FEED,
        OutletSource.SEARCH,
        OutletSource.ALTERNATE,
        OutletSource.ABOUT,
    }
)
# The holder of a right is often an owner or a picture bank: where a domain is known it says more.
_WEAK_BESIDE_DOMAIN = _WEAK_ALONE | {OutletSource.COPYRIGHT}


@dataclass(slots=True)
class NameCandidate:
    """All printings of one name in a document.

    Attributes:
        key: what they share.
        outlet: the registered outlet, where candidates are grouped by it.
        spellings: (weight, name as cleaned). clues: where they came from. hosts: printed with it.
        weights: the best of each position. bonus: what the domain or the registry adds.
        is_backed: whether enough speaks for it to be chosen.
    """

    key: str
    outlet: Outlet | None = None
    spellings: list[tuple[float, str]] = field(default_factory=list)
    clues: list[OutletClue] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)
    weights: dict[OutletSource, float] = field(default_factory=dict)
    bonus: float = 0.0
    is_backed: bool = True

    def add(self, clue: OutletClue, name: str, weight: float) -> None:
        """Adds one printing."""
        self.weights[clue.source] = max(self.weights.get(clue.source, 0.0), weight)
        self.spellings.append((weight, name))
        self.clues.append(clue)

    @property
    def score(self) -> float:
        """The weights of the distinct positions, and the bonus."""
        return sum(self.weights.values()) + self.bonus

    @property
    def name(self) -> str:
        """The spelling to publish."""
        ordered = sorted(self.spellings, key=lambda item: -item[0])
        return best_spelling(spelling for _, spelling in ordered)

    @property
    def clue(self) -> OutletClue:
        """The weightiest clue."""
        weights = [weight for weight, _ in self.spellings]
        return self.clues[weights.index(max(weights))]


def rank_names(clues: Sequence[OutletClue], domain: str | None) -> list[NameCandidate]:
    """Groups the printings of each name on a page and ranks the names, the best first.

    Names that only weak positions print come last, with `is_backed` false: they are for explaining.

    Args:
        clues: what the page prints.
        domain: the outlet's registrable domain or channel, None where unknown.
    """
    printings = list(_printings(clues, domain))
    keys = {plain_key(name) for _, _, name in printings}
    candidates: dict[str, NameCandidate] = {}
    for clue, weight, name in printings:
        key = plain_key(name)
        # "thestar" is The Star where the page prints that too; "lardennais" is not "La Rdennais".
        key = shorter if (shorter := name_key(name)) in keys else key
        candidate = candidates.setdefault(key, NameCandidate(key))
        candidate.add(clue, name, weight)
        candidate.bonus = max(candidate.bonus, _bonus(name, domain, clue.source))
    _join_owners(candidates)
    weak = _WEAK_BESIDE_DOMAIN if domain else _WEAK_ALONE
    for candidate in candidates.values():
        candidate.is_backed = bool(candidate.bonus) or not weak.issuperset(candidate.weights)
    return sorted(candidates.values(), key=lambda item: (not item.is_backed, -item.score))


def _printings(
    clues: Sequence[OutletClue], domain: str | None
) -> Iterator[tuple[OutletClue, float, str]]:
    """Yields (clue, weight, name) of each name that a page prints for itself."""
    label = domain_label(domain) if domain else ""
    for clue in clues:
        weight = SOURCE_WEIGHTS.get(clue.source)
        if weight is None:
            continue
        for share, name in _spellings_of(clue):
            is_declared = clue.source in _DECLARED and share == 1.0
            if is_section(name) and not is_declared and agreement(name, label) < 1.0:
                continue
            if _is_services_name(name, domain):
                continue
            yield clue, weight * share * (_ADDRESS_SHARE if is_host_like(name) else 1.0), name


def _is_services_name(name: str, domain: str | None) -> bool:
    """Whether a name is that of the archive or of the platform that shows the page."""
    if is_host_like(name) and (host := host_of(name)) and is_nobodys_host(host):
        return True
    host, _, channel = (domain or "").partition("/")
    return bool(channel) and agreement(name, domain_label(host)) == 1.0


def _bonus(name: str, domain: str | None, source: OutletSource) -> float:
    """What the domain adds to a name. That the domain's own name agrees with it says little."""
    if domain is None:
        return 0.0
    if is_host_like(name) and registrable_domain(name) == domain:
        return _ADDRESS_BONUS
    if source in _DECLARED and domain.isascii() and not any(map(_is_latin, name)):
        return _UNSPELLABLE_BONUS
    return _AGREEMENT_WEIGHT * agreement(name, domain_label(domain))


def _is_latin(sign: str) -> bool:
    return sign.isalpha() and unicodedata.name(sign, "").startswith("LATIN")


def _join_owners(candidates: dict[str, NameCandidate]) -> None:
    """Counts a company that is named after a printed name ("X Media Group") for that name."""
    for owner in list(candidates.values()):
        name = name_of_owned(owner.name)
        owned = candidates.get(plain_key(name) or "") if name else None
        if name is None or owned is None or owned is owner:
            continue
        for clue, (weight, _) in zip(owner.clues, owner.spellings, strict=True):
            owned.add(clue, owned.name, _OWNER_SHARE * weight)
        del candidates[owner.key]


def _spellings_of(clue: OutletClue) -> Iterable[tuple[float, str]]:
    if clue.source is OutletSource.COPYRIGHT:
        holder = holder_of(clue.text)
        return [(_OWNER_SHARE if is_owner(holder) else 1.0, holder)] if holder else []
    parts = name_parts(clue.text) if clue.source in _WITH_TAGLINES else ((1.0, clue.text),)
    cleaned = ((share, clean_name(part)) for share, part in parts)
    return [(share, name) for share, name in cleaned if name]
