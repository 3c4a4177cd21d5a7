"""Writes cldr_dates.json from the CLDR tables that babel and dateparser carry.

Run `python -m schemas.languages.cldr_dates` when a language is added or CLDR has a new release.
The file is committed, because a table that changed with an installed library would change
published dates without a change of the code version.

Source: Unicode CLDR, through babel (months, weekdays, day periods, "3 hours ago") and dateparser
("yesterday", further abbreviations).
"""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any, Literal, cast

from babel import Locale, localedata
from babel.dates import format_timedelta

TARGET = Path(__file__).with_name("cldr_dates.json")

# fmt: off
LANGUAGES = (
    "af", "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "es",
    "et", "eu", "fa", "fi", "fil", "fo", "fr", "ga", "gl", "gu", "he", "hi", "hr", "hu", "hy",
    "id", "is", "it", "ja", "ka", "kk", "km", "kn", "ko", "ky", "lb", "lo", "lt", "lv", "mk", "ml",
    "mn", "mr", "ms", "mt", "my", "nb", "ne", "nl", "nn", "pa", "pl", "ps", "pt", "ro", "ru", "si",
    "sk", "sl", "so", "sq", "sr", "sr_Latn", "sv", "sw", "ta", "te", "tg", "th", "tk", "tr", "uk",
    "ur", "uz", "uz_Cyrl", "vi", "xh", "zh", "zh_Hant", "zu",
)
# fmt: on

# fmt: off
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)
# fmt: on
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WIDTHS: tuple[Literal["long", "short", "narrow"], ...] = ("long", "short", "narrow")
_Unit = Literal["second", "minute", "hour", "day", "week"]
_SECONDS: dict[_Unit, int] = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
# One number for each plural form that a language may have.
_PLURALS = (1, 2, 3, 5, 11, 21)
_NUMBER_GROUP = re.compile(r"\(\\d[^)]*\)")
_SHORTEST_LATIN_NAME = 3
_NOON = 12


def collect_language(code: str) -> dict[str, Any]:
    """Returns the words of one language: months, weekdays, am, pm, day periods, days, ago."""
    # babel's merged tables share parts: names of a language read before stand in the next one's.
    localedata._cache.clear()
    locale = Locale.parse(code)
    extra = _dateparser_table(code)
    return {
        "months": [
            _name_spellings([*_names(locale.months, number), *extra.get(_MONTHS[number - 1], ())])
            for number in range(1, 13)
        ],
        "weekdays": [
            _name_spellings([*_names(locale.days, number), *extra.get(_WEEKDAYS[number], ())])
            for number in range(7)
        ],
        "am": _spellings([*_periods(locale, "am"), *extra.get("am", ())]),
        "pm": _spellings([*_periods(locale, "pm"), *extra.get("pm", ())]),
        "day_periods": _day_periods(locale),
        "days": _relative_days(extra),
        "ago": _ago(code, extra),
    }


def _names(table: Any, number: int) -> list[str]:
    return [
        table[context][width][number]
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        if width in table.get(context, {}) and number in table[context][width]
    ]


def _periods(locale: Locale, period: str) -> list[str]:
    table = locale.day_periods.get("format", {})
    widths = ("wide", "abbreviated")
    return [table[width][period] for width in widths if period in table.get(width, {})]


def _day_periods(locale: Locale) -> list[list[Any]]:
    """Returns [word, first hour, hour of its end] for "in the afternoon" and its like."""
    found: dict[str, tuple[int, int]] = {}
    rules = locale.day_period_rules.get(None, {})
    for period, word in sorted(_named_periods(locale)):
        for rule in rules.get(period, ()):
            start = rule.get("at", rule.get("from", 0)) // 3600
            end = rule.get("at", rule.get("before", 0)) // 3600
            if period.startswith("morning") and end <= _NOON:
                start, end = 0, _NOON  # "1:30 in the morning", whatever CLDR has for each hour
            found[word] = _joined(found[word], (start, end)) if word in found else (start, end)
    return [[word, *span] for word, span in sorted(found.items())]


def _named_periods(locale: Locale) -> set[tuple[str, str]]:
    """Returns (period, word) of all periods but am and pm; letters alone are no words."""
    return {
        (period, word)
        for contexts in locale.day_periods.values()
        for width in ("wide", "abbreviated")
        for period, text in contexts.get(width, {}).items()
        if period not in {"am", "pm"}
        for word in _name_spellings([text])
    }


def _joined(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    """Returns the hours of both where one goes on in the other, else those of the first."""
    for first, second in ((one, other), (other, one)):
        if first[1] % 24 == second[0] % 24:
            return first[0], second[1]
    return one


def _spellings(words: list[str]) -> list[str]:
    """Returns them folded, without a dot at the end, each once, in a fixed order."""
    cleaned = {fold_word(word).strip(" .") for word in words}
    return sorted(word for word in cleaned if word and not re.search(r"\d", word))


def _name_spellings(words: list[str]) -> list[str]:
    """Returns the spellings but for "ka" or "ar": too short to be told from other languages."""
    return [
        word
        for word in _spellings(words)
        if len(word) > 1 and not (len(word) < _SHORTEST_LATIN_NAME and word[0] < "\u0250")
    ]


def _dateparser_table(code: str) -> dict[str, Any]:
    try:
        module = import_module(
            f"dateparser.data.date_translation_data.{code.replace('_', '-')}",
        )
    except ModuleNotFoundError:
        return {}
    return dict(module.info)


def _relative_days(extra: dict[str, Any]) -> dict[str, list[str]]:
    table = extra.get("relative-type", {})
    wanted = {"0": "0 day ago", "-1": "1 day ago", "-2": "2 day ago"}
    return {
        shift: _spellings([word for word in table.get(key, ()) if "\\" not in word])
        for shift, key in wanted.items()
        if table.get(key)
    }


def _ago(code: str, extra: dict[str, Any]) -> list[list[Any]]:
    """Returns [words before the number, words after it, seconds of the unit]."""
    found = set(_ago_in_cldr(code))
    for key, patterns in extra.get("relative-type-regex", {}).items():
        match = re.fullmatch(r"\\1 (second|minute|hour|day|week) ago", key)
        for pattern in patterns if match else ():
            before, number, after = pattern.partition(_group(pattern))
            if number and match and not re.search(r"[\\\[\](){}|*+?]", before + after):
                found.add((fold_word(before), fold_word(after), _SECONDS[cast(_Unit, match[1])]))
    return [list(item) for item in sorted(found) if item[0] or item[1]]


def _group(pattern: str) -> str:
    match = _NUMBER_GROUP.search(pattern)
    return match[0] if match else "\0"


def _ago_in_cldr(code: str) -> Iterator[tuple[str, str, int]]:
    for unit, number, width in product(_SECONDS, _PLURALS, _WIDTHS):
        delta = timedelta(seconds=-number * _SECONDS[unit])
        try:
            text = format_timedelta(
                delta, unit, threshold=99, add_direction=True, format=width, locale=code
            )
        except KeyError:  # CLDR knows no relative form of this unit in this language
            continue
        before, found, after = text.partition(str(number))
        if found and not re.search(r"[-+\d]", before + after):
            yield fold_word(before), fold_word(after), _SECONDS[unit]


def fold_word(text: str) -> str:
    """Returns it as tasks.printed.dates.date_parts folds: lower case, one apostrophe, one space."""
    text = text.replace("İ", "i").lower().replace("i̇", "i").replace("\u200f", "")
    for apostrophe in "’‘ʼʻ":
        text = text.replace(apostrophe, "'")
    return " ".join(text.replace("\u200b", " ").split())


def main() -> None:
    """Writes the table, one language per line."""
    table = {code.replace("_", "-"): collect_language(code) for code in LANGUAGES}
    lines = (
        f" {json.dumps(code)}: {json.dumps(words, ensure_ascii=False)}"
        for code, words in table.items()
    )
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
