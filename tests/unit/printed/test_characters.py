"""The different characters of a text, each once."""

from hypothesis import given
from hypothesis import strategies as st

from tasks.printed.characters import characters_of


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_each_character_stands_once(text: str) -> None:
    assert sorted(characters_of(text)) == sorted(set(text))
