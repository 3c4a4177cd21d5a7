"""How one language writes money: the shape of the declarations in this package.

Each table is a text of lines `KEY  form form ...`. In a form

- `_` stands for a space inside a form of several words,
- `рубл/ь/я/ей` is short for рубль рубля рублей (`//` keeps the bare stem as well),
- `dolar~` takes any ending that the language's `tail` pattern allows,
- a trailing `!` marks a word that is also an everyday word: it counts as money only with further
  evidence (a scale word, a large or grouped number, the currency's country),
- a trailing `^` marks a word that may stand before its number ("Rs 500", "Euro 12,50").
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words of one language.

    Attributes:
        units: KEY is an ISO 4217 code, or a family of `schemas.currencies.families`; `/100` after it makes the
            word a minor unit.
        scales: KEY is the multiplier, as `1e6`. Words that also count by themselves ("миллион долларов") have
            a `1` before the form: `1:миллион`.
        numbers: KEY is the value of a number word; `and` names connectors inside written-out numbers, `point` the decimal mark.
        countries: KEY is an ISO 3166 code; adjectives and names that stand beside a unit ("Swiss francs").
        ranges: words between the two ends of a range; openings such as "between" in `range_openings`.
        of: words between a scale word and its unit ("milliards *de* dollars").
        tail: pattern of the endings that a `~` form takes.
        decimal: the decimal mark, `,` or `.`; empty where the press writes both.
        point_countries: countries that write the language with a decimal point (CLDR).
        is_mixed: the press also groups thousands with a comma although the comma is its decimal mark.
        compounds: number words are written together ("fünfundvierzig").
        defaults: KEY is a family, the one form its currency in this language.
        not_before: `unit:next`: what the unit is another word before ("đồng minh", "원칙").
        namesakes: things named after a unit ("a dollar sign"), where the article is no number.
        denominations: words after which, or before which, an amount is the face of a banknote or coin.
    """

    units: str
    scales: str = ""
    numbers: str = ""
    countries: str = ""
    ranges: str = ""
    range_openings: str = ""
    of: str = ""
    tail: str = ""
    decimal: str = ","
    point_countries: str = ""
    is_mixed: bool = False
    compounds: bool = False
    defaults: str = ""
    denominations: str = ""
    not_before: str = ""
    namesakes: str = ""
