"""How each language writes money."""

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TypedDict

from schemas.languages.compiled_tables import FOLDER, Table, language_codes, read_language

ENGLISH = "en"
# What a word of numbers may be beside a number.
NUMBER_ROLES = frozenset(["and", "point", "several", "unread"])
_SECTION = "money"
_CLDR = FOLDER / "cldr_money.json"


@dataclass(frozen=True, slots=True)
class UnitForm:
    """A printed form that names money.

    Attributes:
        form: as printed; `_` stands between its words, `~` for any ending.
        name: ISO 4217 code, or a family of `schemas.currencies.families`.
        factor: major units in one of it.
        is_everyday: also another word, so it needs further evidence.
        is_leading: may stand before its number.
    """

    form: str
    name: str
    factor: Decimal
    is_everyday: bool
    is_leading: bool


@dataclass(frozen=True, slots=True)
class ScaleForm:
    """A printed form that multiplies; `is_alone` where it is also a number by itself."""

    form: str
    value: Decimal
    is_alone: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class MoneyWords:
    """The words of money of one language; see `schemas.languages.declaration.Money`.

    Attributes:
        numbers: form and value; the value is `and` or `point` for connectors and decimal marks,
            `several` and `unread` for what makes the number beside it unknown.
        countries: form and ISO 3166 code.
        not_before: a unit's form and what it is another word before.
    """

    units: tuple[UnitForm, ...]
    scales: tuple[ScaleForm, ...]
    numbers: tuple[tuple[str, str], ...]
    countries: tuple[tuple[str, str], ...]
    ranges: tuple[str, ...]
    range_openings: tuple[str, ...]
    of: frozenset[str]
    endings: str
    decimal: str
    point_countries: frozenset[str]
    groups_with_comma: bool
    compounds: bool
    scale_first: bool
    defaults: dict[str, str]
    denominations: frozenset[str]
    not_before: frozenset[tuple[str, str]]
    namesakes: frozenset[str]


@cache
def money_languages() -> frozenset[str]:
    """Returns the codes of the languages whose money words are declared."""
    return frozenset(language_codes(_SECTION))


def money_words(language: str) -> MoneyWords:
    """Returns the words of a language; languages that share their words share the object.

    Raises:
        KeyError: The language has none (see `money_languages`).
    """
    return _read(language)


class CldrNames(TypedDict):
    """What CLDR calls countries (by ISO 3166 code) and currencies (by ISO 4217 code, all forms)."""

    countries: dict[str, str]
    currencies: dict[str, list[str]]


def cldr_names(language: str) -> CldrNames:
    """Returns CLDR's names in one language, as printed; see `cldr_money.py`, which writes them.

    Raises:
        KeyError: The language has no money words.
    """
    names: CldrNames = json.loads(_cldr_lines()[language])
    return names


@cache
def _cldr_lines() -> dict[str, bytes]:
    """Splits the names, which have a language a line, without parsing what is not asked for."""
    lines = (line.partition(b": ") for line in _CLDR.read_bytes().splitlines()[1:-1])
    return {json.loads(code): content.rstrip(b",") for code, _, content in lines}


def all_money_words() -> list[MoneyWords]:
    """Returns the words of all languages, each once, in the order of precedence."""
    return list(dict.fromkeys(map(_read, language_codes(_SECTION))))


@cache
def _read(code: str) -> MoneyWords:
    table = read_language(_SECTION, code)
    if table is None:
        raise KeyError(code)
    return _read(table["same_as"]) if "same_as" in table else _words(table)


def _words(table: Table) -> MoneyWords:
    return MoneyWords(
        units=tuple(
            UnitForm(form, name, Decimal(factor), is_everyday, is_leading)
            for form, name, factor, is_everyday, is_leading in table.get("units", ())
        ),
        scales=tuple(
            ScaleForm(form, Decimal(value), is_alone)
            for form, value, is_alone in table.get("scales", ())
        ),
        numbers=tuple((form, value) for form, value in table.get("numbers", ())),
        countries=tuple((form, country) for form, country in table.get("countries", ())),
        ranges=tuple(table.get("ranges", ())),
        range_openings=tuple(table.get("range_openings", ())),
        of=frozenset(table.get("of", ())),
        endings=table.get("endings", ""),
        decimal=table.get("decimal", ""),
        point_countries=frozenset(table.get("point_countries", ())),
        groups_with_comma=table.get("groups_with_comma", False),
        compounds=table.get("compounds", False),
        scale_first=table.get("scale_first", False),
        defaults=table.get("defaults", {}),
        denominations=frozenset(table.get("denominations", ())),
        not_before=frozenset(
            (unit, following)
            for unit, followings in table.get("not_before", {}).items()
            for following in followings
        ),
        namesakes=frozenset(table.get("namesakes", ())),
    )
