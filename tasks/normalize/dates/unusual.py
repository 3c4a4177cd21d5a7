"""Dates in words and layouts that only dateparser reads.

A call costs 5 to 90 ms where the layout is strange. So dateparser is asked last, and only about a
short text with a year and letters, in a known language.
"""

import re
from datetime import date, datetime
from functools import lru_cache

import dateparser
from dateparser.data.languages_info import language_locale_dict

_LONGEST = 60
_YEAR = re.compile(r"(?<!\d)(?:19[89]|20[0-4])\d(?!\d)")
_LETTER = re.compile(r"[^\W\d_]")
_SETTINGS = {
    # All parts of a day must be printed: dateparser fills missing ones up from another day.
    "STRICT_PARSING": True,
    "REQUIRE_PARTS": ["day", "month", "year"],
    "PARSERS": ["absolute-time"],
    # Without it, the machine's clock would be asked.
    "RELATIVE_BASE": datetime(2000, 1, 1),  # noqa: DTZ001 - dateparser wants a naive one
    "RETURN_AS_TIMEZONE_AWARE": False,
}


def read_unusual_day(text: str, languages: tuple[str, ...]) -> date | None:
    """Reads a day that is printed in an unusual way.

    Args:
        text: the printed date.
        languages: ISO 639-1 codes that the page may be in, the likeliest first.

    Returns:
        The day, None where the text is not one or its language is not known.
    """
    known = tuple(code for code in languages if code in language_locale_dict)
    if not known or len(text) > _LONGEST or not (_YEAR.search(text) and _LETTER.search(text)):
        return None
    return _read(text, known)


@lru_cache(maxsize=4096)
def _read(text: str, languages: tuple[str, ...]) -> date | None:
    found = dateparser.parse(text, languages=list(languages), settings=_SETTINGS)
    return found.date() if found else None
