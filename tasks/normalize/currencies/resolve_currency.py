"""Which currency a printed name or sign means, and the rule that says so."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from schemas.currencies.families import DEFAULTS, FAMILIES, NOT_BY_SENTENCE, UNAMBIGUOUS
from tasks.normalize.currencies.pricing import Priced
from tasks.normalize.currencies.reading import Reading

# How far the sentence around an amount is read, on each side.
_SENTENCE = 400
_SENTENCE_END = re.compile(r"[.!?。！？؟।]\s+(?=[^a-zа-я])|\n")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A currency and the rule that chose it.

    Attributes:
        code: ISO 4217, None where it cannot be known.
        rule: see `resolve_currency`.
        is_ambiguous: the printed name is shared by several currencies.
    """

    code: str | None
    rule: str
    is_ambiguous: bool


def resolve_currency(reading: Reading, priced: Priced) -> Resolved:  # noqa: PLR0911
    """Chooses the currency of an amount's unit.

    The order:
    - `qualifier`: what is printed beside it ("Swiss francs");
    - `outlet_country`: the outlet's country, where it uses a currency of that name;
    - `sentence_country`: the one country named in the sentence that does;
    - `language_default`: the language's habit;
    - `international_default`: the habit of international reporting.

    A name that none of them settles is `unknowable`. For a unit of one currency only, the rule is
    the unit's kind (`sign`, `code`, `letters`, `word`).
    """
    unit = priced.unit
    if not unit.is_family:
        return Resolved(unit.name, unit.kind, False)
    family = FAMILIES[unit.name]
    if priced.qualifier and (code := family.get(priced.qualifier)):
        return Resolved(code, "qualifier", False)
    is_ambiguous = unit.name not in UNAMBIGUOUS
    if reading.country and (code := family.get(reading.country)):
        return Resolved(code, "outlet_country", is_ambiguous)
    if unit.name not in NOT_BY_SENTENCE:
        codes = {
            family[country] for country in _countries_near(reading, priced) if country in family
        }
        if len(codes) == 1:
            return Resolved(codes.pop(), "sentence_country", is_ambiguous)
    if code := reading.lexicon.defaults.get(unit.name):
        return Resolved(code, "language_default", is_ambiguous)
    if code := DEFAULTS.get(unit.name):
        return Resolved(code, "international_default" if is_ambiguous else unit.kind, is_ambiguous)
    return Resolved(None, "unknowable", True)


def _countries_near(reading: Reading, priced: Priced) -> set[str]:
    """The countries named in the sentence around an amount."""
    start = max(0, priced.start - _SENTENCE)
    for match in _SENTENCE_END.finditer(reading.text, start, priced.start):
        start = match.end()
    ending = _SENTENCE_END.search(reading.text, priced.end, priced.end + _SENTENCE)
    end = ending.start() if ending else priced.end + _SENTENCE
    first = bisect_left(reading.places, (start, ""))
    last = bisect_left(reading.places, (end, ""), first)
    return {country for _, country in reading.places[first:last]}
