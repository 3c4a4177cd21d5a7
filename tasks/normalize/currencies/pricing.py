"""Which unit stands beside an amount: before it, after it, or both."""

from dataclasses import dataclass, replace

from schemas.currencies.families import FAMILIES
from schemas.languages.compiled_tables import entries
from tasks.normalize.currencies.amounts import GAPS, Amount
from tasks.normalize.currencies.lexicon_words import Unit
from tasks.normalize.currencies.reading import Reading
from tasks.normalize.currencies.sums import EXACT, ONE

# Between a unit and the country behind it: "dólares de los Estados Unidos".
_OF_GAPS = frozenset(f" {word} " for word in entries("amounts", "of_country")) | {" d'", " d’"}
# Languages that put the country behind the unit without a word between ("долларов Канады").
_GENITIVE = frozenset(
    ["ru", "uk", "be", "bg", "pl", "cs", "sk", "hr", "sr", "sl", "lt", "el", "id", "ms", "vi"]
)
_LONGEST_OF = 8
# No part of a mention stands farther from the next one, but for white space between them.
FARTHEST = max(_LONGEST_OF, *map(len, GAPS | _OF_GAPS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A unit beside an amount, and the country printed with it (`qualifier`).

    It is made of the tokens [first, after), at [start, end) in the text.
    """

    unit: Unit
    qualifier: str | None
    start: int
    end: int
    first: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """An amount with its unit; `side` says where that stands.

    `before`, `after`, `both`, or `shared` where a range has one unit for both ends.
    """

    amount: Amount
    unit: Unit
    qualifier: str | None
    start: int
    end: int
    first: int
    after: int
    side: str


def price(reading: Reading, amount: Amount, used: int) -> Priced | None:
    """Chooses the unit of an amount, None where none stands beside it.

    A unit on both sides is one where they agree ("NZD $100", "$100 CAD"); else the one before
    wins, unless it is a word ("the euro 5 dollars") or weak ("TRY 20 dollars").

    Args:
        reading: the text.
        amount: the number.
        used: tokens before this one belong to an earlier mention.
    """
    before = _unit_before(reading, amount, used)
    behind = _unit_after(reading, amount)
    if before and behind and _leads_on(reading, behind):
        behind = None
    if before and behind:
        if merged := merge(before.unit, behind.unit):
            return Priced(
                amount=amount,
                unit=merged,
                qualifier=behind.qualifier or before.qualifier,
                start=before.start,
                end=behind.end,
                first=before.first,
                after=behind.after,
                side="both",
            )
        if before.unit.is_weak or before.unit.kind == "word":
            before = None
    if before:
        return Priced(
            amount=amount,
            unit=before.unit,
            qualifier=before.qualifier,
            start=before.start,
            end=amount.end,
            first=before.first,
            after=amount.after,
            side="before",
        )
    return _with_unit_behind(reading, amount, behind) if behind else None


def merge(one: Unit, other: Unit) -> Unit | None:
    """Returns the more exact of two units of the same money ("NZD $"), None if they differ."""
    if one.factor != other.factor:
        return None
    if one.name == other.name:
        return one
    if other.name in FAMILIES.get(one.name, {}).values():
        return other
    if one.name in FAMILIES.get(other.name, {}).values():
        return one
    for sign, word in ((one, other), (other, one)):
        if sign.name == "dollar_sign" and word.name in ("dollar", "peso"):
            return word
    return None


def _with_unit_behind(reading: Reading, amount: Amount, behind: Beside) -> Priced:
    priced = Priced(
        amount=amount,
        unit=behind.unit,
        qualifier=behind.qualifier,
        start=amount.start,
        end=behind.end,
        first=amount.first,
        after=behind.after,
        side="after",
    )
    # "75 USD million": the scale behind the code.
    word = reading.word_at(priced.after)
    if word is None or word.scale is None or word.is_letter or word.unit:
        return priced
    if (
        amount.scale != ONE
        or priced.unit.kind == "word"
        or reading.gap_to(priced.after, priced.end) != " "
    ):
        return priced
    scaled = replace(amount, value=EXACT.multiply(amount.value, word.scale), scale=word.scale)
    return replace(
        priced, amount=scaled, end=reading.tokens[priced.after].end, after=priced.after + 1
    )


def _unit_before(reading: Reading, amount: Amount, used: int) -> Beside | None:
    """Returns the unit before an amount, with the country or the code that stands before it."""
    first = amount.first - 1
    unit = _prefix_unit(reading, amount, first) if first >= used else None
    if unit is None:
        return None
    qualifier = None
    if first > used and (narrowed := _narrow_before(reading, first, unit)):
        first -= 1
        unit, qualifier = narrowed
    return Beside(
        unit=unit,
        qualifier=qualifier,
        start=reading.tokens[first].start,
        end=amount.start,
        first=first,
        after=amount.first,
    )


def _prefix_unit(reading: Reading, amount: Amount, index: int) -> Unit | None:
    """Returns the unit that a token is, where such a unit stands before an amount in digits."""
    word = reading.word_at(index)
    if word is None or word.unit is None:
        return None
    if amount.is_written and not reading.lexicon.is_scale_first:
        return None
    unit = word.unit
    gap = reading.text[reading.tokens[index].end : amount.start]
    is_near = gap in GAPS or (unit.kind == "sign" and gap in (":", ": "))
    return unit if is_near and unit.is_prefix and unit.factor >= ONE else None


def _narrow_before(reading: Reading, index: int, unit: Unit) -> tuple[Unit, str | None] | None:
    """Returns the unit and the country that the token before a unit makes of it.

    That token is the currency's code or a country that has such a unit ("CAD $5", "US$5"); None
    where it is neither.
    """
    previous = reading.word_at(index - 1)
    if not previous or not reading.touches(index, reading.tokens[index - 1].end):
        return None
    code = previous.unit if previous.unit and previous.unit.kind == "code" else None
    merged = merge(unit, code) if code else None
    qualifier = previous.country if previous.country in FAMILIES.get(unit.name, {}) else None
    return (merged or unit, qualifier) if merged or qualifier else None


def _unit_after(reading: Reading, amount: Amount) -> Beside | None:
    index, position, qualifier = amount.after, amount.end, None
    while _joins(reading, index, position):
        word = reading.word_at(index)
        if word is None:
            return None
        if word.unit is not None:
            if amount.is_written and word.unit.kind == "sign":
                return None  # "a $5 ticket"
            return _complete_after(reading, amount, index, word.unit, qualifier)
        if word.country is None:
            return None
        qualifier, position, index = word.country, reading.tokens[index].end, index + 1
    return None


def _joins(reading: Reading, index: int, position: int) -> bool:
    """Whether a token goes on after a position, maybe after "de" or "of"."""
    gap = reading.gap_to(index, position)
    if gap is None:
        return False
    return gap in GAPS or (
        len(gap) < _LONGEST_OF and gap.strip(" \u00a0'’").lower() in reading.lexicon.of
    )


def _complete_after(
    reading: Reading, amount: Amount, index: int, unit: Unit, qualifier: str | None
) -> Beside | None:
    """Adds what stands behind the unit: a country ("francs suisses"), or its code ("$ CAD")."""
    token = reading.tokens[index]
    if unit.kind == "letters" and len(token.text) == 1 and token.text.isascii():
        return None  # "P5P": letters stand before the number
    end, after = token.end, index + 1
    has_number_behind = after < len(reading.tokens) and reading.tokens[after].word is None
    if (
        unit.is_prefix
        and has_number_behind
        and reading.gap_to(after, end) == ""
        and token.start > amount.end
    ):
        return None  # "5 $10", "3 USD50": the unit belongs to the next number
    while named := _country_behind(reading, after, end, unit):
        qualifier, end, after = named, reading.tokens[after].end, after + 1
    behind = reading.word_at(after)
    merged = (
        merge(unit, behind.unit) if behind and behind.unit and reading.touches(after, end) else None
    )
    if merged:
        unit, end, after = merged, reading.tokens[after].end, after + 1
    return Beside(
        unit=unit, qualifier=qualifier, start=token.start, end=end, first=index, after=after
    )


def _country_behind(reading: Reading, index: int, position: int, unit: Unit) -> str | None:
    word = reading.word_at(index)
    if word is None or word.unit is not None:
        return None
    gap = reading.gap_to(index, position)
    named = word.country if gap in GAPS or gap in _OF_GAPS else None
    if gap in _OF_GAPS or (gap == " " and reading.lexicon.language in _GENITIVE):
        named = named or word.named_country
    return named if named in FAMILIES.get(unit.name, {}) else None


def _leads_on(reading: Reading, unit: Beside) -> bool:
    """Whether a sign or code stands before another number ("$ 20 $ 37", "USD 1.7 EUR 1.98")."""
    if unit.unit.kind == "word" or unit.after >= len(reading.tokens):
        return False
    return reading.tokens[unit.after].word is None and reading.touches(unit.after, unit.end)
