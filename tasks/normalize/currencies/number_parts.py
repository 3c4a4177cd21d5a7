"""Numbers of which only a part was understood: such a part must never pass for an amount."""

from tasks.normalize.currencies.amounts import GAPS, Amount
from tasks.normalize.currencies.reading import Reading
from tasks.normalize.currencies.sums import ONE, THOUSAND


def is_part_of_number(reading: Reading, amount: Amount, used: int) -> bool:
    """Whether words of a number beside an amount were left out of it.

    "Three and <a form not known> million" and "twenty <not understood> thousand" must not leave
    the smaller amount at their end.

    Args:
        reading: the text.
        amount: the number that was read.
        used: tokens before this one belong to an earlier mention.
    """
    if _role(reading, amount.after) == "unread" and reading.touches(amount.after, amount.end):
        return True
    index = amount.first - 1
    if index < used or not _touches_next(reading, index):
        return False
    role = _role(reading, index)
    if role == "unread" or (role == "several" and amount.is_written):
        return True
    if role in ("and", "point"):
        return _goes_on(reading, amount, index, used, is_point=role == "point")
    if _is_glued(reading, index):
        word = reading.word_at(index)
        return word is not None and word.scale is not None and not word.is_letter
    return amount.is_written and _is_number_word(reading, index)


def _goes_on(reading: Reading, amount: Amount, index: int, used: int, *, is_point: bool) -> bool:
    """Whether the number goes on from the one before an "and" or a decimal mark in words."""
    before = index - 1
    if before < used or not _touches_next(reading, before):
        return False
    word = reading.word_at(before)
    is_number = reading.tokens[before].word is None or _is_number_word(reading, before)
    if is_point or amount.bare < ONE:
        return is_number
    scale = word.scale if word and not word.is_letter else None
    is_lower = scale is not None and scale >= THOUSAND and amount.value < scale
    return is_lower and amount.scale > ONE and not _is_opened(reading, before)


def _is_number_word(reading: Reading, index: int) -> bool:
    """Whether a token is a number in words; "a" is no part of another number."""
    word = reading.word_at(index)
    if word is None or word.is_letter or word.unit:
        return False
    is_number = word.number is not None and word.number != ONE
    return is_number or word.scale is not None or word.role == "compound"


def _is_opened(reading: Reading, index: int) -> bool:
    return any(_role(reading, earlier) == "opening" for earlier in range(index - 4, index))


def _touches_next(reading: Reading, index: int) -> bool:
    return reading.gap_to(index + 1, reading.tokens[index].end) in GAPS


def _is_glued(reading: Reading, index: int) -> bool:
    """Whether nothing parts a token from the next, as in scripts without spaces."""
    return reading.gap_to(index + 1, reading.tokens[index].end) == ""


def _role(reading: Reading, index: int) -> str | None:
    word = reading.word_at(index)
    return word.role if word else None
