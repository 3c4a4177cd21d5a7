"""What the normalizers decide: a value, the printed text it came from, the rule that chose it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from schemas.reasons import Reason


class Precision(StrEnum):
    """How exactly the page says when it was published."""

    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletCandidate:
    """A name or a locale that was considered for the outlet.

    Attributes:
        text: as printed. position: where, for people.
        name: what it was read as; None where it is no name.
        score: its weight; None where it was not weighed against others.
        verdict: why it won or lost, for people.
        is_chosen: whether its name is the outlet's. False of all where the registry told the name.
    """

    text: str
    position: str
    name: str | None = None
    score: float | None = None
    verdict: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletDecision:
    """The outlet of a document.

    Attributes:
        outlet_id: registry id, or a derived one (`~` first) for an outlet that is not registered;
            None if unknown.
        name, country, domain: as published; None where not known. `domain` is registrable.
        timezone, date_order, languages: what follows from knowing it, for dates and currencies.
        text: the printed text that decided. rule: the rule that decided.
        candidates: what was weighed, the heaviest first.
    """

    outlet_id: str | None = None
    name: str | None = None
    country: str | None = None
    domain: str | None = None
    timezone: str | None = None
    date_order: str | None = None
    languages: tuple[str, ...] = ()
    text: str | None = None
    rule: str | None = None
    candidates: tuple[OutletCandidate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCandidate:
    """A date that was considered.

    Attributes:
        text: as printed. position: where, for people.
        read_as: the days and times it can be; None where it is no date.
        score: its weight.
        verdict: why it won or lost, for people.
        is_chosen: whether the publication was read from it.
    """

    text: str
    source: str
    position: str
    kind: str
    read_as: str | None
    score: float
    verdict: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DateDecision:
    """When a document was published.

    Attributes:
        published_at: UTC instant; None when only the day is known.
        utc_offset_minutes: the offset of the printed time in its own zone.
        published_date: the outlet's local day; None exactly when `reason` says why.
        precision: what was known. text: as printed. rule: the published_source.
        modified_at: UTC instant of the last change that the page gives.
    """

    published_at: datetime | None = None
    utc_offset_minutes: int | None = None
    published_date: date | None = None
    precision: Precision | None = None
    text: str | None = None
    rule: str | None = None
    modified_at: datetime | None = None
    reason: Reason | None = None
    detail: str = ""
    candidates: tuple[DateCandidate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An amount of money in a text, or an exchange rate printed on the page (`kind` quote).

    Attributes:
        start, end: code point offsets into the text; None for quotes.
        surface: as printed.
        amount, amount_high: in major units; `amount_high` only for ranges.
        currency_code: ISO 4217, None where it cannot be known; `rule` says what chose it.
        is_ambiguous: the sign or word names more than one currency.
        quote_currency_code: for quotes, the currency that `amount` is in; `currency_code` is the
            one priced.
    """

    start: int | None
    end: int | None
    surface: str
    kind: Literal["mention", "quote"]
    amount: Decimal
    amount_high: Decimal | None = None
    currency_code: str | None = None
    rule: str
    is_ambiguous: bool = False
    quote_currency_code: str | None = None
