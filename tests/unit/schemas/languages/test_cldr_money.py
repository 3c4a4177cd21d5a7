"""CLDR's names of countries and currencies are there for each language that money is read in."""

import pytest

from schemas.currencies.iso_4217 import CURRENT
from schemas.languages.cldr_money import collect_language
from schemas.languages.money import cldr_names, money_languages


@pytest.mark.parametrize("language", sorted(money_languages()))
def test_a_language_of_money_has_names(language: str) -> None:
    names = cldr_names(language)
    assert {"DE", "CH", "US"} <= names["countries"].keys()
    assert {"EUR", "USD", "JPY"} <= names["currencies"].keys() <= CURRENT


def test_the_file_is_what_babel_says() -> None:
    assert collect_language("sl") == cldr_names("sl")


def test_an_unknown_language_has_none() -> None:
    with pytest.raises(KeyError):
        cldr_names("xx")
