"""Why an amount has, or has not, a value in US dollars: the values of `usd_status`."""

from schemas.described import DescribedEnum


class RateStatus(DescribedEnum):
    """The outcome of looking for the rate of an amount's currency on its day."""

    OK = "ok", "There is a rate."
    NO_CURRENCY = "no_currency", "The page does not tell which currency it is."
    NO_DATE = "no_date", "The day of publication is not known."
    NO_SOURCE = "no_source", "No source of rates has the currency."
    BEFORE_FIRST = "before_first", "The day is before the first rate of the currency."
    AFTER_LAST = "after_last", "The newest rate of the currency is too old for the day."
    STALE = "stale", "The day is in a gap: the rate before it is too old."
