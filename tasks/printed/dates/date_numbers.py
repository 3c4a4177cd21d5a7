"""Dates in numbers: 2024-03-28, 28.03.2024, 28/3/24, 2024年3月28日, 令和6年3月28日."""

import re
from collections.abc import Iterator

from schemas.languages.dates import eras
from tasks.printed.dates.date_parts import DateParts, Found

_MAX_DAY, _MAX_MONTH = 31, 12

_YMD = re.compile(
    r"(?<![\d./\-])(?<!\d:)((?:1[3-5]|19|20|25)\d\d)(\s?[-./]\s?)(\d{1,2})\2(\d{1,2})(?!\d|[/\-]\d)"
)
# "Published:28.03.2024" has none. "28. 3. 2024" has spaces; "8. 9. 10" and "2 / 3 / 10" are lists.
_NUMERIC = re.compile(
    r"(?<![\d./\-])(?<!\d[:,])(?<!\d[.\-/]\s)(\d{1,2})"
    r"(?:(\s?[-./]\s?)(\d{1,2})\2(\d{4})|([-./])(\d{1,2})\5('?\d{1,2}))"
    r"(?!\d|[/\-.:]\d|\.\s\d{1,2}\.|%)"
)
_CJK = re.compile(
    rf"(?:({'|'.join(eras())})\s?(\d{{1,3}}|元)|(?<!\d)((?:19|20)\d\d))\s?[年년]\s?"
    r"(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日號号일]"
)
_MONGOLIAN = re.compile(r"((?:19|20)\d\d)\s?оны?\s(\d{1,2})\s?(?:-р\s)?сар\w*\s(\d{1,2})")
_VIETNAMESE = re.compile(
    r"(?<!\d)(\d{1,2})\s?(?:tháng|thg)\s?(\d{1,2})[\s,]*(?:năm)?[\s,]*((?:19|20)\d\d)"
)


def find_numeric(folded: str) -> Iterator[Found]:
    """Yields (start, end, parts) for dates without a month's name in a folded line."""
    for match in _CJK.finditer(folded):
        year = match[3] or ("1" if match[2] == "元" else match[2])
        yield *match.span(), _ymd(year, match[4], match[5], era=match[1])
    for pattern in (_YMD, _MONGOLIAN):
        for match in pattern.finditer(folded):
            groups = match.groups()
            yield *match.span(), _ymd(groups[0], groups[-2], groups[-1])
    for match in _VIETNAMESE.finditer(folded):
        yield *match.span(), _ymd(match[3], match[2], match[1])
    for match in _NUMERIC.finditer(folded):
        parts = _numeric(match)
        if parts is not None:
            yield *match.span(), parts


def _ymd(year: str, month: str, day: str, era: str | None = None) -> DateParts:
    return DateParts(
        order="ymd",
        year=int(year),
        year_digits=4 if era is None else len(year),
        era=era,
        first=int(month),
        second=int(day),
    )


def _numeric(match: re.Match[str]) -> DateParts | None:
    first, second = int(match[1]), int(match[3] or match[6])
    year = (match[4] or match[7]).lstrip("'")
    if len(year) == 1:
        # "24/2/2" can only be year, month, day; a single digit alone is no year.
        return _short(first, second, int(year)) if len(match[1]) == 2 else None  # noqa: PLR2004
    if not first * second or max(first, second) > _MAX_DAY or min(first, second) > _MAX_MONTH:
        return None
    order = "dmy" if first > _MAX_MONTH else "mdy" if second > _MAX_MONTH else "numeric"
    if len(year) == 2 and len(match[1]) == 2 and 1 <= int(year) <= _MAX_DAY:  # noqa: PLR2004
        order = "short"
    return DateParts(order=order, year=int(year), year_digits=len(year), first=first, second=second)


def _short(year: int, month: int, day: int) -> DateParts | None:
    if not 1 <= month <= _MAX_MONTH or not 1 <= day <= _MAX_DAY:
        return None
    return DateParts(order="ymd", year=year, year_digits=2, first=month, second=day)
