"""Cleaning and comparing printed names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.normalize.outlets.outlet_names import (
    agreement,
    best_spelling,
    clean_name,
    holder_of,
    name_key,
)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Example Times", "Example Times"),
        ("  *Example   Times* ", "Example Times"),
        ("Example Times GmbH", "Example Times"),
        ("Example Times GMBH & CO. KG", "Example Times"),
        ("Example Times, Inc.", "Example Times"),
        ("Example Times Pvt. Ltd.", "Example Times"),
        ("Ejemplo Diario S.A.", "Ejemplo Diario"),
        ("Örnek Gazetesi A.Ş.", "Örnek Gazetesi"),
        ("ООО «Пример»", "Пример"),
        ("Home | Example Times", "Example Times"),
        ("Example Times logo", "Example Times"),
        ("Example Times RSS Feed", "Example Times"),
        ("Logo of Example Times", "Example Times"),
        ("https://www.example-times.com/", "example-times.com"),
        ("L&#39;Exemple", "L'Exemple"),
        ("Example Broadcasting Corporation", "Example Broadcasting Corporation"),
        ("Quick Company", "Quick Company"),
        ("Home Office", "Home Office"),
        ("Feed Example", "Feed Example"),
        ("Die Welt", "Die Welt"),
    ],
)
def test_cleans_what_is_no_name(printed: str, name: str) -> None:
    assert clean_name(printed) == name


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "Home",
        "Logo",
        "WordPress",
        "Menu",
        "@exampletimes",
        "2024",
        "{{ site.name }}",
        "A. Reporter info@example.com",
        "Name *",
        "/article",
        "$.get('/a')",
    ],
)
def test_what_names_no_outlet_gives_none(printed: str) -> None:
    assert clean_name(printed) is None


def test_a_long_sentence_is_no_name() -> None:
    assert clean_name("All the news that a reader of ours could ever wish to read") is None


@given(st.text(max_size=80))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_name(text)
    assert once is None or clean_name(once) == once


@pytest.mark.parametrize(
    ("line", "holder"),
    [
        ("© 2001-2024 Example Times GmbH. All rights reserved.", "Example Times"),
        ("Copyright © 2024 Example Times", "Example Times"),
        ("2024 © Example Times", "Example Times"),
        ("(c) 2024 Example Times | Impressum", "Example Times"),
        ("Example Times © All rights reserved", "Example Times"),
        ("© Example Times 2024. Powered by Somebody", "Example Times"),
        ('© 1999-2024, Пример, ООО "Пример Медиа". Все права защищены', "Пример"),
        ("© 2024 Example Times - Established 1900", "Example Times"),
        ("<Copyright ⓒ 예시일보. All rights reserved>", "예시일보"),
    ],
)
def test_finds_the_holder_of_a_copyright_line(line: str, holder: str) -> None:
    assert holder_of(line) == holder


@pytest.mark.parametrize("line", ["© 2024", "© All rights reserved", "© Riproduzione riservata"])
def test_a_copyright_line_may_name_nobody(line: str) -> None:
    assert holder_of(line) is None


@pytest.mark.parametrize(
    ("name", "label", "least"),
    [
        ("The Example Insight", "theexampleinsight", 1.0),
        ("Example Insight", "theexampleinsight", 1.0),
        ("Süd Zeitung", "suedzeitung", 1.0),
        ("Örnek Haber", "ornekhaber", 1.0),
        ("example-times.com", "example-times", 1.0),
        ("New Example Zeitung", "nez", 0.5),
        ("New Example Times", "netimes", 0.5),
        ("Luxemburger Beispiel", "beispiel", 0.5),
    ],
)
def test_agrees_with_its_domain(name: str, label: str, least: float) -> None:
    assert agreement(name, label) >= least


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Example Times", "otherpaper"),
        ("Guardian", "theguardi"),
        ("Пример", "example"),
        ("i", "inews"),
    ],
)
def test_does_not_agree_with_another_domain(name: str, label: str) -> None:
    assert agreement(name, label) < 1.0


def test_the_best_spelling_has_words_and_capitals() -> None:
    assert best_spelling(["exampletimes", "Example Times"]) == "Example Times"
    assert best_spelling(["example-times.com", "Example-Times"]) == "Example-Times"
    assert best_spelling(["example.org"]) == "example.org"


def test_printings_of_one_name_share_a_key() -> None:
    keys = {name_key(name) for name in ("The Example Times", "EXAMPLE TIMES", "exampletimes.com")}
    assert len(keys) == 1


def test_comparing_a_hostile_name_ends() -> None:
    assert agreement(" ".join(["a" * 20] * 8), "a" * 59 + "b") == 0.0
