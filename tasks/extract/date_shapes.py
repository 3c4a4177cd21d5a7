"""Finds printed dates in a line of text, in any language, without deciding what day they are.

A span says where a date stands and what its parts are; `tasks.normalize.dates.parse` reads the
parts as days and instants. Names of months come from CLDR (schemas/date_words.py).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from schemas import date_words
from schemas.date_words import MonthName

# A line longer than this is a paragraph: no date line, and only its first part is searched.
MAX_LINE = 2_000
MAX_DATE_LINE = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class DateParts:
    """What is printed, as numbers; None for what is not printed.

    Attributes:
        order: `ymd`, `dmy`, `mdy` where the print leaves no doubt; `numeric` where `first` and
            `second` may each be the day; `ago` and `day_shift` for relative forms; `weekday`.
        year: as printed; `year_digits` tells 24 from 2024. era: "令和", "พ.ศ", "هـ", ...
        month: what the month's name may mean; empty for numeric dates.
        first, second: the numbers in their printed order (for named months, `first` is the day).
        hour, minute, second_of_minute: the clock time; `meridiem` is 0 or 12 where am or pm stands.
        zone: "+04:00", "utc", "ist", ... in lower case.
        weekdays: the days that a printed weekday may mean, 0 for Monday.
        ago_s: seconds before the fetch; day_shift: 0 for today, -1 for yesterday.
        languages: in which the relative word means that ("hier" is yesterday in French only).
    """

    order: str
    year: int | None = None
    year_digits: int = 0
    era: str | None = None
    month: tuple[MonthName, ...] = ()
    first: int | None = None
    second: int | None = None
    hour: int | None = None
    minute: int | None = None
    second_of_minute: int | None = None
    meridiem: int | None = None
    zone: str | None = None
    weekdays: frozenset[int] = frozenset()
    ago_s: int | None = None
    day_shift: int | None = None
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSpan:
    """A printed date in a line.

    Attributes:
        start, end: code point offsets into the line, the time and the weekday included.
        text: the line between them.
        has_time: a clock time stands beside it.
        is_full: day, month and year are printed.
        parts: the numbers.
    """

    start: int
    end: int
    text: str
    has_time: bool
    is_full: bool
    parts: DateParts


def _fold_table() -> dict[int, str]:
    table = {
        code: str(ord(chr(code)) and int(chr(code)))
        for code in range(0x660, 0x1FBFA)
        if chr(code).isdecimal()
    }
    table.update(dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-"))
    table.update(
        dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u200a\u202f\u3000\u200e\u200f\t\ufeff"), " ")
    )
    table.update(
        dict.fromkeys(map(ord, "\u202a\u202b\u202c\u2066\u2067\u2068\u2069\u200b\u00ad"), " ")
    )
    table.update(dict.fromkeys(map(ord, "’‘ʼʻ`´"), "'"))
    table.update(
        {ord(wide): plain for wide, plain in zip("：／．，（）、،", ":/.,(),,", strict=True)}
    )
    table[ord("İ")] = "i"
    return table


_FOLD = _fold_table()


def fold(text: str) -> str:
    """Returns the text in lower case with ASCII digits, dashes and spaces; offsets stay the same."""
    if text.isascii():
        return text.lower()
    folded = text.translate(_FOLD)
    lowered = folded.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in folded)


# A word is any run without spaces, digits and punctuation: combining marks of Indic scripts and
# Thai vowels are no letters to `\w`.
_PUNCTUATION = r"!-/:-@\[-`{-~،؛।·•«»“”„…「」『』【】〔〕|"
_WORD = rf"[^\s\d{_PUNCTUATION}]+"
_TOKEN = re.compile(rf"\d+|{_WORD}(?:[.'\u05f3]{_WORD})*")
_GAP = re.compile(r"[\s.,/'\-]{0,5}")
_ORDINALS = frozenset(
    "st nd rd th er re ère ème º ª го е й я ші шы ті сы нч nji nci inci ıncı uncu üncü ci cı cu cü "
    "de del d of di the da den der dem ta' ng a i el la le an ain n na tháng ngày ý ого ее-го".split()
)
_BEFORE_YEAR = frozenset(
    "de del d di of do da a i g năm anul el den der год 年 ng ta in în л".split(),
)
_AFTER_YEAR = frozenset(
    "m ko g gada e года год г р року ж ил il yil йил жыл оны оноос թ թվականի წ წლის წელი god godine evi "
    "г-н г.".split()
)

_YMD = re.compile(
    r"(?<![\d.:/\-])((?:1[3-5]|19|20|25)\d\d)(\s?[-./]\s?)(\d{1,2})\2(\d{1,2})(?!\d|[/\-]\d)"
)
# "28. 3. 2024" has spaces; "8. 9. 10" and "2 / 3 / 10" are lists.
_NUMERIC = re.compile(
    r"(?<![\d.:/,\-])(?<!\d[.\-/]\s)(\d{1,2})(?:(\s?[-./]\s?)(\d{1,2})\2(\d{4})|([-./])(\d{1,2})\5('?\d{2}))"
    r"(?!\d|[/\-.:]\d|\.\s\d{1,2}\.|%)"
)
_CJK = re.compile(
    r"(?:(令和|平成|昭和|民國|民国|중화민국)\s?(\d{1,3}|元)|(?<!\d)((?:19|20)\d\d))\s?[年년]\s?"
    r"(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日號号일]"
)
_MONGOLIAN = re.compile(r"((?:19|20)\d\d)\s?оны?\s(\d{1,2})\s?(?:-р\s)?сар\w*\s(\d{1,2})")
_VIETNAMESE = re.compile(r"(?<!\d)(\d{1,2})\s?tháng\s?(\d{1,2})[\s,]*(?:năm)?[\s,]*((?:19|20)\d\d)")
_HAS_DIGIT = re.compile(r"\d")
_MAX_DAY, _MAX_MONTH = 31, 12
_MAX_DAY_WORD = 30


def find_dates(line: str) -> list[DateSpan]:
    """Returns the printed dates of a line in the order they stand, with their times and weekdays.

    Args:
        line: one line or attribute value; only its first `MAX_LINE` code points are searched.

    Returns:
        Spans that do not overlap. Days without a year, "3 hours ago" and "yesterday" are spans
        with `is_full` False.
    """
    line = line[:MAX_LINE]
    if not _HAS_DIGIT.search(line):
        return _find_wordy(line) if len(line) <= MAX_DATE_LINE else []
    folded = fold(line)
    found: list[tuple[int, int, DateParts]] = []
    for start, end, parts in (*_find_numeric(folded), *_find_named(folded), *_find_ago(folded)):
        if not any(start < other_end and other_start < end for other_start, other_end, _ in found):
            found.append((start, end, parts))
    found.sort(key=lambda item: item[0])
    return [_span(line, folded, *item) for item in found]


def is_relative_day(text: str) -> bool:
    """Says whether a text is nothing but "yesterday", "today" or the name of a weekday."""
    return len(text) <= _MAX_DAY_WORD and bool(_find_wordy(text))


def _find_wordy(line: str) -> list[DateSpan]:
    """Finds "yesterday" and bare weekdays, which are dates only where they stand alone."""
    folded = fold(line).strip(" .,:|")
    start = fold(line).find(folded)
    if folded in date_words.relative_days():
        shift, languages = date_words.relative_days()[folded]
        parts = DateParts(order="day_shift", day_shift=shift, languages=languages)
    elif folded in date_words.weekday_names():
        parts = DateParts(order="weekday", weekdays=date_words.weekday_names()[folded])
    else:
        return []
    end = start + len(folded)
    return [
        DateSpan(
            start=start, end=end, text=line[start:end], has_time=False, is_full=False, parts=parts
        )
    ]


def _find_numeric(folded: str) -> Iterator[tuple[int, int, DateParts]]:
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
        first, second = int(match[1]), int(match[3] or match[6])
        year = (match[4] or match[7]).lstrip("'")
        if max(first, second) > _MAX_DAY or min(first, second) > _MAX_MONTH or not first * second:
            continue
        order = "dmy" if first > _MAX_MONTH else "mdy" if second > _MAX_MONTH else "numeric"
        yield (
            *match.span(),
            DateParts(
                order=order, year=int(year), year_digits=len(year), first=first, second=second
            ),
        )


def _ymd(year: str, month: str, day: str, era: str | None = None) -> DateParts:
    return DateParts(
        order="ymd",
        year=int(year),
        year_digits=4 if era is None else len(year),
        era=era,
        first=int(month),
        second=int(day),
    )


def _find_named(folded: str) -> Iterator[tuple[int, int, DateParts]]:
    """Finds dates with the name of a month: walks from each day number to its neighbours."""
    tokens = [match.span() for match in _TOKEN.finditer(folded)]
    words = [folded[start:end] for start, end in tokens]
    line = _Line(folded, tokens, words)
    for index, word in enumerate(words):
        if len(word) <= 2 and word.isdecimal() and 0 < int(word) <= _MAX_DAY:  # noqa: PLR2004
            found = line.day_then_month(index) or line.month_then_day(index)
            if found:
                yield found


@dataclass(frozen=True, slots=True)
class _Line:
    folded: str
    tokens: list[tuple[int, int]]
    words: list[str]

    def _is_near(self, index: int) -> bool:
        """Says whether only separators stand between this token and the one before."""
        gap = self.folded[self.tokens[index - 1][1] : self.tokens[index][0]]
        return _GAP.fullmatch(gap) is not None

    def day_then_month(self, index: int) -> tuple[int, int, DateParts] | None:
        after = self._skip(index + 1, _ORDINALS)
        month, after = self._month_from(after)
        if not month:
            return None
        end = self.tokens[after - 1][1]
        year, digits, after = self._year_from(after)
        if year is not None:
            end = self.tokens[after - 1][1]
        return (
            self.tokens[index][0],
            end,
            DateParts(
                order="dmy",
                year=year,
                year_digits=digits,
                month=month,
                first=int(self.words[index]),
            ),
        )

    def month_then_day(self, index: int) -> tuple[int, int, DateParts] | None:
        month, first = self._month_before(index)
        if not month or self._is_clock(index):
            return None
        start, end = self.tokens[first][0], self.tokens[index][1]
        before = first - 1
        while before > 0 and first - before < 3 and self._is_between(before, _AFTER_YEAR):  # noqa: PLR2004
            before -= 1
        order, year, digits = "mdy", None, 0
        if before >= 0 and self._is_year(before) and self._is_near(before + 1):
            order, year, digits, start = "ymd", int(self.words[before]), 4, self.tokens[before][0]
        else:
            after = self._skip(index + 1, _ORDINALS)
            year, digits, after = self._year_from(after)
            if year is not None:
                end = self.tokens[after - 1][1]
        return (
            start,
            end,
            DateParts(
                order=order,
                year=year,
                year_digits=digits,
                month=month,
                first=int(self.words[index]),
            ),
        )

    def _is_clock(self, index: int) -> bool:
        end = self.tokens[index][1]
        return (
            self.folded[end : end + 1] == ":"
            or self.folded[max(0, self.tokens[index][0] - 1)] == ":"
        )

    def _is_between(self, index: int, words: frozenset[str]) -> bool:
        return self.words[index].rstrip(".") in words and self._is_near(index + 1)

    def _skip(self, index: int, words: frozenset[str]) -> int:
        steps = 0
        while (
            index < len(self.words)
            and steps < 2  # noqa: PLR2004
            and self._is_near(index)
            and self.words[index] in words
        ):
            index, steps = index + 1, steps + 1
        return index

    def _month_from(self, index: int) -> tuple[tuple[MonthName, ...], int]:
        if index >= len(self.words) or not self._is_near(index):
            return (), index
        names = date_words.month_names()
        if index + 1 < len(self.words):
            month = names.get(f"{self.words[index]} {self.words[index + 1]}")
            if month:
                return month, index + 2
        return names.get(_without_article(self.words[index]), ()), index + 1

    def _month_before(self, index: int) -> tuple[tuple[MonthName, ...], int]:
        if index == 0 or not self._is_near(index):
            return (), index
        names = date_words.month_names()
        if index > 1:
            month = names.get(f"{self.words[index - 2]} {self.words[index - 1]}")
            if month:
                return month, index - 2
        return names.get(self.words[index - 1], ()), index - 1

    def _is_year(self, index: int) -> bool:
        word = self.words[index]
        return len(word) == 4 and word.isdecimal() and 1300 <= int(word) <= 2600  # noqa: PLR2004

    def _year_from(self, index: int) -> tuple[int | None, int, int]:
        index = self._skip(index, _BEFORE_YEAR)
        if index >= len(self.words) or not self._is_near(index):
            return None, 0, index
        if self._is_year(index):
            return int(self.words[index]), 4, index + 1
        start, end = self.tokens[index]
        gap = self.folded[self.tokens[index - 1][1] : start]
        if not re.fullmatch(r"\d\d", self.words[index]) or self.folded[end : end + 1] in ":.h%":
            if self.folded[end : end + 1]:
                return None, 0, index
        # "28 March 24" is a date where nothing goes on, "28 March 24 people" is not.
        ends = re.match(r"\s*(?:$|[,|)\]]|\d{1,2}:\d\d)", self.folded[end:])
        if re.fullmatch(r"\d\d", self.words[index]) and (gap.strip() in {"'", "-", "/"} or ends):
            return int(self.words[index]), 2, index + 1
        return None, 0, index


def _without_article(word: str) -> str:
    """Strips the elided preposition of Catalan and Maltese ("d'abril")."""
    return word.removeprefix("d'")


_AGO_NUMBER = re.compile(r"(?<![\d.:/\-])(\d{1,3})(?![\d:/])")


def _find_ago(folded: str) -> Iterator[tuple[int, int, DateParts]]:
    """Finds "3 hours ago"; only in short lines, where it is a stamp and no part of a story."""
    if len(folded) > MAX_DATE_LINE:
        return
    forms, befores, after_pattern = _ago_patterns()
    for number in _AGO_NUMBER.finditer(folded):
        head = folded[: number.start()].rstrip()
        before = next((words for words in befores if head.endswith(words)), "")
        tail = after_pattern.match(folded, number.end())
        after = " ".join(tail[1].split()) if tail else ""
        end = tail.end() if tail else number.end()
        unit = forms.get((before, after))
        if unit:
            start = len(head) - len(before)
        elif after and (unit := forms.get(("", after))):
            start = number.start()
        else:
            continue
        yield start, end, DateParts(order="ago", ago_s=int(number[1]) * unit)


@cache
def _ago_patterns() -> tuple[dict[tuple[str, str], int], tuple[str, ...], re.Pattern[str]]:
    forms = date_words.ago_forms()
    befores = sorted({before for before, _ in forms if before}, key=lambda word: (-len(word), word))
    afters = sorted({after for _, after in forms if after}, key=lambda word: (-len(word), word))
    joined = "|".join(re.escape(after).replace(r"\ ", r"\s+") for after in afters)
    return forms, tuple(befores), re.compile(rf"\s*({joined})(?!{_WORD})")


# The zone words are matched as any short word and looked up, so that "10:44 and" has no zone.
_ZONE = r"\s?\(?((?:utc|gmt)?\s?[+\-]\d{1,2}(?::?\d\d)?(?![\d.])|(?:utc|gmt)\s?[+\-]\s?\d{1,2}(?::\d\d)?|[a-zмск]{1,5}(?![^\s\d!-/:-@\[-`{-~]))\)?"
_CLOCK = re.compile(
    r"(?P<h>[01]?\d|2[0-4])"
    r"(?:\s?(?:[:.h]|時|时|點|点|시|uhr)\s?(?P<mi>[0-5]\d)(?!\d)"
    r"(?:\s?(?:[:.m]|分|분)\s?(?P<s>[0-5]\d)(?!\d)(?:[.,]\d{1,9})?)?(?:\s?[分분])?"
    r"|(?=\s?(?:am|pm|a\.m|p\.m|uhr|h)(?![a-z])))"
)
_ZONE_AT = re.compile(_ZONE)
_MERIDIEM_AT = re.compile(rf"\s?([ap]\.?\s?m(?![a-z])\.?|{_WORD}(?:\.{_WORD})*\.?)")
_MAX_CONNECTORS = 4
_CONNECTOR_AT = re.compile(rf"[\s,|/()\[\]@;:.·•\-–—]*(?:({_WORD}(?:[.']{_WORD})*\.?))?")


def _span(line: str, folded: str, start: int, end: int, parts: DateParts) -> DateSpan:
    """Extends a date by the time after or before it and by the weekday before it."""
    is_full = parts.year is not None
    if parts.order not in {"ago"}:
        start, end, parts = _with_weekday(folded, start, end, parts)
        start, end, parts = _with_clock(folded, start, end, parts)
    return DateSpan(
        start=start,
        end=end,
        text=line[start:end],
        has_time=parts.hour is not None,
        is_full=is_full,
        parts=parts,
    )


_WEEKDAY_BEFORE = re.compile(rf"({_WORD}(?:[.'’-]{_WORD})?\.?)[\s,.]{{0,3}}$")
_WEEKDAY_AFTER = re.compile(rf"\s?[(（]({_WORD})[)）]|,?\s({_WORD})(?![^\s,.)|])")


def _with_weekday(
    folded: str, start: int, end: int, parts: DateParts
) -> tuple[int, int, DateParts]:
    names = date_words.weekday_names()
    before = _WEEKDAY_BEFORE.search(folded, max(0, start - 30), start)
    if before and (days := names.get(before[1].rstrip("."))):
        return before.start(), end, replace(parts, weekdays=days)
    after = _WEEKDAY_AFTER.match(folded, end)
    if after:
        word = after[1] or after[2]
        if days := names.get(word) or names.get(f"周{word}"):
            return start, after.end(), replace(parts, weekdays=days)
    return start, end, parts


def _with_clock(folded: str, start: int, end: int, parts: DateParts) -> tuple[int, int, DateParts]:
    position, meridiem = end, None
    if folded[end : end + 1] == "t" and folded[end + 1 : end + 2].isdecimal():
        position = end + 1
    for _ in range(_MAX_CONNECTORS):
        clock = _CLOCK.match(folded, position)
        if clock:
            return start, *_read_clock(folded, clock, parts, meridiem)
        word = _CONNECTOR_AT.match(folded, position)
        if not word or word.end() == position or word.end() - position > 20:  # noqa: PLR2004
            break
        if word[1] is not None and word[1] not in _CONNECTORS:
            meridiem = date_words.meridiem_words().get(word[1].rstrip("."))
            if meridiem is None:
                break
        position = word.end()
    return _with_clock_before(folded, start, end, parts)


def _with_clock_before(
    folded: str, start: int, end: int, parts: DateParts
) -> tuple[int, int, DateParts]:
    """Reads "22:36, 28 March" and "9:05 am EST on March 3": the clock stands before the date."""
    window = max(0, start - 40)
    clocks = list(_CLOCK_BEFORE.finditer(folded, window, start))
    if not clocks:
        return start, end, parts
    clock_end, timed = _read_clock(folded[:start], clocks[-1], parts, None)
    rest = folded[clock_end:start].strip(" ,|/()[]@;:.·•-–—")
    if rest and rest not in _CONNECTORS:
        return start, end, parts
    return clocks[-1].start(), end, timed


_CLOCK_BEFORE = re.compile(rf"(?<![\d.:/\-+]){_CLOCK.pattern}")
_CONNECTORS = frozenset(date_words.CONNECTORS)


def _read_clock(
    folded: str, clock: re.Match[str], parts: DateParts, meridiem: int | None
) -> tuple[int, DateParts]:
    hour, minute = int(clock["h"]), int(clock["mi"] or 0)
    end = clock.end()
    word = _MERIDIEM_AT.match(folded, end)
    if word and meridiem is None:
        named = date_words.meridiem_words().get(re.sub(r"[\s.]", "", word[1]))
        named = date_words.meridiem_words().get(word[1].rstrip(".")) if named is None else named
        # "10:44 de" is Hungarian for the morning only after a clock that a half day has.
        if named is not None and hour <= 12:  # noqa: PLR2004
            meridiem, end = named, word.end()
    zone = _ZONE_AT.match(folded, end)
    if zone and not _is_zone(zone[1]):
        following = re.match(r"\s?uhr", folded[end:])
        zone = _ZONE_AT.match(folded, end + following.end()) if following else None
        end = end + following.end() if following else end
    if zone and _is_zone(zone[1]):
        end = zone.end()
    else:
        zone = None
    return end, replace(
        parts,
        hour=hour,
        minute=minute,
        second_of_minute=int(clock["s"]) if clock["s"] else None,
        meridiem=meridiem,
        zone=zone[1].replace(" ", "") if zone else None,
    )


def _is_zone(word: str) -> bool:
    word = word.replace(" ", "")
    return (
        word in date_words.ZONES
        or word in date_words.AMBIGUOUS_ZONES
        or re.fullmatch(r"(?:utc|gmt)?[+\-]\d{1,2}(?::?\d\d)?", word) is not None
    )


@cache
def _line_words() -> frozenset[str]:
    """Returns the words that may stand on a date line beside the dates."""
    labels = (*date_words.PUBLISHED_LABELS, *date_words.MODIFIED_LABELS)
    words = {word for label in labels for word in label.split()}
    words.update(date_words.CONNECTORS, date_words.weekday_names(), date_words.meridiem_words())
    words.update(date_words.ZONES, date_words.AMBIGUOUS_ZONES)
    return frozenset(words)


_LANGUAGE_SWITCH = frozenset(
    "ru en az am hy de fr es it tr ge ka ua uk by kz kk uz kg ky ar fa zh rus eng aze arm geo ukr "
    "az. eng. rus. ру ua. рус укр қаз ўзб english русский azərbaycanca հայերեն ქართული".split()
)


def is_date_line(line: str) -> bool:
    """Says whether a line holds nothing but a date or time, its label and a language switch.

    Args:
        line: "Published: 28 March 2024, 22:36", "28.03.2024 / 22:36 RU", "3 hours ago", "10:44".
    """
    if len(line) > MAX_DATE_LINE:
        return False
    spans = find_dates(line)
    folded = fold(line)
    clock = None
    if not spans:
        clock = _CLOCK_BEFORE.search(folded)
        if clock is None or (clock["mi"] is None and not clock.end() == len(folded)):
            return False
    rest, position = [], 0
    bounds = [(span.start, span.end) for span in spans] or [clock.span() if clock else (0, 0)]
    for start, end in bounds:
        rest.append(folded[position:start])
        position = end
    rest.append(folded[position:])
    words = _TOKEN.findall(" ".join(rest))
    return all(word in _line_words() or word in _LANGUAGE_SWITCH for word in words)
