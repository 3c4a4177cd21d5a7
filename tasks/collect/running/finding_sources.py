"""Looking for a site's sources, politely: a pause behind each request to a host."""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing

from tasks.collect.client import Client, Identity
from tasks.collect.discovery import FoundSource, discover
from tasks.collect.exchange import Answer, Clock, Request, Transport
from tasks.collect.guard import Guard
from tasks.collect.planning.outlets import host_key


class PausingTransport:
    """A `Transport` that leaves a host alone behind each request.

    Args:
        transport: asks.
        clock: tells the time.
        delay_s: between the end of a request and the next.
    """

    def __init__(self, transport: Transport, clock: Clock, delay_s: float) -> None:
        self._transport = transport
        self._clock = clock
        self._delay_s = delay_s
        self._free: dict[str | None, float] = {}

    async def send(self, request: Request) -> Answer:
        """See `Transport`."""
        host = host_key(request.url)
        wait_s = self._free.get(host, 0.0) - self._clock.monotonic()
        if wait_s > 0:
            await self._clock.sleep(wait_s)
        try:
            return await self._transport.send(request)
        finally:
            self._free[host] = self._clock.monotonic() + self._delay_s


def find_sources(
    url: str,
    identity: Identity,
    clock: Clock,
    *,
    delay_s: float,
    allowed: Sequence[tuple[str, int]] = (),
) -> tuple[FoundSource, ...]:
    """Asks a site for its feeds and sitemaps; see `tasks.collect.discovery`.

    Args:
        url: its front page, or a source.
        identity: who asks.
        clock: tells the time.
        delay_s: between two requests.
        allowed: addresses that need not be public, see `Guard`.

    Raises:
        FetchError: the site does not answer, or robots.txt forbids it.
    """

    async def look() -> tuple[FoundSource, ...]:
        async with aclosing(Client(identity, Guard((), allowed), clock)) as client:
            polite = PausingTransport(client, clock, delay_s)
            return await discover(polite, url, clock.now())

    return asyncio.run(look())
