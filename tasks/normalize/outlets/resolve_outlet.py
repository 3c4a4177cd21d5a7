"""Which outlet published a document: the first rule that holds decides.

1. the host is registered; 2. the page's own names are; 3. a text's self-reference is; 4. for
outlets that are not registered, the best printed name. Nothing fuzzy decides anything.
"""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from schemas.outlets import Outlet, Registry, fold_name
from tasks.extract.evidence import OutletClue, OutletSource, TextClue, TextSource
from tasks.normalize.decisions import OutletCandidate, OutletDecision
from tasks.normalize.outlets.channels import channel_spellings, hosted_channel, platform_host
from tasks.normalize.outlets.countries import find_country
from tasks.normalize.outlets.derived_ids import id_of_address, id_of_name
from tasks.normalize.outlets.hosts import (
    country_of_domain,
    domain_label,
    has_public_suffix,
    host_of,
    is_hosted_site,
    is_nobodys_host,
    is_shared_host,
    registrable_domain,
)
from tasks.normalize.outlets.outlet_addresses import own_address
from tasks.normalize.outlets.outlet_names import agreement, is_host_like, name_key
from tasks.normalize.outlets.ranking import NameCandidate, rank_names
from tasks.normalize.outlets.self_references import (
    choose_self_reference,
    host_of_candidate,
    is_of_text_dump,
    rank_self_references,
)
from tasks.normalize.outlets.wrappers import see_through

# What `newsmill explain` shows; further ones are a page's buttons and a dump's common words.
_MAX_CANDIDATES = 12
_MAX_NAME = 60
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
    address, position = own_address(url, urls, clues)
    channel = hosted_channel(address) if address else None
    domain = channel.partition("/")[0] if channel else address and registrable_domain(address)
    ranked = rank_names(clues, channel or domain) or _ranked_by_domain(clues, language, domain)
    if registry is not None:
        if found := _registered_host(address, registry):
            return _registered(found, domain, address, f"host:{position}", ranked)
        linked = _linked_outlets(clues, urls, registry)
        for candidate in ranked:
            if not candidate.is_backed or candidate.score < ranked[0].score * _MIN_SHARE_OF_BEST:
                break
            if found := _registered_name(candidate, domain, linked, language, registry):
                rule = f"alias:{candidate.clue.source}"
                return _registered(found, domain, candidate.clue.text, rule, ranked)
    decision = _unregistered(address, position, channel or domain, ranked, clues, language)
    if url and decision.domain is None:
        # Whose the page is may be unknown, and on which platform it stands is not.
        return replace(decision, domain=platform_host(host_of(see_through(url)) or ""))
    return decision


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
        outlet_id=id_of_address(domain) if domain else id_of_name(best.name),
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
        spellings = (*channel_spellings(address), *(() if hosted_channel(address) else (host,)))
        return next(filter(None, map(registry.by_host.get, spellings)), None)
    if is_hosted_site(host):
        return registry.by_host.get(host)
    return registry.find_host(host, urlsplit(address).path)


def _linked_outlets(
    clues: Sequence[OutletClue], urls: Sequence[TextClue], registry: Registry
) -> frozenset[str]:
    """Returns the registered outlets whose hosts a page declares, links to, mails from or shows.

    A mirror, as of an outlet that is blocked, declares the original's address.
    """
    declared = [clue for clue in urls if clue.source in (TextSource.CANONICAL, TextSource.OG_URL)]
    linked = [clue for clue in clues if clue.source in _LINKED]
    texts = [*(clue.text for clue in declared), *(clue.text for clue in linked)]
    hosts = map(host_of, texts)
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
    for spelling in dict.fromkeys((*spellings, *map(name_key, spellings))):
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
    position: str,
    identity: str | None,
    ranked: Sequence[NameCandidate],
    clues: Sequence[OutletClue],
    language: str | None,
) -> OutletDecision:
    """Describes an outlet by its domain or channel; only without one does its name identify it."""
    best = ranked[0] if ranked and ranked[0].is_backed else None
    identity = identity or (_domain_named(best) if best else None)
    if best is None and identity is None:
        return OutletDecision(candidates=_weighed(ranked, None))
    domain = identity.partition("/")[0] if identity else None
    country, clue = find_country(_own_domain(domain), clues, language)
    told = (
        (OutletCandidate(text=clue.text, position=clue.position, verdict=f"country {country}"),)
        if clue
        else ()
    )
    return OutletDecision(
        outlet_id=id_of_address(identity) if identity else id_of_name(best.name if best else ""),
        name=best.name if best else _name_of(identity),
        country=country,
        domain=domain,
        text=best.clue.text if best else address,
        rule=f"printed:{best.clue.source}" if best else f"domain:{position}",
        candidates=(*_weighed(ranked, best), *told),
    )


def _name_of(identity: str | None) -> str | None:
    """Returns a domain as a name, None where it is longer than any name."""
    return identity if identity and len(identity) <= _MAX_NAME else None


def _domain_named(best: NameCandidate) -> str | None:
    """Returns the domain that an outlet's name is printed as ("Example.az"), if it is one."""
    for _, name in best.spellings:
        host = host_of(name) if is_host_like(name) else None
        if host and has_public_suffix(host) and not (is_shared_host(host) or is_nobodys_host(host)):
            return registrable_domain(host)
    return None


def _own_domain(domain: str | None) -> str | None:
    """Returns a domain unless it is a platform's, whose country is not that of its channels."""
    return None if domain is None or is_shared_host(domain) else domain


def _weighed(
    ranked: Sequence[NameCandidate], chosen: NameCandidate | None
) -> tuple[OutletCandidate, ...]:
    return tuple(
        OutletCandidate(
            text=clue.text,
            position=clue.position,
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
