"""The HTTP client: one request, one answer, within limits, through the guard.

It keeps one connection a host, sends no cookies, follows no redirects and repeats nothing: when to
ask again is the policy's business.
"""

import asyncio
import ssl
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from types import MappingProxyType
from weakref import WeakValueDictionary

import httpcore2

from schemas.settings import MEBIBYTE
from tasks.collect.connection import Connection
from tasks.collect.exchange import Answer, Clock, FetchError, Outcome, Request, RequestKind
from tasks.collect.guard import Guard, GuardedBackend, Resolver, SystemResolver, Target
from tasks.collect.metering import Meter
from tasks.read.bytes.content_types import form_of_type, is_sniffed, parse_content_type

_OK = 200
_ACCEPT: Mapping[RequestKind, str] = {
    RequestKind.PAGE: "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1",
    RequestKind.FEED: (
        "application/rss+xml, application/atom+xml, application/feed+json, "
        "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
    ),
    RequestKind.SITEMAP: "application/xml, text/xml, */*;q=0.5",
    RequestKind.ROBOTS: "text/plain, */*;q=0.5",
}
# What the reader undoes, without `deflate`: servers disagree on what it is.
_ACCEPT_ENCODING = "gzip, br"
_ONE_HEAD_BYTES = httpcore2.AsyncHTTP11Connection.MAX_INCOMPLETE_EVENT_SIZE
_BODY_BYTES: Mapping[RequestKind, int] = MappingProxyType(
    {
        RequestKind.PAGE: 8 * MEBIBYTE,
        RequestKind.FEED: 16 * MEBIBYTE,
        RequestKind.SITEMAP: 50 * MEBIBYTE,
        RequestKind.ROBOTS: 512 * 1024,
    }
)


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What one answer may cost.

    Attributes:
        head_bytes: of a head and the interim answers before it. httpcore2 ends a single head at
            100 KiB.
        body_bytes: as sent, by kind. A longer robots.txt is cut, as RFC 9309 (2.5) has it.
        error_body_bytes: of an answer other than 200; the rest is not waited for.
        connect_s: for resolving, connecting, and again for TLS.
        read_s: between two pieces of the answer.
        whole_s: for all of it: a byte now and then never trips `read_s`.
        idle_s: how long a connection without a request is kept.
        idle_connections: how many are.
    """

    head_bytes: int = 256 * 1024
    body_bytes: Mapping[RequestKind, int] = field(default_factory=lambda: _BODY_BYTES)
    error_body_bytes: int = 256 * 1024
    connect_s: float = 10.0
    read_s: float = 20.0
    whole_s: float = 60.0
    idle_s: float = 60.0
    idle_connections: int = 256

    @property
    def timeouts(self) -> dict[str, float]:
        """The limits of single steps, as httpcore2 names them."""
        return {"connect": self.connect_s, "read": self.read_s, "write": self.read_s}


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks.

    Attributes:
        contact: a page about the collector, or an e-mail address.
        version: newsmill's.
    """

    contact: str
    version: str

    @property
    def user_agent(self) -> str:
        """The value of User-Agent; robots.txt files call it `newsmill`."""
        return f"newsmill/{self.version} (+{self.contact})"

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """User-Agent, and From where the contact is an e-mail address (RFC 9110, 10.1.2)."""
        address = self.contact.removeprefix("mailto:")
        is_address = "@" in address and "/" not in address
        agent = ("User-Agent", self.user_agent)
        return (agent, ("From", address)) if is_address else (agent,)


class Client:
    """A `Transport` over httpcore2; close it with `aclose`.

    Args:
        identity: who asks.
        guard: what may be asked.
        clock: the time of answers.
        limits: what an answer may cost.
        ssl_context: whose certificates hold; those of the system where None.
        resolver: finds addresses; the system's where None.
    """

    def __init__(
        self,
        identity: Identity,
        guard: Guard,
        clock: Clock,
        *,
        limits: FetchLimits | None = None,
        ssl_context: ssl.SSLContext | None = None,
        resolver: Resolver | None = None,
    ) -> None:
        self._identity = identity
        self._guard = guard
        self._clock = clock
        self._limits = limits or FetchLimits()
        self._ssl_context = ssl_context or httpcore2.default_ssl_context()
        self._backend = GuardedBackend(guard, resolver or SystemResolver())
        self._idle: OrderedDict[str, Connection] = OrderedDict()
        self._hosts: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def send(self, request: Request) -> Answer:
        """See `Transport`; a second request to a host waits for the first.

        Raises:
            FetchError: there is no answer that could be used.
        """
        target = self._guard.judge_url(request.url)
        host = self._hosts.setdefault(target.host, asyncio.Lock())
        async with host:
            connection = await self._take(target)
            try:
                return await self._exchange(connection, target, request)
            finally:
                await self._give_back(connection)

    async def aclose(self) -> None:
        """Closes the connections that wait for a request."""
        while self._idle:
            await self._idle.popitem()[1].aclose()

    async def _take(self, target: Target) -> Connection:
        connection = self._idle.pop(target.host, None)
        if connection is not None:
            if connection.serves(target):
                return connection
            await connection.aclose()
        return Connection(target, self._backend, self._ssl_context, self._limits.head_bytes)

    async def _give_back(self, connection: Connection) -> None:
        now = self._clock.monotonic()
        if connection.is_idle:
            connection.idle_since = now
            self._idle[connection.target.host] = connection
        else:
            await connection.aclose()
        while self._idle:
            oldest = next(iter(self._idle.values()))
            is_crowded = len(self._idle) > self._limits.idle_connections
            if not is_crowded and now - oldest.idle_since <= self._limits.idle_s:
                break
            await self._idle.popitem(last=False)[1].aclose()

    async def _exchange(self, connection: Connection, target: Target, request: Request) -> Answer:
        sent = [
            ("Host", target.authority),
            *self._identity.headers,
            ("Accept", _ACCEPT[request.kind]),
            ("Accept-Encoding", _ACCEPT_ENCODING),
            *request.headers,
        ]
        # A validator goes back as it came: servers put bytes beyond ASCII into an ETag.
        headers = [
            (name.encode("ascii"), value.encode("latin-1", "replace")) for name, value in sent
        ]
        started_at = self._clock.now()
        try:
            async with asyncio.timeout(self._limits.whole_s):
                response = await connection.send(target, headers, self._limits.timeouts)
                body, truncated = await self._read_body(connection, response, request.kind)
        except (httpcore2.TimeoutException, TimeoutError) as error:
            detail = str(error) or f"not done within {self._limits.whole_s} s"
            raise FetchError(Outcome.TIMED_OUT, f"{target.host}: {detail}") from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError) as error:
            raise FetchError(
                _outcome_of(error, connection.meter), f"{target.host}: {_say(error)}"
            ) from error
        return Answer(
            url=request.url,
            status=response.status,
            reason=response.extensions.get("reason_phrase", b"").decode("latin-1"),
            http_version=response.extensions["http_version"].decode("ascii"),
            headers=tuple(response.headers),
            body=body,
            ip_address=connection.meter.ip_address,
            started_at=started_at,
            ended_at=self._clock.now(),
            truncated=truncated,
        )

    async def _read_body(
        self, connection: Connection, response: httpcore2.Response, kind: RequestKind
    ) -> tuple[bytes, str | None]:
        """Returns the body and why it is not whole."""
        limit = self._limits.body_bytes[kind]
        if response.status != _OK:
            limit = min(limit, self._limits.error_body_bytes)
        elif kind is RequestKind.PAGE:
            _refuse_other_types(response)
        is_cut = kind is RequestKind.ROBOTS or response.status != _OK
        if not is_cut:
            _refuse_declared_size(response, limit)
        pieces: list[bytes] = []
        size = 0
        try:
            async with aclosing(response.aiter_stream()) as stream:
                async for piece in stream:
                    size += len(piece)
                    pieces.append(piece)
                    if size > limit:
                        break
        except (httpcore2.ReadError, httpcore2.RemoteProtocolError):
            if not (size and connection.meter.has_ended):
                raise
            return b"".join(pieces), "disconnect"
        finally:
            await response.aclose()
        if size > limit and not is_cut:
            raise FetchError(Outcome.TOO_LARGE, f"a body of more than {limit} bytes")
        return b"".join(pieces)[:limit], "length" if size > limit else None


def _refuse_other_types(response: httpcore2.Response) -> None:
    """Hangs up on images and films, before they are sent."""
    declared = _header(response, b"content-type")
    essence = parse_content_type(declared)[0]
    if not is_sniffed(essence) and form_of_type(essence) is None:
        raise FetchError(Outcome.NOT_TEXT, f"Content-Type {essence[:80]!r}")


def _refuse_declared_size(response: httpcore2.Response, limit: int) -> None:
    length = _header(response, b"content-length")
    if length.isascii() and length.isdigit() and int(length) > limit:
        raise FetchError(Outcome.TOO_LARGE, f"a body of {length} bytes, more than {limit}")


def _header(response: httpcore2.Response, name: bytes) -> str:
    return next(
        (value.decode("latin-1") for key, value in response.headers if key.lower() == name), ""
    )


def _outcome_of(error: Exception, meter: Meter) -> Outcome:
    if isinstance(error, ssl.SSLError):
        return Outcome.TLS_FAILED
    is_silent = meter.has_ended and meter.received == 0
    if isinstance(error, httpcore2.ProtocolError) and not is_silent:
        is_long = meter.awaits_head and meter.received > _ONE_HEAD_BYTES
        return Outcome.TOO_LARGE if is_long else Outcome.PROTOCOL_BROKEN
    return Outcome.CONNECT_FAILED


def _say(error: Exception) -> str:
    return str(error) or str(error.__cause__ or "") or type(error).__name__
