"""Writes cldr_money.json from the CLDR tables that babel carries: countries and currencies.

Run `python -m schemas.languages.cldr_money` when a language gets money words or CLDR has a new
release. The file is committed, because a table that changed with an installed library would change
published amounts without a change of the code version. Reading a language's names from it takes a
tenth of the time in which babel loads the language and finds its plurals.
"""

import json
import re
from pathlib import Path
from typing import Any

from babel import Locale, localedata
from babel.numbers import get_currency_name

from schemas.currencies.iso_4217 import CURRENT
from schemas.languages.money import money_languages

TARGET = Path(__file__).with_name("cldr_money.json")

# CLDR's regions hold numbered ones too, and some that are no country.
_COUNTRY = re.compile(r"(?!EU|EZ|UN|QO|ZZ)[A-Z]{2}")
# One number for each plural form that a language may have, and none for the name by itself.
_COUNTS = (None, 1, 2, 5, 100)
# "(1959-1979)": names of money that is no more.
_NO_NAME = re.compile(r"[\d()]")


def collect_language(code: str) -> dict[str, Any]:
    """Returns what one language calls countries and currencies, by ISO 3166 and 4217 codes."""
    # babel's merged tables share parts: names of a language read before stand in the next one's.
    localedata._cache.clear()
    locale = Locale.parse(code)
    return {
        "countries": {
            country: name
            for country, name in locale.territories.items()
            if _COUNTRY.fullmatch(country)
        },
        "currencies": {
            currency: names
            for currency in sorted(CURRENT)
            if (names := _currency_names(locale, currency))
        },
    }


def _currency_names(locale: Locale, currency: str) -> list[str]:
    """Returns a currency's names, singular and plurals; its code where CLDR has none."""
    names = {get_currency_name(currency, count, locale) for count in _COUNTS}
    return sorted(name for name in names if not _NO_NAME.search(name))


def main() -> None:
    """Writes the table, one language per line."""
    lines = (f"{json.dumps(code)}: {_line(code)}" for code in sorted(money_languages()))
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _line(code: str) -> str:
    return json.dumps(collect_language(code), ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
