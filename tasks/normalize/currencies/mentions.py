"""Finds every amount of money in a text."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from schemas.currencies.families import FAMILIES
from schemas.currencies.iso_4217 import MILLESIMAL, UNDIVIDED
from tasks.normalize.currencies.amount_ranges import lent_unit, upper_end
from tasks.normalize.currencies.amounts import Amount
from tasks.normalize.currencies.digits import is_whole, is_within_limits, regroup, undo_group
from tasks.normalize.currencies.grounds import Ground
from tasks.normalize.currencies.lexicon_words import Unit
from tasks.normalize.currencies.number_parts import is_part_of_number
from tasks.normalize.currencies.pricing import FARTHEST, Priced, merge, price
from tasks.normalize.currencies.quotes import drop_tickers
from tasks.normalize.currencies.reading import Reading
from tasks.normalize.currencies.resolve_currency import Resolved, resolve_currency
from tasks.normalize.currencies.sums import EXACT, ONE, THOUSAND
from tasks.normalize.currencies.traps import find_trap, is_weak_without_evidence
from tasks.normalize.decisions import Mention

# Between "two dollars" and "five cents".
_MINOR_GAPS = frozenset({"", " ", "\u00a0", " & "})
# Names of minor units that stand for the hundredth of any currency named right before them.
_ANYONES_MINOR = frozenset(
    [
        "cent",
        "centime",
        "centimo",
        "centavo",
        "centesimo",
        "penny",
        "ore",
        "EUR",
        "CHF",
        "USD",
    ]  # cèntim, Rappen, 美分
)

# Takes a number, the first token that it may take its unit from, and why it is no money.
Reject = Callable[[Amount, int, Ground], None]


def find_mentions(
    text: str, language: str | None, country: str | None, day: date | None = None
) -> list[Mention]:
    """Finds the amounts of money in an article's text.

    Args:
        text: the article's text.
        language: its ISO 639-1 code; None reads it with the words of all languages.
        country: the outlet's ISO 3166 code, None where unknown.
        day: the day of publication: names of money mean the currencies of that day. None takes
            today's.

    Returns:
        Mentions in the order of the text, spans not overlapping; a range is one mention with
        `amount_high`.
    """
    return drop_tickers(text, read_mentions(Reading.of(text, language, country, day)), country)


def read_mentions(reading: Reading, reject: Reject | None = None) -> list[Mention]:
    """Reads the amounts of money in a text, rates of tickers among them.

    Args:
        reading: the text.
        reject: is told of each number that is none, the first token that it may take its unit
            from, and the ground.
    """
    mentions: list[Mention] = []
    used = 0
    for first, after in _runs(reading) if reject is None else [(0, len(reading.tokens))]:
        index = first
        while index < after:
            amount = reading.amount_at(index)
            if amount is None:
                index += 1
                continue
            found = _read_mention(reading, amount, used)
            if not isinstance(found, Ground):
                mention, index = found
                if is_within_limits(mention.amount, mention.amount_high):
                    used = index
                    mentions.append(mention)
                    continue
                found = Ground.TOO_LONG
            if reject:
                reject(amount, used, found)
            index = amount.after if not amount.is_written else amount.first + 1
    return mentions


def _runs(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yields the runs of tokens that a mention may stand in: those with a unit among them."""
    for first, after in reading.runs(FARTHEST):
        if any(token.word and token.word.unit for token in reading.tokens[first:after]):
            yield first, after


def _read_mention(reading: Reading, amount: Amount, used: int) -> tuple[Mention, int] | Ground:
    """Returns the mention that an amount makes and the token after it, or why it makes none."""
    priced = price(reading, amount, used)
    if _is_tail(reading, amount, priced):
        return Ground.TAIL
    if is_part_of_number(reading, amount, used):
        return Ground.PART_OF_NUMBER
    high = upper_end(reading, amount, priced)
    if (
        high
        and _find_ground(reading, high) is None
        and (priced is None or _is_same_money(reading, priced, high))
    ):
        if priced and find_trap(reading, priced) is Ground.DAY:
            return Ground.DAY  # "Fr 9–17 Uhr"
        return _range(reading, amount, priced, high)
    priced = priced or lent_unit(reading, amount)
    if priced is None:
        return Ground.NO_UNIT
    return _find_ground(reading, priced) or _single(reading, priced)


def _is_tail(reading: Reading, amount: Amount, priced: Priced | None) -> bool:
    """Whether the number is only the end of something longer ("20.09-12", "A350")."""
    start = priced.start if priced else amount.start
    before, earlier = (
        reading.text[max(0, start - 1) : start],
        reading.text[max(0, start - 2) : start - 1],
    )
    is_word = before.isascii() and before.isalnum()
    if priced and priced.side in ("before", "both"):
        return is_word and priced.unit.kind != "sign"
    return (
        is_word
        or (before != "" and before in "/:_#")
        or (before in (".", ",", "-") and earlier.isdigit())
    )


def _find_ground(reading: Reading, priced: Priced) -> Ground | None:
    """Returns why an amount with its unit is no money, None where it is."""
    if is_weak_without_evidence(priced, reading.country):
        return Ground.EVERYDAY_WORD
    return find_trap(reading, priced)


def _is_same_money(reading: Reading, low: Priced, high: Priced) -> bool:
    if low.unit.factor != high.unit.factor:
        return False
    is_same_code = resolve_currency(reading, low).code == resolve_currency(reading, high).code
    return is_same_code or merge(low.unit, high.unit) is not None


def _range(
    reading: Reading, low: Amount, priced: Priced | None, high: Priced
) -> tuple[Mention, int]:
    start = priced.start if priced else low.start
    resolved = resolve_currency(reading, high)
    bottom = _by_custom(reading, low, high, resolved)
    top = _by_custom(reading, high.amount, high, resolved)
    if low.scale == ONE and high.amount.scale > ONE and low.bare < high.amount.bare:
        bottom = EXACT.multiply(bottom, high.amount.scale)
    mention = Mention(
        start=start,
        end=high.end,
        surface=reading.text[start : high.end],
        kind="mention",
        amount=_plain(_in_major(bottom, high.unit)),
        amount_high=_plain(_in_major(top, high.unit)),
        currency_code=resolved.code,
        rule=resolved.rule,
        is_ambiguous=resolved.is_ambiguous,
    )
    return mention, high.after


def _single(reading: Reading, priced: Priced) -> tuple[Mention, int]:
    resolved = resolve_currency(reading, priced)
    amount = _in_major(_by_custom(reading, priced.amount, priced, resolved), priced.unit)
    end, after = priced.end, priced.after
    if minor := _minor_part(reading, priced, resolved):
        amount = EXACT.add(amount, _in_major(minor.amount.value, minor.unit))
        end, after = minor.end, minor.after
    mention = Mention(
        start=priced.start,
        end=end,
        surface=reading.text[priced.start : end],
        kind="mention",
        amount=_plain(amount),
        currency_code=resolved.code,
        rule=resolved.rule,
        is_ambiguous=resolved.is_ambiguous,
    )
    return mention, after


def _minor_part(reading: Reading, priced: Priced, resolved: Resolved) -> Priced | None:
    """Reads the cents of "two dollars and five cents"."""
    is_round = priced.unit.factor == ONE and is_whole(priced.amount.value)
    if not is_round or (priced.amount.scale >= THOUSAND and not priced.amount.is_written):
        return None
    index, end = priced.after, priced.end
    word = reading.word_at(index)
    if word and word.role == "and" and not (reading.gap_to(index, end) or "").strip():
        end, index = reading.tokens[index].end, index + 1
    if reading.gap_to(index, end) not in _MINOR_GAPS:
        return None
    amount = reading.amount_at(index)
    minor = price(reading, amount, index) if amount and is_whole(amount.value) else None
    if minor is None or minor.side != "after" or minor.unit.factor >= ONE:
        return None
    if EXACT.multiply(minor.amount.value, minor.unit.factor) >= ONE:
        return None
    names = {minor.unit.name, *FAMILIES.get(minor.unit.name, {}).values()}
    return minor if resolved.code in names or minor.unit.name in _ANYONES_MINOR else None


def _by_custom(reading: Reading, amount: Amount, priced: Priced, resolved: Resolved) -> Decimal:
    """Reads three digits after one mark as that currency is written.

    Yen and forints have no decimals, Kuwaiti dinars three; and a sign before the number goes with
    the English way of writing ("$1,250" in a German text).
    """
    if amount.scale != ONE or not amount.printed or priced.unit.factor != ONE:
        return amount.value
    is_english_sign = priced.unit.name in ("dollar_sign", "pound") and priced.side == "before"
    if resolved.code in UNDIVIDED or (is_english_sign and "," in amount.printed):
        return regroup(amount.printed) or amount.value
    if resolved.code in MILLESIMAL and not reading.decimal:
        return undo_group(amount.printed) or amount.value
    return amount.value


def _in_major(value: Decimal, unit: Unit) -> Decimal:
    return EXACT.multiply(value, unit.factor) if unit.factor != ONE else value


def _plain(value: Decimal) -> Decimal:
    """Drops the zeros that a scale leaves behind the mark: 1200000.0 is 1200000."""
    return EXACT.quantize(value, ONE) if value >= THOUSAND and is_whole(value) else value
