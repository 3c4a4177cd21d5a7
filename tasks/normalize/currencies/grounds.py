"""Why a number or the name of a currency in a text is no amount of money."""

from enum import Enum


class Ground(Enum):
    """The rule that rejected a candidate: its name is stable, its value says it in words."""

    NO_UNIT = "no currency stands beside the number"
    UNIT_ELSEWHERE = "a currency's name stands beside the number, but not as it is written with one"
    NO_NUMBER = "no number: a date, a version, an address, or more digits than an amount has"
    NO_AMOUNT = "a currency without a number of its own"
    TAIL = "a part of something longer: a code, a date, a time, a score"
    TOO_LONG = "it has more digits than an amount of money can"
    EVERYDAY_WORD = (
        "the currency is an everyday word as well, and nothing beside it speaks of money"
    )
    GLUED_TO_WORD = "the currency's letters are a part of another word"
    LONE_LETTER = "a single letter behind a number is no currency here"
    LOOSE_NUMERAL = "characters that only look like a number: they are parts of other words"
    ANOTHER_WORD = "with what follows, the currency's name is another word"
    NAMESAKE = "a thing that is named after the currency"
    FACE_OF_NOTE = "the face value of a banknote or coin"
    WEIGHT = "a weight, not a currency"
    YEAR = "the number is a year"
    CLASS = "a small number behind the name, as in the names of classes and editions"
    ONE_OF_A_WORD = "“one” of an everyday word, or a part of it"
    NAME = "a name, or a part of one, in capital letters"
    TICKER = "an exchange rate in a ticker, not an amount in the text"
    NO_RATES = "a ticker whose numbers may be prices, not exchange rates"

    @property
    def rule(self) -> str:
        """The rule's name, as in `currency_rule` of accepted amounts."""
        return self.name.lower()
