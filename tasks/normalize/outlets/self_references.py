"""Ranks what a text dump prints about itself.

Nothing declares the outlet there, so evidence adds up. One mention never decides, and a name that
only others' words carry ("told Reuters") is no evidence for an agency at all: a wrong outlet is
worse than none.
"""

from collections.abc import Iterator, Sequence

from schemas.agencies import SYNDICATED_AGENCIES
from schemas.hosting import NOT_AN_OUTLET
from schemas.outlets import Outlet, Registry
from tasks.extract.evidence import OutletClue, OutletSource
from tasks.normalize.agency_names import agency_of, is_agency_mark
from tasks.normalize.outlets.hosts import (
    domain_label,
    has_public_suffix,
    host_of,
    is_shared_host,
    registrable_domain,
    strip_www,
)
from tasks.normalize.outlets.outlet_names import (
    agreement,
    clean_name,
    holder_of,
    is_host_like,
    is_owner,
    is_section,
    is_shortened,
    name_key,
)
from tasks.normalize.outlets.ranking import NameCandidate

# (the first line, each further line, at most)
SELF_REFERENCE_WEIGHTS = {
    OutletSource.SELF_REFERENCE: (2.5, 0.5, 3.5),
    OutletSource.DATELINE_MARK: (2.5, 0.0, 2.5),
    OutletSource.COPYRIGHT_LINE: (2.0, 0.3, 2.6),
    OutletSource.COPYRIGHT_NAME: (0.7, 0.3, 2.0),
    OutletSource.PRINTED_ADDRESS: (3.0, 0.3, 3.5),
    OutletSource.PRINTED_HOST_ALONE: (2.0, 0.3, 2.6),
    OutletSource.PRINTED_MAIL: (1.5, 0.5, 2.5),
    OutletSource.TITLE_TAIL: (1.5, 0.0, 1.5),
    OutletSource.TITLE_DASH: (1.2, 0.0, 1.2),
    OutletSource.EDGE_LINE: (1.5, 0.3, 1.8),
    OutletSource.PRINTED_HOST: (1.2, 0.4, 2.4),
    OutletSource.PRINTED_NAME_HOST: (0.7, 0.8, 2.4),
    OutletSource.SUBSCRIPTION: (1.6, 0.3, 2.2),
    OutletSource.LABEL_LINE: (0.9, 0.3, 1.8),
    OutletSource.INVITATION: (1.2, 0.3, 2.1),
    OutletSource.AFFILIATION: (0.8, 0.3, 1.4),
    OutletSource.BELONGING: (1.0, 0.3, 2.0),
    OutletSource.TELLING: (0.7, 0.6, 2.3),
    OutletSource.EAST_ASIAN: (0.5, 0.3, 2.0),
    OutletSource.BRAND: (0.0, 0.15, 2.5),
}
_HOST_SOURCES = frozenset(
    {
        OutletSource.PRINTED_ADDRESS,
        OutletSource.PRINTED_HOST_ALONE,
        OutletSource.PRINTED_MAIL,
        OutletSource.PRINTED_HOST,
        OutletSource.PRINTED_NAME_HOST,
    }
)
# An agency stands in everybody's datelines, credits and quotations, a ministry in their articles.
_NOT_FOR_SUBJECTS = frozenset(
    {
        OutletSource.TELLING,
        OutletSource.BELONGING,
        OutletSource.AFFILIATION,
        OutletSource.DATELINE_MARK,
        OutletSource.BRAND,
        OutletSource.COPYRIGHT_NAME,
        OutletSource.EDGE_LINE,
        OutletSource.LABEL_LINE,
        OutletSource.TITLE_DASH,
    }
)
_AGREEMENT_WEIGHT = 1.5
_REGISTERED_BONUS = 1.0
# A government or a think tank is what other people's articles are about.
_SUBJECTS = frozenset({"agency", "government", "think_tank"})
# The outlet's own sign-off; without one of these an unregistered name is only a frequent word.
_IDENTIFYING = frozenset(
    {
        OutletSource.SELF_REFERENCE,
        OutletSource.COPYRIGHT_LINE,
        OutletSource.TITLE_TAIL,
        OutletSource.TITLE_DASH,
        *_HOST_SOURCES,
    }
)
# Words that any text may hold: a registered name counts there only as it is spelled.
_MENTIONS = frozenset(
    {
        OutletSource.EDGE_LINE,
        OutletSource.TITLE_TAIL,
        OutletSource.TITLE_DASH,
        OutletSource.BRAND,
        OutletSource.BELONGING,
        OutletSource.INVITATION,
        OutletSource.AFFILIATION,
        OutletSource.TELLING,
    }
)
# Menus and boxes hold sections ("Welt", "Sport Live") that are also names of outlets.
_WORD_SOURCES = frozenset(
    {
        OutletSource.EDGE_LINE,
        OutletSource.LABEL_LINE,
        OutletSource.BRAND,
        OutletSource.BELONGING,
        OutletSource.INVITATION,
    }
)
_PLAIN_WORD_SHARE = 0.5
# Longer single words ("Aftonbladet") are made up by outlets more often than used by menus.
_MAX_PLAIN_LENGTH = 8
_MIN_SCORE = 3.0
_MIN_SCORE_OF_STRONG = 2.5
_STRONG = frozenset({OutletSource.SELF_REFERENCE, OutletSource.DATELINE_MARK})
_MIN_SCORE_OF_REGISTERED = 1.8
_MIN_LEAD = 0.5
# A host that nobody knows is seldom the outlet's where a known name is printed.
_UNREGISTERED_SHARE = 0.75


def is_of_text_dump(clues: Sequence[OutletClue]) -> bool:
    """Whether the clues are those of a text dump's lines."""
    return any(clue.source in SELF_REFERENCE_WEIGHTS for clue in clues)


def rank_self_references(
    clues: Sequence[OutletClue], language: str | None, registry: Registry | None
) -> list[NameCandidate]:
    """Groups the self-references by name or registered outlet and ranks them, the best first."""
    candidates: dict[str, NameCandidate] = {}
    for clue in clues:
        if clue.source not in SELF_REFERENCE_WEIGHTS:
            continue
        for name, host in _names_in(clue):
            outlet = _registered(clue, name, host, language, registry)
            key = f"={outlet.outlet_id}" if outlet else name_key(name)
            candidate = candidates.setdefault(key, NameCandidate(key, outlet=outlet))
            candidate.add(clue, name, _weight(clue, name, candidate))
            if host:
                candidate.hosts.append(registrable_domain(host) or host)
    _join_hosts_to_names(candidates)
    hosts = [host for candidate in candidates.values() for host in candidate.hosts]
    for candidate in candidates.values():
        candidate.bonus = _AGREEMENT_WEIGHT * _agrees(candidate, hosts)
        candidate.bonus += _REGISTERED_BONUS if _is_more_than_word(candidate) else 0.0
    return sorted(candidates.values(), key=lambda candidate: -candidate.score)


def _join_hosts_to_names(candidates: dict[str, NameCandidate]) -> None:
    """Joins a host that nobody registered to the printed name that is the same word."""
    unregistered = [candidate for candidate in candidates.values() if candidate.outlet is None]
    named = [candidate for candidate in unregistered if not is_host_like(candidate.name)]
    for host in [candidate for candidate in unregistered if is_host_like(candidate.name)]:
        for candidate in named:
            if _agrees(candidate, host.hosts):
                for clue, (weight, spelling) in zip(host.clues, host.spellings, strict=True):
                    candidate.add(clue, spelling, weight)
                candidate.hosts.extend(host.hosts)
                del candidates[host.key]
                break


def choose_self_reference(ranked: Sequence[NameCandidate]) -> NameCandidate | None:
    """Returns the best candidate where enough speaks for it, and for no other nearly as much."""
    for candidate in ranked:
        if not _is_enough(candidate):
            continue
        rivals = [
            other.score * (1.0 if other.outlet or _is_signed(other) else _UNREGISTERED_SHARE)
            for other in ranked
            if other is not candidate and _is_rival(other) and not _is_same_family(candidate, other)
        ]
        return candidate if candidate.score - max(rivals, default=0.0) >= _MIN_LEAD else None
    return None


def _sources(candidate: NameCandidate) -> set[OutletSource]:
    return {source for source, weight in candidate.weights.items() if weight}


def _is_enough(candidate: NameCandidate) -> bool:
    sources = _sources(candidate)
    if candidate.outlet is None and not sources & _IDENTIFYING:
        return False
    if sources & _STRONG:
        return candidate.score >= _MIN_SCORE_OF_STRONG
    return candidate.score >= (_MIN_SCORE_OF_REGISTERED if candidate.outlet else _MIN_SCORE)


def _is_rival(candidate: NameCandidate) -> bool:
    """Whether a candidate could be an outlet at all, not only a frequent word."""
    return candidate.outlet is not None or bool(_sources(candidate) & _IDENTIFYING)


def _is_signed(candidate: NameCandidate) -> bool:
    """Whether a whole address stands on a line of its own."""
    return OutletSource.PRINTED_ADDRESS in candidate.weights


def _is_same_family(best: NameCandidate, other: NameCandidate) -> bool:
    """Whether one name contains the other: "The West" and "The West Australian"."""
    names = [[name_key(name) for _, name in item.spellings] for item in (best, other)]
    return any(one in two or two in one for one in names[0] for two in names[1])


def _names_in(clue: OutletClue) -> Iterator[tuple[str, str | None]]:
    """Yields (name, host) of a clue; a host is the name until a better one is printed."""
    if clue.source in _HOST_SOURCES:
        host = host_of(clue.text)
        domain = registrable_domain(host) if host and has_public_suffix(host) else None
        if domain and domain not in NOT_AN_OUTLET and not is_shared_host(domain):
            yield (strip_www(clue.text) if domain == host else domain), host
        return
    is_copyright = clue.source is OutletSource.COPYRIGHT_LINE
    name = holder_of(clue.text) if is_copyright else clean_name(clue.text)
    if name and not (is_owner(name) if is_copyright else is_section(name)):
        yield name, host_of(name) if is_host_like(name) else None


def _registered(
    clue: OutletClue, name: str, host: str | None, language: str | None, registry: Registry | None
) -> Outlet | None:
    if registry is None:
        return None
    if host and (found := registry.find_host(host)):
        return found
    outlets = registry.find_alias(name)
    if clue.source in _MENTIONS:
        outlets = tuple(outlet for outlet in outlets if _is_spelled(name, outlet))
    if len(outlets) > 1 and language:
        outlets = tuple(outlet for outlet in outlets if language in outlet.languages)
    return outlets[0] if len(outlets) == 1 else None


def _is_spelled(name: str, outlet: Outlet) -> bool:
    """Whether a name stands as such in the registry: "Bell" is not "The Bell"."""
    if name.isupper() and len(name) > 1:
        return True
    spelled = (known.casefold() for known in (outlet.name, *outlet.aliases))
    return not name.islower() and name.casefold() in spelled


def _is_plain_word(clue: OutletClue, name: str, outlet: Outlet) -> bool:
    """Whether a name is one word that a menu may have too: "Nature", "Dünya" and "DÜNYA"."""
    if clue.source not in _WORD_SOURCES or len(name) > _MAX_PLAIN_LENGTH or not name.isalpha():
        return False
    is_abbreviation = name.isupper() and name in (outlet.name, *outlet.aliases)
    return not is_abbreviation and (name[1:].islower() or name.isupper())


def _is_more_than_word(candidate: NameCandidate) -> bool:
    """Whether a registered outlet is named by more than a word that menus have too."""
    outlet = candidate.outlet
    return outlet is not None and any(
        not _is_plain_word(clue, name, outlet)
        for clue, (_, name) in zip(candidate.clues, candidate.spellings, strict=True)
    )


def _weight(clue: OutletClue, name: str, candidate: NameCandidate) -> float:
    first, further, most = SELF_REFERENCE_WEIGHTS[clue.source]
    outlet = candidate.outlet
    is_subject = outlet.kind in _SUBJECTS if outlet else is_agency_mark(name)
    if is_subject and clue.source in _NOT_FOR_SUBJECTS:
        return 0.0
    agency = outlet.outlet_id if outlet else agency_of(name)
    if agency in SYNDICATED_AGENCIES and clue.source is OutletSource.COPYRIGHT_LINE:
        return 0.0
    weight = min(most, first + further * (clue.count - 1))
    return weight * _PLAIN_WORD_SHARE if outlet and _is_plain_word(clue, name, outlet) else weight


def _agrees(candidate: NameCandidate, hosts: Sequence[str]) -> bool:
    """Whether a name is the same word as a host that is printed elsewhere in the dump."""
    return any(
        agreement(name, domain_label(host)) == 1.0
        for _, name in candidate.spellings
        for host in hosts
        if not is_host_like(name)
    )


def host_of_candidate(best: NameCandidate, ranked: Sequence[NameCandidate]) -> str | None:
    """Returns the host printed with a name, or one elsewhere in the dump that says the name.

    The same word counts before a shorter form of it, of which there must be only one.
    """
    if best.hosts:
        return best.hosts[0]
    hosts = list(dict.fromkeys(host for candidate in ranked for host in candidate.hosts))
    for host in hosts:
        if agreement(best.name, domain_label(host)) == 1.0:
            return host
    near = [host for host in hosts if is_shortened(best.name, domain_label(host))]
    return near[0] if len(near) == 1 else None
