"""Letters and a small number that name a thing: roads, quarters, flights, conferences, days."""

import re
from decimal import Decimal

from schemas.currencies.iso_4217 import LOOKALIKES, UNDIVIDED
from tasks.normalize.currencies.suspects import SuspectAmount
from tasks.printed.phrases import any_plain

_TEN, _HUNDRED, _TEN_THOUSAND = Decimal(10), Decimal(100), Decimal(10_000)
_YEAR = re.compile(r"(?:199|20[0-4])\d")
# Codes that are words: a number behind them counts editions, judges, floors.
_WORDS = frozenset(["ALL", "COP", "CUP", "TOP", "TRY", "AMD"])
_BEFORE = re.compile(rf"\b{any_plain('amounts', 'numbered_before')}[ \u00a0]\Z", re.IGNORECASE)
_AFTER = re.compile(rf"[ \u00a0-]{any_plain('amounts', 'numbered_after')}\b", re.IGNORECASE)
_THE = re.compile(r"\bthe \Z", re.IGNORECASE)
_NAMED_SUM = re.compile(rf"[ \u00a0-]{any_plain('amounts', 'named_sums')}\b", re.IGNORECASE)
_LISTED_THE = re.compile(r"\bthe [A-Z]\d{1,3}(?:,| and| or) \Z")
# "Fr. 15.3. um 20 Uhr", "Fr. 20. März": the German and French Friday.
_OF_DAY = re.compile(
    r"\.?[ \u00a0]?(?:Uhr|h)\b|\.\d|\.[ \u00a0](?:\d|jan|feb|fév|fev|m[aä]r|a[pv]r|ma[iy]|ju[inl]"
    r"|aug|ao[uû]|sep|o[ck]t|nov|d[eé][zc])|:\d\d",
    re.IGNORECASE,
)
_DAY_MONTH = re.compile(r"\d{1,2}\.\d{1,2}\Z")


def is_numbered_thing(it: SuspectAmount) -> bool:
    """Letters and a bare number name something ("R21", "Q1 2024", "COP 30", "flight QR 500").

    Of letters that are also words or single, and of codes that are; for them an outlet of the
    currency's country is not enough.
    """
    printed = it.amount.printed
    if it.side != "before" or it.amount.scale != 1 or not printed.isdecimal():
        return False
    sign = it.text[it.start : it.amount.start].rstrip(" .\u00a0")
    is_code = it.unit.kind == "code" and sign in LOOKALIKES
    if not is_code and not (it.unit.kind == "letters" and it.unit.is_weak):
        return False
    if it.amount.value < _TEN or _is_beside_a_thing(it):
        return True
    if not is_code:
        return len(sign) == 1 and _is_named(it)
    if _YEAR.fullmatch(printed) or (sign in _WORDS and it.amount.value < _HUNDRED):
        return True
    return sign in _WORDS and it.unit.name in UNDIVIDED and it.amount.value < _TEN_THOUSAND


def is_day(it: SuspectAmount) -> bool:
    """A day or an hour behind the short name of Friday, which is also that of the franc."""
    if it.side != "before" or it.amount.scale != 1:
        return False
    if it.text[it.start : it.amount.start].rstrip(" .\u00a0") != "Fr":
        return False
    if _DAY_MONTH.match(it.amount.printed) and it.text.startswith(".", it.end):
        return True
    return it.amount.printed.isdecimal() and bool(_OF_DAY.match(it.text, it.end))


def _is_beside_a_thing(it: SuspectAmount) -> bool:
    return bool(
        _BEFORE.search(it.text, max(0, it.start - 16), it.start) or _AFTER.match(it.text, it.end)
    )


def _is_named(it: SuspectAmount) -> bool:
    """Whether "the" stands before it, and no sum behind it ("the R300 near Cape Town")."""
    start = max(0, it.start - 12)
    if not (_THE.search(it.text, start, it.start) or _LISTED_THE.search(it.text, start, it.start)):
        return False
    return not _NAMED_SUM.match(it.text, it.end)
