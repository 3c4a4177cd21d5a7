"""What is printed of a date, as numbers, and the folding that every reader of dates works on."""

from typing import NamedTuple

from schemas.languages.dates import DayPeriod, MonthName

# A word is any run without spaces, digits and punctuation: combining marks of Indic scripts and
# Thai vowels are no letters to `\w`.
PUNCTUATION = r"!-/:-@\[-`{-~،؛।·•«»“”„…「」『』【】〔〕|"
LETTER = rf"[^\s\d{PUNCTUATION}]"
WORD = rf"{LETTER}+"


class DateParts(NamedTuple):
    """What is printed, as numbers; None for what is not printed.

    A frozen dataclass takes four times as long to make and to change.

    Attributes:
        order: `ymd`, `dmy`, `mdy` where the print leaves no doubt; `numeric` where `first` and
            `second` may each be the day; `short` where the year may stand first too ("24/1/19");
            `ago`, `day_shift` and `weekday` for relative forms.
        year: as printed; `year_digits` tells 24 from 2024. era: "令和", "民國", ...
        month: what the month's name may mean; empty for numeric dates.
        first, second: the numbers in their printed order (for named months, `first` is the day).
        hour, minute, second_of_minute: the clock time.
        day_periods: what a word beside the clock may mean: pm, "in the evening".
        is_clock_plain: no word behind the clock is unknown; it might be one for the evening.
        zone: "+04:00", "utc", "ist", ... in lower case.
        weekdays: the days that a printed weekday may mean, 0 for Monday.
        ago_s: seconds before the fetch; day_shift: 0 for today, -1 for yesterday.
        languages: in which the relative word means that ("hier" is yesterday in French only).
    """

    order: str
    year: int | None = None
    year_digits: int = 0
    era: str | None = None
    month: tuple[MonthName, ...] = ()
    first: int | None = None
    second: int | None = None
    hour: int | None = None
    minute: int | None = None
    second_of_minute: int | None = None
    day_periods: tuple[DayPeriod, ...] = ()
    is_clock_plain: bool = True
    zone: str | None = None
    weekdays: frozenset[int] = frozenset()
    ago_s: int | None = None
    day_shift: int | None = None
    languages: frozenset[str] = frozenset()


Found = tuple[int, int, DateParts]


# Fullwidth, Arabic, Ethiopic, Burmese and Urdu.
_BEHIND_CYRILLIC = 0x530
_PUNCTUATION_OF_SCRIPTS = "：／．，（）、،፣၊။۔"


def _fold_table() -> dict[int, str]:
    # What the table lacks costs `translate` an exception each: most letters are in it as they are.
    table = {code: chr(code) for code in range(_BEHIND_CYRILLIC)}
    # Every decimal digit of Unicode, from Arabic-Indic to the segmented ones.
    digits = (code for code in range(0x660, 0x1FBFA) if chr(code).isdecimal())
    table.update((code, str(int(chr(code)))) for code in digits)
    table.update(dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-"))
    spaces = "\u00a0\u2007\u2009\u200a\u202f\u3000\u200e\u200f\t\ufeff\u200b\u00ad"
    table.update(dict.fromkeys(map(ord, spaces), " "))
    table.update(dict.fromkeys(map(ord, "\u202a\u202b\u202c\u2066\u2067\u2068\u2069"), " "))
    table.update(dict.fromkeys(map(ord, "’‘ʼʻ`´"), "'"))
    table.update(
        {
            ord(wide): plain
            for wide, plain in zip(_PUNCTUATION_OF_SCRIPTS, ":/.,(),,,,..", strict=True)
        }
    )
    table[ord("İ")] = "i"
    return table


_FOLD = _fold_table()


def fold(text: str) -> str:
    """Returns the text in lower case with ASCII digits, dashes and spaces; offsets stay."""
    if text.isascii():
        return text.lower()
    folded = text.translate(_FOLD)
    lowered = folded.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in folded)
