"""Clock times beside a date, with what they are given in: am and pm, time zones."""

import re
from functools import cache

from schemas.languages import dates as date_words
from schemas.languages.dates import DayPeriod
from tasks.printed.dates.date_parts import PUNCTUATION, WORD, DateParts, Found

_NOON = 12
# Behind four digits without a colon: "1505 GMT", "1505hrs".
_MILITARY = (
    "(?:hrs?|hours|gmt|utc|z|[ap]?[ecmp][sd]t|bst|ist|c?est|cet|eet|sast|[cew]at|[hjk]st|sgt|myt|pht"
    "|hkt|pkt|aedt|aest|nz[sd]t|wib|uhr)"
)
# A separate rule for hours without minutes: "10 a.m.", "10 Uhr", "12 noon".
_CLOCK = (
    r"(?P<h>[01]?\d|2[0-4])"
    rf"(?:(?<=\d\d)(?P<mi4>[0-5]\d)(?=\s?{_MILITARY}(?![a-z]))"
    r"|\s?(?:[:.h]|uhr)\s?(?P<mi>[0-5]\d)(?!\d)(?:\s?[:.m]\s?(?P<s>[0-5]\d)(?!\d)(?:[.,]\d{1,9})?)?"
    r"|\s?[時时點点시]\s?(?P<mi2>[0-5]?\d)\s?[分분](?:\s?(?P<s2>[0-5]?\d)\s?[秒초])?"
    r"|\s?시\s?(?P<mi3>[0-5]\d)(?!\d)"
    r"|(?=\s?(?:am|pm|a\.m|p\.m|uhr|h|noon|midday|midnight)(?![a-z])))"
)
_CLOCK_AT = re.compile(_CLOCK)
CLOCK = re.compile(rf"(?<![\d.:/\-+]){_CLOCK}")
# The zone words are matched as any short word and looked up, so that "10:44 and" has no zone.
_ZONE_AT = re.compile(
    r"\s?\(?((?:utc|gmt)?\s?[+\-]\d{1,2}(?::?\d\d)?(?![\d.])"
    r"|(?:utc|gmt)\s?[+\-]\s?\d{1,2}(?::\d\d)?"
    rf"|[a-zмск]{{1,5}}(?![^\s\d{PUNCTUATION}]))\)?"
)
_ZONE = re.compile(r"(?:utc|gmt)?[+\-]\d{1,2}(?::?\d\d)?")
_UHR_AT = re.compile(r"\s?uhr(?![a-z])")
_PERIOD_WORD = rf"(?:'?{WORD}(?:[.'\"]{WORD})*\.?)"
_PERIOD_AT = re.compile(
    rf"\s?\(?((?:[ap]\.?\s?m(?![a-z])\.?)|{_PERIOD_WORD}(?: {_PERIOD_WORD}){{0,3}})\)?"
)
_PERIOD_BEFORE = re.compile(rf"({_PERIOD_WORD}(?: {_PERIOD_WORD}){{0,3}})\s?$")
_WORD_AT = re.compile(rf" '?({WORD})")
# In these scripts the part of the day stands before the clock.
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CONNECTOR_AT = re.compile(rf"[\s,|/()\[\]@;:.·•\-–—]*(?:({WORD}(?:[.']{WORD})*\.?))?")

_MAX_CONNECTORS, _MAX_GAP, _WINDOW = 5, 20, 40
_SEPARATORS = " ,|/()[]@;:.·•-–—"


def with_clock(folded: str, found: Found, line: str) -> Found:
    """Extends a date by the clock time behind it, else by the one before it.

    Args:
        folded: the whole folded line.
        found: where the date stands and its parts.
        line: the line as printed: a capital behind the clock begins a name.
    """
    start, end, parts = found
    position, zone = end, None
    periods: tuple[DayPeriod, ...] = ()
    if folded[end : end + 1] == "t" and folded[end + 1 : end + 2].isdecimal():
        position = end + 1
    for _ in range(_MAX_CONNECTORS):
        clock = _CLOCK_AT.match(folded, position)
        if clock:
            after, timed = _read_clock(folded, clock, parts, periods, zone)
            is_plain = bool(timed.day_periods or timed.zone) or _is_plain(folded, line, after)
            return start, after, timed._replace(is_clock_plain=is_plain)
        gap = _CONNECTOR_AT.match(folded, position)
        if not gap or not 0 < gap.end() - position <= _MAX_GAP:
            break
        word = (gap[1] or "").rstrip(".")
        if not word:
            pass  # only signs stand between
        elif len(word) > 1 and is_zone(word):
            zone = word
        elif named := _period_before(word):
            periods = named
        elif word not in _connectors() and gap[1] not in _connectors():
            periods, position = _read_period(folded, gap.start(1))
            if not periods:
                break
            continue
        position = gap.end()
    return _with_clock_before(folded, found)


def _period_before(word: str) -> tuple[DayPeriod, ...]:
    """Returns the part of the day before a clock; short Latin words there are prepositions."""
    if word in {"am", "pm"} or not word.isascii() or word not in _connectors():
        return date_words.day_periods().get(date_words.plain_period(word), ())
    return ()


def _is_plain(folded: str, line: str, end: int) -> bool:
    """Says whether no unknown word stands behind a clock: it may be one for the evening.

    A capital begins a name, and behind a stop, a comma or a bar another matter begins.
    """
    match = _WORD_AT.match(folded, end)
    if match is None or _EAST_ASIAN.match(match[1]):
        return True
    return line[match.start(1)].isupper() or match[1].rstrip(".") in _known_words()


@cache
def _known_words() -> frozenset[str]:
    """Returns the words that may stand behind a clock and are none for a part of the day."""
    labels = {
        *date_words.words_of("published"),
        *date_words.words_of("modified"),
        *date_words.words_of("other"),
        *date_words.words_of("printed_issue"),
        *date_words.words_of("switches"),
        *_connectors(),
    }
    names = {*date_words.month_names(), *date_words.weekday_names(), *date_words.relative_days()}
    return frozenset(
        word for phrase in (*labels, *names, *date_words.byline_words()) for word in phrase.split()
    )


def _with_clock_before(folded: str, found: Found) -> Found:
    """Reads "22:36, 28 March" and "9:05 am EST on March 3"."""
    start, end, parts = found
    clocks = list(CLOCK.finditer(folded, max(0, start - _WINDOW), start)) if start else []
    if not clocks:
        return found
    clock = clocks[-1]
    named = _phrase_before(folded, clock.start())
    clock_end, timed = _read_clock(folded[:start], clock, parts, named, None)
    rest = folded[clock_end:start].strip(_SEPARATORS)
    if rest and rest not in _connectors():
        return found
    return clock.start(), end, timed


def _phrase_before(folded: str, start: int) -> tuple[DayPeriod, ...]:
    """Returns the part of the day in the word before a clock: "下午3:05, 5/3"."""
    match = _PERIOD_BEFORE.search(folded, max(0, start - _WINDOW), start)
    if match is None:
        return ()
    words = match[1].split()
    return next(
        (named for count in range(len(words), 0, -1) if (named := _named(words[-count:]))), ()
    )


def _named(words: list[str]) -> tuple[DayPeriod, ...]:
    return date_words.day_periods().get(date_words.plain_period(" ".join(words)), ())


def _read_clock(
    folded: str,
    clock: re.Match[str],
    parts: DateParts,
    periods: tuple[DayPeriod, ...],
    zone: str | None,
) -> tuple[int, DateParts]:
    hour, end = int(clock["h"]), clock.end()
    if not periods and hour <= _NOON:
        periods, end = _read_period(folded, end)
    following = _UHR_AT.match(folded, end)
    match = _ZONE_AT.match(folded, following.end() if following else end)
    if match and is_zone(match[1]):
        end, zone = match.end(), match[1].replace(" ", "")
    elif following:
        end = following.end()
    second = clock["s"] or clock["s2"]
    return end, parts._replace(
        hour=hour,
        minute=int(clock["mi"] or clock["mi2"] or clock["mi3"] or clock["mi4"] or 0),
        second_of_minute=int(second) if second else None,
        day_periods=periods,
        zone=zone,
    )


def _read_period(folded: str, end: int) -> tuple[tuple[DayPeriod, ...], int]:
    """Returns what the words behind a clock mean, the longest phrase first, and where they end."""
    match = _PERIOD_AT.match(folded, end)
    if match is None:
        return (), end
    known = date_words.day_periods()
    phrase = match[1]
    while phrase:
        plain = date_words.plain_period(phrase)
        if named := known.get(plain) or known.get(plain.replace(" ", "")):
            return named, match.start(1) + len(phrase)
        phrase = phrase.rpartition(" ")[0]
    return (), end


def is_zone(word: str) -> bool:
    """Says whether a folded word is a time zone: an offset or a known abbreviation."""
    word = word.replace(" ", "")
    return (
        word in date_words.zones()
        or word in date_words.ambiguous_zones()
        or _ZONE.fullmatch(word) is not None
    )


def _connectors() -> frozenset[str]:
    return date_words.words_of("connectors")
