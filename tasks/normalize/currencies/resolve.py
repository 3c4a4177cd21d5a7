"""Which currency a printed name or sign means, and the rule that says so."""

from dataclasses import dataclass

from schemas.currencies.families import DEFAULTS, FAMILIES, NOT_BY_SENTENCE, UNAMBIGUOUS
from tasks.normalize.currencies.lexicon import Lexicon, Unit


@dataclass(frozen=True, slots=True)
class Resolved:
    """A currency code (None where it cannot be known), the rule that chose it, and whether the name is shared."""

    code: str | None
    rule: str
    is_ambiguous: bool


def resolve_unit(
    unit: Unit, qualifier: str | None, country: str | None, named: frozenset[str], lexicon: Lexicon
) -> Resolved:
    """Chooses the currency of a unit.

    The order: what is printed beside it ("Swiss francs"), the outlet's country where it uses a currency of
    that name, a country named in the sentence, the language's habit, the international habit.

    Args:
        unit: the sign, code or word.
        qualifier: ISO 3166 code of the country printed beside it.
        country: the outlet's.
        named: countries named in the same sentence.
        lexicon: of the document's language.
    """
    if not unit.is_family:
        return Resolved(unit.name, unit.kind, False)
    family = FAMILIES[unit.name]
    if qualifier and (code := family.get(qualifier)):
        return Resolved(code, "qualifier", False)
    is_ambiguous = unit.name not in UNAMBIGUOUS
    if country and (code := family.get(country)):
        return Resolved(code, "outlet_country", is_ambiguous)
    if unit.name not in NOT_BY_SENTENCE:
        codes = {family[name] for name in named if name in family}
        if len(codes) == 1:
            return Resolved(codes.pop(), "sentence_country", is_ambiguous)
    if code := lexicon.defaults.get(unit.name):
        return Resolved(code, "language_default", is_ambiguous)
    if code := DEFAULTS.get(unit.name):
        return Resolved(code, "international_default" if is_ambiguous else unit.kind, is_ambiguous)
    return Resolved(None, "unknowable", True)
