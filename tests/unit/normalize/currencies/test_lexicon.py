"""The words of money of a language are looked up as they are declared."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.normalize.currencies.lexicon import lexicon_for
from tasks.normalize.currencies.tokens import read_tokens

JAPANESE = lexicon_for("ja")
# What `read_tokens` does one form at a time, as a pattern: the longest form that stands there.
LONGEST = re.compile("|".join(map(re.escape, sorted(JAPANESE.unsegmented, key=len, reverse=True))))


@given(st.lists(st.sampled_from([*JAPANESE.unsegmented, "あ", "議", "、"]), max_size=8))
def test_without_spaces_the_longest_form_is_read(parts: list[str]) -> None:
    text = "".join(parts)
    tokens = [token for token in read_tokens(text, JAPANESE) if token.word]
    assert all(LONGEST.match(text, token.start)[0] == token.text for token in tokens)  # type: ignore[index]
    assert all(text[token.start : token.end] == token.text for token in tokens)


@pytest.mark.parametrize("language", ["en", "de", "ru", None])
def test_a_sign_that_is_a_letter_too_multiplies_in_its_own_lexicon(language: str | None) -> None:
    lexicon = lexicon_for(language)
    printed = lexicon.printed["K"]
    assert printed.unit is not None
    assert (printed.scale, printed.is_letter) == (Decimal(1000), True)


def test_a_language_leaves_the_words_of_others_as_they_are() -> None:
    before = repr(lexicon_for("de").words)
    lexicon_for("lb"), lexicon_for("cy")
    assert repr(lexicon_for("de").words) == before


def test_a_number_in_one_word_is_read_by_its_parts() -> None:
    assert lexicon_for("de").parts_of("Fünfundvierzig") == ["fünf", "und", "vierzig"]
