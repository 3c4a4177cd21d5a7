"""Datelines as agencies print them, and sentences that only look like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.normalize.datelines import parse_dateline


@pytest.mark.parametrize(
    ("text", "place", "date_text", "agency", "rest"),
    [
        (
            "Baku, 7 December 2021 (TDI): The minister",
            "Baku",
            "7 December 2021",
            "TDI",
            "The minister",
        ),
        ("WASHINGTON (AP) — The Senate", "WASHINGTON", None, "AP", "The Senate"),
        ("KYIV, Ukraine (AP) — The Senate", "KYIV, Ukraine", None, "AP", "The Senate"),
        ("WASHINGTON, D.C. (AP) — The Senate", "WASHINGTON, D.C.", None, "AP", "The Senate"),
        ("St. Petersburg, Russia (AP) — Ice", "St. Petersburg, Russia", None, "AP", "Ice"),
        (
            "NEW YORK/LONDON, March 5 (Reuters) - Oil",
            "NEW YORK/LONDON",
            "March 5",
            "Reuters",
            "Oil",
        ),
        ("PARIS, 3 mars (Reuters) - Le cours", "PARIS", "3 mars", "Reuters", "Le cours"),
        ("(Reuters) - Shares fell", None, None, "Reuters", "Shares fell"),
        ("Berlin (dpa/bb) - Der Senat", "Berlin", None, "dpa/bb", "Der Senat"),
        ("Madrid, 5 mar (EFE).- El precio", "Madrid", "5 mar", "EFE", "El precio"),
        ("(ANSA) - ROMA, 05 MAR - Il prezzo", "ROMA", "05 MAR", "ANSA", "Il prezzo"),
        ("TBILISI, March 5 (Xinhua) -- Rain", "TBILISI", "March 5", "Xinhua", "Rain"),
        ("NEW DELHI, Mar 5 (PTI) A court", "NEW DELHI", "Mar 5", "PTI", "A court"),
        ("Москва. 5 марта. ИНТЕРФАКС - Цены", "Москва", "5 марта.", "ИНТЕРФАКС", "Цены"),
        ("МОСКВА, 5 марта. /ТАСС/. Цены", "МОСКВА", "5 марта.", "ТАСС", "Цены"),
        ("МОСКВА, 5 мар — РИА Новости. Цены", "МОСКВА", "5 мар", "РИА Новости", "Цены"),
        ("АСТАНА. КАЗИНФОРМ – Цены", "АСТАНА", None, "КАЗИНФОРМ", "Цены"),
        ("Bakı, 5 mart, AZƏRTAC", "Bakı", "5 mart", "AZƏRTAC", ""),
        ("BAKU, Azerbaijan, March 5 /Trend/ - Oil", "BAKU, Azerbaijan", "March 5", "Trend", "Oil"),
        ("YEREVAN, MARCH 5, ARMENPRESS. Rain", "YEREVAN", "MARCH 5", "ARMENPRESS", "Rain"),
        ("القاهرة 5 مارس (رويترز) - قال", "القاهرة", "5 مارس", "رويترز", "قال"),
        ("新华社北京3月5日电（记者 某某）今天", "北京", "3月5日", "新华社", "今天"),
        ("【北京共同】天気", "北京", None, "共同", "天気"),
        ("【ワシントン=某】天気", "ワシントン", None, None, "天気"),
        ("[서울=뉴시스] 오늘", "서울", None, "뉴시스", "오늘"),
        ("ISLAMABAD: The court", "ISLAMABAD", None, None, "The court"),
        ("Washington – The court", "Washington", None, None, "The court"),
        ("TEHRAN, Mar. 5 (MNA) – Rain", "TEHRAN", "Mar. 5", "MNA", "Rain"),
        ("Paris (France) - Le ciel", "Paris", None, None, "Le ciel"),
    ],
)
def test_reads_the_forms_agencies_print(
    text: str, place: str | None, date_text: str | None, agency: str | None, rest: str
) -> None:
    found = parse_dateline(text)
    assert found is not None
    assert (found.place, found.date_text, found.agency) == (place, date_text, agency)
    assert text[found.end :] == rest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Washington on Thursday urged both sides to talk",
        "Paris, the capital of France - was quiet",
        "WATCH: The court decides",
        "QUESTION: Thank you",
        "UPDATE - The court decides",
        "Photo: Reuters",
        "Report: the court decides",
        "Trend - a look back",
        "Tesla - the company - grows",
        "He told Reuters - the agency - that it rained",
        "A spokesman (who was not named) said: no",
    ],
)
def test_a_sentence_or_label_is_no_dateline(text: str) -> None:
    assert parse_dateline(text) is None


def test_the_text_is_not_eaten() -> None:
    text = "(Reuters) - APPLE - the fruit - is cheap"
    found = parse_dateline(text)
    assert found is not None
    assert text[found.end :] == "APPLE - the fruit - is cheap"


def test_only_the_first_line_counts_and_leading_space_shifts_the_end() -> None:
    text = "\n  BERLIN (dpa) - Der Senat\nPARIS (AFP) - Le"
    found = parse_dateline(text)
    assert found is not None
    assert found.place == "BERLIN"
    assert text[found.end :].startswith("Der Senat")


@given(st.text(max_size=200))
def test_any_text_gives_an_end_within_it(text: str) -> None:
    found = parse_dateline(text)
    assert found is None or 0 < found.end <= len(text)
