"""Exchange-rate tickers: where a page prints the day's rates beside its news.

A ticker is a run of pairs of a currency and a number ("$ 1.7 | € 1.98") of at least two
currencies, with next to nothing between them. Whether its numbers are rates is decided by
`tasks.normalize.currencies.quotes`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from schemas.currencies.iso_4217 import CURRENT
from schemas.currencies.signs import SIGNS
from schemas.languages.compiled_tables import meanings

_SIGN_CODES = {
    sign: code
    for sign, code in SIGNS.items()
    if code.isupper() or code in ("dollar_sign", "pound", "yen_yuan", "won")
} | {"US$": "USD", "R$": "BRL"}
_NAMES: dict[str, str] = meanings("amounts", "tickers")
_LONGEST_FIRST = sorted(_NAMES, key=len, reverse=True)
_UNIT = "|".join(
    [
        *(re.escape(sign) for sign in sorted(_SIGN_CODES, key=len, reverse=True)),
        rf"(?<![^\W\d_])(?:{'|'.join(sorted(CURRENT))})(?![^\W\d_])",
        rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, _LONGEST_FIRST))})(?![^\W\d_])",
    ]
)
_RATE = r"\d{1,7}(?:[.,]\d{1,8})?(?![\d.,]*\d|[^\W\d_]|\s*%)"
_BEFORE_RATE = r"\s?[:=–-]?\s?[▲▼△▽↑↓⬆⬇]?\s?"
_NO_NOMINAL = rf"(?!1(?:0{{1,4}})?\s?(?:{_UNIT}))"
# How a pair begins: with a sign or a nominal, else with a word that has a digit as near as a rate.
# This is tried before the units, which are two hundred: most words of a text fail here.
_SIGN_FIRST = re.escape("".join(sorted({sign[0] for sign in _SIGN_CODES})))
_FARTHEST_RATE = len(_LONGEST_FIRST[0]) + len(" / USD : ▲ ")
_BEGINS = rf"(?=[1{_SIGN_FIRST}]|(?<![^\W\d_])[^\W\d_]\D{{0,{_FARTHEST_RATE}}}+\d)"
_PAIR = re.compile(
    rf"{_BEGINS}(?:(?<![\d.,])(?P<nominal>1|10|100|1000|10000)\s?)?"
    rf"(?P<unit>{_UNIT})\s?(?:[/-]\s?(?P<quote>[A-Z]{{3}}))?"
    rf"{_BEFORE_RATE}(?P<rate>{_RATE})"
    rf"(?:\s[|/]?\s?{_NO_NOMINAL}(?P<second>{_RATE}))?"
    # "1.70 ₼": the currency of the rate, unless it is the one that the next number prices.
    rf"(?:\s?(?P<of_rate>{_UNIT})(?!\s?(?:[/-]\s?[A-Z]{{3}})?{_BEFORE_RATE}{_NO_NOMINAL}{_RATE}))?",
    re.IGNORECASE,
)
# Changes, signs of direction, times and dates, temperatures: what stands in a ticker beside its
# pairs.
_DECORATION = re.compile(
    r"[▲▼△▽↑↓⬆⬇+−-]\s?\d+(?:[.,]\d+)?\s?%?|(?<!\d)\d+(?:[.,]\d+)?\s?%|[+−-]?\d{1,2}\s?°\s?[CF]?|\d{1,2}[:.]\d{2}(?::\d{2})?"
    r"|\d{1,2}[./]\d{1,2}[./]\d{2,4}|[^\w]"
)
_DIGIT = re.compile(r"\d")
# One currency with a number is a price.
MIN_CURRENCIES = 2
# A longer line is text.
LONGEST_TICKER = 400
_MAX_OTHER_WORDS = 6
_MAX_LABEL_WORDS = 2


@dataclass(frozen=True, slots=True)
class Pair:
    """A currency and the number printed beside it.

    Codes (or a family of signs) and printed numbers; `quote` stands before the number ("USD/JPY"),
    `of_rate` behind it ("$ 1.70 ₼").
    """

    unit: str
    rate: str
    second: str | None
    nominal: str | None
    quote: str | None
    of_rate: str | None


def read_pairs(line: str) -> list[Pair]:
    """Returns the pairs of currency and number in a line, in order."""
    return [
        Pair(
            _code(match["unit"]),
            match["rate"],
            match["second"],
            match["nominal"],
            _known(match["quote"]),
            _code(match["of_rate"]) if match["of_rate"] else None,
        )
        for match in _PAIR.finditer(line)
    ]


def is_ticker_line(line: str) -> bool:
    """Whether a line of a text dump is (part of) a ticker: currencies, rates and little else.

    A single pair counts when it is all that the line holds and its number has a decimal mark:
    whether its neighbours make it a ticker is for the caller to see (`collect_quote_lines` does).
    """
    if len(line) > LONGEST_TICKER or not _DIGIT.search(line):
        return False
    pairs = read_pairs(line)
    if not pairs:
        return False
    rest = _DECORATION.sub(" ", _PAIR.sub(" ", line)).split()
    if len(pairs) == 1:
        return not rest and not pairs[0].rate.isdecimal()
    words = [word for word in rest if not word.isdecimal()]
    units = {pair.unit for pair in pairs}
    # A sentence has words in small letters; a ticker has labels and at most the name of a month.
    is_sentence = sum(word[0].islower() for word in words) > 1
    return (
        len(units) >= MIN_CURRENCIES
        and not is_sentence
        and len(words) <= min(_MAX_OTHER_WORDS, 2 * len(pairs))
    )


def collect_quote_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """Returns the tickers of a text dump.

    Runs of ticker lines that price at least two currencies, joined by spaces.
    """
    found: list[str] = []
    run: list[str] = []
    for line in (*lines, "end"):
        if is_ticker_line(line):
            run.append(line.strip())
        elif line.strip() and run:
            if len({pair.unit for part in run for pair in read_pairs(part)}) >= MIN_CURRENCIES:
                found.append(" ".join(run))
            run = []
    return tuple(found)


_UNITS_IN_SOURCE = (
    "$", "€", "£", "₽", "₺", "₾", "₼", "₸", "₴", "&euro;", "&pound;", "&#36;", "&#8364;", "US$",
    "USD", "EUR", "GBP", "RUB", "TRY", "GEL", "AZN", "AMD", "UAH", "KZT", "CNY", "JPY", "CHF",
    "PLN", "INR", "BRL", "Dollar", "Euro", "Dolar", "Avro", "Доллар", "Евро",
)  # fmt: skip
_FIRST = re.escape("".join(sorted({unit[0] for unit in _UNITS_IN_SOURCE})))
# The beginning of a pair in the source of a page: a unit right after a tag. What may begin one is
# looked at before the units are tried: most tags fail there.
_IN_SOURCE = re.compile(
    rf">[\s•·]{{0,20}}+(?:1\s)?+(?=[{_FIRST}])"
    rf"({'|'.join(map(re.escape, _UNITS_IN_SOURCE))})[^<>\n]{{0,24}}<",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"<(script|style|noscript)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>?")
_NEAR = 1_500
_AFTER = 300


def collect_quotes(source: str) -> tuple[str, ...]:
    """Returns the texts of a page's rate widgets, out of its HTML; most pages have none.

    Only the source around units that stand right after a tag is looked at, so a page without any
    costs one search over its source.
    """
    found: list[str] = []
    for start, end in _clusters(source):
        window = _TAG.sub(" ", _HIDDEN.sub(" ", source[start : end + _AFTER]))
        for ticker in _runs(" ".join(unescape(window).split())):
            if is_ticker_line(ticker) and ticker not in found:
                found.append(ticker)
    return tuple(found)


def _runs(text: str) -> Iterator[str]:
    """Yields stretches of a text in which pairs of at least two currencies follow each other."""
    run: list[re.Match[str]] = []
    for match in (*_PAIR.finditer(text), None):
        if run and (match is None or not _is_gap(text[run[-1].end() : match.start()])):
            if len({_code(pair["unit"]) for pair in run}) >= MIN_CURRENCIES:
                yield text[run[0].start() : run[-1].end()]
            run = []
        if match:
            run.append(match)


def _is_gap(between: str) -> bool:
    """Whether what stands between two pairs may stand inside a ticker: marks, changes, a label."""
    words = _DECORATION.sub(" ", between).split()
    return len(words) <= _MAX_LABEL_WORDS and not any(word[0].islower() for word in words)


def _clusters(source: str) -> Iterator[tuple[int, int]]:
    """Yields stretches of source that hold at least two different units near each other."""
    start = end = -_NEAR - 1
    units: set[str] = set()
    for match in _IN_SOURCE.finditer(source):
        if match.start() - end > _NEAR:
            if len(units) >= MIN_CURRENCIES:
                yield start, end
            start, units = match.start() + 1, set()
        end = match.end()
        units.add(match.group(1).upper())
    if len(units) >= MIN_CURRENCIES:
        yield start, end


def _code(printed: str) -> str:
    return _SIGN_CODES.get(printed) or _NAMES.get(printed.casefold()) or printed.upper()


def _known(code: str | None) -> str | None:
    return code.upper() if code and code.upper() in CURRENT else None
