"""An amount with its unit, as the rules look at it that tell money from what looks like it."""

from dataclasses import dataclass

from tasks.normalize.currencies.amounts import Amount
from tasks.normalize.currencies.lexicon_words import Lexicon, Unit


@dataclass(frozen=True, slots=True)
class SuspectAmount:
    """An amount with its unit in a text.

    `side` says where the unit stands (before, after, both, shared); `country` is the outlet's.
    """

    text: str
    start: int
    end: int
    amount: Amount
    unit: Unit
    side: str
    lexicon: Lexicon
    country: str | None
