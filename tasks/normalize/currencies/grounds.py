"""Why a number or the name of a currency in a text is no amount of money."""

from schemas.described import DescribedEnum


class Ground(DescribedEnum):
    """The rule that rejected a candidate; named as `currency_rule` names those that accept one."""

    NO_UNIT = "no_unit", "no currency stands beside the number"
    UNIT_ELSEWHERE = (
        "unit_elsewhere",
        "a currency's name stands beside the number, but not as it is written with one",
    )
    NO_NUMBER = (
        "no_number",
        "no number: a date, a version, an address, or more digits than an amount has",
    )
    NO_AMOUNT = "no_amount", "a currency without a number of its own"
    TAIL = "tail", "a part of something longer: a code, a date, a time, a score"
    PART_OF_NUMBER = (
        "part_of_number",
        "a part of a longer number whose other words are not understood",
    )
    TOO_LONG = "too_long", "it has more digits than an amount of money can"
    EVERYDAY_WORD = (
        "everyday_word",
        "the currency is an everyday word as well, and nothing beside it speaks of money",
    )
    GLUED_TO_WORD = "glued_to_word", "the currency's letters are a part of another word"
    LONE_LETTER = "lone_letter", "a single letter behind a number is no currency here"
    LOOSE_NUMERAL = (
        "loose_numeral",
        "characters that only look like a number: they are parts of other words",
    )
    ANOTHER_WORD = "another_word", "with what follows, the currency's name is another word"
    NAMESAKE = "namesake", "a thing that is named after the currency"
    FACE_OF_NOTE = "face_of_note", "the face value of a banknote or coin"
    WEIGHT = "weight", "a weight, not a currency"
    YEAR = "year", "the number is a year"
    CLASS = "class", "a small number behind the name, as in the names of classes and editions"
    NUMBERED_THING = (
        "numbered_thing",
        "letters and a number that name a thing: a road, a quarter, a flight",
    )
    DAY = "day", "a day or an hour behind the short name of a weekday"
    SAYING = "saying", "a saying, in which the amount is none"
    ONE_OF_A_WORD = "one_of_a_word", "“one” of an everyday word, or a part of it"
    NAME = "name", "a name, or a part of one, in capital letters"
    TICKER = "ticker", "an exchange rate in a ticker, not an amount in the text"
    NO_RATES = "no_rates", "a ticker whose numbers may be prices, not exchange rates"
