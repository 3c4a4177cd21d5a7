"""Datelines: the place, day and agency that open an agency-style text.

The forms are the agencies' own: Associated Press and Reuters ("WASHINGTON (AP) — "), dpa, EFE and
ANSA, TASS and Interfax ("Москва. 5 марта. ИНТЕРФАКС - "), and the Chinese, Japanese and Korean
ones.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from schemas.languages.compiled_tables import entries
from schemas.languages.dates import read_cldr_words
from tasks.normalize.agency_names import KNOWN_AGENCY, is_agency_mark
from tasks.printed.phrases import any_of

# The longest real ones, two cities and two agencies with a date, stay below this.
_MAX_HEAD = 140
_MAX_SEGMENTS = 7

_STRONG = re.compile(
    r"[.,]?\s*(?:-{2,}|[–—―‒]|(?<=[\s.])-(?=\s)|[:：](?=\s|$)|(?<=[)/])\s*-(?!\w))\s*"
)
_DASHES = ("-", "–", "—", "―", "‒")
_SOFT = re.compile(r"[\s,;.،]*[/|]?\s*")
_BRACKETED = re.compile(r"[(（\[]\s*([^()（）\[\]]{2,40}?)\s*[)）\]]|/([^/\s][^/]{1,30})/")
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|(?:(?:St|Ft|Mt)\.\s)?[^\W\d_](?:[\w'’`]|[.\-/](?=[^\W\d_]))*"
)
_CONNECTOR = re.compile(rf"{any_of('wires', 'place_joiners')}\s", re.I)
_DATE = re.compile(
    r"""(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?:
    \d{4}[-./]\d{1,2}[-./]\d{1,2}
    | \d{1,2}[-./]\d{1,2}[-./](?:19|20)?\d\d
    | \d{1,2}(?:st|nd|rd|th|er|º|ª|\.)?\s+(?:(?:de|of)\s+)?(?P<month>[^\W\d_]{3,12})\.?
      (?:,?\s+(?:de\s+)?(?:19|20)\d\d(?:\s*(?:г\.?|года))?)?
    | (?P<month_first>[^\W\d_]{3,12})\.?\s+\d{1,2}(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?:19|20)\d\d)?
    )(?!\w)""",
    re.X,
)
_MAX_PLACE_WORDS = 5
_MIN_MONTH_LETTERS = 3
# Marks that are also words: without brackets, a place or a day they open a sentence or a label.
_WORDS_TOO = frozenset({"trend", "report", "map", "mena", "spa", "petra", "pa", "tt", "cp"})

_EAST_ASIAN = tuple(
    re.compile(pattern)
    for pattern in (
        # 新华社北京3月5日电（记者 …）; 中新网上海3月5日电; （中央社記者 … 台北5日電）
        r"[（(]?(?P<agency>新华社|新華社|中新网|中新網|中新社|中央社|法新社|路透社|美联社)"
        r"(?:記者[^\s\d]{2,4}?\s?|记者[^\s\d]{2,4}?\s?)?(?P<place>[㐀-鿿／/]{2,8}?)"
        r"(?P<date>(?:\d{1,2}月)?\d{1,2}日)[电電讯訊]",
        # （北京5日讯）
        r"[（(](?P<place>[㐀-鿿]{2,8}?)(?P<date>(?:\d{1,2}月)?\d{1,2}日)[讯訊电電][)）]",
        # ［ワシントン　５日　ロイター］ -
        r"[\[［](?P<place>[^\s\d\]］=]{2,15})\s+(?P<date>\d{1,2}日)\s+(?P<agency>[^\]］]{2,10})[\]］]",
        # 【ワシントン＝…】 and 【北京共同】, 【ソウル時事】
        r"【(?P<place>[^】=＝\s\d]{2,12}?)(?P<date>\d{1,2}日)?(?:[=＝][^】]{1,20}|(?P<agency>共同|時事|AFP=時事|AFP))】",
        # [서울=뉴시스], (서울=연합뉴스)
        r"[\[(（](?P<place>[가-힣·]{2,12})\s*=\s*(?P<agency>[^\])）]{2,12})[\])）]",
    )
)
_TRAILING = re.compile(r"[（(](?:记者|記者)[^）)]{1,30}[）)]|\s*[-–—]\s*|\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """An opening of a text that says where and when it was written, and for whom.

    Attributes:
        place, date_text, agency: as printed; None where the dateline does not have it.
        end: offset at which the text itself begins.
    """

    place: str | None
    date_text: str | None
    agency: str | None
    end: int


@dataclass(frozen=True, slots=True)
class _Segment:
    kind: Literal["place", "date", "agency", "detail"]
    text: str
    end: int
    is_known: bool = False
    is_bracketed: bool = False


def parse_dateline(text: str) -> Dateline | None:
    """Reads the dateline that a text begins with.

    Args:
        text: an article's text, or its first line.

    Returns:
        The dateline, or None where the text begins with a sentence. `date_text` is shaped like a
        date: which day it is, or whether there is one, is for the dates step.
    """
    lead = len(text) - len(text.lstrip())
    head = text[lead : lead + _MAX_HEAD].split("\n", 1)[0]
    found = _parse_east_asian(head) or _parse_segments(head)
    if found is None or not lead:
        return found
    return Dateline(
        place=found.place, date_text=found.date_text, agency=found.agency, end=found.end + lead
    )


def _parse_east_asian(head: str) -> Dateline | None:
    for pattern in _EAST_ASIAN:
        if match := pattern.match(head):
            end = match.end()
            while trailing := _TRAILING.match(head, end):
                end = trailing.end()
            groups = match.groupdict()
            return Dateline(
                place=groups["place"],
                date_text=groups.get("date"),
                agency=groups.get("agency"),
                end=end,
            )
    return None


def _parse_segments(head: str) -> Dateline | None:
    """Reads segment by segment; what was read last as a whole dateline counts, the rest is text."""
    segments: list[_Segment] = []
    dateline: Dateline | None = None
    position = 0
    while len(segments) < _MAX_SEGMENTS:
        segment = _next_segment(head, position, segments)
        if segment is None:
            break
        segments.append(segment)
        strong = _STRONG.match(head, segment.end)
        position = strong.end() if strong else _skip(head, segment.end)
        terminator = strong.group().strip() if strong else ""
        if _is_dateline(segments, terminator):
            dateline = _assemble(segments, position)
        elif terminator[-1:] in (":", "："):
            break  # "Photo: Reuters" is a label
    return dateline


@cache
def _month_names() -> frozenset[str]:
    return frozenset(
        name
        for language in read_cldr_words().values()
        for names in language["months"]
        for name in names
        if len(name) >= _MIN_MONTH_LETTERS
    )


@cache
def _places() -> frozenset[str]:
    return frozenset(entries("wires", "places"))


def _match_date(head: str, position: int) -> re.Match[str] | None:
    match = _DATE.match(head, position)
    if match is None:
        return None
    month = match["month"] or match["month_first"]
    return match if month is None or month.casefold() in _month_names() else None


def _skip(head: str, position: int) -> int:
    soft = _SOFT.match(head, position)
    assert soft is not None  # the pattern matches the empty string
    # "… 5 марта. /ТАСС/" opens a bracket with the same sign that separates.
    if soft.group().rstrip().endswith("/") and _BRACKETED.match(
        head, position + len(soft.group().split("/")[0])
    ):
        return position + len(soft.group().split("/")[0])
    return soft.end()


def _next_segment(head: str, position: int, before: list[_Segment]) -> _Segment | None:
    kinds = {segment.kind for segment in before}
    if bracketed := _BRACKETED.match(head, position):
        return _bracketed_segment(bracketed)
    known = None if "agency" in kinds else KNOWN_AGENCY.match(head, position)
    if known and is_agency_mark(known.group()):
        return _Segment("agency", known.group(), known.end(), is_known=True)
    if "date" not in kinds and (date := _match_date(head, position)):
        return _Segment("date", date.group(), date.end())
    if "place" not in kinds or before[-1].kind == "place":
        return _place_segment(head, position)
    return None


def _bracketed_segment(match: re.Match[str]) -> _Segment:
    inner = match.group(1) or match.group(2)
    is_known = any(is_agency_mark(part) for part in re.split(r"\s*[/,]\s*|\s+and\s+", inner))
    looks_like_one = inner.upper() == inner and not any(sign.isdigit() for sign in inner)
    kind: Literal["agency", "detail"] = "agency" if is_known or looks_like_one else "detail"
    return _Segment(kind, inner, match.end(), is_known=is_known, is_bracketed=True)


def _place_segment(head: str, position: int) -> _Segment | None:
    """Takes capitalised words up to where a date or an agency begins."""
    start, end = position, position
    for count in range(_MAX_PLACE_WORDS):
        if count and (_match_date(head, position) or KNOWN_AGENCY.match(head, position)):
            break
        word = _WORD.match(head, position)
        connector = _CONNECTOR.match(head, position) if count else None
        if connector:
            position = connector.end()
            continue
        if word is None or word.group()[0].islower():
            break
        end = word.end()
        position = end
        while position < len(head) and head[position] == " ":
            position += 1
    return _Segment("place", head[start:end], end) if end > start else None


def _is_dateline(segments: list[_Segment], terminator: str) -> bool:
    places = [segment.text for segment in segments if segment.kind == "place"]
    agency = next((segment for segment in segments if segment.kind == "agency"), None)
    has_date = any(segment.kind == "date" for segment in segments)
    if agency is not None:
        if segments[0] is agency and len(segments) > 1:
            # "(ANSA) - ROMA, 05 MAR - …", but in "(Reuters) - APPLE - …" the text has begun.
            return has_date and bool(terminator)
        if agency.is_known:
            return bool(places) or _stands_alone(agency, terminator)
        return bool(places) and (has_date or bool(terminator))
    if not places or not terminator:
        return False
    return has_date or _is_city_alone(places, terminator)


def _is_city_alone(places: list[str], terminator: str) -> bool:
    is_city = places[0].casefold() in _places()
    if terminator[-1] in ":：":
        return is_city and len(places) == 1
    return is_city or (len(places) > 1 and places[0].isupper())


def _stands_alone(agency: _Segment, terminator: str) -> bool:
    """Whether an agency's mark is a dateline by itself: "(Reuters) - ", "dpa - "."""
    if agency.is_bracketed:
        return True
    return terminator[-1:] in _DASHES and agency.text.casefold() not in _WORDS_TOO


def _assemble(segments: list[_Segment], end: int) -> Dateline:
    places = [segment.text for segment in segments if segment.kind == "place"]
    first = {segment.kind: segment.text for segment in reversed(segments)}
    return Dateline(
        place=", ".join(places) or None,
        date_text=first.get("date"),
        agency=first.get("agency"),
        end=end,
    )
