"""Dates that programs print: ISO weeks and ordinal days, PDF's and JSON's stamps."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from tasks.printed.dates.date_parts import DateParts, Found

# ISO 8601: "2024-W10-2" is the Tuesday of a week; so is "2024W102", which has no marks.
_WEEK_DAY = re.compile(r"(?<![\w-])((?:19|20)\d\d)(-?)w([0-5]\d)\2([1-7])(?![\w-])")
# "2024-065" is a day of a year where it stands alone: numbers of files look like it.
_YEAR_DAY = re.compile(r"\s*((?:19|20)\d\d)-([0-3]\d\d)\s*")
# "2024 03 05", alone or before a clock: a row of a table has other numbers beside it.
_SPACED = re.compile(r"\W*((?:19|20)\d\d) (0\d|1[0-2]) ([0-2]\d|3[01])(?=\s*$|[ ,]+\d{1,2}:\d\d)")
# ISO 32000 (PDF): "D:20240305120500+01'00'".
_PDF = re.compile(
    r"(?<![\w])d:((?:19|20)\d\d)([01]\d)([0-3]\d)([0-2]\d)([0-5]\d)([0-5]\d)?"
    r"(?:z|([+-]\d\d)'?(\d\d)?'?)?"
)
# What .NET writes into JSON: milliseconds since 1970.
_JSON_MS = re.compile(r"/?date\((\d{12,13})(?:[+-]\d{4})?\)/?")


def find_machine_printed(folded: str) -> Iterator[Found]:
    """Yields (start, end, parts) for the dates in a folded line that a program printed."""
    for match in _WEEK_DAY.finditer(folded) if "w" in folded else ():
        try:
            day = date.fromisocalendar(int(match[1]), int(match[3]), int(match[4]))
        except ValueError:
            continue
        yield *match.span(), _parts(day)
    if (alone := _YEAR_DAY.fullmatch(folded)) and int(alone[2]):
        day = date(int(alone[1]), 1, 1) + timedelta(days=int(alone[2]) - 1)
        if day.year == int(alone[1]):
            yield alone.start(1), alone.end(2), _parts(day)
    if spaced := _SPACED.match(folded):
        yield spaced.start(1), spaced.end(3), _numbers(spaced[1], spaced[2], spaced[3])
    for match in _PDF.finditer(folded) if "d:" in folded else ():
        zone = f"{match[7]}:{match[8] or '00'}" if match[7] else None
        zone = "z" if match[0].endswith("z") else zone
        yield *match.span(), _numbers(match[1], match[2], match[3], match.group(4, 5, 6), zone)
    for match in _JSON_MS.finditer(folded) if "date(" in folded else ():
        moment = datetime.fromtimestamp(int(match[1]) // 1000, UTC)
        clock = (str(moment.hour), str(moment.minute), str(moment.second))
        year, month, day_number = map(str, (moment.year, moment.month, moment.day))
        yield *match.span(), _numbers(year, month, day_number, clock, "z")


def _parts(day: date) -> DateParts:
    return _numbers(str(day.year), str(day.month), str(day.day))


def _numbers(
    year: str,
    month: str,
    day: str,
    clock: tuple[str | None, ...] = (None, None, None),
    zone: str | None = None,
) -> DateParts:
    hour, minute, second = (int(number) if number else None for number in clock)
    return DateParts(
        order="ymd",
        year=int(year),
        year_digits=4,
        first=int(month),
        second=int(day),
        hour=hour,
        minute=minute,
        second_of_minute=second,
        zone=zone,
    )
