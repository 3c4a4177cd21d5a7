"""Dates in numbers: 2024-03-28, 28.03.2024, 2024年3月28日, 令和6年3月28日, 二〇二四年三月五日."""

import re
from collections.abc import Iterator

from schemas.languages.dates import MonthName, eras
from tasks.printed.dates.date_parts import DateParts, Found

_MAX_DAY, _MAX_MONTH, _ROC_DIGITS = 31, 12, 3

_YMD = re.compile(
    r"(?<![\d./\-])(?<!\d:)((?:1[3-5]|19|20|25)\d\d)(\s?[-./]\s?)(\d{1,2})\2(\d{1,2})(?!\d|[/\-]\d)"
)
# "Published:28.03.2024" has none. "28. 3. 2024" has spaces; "8. 9. 10" and "2 / 3 / 10" are lists.
_NUMERIC = re.compile(
    r"(?<![\d./\-])(?<!\d[:,])(?<!\d[.\-/]\s)(\d{1,2})"
    r"(?:(\s?[-./]\s?)(\d{1,2})\2(\d{4})|([-./])(\d{1,2})\5('?\d{1,2}))"
    r"(?!\d|[/\-.:]\d|\.\s\d{1,2}\.|%)"
)
# What `_YMD`, `_NUMERIC` and `_ROC` find holds this, and few lines do.
_MARKED = re.compile(r"\d\s?[-./]\s?\d{1,2}\s?[-./]\s?'?\d")
HAN_DIGITS = "〇零○一二三四五六七八九十"
_HAN = rf"[{HAN_DIGITS}]"
_CJK_DAY = rf"(\d{{1,2}}|{_HAN}{{1,3}})\s?[月월]\s?(\d{{1,2}}|{_HAN}{{1,3}})\s?[日號号일]"
# Three digits are a year of the Republic of China.
_CJK = re.compile(
    rf"(?:({'|'.join(eras())})\s?(\d{{1,3}}|元|{_HAN}{{1,4}})"
    rf"|(?<!\d)((?:19|20)\d\d|1[0-4]\d)|(?<!{_HAN})([一二][{HAN_DIGITS[:-1]}]{{3}}))"
    rf"\s?[年년]\s?{_CJK_DAY}"
)
_CJK_YEARLESS = re.compile(rf"(?<![\d年년]){_CJK_DAY}")
# "113/03/05" is a date in Taiwan alone.
_ROC = re.compile(
    r"(?<![\d./\-])(1[0-4]\d)([-./])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?![\d./\-])"
)
_MONGOLIAN = re.compile(r"((?:19|20)\d\d)\s?оны?\s(\d{1,2})\s?(?:-р\s)?сар\w*\s(\d{1,2})")
_VIETNAMESE = re.compile(
    r"(?<!\d)(\d{1,2})\s?(?:tháng|thg)\s?(\d{1,2})[\s,]*(?:năm)?[\s,]*((?:19|20)\d\d)"
)


def find_numeric(folded: str) -> Iterator[Found]:
    """Yields (start, end, parts) for dates without a month's name in a folded line."""
    if not folded.isascii():
        yield from _find_east_asian(folded)
    is_marked = _MARKED.search(folded) is not None
    for match in _ROC.finditer(folded) if is_marked else ():
        yield *match.span(), _ymd(match[1], match[3], match[4])
    for match in _YMD.finditer(folded) if is_marked else ():
        yield *match.span(), _ymd(match[1], match[3], match[4])
    for match in _MONGOLIAN.finditer(folded) if "он" in folded else ():
        yield *match.span(), _ymd(match[1], match[2], match[3])
    for match in _VIETNAMESE.finditer(folded) if "th" in folded else ():
        yield *match.span(), _ymd(match[3], match[2], match[1])
    for match in _NUMERIC.finditer(folded) if is_marked else ():
        parts = _numeric(match)
        if parts is not None:
            yield *match.span(), parts


def _find_east_asian(folded: str) -> Iterator[Found]:
    # No line without the sign of a year is searched for one.
    for match in _CJK.finditer(folded) if "年" in folded or "년" in folded else ():
        year = match[3] or match[4] or ("1" if match[2] == "元" else match[2])
        digits = _han_digits(year) if match[4] else str(_han_number(year))
        month, day = str(_han_number(match[5])), str(_han_number(match[6]))
        is_roc = match[1] is None and len(digits) == _ROC_DIGITS
        yield *match.span(), _ymd(digits, month, day, era="民國" if is_roc else match[1])
    if "月" in folded or "월" in folded:
        for match in _CJK_YEARLESS.finditer(folded):
            month_number, day_number = _han_number(match[1]), _han_number(match[2])
            if 1 <= month_number <= _MAX_MONTH and 1 <= day_number <= _MAX_DAY:
                name = MonthName("gregorian", month_number, frozenset())
                yield *match.span(), DateParts(order="ymd", month=(name,), first=day_number)


def _han_digits(text: str) -> str:
    """Returns "2024" for 二〇二四."""
    return "".join(str(_HAN_VALUES[sign]) for sign in text)


def _han_number(text: str) -> int:
    """Returns the number of up to two places: 15 for 十五, 31 for 三十一, or of ASCII digits."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int(_han_digits(text))
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return 10 * (_HAN_VALUES[tens] if tens else 1) + (_HAN_VALUES[ones] if ones else 0)


_HAN_VALUES = dict(zip("〇零○一二三四五六七八九", (0, 0, *range(10)), strict=True))


def _ymd(year: str, month: str, day: str, era: str | None = None) -> DateParts:
    return DateParts(
        order="ymd",
        year=int(year),
        year_digits=len(year),
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
