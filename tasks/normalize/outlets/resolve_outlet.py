"""Which outlet published a document: the first rule that holds decides.

1. the host is registered; 2. the page's own names are; 3. a text's self-reference is; 4. for
outlets that are not registered, the best printed name. Nothing fuzzy decides anything.
"""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from schemas.outlets import Outlet, Registry, fold_name
from tasks.extract.evidence import OutletClue, OutletSource, TextClue
from tasks.normalize.decisions import OutletCandidate, OutletDecision
from tasks.normalize.outlets.countries import find_country
from tasks.normalize.outlets.hosts import (
    country_of_domain,
    domain_label,
    host_of,
    hosted_channel,
    is_hosted_site,
    is_shared_host,
    registrable_domain,
)
from tasks.normalize.outlets.outlet_addresses import own_address
from tasks.normalize.outlets.outlet_names import agreement
from tasks.normalize.outlets.ranking import NameCandidate, rank_names
from tasks.normalize.outlets.self_references import (
    choose_self_reference,
    host_of_candidate,
    is_of_text_dump,
    rank_self_references,
)

DERIVED_PREFIX = "~"
# What `newsmill explain` shows; further ones are a page's buttons and a dump's common words.
_MAX_CANDIDATES = 12
# Where hosts stand that a page links to, mails from or shows images of.
_LINKED = frozenset(
    {
        OutletSource.HOST_OF_ALTERNATE,
        OutletSource.HOST_OF_IMAGE,
        OutletSource.HOST_OF_LINKS,
        OutletSource.HOST_OF_MAIL,
        OutletSource.HOST_OF_SHARES,
    }
)
# A name far behind the best one is a partner's or an owner's, registered or not.
_MIN_SHARE_OF_BEST = 0.6


def resolve_outlet(
    clues: Sequence[OutletClue],
    url: str | None,
    urls: Sequence[TextClue],
    language: str | None,
    registry: Registry | None,
) -> OutletDecision:
    """Decides which outlet published a document.

    Args:
        clues: names and hosts that the document prints.
        url: the address it was fetched from, None where unknown.
        urls: addresses it gives for itself.
        language: ISO 639-1, None where unknown; decides between outlets that share a name.
        registry: what is known of outlets; None resolves without it.

    Returns:
        The outlet with its printed text and the rule. A registered outlet brings its country, zone,
        date order and languages; one that is not has an id that begins with `~` and the country
        that `find_country` finds. Without any evidence all fields are None.
    """
    if is_of_text_dump(clues) and not url:
        return _resolve_text_dump(clues, language, registry)
    address, place = own_address(url, urls, clues)
    domain = registrable_domain(address) if address else None
    ranked = rank_names(clues, domain) or _ranked_by_domain(clues, language, domain)
    if registry is not None:
        if found := _registered_host(address, registry):
            return _registered(found, domain, address, f"host:{place}", ranked)
        linked = _linked_outlets(clues, registry)
        for candidate in ranked:
            if not candidate.is_backed or candidate.score < ranked[0].score * _MIN_SHARE_OF_BEST:
                break
            if found := _registered_name(candidate, domain, linked, language, registry):
                rule = f"alias:{candidate.clue.source}"
                return _registered(found, domain, candidate.clue.text, rule, ranked)
    return _unregistered(address, place, domain, ranked, find_country(domain, clues, language))


def _ranked_by_domain(
    clues: Sequence[OutletClue], language: str | None, domain: str | None
) -> list[NameCandidate]:
    """Ranks the names that a text dump prints and that its given address agrees with."""
    label = domain_label(domain) if domain else ""
    return [
        candidate
        for candidate in rank_self_references(clues, language, None)
        if agreement(candidate.name, label)
    ]


def _resolve_text_dump(
    clues: Sequence[OutletClue], language: str | None, registry: Registry | None
) -> OutletDecision:
    ranked = rank_self_references(clues, language, registry)
    best = choose_self_reference(ranked)
    if best is None:
        return OutletDecision(candidates=_weighed(ranked, None))
    rule = f"self_reference:{best.clue.source}"
    if best.outlet:
        return _registered(best.outlet, None, best.clue.text, rule, ranked)
    domain = host_of_candidate(best, ranked)
    return OutletDecision(
        outlet_id=f"{DERIVED_PREFIX}{domain or _slug(best.name)}",
        name=best.name,
        country=country_of_domain(domain) if domain else None,
        domain=domain,
        text=best.clue.text,
        rule=rule,
        candidates=_weighed(ranked, best),
    )


def _registered_host(address: str | None, registry: Registry) -> Outlet | None:
    host = host_of(address) if address else None
    if host is None or address is None:
        return None
    if is_shared_host(host):
        return registry.by_host.get(hosted_channel(address) or host)
    if is_hosted_site(host):
        return registry.by_host.get(host)
    return registry.find_host(host, urlsplit(address).path)


def _linked_outlets(clues: Sequence[OutletClue], registry: Registry) -> frozenset[str]:
    """Returns the registered outlets whose hosts a page links to, mails from or shows images of."""
    hosts = (host_of(clue.text) for clue in clues if clue.source in _LINKED)
    found = (registry.find_host(host) for host in hosts if host)
    return frozenset(outlet.outlet_id for outlet in found if outlet)


def _registered_name(
    candidate: NameCandidate,
    domain: str | None,
    linked: frozenset[str],
    language: str | None,
    registry: Registry,
) -> Outlet | None:
    """Looks a printed name up; one name of several outlets decides only with their language."""
    spellings = dict.fromkeys(spelling for _, spelling in candidate.spellings)
    for spelling in (*spellings, candidate.key):
        outlets = [
            outlet
            for outlet in registry.find_alias(spelling)
            if outlet.outlet_id in linked or _may_publish_on(outlet, domain)
        ]
        if len(outlets) > 1 and language:
            outlets = [outlet for outlet in outlets if language in outlet.languages]
        if len(outlets) == 1:
            return outlets[0]
    return None


def _may_publish_on(outlet: Outlet, domain: str | None) -> bool:
    """Whether an outlet of this name can be the one on a domain the registry does not know.

    The Guardian of guardian.ng is not that of theguardian.com, nor need The Star of one country be
    the one of thestar.com: the domain must be of the outlet's country and say its name.
    """
    if domain is None or is_shared_host(domain):
        return True
    if outlet.country is None or country_of_domain(domain) != outlet.country:
        return False
    label = fold_name(domain_label(domain))
    labels = {domain_label(registrable_domain(own) or own) for own in outlet.domains}
    return label in set(map(fold_name, (*labels, outlet.name, *outlet.aliases)))


def _registered(
    outlet: Outlet,
    domain: str | None,
    text: str | None,
    rule: str,
    ranked: Sequence[NameCandidate],
) -> OutletDecision:
    own = outlet.domains[0] if outlet.domains else None
    return OutletDecision(
        outlet_id=outlet.outlet_id,
        name=outlet.name,
        country=outlet.country,
        domain=domain or (registrable_domain(own) if own else None),
        timezone=outlet.timezone,
        date_order=outlet.date_order,
        languages=outlet.languages,
        text=text,
        rule=rule,
        candidates=_weighed(ranked, None),
    )


def _unregistered(
    address: str | None,
    place: str,
    domain: str | None,
    ranked: Sequence[NameCandidate],
    located: tuple[str | None, OutletClue | None],
) -> OutletDecision:
    best = ranked[0] if ranked and ranked[0].is_backed else None
    if best is None and domain is None:
        return OutletDecision(candidates=_weighed(ranked, None))
    channel = hosted_channel(address) if address else None
    identity = channel or domain or _slug(best.name if best else "")
    text = best.clue.text if best else address
    country, clue = located
    told = (
        (OutletCandidate(text=clue.text, place=clue.place, verdict=f"country {country}"),)
        if clue
        else ()
    )
    return OutletDecision(
        outlet_id=f"{DERIVED_PREFIX}{identity}",
        name=best.name if best else channel or domain,
        country=country,
        domain=domain,
        text=text,
        rule=f"printed:{best.clue.source}" if best else f"domain:{place}",
        candidates=(*_weighed(ranked, best), *told),
    )


def _weighed(
    ranked: Sequence[NameCandidate], chosen: NameCandidate | None
) -> tuple[OutletCandidate, ...]:
    return tuple(
        OutletCandidate(
            text=clue.text,
            place=clue.place,
            name=candidate.name,
            score=round(candidate.score, 1),
            verdict=_verdict(candidate, chosen),
            is_chosen=candidate is chosen,
        )
        for candidate in ranked[:_MAX_CANDIDATES]
        for clue in candidate.clues[:1]
    )


def _verdict(candidate: NameCandidate, chosen: NameCandidate | None) -> str:
    if candidate is chosen:
        return "chosen"
    return "" if candidate.is_backed else "too weak alone"


def _slug(name: str) -> str:
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-")
