"""Where a page or a text dump holds exchange rates."""

import pytest

from tasks.printed.ticker_lines import collect_quote_lines, collect_quotes, is_ticker_line


@pytest.mark.parametrize(
    "line",
    [
        "$ 1.7",
        "• € 1.98",
        "USD 92,45 EUR 99,80 CNY 12,71",
        "$ 1.7 | € 1.98 | ₽ 0.022",
        "Bakı +17°C | USD 1.7 | EUR 1.96 | Brent 82.15",
        "USD 1.7000 ▲ +0.1% EUR 1.9829 ▼ -0.2%",
        "1 USD = 1.7000 1 EUR = 1.9829",
        "Доллар 92,45 Евро 99,80",
    ],
)
def test_ticker_lines(line: str) -> None:
    assert is_ticker_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "$ 500",
        "The firm paid $5.99 to some and €5.49 to others.",
        "Dollar rises to 1.70 manats",
        "USD 92.45 per barrel, said the minister of energy on Monday",
        "20 September 2024 12:30",
        "USD EUR GBP",
        "9" * 10_000,
    ],
)
def test_other_lines(line: str) -> None:
    assert not is_ticker_line(line)


def test_lines_that_follow_each_other_are_one_ticker() -> None:
    lines = ["Menu", "• $ 1.7", "• € 1.98", "", "• ₽ 0.022", "News of the day", "$ 5.50", "More"]
    assert collect_quote_lines(lines) == ("• $ 1.7 • € 1.98 • ₽ 0.022",)


def test_a_widget_keeps_the_currency_behind_its_last_rate() -> None:
    widget = "<ul><li>1 USD = 1.7000 AZN</li><li>1 EUR = 1.8424 AZN</li></ul>"
    assert collect_quotes(f"<html><body>{widget}<p>News.</p></body></html>") == (
        "1 USD = 1.7000 AZN 1 EUR = 1.8424 AZN",
    )


@pytest.mark.parametrize(
    "widget",
    [
        "<ul class='x'><li>$ <span>1.7</span></li><li>€ <span>1.98</span></li></ul>",
        "<table><tr><td>USD</td><td>1.7000</td></tr><tr><td>EUR</td><td>1.9800</td></tr></table>",
        "<div><b>&#36;</b> 1.7 <i>+0.1%</i></div><div><b>&euro;</b> 1.98</div>",
        "<div>USD<!-- ad --><script>var a = 5.5;</script> 1.70</div><div>EUR 1.98</div>",
    ],
)
def test_a_widget_is_found_in_a_page(widget: str) -> None:
    (quote,) = collect_quotes(f"<html><body>{widget}<p>An article costs nothing.</p></body></html>")
    assert [part for part in quote.split() if part.startswith("1.")][:2] in (
        ["1.7", "1.98"],
        ["1.7000", "1.9800"],
        ["1.70", "1.98"],
    )


@pytest.mark.parametrize(
    "source",
    [
        "<html><body><p>Prices: $5.50 today.</p><p>€ is a sign.</p></body></html>",
        "<html><body><p>USD rose.</p><p>EUR fell, and 5.5 tonnes were sold.</p></body></html>",
        "<html><body>" + "<p>$5</p>" * 2000 + "</body></html>",
    ],
)
def test_a_page_without_a_widget_has_no_quotes(source: str) -> None:
    assert collect_quotes(source) == ()
