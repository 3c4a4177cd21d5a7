"""What the reader of money looks at and leaves out, and the rule that it names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.normalize.currencies.mentions import find_mentions
from tasks.normalize.currencies.rejected import find_rejected

# (language, outlet's country, text, what is rejected as "rule: printed")
SENTENCES: list[tuple[str | None, str | None, str, list[str]]] = [
    (
        "en",
        None,
        "Rovers won 3-0 before 12,500 people.",
        ["unit_elsewhere: won 3-0", "no_unit: 12,500"],
    ),
    ("en", None, "Shares of $WAVE rose.", ["no_amount: $"]),
    ("en", None, "The dollar fell; a coffee is €3 now.", ["no_amount: dollar"]),
    ("en", None, "Ring 1-800-555-0199 by 12:30.", ["tail: 1-800-555-0199", "tail: 12:30"]),
    ("en", None, "It opened on 20.09.2012.", ["no_number: 20.09.2012"]),
    ("en", None, "The A350 won praise.", ["tail: 350 won"]),
    ("en", None, "About two million people came.", ["no_unit: two million"]),
    ("en", None, "A crate of 200 pounds of apples.", ["weight: 200 pounds"]),
    ("en", None, "She held a $100 bill.", ["face_of_note: $100"]),
    ("en", None, "They drew a dollar sign.", ["namesake: a dollar"]),
    ("en", None, "Output in 2010 dollars fell.", ["year: 2010 dollars"]),
    ("en", None, "Rapper 50 Cent sang.", ["name: 50 Cent"]),
    ("en", None, "The team has 30 won matches.", ["everyday_word: 30 won"]),
    ("en", None, "Bring form USD5P to the desk.", ["glued_to_word: USD5"]),
    ("sv", "SE", f"{'9' * 26} mkr", [f"too_long: {'9' * 26} mkr"]),
    ("ko", "KR", "그는 일원 말했다.", ["loose_numeral: 일원"]),
    ("vi", "VN", "Có 3 đồng minh ở đó.", ["another_word: 3 đồng"]),
    (
        "az",
        "AZ",
        "USD 1,70 EUR 1,98\nBilet 5 manat oldu.",
        ["ticker: USD 1,70", "ticker: EUR 1,98"],
    ),
]


@pytest.mark.parametrize(("language", "country", "text", "expected"), SENTENCES)
def test_the_rule_that_rejects_is_named(
    language: str | None, country: str | None, text: str, expected: list[str]
) -> None:
    rejected = find_rejected(text, language, country)
    assert [f"{one.ground.value}: {one.surface}" for one in rejected] == expected


def test_the_currency_of_the_next_number_is_not_taken_from_it() -> None:
    rejected = find_rejected("She sold 5 $40 hats.", "en", None)
    assert [(one.surface, one.has_currency) for one in rejected] == [("5", False)]


PIECES = st.sampled_from(
    [
        "5",
        "$",
        "million",
        "won",
        "2024",
        "-",
        ".",
        ",",
        " ",
        "\n",
        "€",
        "two",
        "a",
        "dollars",
        "USD",
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join), st.sampled_from(["en", None]))
def test_every_digit_is_in_exactly_one_place(text: str, language: str | None) -> None:
    spans = [(one.start, one.end) for one in find_rejected(text, language, None)]
    for mention in find_mentions(text, language, None):
        assert mention.start is not None
        assert mention.end is not None
        spans.append((mention.start, mention.end))
    for at, char in enumerate(text):
        holding = sum(start <= at < end for start, end in spans)
        assert holding <= 1
        assert holding == 1 or not char.isdecimal()
