"""A text on its way to mentions: its tokens, and what is known of the document."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tasks.normalize.currencies.amounts import GAPS, Amount, read_amount
from tasks.normalize.currencies.lexicon import lexicon_for
from tasks.normalize.currencies.lexicon_words import Lexicon, Word
from tasks.normalize.currencies.tokens import Token, read_tokens


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with its tokens.

    Attributes:
        lexicon: of the document's language.
        country: the outlet's ISO 3166 code.
        day: the day of publication, None where it is unknown.
        decimal: the decimal mark of the language in that country, empty where it is unknown.
        named: the countries that the text names, with their offsets, in order.
    """

    text: str
    tokens: list[Token]
    lexicon: Lexicon
    country: str | None
    decimal: str
    named: list[tuple[int, str]]
    day: date | None = None

    @classmethod
    def of(
        cls, text: str, language: str | None, country: str | None, day: date | None = None
    ) -> "Reading":
        """Reads the tokens of a text."""
        lexicon = lexicon_for(language)
        decimal = "." if country in lexicon.point_countries else lexicon.decimal
        tokens = read_tokens(text, lexicon)
        named_there = [
            (token.start, named)
            for token in tokens
            if token.word and (named := token.word.named_country or token.word.country)
        ]
        return cls(text, tokens, lexicon, country, decimal, named_there, day)

    def amount_at(self, index: int) -> Amount | None:
        """Returns the amount that begins at a token.

        None where none does or there is no such token.
        """
        if index >= len(self.tokens):
            return None
        return read_amount(self.text, self.tokens, index, self.lexicon, self.decimal)

    def runs(self, farthest: int) -> Iterator[tuple[int, int]]:
        """Yields runs of neighbouring tokens, as [first, after).

        Args:
            farthest: how much text may stand between neighbours, beside white space around it.
        """
        first = 0
        for index in range(1, len(self.tokens)):
            end, start = self.tokens[index - 1].end, self.tokens[index].start
            if start - end > farthest and len(self.text[end:start].strip()) > farthest:
                yield first, index
                first = index
        if self.tokens:
            yield first, len(self.tokens)

    def word_at(self, index: int) -> Word | None:
        """Returns what a token means; None for digits, and where there is no such token."""
        return self.tokens[index].word if 0 <= index < len(self.tokens) else None

    def gap_to(self, index: int, position: int) -> str | None:
        """Returns what stands between a position and a token, None where there is no such token."""
        return self.text[position : self.tokens[index].start] if index < len(self.tokens) else None

    def touches(self, index: int, position: int) -> bool:
        """Whether a token follows a position with nothing that parts an amount."""
        return self.gap_to(index, position) in GAPS
