"""Numbers in digits: which mark groups and which is the decimal one."""

import re
from decimal import Decimal
from functools import lru_cache

MAX_INTEGER_DIGITS = 28
MAX_DECIMALS = 9

SPACES = " \u00a0\u2007\u2008\u2009\u202f"
_APOSTROPHES = "'’ʼ´"
_POINTS = ".·٫．"
_COMMAS = ",،٬"

# Possessive throughout: a number is read once, whatever its length.
DIGITS = (
    r"(?<=[$£€])\.\d{1,4}+"  # "$.50"
    "|"
    r"[０-９]{1,3}(?:，[０-９]{3}(?![０-９]))++"
    "|"
    rf"\d{{1,3}}(?:[{SPACES}]\d{{3}}(?![\d]))++(?:[.,]\d++)?"
    rf"|\d++(?:[{_APOSTROPHES}{_POINTS}{_COMMAS}]\d++)*+"
)
VULGAR_FRACTIONS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}

_TO_ASCII = {ord(mark): "." for mark in _POINTS} | {ord(mark): "," for mark in "،，"}
_TO_ASCII |= (
    {ord(mark): "'" for mark in _APOSTROPHES} | {ord(mark): " " for mark in SPACES} | {0x66C: "'"}
)
_MARK = re.compile(r"[., ']")
_ONE_GROUP = re.compile(r"([1-9]\d{0,2})[.,](\d{3})")
_GROUPED_3 = re.compile(r"\d{1,3}(?:X\d{3})+")
_GROUPED_INDIAN = re.compile(r"\d{1,2}(?:X\d{2})*X\d{3}")
_GROUPED_MYRIAD = re.compile(r"\d{1,4}(?:X\d{4})+")


@lru_cache(maxsize=65_536)
def parse_digits(
    printed: str, decimal: str, *, is_mixed: bool = False, is_scaled: bool = False
) -> Decimal | None:
    """Reads a printed number.

    Args:
        printed: digits of any script with marks between them.
        decimal: the decimal mark of the language, `.` or `,`; empty where it is unknown.
        is_mixed: the language's press also groups with a comma so three digits after one
            comma are a group unless a scale word follows.
        is_scaled: a scale word follows, which makes "1.234 billion" a decimal.

    Returns:
        The value, or None where the marks fit no way of writing one number (dates, versions,
        addresses).
    """
    ascii_text = _ascii(printed)
    marks = _MARK.findall(ascii_text)
    if not marks:
        return _bounded(ascii_text, "")
    last = marks[-1]
    head, _, tail = ascii_text.rpartition(last)
    kinds = set(marks)
    if len(kinds) > 1:
        return _two_kinds(head, tail, marks)
    if last in " '" or len(marks) > 1:
        return _bounded(ascii_text.replace(last, ""), "") if _is_grouped(ascii_text, last) else None
    can_group = _ONE_GROUP.fullmatch(ascii_text) is not None
    is_round = tail == "000" and not is_scaled
    if can_group and (
        is_round or _reads_as_group(last, decimal, is_mixed=is_mixed, is_scaled=is_scaled)
    ):
        return _bounded(head + tail, "")
    return _bounded(head, tail)


def _two_kinds(head: str, tail: str, marks: list[str]) -> Decimal | None:
    """Reads "1.234,50": one mark groups, the other, once and last, is the decimal one."""
    group, last = marks[0], marks[-1]
    if last not in ".," or marks.count(last) > 1 or not _is_grouped(head, group):
        return None
    return _bounded(head.replace(group, ""), tail)


def _reads_as_group(mark: str, decimal: str, *, is_mixed: bool, is_scaled: bool) -> bool:
    if not decimal:
        return not is_scaled
    if mark != decimal:
        return True
    return is_mixed and mark == "," and not is_scaled


def _is_grouped(text: str, mark: str) -> bool:
    shape = text.replace(mark, "X")
    if _GROUPED_3.fullmatch(shape):
        return True
    return mark == "," and bool(
        _GROUPED_INDIAN.fullmatch(shape) or _GROUPED_MYRIAD.fullmatch(shape)
    )


def _bounded(integer: str, decimals: str) -> Decimal | None:
    if len(integer) > MAX_INTEGER_DIGITS or len(decimals) > MAX_DECIMALS:
        return None
    return Decimal(f"{integer}.{decimals}" if decimals else integer)


def _ascii(printed: str) -> str:
    text = printed.translate(_TO_ASCII)
    if text.isascii():
        return text
    return "".join(str(int(char)) if char.isdecimal() else char for char in text)


def is_whole(value: Decimal) -> bool:
    """Whether a number has no fraction, however many digits it has: `%` fails beyond 28."""
    return value == value.to_integral_value()


def is_within_limits(*values: Decimal | None) -> bool:
    """Whether values have no more digits than an amount of money can; None counts as within."""
    for value in values:
        if value is None:
            continue
        exponent = value.as_tuple().exponent
        if not isinstance(exponent, int) or -exponent > MAX_DECIMALS:
            return False
        if value.adjusted() >= MAX_INTEGER_DIGITS:
            return False
    return True


def regroup(printed: str) -> Decimal | None:
    """Reads the one mark of "3,990" as a group, None where that cannot be."""
    match = _ONE_GROUP.fullmatch(_ascii(printed))
    return Decimal(match.group(1) + match.group(2)) if match else None


def undo_group(printed: str) -> Decimal | None:
    """Reads the one mark of "423.923" as the decimal mark, None where that cannot be."""
    match = _ONE_GROUP.fullmatch(_ascii(printed))
    return Decimal(f"{match.group(1)}.{match.group(2)}") if match else None
