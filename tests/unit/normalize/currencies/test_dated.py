"""A name of money means the currency that bore it on the day of publication."""

from datetime import date
from decimal import Decimal

import pytest
from babel.core import get_global

from schemas.currencies.iso_4217 import CURRENT, SUCCESSIONS, WITHDRAWN
from tasks.normalize.currencies.mentions import find_mentions


@pytest.mark.parametrize(
    ("language", "country", "day", "text", "code"),
    [
        ("es", "VE", date(2005, 3, 1), "La escuela costó 9 millones de bolívares.", "VEB"),
        ("es", "VE", date(2015, 3, 1), "La escuela costó 9 millones de bolívares.", "VEF"),
        ("es", "VE", date(2024, 3, 1), "La escuela costó 9 millones de bolívares.", "VES"),
        ("ru", "BY", date(2014, 3, 1), "Школа стоила 9 млн рублей.", "BYR"),
        ("ru", "BY", date(2020, 3, 1), "Школа стоила 9 млн рублей.", "BYN"),
        ("ru", "RU", date(1997, 3, 1), "Школа стоила 9 млн рублей.", "RUR"),
        ("tr", "TR", date(2003, 3, 1), "Okul 9 milyar liraya mal oldu.", "TRL"),
        ("ro", "RO", date(2003, 3, 1), "Școala a costat 9 milioane de lei.", "ROL"),
        ("ro", "MD", date(2003, 3, 1), "Școala a costat 9 milioane de lei.", "MDL"),
        ("en", "SL", date(2019, 3, 1), "The school cost 9 million leones.", "SLL"),
        ("az", "AZ", date(2004, 3, 1), "Məktəb 9 milyon manata başa gəldi.", "AZM"),
        ("en", "TM", date(2004, 3, 1), "The school cost 9 million manats.", "TMM"),
        ("en", "ZM", date(2011, 3, 1), "The school cost 9 million kwacha.", "ZMK"),
        ("en", "MW", date(2011, 3, 1), "The school cost 9 million kwacha.", "MWK"),
        ("en", "GH", date(2005, 3, 1), "The school cost 9 million cedis.", "GHC"),
        ("fr", "MR", date(2015, 3, 1), "L'école a coûté 9 millions d'ouguiyas.", "MRO"),
        ("es", "MX", date(1991, 3, 1), "La escuela costó 9 millones de pesos.", "MXP"),
        ("pl", "PL", date(1992, 3, 1), "Szkoła kosztowała 9 mln złotych.", "PLZ"),
    ],
)
def test_a_name_means_the_currency_of_its_day(
    language: str, country: str, day: date, text: str, code: str
) -> None:
    (mention,) = find_mentions(text, language, country, day)
    assert mention.currency_code == code
    today = find_mentions(text, language, country)[0].currency_code
    assert (mention.rule == "publication_day") == (code != today)


def test_a_printed_code_means_itself_on_every_day() -> None:
    (mention,) = find_mentions("It cost TRY 500,000.", "en", "TR", date(2003, 3, 1))
    assert (mention.currency_code, mention.rule) == ("TRY", "code")


def test_both_currencies_of_a_changeover_are_possible() -> None:
    (mention,) = find_mentions("Okul 9 bin liraya mal oldu.", "tr", "TR", date(2005, 5, 1))
    assert (mention.currency_code, mention.is_ambiguous) == ("TRY", True)


@pytest.mark.parametrize(("year", "is_ambiguous"), [("1998", True), ("2019", False)])
def test_the_old_name_in_a_retrospective_is_ambiguous(year: str, is_ambiguous: bool) -> None:
    text = f"En {year} la casa costaba 9 millones de bolívares."
    (mention,) = find_mentions(text, "es", "VE", date(2024, 3, 1))
    assert (mention.currency_code, mention.is_ambiguous) == ("VES", is_ambiguous)


@pytest.mark.parametrize(("day", "code"), [(date(2006, 3, 1), "CYP"), (date(2024, 3, 1), "GBP")])
def test_a_sign_is_not_of_a_currency_that_has_ended(day: date, code: str) -> None:
    (mention,) = find_mentions("The bag cost £500.", "en", "CY", day)
    assert (mention.amount, mention.currency_code) == (Decimal(500), code)


def test_successions_are_of_known_currencies_in_the_order_of_cldr() -> None:
    first: dict[str, tuple[int, int, int]] = {}
    for tenders in get_global("territory_currencies").values():
        for code, since, _, is_tender in tenders:
            if is_tender and since:
                first[code] = min(since, first.get(code, since))
    for succession in SUCCESSIONS:
        assert set(succession) <= CURRENT | WITHDRAWN
        assert [first[code] for code in succession] == sorted(first[code] for code in succession)
