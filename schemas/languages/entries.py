"""Kinds of entries in the language files: how each is checked, compared and compiled."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal
from unicodedata import normalize

from babel import Locale
from pydantic import AfterValidator, StringConstraints

from schemas.currencies.families import FAMILIES
from schemas.currencies.iso_4217 import CURRENT, WITHDRAWN
from schemas.languages.cldr_dates import fold_word
from schemas.languages.money import NUMBER_ROLES
from schemas.languages.notation import as_pattern


def fold(entry: str) -> str:
    """Folds what only case or composition tells apart: two such entries are one."""
    return normalize("NFC", entry).replace("İ", "i").lower().strip()


def _fold_scale(entry: str) -> str:
    # "mln" and "mln." are one word: the lexicon drops the dot.
    return fold(entry).rstrip(".")


def _fold_stem(entry: str) -> str:
    return fold(entry).removesuffix("~")


def _fold_sign(entry: str) -> str:
    return _as_printed(entry).rstrip(".")


def _as_printed(entry: str) -> str:
    return normalize("NFC", entry).strip()


@dataclass(frozen=True, slots=True)
class Kind:
    """How the entries of a key are compared with each other.

    Attributes:
        fold: two entries that it makes equal are one entry.
        is_notation: entries may hold braces.
        is_merged: all languages are read together, so an entry has one meaning in all of them.
    """

    fold: Callable[[str], str] = fold
    is_notation: bool = False
    is_merged: bool = False


def _plain(word: str) -> str:
    if re.search(r"[{}]", word):
        raise ValueError("braces have no meaning here: one word an entry")
    return _some(word)


def _some(word: str) -> str:
    if not word.strip() or "  " in word:
        raise ValueError("an entry is words with one space between them")
    return word


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from error
    return pattern


def _country(code: str) -> str:
    if code not in _countries():
        raise ValueError(f"{code!r} is no country's code (ISO 3166-1 alpha-2)")
    return code


def _currency(code: str) -> str:
    if code not in CURRENT | WITHDRAWN:
        raise ValueError(f"{code!r} is no currency's code (ISO 4217)")
    return code


_ALPHA_2 = 2


@cache
def _countries() -> frozenset[str]:
    territories: dict[str, str] = dict(Locale.parse("en").territories)
    return frozenset(code for code in territories if len(code) == _ALPHA_2)


_MEANING = re.compile(
    r"(?P<name>\w+)(?: (?P<sign>[/*]) (?P<number>[\d_]+))?(?P<marks>(?:, (?:everyday|leading))*)"
)
_SCALE = re.compile(r"(?P<value>[\d_]+)(?P<alone>, alone)?")


def parse_unit(meaning: str) -> tuple[str, str, bool, bool]:
    """Parses `cent / 100, everyday`.

    Returns:
        The code or family, the factor to its major unit as an exact number, whether the word is
        an everyday word too, whether it may lead its number.

    Raises:
        ValueError: It is no such meaning.
    """
    match = _MEANING.fullmatch(meaning)
    if match is None:
        raise ValueError(
            f"{meaning!r} is no meaning such as 'EUR', 'cent / 100', 'SEK * 1000', 'won, everyday'"
        )
    if match["name"] not in CURRENT | WITHDRAWN | FAMILIES.keys():
        raise ValueError(f"{match['name']!r} is neither a code of ISO 4217 nor a family")
    number = Decimal((match["number"] or "1").replace("_", ""))
    factor = Decimal(1) / number if match["sign"] == "/" else number
    return match["name"], str(factor), "everyday" in match["marks"], "leading" in match["marks"]


def _scale(meaning: Any) -> tuple[str, bool]:
    match = _SCALE.fullmatch(str(meaning))
    if match is None or isinstance(meaning, bool):
        raise ValueError(f"{meaning!r} is no whole number, nor one with ', alone' behind it")
    return str(int(match["value"].replace("_", ""))), match["alone"] is not None


def _number(meaning: Any) -> str:
    if meaning in NUMBER_ROLES:
        return str(meaning)
    if isinstance(meaning, bool) or not isinstance(meaning, int | float | Decimal):
        raise ValueError(f"{meaning!r} is no number, nor one of {', '.join(sorted(NUMBER_ROLES))}")
    return str(meaning)


def _default(defaults: dict[str, str]) -> dict[str, str]:
    for family, code in defaults.items():
        if code not in FAMILIES.get(family, {}).values():
            raise ValueError(f"{code!r} is no currency of the family {family!r}")
    return defaults


def _folded(word: str) -> str:
    """Refuses a word that no text is compared with: texts are folded before."""
    if fold_word(word) != word:
        raise ValueError(f"is compared as {fold_word(word)!r}: write it so")
    return word


def _ago(form: str) -> str:
    if form.count("#") != 1:
        raise ValueError("one # stands where the number does")
    return form


def _within(number: int, low: int, high: int) -> int:
    if not low <= number <= high:
        raise ValueError(f"{number} is not from {low} to {high}")
    return number


FoldedWord = Annotated[str, AfterValidator(_plain), AfterValidator(_folded)]
AgoForm = Annotated[FoldedWord, AfterValidator(_ago)]
Words = Annotated[tuple[Annotated[str, AfterValidator(_plain)], ...], Kind()]
FoldedWords = Annotated[tuple[FoldedWord, ...], Kind()]
PrintedWords = Annotated[tuple[Annotated[str, AfterValidator(_plain)], ...], Kind(_as_printed)]
Phrases = Annotated[
    tuple[Annotated[str, AfterValidator(_some), AfterValidator(as_pattern)], ...],
    Kind(is_notation=True),
]
Patterns = Annotated[tuple[Annotated[str, AfterValidator(_compiles)], ...], Kind(_as_printed)]
Countries = tuple[Annotated[str, AfterValidator(_country)], ...]

Endings = Annotated[str, AfterValidator(_compiles)]

_Unit = Annotated[Any, AfterValidator(parse_unit)]
Units = Annotated[dict[str, _Unit], Kind(_fold_stem, is_notation=True)]
LetterSigns = Annotated[dict[str, _Unit], Kind(_fold_sign, is_merged=True)]
Scales = Annotated[
    dict[str, Annotated[Any, AfterValidator(_scale)]], Kind(_fold_scale, is_notation=True)
]
Numbers = Annotated[dict[str, Annotated[Any, AfterValidator(_number)]], Kind(is_notation=True)]
CountryNames = Annotated[
    dict[str, Annotated[str, AfterValidator(_country)]], Kind(_fold_stem, is_notation=True)
]
CurrencyNames = Annotated[
    dict[str, Annotated[str, AfterValidator(_currency)]], Kind(is_merged=True)
]
Defaults = Annotated[dict[str, str], AfterValidator(_default), Kind()]

_Month = Annotated[int, AfterValidator(lambda month: _within(month, 1, 12))]
Months = Annotated[dict[FoldedWord, _Month], Kind()]
MergedMonths = Annotated[dict[FoldedWord, _Month], Kind(is_merged=True)]
_Hours = Annotated[str, StringConstraints(pattern=r"^(am|pm|([01]?\d|2[0-4])-([01]?\d|2[0-4]))$")]
Meridiems = Annotated[dict[FoldedWord, _Hours], Kind()]
_Span = Literal["second", "minute", "hour", "day", "week"]
Ago = Annotated[dict[AgoForm, _Span], Kind(is_merged=True)]
WordNumbers = Annotated[dict[FoldedWord, int], Kind(is_merged=True)]
WordLists = Annotated[dict[FoldedWord, tuple[str, ...]], Kind(is_merged=True)]
Marks = Annotated[dict[str, str], Kind(_as_printed, is_merged=True)]
