"""The notation of entries: what braces and signs stand for."""

import re

import pytest

from schemas.languages.notation import NotationError, as_pattern, expand


@pytest.mark.parametrize(
    ("entry", "forms"),
    [
        ("dolar~", ["dolar~"]),
        ("dolar{,a,u}", ["dolar", "dolara", "dolaru"]),
        ("{page ,}not found", ["page not found", "not found"]),
        ("a{b{,c},d}", ["ab", "abc", "ad"]),
    ],
)
def test_braces_stand_for_each_of_their_parts(entry: str, forms: list[str]) -> None:
    assert expand(entry) == forms


@pytest.mark.parametrize(
    "entry", ["colo{u,}r", "{log,sign} in{ to,}", "suscr{i,í}bete", "sign{-,} up", "a{b{,c},d}"]
)
def test_a_phrases_pattern_finds_its_forms_and_no_others(entry: str) -> None:
    pattern = re.compile(as_pattern(entry))
    for form in expand(entry):
        assert pattern.fullmatch(form)
        assert not pattern.fullmatch(form + "x")


def test_signs_of_regular_expressions_mean_themselves() -> None:
    assert re.fullmatch(as_pattern("(c) a.b?"), "(c) a.b?")
    assert not re.fullmatch(as_pattern("a.b"), "axb")


def test_a_number_and_any_letters_have_a_sign_each() -> None:
    assert re.fullmatch(as_pattern("# comments"), "1204 comments")
    assert re.fullmatch(as_pattern("datenschutz*"), "datenschutzhinweise")
    assert re.fullmatch(as_pattern("datenschutz*"), "datenschutz")


@pytest.mark.parametrize("entry", ["a{b", "a}b", "a{b}", "a{}", "{,}"])
def test_braces_that_say_nothing_are_an_error(entry: str) -> None:
    with pytest.raises(NotationError):
        as_pattern(entry)


def test_a_slip_that_stands_for_thousands_of_forms_is_an_error() -> None:
    with pytest.raises(NotationError, match="forms"):
        expand("{a,b,c,d}" * 8)
