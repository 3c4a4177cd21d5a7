"""What CLDR knows: names of countries, and of currencies that the declarations leave out."""

import re
from collections.abc import Iterator
from unicodedata import normalize

from schemas.currencies.iso_4217 import CURRENT

# Languages that decline the names of countries.
_DECLINING = frozenset(
    [
        "ru",
        "uk",
        "be",
        "bg",
        "mk",
        "pl",
        "cs",
        "sk",
        "hr",
        "bs",
        "sr",
        "sl",
        "lt",
        "lv",
        "et",
        "fi",
        "hu",
        "tr",
        "az",
        "kk",
        "uz",
        "ky",
        "tt",
        "ka",
        "hy",
        "el",
        "ro",
        "hi",
    ]
)
_VOWELS = frozenset("aeiouyäöüáéíóúěąęėőūāīаеиоуыэюяёіїєйьъაეიოუաեիոուըαεηιουωάέήίόύώ")
_SHORTEST_STEM = 4
_SHORTEST_NAME = 3
# CLDR's regions hold numbered ones too, and some that are no country.
_COUNTRY = re.compile(r"(?!EU|EZ|UN|QO|ZZ)[A-Z]{2}")


def country_names(language: str) -> Iterator[tuple[str, str, bool]]:
    """Yields (name in small letters, ISO 3166 code, whether it is a stem that takes endings)."""
    from babel import Locale  # noqa: PLC0415 - loaded with the first lexicon that needs it

    for code, name in Locale.parse(language).territories.items():
        if not _COUNTRY.fullmatch(code):
            continue
        text = normalize("NFC", re.sub(r"\s*\(.*?\)", "", name)).lower().strip()
        if len(text) < _SHORTEST_NAME:
            continue
        if language in _DECLINING and " " not in text:
            stem = text[:-1] if text[-1] in _VOWELS else text
            if len(stem) >= _SHORTEST_STEM:
                yield stem, code, True
                continue
        yield text.replace(" ", "_"), code, False


def currency_names(language: str) -> Iterator[tuple[str, str]]:
    """Yields (name in small letters, ISO 4217 code), singular and plurals."""
    from babel import Locale  # noqa: PLC0415
    from babel.numbers import get_currency_name  # noqa: PLC0415

    locale = Locale.parse(language)
    for code in sorted(CURRENT):
        names = {get_currency_name(code, count, locale) for count in (None, 1, 2, 5, 100)}
        for name in sorted(names):
            if not any(char.isdigit() or char in "()" for char in name):
                yield normalize("NFC", name).lower(), code
