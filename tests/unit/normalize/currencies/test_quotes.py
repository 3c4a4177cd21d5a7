"""Rates from tickers, and what only looks like one."""

from decimal import Decimal

import pytest

from tasks.normalize.currencies.quotes import read_quotes


def _rates(text: str, country: str | None) -> list[tuple[str | None, Decimal, str | None]]:
    return [
        (quote.currency_code, quote.amount, quote.quote_currency_code)
        for quote in read_quotes([text], country)
    ]


def test_a_row_of_signs_is_read_in_the_currency_of_the_country() -> None:
    assert _rates("$ 1.7 € 1.98 ₽ 0.022094 ₺ 0.04 £ 2.266", "AZ") == [
        ("USD", Decimal("1.7"), "AZN"),
        ("EUR", Decimal("1.98"), "AZN"),
        ("RUB", Decimal("0.022094"), "AZN"),
        ("TRY", Decimal("0.04"), "AZN"),
        ("GBP", Decimal("2.266"), "AZN"),
    ]


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        (
            "USD 92,45 EUR 99,80 Brent 81,2",
            "RU",
            [("USD", "92.45", "RUB"), ("EUR", "99.80", "RUB")],
        ),
        (
            "Tbilisi +17°C | USD 2.72 | EUR 2.95",
            "GE",
            [("USD", "2.72", "GEL"), ("EUR", "2.95", "GEL")],
        ),
        (
            "1 USD = 387.50; 100 RUB = 412.00",
            "AM",
            [("USD", "387.50", "AMD"), ("RUB", "4.12", "AMD")],
        ),
        (
            "Dolar 34,25 ▲ 0,12% Euro 37,10 ▼ 0,05%",
            "TR",
            [("USD", "34.25", "TRY"), ("EUR", "37.10", "TRY")],
        ),
        (
            "EUR/USD 1.0850 USD/JPY 151.20",
            None,
            [("EUR", "1.0850", "USD"), ("USD", "151.20", "JPY")],
        ),
        ("$ 41.250 € 44.875", "UA", [("USD", "41.250", "UAH"), ("EUR", "44.875", "UAH")]),
    ],
)
def test_forms_of_tickers(
    text: str, country: str | None, expected: list[tuple[str, str, str]]
) -> None:
    assert _rates(text, country) == [(unit, Decimal(rate), quote) for unit, rate, quote in expected]


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        ("• $ 1.70 ₼ • € 1.84 ₼ • ₽ 0.0186 ₼", ["1.70", "1.84", "0.0186"]),
        ("1 USD = 1.7000 AZN 1 EUR = 1.8424 AZN", ["1.7000", "1.8424"]),
        ("100 RUB = 1.86 AZN; 1 USD = 1.70 AZN", ["0.0186", "1.70"]),
        ("USD 1.70 AZN | EUR 1.84 AZN | GBP 2.16", ["1.70", "1.84", "2.16"]),
    ],
)
def test_the_currency_printed_behind_the_rates_is_theirs(text: str, rates: list[str]) -> None:
    for country in (None, "GE"):
        quotes = read_quotes([text], country)
        assert [quote.amount for quote in quotes] == [Decimal(rate) for rate in rates]
        assert {quote.quote_currency_code for quote in quotes} == {"AZN"}
        assert {quote.rule for quote in quotes} == {"ticker_currency"}


@pytest.mark.parametrize(
    "text",
    [
        "$ 1.7 € 1.98 ₽ 0.022094 ₺ 0.04 £ 2.266",
        "USD 92.4512 EUR 99.8014",
        "USD 2.72 EUR 2.95 GBP 3.44",
        "€ 99,80 ₽ 1,08",
    ],
)
def test_rates_in_an_unknown_currency_are_kept_without_it(text: str) -> None:
    quotes = read_quotes([text], None)
    assert [quote.currency_code for quote in quotes[:2]] in (["USD", "EUR"], ["EUR", "RUB"])
    assert {quote.quote_currency_code for quote in quotes} == {None}
    assert {quote.rule for quote in quotes} == {"quote_currency_unknown"}


def test_a_quote_keeps_what_was_printed_and_has_no_place_in_the_text() -> None:
    quote = read_quotes(["USD 1.70 EUR 1.98"], "AZ")[0]
    assert (quote.kind, quote.surface, quote.start, quote.end) == (
        "quote",
        "USD 1.70 EUR 1.98",
        None,
        None,
    )


def test_buying_and_selling_rates_are_a_spread() -> None:
    quote = read_quotes(["USD 1.6975 1.7025 EUR 1.83 1.89"], "AZ")[0]
    assert (quote.amount, quote.amount_high) == (Decimal("1.6975"), Decimal("1.7025"))


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("US$ 5.99 € 5.49 £ 4.99", "AZ"),  # the dearer currency has the lower number: prices
        ("$ 10.50 ₽ 950.00", "AZ"),
        ("₼ 5.00 $ 2.95 € 2.70", "AZ"),  # the country's own currency is among them
        ("$ 1.7", "AZ"),  # one alone is no ticker
        ("$ 799.99 € 899.99", None),  # a price list's as well: euro prices hold taxes
        ("$ 10.50 ₽ 950.00", None),
        (
            "USD 92.45 EUR 99.80 GBP",
            None,
        ),  # the last lost its number: it is not the others' currency
        ("The firm paid $5.99 million and later €6.20 million in fines.", "AZ"),
        ("Bilet 5.00 manat, uşaqlar üçün 2.50 manat", "AZ"),
        ("USD EUR RUB", "AZ"),
        ("", "AZ"),
    ],
)
def test_what_is_no_ticker_gives_no_quotes(text: str, country: str | None) -> None:
    assert read_quotes([text], country) == []
