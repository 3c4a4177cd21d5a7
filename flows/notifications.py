"""Notices to people: their addresses, and how one is sent through Prefect's notification blocks.

An address is what operators write into `notify`:

- `https://HOST/PATH`, of a chat that apprise knows (Slack, Discord, ...) or of any program that
  takes JSON with `title`, `message` and `text`;
- `mailto:NAME@HOST`, by the mail server of the machine that sends;
- any other address of apprise, as `mailtos://USER:PASSWORD@HOST?to=NAME@HOST` or `slack://...`
  (https://github.com/caronc/apprise/wiki).

Addresses hold secrets. No message of this module names more of one than its scheme and host.
"""

import logging
import re
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import httpx
from apprise import Apprise
from prefect.blocks.abstract import NotificationError
from prefect.blocks.notifications import CustomWebhookNotificationBlock, SlackWebhook
from prefect.types import SecretDict
from pydantic import SecretStr

_WEB = ("http", "https")
_MAIL = ("mailto", "mailtos")
# `mailto:` of RFC 6068 without its fields: recipients and no server.
_RECIPIENTS = re.compile(r"mailto:(?!//)(?P<names>[^@\s?]+@[^\s?]+)")
_PAYLOAD = {
    "title": "{{subject}}",
    "message": "{{body}}",
    # What Slack, Mattermost and those that do as they do show.
    "text": "{{subject}}\n{{body}}",
}


Block = CustomWebhookNotificationBlock | SlackWebhook


@dataclass(frozen=True, slots=True)
class _Parts:
    """What of an address can be shown; nothing where it cannot be read."""

    scheme: str = ""
    host: str = ""


class AddressError(ValueError):
    """An address that nothing can be sent to; the message does not show it whole."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What people are told."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a notice at an address.

    Attributes:
        address: as it can be shown.
        fault: why it was not delivered; empty where it was.
    """

    address: str
    fault: str = ""


def show_address(address: str) -> str:
    """Returns an address without what may be secret in it."""
    if _RECIPIENTS.fullmatch(address):
        return address
    parts = _split(address)
    # Of other schemes, what stands in the place of a host may be a token.
    host = f"{parts.host}/" if parts.host and parts.scheme in (*_WEB, *_MAIL) else ""
    return f"{parts.scheme}://{host}…" if parts.scheme else "…"


def make_block(address: str) -> Block:
    """Returns the block of Prefect's that sends to an address; it is not saved anywhere.

    All are classes that Prefect's server knows by itself. It has none for mail, but the one for
    Slack takes every address of apprise.

    Raises:
        AddressError: there is no such address.
    """
    parts = _split(address)
    target = _as_apprise(address)
    if Apprise.instantiate(target, suppress_exceptions=True) is not None:
        return SlackWebhook(url=SecretStr(target))
    if parts.scheme in _WEB and parts.host:
        return CustomWebhookNotificationBlock(
            name="newsmill",
            # The block's own `url` is no secret to Prefect.
            url="{{address}}",
            json_data=_PAYLOAD,
            headers=None,
            cookies=None,
            secrets=SecretDict({"address": address}),
        )
    raise AddressError(f"nothing can be sent to {show_address(address)}; see docs/operations.md")


def deliver(addresses: Sequence[str], notice: Notice) -> list[Delivery]:
    """Sends a notice to each address, and says what became of it; it never raises."""
    with _quiet():
        return [_deliver(address, notice) for address in addresses]


def _deliver(address: str, notice: Notice) -> Delivery:
    shown = show_address(address)
    try:
        block = make_block(address)
        with block.raise_on_failure():
            block.notify(subject=notice.subject, body=notice.body)
    except Exception as error:  # noqa: BLE001 - whatever a sender does, the run ends as it would
        return Delivery(shown, _describe_fault(error))
    return Delivery(shown)


def _describe_fault(error: Exception) -> str:
    """Says why nothing was delivered; the words of the libraries may hold the address."""
    match error:
        case AddressError():
            return "no such address"
        case httpx.HTTPStatusError():
            return f"it answered {error.response.status_code}"
        case httpx.TimeoutException():
            return "no answer in time"
        case NotificationError():
            return "it was not reached, or refused"
    return f"it was not reached ({type(error).__name__})"


def _as_apprise(address: str) -> str:
    if found := _RECIPIENTS.fullmatch(address):
        sender = quote(f"newsmill@{socket.getfqdn()}")
        recipients = quote(found["names"])
        return f"mailto://localhost:25/?to={recipients}&from={sender}&mode=insecure&format=text"
    if _split(address).scheme in _MAIL and "format=" not in address:
        return f"{address}{'&' if '?' in address else '?'}format=text"
    return address


def _split(address: str) -> _Parts:
    try:
        parts = urlsplit(address)
        return _Parts(parts.scheme.lower(), parts.hostname or "")
    except ValueError:
        return _Parts()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps what the libraries log, which names addresses, from everybody's handlers."""
    loggers = [logging.getLogger(name) for name in ("apprise", "httpx")]
    for logger in loggers:
        logger.propagate = False
    try:
        yield
    finally:
        for logger in loggers:
            logger.propagate = True
