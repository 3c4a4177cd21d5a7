"""What looked like money to the reader of a text and is none, and why: for explanations."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from tasks.normalize.currencies.amounts import Amount
from tasks.normalize.currencies.grounds import Ground
from tasks.normalize.currencies.lexicon_words import Unit
from tasks.normalize.currencies.mentions import read_mentions
from tasks.normalize.currencies.pricing import price
from tasks.normalize.currencies.quotes import drop_tickers
from tasks.normalize.currencies.reading import Reading
from tasks.normalize.currencies.sums import THOUSAND


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A number, a currency, or both, that are no amount of money.

    Attributes:
        start, end: code point offsets into the text. surface: as printed there.
        ground: the rule that rejected it.
        has_currency: whether the surface holds a currency.
    """

    start: int
    end: int
    surface: str
    ground: Ground
    has_currency: bool


def find_rejected(
    text: str, language: str | None, country: str | None, day: date | None = None
) -> list[Rejected]:
    """Finds what `find_mentions` looks at and rejects.

    Args:
        text: the article's text.
        language: its ISO 639-1 code, None where unknown.
        country: the outlet's ISO 3166 code, None where unknown.
        day: the day of publication, None where unknown.

    Returns:
        In the order of the text, spans overlapping neither each other nor a mention: all numbers in
        digits, all currencies but those that are everyday words ("won"), and numbers in words with
        a currency ("a dollar sign") or a scale ("two million people").
    """
    joined: list[Rejected] = []
    for one in sorted(
        _Rejecting(Reading.of(text, language, country, day)).all(), key=lambda it: it.start
    ):
        if joined and _is_joined(joined[-1], one, text):
            joined[-1] = _join(joined[-1], one, text)
        else:
            joined.append(one)
    return joined


def _is_joined(one: Rejected, other: Rejected, text: str) -> bool:
    """Whether a number is the next part of a date, a score, a telephone number."""
    between = text[one.end : other.start]
    is_part = other.ground is Ground.TAIL and not other.has_currency
    return is_part and len(between) <= 1 and not between.isspace()


def _join(one: Rejected, other: Rejected, text: str) -> Rejected:
    return replace(
        one,
        end=other.end,
        surface=text[one.start : other.end],
        ground=one.ground if one.has_currency else Ground.TAIL,
    )


def _is_everyday(unit: Unit, printed: str) -> bool:
    """Whether a unit without a number is a word of any text: "won", Norwegian "nok"."""
    return unit.is_weak or (unit.kind == "code" and printed.islower())


class _Rejecting:
    """Reads a text as `find_mentions` does, and keeps what that leaves out."""

    __slots__ = ("_is_taken", "_mentions", "_passed", "_reading")

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._passed: list[tuple[Amount, int, Ground]] = []
        self._mentions = read_mentions(
            self._reading, lambda amount, used, ground: self._passed.append((amount, used, ground))
        )
        self._is_taken = bytearray(len(reading.text))

    def all(self) -> Iterator[Rejected]:
        yield from self._tickers()
        yield from self._amounts()
        yield from self._numbers()
        yield from self._leftovers()

    def _tickers(self) -> Iterator[Rejected]:
        reading = self._reading
        kept = {m.start for m in drop_tickers(reading.text, self._mentions, reading.country)}
        for mention in self._mentions:
            assert mention.start is not None
            assert mention.end is not None
            ticker = self._take(mention.start, mention.end, Ground.TICKER, has_currency=True)
            if mention.start not in kept:
                yield from ticker

    def _amounts(self) -> Iterator[Rejected]:
        """Yields numbers with their currencies."""
        for amount, used, ground in self._passed:
            if priced := price(self._reading, amount, used):
                yield from self._take(priced.start, priced.end, ground, has_currency=True)

    def _numbers(self) -> Iterator[Rejected]:
        """Yields numbers without a currency, and those beside one that is not theirs."""
        for amount, _, ground in self._passed:
            if amount.is_written and amount.scale < THOUSAND:
                continue
            if ground is Ground.NO_UNIT and (beside := self._currency_beside(amount)):
                yield from self._take(*beside, Ground.UNIT_ELSEWHERE, has_currency=True)
            else:
                yield from self._take(amount.start, amount.end, ground, has_currency=False)

    def _currency_beside(self, amount: Amount) -> tuple[int, int] | None:
        """Returns the span of a number and a currency that touches it and is not its own."""
        reading, tokens = self._reading, self._reading.tokens
        before, behind = reading.word_at(amount.first - 1), reading.word_at(amount.after)
        if before and before.unit and reading.touches(amount.first, tokens[amount.first - 1].end):
            span = (tokens[amount.first - 1].start, amount.end)
        elif behind and behind.unit and reading.touches(amount.after, amount.end):
            span = (amount.start, tokens[amount.after].end)
        else:
            return None
        return None if any(self._is_taken[slice(*span)]) else span

    def _leftovers(self) -> Iterator[Rejected]:
        """Yields digits that are no number, and currencies without one."""
        for token in self._reading.tokens:
            if token.word is None:
                yield from self._take(token.start, token.end, Ground.NO_NUMBER, has_currency=False)
            elif token.word.unit and not _is_everyday(token.word.unit, token.text):
                yield from self._take(token.start, token.end, Ground.NO_AMOUNT, has_currency=True)

    def _take(
        self, start: int, end: int, ground: Ground, *, has_currency: bool
    ) -> tuple[Rejected, ...]:
        """Returns a span as rejected, nothing where a part of it is something else already."""
        if any(self._is_taken[start:end]):
            return ()
        self._is_taken[start:end] = b"\1" * (end - start)
        surface = self._reading.text[start:end]
        rejected = Rejected(
            start=start, end=end, surface=surface, ground=ground, has_currency=has_currency
        )
        return (rejected,)
