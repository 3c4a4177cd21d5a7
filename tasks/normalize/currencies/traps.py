"""What looks like money and is not."""

import re
from decimal import Decimal

from schemas.currencies.families import FAMILIES
from tasks.normalize.currencies.amounts import Amount
from tasks.normalize.currencies.lexicon import Lexicon, Unit

_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_FACES = frozenset(map(Decimal, (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)))
_NEXT_WORD = re.compile(r"[ \u00a0-]?([^\W\d_]+)")
_WEIGHT_BEFORE = re.compile(
    r"(?:weigh|heav|lift|los[te]|gain|wog|wieg|gewicht|poids|pes[aoó]|väg)[^.!?\n]{0,24}\Z",
    re.IGNORECASE,
)
_OF_MATERIAL = re.compile(
    r" of (?!debt|damage|sales|revenue|taxpayer|public|aid|compensation|government|costs?|profits?|income)",
    re.IGNORECASE,
)


def is_weak_without_evidence(
    unit: Unit, amount: Amount, qualifier: str | None, country: str | None, side: str
) -> bool:
    """Whether a word that is also an everyday word stands without anything that makes it money."""
    if side == "both" or qualifier or amount.scale >= 1000 or amount.is_sum_like:
        return False
    family = FAMILIES.get(unit.name)
    if country and (country in family if family else unit.name[:2] == country):
        return False
    return True


def is_not_money(
    text: str, start: int, end: int, amount: Amount, unit: Unit, side: str, lexicon: Lexicon
) -> bool:
    """Whether an amount with its unit is a weight, a banknote, a name or a year after all."""
    following = text[end : end + 1]
    if (
        side == "after"
        and unit.kind in ("code", "letters")
        and following.isalnum()
        and not following.isdigit()
    ):
        return True
    if unit.kind == "word" and _is_face_of_note(text, start, end, amount, lexicon):
        return True
    if unit.name == "pound" and unit.kind == "word" and _is_weight(text, start, end, amount):
        return True
    if (
        side == "before"
        and unit.kind in ("word", "letters")
        and amount.scale == 1
        and _YEAR.match(text[amount.start : amount.end])
    ):
        return True
    return False


def _is_face_of_note(text: str, start: int, end: int, amount: Amount, lexicon: Lexicon) -> bool:
    if amount.scale > 1 or amount.value not in _FACES:
        return False
    match = _NEXT_WORD.match(text, end)
    return bool(match) and match.group(1).lower() in lexicon.denominations  # type: ignore[union-attr]


def _is_weight(text: str, start: int, end: int, amount: Amount) -> bool:
    if amount.scale > 1:
        return False
    if "-" in text[amount.end : end]:
        return True
    return bool(
        _WEIGHT_BEFORE.search(text, max(0, start - 40), start) or _OF_MATERIAL.match(text, end)
    )
