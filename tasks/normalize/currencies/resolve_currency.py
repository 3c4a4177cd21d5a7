"""Which currency a printed name or sign means, and the rule that says so."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from schemas.currencies.families import DEFAULTS, FAMILIES, NOT_BY_SENTENCE, UNAMBIGUOUS
from tasks.normalize.currencies.pricing import Priced
from tasks.normalize.currencies.reading import Reading
from tasks.normalize.currencies.tenders import has_ended, last_change, on_day

# How far the sentence around an amount is read, on each side.
_SENTENCE = 400
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d%])")
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


def resolve_currency(reading: Reading, priced: Priced) -> Resolved:
    """Chooses the currency of an amount's unit.

    The order:
    - `qualifier`: what is printed beside it ("Swiss francs");
    - `outlet_country`: the outlet's country, where it uses a currency of that name;
    - `sentence_country`: the one country named in the sentence that does;
    - `language_default`: the language's habit;
    - `international_default`: the habit of international reporting.

    A name that none of them settles is `unknowable`. For a unit of one currency only, the rule is
    the unit's kind (`sign`, `code`, `letters`, `word`).

    A name means the currency that bore it on the day of publication: `publication_day` where that
    is not today's. Beside an earlier year the name may mean a currency before that; it is
    ambiguous then.
    """
    resolved = _by_name(reading, priced)
    if reading.day is None or resolved.code is None or priced.unit.kind == "code":
        return resolved
    code, is_shared = on_day(resolved.code, reading.day)
    is_old = is_shared or _is_retrospective(reading, priced, code)
    if code == resolved.code:
        return replace(resolved, is_ambiguous=True) if is_old else resolved
    return Resolved(code, "publication_day", resolved.is_ambiguous or is_old)


def _is_retrospective(reading: Reading, priced: Priced, code: str) -> bool:
    """Whether the sentence names a year before its currency bore the name."""
    change = last_change(code)
    if change is None:
        return False
    start, end = _sentence(reading, priced)
    return any(
        int(year.group()) < change.year
        for year in _YEAR.finditer(reading.text, start, end)
        if not priced.start <= year.start() < priced.end
    )


def _by_name(reading: Reading, priced: Priced) -> Resolved:  # noqa: PLR0911
    unit = priced.unit
    if not unit.is_family:
        return Resolved(unit.name, unit.kind, False)
    family = FAMILIES[unit.name]
    if priced.qualifier and (code := family.get(priced.qualifier)):
        return Resolved(code, "qualifier", False)
    is_ambiguous = unit.name not in UNAMBIGUOUS
    code = family.get(reading.country) if reading.country else None
    if code and not _is_gone(reading, priced, code):
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
    start, end = _sentence(reading, priced)
    first = bisect_left(reading.named, (start, ""))
    last = bisect_left(reading.named, (end, ""), first)
    return {country for _, country in reading.named[first:last]}


def _is_gone(reading: Reading, priced: Priced, code: str) -> bool:
    """Whether a sign's currency was no longer in use in the outlet's country ("£" in Cyprus)."""
    if priced.unit.kind != "sign" or not reading.country or reading.day is None:
        return False
    return has_ended(reading.country, code, reading.day)


def _sentence(reading: Reading, priced: Priced) -> tuple[int, int]:
    start = max(0, priced.start - _SENTENCE)
    for match in _SENTENCE_END.finditer(reading.text, start, priced.start):
        start = match.end()
    ending = _SENTENCE_END.search(reading.text, priced.end, priced.end + _SENTENCE)
    return start, ending.start() if ending else priced.end + _SENTENCE
