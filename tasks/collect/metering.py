"""Connections that count what comes in, and say which of their steps failed."""

import ssl
from collections.abc import Iterable
from typing import Any

import httpcore2

from tasks.collect.exchange import FetchError, Outcome


class Meter:
    """What one connection has received for the request that it is busy with.

    Attributes:
        received: bytes since the request was sent.
        awaits_head: the answer's head has not come yet.
        has_ended: the server closed its side.
        ip_address: that was connected to, "" before.
    """

    def __init__(self, head_bytes: int) -> None:
        self._head_bytes = head_bytes
        self.awaits_head = True
        self.received = 0
        self.has_ended = False
        self.ip_address = ""

    def start(self) -> None:
        """Begins to wait for a head."""
        self.received = 0
        self.awaits_head = True

    def pass_head(self) -> None:
        """Takes the head for read: the body has limits of its own."""
        self.awaits_head = False

    def count(self, data: bytes) -> None:
        """Counts what was received.

        Raises:
            FetchError: `too_large`; a head, or interim answers before it, without an end.
        """
        self.received += len(data)
        self.has_ended = not data
        if self.awaits_head and self.received > self._head_bytes:
            raise FetchError(Outcome.TOO_LARGE, f"a head of more than {self._head_bytes} bytes")


class MeteredBackend(httpcore2.AsyncNetworkBackend):
    """Opens the one connection that a meter counts."""

    def __init__(self, backend: httpcore2.AsyncNetworkBackend, meter: Meter) -> None:
        self._backend = backend
        self._meter = meter

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """See httpcore2."""
        stream = await self._backend.connect_tcp(host, port, timeout, local_address, socket_options)
        self._meter.ip_address = stream.get_extra_info("server_addr")[0]
        return MeteredStream(stream, self._meter)


class MeteredStream(httpcore2.AsyncNetworkStream):
    """A connection whose bytes are counted."""

    def __init__(self, stream: httpcore2.AsyncNetworkStream, meter: Meter) -> None:
        self._stream = stream
        self._meter = meter

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """See httpcore2."""
        data = await self._stream.read(max_bytes, timeout)
        self._meter.count(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """See httpcore2."""
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """See httpcore2."""
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Begins TLS.

        Raises:
            FetchError: `tls_failed`; the certificate does not hold, or there is no TLS here.
            httpcore2.ConnectTimeout: the time is over.
        """
        try:
            stream = await self._stream.start_tls(ssl_context, server_hostname, timeout)
        except (httpcore2.ConnectError, ssl.SSLError, ssl.CertificateError) as error:
            reason = error.__cause__ or error
            detail = f"{server_hostname}: {reason or type(reason).__name__}"
            raise FetchError(Outcome.TLS_FAILED, detail) from error
        return MeteredStream(stream, self._meter)

    def get_extra_info(self, info: str) -> Any:
        """See httpcore2."""
        return self._stream.get_extra_info(info)
