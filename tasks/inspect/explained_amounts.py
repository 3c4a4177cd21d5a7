"""How explanations show amounts, and what looked like money in a text and is none."""

from dataclasses import dataclass
from typing import Any

_CONTEXT_CHARS = 45


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedAmount:
    """A printing, with the words before and behind it; a ticker, outside of the text, has none."""

    text: str
    before: str = ""
    behind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedGroup:
    """What one rule rejected.

    Attributes:
        rule: its name. meaning: the same in words.
        amounts: the first of them, in the order of the text. count: of all.
        has_currency: whether a currency stands in them; if not, they are bare numbers.
    """

    rule: str
    meaning: str
    amounts: tuple[RejectedAmount, ...]
    count: int
    has_currency: bool


def print_dollars(row: dict[str, Any]) -> str:
    """An amount in dollars, to the cent where it is one or more; else why it is not known."""
    amount = row["usd_amount"]
    if amount is None:
        return str(row["usd_status"])
    return f"{amount:,.2f}" if amount >= 1 else f"{amount.normalize():,f}"


def words_around(text: str, start: int, end: int) -> tuple[str, str]:
    """Returns the words before and behind a span of a text, in one line."""
    before = text[max(start - _CONTEXT_CHARS, 0) : start]
    behind = text[end : end + _CONTEXT_CHARS]
    if start > _CONTEXT_CHARS:
        before = f"…{_from_word(before)}"
    if end + _CONTEXT_CHARS < len(text):
        behind = f"{_from_word(behind[::-1])[::-1]}…"
    return before.replace("\n", " "), behind.replace("\n", " ")


def _from_word(text: str) -> str:
    """Leaves out the rest of a word that is cut, unless nothing but that is there."""
    _, _, words = text.partition(" ")
    return words or text
