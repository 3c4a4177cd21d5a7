"""What looks like money and is not: weights, banknotes, names, years, other words."""

import re
from collections.abc import Callable
from decimal import Decimal

from schemas.currencies.families import FAMILIES
from schemas.languages.compiled_tables import entries
from tasks.normalize.currencies.grounds import Ground
from tasks.normalize.currencies.numbered_things import is_day, is_numbered_thing
from tasks.normalize.currencies.pricing import Priced
from tasks.normalize.currencies.reading import Reading
from tasks.normalize.currencies.sums import THOUSAND
from tasks.normalize.currencies.suspects import SuspectAmount
from tasks.normalize.currencies.tenders import has_used
from tasks.printed.phrases import any_of

_TEN = Decimal(10)
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_FACES = frozenset(map(Decimal, (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)))
_NEXT_WORD = re.compile(r"[ \u00a0-]?([^\W\d_]+)")
_IN = re.compile(rf"\b{any_of('amounts', 'years_in')} (?:{any_of('amounts', 'prices')} )?\Z", re.I)
_ONE_LETTER = re.compile(r"[ \u00a0]?[A-Za-z]")
# Body weights, cargoes, drugs and bombs, before or after "243 pounds"; and pounds of something.
_WEIGHT_BEFORE = re.compile(
    rf"{any_of('amounts', 'weights_before')}[^.!?\n]{{0,32}}\Z", re.IGNORECASE
)
_WEIGHT_LOST = re.compile(rf"{any_of('amounts', 'weights_lost')}[^.!?\n]{{0,32}}\Z", re.IGNORECASE)
_WEIGHT_AFTER = re.compile(rf"[ -]{any_of('amounts', 'weights_after')}", re.IGNORECASE)
_OF_MATERIAL = re.compile(rf" of (?!{any_of('amounts', 'of_money')})", re.IGNORECASE)
_GLUED_DIGITS = frozenset(entries("amounts", "glued_digits"))
# "A coin for 50 pounds" was bought.
_PAID_FOR = "(?:for|at|per|por|für|pro|za|за|för|til)"
_NOTE_BEFORE = re.compile(
    rf"([^\W\d_]+)(?:[ \u00a0'’](?!{_PAID_FOR}\b)[^\W\d_]{{1,3}}){{0,2}}[ \u00a0'’]\Z"
)
_SAYINGS = re.compile(any_of("amounts", "idioms"), re.IGNORECASE)
# Pounds by these names are money; where people are weighed in stones, so are many pounds.
_NEVER_WEIGHTS = frozenset(["quid", "pounds sterling", "pound sterling"])
_STONE_COUNTRIES = frozenset(["GB", "IE", "IM", "JE", "GG"])
_HEAVY = Decimal(100)
# Everyday words that have a plural as money: "3 real challenges".
_NOT_PLURAL = frozenset([" real", " colon", " sol", " mark", " crown", " leone", " guarani"])
# "数千円", "几百元": several thousand, not one.
_SEVERAL = frozenset(entries("amounts", "several"))


def is_weak_without_evidence(priced: Priced, country: str | None) -> bool:
    """Whether a word that is also an everyday word stands without anything that makes it money.

    A country beside it, a scale word, digits written as sums are, or an outlet of the currency's
    country do.
    """
    unit, amount = priced.unit, priced.amount
    if not unit.is_weak or priced.side == "both" or priced.qualifier:
        return False
    if not unit.is_local and (amount.scale >= THOUSAND or amount.is_sum_like):
        return False
    family = FAMILIES.get(unit.name)
    return not (country and (country in family if family else has_used(country, unit.name)))


def find_trap(reading: Reading, priced: Priced) -> Ground | None:
    """Returns why an amount with its unit is no money, None where no trap springs."""
    candidate = SuspectAmount(
        reading.text,
        priced.start,
        priced.end,
        priced.amount,
        priced.unit,
        priced.side,
        reading.lexicon,
        reading.country,
    )
    for ground, springs in _TRAPS:
        if springs(candidate):
            return ground
    return None


def _is_glued_to_word(it: SuspectAmount) -> bool:
    """The unit goes on as another word ("5 CADs"), or the number does ("P5P")."""
    if it.unit.kind not in ("code", "letters"):
        return False
    following = it.text[it.end : it.end + 1]
    if it.side == "after":
        return following.isalnum() and not following.isdigit()
    return it.side == "before" and following.isalpha() and following.isascii()


def _is_lone_letter(it: SuspectAmount) -> bool:
    """A letter after the number ("7.00 P.M.").

    Only pence are written so, glued ("50p"), and no screens ("720p").
    """
    if it.side != "after" or not _ONE_LETTER.fullmatch(it.text, it.amount.end, it.end):
        return False
    if it.unit.kind == "letters":
        return True
    return it.text[it.amount.end] == " " or it.amount.value % 120 == 0


def _is_loose_numeral(it: SuspectAmount) -> bool:
    """Characters that are also parts of other words only look like a written-out number."""
    if not it.amount.is_written:
        return False
    printed = it.text[it.amount.start : it.amount.end]
    if "\uac00" <= printed[0] <= "\ud7a3":
        if it.start and "\uac00" <= it.text[it.start - 1] <= "\ud7a3":
            return True
        unit = it.text[it.amount.end : it.end]
        is_digit = len(printed) == 1 and printed in _GLUED_DIGITS
        return is_digit and (unit.startswith(" ") or unit == "원")
    return it.start > 0 and it.text[it.start - 1] in _SEVERAL


def _is_another_word(it: SuspectAmount) -> bool:
    """What follows makes the unit another word ("đồng minh", "원칙")."""
    if not it.lexicon.not_before or it.side != "after":
        return False
    following = it.text[it.end : it.end + 12].lstrip(" -").split(" ", 1)[0].lower()
    return any(
        it.text.startswith(unit, max(it.start, it.end - len(unit))) and following.startswith(word)
        for unit, word in it.lexicon.not_before
    )


def _is_namesake(it: SuspectAmount) -> bool:
    """A thing named after the unit ("a dollar sign"), whose article is no number."""
    if not it.amount.is_written or it.amount.value != 1 or it.side != "after":
        return False
    following = _NEXT_WORD.match(it.text, it.end)
    return following is not None and following.group(1).lower() in it.lexicon.namesakes


def _is_face_of_note(it: SuspectAmount) -> bool:
    """The denomination of a banknote or coin ("a 500-manat note", "le billet de 500 euros")."""
    if it.amount.scale > 1 or it.amount.value not in _FACES:
        return False
    following = _NEXT_WORD.match(it.text, it.end)
    if following is not None and following.group(1).lower() in it.lexicon.denominations:
        return True
    before = _NOTE_BEFORE.search(it.text, max(0, it.start - 32), it.start)
    return before is not None and before.group(1).lower() in it.lexicon.denominations


def _is_weight(it: SuspectAmount) -> bool:
    if it.unit.name != "pound" or it.unit.kind != "word" or it.amount.scale > 1:
        return False
    if it.text[it.amount.end : it.end].strip(" -").lower() in _NEVER_WEIGHTS:
        return False
    if "-" in it.text[it.amount.end : it.end]:
        return True
    start = max(0, it.start - 60)
    is_weighed = bool(_WEIGHT_BEFORE.search(it.text, start, it.start)) or _is_weight_behind(it)
    # Nobody loses 50,000 pounds of weight, and Britons lose stones.
    is_no_body = it.amount.is_sum_like or (
        it.country in _STONE_COUNTRIES and it.amount.value >= _HEAVY
    )
    return is_weighed or (not is_no_body and bool(_WEIGHT_LOST.search(it.text, start, it.start)))


def _is_weight_behind(it: SuspectAmount) -> bool:
    return bool(_WEIGHT_AFTER.match(it.text, it.end) or _OF_MATERIAL.match(it.text, it.end))


def _is_year(it: SuspectAmount) -> bool:
    """A year after a word ("Euro 2024"), or before one ("in 2010 dollars")."""
    if it.unit.kind not in ("word", "letters") or it.amount.scale != 1:
        return False
    if not _YEAR.match(it.text[it.amount.start : it.amount.end]):
        return False
    return it.side == "before" or bool(_IN.search(it.text, max(0, it.start - 14), it.start))


def _is_class(it: SuspectAmount) -> bool:
    """A small number after a word, as in the names of emission classes ("Euro 5")."""
    is_bare = it.amount.scale == 1 and it.amount.printed.isdecimal()
    return it.side == "before" and it.unit.kind == "word" and is_bare and it.amount.value < _TEN


def _is_everyday_word(it: SuspectAmount) -> bool:
    """One of an everyday word ("un peso"), or some of its parts ("五角")."""
    if not it.unit.is_weak or not it.amount.is_written or it.amount.scale >= THOUSAND:
        return False
    return it.amount.value == 1 or it.unit.factor < 1


def _is_saying(it: SuspectAmount) -> bool:
    """An amount in a saying ("a million-dollar question", "my two cents")."""
    if it.side != "after":
        return False
    return any(
        saying.start() < it.end and it.start < saying.end()
        for saying in _SAYINGS.finditer(it.text, max(0, it.start - 40), it.end + 40)
    )


def _is_name(it: SuspectAmount) -> bool:
    """A name in title case where the unit would be in the plural ("50 Cent".

    "2 Dollar General stores").
    """
    if it.lexicon.language != "en" or it.amount.value == 1:
        return False
    if it.unit.is_weak and it.text[it.amount.end : it.end] in _NOT_PLURAL:
        return True
    return it.text[it.amount.end : it.end] in (" Cent", " Dollar", " Pound")


_TRAPS: tuple[tuple[Ground, Callable[[SuspectAmount], bool]], ...] = (
    (Ground.GLUED_TO_WORD, _is_glued_to_word),
    (Ground.LONE_LETTER, _is_lone_letter),
    (Ground.LOOSE_NUMERAL, _is_loose_numeral),
    (Ground.ANOTHER_WORD, _is_another_word),
    (Ground.NAMESAKE, _is_namesake),
    (Ground.FACE_OF_NOTE, _is_face_of_note),
    (Ground.WEIGHT, _is_weight),
    (Ground.YEAR, _is_year),
    (Ground.CLASS, _is_class),
    (Ground.NUMBERED_THING, is_numbered_thing),
    (Ground.DAY, is_day),
    (Ground.SAYING, _is_saying),
    (Ground.ONE_OF_A_WORD, _is_everyday_word),
    (Ground.NAME, _is_name),
)
