"""The declarations of currencies are sound, and agree with CLDR where CLDR speaks."""

import pytest
from babel import Locale

from schemas.currencies.families import DEFAULTS, FAMILIES, NOT_BY_SENTENCE, UNAMBIGUOUS
from schemas.currencies.iso_4217 import (
    ALIASES,
    CURRENT,
    LOOKALIKES,
    LOWER_CASE,
    MILLESIMAL,
    UNDIVIDED,
    WITHDRAWN,
)
from schemas.currencies.signs import (
    DOLLAR_PREFIXES,
    EAST_ASIAN_SIGNS,
    MINOR_SIGNS,
    POUND_PREFIXES,
    SIGNS,
    STROKE_SIGNS,
    YEN_PREFIXES,
)
from schemas.currencies.tickers import ROUGH_USD
from schemas.languages.money import money_languages, money_words
from tasks.normalize.currencies.lexicon import lexicon_for

CODES = CURRENT | WITHDRAWN
# A vocabulary that serves two languages, and a press that writes both marks.
OTHERWISE = {"ar", "ps"}


def test_codes_are_in_the_lists_of_iso_4217() -> None:
    assert not CURRENT & WITHDRAWN
    for codes in (UNDIVIDED, MILLESIMAL, set(ROUGH_USD)):
        assert not set(codes) - CODES
    assert not LOOKALIKES - CODES - set(ALIASES)
    assert not {code.upper() for code in LOWER_CASE} - CODES - set(ALIASES)


def test_families_hold_codes_and_have_sound_defaults() -> None:
    assert {code for family in FAMILIES.values() for code in family.values()} <= CODES
    assert set(DEFAULTS) <= set(FAMILIES)
    assert set(FAMILIES) >= UNAMBIGUOUS | NOT_BY_SENTENCE
    for name, code in DEFAULTS.items():
        assert code in FAMILIES[name].values(), name


def test_signs_name_codes_or_families() -> None:
    signs = SIGNS | STROKE_SIGNS | EAST_ASIAN_SIGNS | MINOR_SIGNS
    prefixes = DOLLAR_PREFIXES | POUND_PREFIXES | YEN_PREFIXES
    assert set(signs.values()) | set(prefixes.values()) <= CODES | set(FAMILIES)


@pytest.mark.parametrize("language", sorted(money_languages() - OTHERWISE))
def test_the_decimal_mark_is_cldrs(language: str) -> None:
    symbols = Locale.parse(language).number_symbols
    assert money_words(language).decimal == symbols.get("latn", symbols)["decimal"]


@pytest.mark.parametrize("language", ["de", "es", "it"])
def test_countries_with_another_mark_are_cldrs(language: str) -> None:
    for country in money_words(language).point_countries:
        symbols = Locale.parse(f"{language}_{country}").number_symbols
        assert symbols.get("latn", symbols)["decimal"] == "."


@pytest.mark.parametrize("language", [*sorted(money_languages()), None, "xx"])
def test_every_lexicon_loads(language: str | None) -> None:
    word = lexicon_for(language).classify("USD")
    assert word is not None
    assert word.unit is not None
    assert word.unit.name == "USD"


def test_norwegian_mrd_is_a_thousand_millions() -> None:
    assert lexicon_for("no").classify("mrd") == lexicon_for("no").classify("milliard")
