"""Where a document lies and what arrived with it, put together from its evidence."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from schemas.row_fields import RowRole
from tasks.discover.listing import folder_date
from tasks.printed.cleaning import escape_name
from tasks.read.document import Origin
from tasks.read.times import utc_day

# SHA-256 of no bytes, where nothing of a document could be read.
EMPTY_DIGEST = hashlib.sha256(b"").hexdigest()


_WEB = re.compile(r"https?", re.IGNORECASE)
_SPACE = re.compile(r"[\s\x00-\x20\x7f-\xa0]")
# A host with a dot and a top-level domain of letters, then a port or a path.
_HOST_AND_PATH = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,63}(?::\d{1,5})?(?:[/?#]|$)")


@dataclass(frozen=True, slots=True)
class FileOrigin:
    r"""The file that documents are read from.

    Attributes:
        raw_path: as published: below raw/, controls and bytes that are not UTF-8 as `\xNN`.
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
        stated: what an export says of the document; see `Origin`.
        faults: what arrived but could not be read.
    """

    url: str | None = None
    fetched_at: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()
    faults: tuple[str, ...] = ()
    stated: tuple[tuple[RowRole, str], ...] = ()


def repair_address(printed: str) -> tuple[str | None, tuple[str, ...]]:
    """Give an address as RFC 3986 writes it: a space in one costs no page its address.

    Returns:
        The address, None where it is none of http or https; and what was done to it, as faults.
    """
    url = _SPACE.sub(lambda match: quote(match[0]), printed.strip())
    scheme, mark, rest = url.partition("://")
    if mark and _WEB.fullmatch(scheme):
        url = f"{scheme.lower()}://{rest}"
    elif url.startswith("//"):
        url = f"https:{url}"
    elif _HOST_AND_PATH.match(url):
        url = f"https://{url}"
    else:
        return None, (f"url is no address of a page: {printed!r:.80}",)
    return url, () if url == printed else (f"url was written {printed!r:.80}",)


def file_origin_of(path: str) -> FileOrigin:
    """Describe a file of raw/ for the documents in it."""
    return FileOrigin(escape_name(path), folder_date(path)[1])


def make_origin(
    file_origin: FileOrigin, digest: str, evidence: Evidence, offset: int | None = None
) -> Origin:
    """Put an origin together; the landing date is the folder's, else the day of the fetch."""
    url, repaired = repair_address(evidence.url) if evidence.url else (None, ())
    return Origin(
        raw_path=file_origin.raw_path,
        raw_offset=offset,
        raw_digest=digest,
        landing_date=file_origin.folder_day or utc_day(evidence.fetched_at),
        url=url,
        fetched_at=evidence.fetched_at,
        headers=evidence.headers,
        stated=evidence.stated,
        faults=evidence.faults + repaired,
    )
