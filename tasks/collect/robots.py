"""robots.txt by RFC 9309: who may ask for what, and how fast."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from protego import Protego

from tasks.collect.exchange import (
    Answer,
    FetchError,
    Outcome,
    Request,
    RequestKind,
    Transport,
)
from tasks.collect.redirects import fetch
from tasks.read.bytes.charsets import decode_text

PRODUCT_TOKEN = "newsmill"  # noqa: S105 - the name in robots.txt, not a secret
KEPT_FOR = timedelta(hours=24)
# How long the last good copy stands in for one that cannot be asked.
GOOD_FOR = timedelta(days=30)
# RFC 9309, 2.5: at least so much is to be read.
MAX_BYTES = 500 * 1024
# RFC 9309, 2.2.1: a product token has letters, hyphens and underscores; sites write a version too.
_AGENT = re.compile(
    r"^([ \t]*user[- ]?agent(?:[ \t]*:[ \t]*|[ \t]+))([\w-]+)(?:/[^\s#]*)?",
    re.IGNORECASE | re.MULTILINE,
)
# Records of others, which must not end a group (RFC 9309, 2.2.4).
_OTHER = re.compile(
    r"^[ \t]*(?:content-signal|content-usage|clean-param|noindex)[ \t]*:.*$",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNAL = re.compile(r"^[ \t]*content-signal[ \t]*:([^#\n]*)", re.IGNORECASE | re.MULTILINE)
_COMPILED = 256


class Access(StrEnum):
    """What the server of a robots.txt said of it."""

    RULES = "rules"  # it has one
    OPEN = "open"  # it has none: everything is allowed
    CLOSED = "closed"  # it could not say: nothing is allowed until it can


@dataclass(frozen=True, slots=True)
class RobotsCopy:
    """A robots.txt as it is kept between runs.

    Attributes:
        access: what its server said of it.
        body: its bytes, of RULES.
        asked_at: UTC, when it was last asked for.
        good_at: UTC, when `access` and `body` were last said; earlier than `asked_at` where the
            server failed since.
        detail: why it is CLOSED, for people.
    """

    access: Access
    body: bytes
    asked_at: datetime
    good_at: datetime
    detail: str = ""

    def is_due(self, now: datetime) -> bool:
        """Whether it is to be asked for again."""
        return now - self.asked_at >= KEPT_FOR


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for newsmill.

    Attributes:
        access: as of the copy.
        crawl_delay_s: seconds between requests, from Crawl-delay or Request-rate.
        sitemaps: addresses, as printed.
        content_signals: values of Content-Signal lines, as printed.
    """

    access: Access
    crawl_delay_s: float | None
    sitemaps: tuple[str, ...]
    content_signals: tuple[str, ...]
    _rules: Protego

    def allows(self, url: str) -> bool:
        """Whether an address may be asked for; robots.txt itself always may."""
        if urlsplit(url).path == "/robots.txt":
            return True
        if self.access is not Access.RULES:
            return self.access is Access.OPEN
        return self._rules.can_fetch(url, PRODUCT_TOKEN)


def robots_url(url: str) -> str:
    """Returns where the robots.txt of an address is: each scheme, host and port has its own."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


@lru_cache(maxsize=_COMPILED)
def compile_robots(access: Access, body: bytes) -> Robots:
    """Reads the rules of a robots.txt; bytes that are none give no rules.

    Args:
        access: as of the copy.
        body: the file's bytes; what is behind MAX_BYTES is not read.
    """
    text = decode_text(body[:MAX_BYTES]).removeprefix("\ufeff") if access is Access.RULES else ""
    text = "\n".join(text.splitlines())
    signals = tuple(dict.fromkeys(value.strip() for value in _SIGNAL.findall(text)))
    rules = Protego.parse(_AGENT.sub(_name_agent, _OTHER.sub("", text)))
    delays = [rules.crawl_delay(PRODUCT_TOKEN)]
    if rate := rules.request_rate(PRODUCT_TOKEN):
        delays.append(rate.seconds / rate.requests)
    delay = max((delay for delay in delays if delay is not None), default=None)
    return Robots(access, delay, tuple(rules.sitemaps), signals, rules)


def _name_agent(line: re.Match[str]) -> str:
    """Writes a User-agent line so that protego takes the name for what RFC 9309 does.

    It would also take a name that ours begins with (`news`) for ours.
    """
    name = line[2].lower()
    is_beginning = name != PRODUCT_TOKEN and PRODUCT_TOKEN.startswith(name)
    return f"{line[1]}{name}-" if is_beginning else line[1] + name


async def fetch_robots(
    transport: Transport, url: str, now: datetime, last: RobotsCopy | None = None
) -> RobotsCopy:
    """Asks for a robots.txt, and says what holds from now on; see `read_robots`.

    Args:
        transport: asks.
        url: of the robots.txt.
        now: the UTC instant that the copy is asked at.
        last: what held until now.
    """
    try:
        reply: Answer | FetchError = await fetch(transport, Request(url, RequestKind.ROBOTS))
    except FetchError as error:
        reply = error
    return read_robots(reply, now, last)


def read_robots(
    reply: Answer | FetchError, now: datetime, last: RobotsCopy | None = None
) -> RobotsCopy:
    """Says what holds from now on, by what came of asking for a robots.txt.

    2xx gives rules, 4xx allows everything, as do redirects without end. 5xx, 429 and every failure
    of the network allow nothing: but first the last good copy holds, for GOOD_FOR.

    Args:
        reply: the answer behind all redirects, or why there is none.
        now: the UTC instant that the copy is asked at.
        last: what held until now.
    """
    try:
        if isinstance(reply, FetchError):
            raise reply
        access, body, detail = _read(reply)
    except FetchError as error:
        is_open = error.outcome is Outcome.REDIRECT_LOOP
        access, body = (Access.OPEN if is_open else Access.CLOSED), b""
        detail = str(error)
    if access is not Access.CLOSED:
        return RobotsCopy(access, body, now, now)
    if last is not None and last.access is not Access.CLOSED and now - last.good_at <= GOOD_FOR:
        return replace(last, asked_at=now, detail=detail)
    return RobotsCopy(Access.CLOSED, b"", now, now, detail)


_SUCCESS, _REFUSED, _TOO_MANY, _FAILED = 200, 400, 429, 500


def _read(answer: Answer) -> tuple[Access, bytes, str]:
    status = answer.status
    if _SUCCESS <= status < _SUCCESS + 100:
        return Access.RULES, answer.decoded(8 * MAX_BYTES)[:MAX_BYTES], ""
    if _REFUSED <= status < _FAILED and status != _TOO_MANY:
        return Access.OPEN, b"", ""
    return Access.CLOSED, b"", f"robots.txt: {status} {answer.reason}".rstrip()


def sitemaps_of(robots: Robots, url: str) -> list[str]:
    """Returns the sitemaps that a robots.txt names, as absolute addresses.

    Args:
        robots: the rules.
        url: of the robots.txt.
    """
    found = []
    for printed in robots.sitemaps:
        try:
            found.append(urljoin(url, printed))
        except ValueError:
            continue
    return list(dict.fromkeys(found))
