"""Clock times beside a date, with what they are given in: am and pm, time zones."""

import re
from dataclasses import replace

from schemas.languages import dates as date_words
from tasks.printed.dates.date_parts import PUNCTUATION, WORD, DateParts, Found

_NOON = 12
# A separate rule for hours without minutes: "10 a.m.", "10 Uhr".
_CLOCK = (
    r"(?P<h>[01]?\d|2[0-4])"
    r"(?:\s?(?:[:.h]|uhr)\s?(?P<mi>[0-5]\d)(?!\d)(?:\s?[:.m]\s?(?P<s>[0-5]\d)(?!\d)(?:[.,]\d{1,9})?)?"
    r"|\s?[時时點点시]\s?(?P<mi2>[0-5]?\d)\s?[分분](?:\s?(?P<s2>[0-5]?\d)\s?[秒초])?"
    r"|\s?시\s?(?P<mi3>[0-5]\d)(?!\d)"
    r"|(?=\s?(?:am|pm|a\.m|p\.m|uhr|h)(?![a-z])))"
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
_MERIDIEM_AT = re.compile(rf"\s?([ap]\.?\s?m(?![a-z])\.?|{WORD}(?:\.{WORD})*\.?)")
_CONNECTOR_AT = re.compile(rf"[\s,|/()\[\]@;:.·•\-–—]*(?:({WORD}(?:[.']{WORD})*\.?))?")

_MAX_CONNECTORS, _MAX_GAP, _WINDOW = 4, 20, 40
_SEPARATORS = " ,|/()[]@;:.·•-–—"


def with_clock(folded: str, found: Found) -> Found:
    """Extends a date by the clock time behind it, else by the one before it.

    Args:
        folded: the whole folded line.
        found: where the date stands and its parts.
    """
    start, end, parts = found
    position, meridiem, zone = end, None, None
    if folded[end : end + 1] == "t" and folded[end + 1 : end + 2].isdecimal():
        position = end + 1
    for _ in range(_MAX_CONNECTORS):
        clock = _CLOCK_AT.match(folded, position)
        if clock:
            return start, *_read_clock(folded, clock, parts, meridiem, zone)
        gap = _CONNECTOR_AT.match(folded, position)
        if not gap or not 0 < gap.end() - position <= _MAX_GAP:
            break
        word = (gap[1] or "").rstrip(".")
        if is_zone(word) and len(word) > 1:
            zone = word
        elif (named := _meridiem_before(word)) is not None:
            meridiem = named
        elif word and word not in _connectors() and gap[1] not in _connectors():
            break
        position = gap.end()
    return _with_clock_before(folded, found)


def _meridiem_before(word: str) -> int | None:
    """Returns am or pm from a word before a clock; short Latin words there are prepositions."""
    if word in {"am", "pm"} or not word.isascii() or word not in _connectors():
        return date_words.meridiem_words().get(word)
    return None


def _with_clock_before(folded: str, found: Found) -> Found:
    """Reads "22:36, 28 March" and "9:05 am EST on March 3"."""
    start, end, parts = found
    clocks = list(CLOCK.finditer(folded, max(0, start - _WINDOW), start))
    if not clocks:
        return found
    clock_end, timed = _read_clock(folded[:start], clocks[-1], parts, None, None)
    rest = folded[clock_end:start].strip(_SEPARATORS)
    if rest and rest not in _connectors():
        return found
    return clocks[-1].start(), end, timed


def _read_clock(
    folded: str, clock: re.Match[str], parts: DateParts, meridiem: int | None, zone: str | None
) -> tuple[int, DateParts]:
    hour, end = int(clock["h"]), clock.end()
    if meridiem is None and hour <= _NOON:
        meridiem, end = _read_meridiem(folded, end)
    following = _UHR_AT.match(folded, end)
    match = _ZONE_AT.match(folded, following.end() if following else end)
    if match and is_zone(match[1]):
        end, zone = match.end(), match[1].replace(" ", "")
    elif following:
        end = following.end()
    second = clock["s"] or clock["s2"]
    return end, replace(
        parts,
        hour=hour,
        minute=int(clock["mi"] or clock["mi2"] or clock["mi3"] or 0),
        second_of_minute=int(second) if second else None,
        meridiem=meridiem,
        zone=zone,
    )


def _read_meridiem(folded: str, end: int) -> tuple[int | None, int]:
    word = _MERIDIEM_AT.match(folded, end)
    if word is None:
        return None, end
    words = date_words.meridiem_words()
    named = words.get(word[1].replace(" ", "").replace(".", ""))
    if named is None:
        named = words.get(word[1].rstrip("."))
    return (None, end) if named is None else (named, word.end())


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
