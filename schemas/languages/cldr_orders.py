"""Writes cldr_orders.json: in which order the locales of CLDR print short dates.

Run `python -m schemas.languages.cldr_orders` when CLDR has a new release. The file is committed,
because a table that changed with an installed library would change published dates without a change
of the code version. babel would load megabytes for each locale that is asked for its order.

Source: Unicode CLDR, through babel.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError, localedata
from babel.core import LOCALE_ALIASES, get_global

TARGET = Path(__file__).with_name("cldr_orders.json")
ORDERS = frozenset({"dmy", "mdy", "ymd"})


def find_order(language: str, country: str | None) -> str | None:
    """Returns the order of a locale's short dates: `dmy`, `mdy` or `ymd`; None for another or none.

    A locale that CLDR does not have is that of its language.
    """
    for name in (f"{language}_{country}" if country else language, language):
        try:
            return _order_of(str(Locale.parse(name)))
        except (UnknownLocaleError, ValueError):
            continue
    return None


@cache
def _order_of(locale: str) -> str | None:
    # babel's merged tables stay in memory, a megabyte each.
    localedata._cache.clear()
    pattern = Locale.parse(locale).date_formats["short"].pattern.lower()
    order = "".join(sorted("dmy", key=pattern.find))
    return order if order in ORDERS else None


def languages() -> list[str]:
    """Returns the codes of languages that babel knows, with those that are only other names."""
    known = {name.partition("_")[0] for name in localedata.locale_identifiers()}
    renamed = {*get_global("language_aliases"), *LOCALE_ALIASES}
    return sorted(code for code in known | renamed if "_" not in code)


def countries() -> list[str]:
    """Returns the codes of countries, with those that are only other names ("UK")."""
    known = {*get_global("territory_languages"), *get_global("territory_aliases")}
    return sorted(filter(re.compile("[A-Z]{2}").fullmatch, known))


def collect_orders() -> Iterator[tuple[str, dict[str, str | None]]]:
    """Yields the order of each language, under no name, and of its countries with another one."""
    for language in languages():
        own = find_order(language, None)
        found = {country: find_order(language, country) for country in countries()}
        others = {country: order for country, order in found.items() if order != own}
        if own or others:
            yield language, {"": own, **others}


def main() -> None:
    """Writes the table, one language per line."""
    lines = (f" {json.dumps(code)}: {json.dumps(orders)}" for code, orders in collect_orders())
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
