"""Brings an archive from the web to this machine: through the guard, piece by piece.

What is broken off is asked for from where it broke off (RFC 9110, 14). One archive lies here at a
time, so that a list of thousands needs the disk of one.
"""

import asyncio
import ssl
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import httpcore2

from tasks.collect.client import FetchLimits, Identity
from tasks.collect.connection import Connection
from tasks.collect.exchange import Answer, Clock, FetchError, Outcome
from tasks.collect.guard import Guard, GuardedBackend, SystemResolver
from tasks.collect.http_times import retry_after_s
from tasks.collect.redirects import find_redirect

# Common Crawl's archives have 1 GiB.
_MAX_BYTES = 16 * 1024**3
_PATIENCE_S = 3600.0
_WAITS_S = (2.0, 10.0, 60.0, 300.0)
_OK, _PARTIAL, _NOT_THERE = 200, 206, 416
_TOO_MANY, _UNAVAILABLE, _SERVER_ERROR = 429, 503, 500


class _TryAgainError(Exception):
    """It may work later."""

    def __init__(self, problem: FetchError, wait_s: float | None = None) -> None:
        super().__init__(str(problem))
        self.problem = problem
        self.wait_s = wait_s


@dataclass(slots=True)
class _Partial:
    """What has come of an archive."""

    path: Path
    validator: str | None = None
    size: int = field(default=0)


class Downloader:
    """Downloads, one at a time.

    Args:
        identity: who asks.
        guard: what may be asked.
        clock: waits between tries.
        ssl_context: whose certificates hold; those of the system where None.
        limits: their times for a step, and that of the head.
    """

    def __init__(
        self,
        identity: Identity,
        guard: Guard,
        clock: Clock,
        *,
        ssl_context: ssl.SSLContext | None = None,
        limits: FetchLimits | None = None,
    ) -> None:
        self._identity = identity
        self._guard = guard
        self._clock = clock
        self._ssl_context = ssl_context or httpcore2.default_ssl_context()
        self._limits = limits or FetchLimits()

    def download(self, url: str, path: Path) -> None:
        """Brings what lies at an address into a file, which is written anew.

        Raises:
            FetchError: it cannot be had.
            OSError: the file cannot be written.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
        asyncio.run(self._download(url, _Partial(path)))

    async def _download(self, url: str, partial: _Partial) -> None:
        failures = 0
        while True:
            before = partial.size
            try:
                await self._follow(url, partial)
            except _TryAgainError as again:
                # A server that gives a part each time will have given all of it.
                failures = 0 if partial.size > before else failures + 1
                if failures > len(_WAITS_S):
                    raise again.problem from again
                wait_s = _WAITS_S[max(failures - 1, 0)]
                await self._clock.sleep(min(max(wait_s, again.wait_s or 0.0), _PATIENCE_S))
            else:
                return

    async def _follow(self, url: str, partial: _Partial) -> None:
        visited = [url]
        while target := await self._ask(visited, partial):
            visited.append(target)

    async def _ask(self, visited: list[str], partial: _Partial) -> str | None:
        """Asks for what is missing; returns where a redirect leads."""
        target = self._guard.judge_url(visited[-1])
        backend = GuardedBackend(self._guard, SystemResolver())
        connection = Connection(target, backend, self._ssl_context, self._limits.head_bytes)
        headers = [("Host", target.authority), *self._identity.headers, ("Accept", "*/*")]
        headers += [("Accept-Encoding", "identity")]
        if partial.size and partial.validator:
            headers += [("Range", f"bytes={partial.size}-"), ("If-Range", partial.validator)]
        encoded = [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers]
        try:
            response = await connection.send(target, encoded, self._limits.timeouts)
            return await self._take(visited, response, partial)
        except (httpcore2.TimeoutException, TimeoutError) as error:
            problem = FetchError(Outcome.TIMED_OUT, f"{target.host}: {error}")
            raise _TryAgainError(problem) from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            problem = FetchError(Outcome.CONNECT_FAILED, f"{target.host}: {error}")
            raise _TryAgainError(problem) from error
        finally:
            await connection.aclose()

    async def _take(
        self, visited: list[str], response: httpcore2.Response, partial: _Partial
    ) -> str | None:
        answer = _answer_of(visited[-1], response, self._clock.now())
        if redirect := find_redirect(answer, visited):
            return redirect
        if answer.status not in {_OK, _PARTIAL}:
            raise _problem_of(answer, partial)
        if answer.status == _OK:
            partial.size = 0
            # A weak validator does not tell bytes (RFC 9110, 13.1.5).
            etag = answer.header("etag") or ""
            partial.validator = None if etag.startswith("W/") else etag or None
        with partial.path.open("r+b") as file:
            file.truncate(partial.size)
            file.seek(partial.size)
            async with aclosing(response.aiter_stream()) as stream:
                async for piece in stream:
                    file.write(piece)
                    partial.size += len(piece)
                    if partial.size > _MAX_BYTES:
                        detail = f"more than {_MAX_BYTES} bytes"
                        raise FetchError(Outcome.TOO_LARGE, detail)
        return None


def _answer_of(url: str, response: httpcore2.Response, now: datetime) -> Answer:
    return Answer(
        url=url,
        status=response.status,
        reason=response.extensions.get("reason_phrase", b"").decode("latin-1"),
        http_version="HTTP/1.1",
        headers=tuple(response.headers),
        body=b"",
        ip_address="",
        started_at=now,
        ended_at=now,
    )


def _problem_of(answer: Answer, partial: _Partial) -> Exception:
    status = answer.status
    said = f"{status} {answer.reason}".rstrip()
    if status in {_TOO_MANY, _UNAVAILABLE}:
        problem = FetchError(Outcome.RATE_LIMITED, said)
        return _TryAgainError(problem, retry_after_s(answer))
    if status >= _SERVER_ERROR:
        return _TryAgainError(FetchError(Outcome.HTTP_5XX, said))
    problem = FetchError(Outcome.HTTP_4XX, said)
    if status == _NOT_THERE and partial.size:
        # What lies there is another, shorter one: it is asked for from its beginning.
        partial.size, partial.validator = 0, None
        return _TryAgainError(problem)
    return problem
