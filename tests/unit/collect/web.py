"""Real web servers on loopback, plain and TLS, that answer whatever a test wants; they count."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache

import trustme

from tasks.collect.client import Client, FetchLimits, Identity
from tasks.collect.exchange import Request, RequestKind
from tasks.collect.guard import Guard, Resolver

# Writes an answer to a request, as raw as a test wants it.
Handler = Callable[[asyncio.StreamWriter], Awaitable[None]]
IDENTITY = Identity("https://example.org/bot", "9.9")


class WallClock:
    """The time of this machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@dataclass
class Site:
    """A running server.

    Attributes:
        connects: connections that it accepted.
        heads: the heads of the requests that came, in order.
        busiest: the most connections that were open at once.
    """

    port: int
    scheme: str
    host: str = "127.0.0.1"
    connects: int = 0
    heads: list[str] = field(default_factory=list)
    busiest: int = 0
    open: int = 0

    def url(self, path: str = "/", host: str | None = None) -> str:
        return f"{self.scheme}://{host or self.host}:{self.port}{path}"

    @property
    def pair(self) -> tuple[str, int]:
        return self.host, self.port


def ok(body: bytes, *fields: str, status: str = "200 OK", kind: str = "text/html") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *fields]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


@cache
def authority() -> trustme.CA:
    return trustme.CA()


def trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority().configure_trust(context)
    return context


@asynccontextmanager
async def serve(
    pages: Mapping[str, bytes | Handler],
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    tls_names: tuple[str, ...] = (),
) -> AsyncIterator[Site]:
    """Serves pages by path; "*" stands for all others. Bytes are sent as they are."""
    context = None
    if tls_names:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority().issue_cert(*tls_names).configure_cert(context)
    site = Site(0, "https" if tls_names else "http", host)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        site.connects += 1
        site.open += 1
        site.busiest = max(site.busiest, site.open)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
                while not writer.is_closing():
                    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                    site.heads.append(head)
                    page = pages.get(head.split()[1], pages.get("*", ok(b"", status="404 No")))
                    if isinstance(page, bytes):
                        writer.write(page)
                        await writer.drain()
                    else:
                        await page(writer)
        finally:
            site.open -= 1
            writer.close()

    server = await asyncio.start_server(answer, host, port, ssl=context)
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.close()


@asynccontextmanager
async def client(
    *allowed: tuple[str, int],
    limits: FetchLimits | None = None,
    resolver: Resolver | None = None,
    listed: tuple[tuple[str, int], ...] = (),
) -> AsyncIterator[Client]:
    """A client that may connect to these addresses beside public ones."""
    made = Client(
        IDENTITY,
        Guard(listed, allowed),
        WallClock(),
        limits=limits or FetchLimits(connect_s=2.0, read_s=2.0, whole_s=5.0),
        ssl_context=trusting(),
        resolver=resolver,
    )
    try:
        yield made
    finally:
        await made.aclose()


def page(url: str, *headers: tuple[str, str]) -> Request:
    return Request(url, RequestKind.PAGE, headers)
