"""Finds every amount of money in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from schemas.currencies.codes import MILLESIMAL, UNDIVIDED
from schemas.currencies.families import FAMILIES, NOT_BY_SENTENCE
from tasks.normalize.currencies.amounts import GAPS, Amount, read_amount
from tasks.normalize.currencies.digits import regroup, undo_group
from tasks.normalize.currencies.lexicon import Lexicon, Unit, lexicon_for
from tasks.normalize.currencies.quotes import drop_tickers
from tasks.normalize.currencies.resolve import Resolved, resolve_unit
from tasks.normalize.currencies.sums import EXACT, THOUSAND
from tasks.normalize.currencies.tokens import Token, read_tokens
from tasks.normalize.currencies.traps import Candidate, is_not_money, is_weak_without_evidence
from tasks.normalize.decisions import Mention

_RANGE_GAP = re.compile(r"[  \u2009\u202f]{0,2}[-–—‒―−~〜～][  \u2009\u202f]{0,2}")
_MINOR_GAPS = frozenset({"", " ", "\u00a0", " & "})


@dataclass(frozen=True, slots=True)
class Priced:
    """An amount with the unit that stands beside it; tokens [first, after), text [start, end)."""

    amount: Amount
    unit: Unit
    qualifier: str | None
    start: int
    end: int
    first: int
    after: int
    side: str


@dataclass(frozen=True, slots=True)
class Beside:
    """A unit beside an amount, with its qualifier; tokens [first, after)."""

    unit: Unit
    qualifier: str | None
    start: int
    end: int
    first: int
    after: int


def find_mentions(text: str, language: str | None, country: str | None) -> list[Mention]:
    """Finds the amounts of money in an article's text.

    Args:
        text: the article's text.
        language: its ISO 639-1 code; None reads it with the words of all languages.
        country: the outlet's ISO 3166 code, None where unknown.

    Returns:
        Mentions in the order of the text, spans not overlapping; a range is one mention with `amount_high`.
    """
    mentions = _Reader(text, lexicon_for(language), country).read()
    return drop_tickers(text, mentions, country) if len(mentions) > 1 else mentions


class _Reader:
    """Goes through the tokens of one text once."""

    def __init__(self, text: str, lexicon: Lexicon, country: str | None) -> None:
        self.text = text
        self.lexicon = lexicon
        self.country = country
        self.decimal = "." if country in lexicon.point_countries else lexicon.decimal
        self.tokens = read_tokens(text, lexicon)
        self.used = 0  # tokens before this one belong to an earlier mention

    def read(self) -> list[Mention]:
        mentions: list[Mention] = []
        index = 0
        while index < len(self.tokens):
            amount = self._amount_at(index)
            if amount is None:
                index += 1
                continue
            found = self._mention_from(amount)
            if found is None:
                index = max(index + 1, amount.after if not amount.is_written else index + 1)
                continue
            mention, index = found
            self.used = index
            mentions.append(mention)
        return mentions

    def _amount_at(self, index: int) -> Amount | None:
        return read_amount(self.text, self.tokens, index, self.lexicon, self.decimal)

    def _mention_from(self, amount: Amount) -> tuple[Mention, int] | None:
        low = self._price(amount)
        after = low.after if low else amount.after
        end = low.end if low else amount.end
        if self._breaks_before(amount, low):
            return None
        high = self._range_end(amount, low, end, after)
        if high and self._accepts(high) and (low is None or self._is_same_money(low, high)):
            return self._range(amount, low, high)
        if low is None or not self._accepts(low):
            return None
        return self._single(low)

    # One amount ------------------------------------------------------------

    def _price(self, amount: Amount) -> Priced | None:
        """Chooses the unit before or after an amount."""
        before = self._unit_before(amount)
        behind = self._unit_after(amount)
        if before and behind and self._leads_on(behind):
            behind = None
        if before and behind:
            if merged := _merge(before.unit, behind.unit):
                unit, qualifier = merged, behind.qualifier or before.qualifier
                return Priced(
                    amount,
                    unit,
                    qualifier,
                    before.start,
                    behind.end,
                    before.first,
                    behind.after,
                    "both",
                )
            if before.unit.is_weak or before.unit.kind == "word":
                before = None
            else:
                behind = None
        if before:
            return Priced(
                amount,
                before.unit,
                before.qualifier,
                before.start,
                amount.end,
                before.first,
                amount.after,
                "before",
            )
        if behind:
            priced = Priced(
                amount,
                behind.unit,
                behind.qualifier,
                amount.start,
                behind.end,
                amount.first,
                behind.after,
                "after",
            )
            return self._scale_behind(priced)
        return None

    def _unit_before(self, amount: Amount) -> Beside | None:
        index = amount.first - 1
        if index < self.used:
            return None
        token = self.tokens[index]
        if (gap := self.text[token.end : amount.start]) not in GAPS and gap not in (":", ": "):
            return None
        word = token.word
        if (
            word is None
            or word.unit is None
            or not word.unit.is_prefix
            or word.unit.factor < 1
            or amount.is_written
        ):
            return None
        if ":" in gap and word.unit.kind != "sign":
            return None
        unit, start, first, qualifier = word.unit, token.start, index, None
        if first - 1 >= self.used and self.text[self.tokens[first - 1].end : start] in GAPS:
            previous = self.tokens[first - 1].word
            if (
                previous
                and previous.unit
                and previous.unit.kind == "code"
                and (merged := _merge(unit, previous.unit))
            ):
                unit, start, first = merged, self.tokens[first - 1].start, first - 1
            elif (
                previous
                and previous.country
                and unit.is_family
                and previous.country in FAMILIES[unit.name]
            ):
                qualifier, start, first = previous.country, self.tokens[first - 1].start, first - 1
        return Beside(unit, qualifier, start, token.end, first, index + 1)

    def _unit_after(self, amount: Amount) -> Beside | None:
        index, qualifier = amount.after, None
        position = amount.end
        while index < len(self.tokens) and self._joins(position, index, amount):
            token = self.tokens[index]
            word = token.word
            if word is None:
                return None
            if word.unit is not None:
                if amount.is_written and word.unit.kind == "sign":
                    return None  # "a $5 ticket"
                return self._finish_after(amount, index, qualifier)
            if word.country is None:
                return None
            qualifier, position, index = word.country, token.end, index + 1
        return None

    def _finish_after(self, amount: Amount, index: int, qualifier: str | None) -> Beside | None:
        token = self.tokens[index]
        assert token.word is not None
        assert token.word.unit is not None
        unit = token.word.unit
        if unit.kind == "letters" and len(token.text) == 1 and token.text.isascii():
            return None  # "P5P": letters stand before the number
        nxt = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if (
            unit.is_prefix
            and nxt
            and nxt.word is None
            and nxt.start == token.end
            and token.start > amount.end
        ):
            return None  # "5 $10", "3 USD50": the unit belongs to the next number
        end, after = token.end, index + 1
        while (
            nxt
            and nxt.word
            and nxt.word.unit is None
            and nxt.word.country
            and self.text[end : nxt.start] in GAPS | _OF_GAPS
        ):
            if not unit.is_family or nxt.word.country not in FAMILIES[unit.name]:
                break
            qualifier, end, after = nxt.word.country, nxt.end, after + 1
            nxt = self.tokens[after] if after < len(self.tokens) else None
        if (
            nxt
            and nxt.word
            and nxt.word.unit
            and self.text[end : nxt.start] in GAPS
            and (merged := _merge(unit, nxt.word.unit))
        ):
            unit, end, after = merged, nxt.end, after + 1
        return Beside(unit, qualifier, token.start, end, index, after)

    def _scale_behind(self, priced: Priced) -> Priced:
        """Reads the scale of "75 USD million"."""
        index = priced.after
        if priced.side == "before" or priced.amount.scale > 1 or index >= len(self.tokens):
            return priced
        word = self.tokens[index].word
        gap = self.text[priced.end : self.tokens[index].start]
        if (
            word is None
            or word.scale is None
            or word.is_letter
            or word.unit
            or gap != " "
            or priced.unit.kind == "word"
        ):
            return priced
        value = EXACT.multiply(priced.amount.value, word.scale)
        amount = replace(priced.amount, value=value, scale=word.scale)
        return replace(priced, amount=amount, end=self.tokens[index].end, after=index + 1)

    def _leads_on(self, unit: Beside) -> bool:
        """Whether a sign or code stands right before another number: "$ 20 $ 37", "USD 1.70 EUR 1.98"."""
        if unit.unit.kind == "word" or unit.after >= len(self.tokens):
            return False
        nxt = self.tokens[unit.after]
        return nxt.word is None and self.text[unit.end : nxt.start] in GAPS

    def _adjacent(self, index: int) -> bool:
        return self.text[self.tokens[index].end : self.tokens[index + 1].start] in GAPS

    def _joins(self, position: int, index: int, amount: Amount) -> bool:
        gap = self.text[position : self.tokens[index].start]
        if gap in GAPS:
            return True
        return (
            len(gap) < 8
            and gap.strip(" \u00a0'’").lower() in self.lexicon.of
            and (amount.scale > 1 or amount.is_written or True)
        )

    # Ranges ----------------------------------------------------------------

    def _range_end(self, low: Amount, priced: Priced | None, end: int, after: int) -> Priced | None:
        """Returns the upper end of a range whose lower end is an amount, priced or bare."""
        index = self._after_connector(end, after, low)
        if index is None:
            return None
        start = index
        while start < len(self.tokens) and start - index < 3:
            word = self.tokens[start].word
            if word is None or word.unit is None:
                break
            start += 1
        if start >= len(self.tokens) or (start > index and not self._adjacent(start - 1)):
            return None
        high = self._amount_at(start)
        if high is None:
            return None
        used, self.used = self.used, index
        found = self._price(high)
        self.used = used
        if start > index and (found is None or found.side == "after"):
            return None
        if found and priced is None and found.side != "after":
            return None  # "€2 million in 2023 to €3 million"
        if found is None and priced is not None and priced.side == "before":
            found = Priced(
                high,
                priced.unit,
                priced.qualifier,
                high.start,
                high.end,
                high.first,
                high.after,
                "shared",
            )
        return found if found and _is_above(low, high) else None

    def _is_same_money(self, low: Priced, high: Priced) -> bool:
        return low.unit.factor == high.unit.factor and (
            self._resolve(low).code == self._resolve(high).code
            or _merge(low.unit, high.unit) is not None
        )

    def _after_connector(self, end: int, after: int, low: Amount) -> int | None:
        if after >= len(self.tokens):
            return None
        token = self.tokens[after]
        gap = self.text[end : token.start]
        if _RANGE_GAP.fullmatch(gap):
            return after
        if gap.strip() or token.word is None or after + 1 >= len(self.tokens):
            return None
        if token.word.role == "range" or (token.word.role == "and" and self._is_opened(low)):
            if not self.text[token.end : self.tokens[after + 1].start].strip():
                return after + 1
        return None

    def _is_opened(self, low: Amount) -> bool:
        for index in range(low.first - 1, max(-1, low.first - 4), -1):
            word = self.tokens[index].word
            if word and word.role == "opening":
                return True
        return False

    def _range(
        self, low: Amount, priced: Priced | None, high: Priced
    ) -> tuple[Mention, int] | None:
        start = priced.start if priced else low.start
        resolved = self._resolve(high)
        value = _by_custom(low, high, resolved, self.decimal)
        top = _by_custom(high.amount, high, resolved, self.decimal)
        if low.scale == 1 and high.amount.scale > 1 and low.bare < high.amount.bare:
            value = EXACT.multiply(value, high.amount.scale)
        mention = Mention(
            start=start,
            end=high.end,
            surface=self.text[start : high.end],
            kind="mention",
            amount=_plain(_scaled(value, high.unit)),
            amount_high=_plain(_scaled(top, high.unit)),
            currency_code=resolved.code,
            rule=resolved.rule,
            is_ambiguous=resolved.is_ambiguous,
        )
        return mention, high.after

    # Decisions -------------------------------------------------------------

    def _single(self, priced: Priced) -> tuple[Mention, int]:
        resolved = self._resolve(priced)
        value = _by_custom(priced.amount, priced, resolved, self.decimal)
        amount, end, after = _scaled(value, priced.unit), priced.end, priced.after
        if minor := self._minor_part(priced, resolved):
            amount = EXACT.add(amount, _scaled(minor.amount.value, minor.unit))
            end, after = minor.end, minor.after
        mention = Mention(
            start=priced.start,
            end=end,
            surface=self.text[priced.start : end],
            kind="mention",
            amount=_plain(amount),
            currency_code=resolved.code,
            rule=resolved.rule,
            is_ambiguous=resolved.is_ambiguous,
        )
        return mention, after

    def _minor_part(self, priced: Priced, resolved: Resolved) -> Priced | None:
        """Reads the cents of "two dollars and five cents"."""
        index = priced.after
        if priced.amount.value % 1:
            return None
        if priced.unit.factor != 1 or index >= len(self.tokens):
            return None
        if priced.amount.scale >= THOUSAND and not priced.amount.is_written:
            return None
        gap = self.text[priced.end : self.tokens[index].start]
        word = self.tokens[index].word
        if word and word.role == "and" and gap.strip(" ,") == "" and index + 1 < len(self.tokens):
            gap = self.text[self.tokens[index].end : self.tokens[index + 1].start]
            index += 1
        if gap not in _MINOR_GAPS:
            return None
        amount = self._amount_at(index)
        if amount is None or amount.value >= 1000 or amount.value % 1:
            return None
        used, self.used = self.used, index
        minor = self._price(amount)
        self.used = used
        if minor is None or minor.unit.factor >= 1 or minor.side != "after":
            return None
        if EXACT.multiply(amount.value, minor.unit.factor) >= 1:
            return None
        names = {minor.unit.name, *FAMILIES.get(minor.unit.name, {}).values()}
        return minor if resolved.code in names or minor.unit.name in _ANYONES_MINOR else None

    def _resolve(self, priced: Priced) -> Resolved:
        needs_sentence = (
            priced.unit.is_family
            and not priced.qualifier
            and priced.unit.name not in NOT_BY_SENTENCE
        )
        named = self._countries_near(priced) if needs_sentence else frozenset()
        return resolve_unit(priced.unit, priced.qualifier, self.country, named, self.lexicon)

    def _countries_near(self, priced: Priced) -> frozenset[str]:
        """The countries named in the sentence around an amount."""
        start = max(0, priced.start - _SENTENCE)
        for match in _SENTENCE_END.finditer(self.text, start, priced.start):
            start = match.end()
        ending = _SENTENCE_END.search(self.text, priced.end, priced.end + _SENTENCE)
        end = ending.start() if ending else priced.end + _SENTENCE
        found: set[str] = set()
        for step, index in ((-1, priced.first - 1), (1, priced.after)):
            while 0 <= index < len(self.tokens) and start <= self.tokens[index].start < end:
                word = self.tokens[index].word
                if word and (word.place or word.country):
                    found.add(word.place or word.country or "")
                index += step
        return frozenset(found)

    def _accepts(self, priced: Priced) -> bool:
        if is_weak_without_evidence(
            priced.unit, priced.amount, priced.qualifier, self.country, priced.side
        ):
            return False
        return not is_not_money(
            Candidate(
                self.text,
                priced.start,
                priced.end,
                priced.amount,
                priced.unit,
                priced.side,
                self.lexicon,
            )
        )

    def _breaks_before(self, amount: Amount, priced: Priced | None) -> bool:
        """Whether the number is only the tail of something longer ("20.09-12", "A350")."""
        start = priced.start if priced else amount.start
        before = self.text[start - 1 : start]
        if priced and priced.side in ("before", "both"):
            return before.isalnum() and before.isascii() and priced.unit.kind != "sign"
        return bool(before) and (
            before.isalpha()
            and before.isascii()
            or before in "/:_#"
            or (before in ".,-" and self.text[start - 2 : start - 1].isdigit())
        )


_SENTENCE = 400
_SENTENCE_END = re.compile(r"[.!?。！？؟।]\s+(?=[^a-zа-я])|\n")
# Names of minor units that stand for the hundredth of any currency named right before them.
_ANYONES_MINOR = frozenset(
    {"cent", "centime", "centimo", "centavo", "centesimo", "penny", "ore", "EUR", "CHF", "USD"}
)
_OF_GAPS = frozenset(
    {
        " de los ",
        " de ",
        " d'",
        " d’",
        " dos ",
        " des ",
        " du ",
        " da ",
        " do ",
        " di ",
        " della ",
        " of ",
        " von ",
        " från ",
    }
)
# Languages that put the country after the unit without a word between ("долларов Канады").
_GENITIVE = frozenset("ru uk be bg pl cs sk hr sr sl lt el id ms vi".split())


def _merge(one: Unit, other: Unit) -> Unit | None:
    """Returns the more exact of two units that name the same money ("NZD $", "$100 CAD"), None if they differ."""
    if one.factor != other.factor:
        return None
    if one.name == other.name:
        return one
    if one.is_family and other.name in FAMILIES[one.name].values():
        return other
    if other.is_family and one.name in FAMILIES[other.name].values():
        return one
    if one.is_family and other.is_family and "dollar_sign" in (one.name, other.name):
        rest = other if one.name == "dollar_sign" else one
        return rest if rest.name in ("dollar", "peso") else None
    return None


def _is_above(low: Amount, high: Amount) -> bool:
    if low.value < high.value:
        return True
    return False


def _by_custom(amount: Amount, priced: Priced, resolved: Resolved, decimal: str) -> Decimal:
    """Reads three digits after one mark as that currency is written.

    Yen and forints have no decimals, Kuwaiti dinars three; and a sign before the number goes with the English
    way of writing ("$1,250" in a German text).
    """
    if amount.scale != 1 or not amount.printed or priced.unit.factor != 1:
        return amount.value
    is_english = (
        "," in amount.printed
        and priced.unit.name in ("dollar_sign", "pound")
        and priced.side == "before"
    )
    if resolved.code in UNDIVIDED or is_english:
        return regroup(amount.printed) or amount.value
    if resolved.code in MILLESIMAL and not decimal:
        return undo_group(amount.printed) or amount.value
    return amount.value


def _scaled(value: Decimal, unit: Unit) -> Decimal:
    return EXACT.multiply(value, unit.factor) if unit.factor != 1 else value


def _plain(value: Decimal) -> Decimal:
    """Drops the zeros that a scale leaves behind the mark: 1200000.0 is 1200000."""
    return (
        value.quantize(Decimal(1), context=EXACT) if value >= THOUSAND and value % 1 == 0 else value
    )
