"""One HTTP connection, kept for the next request to its host."""

import ssl

import httpcore2

from tasks.collect.guard import Target
from tasks.collect.metering import Meter, MeteredBackend


class Connection:
    """One connection to one origin, which opens with its first request.

    Attributes:
        target: an address of the origin.
        meter: counts what comes in.
        idle_since: when it was last used, by the clock of its client.
    """

    def __init__(
        self,
        target: Target,
        backend: httpcore2.AsyncNetworkBackend,
        ssl_context: ssl.SSLContext,
        head_bytes: int,
    ) -> None:
        self.target = target
        self.meter = Meter(head_bytes)
        self.idle_since = 0.0
        self._connection = httpcore2.AsyncHTTPConnection(
            httpcore2.Origin(target.scheme.encode(), target.host.encode(), target.port),
            ssl_context=ssl_context,
            network_backend=MeteredBackend(backend, self.meter),
        )

    @property
    def is_idle(self) -> bool:
        """Whether it can take a request."""
        return self._connection.is_available()

    def serves(self, target: Target) -> bool:
        """Whether it leads to where a request goes, and the server has not hung up."""
        ours = (self.target.scheme, self.target.host, self.target.port)
        return (
            ours == (target.scheme, target.host, target.port)
            and self.is_idle
            and not self._connection.has_expired()
        )

    async def send(
        self, target: Target, headers: list[tuple[bytes, bytes]], timeouts: dict[str, float]
    ) -> httpcore2.Response:
        """Sends a request, and returns the answer once its head has come.

        Raises:
            FetchError: of the guard, of TLS, or a head beyond its limit.
            httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException: see there.
        """
        self.meter.start()
        url = httpcore2.URL(
            scheme=target.scheme, host=target.host, port=target.port, target=target.path
        )
        request = httpcore2.Request("GET", url, headers=headers, extensions={"timeout": timeouts})
        response = await self._connection.handle_async_request(request)
        self.meter.pass_head()
        return response

    async def aclose(self) -> None:
        """Closes it."""
        await self._connection.aclose()
