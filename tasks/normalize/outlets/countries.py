"""Where an outlet that is not registered is: what its domain, its address or its locale tell."""

import re
from collections.abc import Sequence
from functools import lru_cache

from schemas.hosting import EXPORTED_LOCALES
from tasks.extract.evidence import OutletClue, OutletSource
from tasks.normalize.outlets.hosts import country_of_domain

# In the order that they are believed.
COUNTRY_SOURCES = (OutletSource.ADDRESS_COUNTRY, OutletSource.LOCALE)
_LOCALE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z]{4})?[-_]([A-Za-z]{2})")
_CODE = re.compile(r"[A-Z]{2,3}")
# CLDR's regions hold numbered ones too, and some that are no country.
_COUNTRY = re.compile(r"(?!EU|EZ|UN|QO|XA|XB|ZZ)[A-Z]{2}")


def find_country(
    domain: str | None, clues: Sequence[OutletClue], language: str | None
) -> tuple[str | None, OutletClue | None]:
    """Returns an outlet's country (ISO 3166-1 alpha-2) and the clue that tells it, if one does.

    A country's own domain decides. Then comes the publisher's postal address, then the locale that
    the page declares. Clues of one kind that name several countries tell none.

    Args:
        domain: the outlet's registrable domain, None where unknown.
        clues: what the page prints; sources `address_country` and `locale` are read.
        language: ISO 639-1, in which an address may name its country.
    """
    if domain and (country := country_of_domain(domain)):
        return country, None
    for source in COUNTRY_SOURCES:
        found: dict[str, OutletClue] = {}
        for clue in clues:
            if clue.source is not source:
                continue
            country = (
                country_of_locale(clue.text)
                if source is OutletSource.LOCALE
                else country_named(clue.text, language)
            )
            if country:
                found.setdefault(country, clue)
        if len(found) == 1:
            return next(iter(found.items()))
    return None, None


def country_of_locale(locale: str) -> str | None:
    """Returns the country of a locale that says more than its language, as `en-CA` does.

    A language's most likely region (CLDR: `en-US`, `es-ES`, `de-DE`) is what templates come with,
    and stands on pages from everywhere. One where the language is not official is no country at
    all: `es_LA` and `ar_AR` are Facebook's names of Latin American Spanish and of Arabic.
    """
    match = _LOCALE.fullmatch(locale.strip())
    if match is None:
        return None
    language, country = match[1].lower(), match[2].upper()
    if f"{language}-{country}" in EXPORTED_LOCALES or country == _likely_country(language):
        return None
    return country if language in _official_languages(country) else None


def country_named(text: str, language: str | None) -> str | None:
    """Returns the country of a code ("CA", "USA", "UK") or of a name in English or a language."""
    if _CODE.fullmatch(code := text.strip().upper()):
        from babel.core import get_global  # noqa: PLC0415 - few pages need it

        codes = get_global("territory_aliases").get(code, [code])
        return codes[0] if len(codes) == 1 and codes[0] in _names("en").values() else None
    name = text.strip().casefold()
    return _names("en").get(name) or (_names(language).get(name) if language else None)


@lru_cache(maxsize=64)
def _names(language: str) -> dict[str, str]:
    """Returns the names that CLDR has for countries in a language, in small letters."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    try:
        territories = Locale.parse(language).territories
    except UnknownLocaleError:
        return {}
    return {name.casefold(): code for code, name in territories.items() if _COUNTRY.fullmatch(code)}


@lru_cache(maxsize=256)
def _likely_country(language: str) -> str | None:
    from babel.core import get_global  # noqa: PLC0415

    return get_global("likely_subtags").get(language, "").rpartition("_")[2] or None


@lru_cache(maxsize=256)
def _official_languages(country: str) -> frozenset[str]:
    from babel.languages import get_official_languages  # noqa: PLC0415

    return frozenset(get_official_languages(country, de_facto=True))
