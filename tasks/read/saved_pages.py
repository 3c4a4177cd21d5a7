"""The address and time that a browser writes into a page when it saves it.

- Internet Explorer, Chrome and others: `<!-- saved from url=(0020)https://example.org/ -->`, the
  "mark of the web" with the address' length.
- HTTrack: `<!-- Mirrored from example.org/page.html by HTTrack Website Copier/3.x [...], DATE -->`.
- SingleFile: a comment with `url:` and `saved date:`, the latter as JavaScript prints a Date.
"""

import re
from dataclasses import replace
from datetime import datetime

from tasks.read.origins import Evidence
from tasks.read.times import parse_instant

# Both stand behind the doctype or the html tag; SingleFile keeps what stood before.
_HEAD_BYTES = 8 * 1024
_MARK_OF_THE_WEB = re.compile(rb"<!--\s*saved from url=\(\d{4}\)(https?://[^\s<>\"]+)\s*-->", re.I)
_HTTRACK = re.compile(
    rb"<!--\s*Mirrored from ([^\s<>\"]+) by HTTrack Website Copier[^>]{0,200}?"
    rb"(?:\w{3}, (\d\d) (\w{3}) (\d{4}) (\d\d:\d\d:\d\d) GMT)?\s*-->",
    re.IGNORECASE,
)
_SINGLE_FILE = re.compile(rb"<!--\s*Page saved with SingleFile\b(.*?)-->", re.I | re.S)
_SINGLE_FILE_URL = re.compile(rb"^\s*url:\s*(https?://\S+)", re.I | re.M)
_SINGLE_FILE_DATE = re.compile(
    rb"^\s*saved date:\s*\w{3} (\w{3}) (\d\d) (\d{4}) (\d\d:\d\d:\d\d) GMT([+-]\d{4})", re.I | re.M
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def complete_from_comment(evidence: Evidence, content: bytes) -> Evidence:
    """Fill in what is not known of the fetch's address and time from a saved page's comment."""
    if evidence.url is not None and evidence.fetched_at is not None:
        return evidence
    head = content[:_HEAD_BYTES]
    url, saved_at = _read_single_file(head)
    if url is None:
        url, saved_at = _read_httrack(head)
    if url is None:
        found = _MARK_OF_THE_WEB.search(head)
        url = found[1].decode("utf-8", "replace") if found else None
    if url is None or (evidence.url is not None and evidence.url != url):
        # The comment of another page, quoted or framed, says nothing of this one.
        return evidence
    return replace(evidence, url=url, fetched_at=evidence.fetched_at or saved_at)


def _read_single_file(head: bytes) -> tuple[str | None, datetime | None]:
    comment = _SINGLE_FILE.search(head)
    if comment is None:
        return None, None
    url = _SINGLE_FILE_URL.search(comment[1])
    printed = _SINGLE_FILE_DATE.search(comment[1])
    return (
        url[1].decode("utf-8", "replace") if url else None,
        _parse_script_date(printed) if printed else None,
    )


def _read_httrack(head: bytes) -> tuple[str | None, datetime | None]:
    """Read HTTrack's comment; the address in it has no scheme."""
    comment = _HTTRACK.search(head)
    if comment is None:
        return None, None
    url, *moment = (part.decode("utf-8", "replace") if part else "" for part in comment.groups())
    day, month, year, clock = moment
    return f"http://{url}", _parse_moment(month, day, year, clock, "+0000")


def _parse_script_date(printed: re.Match[bytes]) -> datetime | None:
    return _parse_moment(*(part.decode("ascii", "replace") for part in printed.groups()))


def _parse_moment(month: str, day: str, year: str, clock: str, offset: str) -> datetime | None:
    if month.lower() not in _MONTHS:
        return None
    number = _MONTHS.index(month.lower()) + 1
    return parse_instant(f"{year}-{number:02d}-{day}T{clock}{offset}")
