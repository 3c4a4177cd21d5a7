"""What is taken out of texts, and that nothing else is."""

import unicodedata
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract.evidence import EXTRACTION_JSON, Extraction, OutletClue
from tasks.printed.cleaning import clean, clean_all, escape_name, is_clean, is_clean_json
from tasks.read.document import ContentForm


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Fun \udc4d times", "Fun \ufffd times"),
        ("a\x00b\x1b[31mc\x9bd", "ab[31mcd"),
        ("one\x0btwo\x1cthree\x85four", "one two three four"),
        ("\ufffe\uffff\ufdd0\U0010ffff", "\ufffd" * 4),
        ("line\n\ttab\r\n", "line\n\ttab\r\n"),
        ("👍 \u200fעברית ﷺ 俾 ½", "👍 \u200fעברית ﷺ 俾 ½"),
    ],
)
def test_controls_go_and_what_is_no_character_is_marked(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned
    assert is_clean(text) == (text == cleaned)


@given(st.text(st.characters(categories=["Cc", "Cs", "Cn", "Co", "L", "S", "Zs"])))
@settings(max_examples=400, deadline=None)
def test_whatever_is_cleaned_can_be_stored_and_printed(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert is_clean(cleaned)
    assert clean(cleaned) == cleaned
    categories = {unicodedata.category(letter) for letter in cleaned if letter not in "\t\n\r"}
    assert not categories & {"Cc", "Cs"}
    extraction = Extraction(form=ContentForm.TEXT, text=cleaned)
    assert clean_all(extraction) is extraction


@given(st.text(st.characters(categories=["Cc", "Cn", "L"]) | st.sampled_from("\ufffe\U0001ffff")))
@settings(max_examples=400, deadline=None)
def test_json_that_passes_for_clean_is(text: str) -> None:
    extraction = Extraction(form=ContentForm.TEXT, text="", title=text)
    if is_clean_json(EXTRACTION_JSON.dump_json(extraction)):
        assert is_clean(text)


@dataclass(frozen=True)
class _Box:
    name: str | None = None
    names: tuple[str, ...] = ()
    number: int = 0


def test_all_texts_of_a_value_are_cleaned_and_emptied_ones_are_none() -> None:
    assert clean_all(_Box("\x1b", ("\x00", "b\x07", ""), 7)) == _Box(None, ("b", ""), 7)
    clue = OutletClue(text="Har\x1bbour", source="meta", position="meta \x9b")
    found = clean_all(Extraction(form=ContentForm.HTML, text="a", outlets=(clue,)))
    assert found.outlets == (OutletClue(text="Harbour", source="meta", position="meta "),)


def test_names_of_files_stay_apart() -> None:
    assert escape_name("a\x1b\n\ufffe/é\udcff.html") == "a\\x1b\\n\\ufffe/é\\xff.html"
