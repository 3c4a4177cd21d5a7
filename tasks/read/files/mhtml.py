"""Pages that a browser saved as one file of MHTML (RFC 2557): the page, and all it shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import Message
from email.utils import parsedate_to_datetime

from schemas.reasons import Reason
from tasks.read.bytes.compression import UnreadableError


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The page in an MHTML file: its bytes, its address and charset, and when it was saved."""

    content: bytes
    url: str | None
    charset: str | None
    saved_at: datetime | None


def read_mhtml(content: bytes) -> SavedPage:
    """Take the page out of an MHTML file: the part that the head names, else the first HTML.

    Raises:
        UnreadableError: there is no page in it.
    """
    message = message_from_bytes(content, policy=policy.default)
    location = _header(message, "Snapshot-Content-Location") or _header(message, "Content-Location")
    pages = list(_pages(message))
    if not pages:
        raise UnreadableError(Reason.FILE_CORRUPT, "no HTML in the MHTML file")
    page = next((part for part in pages if _header(part, "Content-Location") == location), pages[0])
    body = page.get_payload(decode=True)
    return SavedPage(
        content=body if isinstance(body, bytes) else b"",
        url=location or _header(page, "Content-Location"),
        charset=page.get_content_charset(),
        saved_at=_moment(_header(message, "Date")),
    )


def _pages(message: Message) -> Iterator[Message]:
    return (part for part in message.walk() if part.get_content_type() == "text/html")


def _moment(printed: str | None) -> datetime | None:
    """Return the instant of a Date field (RFC 5322, 3.3)."""
    try:
        moment = parsedate_to_datetime(printed or "")
    except ValueError:
        return None
    # "-0000" is UTC of which no local time is known.
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _header(message: Message, name: str) -> str | None:
    value = message.get(name)
    return str(value).strip() or None if value else None
