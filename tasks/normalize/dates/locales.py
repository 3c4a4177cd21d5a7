"""How locales print numeric dates (CLDR)."""

import json
from functools import cache

from schemas.languages.compiled_tables import FOLDER

# Written by schemas/languages/cldr_orders.py.
_ORDERS = FOLDER / "cldr_orders.json"


def cldr_order(language: str, country: str | None) -> str | None:
    """Returns the order of a locale's short dates: `dmy`, `mdy` or `ymd`; None where not known.

    Args:
        language: ISO 639-1.
        country: ISO 3166-1 alpha-2, None for the language's own default.
    """
    orders = _orders().get(language, {})
    return orders.get(country or "", orders.get(""))


@cache
def _orders() -> dict[str, dict[str, str | None]]:
    """Returns the order of each language, under no name, and of countries with another one."""
    found: dict[str, dict[str, str | None]] = json.loads(_ORDERS.read_text(encoding="utf-8"))
    return found
