"""The words that collecting speaks with the network: request, answer, and what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from schemas.described import DescribedEnum
from schemas.reasons import Reason
from schemas.settings import Limits
from tasks.read.bytes.compression import UnreadableError
from tasks.read.warc.http_body import decode_body


class RequestKind(StrEnum):
    """What is asked for: each kind has limits of its own."""

    PAGE = "page"
    FEED = "feed"
    SITEMAP = "sitemap"
    ROBOTS = "robots"


class Outcome(DescribedEnum):
    """What became of an address; each address found has exactly one in the end."""

    STORED = "stored", "The page is in raw/."
    UNCHANGED = "unchanged", "Fetched again, and the same as before."
    OPTED_OUT = "opted_out", "The site reserves its rights, or asks not to be archived."
    ROBOTS_DENIED = "robots_denied", "robots.txt forbids it, or could not be asked."
    EXCLUDED = "excluded", "`include` or `exclude` of the sources file leaves it out."
    FOREIGN_HOST = "foreign_host", "Its host is not among the outlet's."
    PRIVATE_ADDRESS = "private_address", "The guard refuses the address: not a public web address."
    HTTP_4XX = "http_4xx", "The server refuses, or has no such page."
    HTTP_5XX = "http_5xx", "The server failed."
    RATE_LIMITED = "rate_limited", "The server asks for fewer requests (429)."
    DNS_FAILED = "dns_failed", "The host has no address."
    CONNECT_FAILED = "connect_failed", "No connection to the host, or it broke off."
    TLS_FAILED = "tls_failed", "The certificate does not hold, or a redirect leaves https."
    TIMED_OUT = "timed_out", "Connecting, reading or the whole took longer than its limit."
    TOO_LARGE = "too_large", "The head or the body is larger than its limit."
    BOMB = "bomb", "The body expands beyond the limit."
    REDIRECT_LOOP = "redirect_loop", "More redirects than the limit, or one that returns."
    NOT_TEXT = "not_text", "Neither HTML nor plain text."
    PROTOCOL_BROKEN = "protocol_broken", "The answer is no HTTP, or its body cannot be decoded."
    GAVE_UP = "gave_up", "Tried as often and as long as the policy allows."


@dataclass(frozen=True, slots=True)
class Request:
    """One request; redirects are requests of their own.

    Attributes:
        url: absolute, http or https.
        kind: decides the limits.
        headers: added to the client's own: `If-None-Match`, `If-Modified-Since`.
    """

    url: str
    kind: RequestKind
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, as an archive keeps it.

    Attributes:
        url: the address that was asked.
        status: of the last head; interim ones (1xx) are gone.
        reason: the phrase behind the status, often "".
        http_version: such as "HTTP/1.1".
        headers: as sent: in order, with their case, repeated ones too.
        body: without the transfer coding (chunks), with the content coding (gzip).
        ip_address: the address that was connected to.
        started_at: UTC, before the request was sent.
        ended_at: UTC, after the last byte came; politeness counts from here.
        truncated: why the body is not whole, in the words of WARC-Truncated: "disconnect" where the
            server hung up early. None for a whole body.
    """

    url: str
    status: int
    reason: str
    http_version: str
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    ip_address: str
    started_at: datetime
    ended_at: datetime
    truncated: str | None = None

    def header(self, name: str) -> str | None:
        """Returns the first header of this name (any case), or None."""
        return next(self.headers_named(name), None)

    def headers_named(self, name: str) -> Iterator[str]:
        """Yields the values of all headers of this name (any case), in order."""
        wanted = name.lower().encode("latin-1")
        for key, value in self.headers:
            if key.lower() == wanted:
                yield value.decode("latin-1").strip()

    def decoded(self, limit: int) -> bytes:
        """Returns the body without its content codings; gzip is also found without a header.

        Args:
            limit: bytes that it may have.

        Raises:
            FetchError: `too_large`, `bomb`, or `protocol_broken` where it cannot be decoded.
        """
        coding = ", ".join(self.headers_named("content-encoding"))
        try:
            return decode_body(self.body, "", coding, Limits(max_document_bytes=limit))[0]
        except UnreadableError as error:
            outcome = _OUTCOMES.get(error.reason, Outcome.PROTOCOL_BROKEN)
            raise FetchError(outcome, error.detail) from error


_OUTCOMES = {
    Reason.DOCUMENT_TOO_LARGE: Outcome.TOO_LARGE,
    Reason.COMPRESSION_RATIO_EXCEEDED: Outcome.BOMB,
}


class FetchError(Exception):
    """A request has no answer that could be used.

    Attributes:
        outcome: what became of the address.
        detail: what happened, for people.
    """

    def __init__(self, outcome: Outcome, detail: str) -> None:
        super().__init__(f"{outcome}: {detail}")
        self.outcome = outcome
        self.detail = detail


class Transport(Protocol):
    """Sends requests."""

    async def send(self, request: Request) -> Answer:
        """Sends one request and follows no redirect; guard and limits are inside.

        Raises:
            FetchError: there is no answer.
        """
        ...


class Clock(Protocol):
    """Tells the time; that of the tests jumps."""

    def now(self) -> datetime:
        """Returns the UTC instant."""
        ...

    def monotonic(self) -> float:
        """Returns seconds that never go back."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        ...
