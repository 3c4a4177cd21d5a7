"""Amounts: digits, scale words and written-out numbers, put together to one value."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from schemas.languages.compiled_tables import entries
from tasks.normalize.currencies.digits import (
    MAX_DECIMALS,
    SPACES,
    VULGAR_FRACTIONS,
    is_whole,
    is_within_limits,
    parse_digits,
)
from tasks.normalize.currencies.lexicon_words import Lexicon, Word
from tasks.normalize.currencies.sums import EXACT, HUNDRED, ONE, THOUSAND, Sum
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
_HALF = Decimal("0.5")


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
    is_scale = word is not None and lexicon.is_scale_first and bool(word.scale)
    if not (is_scale or word is None or _may_begin_words(word)):
        return None
    reader = _AmountReader(text, tokens, first, lexicon, decimal)
    if word is None:
        return reader.digits()
    if is_scale and (found := reader.scale_first()):
        return found
    return reader.words() if _may_begin_words(word) else None


def _may_begin_words(word: Word) -> bool:
    return word.number is not None or word.role == "compound" or word.stands_alone


class _AmountReader:
    """Collects the tokens of one amount, from `first` up to `after`."""

    __slots__ = ("after", "decimal", "first", "lexicon", "text", "tokens", "total")

    def __init__(
        self, text: str, tokens: list[Token], first: int, lexicon: Lexicon, decimal: str
    ) -> None:
        self.text, self.tokens, self.lexicon, self.decimal = text, tokens, lexicon, decimal
        self.first = self.after = first
        self.total = Sum()

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
        while self._has_room() and (
            self._take_scale()
            or self._take_part()
            or self._take_digits()
            or self._take_lower_digits()
        ):
            pass
        if (scale := self.total.scale) != ONE:
            value = EXACT.divide(self.total.total(), scale)
        return self._amount(bare=value, printed=printed)

    def scale_first(self) -> Amount | None:
        """Reads a number behind its scale, as Swahili has it: "milioni 5", "milioni tano"."""
        scale = self.tokens[self.first].word
        if scale is None or scale.scale is None or not self._follows(self.first + 1):
            return None
        number = read_amount(self.text, self.tokens, self.first + 1, self.lexicon, self.decimal)
        if number is None or number.scale != ONE:
            return None
        self.total.add(number.value)
        self.total.multiply(scale.scale)
        self.after = number.after
        return self._amount(bare=number.bare, printed=number.printed)

    def words(self) -> Amount | None:
        """Reads a number in words."""
        while self._has_room() and (self.after == self.first or self._follows(self.after)):
            if not self._take_word():
                break
        while self.after > self.first and self._role(self.after - 1) == "and":
            self.after -= 1
        if self.after == self.first or not self.total.terms:
            return None
        bare = EXACT.divide(self.total.total(), self.total.scale)
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
        self.total.multiply(factor)
        self.after += 1
        return True

    @property
    def _last_scale(self) -> Decimal:
        return self.total.terms[-1][1] if self.total.terms else ONE

    @property
    def _largest_scale(self) -> Decimal:
        return max((scale for _, scale, _ in self.total.terms), default=ONE)

    def _take_part(self) -> bool:
        """Reads a half after a number or its scale.

        "Two and a half million", "un million et demi", "bir buçuk milyon", "مليون ونصف". Of a
        number, and without an "and", only a half is one: "three quarters" is less than one.
        """
        value, scale, _ = self.total.terms[-1] if self.total.terms else (ONE, ONE, ONE)
        can_have_part = is_whole(value) and (scale >= THOUSAND or (scale == ONE and value >= ONE))
        index, is_joined = self.after, False
        if can_have_part and self._follows(index) and self._role(index) == "and":
            index, is_joined = index + 1, True
            index += self._is_article(index)
        if not can_have_part or not self._follows(index):
            return False
        part = self.tokens[index].word
        if part is None or part.number is None or not 0 < part.number < 1:
            return False
        if not is_joined and (part.number != _HALF or (scale == ONE and value == ONE)):
            return False
        own = self._scale_at(index + 1)
        if own is not None and THOUSAND <= own <= value:
            self.total.add_lower(part.number, own)  # "two millions and half a million"
            index += 1
        else:
            self.total.add_part(part.number)
        self.after = index + 1
        return True

    def _scale_at(self, index: int) -> Decimal | None:
        word = self.tokens[index].word if self._follows(index) else None
        return word.scale if word else None

    def _is_article(self, index: int) -> bool:
        """Whether a token is the "a" of "and a half"."""
        if not self._follows(index) or not self._follows(index + 1):
            return False
        word = self.tokens[index].word
        return word is not None and word.number == ONE

    def _take_lower_digits(self) -> bool:
        """Reads digits of a lower scale behind "and": "3 مليارات و500 مليون"."""
        first, scale = self.after, self._last_scale
        if scale < THOUSAND or not self._follows(first) or self._role(first) != "and":
            return False
        if self._is_opened() or self._is_priced_before() or self.total.terms[-1][0] % scale:
            return False
        if not self._follows(first + 1) or not self._follows(first + 2):
            return False
        lower = self.tokens[first + 2].word
        if self.tokens[first + 1].word is not None or lower is None or lower.scale is None:
            return False
        more = parse_digits(self.tokens[first + 1].text, self.decimal, is_scaled=True)
        if more is None or lower.scale >= scale or more * lower.scale >= scale:
            return False
        self.total.add(more)
        self.total.multiply(lower.scale)
        self.after = first + 3
        return True

    def _is_priced_before(self) -> bool:
        """Whether the number has its unit before it, and another may follow with its own."""
        word = self.tokens[self.first - 1].word if self.first else None
        return word is not None and word.unit is not None and self._follows(self.first)

    def _is_opened(self) -> bool:
        """Whether "between" stands before the number: its "and" leads to the upper end."""
        return any(
            self._role(index) == "opening" for index in range(max(0, self.first - 3), self.first)
        )

    def _take_digits(self) -> bool:
        """Reads digits below a scale: "5 bin 500", "11億7000万"."""
        token = self.tokens[self.after]
        if (
            token.word is not None
            or self._largest_scale < THOUSAND
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
        if self.total.terms and self._take_part():
            return True
        if word.role == "compound":
            taken = self._add_compound(self.tokens[self.after].text)
        elif word.number is not None and not (word.scale is not None and self.total.terms):
            taken = self._add_number(word.number)
        elif word.scale is not None and (self.after > self.first or word.stands_alone):
            self.total.multiply(word.scale)
            taken = True
        elif self.after > self.first and word.role == "and":
            taken = self._number_next()
        elif self.after > self.first and word.role == "point" and self._number_next():
            self._take_decimals()
            return True
        else:
            return False
        self.after += taken
        return taken

    def _add_number(self, number: Decimal) -> bool:
        if not is_whole(number) and self.total.terms:
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
        first, unit = self.after, ONE
        while (
            self.after < len(self.tokens)
            and self.after - first < MAX_DECIMALS
            and self._follows(self.after)
        ):
            word = self.tokens[self.after].word
            if (
                word is None
                or word.number is None
                or not is_whole(word.number)
                or word.number >= HUNDRED
            ):
                return
            digits = 1 if word.number < 10 else 2  # noqa: PLR2004 - "Komma fünfundzwanzig"
            unit = EXACT.divide(unit, Decimal(10) ** digits)
            self.total.add_part(EXACT.multiply(word.number, unit))
            self.after += 1

    def _add_compound(self, form: str) -> bool:
        """Adds a number written as one word ("fünfundvierzig", "ventimila")."""
        for atom in self.lexicon.parts_of(form):
            word = self.lexicon.words.get(atom)
            if word is None or word.role == "and":
                continue
            if word.number is not None:
                if word.number == _HALF and self.total.terms:
                    self.total.add_part(word.number)  # "viereinhalb"
                elif not self.total.add(word.number):
                    return False
            elif word.scale is not None:
                self.total.multiply(word.scale)
        return bool(self.total.terms)

    def _amount(self, *, bare: Decimal, printed: str) -> Amount | None:
        value = _without_dust(self.total.total())
        if not is_within_limits(value):
            return None
        return Amount(
            value=value,
            bare=bare,
            scale=self.total.scale,
            start=self.tokens[self.first].start,
            end=self.tokens[self.after - 1].end,
            first=self.first,
            after=self.after,
            is_written=not printed,
            is_sum_like=_is_sum_like(printed, bare),
            printed=printed,
        )


def _without_dust(value: Decimal) -> Decimal:
    """Drops the endless decimals of a third of a million."""
    exponent = value.as_tuple().exponent
    is_endless = isinstance(exponent, int) and -exponent > MAX_DECIMALS and value >= THOUSAND
    return value.to_integral_value(ROUND_DOWN) if is_endless else value


def _is_sum_like(printed: str, value: Decimal) -> bool:
    has_cents = value.as_tuple().exponent == -2  # noqa: PLR2004
    return bool(printed) and (has_cents or (value >= THOUSAND and not printed.isdecimal()))
