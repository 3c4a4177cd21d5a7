"""What is read of a text alone: its amounts of money and its signature; how it is kept.

Reading these takes most of the time of normalizing a document. A new rule for outlets or dates
changes them only where it changes the outlet's country or the day of publication. So they are kept
with the record, and taken over from staged/ for as long as the rules that made them are the same:
`text_rules_version` tells.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from typing import Any, ClassVar
from unicodedata import unidata_version

from tasks.lineage.rules import digest_rules
from tasks.lineage.versions import DATA, LEFT_OUT
from tasks.normalize.decisions import Mention

# By its name: who only keeps what was read does not load the rules.
_READER = "tasks.normalize.read_text_facts"
# Of a row of money, what a mention is; its rule stands in `currency_rule`.
_MENTION = tuple(field.name for field in fields(Mention) if field.name != "rule")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFacts:
    """What is read of an article's text.

    Attributes:
        country: the outlet's country that the amounts were read for: whose dollars they are.
        day: the day of publication that they were read for: currencies have dates.
        mentions: amounts of money, in the order of the text.
        word_count: in words; where these are not spaced, in characters.
        signature: of the text, for near-duplicates; None where it is too short.
    """

    # The columns of staged/ that keep them.
    COLUMNS: ClassVar = (
        "outlet_country",
        "published_date",
        "money",
        "word_count",
        "text_signature",
    )

    country: str | None
    day: date | None
    mentions: tuple[Mention, ...]
    word_count: int
    signature: bytes | None

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> "TextFacts":
        """Returns what a staged record keeps; of its columns, `COLUMNS` are needed."""
        amounts = (amount for amount in row["money"] if amount["kind"] == "mention")
        return cls(
            country=row["outlet_country"],
            day=row["published_date"],
            mentions=tuple(map(_mention_of, amounts)),
            word_count=row["word_count"],
            signature=row["text_signature"],
        )


def plain(mention: Mention) -> Mention:
    """Returns a mention with its amounts as numbers without trailing zeros: 5.00 is 5.

    An amount that comes back from a file has as many decimals as its column; it must give the same
    record as the amount that went in.
    """
    high = None if mention.amount_high is None else _plain(mention.amount_high)
    return replace(mention, amount=_plain(mention.amount), amount_high=high)


@cache
def text_rules_version() -> str:
    """Returns a digest of all that decides what is read of a text."""
    libraries = (version("rensa"), version("babel"), unidata_version)
    return digest_rules(_READER, leave_out=LEFT_OUT, data=DATA, libraries=libraries)[:12]


def _mention_of(amount: Mapping[str, Any]) -> Mention:
    return plain(Mention(rule=amount["currency_rule"], **{name: amount[name] for name in _MENTION}))


def _plain(amount: Decimal) -> Decimal:
    digits = f"{amount:f}"
    return Decimal(digits.rstrip("0").rstrip(".") if "." in digits else digits)
