"""Texts are matched whatever their capitals."""

import re

import pytest

from tasks.printed.small_letters import SmallPattern


@pytest.mark.parametrize(
    ("text", "is_found"), [("Photo-Credit", True), ("PHOTOCREDIT wide", True), ("credits", False)]
)
def test_capitals_do_not_matter(text: str, is_found: bool) -> None:
    assert (SmallPattern("photo-?credit").search(text) is not None) is is_found


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("tüm hakları saklıdır", "© TÜM HAKLARI SAKLIDIR"),
        ("tüm hakları saklıdır", "Tüm hakları saklıdır"),
        ("bizi takip edin", "BİZİ TAKİP EDİN"),
        ("video", "VİDEO"),
    ],
)
def test_the_letters_of_turkish_that_are_an_i_elsewhere_are_one(phrase: str, text: str) -> None:
    assert re.search(phrase, text, re.IGNORECASE)
    assert SmallPattern(phrase).search(text)
