"""Which currency is meant and why, ranges, and what is not money."""

from decimal import Decimal

import pytest

from tasks.normalize.currencies.mentions import find_mentions
from tasks.normalize.decisions import Mention


def _only(text: str, language: str | None = "en", country: str | None = None) -> Mention:
    (mention,) = find_mentions(text, language, country)
    return mention


@pytest.mark.parametrize(
    ("text", "language", "country", "code", "rule", "is_ambiguous"),
    [
        ("It costs $5.", "en", None, "USD", "international_default", True),
        ("It costs $5.", "en", "AU", "AUD", "outlet_country", True),
        ("It costs $5.", "es", "CL", "CLP", "outlet_country", True),
        ("It costs US$5.", "en", "AU", "USD", "sign", False),
        ("It costs A$5.", "en", None, "AUD", "sign", False),
        ("It costs €5.", "en", "AU", "EUR", "sign", False),
        ("It costs 5 Canadian dollars.", "en", "US", "CAD", "qualifier", False),
        ("Des amendes de 5 dollars de Hong Kong.", "fr", None, "HKD", "qualifier", False),
        ("Kenya set aside 20 million shillings.", "en", None, "KES", "sentence_country", True),
        ("Kenya and Uganda set aside 20 million shillings.", "en", None, None, "unknowable", True),
        (
            "It happened in Kenya. A fine of 20 million shillings.",
            "en",
            None,
            None,
            "unknowable",
            True,
        ),
        ("The fine was 20 million francs.", "en", None, None, "unknowable", True),
        ("The fine was 20 million francs.", "en", "SN", "XOF", "outlet_country", True),
        ("A fine of 300 manats.", "en", "TM", "TMT", "outlet_country", True),
        ("A fine of 300 manats.", "en", None, "AZN", "international_default", True),
        ("Boten er 300 kroner.", "no", None, "NOK", "language_default", True),
        ("Bøden er 300 kroner.", "da", None, "DKK", "language_default", True),
        ("Boten er 300 kroner.", "no", "SE", "SEK", "outlet_country", True),
        ("Штраф 300 рублей.", "ru", "BY", "BYN", "outlet_country", True),
        ("Sri Lanka fined it 300 million rupees.", "en", None, "LKR", "sentence_country", True),
        ("Two fines, £5 in all.", "en", "EG", "EGP", "outlet_country", True),
    ],
)
def test_the_currency_and_the_rule_that_chose_it(
    text: str, language: str, country: str | None, code: str | None, rule: str, is_ambiguous: bool
) -> None:
    mention = _only(text, language, country)
    assert (mention.currency_code, mention.rule, mention.is_ambiguous) == (code, rule, is_ambiguous)


@pytest.mark.parametrize(
    ("text", "surface", "low", "high"),
    [
        ("worth €2-3 million", "€2-3 million", 2_000_000, 3_000_000),
        ("worth €2 - €3 million", "€2 - €3 million", 2_000_000, 3_000_000),
        ("between $5 and $7 billion", "$5 and $7 billion", 5_000_000_000, 7_000_000_000),
        ("from $500 to $1 million", "$500 to $1 million", 500, 1_000_000),
        ("some 10 to 15 million dollars", "10 to 15 million dollars", 10_000_000, 15_000_000),
        ("$1.5 million to $2 million", "$1.5 million to $2 million", 1_500_000, 2_000_000),
        ("USD 40–50 a barrel", "USD 40–50", 40, 50),
    ],
)
def test_a_range_is_one_mention_that_shares_scale_and_currency(
    text: str, surface: str, low: int, high: int
) -> None:
    mention = _only(text)
    assert (mention.surface, mention.amount, mention.amount_high) == (surface, low, high)


@pytest.mark.parametrize(
    "text",
    [
        "It rose from $5 and €7.",
        "Sales of $2 million in 2023 to €3 million.",
        "She has $5 and 20 euros.",
    ],
)
def test_two_amounts_are_not_a_range(text: str) -> None:
    assert all(mention.amount_high is None for mention in find_mentions(text, "en", None))


@pytest.mark.parametrize(
    ("text", "language", "country"),
    [
        ("Section 907 of the act, and Article 5, stand.", "en", "US"),
        ("A 500-pound bomb and 40 pounds of explosives.", "en", "GB"),
        ("He weighs 200 pounds, pound for pound the best.", "en", "US"),
        ("Euro 2024 and EURO 2028 come to 10 cities.", "en", "GB"),
        ("Two Dollar General stores and 3 Dollar Tree shops closed.", "en", "US"),
        ("COP29 and COP 30 delegates, ALL 12 of them, TRY 20 dishes.", "en", "AZ"),
        ("SDG 7 and SDG 13 of the United Nations.", "en", None),
        ("On 12.05.2024 at 10.30 call 012 345 67 89.", "en", "AZ"),
        ("The team won 3 games and 2 won 5.", "en", None),
        ("The dollar fell 2% and the euro 1.5 points.", "en", None),
        ("A new 500-manat note and a 50-qepik coin.", "en", "AZ"),
        ("A multimillion-dollar deal over billions of dollars.", "en", "US"),
        ("In 1080p and 4K at 9.30 A.M. or 7.00 P.M.", "en", "GB"),
        ("A man and a woman took vitamin P5P.", "en", None),
        ("Deutsche Mark und Pfund: er wog 80 Pfund.", "de", "DE"),
        ("Евро-2024 посмотрели 45 миллионов, доллар вырос на 15 пунктов.", "ru", "RU"),
        ("EURO 2024'te 3-1, 20 Eylül'de 10 asker.", "tr", "TR"),
        ("10 Avropa ölkəsi, 20 avqust, 5 manatlıq əskinas.", "az", "AZ"),
        ("10 som alla känner, 3 kronblad.", "sv", "SE"),
        ("一元化管理、数千円、円卓会議。", "ja", "JP"),
        ("공원과 원칙 2개, 이 달러는 사원.", "ko", "KR"),
        ("một đồng minh, năm đồng hành.", "vi", "VN"),
        ("lei 5 articole, 3 lege.", "ro", "RO"),
        ("20 euro zone countries, the 17 euro nations, 3 dollar bloc states.", "en", None),
        ("By 2030 yuan trade, in 2015 euro growth, in 2010 dollars.", "en", None),
        ("On a scale of 1 to 10 in dollar terms.", "en", None),
        ("Boeing 737, F-16, 155mm, M4, B-52, C-130, K9, L39, N95, S23, P5.", "en", "ZA"),
        ("Psalm 23, 12 Mark, Rand Paul 52, 5 mark schemes, 3 real reasons.", "en", None),
        ("Euro 5 Diesel, Euro-6-Norm, 3 Pfund Mehl, 100 Meter.", "de", "DE"),
        ("Il a lu 10 livres, et 3 couronnes ; Euro 2016 ; 20 heures 30.", "fr", "FR"),
        ("Perdió 5 libras; 3 coronas; un peso de 80 kilos.", "es", "MX"),
        ("10 coroas; 5 libras de carne; dia 7 de setembro.", "pt", "BR"),
        ("5 min nəfər, 10 min ton, 44 günlük, 30%.", "az", "AZ"),
        ("44-օրյա, 5 հազար մարդ, 10 դրամատիկ, 3 դրամաշնորհ։", "hy", "AM"),
        ("5 ათასი ადამიანი, 2020 წელი, 20 დოლარიზაცია.", "ka", "GE"),
        ("5元素、3元中継、二元論、円形、2ドルトムント。", "ja", "JP"),
        ("二元论、三角形、五角大楼、十分重要、三分球。", "zh", "CN"),
        ("3원칙, 5원소, 2불교, 10동, 3엔진.", "ko", "KR"),
        ("5 đồng chí, 2 xu hướng, 10 đô thị, 20 tệ nạn.", "vi", "VN"),
        ("5 euroryhmän, 10 markkinaa, 3 kruununprinssiä.", "fi", "FI"),
        ("20 سبتمبر، 5 جنود، 3 سنتيمتر.", "ar", "SA"),
        ("A dollar sign, a pound shop, a euro-denominated bond, a dollar peg.", "en", "CA"),
        ("A pound coin, a dollar bill, the euro area, one euro crisis.", "en", None),
        ("ver. 1.2.3$, 20.09.2024 $", "en", None),
        ("", "en", None),
    ],
)
def test_what_is_not_money_stays_out(text: str, language: str, country: str | None) -> None:
    assert [mention.surface for mention in find_mentions(text, language, country)] == []


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("USD 92,45 EUR 99,80 CNY 12,71 Brent 81,2", "RU"),
        ("$ 1.7 € 1.98 ₽ 0.022 ₺ 0.04", "AZ"),
        ("Kurs\n$ 1.7\n€ 1.98\n₽ 0.022\nXəbərlər", "AZ"),
        ("Bakı +17°C | USD 1.7 | EUR 1.96", "AZ"),
    ],
)
def test_a_ticker_in_the_text_is_no_mention(text: str, country: str) -> None:
    assert find_mentions(text, "az", country) == []


def test_a_price_list_is_no_ticker() -> None:
    found = find_mentions("US$ 5.99 C$ 8.20 £ 4.50 JPY 900", "en", None)
    assert [mention.currency_code for mention in found] == ["USD", "CAD", "GBP", "JPY"]


def test_cents_after_dollars_are_one_amount() -> None:
    assert _only("twenty dollars and five cents").amount == Decimal("20.05")
    assert _only("3 Euro 50 Cent", "de").amount == Decimal("3.50")
    assert [m.amount for m in find_mentions("$2.50 and 20 cents", "en", "US")] == [
        Decimal("2.50"),
        Decimal("0.20"),
    ]


@pytest.mark.parametrize(
    ("text", "language", "country", "amount"),
    [
        ("1.234 Euro", "de", "DE", "1234"),
        ("1.234 euros", "en", None, "1.234"),
        ("1,234 dollars", "en", None, "1234"),
        ("1,689 Euro", "de", "DE", "1.689"),
        ("1,234 pesos", "es", "MX", "1234"),
        ("1.234 pesos", "es", "AR", "1234"),
        ("$1,250 gewonnen", "de", "DE", "1250"),
        ("3,990 Ft", "hu", "HU", "3990"),
        ("1,200 ლარი", "ka", "GE", "1200"),
        ("1,7 მლნ ლარი", "ka", "GE", "1700000"),
        ("1.250 KWD", None, None, "1.250"),
        ("1.250 €", None, None, "1250"),
        ("12,34,567 rupees", "en", "IN", "1234567"),
        ("1’234.50 Franken", "de", "CH", "1234.50"),
        ("€ 1\u2009250\u2009000,50", "fr", "FR", "1250000.50"),
        ("٣٫٥ مليون دولار", "ar", "EG", "3500000"),
        ("२५० रुपये", "hi", "IN", "250"),
        ("１，０００円", "ja", "JP", "1000"),
        ("0.125 dollars", "en", None, "0.125"),
        ("2½ million dollars", "en", None, "2500000"),
    ],
)
def test_digits_are_read_as_the_language_and_country_write_them(
    text: str, language: str | None, country: str | None, amount: str
) -> None:
    assert _only(text, language, country).amount == Decimal(amount)


def test_amounts_beyond_the_limits_are_no_money() -> None:
    assert find_mentions(f"${'9' * 29} and $0.{'1' * 10}", "en", None) == []
    assert find_mentions("0.12345678 cents", "en", None) == []
    assert find_mentions(f"{'9' * 26} mkr", "sv", "SE") == []
    assert _only(f"${'9' * 28}").amount == Decimal("9" * 28)


def test_a_word_of_another_language_is_not_read() -> None:
    assert find_mentions("500 min manat", "az", "AZ")[0].amount == 500_000
    assert find_mentions("5 min euro", "sv", "SE") == []
