"""Stamps that machines print: ISO 8601 and its near forms, epoch seconds, `date` and JavaScript."""

import re
from datetime import UTC, date, datetime, time
from functools import lru_cache

from schemas.languages.dates import month_names
from tasks.normalize.dates import calendars, zones
from tasks.normalize.dates.readings import Reading
from tasks.normalize.decisions import Precision

_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d|\d{8})(?:[T _]?(\d\d:\d\d(?::\d{1,2}(?:[.,]\d{1,9})?)?|(?<=[T ])\d{6})"
    r"\s?(Z|[+-]\d\d:?(?:\d\d)?)?(?:\[[\w/]+\])?)?",
    re.I,
)
# What `date` and JavaScript print: "Mon Oct 11 14:57:21 CEST 2021", "Tue Aug 25 2020 00:23:33
# GMT+0000 (Coordinated Universal Time)".
_CTIME = re.compile(
    r"\w{3},? (\w{3}) +(\d{1,2})(?: (\d{4}))? (\d\d:\d\d:\d\d) ?([A-Z]{2,5}[+-]?\d{0,4}|[+-]\d{4})?"
    r"(?: (\d{4}))?(?: \([^)]*\))?"
)
_EPOCH = re.compile(r"(\d{10})(\d{3})?(?:\.\d+)?")
# The first day of the oldest archives of news sites; a year before is no date of a page.
_FIRST_EPOCH = datetime(1995, 1, 1, tzinfo=UTC).timestamp()


@lru_cache(maxsize=4096)
def parse_stamp(text: str) -> Reading | None:
    """Reads a stamp; None where no machine printed it. RFC 2822 is read as printed text."""
    match = _ISO.fullmatch(text)
    if match:
        return _read_iso(match)
    match = _CTIME.fullmatch(text)
    if match:
        return _read_ctime(match)
    match = _EPOCH.fullmatch(text)
    if match and int(match[1]) > _FIRST_EPOCH:
        instant = datetime.fromtimestamp(int(match[1]), UTC)
        return Reading(
            day=instant.date(),
            clock=instant.time(),
            offset_minutes=0,
            precision=Precision.SECOND,
        )
    return None


def _read_ctime(match: re.Match[str]) -> Reading | None:
    month, day, year, clock_text, zone_text, last = match.groups()
    names = [name.number for name in month_names().get(month.lower(), ()) if "en" in name.languages]
    if not names or not (year or last):
        return None
    found = calendars.gregorian_day(int(year or last), names[0], int(day))
    if found is None:
        return None
    clock = time.fromisoformat(clock_text)
    local = datetime.combine(found, clock)
    offset = zones.offset_of(zone_text.lower(), None, local) if zone_text else None
    return Reading(
        day=found,
        clock=clock,
        offset_minutes=offset,
        is_zulu=offset == 0,
        precision=Precision.SECOND,
        order="mdy",
    )


def _read_iso(match: re.Match[str]) -> Reading | None:
    try:
        day = date.fromisoformat(match[1])
        clock = _iso_clock(match[2]) if match[2] else None
    except ValueError:
        return None
    if clock is None:
        return Reading(day=day)
    zone_text = (match[3] or "").lower()
    offset = zones.offset_of(zone_text, None, datetime.combine(day, clock)) if zone_text else None
    has_seconds = len(match[2]) != len("10:44")
    return Reading(
        day=day,
        clock=clock,
        offset_minutes=offset,
        is_zulu=offset == 0,
        precision=Precision.SECOND if has_seconds else Precision.MINUTE,
    )


def _iso_clock(text: str) -> time:
    # Some templates print seconds without their zero ("23:15:0Z").
    padded = re.sub(r":(\d)(?!\d)", r":0\1", text.replace(",", "."))
    return time.fromisoformat(padded)
