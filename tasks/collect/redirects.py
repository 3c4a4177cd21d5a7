"""Redirects: each is a request of its own, which guard, robots.txt and politeness judge anew."""

from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from tasks.collect.exchange import Answer, FetchError, Outcome, Request, Transport

# RFC 9110, 15.4. 300 leaves the choice to a reader, and 304 is no redirect.
_STATUSES = frozenset({301, 302, 303, 307, 308})
# 301 and 308: the address has moved for good.
_PERMANENT = frozenset({301, 308})
MAX_REDIRECTS = 5


def is_permanent(answer: Answer) -> bool:
    """Whether an answer says that the address has moved for good."""
    return answer.status in _PERMANENT


def find_redirect(answer: Answer, visited: Sequence[str]) -> str | None:
    """Returns the address that an answer leads on to, None where it leads nowhere.

    Args:
        answer: of the last address visited.
        visited: the addresses asked so far, the answer's last.

    Raises:
        FetchError: `redirect_loop`, more than MAX_REDIRECTS or a return; `tls_failed`, it leaves
            https; `protocol_broken`, its Location is no address.
    """
    if answer.status not in _STATUSES:
        return None
    location = _as_utf8(answer.header("location") or "")
    if not location:
        raise FetchError(Outcome.PROTOCOL_BROKEN, f"{answer.status} without a Location")
    try:
        target = urljoin(answer.url, location)
        scheme = urlsplit(target).scheme
    except ValueError as error:
        detail = f"Location {location[:200]!r}: {error}"
        raise FetchError(Outcome.PROTOCOL_BROKEN, detail) from error
    if answer.url.startswith("https:") and scheme == "http":
        raise FetchError(Outcome.TLS_FAILED, f"a redirect leaves https for {target[:200]!r}")
    if len(visited) > MAX_REDIRECTS:
        raise FetchError(Outcome.REDIRECT_LOOP, f"more than {MAX_REDIRECTS} redirects")
    if target in visited:
        raise FetchError(Outcome.REDIRECT_LOOP, f"a redirect back to {target[:200]!r}")
    return target


async def fetch(transport: Transport, request: Request) -> Answer:
    """Sends a request and follows its redirects; the answer's URL is the last one.

    Raises:
        FetchError: of the transport, or of `find_redirect`.
    """
    visited = [request.url]
    while True:
        answer = await transport.send(Request(visited[-1], request.kind, request.headers))
        target = find_redirect(answer, visited)
        if target is None:
            return answer
        visited.append(target)


def _as_utf8(location: str) -> str:
    """Reads letters beyond ASCII as browsers do: servers send them as they are, in UTF-8."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location
