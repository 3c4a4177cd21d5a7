"""Where a document lies and what arrived with it, put together from its evidence."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from tasks.discover.listing import folder_date
from tasks.read.document import Origin
from tasks.read.times import utc_day

# SHA-256 of no bytes, where nothing of a document could be read.
EMPTY_DIGEST = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True, slots=True)
class Place:
    r"""The file that documents are read from.

    Attributes:
        raw_path: as published: below raw/, bytes that are not UTF-8 as `\xNN`.
        folder_day: day of the landing folder, None without one.
    """

    raw_path: str
    folder_day: date | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What arrived with a document, none of it from the document itself.

    Attributes:
        url: address it was fetched from.
        fetched_at: UTC instant of the fetch.
        headers: HTTP headers, names in lower case.
        faults: what arrived but could not be read.
    """

    url: str | None = None
    fetched_at: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()
    faults: tuple[str, ...] = ()


def locate(path: str) -> Place:
    """Describe a file of raw/ for the documents in it."""
    return Place(printable(path), folder_date(path)[1])


def printable(name: str) -> str:
    r"""Write a name of the file system with its bytes that are not UTF-8 as `\xNN`."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def make_origin(place: Place, digest: str, evidence: Evidence, offset: int | None = None) -> Origin:
    """Put an origin together; the landing date is the folder's, else the day of the fetch."""
    return Origin(
        raw_path=place.raw_path,
        raw_offset=offset,
        raw_digest=digest,
        landing_date=place.folder_day or utc_day(evidence.fetched_at),
        url=evidence.url,
        fetched_at=evidence.fetched_at,
        headers=evidence.headers,
        faults=evidence.faults,
    )
