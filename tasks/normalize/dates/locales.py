"""How locales print numeric dates (CLDR, through babel)."""

from functools import cache

from babel import Locale, UnknownLocaleError


@cache
def cldr_order(language: str, country: str | None) -> str | None:
    """Returns the order of a locale's short dates: `dmy`, `mdy` or `ymd`; None where not known.

    Args:
        language: ISO 639-1.
        country: ISO 3166-1 alpha-2, None for the language's own default.
    """
    locale = None
    for name in (f"{language}_{country}" if country else language, language):
        try:
            locale = Locale.parse(name)
            break
        except (UnknownLocaleError, ValueError):
            continue
    if locale is None:
        return None
    pattern = locale.date_formats["short"].pattern.lower()
    positions = sorted((pattern.find(letter), letter) for letter in "dmy")
    letters = "".join(letter for _, letter in positions)
    return letters if letters in {"dmy", "mdy", "ymd"} else None
