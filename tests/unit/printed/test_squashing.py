"""What printed texts have in common, and whether one has a word."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.printed.squashing import content_words, holds_word, without_signs

TEXT = "Ferries to Exampleton_4 sail; the FERRY2GO sails not, straße 東京都で会議"


@pytest.mark.parametrize(
    "word", ["ferries", "ferry", "exampleton", "sail", "sails", "ample", "strasse", "東京", "京東"]
)
def test_a_word_is_held_where_it_is_one_of_the_content_words(word: str) -> None:
    assert holds_word(TEXT.casefold(), word) == (word in content_words(TEXT))


def test_a_word_is_found_behind_a_longer_one_that_holds_it() -> None:
    assert holds_word("sailors sail", "sail")
    assert not holds_word("sailors assail", "sail")


@given(st.text(st.characters() | st.sampled_from("aé_-„ⅷ²\ud800"), max_size=30))
def test_signs_are_what_is_no_letter_and_no_digit(text: str) -> None:
    assert without_signs(text) == re.sub(r"[\W_]+", "", text)
