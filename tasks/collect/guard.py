"""The guard: it connects to public web servers, and to nothing else.

An address from a feed or a redirect is anybody's. The guard judges it twice: as a URL, and, once
its host is resolved, as the address that is then connected to. Nothing is resolved in between, so
that a name which changes its address (DNS rebinding) gains nothing.
"""

import asyncio
import re
import socket
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Protocol
from urllib.parse import quote, urlsplit

import httpcore2
import idna

from schemas.special_addresses import (
    EMBEDDING,
    GLOBAL_UNICAST,
    ISATAP_MARKS,
    NAMED_IPV6,
    SPECIAL_IPV4,
    SPECIAL_IPV6,
)
from tasks.collect.exchange import FetchError, Outcome

WEB_PORTS = {"http": 80, "https": 443}
# RFC 3986 reserves these or leaves them alone; the percent sign keeps what is encoded already.
_TARGET_SAFE = "%/:=&?~#+!$,;'@()*[]-._"
_CONTROL = re.compile(r"[\x00-\x20\x7f\\]")
# A host's addresses beyond these would only be slow ways to fail.
_MAX_ADDRESSES = 4
# A look-up may hang for half a minute in the system's resolver, and holds its thread.
_RESOLVER_THREADS = 16


@dataclass(frozen=True, slots=True)
class Target:
    """A web address that was judged, in the parts that a request is made of."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == WEB_PORTS[self.scheme] else f"{host}:{self.port}"


class Resolver(Protocol):
    """Finds the addresses of a host."""

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """Returns addresses, the preferred one first.

        Raises:
            OSError: the host has none.
        """
        ...


class SystemResolver:
    """The resolver of the operating system, in threads of its own."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_RESOLVER_THREADS, thread_name_prefix="resolve")

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """See `Resolver`."""
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, _look_up, host, port)
        return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def _look_up(
    host: str, port: int
) -> Iterable[tuple[object, object, object, object, Sequence[object]]]:
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


def refusal_of(address: str) -> str | None:
    """Says why no public web server is at an IP address; None where one may be.

    Args:
        address: as a resolver gives it, IPv6 with or without a zone.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return f"{address} is no IP address"
    what = _judge_ipv4(found) if isinstance(found, IPv4Address) else _judge_ipv6(found)
    return f"{address} is {what}" if what else None


def _judge_ipv4(address: IPv4Address) -> str | None:
    return next((what for network, what in SPECIAL_IPV4 if address in network), None)


def _judge_ipv6(address: IPv6Address) -> str | None:
    number = int(address)
    for network, behind in EMBEDDING:
        if address in network:
            return _judge_ipv4(IPv4Address(number >> behind & 0xFFFFFFFF))
    if address not in GLOBAL_UNICAST:
        return next((what for network, what in NAMED_IPV6 if address in network), "not public")
    if number >> 32 & 0xFFFFFFFF in ISATAP_MARKS:
        return _judge_ipv4(IPv4Address(number & 0xFFFFFFFF))
    return next((what for network, what in SPECIAL_IPV6 if address in network), None)


class Guard:
    """Judges addresses.

    Args:
        listed: (host, port) pairs beside the web's own ports, from the sources file.
        allowed: (IP address, port) pairs that need not be public: an intranet's, or a test's.
    """

    def __init__(
        self,
        listed: Iterable[tuple[str, int]] = (),
        allowed: Iterable[tuple[str, int]] = (),
    ) -> None:
        self._listed = frozenset(listed)
        self._allowed = frozenset(allowed)
        self._allowed_ports = frozenset(port for _, port in self._allowed)

    def judge_url(self, url: str) -> Target:
        """Takes a web address apart.

        Raises:
            FetchError: `private_address`; it is none, or names a user or a port that is not listed.
        """
        try:
            return self._judge_url(url)
        except ValueError as error:
            raise FetchError(Outcome.PRIVATE_ADDRESS, f"{url[:200]!r}: {error}") from error

    def _judge_url(self, url: str) -> Target:
        url = url.strip()
        if _CONTROL.search(url):
            raise ValueError("white space, control character or backslash in the address")
        parts = urlsplit(url)
        scheme = parts.scheme.lower()
        if scheme not in WEB_PORTS:
            raise ValueError(f"scheme {scheme!r} is neither http nor https")
        if "@" in parts.netloc:
            raise ValueError("a user name in the address")
        host = ascii_host(parts.hostname or "")
        port = parts.port if parts.port is not None else WEB_PORTS[scheme]
        is_web = port in WEB_PORTS.values()
        if not is_web and (host, port) not in self._listed and port not in self._allowed_ports:
            raise ValueError(f"port {port} is not listed in the sources file")
        path = parts.path if parts.path.startswith("/") else f"/{parts.path}"
        target = f"{path}?{parts.query}" if parts.query else path
        return Target(scheme, host, port, quote(target, safe=_TARGET_SAFE))

    def judge_addresses(self, host: str, port: int, addresses: Sequence[str]) -> list[str]:
        """Returns the addresses that may be connected to, in order.

        Raises:
            FetchError: `private_address`, none may be; `dns_failed`, there is none.
        """
        if not addresses:
            raise FetchError(Outcome.DNS_FAILED, f"{host} has no address")
        refusals = {
            address: refusal_of(address)
            for address in addresses
            if (address, port) not in self._allowed
        }
        judged = [address for address in addresses if refusals.get(address) is None]
        if not judged:
            detail = ", ".join(f"{refusal}" for refusal in refusals.values())
            raise FetchError(Outcome.PRIVATE_ADDRESS, f"{host}: {detail}")
        return judged


def ascii_host(host: str) -> str:
    """Returns the host as it is looked up: lower case, IDNA 2008 as browsers have it (UTS 46)."""
    # A name with the root's dot is the same host, but no certificate names it so.
    host = host.removesuffix(".")
    if not host:
        raise ValueError("no host")
    # Neither encoded letters nor the zone of an IPv6 address belong to a public name.
    if "%" in host:
        raise ValueError("a percent sign in the host")
    if ":" in host:
        return str(IPv6Address(host))
    if host.isascii():
        return host.lower()
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise ValueError(f"host {host!r}: {error}") from error


class GuardedBackend(httpcore2.AsyncNetworkBackend):
    """Opens connections for httpcore2, each to an address that the guard has judged."""

    def __init__(self, guard: Guard, resolver: Resolver) -> None:
        self._guard = guard
        self._resolver = resolver
        self._network = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Resolves, judges and connects; the next address is tried where one does not answer.

        Args:
            host: a name or an IP address.
            port: as in the URL.
            timeout: seconds for all of it.
            local_address: see httpcore2.
            socket_options: see httpcore2.

        Raises:
            FetchError: `dns_failed`, `private_address`.
            httpcore2.ConnectError: no address answers.
            httpcore2.ConnectTimeout: the time is over.
        """
        try:
            async with asyncio.timeout(timeout):
                judged = await self._find_addresses(host, port)
                # An address that swallows packets must leave time for the others.
                share = timeout / len(judged) if timeout is not None else None
                for address in judged[:-1]:
                    try:
                        return await self._network.connect_tcp(
                            address, port, share, local_address, socket_options
                        )
                    except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                        continue
                return await self._network.connect_tcp(
                    judged[-1], port, timeout, local_address, socket_options
                )
        except TimeoutError as error:
            raise httpcore2.ConnectTimeout(f"{host}: no connection in {timeout} s") from error

    async def _find_addresses(self, host: str, port: int) -> list[str]:
        try:
            addresses = await self._resolver.resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise FetchError(Outcome.DNS_FAILED, f"{host}: {error}") from error
        return self._guard.judge_addresses(host, port, addresses)[:_MAX_ADDRESSES]
