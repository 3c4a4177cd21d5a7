"""Amounts: digits, scale words and written-out numbers, put together to one value."""

from dataclasses import dataclass
from decimal import Decimal

from schemas.languages.tables import entries
from tasks.normalize.currencies.digits import (
    MAX_DECIMALS,
    SPACES,
    VULGAR_FRACTIONS,
    is_within_limits,
    parse_digits,
)
from tasks.normalize.currencies.lexicon_words import Lexicon
from tasks.normalize.currencies.sums import EXACT, ONE, THOUSAND, Sum
from tasks.normalize.currencies.tokens import Token

_DASHES_FOR_NO_CENTS = (",-", ",- ", ".-", ".- ", ",– ", ",— ")  # "5,- Kč"
# "200多元", "100여 달러"
_MORE_THAN = [form for word in entries("amounts", "more_than") for form in (word, f"{word} ")]
# What may stand between the parts of one amount, and between it and its unit.
GAPS = frozenset(
    {"", "-", "‑", ".", ". ", "’", "'", "  ", *SPACES, *_DASHES_FOR_NO_CENTS, *_MORE_THAN}
)
# Between a number and its scale: Romanian "20 de mii".
_SCALE_GAPS = GAPS | {" de "}
# Digits that go on after a scale word ("5 bin 500") stand right behind it.
_DIGIT_GAPS = frozenset({"", *SPACES})
_MAX_PARTS = 24


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a text.

    Attributes:
        value: with its scale. bare: without it (for ranges that share a scale).
        scale: product of the scale words; 1 where there is none.
        start, end: its span. first, after: the tokens [first, after) that make it.
        is_written: in words, not digits.
        is_sum_like: the digits are grouped, or have two decimals: a way of writing sums.
        printed: the digits, empty for a written-out number.
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
    printed: str


def read_amount(
    text: str, tokens: list[Token], first: int, lexicon: Lexicon, decimal: str
) -> Amount | None:
    """Reads the amount that begins at a token, None where none does.

    Args:
        text: the text.
        tokens: all of its tokens.
        first: index of the token to begin at.
        lexicon: of the text's language.
        decimal: the decimal mark, empty where it is unknown.
    """
    word = tokens[first].word
    reader = _AmountReader(text, tokens, first, lexicon, decimal)
    if word is None:
        return reader.digits()
    if word.number is not None or word.role == "compound" or word.stands_alone:
        return reader.words()
    return None


class _AmountReader:
    """Collects the tokens of one amount, from `first` up to `after`."""

    __slots__ = ("after", "decimal", "first", "lexicon", "scale", "text", "tokens", "total")

    def __init__(
        self, text: str, tokens: list[Token], first: int, lexicon: Lexicon, decimal: str
    ) -> None:
        self.text, self.tokens, self.lexicon, self.decimal = text, tokens, lexicon, decimal
        self.first = self.after = first
        self.total, self.scale = Sum(), ONE

    def digits(self) -> Amount | None:
        """Reads digits with what continues them: a fraction, scale words, digits below a scale."""
        printed = self.tokens[self.first].text
        self.after += 1
        value = parse_digits(
            printed,
            self.decimal,
            is_mixed=self.lexicon.is_mixed,
            is_scaled=self._scale_next() is not None,
        )
        if value is None:
            return None
        if self._follows(self.after) and (
            part := VULGAR_FRACTIONS.get(self.tokens[self.after].text)
        ):
            value = EXACT.add(value, part)
            self.after += 1
        self.total.add(value)
        while self._has_room() and (self._take_scale() or self._take_half() or self._take_digits()):
            pass
        return self._amount(bare=value, printed=printed)

    def words(self) -> Amount | None:
        """Reads a number in words."""
        while self._has_room() and (self.after == self.first or self._follows(self.after)):
            if not self._take_word():
                break
        while self.after > self.first and self._role(self.after - 1) == "and":
            self.after -= 1
        if self.after == self.first or not self.total.terms:
            return None
        bare = EXACT.divide(self.total.total(), self.scale)
        return self._amount(bare=bare, printed="")

    def _has_room(self) -> bool:
        return self.after < len(self.tokens) and self.after - self.first < _MAX_PARTS

    def _gap(self, index: int) -> str:
        return self.text[self.tokens[index - 1].end : self.tokens[index].start]

    def _follows(self, index: int) -> bool:
        """Whether a token stands right after the one before it."""
        return index < len(self.tokens) and self._gap(index) in GAPS

    def _role(self, index: int) -> str | None:
        word = self.tokens[index].word
        return word.role if word else None

    def _scale_next(self) -> Decimal | None:
        if self.after >= len(self.tokens) or self._gap(self.after) not in _SCALE_GAPS:
            return None
        word = self.tokens[self.after].word
        return word.scale if word else None

    def _take_scale(self) -> bool:
        factor = self._scale_next()
        if factor is None:
            return False
        self._multiply(factor)
        self.after += 1
        return True

    def _multiply(self, factor: Decimal) -> None:
        self.total.multiply(factor)
        self.scale = EXACT.multiply(self.scale, factor)

    def _take_half(self) -> bool:
        """Reads the half after a scale: "un million et demi", "dos millones y medio"."""
        if (
            self.scale < THOUSAND
            or not self._follows(self.after)
            or not self._follows(self.after + 1)
        ):
            return False
        word = self.tokens[self.after + 1].word
        if (
            self._role(self.after) != "and"
            or word is None
            or word.number is None
            or not word.number % 1
        ):
            return False
        self.total.add_part(word.number)
        self.after += 2
        return True

    def _take_digits(self) -> bool:
        """Reads digits below a scale: "5 bin 500", "11億7000万"."""
        token = self.tokens[self.after]
        if (
            token.word is not None
            or self.scale < THOUSAND
            or self._gap(self.after) not in _DIGIT_GAPS
        ):
            return False
        if (
            self.tokens[self.after - 1].word is None
            or self.text[self.tokens[self.after - 1].end - 1] == "."
        ):
            return False
        more = parse_digits(token.text, self.decimal)
        if more is None or more >= self.total.terms[-1][1] or not self.total.add(more):
            return False
        self.after += 1
        return True

    def _take_word(self) -> bool:
        word = self.tokens[self.after].word
        if word is None:
            return False
        if word.role == "compound":
            taken = self._add_compound(self.tokens[self.after].text)
        elif word.number is not None and not (word.scale is not None and self.total.terms):
            taken = self._add_number(word.number)
        elif word.scale is not None and (self.after > self.first or word.stands_alone):
            self._multiply(word.scale)
            taken = True
        elif self.after > self.first and word.role == "and":
            if self._take_half():
                return True
            taken = self._number_next()
        elif self.after > self.first and word.role == "point" and self._number_next():
            self._take_decimals()
            return True
        else:
            return False
        self.after += taken
        return taken

    def _add_number(self, number: Decimal) -> bool:
        if number % 1 and self.total.terms:
            return False
        return self.total.add(number)

    def _number_next(self) -> bool:
        """Whether a connector is followed by more of the number."""
        if not self._follows(self.after + 1):
            return False
        word = self.tokens[self.after + 1].word
        return word is not None and (word.number is not None or word.role == "compound")

    def _take_decimals(self) -> None:
        """Reads the digits said after "point"."""
        self.after += 1
        first, place = self.after, ONE
        while (
            self.after < len(self.tokens)
            and self.after - first < MAX_DECIMALS
            and self._follows(self.after)
        ):
            word = self.tokens[self.after].word
            if word is None or word.number is None or word.number >= 10 or word.number % 1:  # noqa: PLR2004
                return
            place = EXACT.divide(place, Decimal(10))
            value, scale = self.total.terms[-1]
            self.total.terms[-1] = (EXACT.add(value, EXACT.multiply(word.number, place)), scale)
            self.after += 1

    def _add_compound(self, form: str) -> bool:
        """Adds a number written as one word ("fünfundvierzig", "ventimila")."""
        assert self.lexicon.atom is not None
        for atom in self.lexicon.atom.findall(form.lower()):
            word = self.lexicon.words.get(atom)
            if word is None or word.role == "and":
                continue
            if word.number is not None:
                if not self.total.add(word.number):
                    return False
            elif word.scale is not None:
                self._multiply(word.scale)
        return bool(self.total.terms)

    def _amount(self, *, bare: Decimal, printed: str) -> Amount | None:
        value = self.total.total()
        if not is_within_limits(value):
            return None
        return Amount(
            value=value,
            bare=bare,
            scale=self.scale,
            start=self.tokens[self.first].start,
            end=self.tokens[self.after - 1].end,
            first=self.first,
            after=self.after,
            is_written=not printed,
            is_sum_like=_is_sum_like(printed, bare),
            printed=printed,
        )


def _is_sum_like(printed: str, value: Decimal) -> bool:
    has_cents = value.as_tuple().exponent == -2  # noqa: PLR2004
    return bool(printed) and (has_cents or (value >= THOUSAND and not printed.isdecimal()))
