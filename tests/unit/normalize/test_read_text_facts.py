"""How many words a text has."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tasks.normalize.read_text_facts import count_words

_UNSPACED = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"


@given(st.text() | st.text("aé_ \u2014'\u00a0\x1c\u0301\u0e44灯塔7½"))
def test_a_word_is_a_run_of_letters_or_one_character_where_words_are_not_spaced(text: str) -> None:
    words = re.findall(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+", text)
    assert count_words(text) == len(words)
