"""Amounts: digits, scale words and written-out numbers, put together to one value."""

from dataclasses import dataclass
from decimal import Context, Decimal

from tasks.normalize.currencies.digits import (
    MAX_DECIMALS,
    MAX_INTEGER_DIGITS,
    SPACES,
    VULGAR_FRACTIONS,
    parse_digits,
)
from tasks.normalize.currencies.lexicon import Lexicon
from tasks.normalize.currencies.tokens import Token

# Exact for every amount within the limits: 28 integer digits, 9 decimals, times a scale.
EXACT = Context(prec=80)
HUNDRED = Decimal(100)
THOUSAND = Decimal(1000)
# What may stand between the parts of one amount.
GAPS = frozenset(
    {"", "-", "‑", ".", ". ", ",-", ",- ", ".-", ".- ", ",– ", ",— ", "’", "'", "  ", *SPACES}
)
_MAX_PARTS = 24


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a text.

    Attributes:
        value: with its scale. bare: without it (for ranges that share a scale).
        scale: product of the scale words; 1 where there is none.
        first, after: tokens [first, after) that make it.
        is_written: in words, not digits.
        is_sum_like: the digits are grouped, or have two decimals: a way of writing sums.
        printed: the digits, empty for a written-out number.
        has_letter_scale: the scale is one letter ("5 m"), which is money only with a sign.
    """

    value: Decimal
    bare: Decimal
    scale: Decimal
    start: int
    end: int
    first: int
    after: int
    is_written: bool
    is_sum_like: bool
    has_letter_scale: bool = False
    printed: str = ""


class _Sum:
    """Adds up terms; a multiplier takes all smaller terms before it ("11億7千万", "7 mil millones")."""

    __slots__ = ("terms",)

    def __init__(self) -> None:
        self.terms: list[tuple[Decimal, Decimal]] = []

    def add(self, value: Decimal) -> bool:
        """Adds a number; False where it cannot continue the ones before ("five six")."""
        if self.terms:
            last, weight = self.terms[-1]
            if weight == 1:
                if last == 4 and value == 20:  # quatre-vingt
                    self.terms[-1] = (Decimal(80), weight)
                    return True
                if not _continues(last, value):
                    return False
                self.terms[-1] = (last + value, weight)
                return True
            if value >= weight:
                return False
        self.terms.append((value, Decimal(1)))
        return True

    def multiply(self, factor: Decimal) -> None:
        taken = Decimal(0)
        while self.terms and self.terms[-1][1] < factor:
            taken += self.terms.pop()[0]
        self.terms.append((EXACT.multiply(taken or Decimal(1), factor), factor))

    def total(self) -> Decimal:
        total = Decimal(0)
        for value, _ in self.terms:
            total = EXACT.add(total, value)
        return total


def _continues(last: Decimal, value: Decimal) -> bool:
    """Whether a number word can follow another: tens and units, hundreds and tens, and German's units and tens."""
    if last >= HUNDRED:
        return last % HUNDRED == 0 and value < HUNDRED
    if last % 10 == 0:
        return value < 10 or (last in (60, 80) and value < 20)
    return last < 10 and value % 10 == 0 and 20 <= value < HUNDRED


def read_amount(
    text: str, tokens: list[Token], first: int, lexicon: Lexicon, decimal: str
) -> Amount | None:
    """Reads the amount that begins at a token, None where none does."""
    token = tokens[first]
    if token.word is None:
        return _read_digits(text, tokens, first, lexicon, decimal)
    if token.word.number is not None or token.word.role == "compound" or token.word.stands_alone:
        return _read_words(text, tokens, first, lexicon)
    return None


def _scale_of(token: Token) -> Decimal | None:
    return token.word.scale if token.word else None


def _follows(text: str, tokens: list[Token], index: int) -> bool:
    """Whether token `index` stands right after the one before it."""
    return index < len(tokens) and text[tokens[index - 1].end : tokens[index].start] in GAPS


def _scales(text: str, tokens: list[Token], index: int) -> bool:
    """Whether token `index` is a scale word of the number before it, maybe after "de" (Romanian "20 de mii")."""
    if index >= len(tokens) or _scale_of(tokens[index]) is None:
        return False
    gap = text[tokens[index - 1].end : tokens[index].start]
    return gap in GAPS or gap == " de "


def _read_digits(
    text: str, tokens: list[Token], first: int, lexicon: Lexicon, decimal: str
) -> Amount | None:
    token = tokens[first]
    total, scale, after = _Sum(), Decimal(1), first + 1
    is_scaled = _scales(text, tokens, after)
    value = parse_digits(token.text, decimal, is_mixed=lexicon.is_mixed, is_scaled=is_scaled)
    if value is None:
        return None
    if (
        after < len(tokens)
        and tokens[after].text in VULGAR_FRACTIONS
        and _follows(text, tokens, after)
    ):
        value += VULGAR_FRACTIONS[tokens[after].text]
        after += 1
    total.add(value)
    letter = False
    while after - first < _MAX_PARTS and (_follows(text, tokens, after) or _scales(text, tokens, after)):
        factor = _scale_of(tokens[after])
        if factor is not None:
            if tokens[after].word and tokens[after].word.is_letter:
                letter = letter or text[tokens[after - 1].end : tokens[after].start] != ""
            total.multiply(factor)
            scale *= factor
            after += 1
            continue
        # "5 bin 500", "11億7000万": digits go on only below a scale.
        if tokens[after].word is None and scale >= 1000 and tokens[after - 1].word and not letter:
            more = parse_digits(tokens[after].text, decimal)
            gap = text[tokens[after - 1].end : tokens[after].start]
            if (
                more is not None
                and more < total.terms[-1][1]
                and "-" not in gap
                and "." not in gap
                and total.add(more)
            ):
                after += 1
                continue
        break
    return _amount(
        tokens,
        first,
        after,
        total.total(),
        value,
        scale,
        False,
        _is_sum_like(token.text, value),
        letter,
        token.text,
    )


def _is_sum_like(printed: str, value: Decimal) -> bool:
    exponent = value.as_tuple().exponent
    return (isinstance(exponent, int) and exponent == -2) or (
        value >= THOUSAND and not printed.isdecimal()
    )


def _read_words(text: str, tokens: list[Token], first: int, lexicon: Lexicon) -> Amount | None:
    total, scale, after = _Sum(), Decimal(1), first
    fraction: Decimal | None = None
    while (
        after < len(tokens)
        and after - first < _MAX_PARTS
        and (after == first or _follows(text, tokens, after))
    ):
        word = tokens[after].word
        if word is None:
            break
        if word.role == "compound":
            if not _add_compound(tokens[after].text, total, lexicon):
                break
        elif word.number is not None and not (word.scale is not None and total.terms):
            if word.number % 1:
                if total.terms:
                    break
                fraction = word.number
                total.terms.append((word.number, Decimal(1)))
            elif not total.add(word.number):
                break
        elif word.scale is not None and (after > first or word.stands_alone):
            total.multiply(word.scale)
            scale *= word.scale
        elif word.role == "and" and after > first and _goes_on(text, tokens, after + 1):
            pass
        elif word.role == "point" and after > first and _goes_on(text, tokens, after + 1):
            after = _add_decimals(text, tokens, after + 1, total)
            continue
        else:
            break
        after += 1
    while after > first and (last := tokens[after - 1].word) and last.role == "and":
        after -= 1
    if after == first or not total.terms:
        return None
    value = total.total()
    return _amount(
        tokens, first, after, value, fraction or value / scale, scale, True, False, False
    )


def _add_decimals(text: str, tokens: list[Token], after: int, total: _Sum) -> int:
    """Adds the digits said after "point"; returns the token after them."""
    place = Decimal(1)
    first = after
    while after - first < MAX_DECIMALS and (after == first or _follows(text, tokens, after)):
        word = tokens[after].word
        if word is None or word.number is None or word.number >= 10 or word.number % 1:
            break
        place /= 10
        value, weight = total.terms[-1]
        total.terms[-1] = (EXACT.add(value, word.number * place), weight)
        after += 1
    return after


def _goes_on(text: str, tokens: list[Token], index: int) -> bool:
    if not _follows(text, tokens, index):
        return False
    word = tokens[index].word
    return word is not None and (word.number is not None or word.role == "compound")


def _add_compound(form: str, total: _Sum, lexicon: Lexicon) -> bool:
    assert lexicon.atom is not None
    for atom in lexicon.atom.findall(form.lower()):
        word = lexicon.words.get(atom)
        if word is None or word.role == "and":
            continue
        if word.number is not None:
            if not total.add(word.number):
                return False
        elif word.scale is not None:
            total.multiply(word.scale)
    return bool(total.terms)


def _amount(
    tokens: list[Token],
    first: int,
    after: int,
    value: Decimal,
    bare: Decimal,
    scale: Decimal,
    is_written: bool,
    is_sum: bool,
    letter: bool,
    printed: str = "",
) -> Amount | None:
    if value.adjusted() >= MAX_INTEGER_DIGITS:
        return None
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > MAX_DECIMALS:
        return None
    return Amount(
        value,
        bare,
        scale,
        tokens[first].start,
        tokens[after - 1].end,
        first,
        after,
        is_written,
        is_sum,
        letter,
        printed,
    )
