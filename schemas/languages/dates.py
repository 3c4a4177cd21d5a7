"""Words of printed dates, looked up: months, weekdays, am and pm, "3 hours ago", "yesterday".

The bulk is CLDR's (cldr_dates.json, written by cldr_dates.py). What CLDR does not have stands in
the language files. All words are folded as tasks.printed.dates.date_parts folds them.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from schemas.languages.compiled_tables import FOLDER, entries, meanings, read_section

_CLDR = FOLDER / "cldr_dates.json"
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
# What the Buddhist era of Thailand and Laos is ahead.
BUDDHIST_AHEAD = 543

DateWords = Literal[
    "published",
    "modified",
    "other",
    "printed_issue",
    "connectors",
    "after_day",
    "before_year",
    "after_year",
    "switches",
]


@dataclass(frozen=True, slots=True)
class MonthName:
    """What a word means as a name of a month.

    Attributes:
        calendar: `gregorian`, `solar_hijri`, `hijri` or `ethiopic`.
        number: 1 to 12, to 13 in the Ethiopian calendar.
        languages: in which it is that month's name; empty for the other calendars.
    """

    calendar: str
    number: int
    languages: frozenset[str]


@cache
def read_cldr_words() -> dict[str, dict[str, Any]]:
    """Returns cldr_dates.json: for each language months, weekdays, am, pm, days, ago."""
    table: dict[str, dict[str, Any]] = json.loads(_CLDR.read_text(encoding="utf-8"))
    return table


@cache
def month_names() -> dict[str, tuple[MonthName, ...]]:
    """Returns what each word or phrase means as a month; several where languages disagree."""
    found: dict[str, dict[tuple[str, int], set[str]]] = {}
    for name, number, language in _gregorian_names():
        for spelling in (name, _without_accents(name)):
            found.setdefault(spelling, {}).setdefault(("gregorian", number), set()).add(language)
    for calendar, key in (
        ("solar_hijri", "solar_hijri_months"),
        ("hijri", "hijri_months"),
        ("ethiopic", "ethiopic_months"),
    ):
        for word, number in meanings("dates", key).items():
            found.setdefault(word, {}).setdefault((calendar, number), set())
    return {
        word: tuple(
            MonthName(calendar, number, frozenset(languages))
            for (calendar, number), languages in sorted(meanings.items())
        )
        for word, meanings in found.items()
    }


def _without_accents(name: str) -> str:
    """Returns what capitals and keyboards make of a Latin or Greek name: "ARALIK", "ΜΑΡΤΙΟΥ"."""
    if not "\u0080" < max(name) < "\u0400":
        return name
    decomposed = unicodedata.normalize("NFKD", name.replace("ı", "i"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _gregorian_names() -> Iterator[tuple[str, int, str]]:
    for language, words in read_cldr_words().items():
        for number, spellings in enumerate(words["months"], 1):
            for spelling in spellings:
                # Catalan: "de març" is the preposition and the name.
                name = spelling.removeprefix("de ") if language == "ca" else spelling
                yield name, number, language
                if language == "km":
                    yield f"ខែ{name}", number, language  # the word for month, too
                if language == "my":
                    yield f"{name}လ", number, language  # with the word for month written on
                if language == "mn" and name.endswith("сар"):
                    yield f"{name}ын", number, language  # the genitive stands before a day
    for code, table in read_section("dates").items():
        for name, number in table.get("months", {}).items():
            yield name, number, table.get("cldr", code)


@cache
def weekday_names() -> dict[str, frozenset[int]]:
    """Returns the days that a word names, 0 for Monday; several where languages disagree."""
    found: dict[str, set[int]] = {}
    for words in read_cldr_words().values():
        for number, spellings in enumerate(words["weekdays"]):
            for spelling in spellings:
                found.setdefault(spelling, set()).add(number)
    return {word: frozenset(days) for word, days in found.items()}


@dataclass(frozen=True, slots=True)
class DayPeriod:
    """The hours that a word beside a clock speaks of: "pm", "in the evening".

    Attributes:
        start, end: the hours, `end` excluded; it is the smaller one where they hold midnight.
            Noon and midnight are no span: both are the same.
        is_half: am or pm, which no other hour can be meant by.
        languages: in which the word means this.
    """

    start: int
    end: int
    is_half: bool
    languages: frozenset[str]


_HALVES = {"am": (0, 12), "pm": (12, 24)}
_NOT_COMPARED = re.compile("[.\u064b-\u0652\u0670\u200c]")


def plain_period(word: str) -> str:
    """Returns a folded word without dots, Arabic vowel signs and joiners: "p.m." is "pm"."""
    return _NOT_COMPARED.sub("", word).replace("\u05f4", '"').strip()


@cache
def day_periods() -> dict[str, tuple[DayPeriod, ...]]:
    """Returns what each word or phrase means as a part of the day, folded by `plain_period`."""
    found: dict[str, dict[tuple[int, int, bool], set[str]]] = {}
    for word, hours, is_half, language in _period_words():
        spans = found.setdefault(plain_period(word), {})
        spans.setdefault((*hours, is_half), set()).add(language.split("-")[0])
    return {
        word: tuple(
            DayPeriod(*span, frozenset(languages)) for span, languages in sorted(spans.items())
        )
        for word, spans in found.items()
    }


def _period_words() -> Iterator[tuple[str, tuple[int, int], bool, str]]:
    own = {
        (table.get("cldr", code), word): span
        for code, table in read_section("dates").items()
        for word, span in table.get("meridiems", {}).items()
    }
    for (language, word), span in own.items():
        start, _, end = span.partition("-")
        hours = _HALVES.get(span) or (int(start), int(end))
        yield word, hours, span in _HALVES, language
    for language, words in read_cldr_words().items():
        for half, hours in _HALVES.items():
            for word in words[half]:
                yield word, hours, True, language
        halves = {*words["am"], *words["pm"]}
        for word, start, end in words["day_periods"]:
            if word not in halves and (language, word) not in own:
                yield word, (start, end), False, language


@cache
def ago_forms() -> dict[tuple[str, str], int]:
    """Returns the seconds of the unit for (words before the number, words after it)."""
    found: dict[tuple[str, str], int] = {}
    for words in read_cldr_words().values():
        found.update({(before, after): seconds for before, after, seconds in words["ago"]})
    for form, unit in meanings("dates", "ago").items():
        before, _, after = form.partition("#")
        found[before.strip(), after.strip()] = _SECONDS[unit]
    return found


@cache
def relative_days() -> dict[str, tuple[int, frozenset[str]]]:
    """Returns for each word 0 (today), -1 (yesterday) or -2, and the languages that it is of."""
    found: dict[str, tuple[int, set[str]]] = {}
    for language, words in read_cldr_words().items():
        for shift, spellings in words["days"].items():
            for spelling in spellings:
                found.setdefault(spelling, (int(shift), set()))[1].add(language.split("-")[0])
    return {word: (shift, frozenset(languages)) for word, (shift, languages) in found.items()}


@cache
def day_numbers() -> dict[str, int]:
    """Returns the days of a month that are printed in words: "eighth", "primero"."""
    return meanings("dates", "day_numbers")


@cache
def words_of(key: DateWords) -> frozenset[str]:
    """Returns the words of one kind in all languages: labels before a date, connectors, endings."""
    return frozenset(entries("dates", key))


@cache
def byline_words() -> tuple[str, ...]:
    """Returns the plain words before an author's name in all languages: "by", "von"."""
    return tuple(word for word in entries("names", "byline_lines") if word.isalpha())


@cache
def eras() -> dict[str, int]:
    """Returns the Gregorian year of each era's year 1: Japan's, and the Republic of China's."""
    return meanings("dates", "eras")


@cache
def zones() -> dict[str, int]:
    """Returns abbreviations of zones that mean one offset in news, in minutes east of UTC."""
    return meanings("dates", "zones")


@cache
def ambiguous_zones() -> dict[str, tuple[str, ...]]:
    """Returns the IANA zones that an abbreviation of several may mean; the outlet's decides."""
    return {word: tuple(names) for word, names in meanings("dates", "ambiguous_zones").items()}


@cache
def us_zones() -> dict[str, int]:
    """Returns what an ambiguous abbreviation means in North American press style (AP)."""
    return meanings("dates", "us_zones")
