"""The order of a locale's short dates is what babel says, and CLDR has one for our languages."""

import pytest

from schemas.languages.cldr_dates import LANGUAGES
from schemas.languages.cldr_orders import find_order
from tasks.normalize.dates.locales import cldr_order

# Some have an order of their own, some that of their language, and some are in no locale.
COUNTRIES = (None, "US", "GB", "CA", "CH", "ZA", "IR", "TW", "UK", "QQ")


@pytest.mark.parametrize("language", ["en", "fr", "es", "zh", "sr", "no", "iw", "az", "fa", "xx"])
def test_the_file_is_what_babel_says(language: str) -> None:
    for country in COUNTRIES:
        assert cldr_order(language, country) == find_order(language, country), country


@pytest.mark.parametrize("language", [code for code in LANGUAGES if "_" not in code])
def test_a_language_with_words_of_dates_has_an_order(language: str) -> None:
    assert cldr_order(language, None) in {"dmy", "mdy", "ymd"}
