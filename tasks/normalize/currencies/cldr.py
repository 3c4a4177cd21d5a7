"""What CLDR knows: names of countries, and of currencies that the declarations leave out."""

import re
from collections.abc import Iterator
from unicodedata import normalize

from schemas.languages.money import CldrNames

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
_BRACKETED = re.compile(r" ?\([^()]*\)")


def country_names(names: CldrNames, language: str) -> Iterator[tuple[str, str, bool]]:
    """Yields (name in small letters, ISO 3166 code, whether it is a stem that takes endings)."""
    for code, name in names["countries"].items():
        text = normalize("NFC", _BRACKETED.sub("", name)).lower().strip()
        if len(text) < _SHORTEST_NAME:
            continue
        if language in _DECLINING and " " not in text:
            stem = text[:-1] if text[-1] in _VOWELS else text
            if len(stem) >= _SHORTEST_STEM:
                yield stem, code, True
                continue
        yield text.replace(" ", "_"), code, False


def currency_names(names: CldrNames) -> Iterator[tuple[str, str]]:
    """Yields (name in small letters, ISO 4217 code), singular and plurals."""
    for code, forms in names["currencies"].items():
        for name in forms:
            yield normalize("NFC", name).lower(), code
