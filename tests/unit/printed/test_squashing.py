"""Whether a text has a word, without listing all of its words."""

import pytest

from tasks.printed.squashing import content_words, holds_word

TEXT = "Ferries to Exampleton_4 sail; the FERRY2GO sails not, straße 東京都で会議"


@pytest.mark.parametrize(
    "word", ["ferries", "ferry", "exampleton", "sail", "sails", "ample", "strasse", "東京", "京東"]
)
def test_a_word_is_held_where_it_is_one_of_the_content_words(word: str) -> None:
    assert holds_word(TEXT.casefold(), word) == (word in content_words(TEXT))


def test_a_word_is_found_behind_a_longer_one_that_holds_it() -> None:
    assert holds_word("sailors sail", "sail")
    assert not holds_word("sailors assail", "sail")
