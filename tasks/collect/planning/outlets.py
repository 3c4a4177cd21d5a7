"""What is collected of each outlet: its sources, its hosts, and which addresses are left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from schemas.outlets import Registry
from schemas.sources import SourceOutlet, Sources
from tasks.collect.exchange import Outcome
from tasks.normalize.outlets.hosts import registrable_domain

Fields = tuple[tuple[str, str], ...]

# Between two requests to a host, where nothing else is said.
DEFAULT_DELAY_S = 5.0
_DEFAULT_PORTS = {"http": 80, "https": 443}
# Whose outlets are kept; an archive has some tens of thousands.
_KNOWN_HOSTS = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletPlan:
    """An outlet as it is collected.

    Attributes:
        outlet: as the sources file has it.
        group: the folder of raw/ that its pages go to.
        hosts: hosts of its articles; a domain stands for all hosts below it.
        listed: addresses of its lists.
    """

    outlet: SourceOutlet
    group: str
    hosts: frozenset[str]
    listed: tuple[str, ...] = ()

    def judge(self, url: str) -> Outcome | None:
        """Returns the outcome of an address that is not asked at all; None where it is asked."""
        host = host_key(url)
        if host is None:
            return Outcome.PRIVATE_ADDRESS
        if not self._has(host):
            return Outcome.FOREIGN_HOST
        return None if self.outlet.wants(url) else Outcome.EXCLUDED

    def _has(self, host: str) -> bool:
        return any(domain in self.hosts for domain in domains_of(host))


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectPlan:
    """All outlets of a sources file.

    Attributes:
        outlets: by their ids.
        delay_s: between two requests to a host that belongs to no outlet.
        sent: head fields that say who asks.
        about: what each file of the archive says of itself.
    """

    outlets: Mapping[str, OutletPlan]
    delay_s: float = DEFAULT_DELAY_S
    sent: tuple[tuple[str, str], ...] = ()
    about: tuple[tuple[str, str], ...] = ()


class OutletsByHost:
    """Whose articles an address may be.

    Args:
        plan: of whose outlets.
    """

    def __init__(self, plan: CollectPlan) -> None:
        self._by_domain: dict[str, list[OutletPlan]] = {}
        for planned in plan.outlets.values():
            for host in planned.hosts:
                self._by_domain.setdefault(host, []).append(planned)
        # A crawl meets each host again and again.
        self._found = lru_cache(_KNOWN_HOSTS)(self._find)

    def at(self, url: str) -> tuple[OutletPlan, ...]:
        """Returns the outlets of an address's host; those of the longest domain come first."""
        host = host_key(url)
        return self._found(host) if host else ()

    def _find(self, host: str) -> tuple[OutletPlan, ...]:
        found = (
            planned for domain in domains_of(host) for planned in self._by_domain.get(domain, ())
        )
        return tuple({planned.outlet.id: planned for planned in found}.values())


def plan_outlets(
    sources: Sources, registry: Registry, *, sent: Fields = (), about: Fields = ()
) -> CollectPlan:
    """Returns what is collected by a sources file.

    An article's host is one that the file names, or below the registrable domain of one of the
    outlet's addresses, or one of the registry's.

    Raises:
        OSError: a list of addresses cannot be read.
    """
    outlets = {}
    for outlet in sources.outlets:
        known = registry.outlets.get(outlet.id)
        addresses = (*outlet.feeds, *outlet.sitemaps)
        hosts = {*outlet.hosts, *(known.domains if known else ())}
        hosts |= {domain for url in addresses if (domain := _own_domain(url))}
        outlets[outlet.id] = OutletPlan(
            outlet=outlet,
            group=sources.group,
            hosts=frozenset(hosts),
            listed=tuple(url for file in outlet.lists for url in _read_list(file)),
        )
    return CollectPlan(outlets=outlets, sent=tuple(sent), about=tuple(about))


def _own_domain(url: str) -> str | None:
    """Returns what stands for the hosts of an address's site: the host itself where it is an IP."""
    return registrable_domain(url) or host_key(url)


def _read_list(file: Path) -> Iterator[str]:
    with file.open(encoding="utf-8-sig") as lines:
        for line in lines:
            url = line.strip()
            if url and not url.startswith("#"):
                yield url


def domains_of(host: str) -> Iterator[str]:
    """Yields a host with its port, without, and the domains above it."""
    yield host
    labels = host.partition(":")[0].split(".")
    for start in range(len(labels)):
        yield ".".join(labels[start:])


@lru_cache(maxsize=16_384)
def host_key(url: str) -> str | None:
    """Returns what politeness counts by: the host, with its port where that is not the scheme's.

    None where the text is no web address.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not host:
        return None
    host = host.rstrip(".")
    return host if port is None or port in _DEFAULT_PORTS.values() else f"{host}:{port}"


@lru_cache(maxsize=16_384)
def origin_of(url: str) -> str:
    """Returns scheme, host and port of a web address, under which its robots.txt lies.

    Args:
        url: one that `host_key` knows.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    authority = f"[{host}]" if ":" in host else host
    if parts.port not in {None, _DEFAULT_PORTS[parts.scheme]}:
        authority = f"{authority}:{parts.port}"
    return f"{parts.scheme}://{authority}"
