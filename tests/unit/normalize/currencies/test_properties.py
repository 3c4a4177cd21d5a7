"""Whatever the text: amounts come back as they were written, spans fit, nothing raises.

Time is linear.
"""

import sys
from decimal import Decimal
from types import FrameType

import pytest
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.normalize.currencies.mentions import find_mentions

# Locale, language, country: each writes numbers in its own way.
LOCALES = [
    ("en_US", "en", "US"),
    ("en_IN", "en", "IN"),
    ("de_DE", "de", "DE"),
    ("de_CH", "de", "CH"),
    ("fr_FR", "fr", "FR"),
    ("es_ES", "es", "ES"),
    ("es_MX", "es", "MX"),
    ("it_IT", "it", "IT"),
    ("pt_BR", "pt", "BR"),
    ("sv_SE", "sv", "SE"),
    ("pl_PL", "pl", "PL"),
    ("cs_CZ", "cs", "CZ"),
    ("ru_RU", "ru", "RU"),
    ("uk_UA", "uk", "UA"),
    ("tr_TR", "tr", "TR"),
    ("az_AZ", "az", "AZ"),
    ("fi_FI", "fi", "FI"),
    ("el_GR", "el", "GR"),
    ("ja_JP", "ja", "JP"),
    ("hi_IN", "hi", "IN"),
    ("id_ID", "id", "ID"),
    ("vi_VN", "vi", "VN"),
    ("fa_IR", "fa", "IR"),
    ("bn_BD", "bn", "BD"),
]
AMOUNTS = st.decimals(min_value=1, max_value=10**12, places=2)


@given(amount=AMOUNTS, locale=st.sampled_from(LOCALES), is_before=st.booleans())
@settings(max_examples=300, deadline=None)
def test_an_amount_formatted_by_cldr_comes_back_as_itself(
    amount: Decimal, locale: tuple[str, str, str], is_before: bool
) -> None:
    name, language, country = locale
    printed = format_decimal(amount, format="#,##0.00", locale=name)
    if name in ("en_IN", "hi_IN", "bn_BD"):
        printed = format_decimal(amount, format="#,##,##0.00", locale=name)
    money = f"EUR {printed}" if is_before else f"{printed} EUR"
    text = f"({money})"
    (mention,) = find_mentions(text, language, country)
    assert (mention.surface, mention.amount, mention.currency_code) == (money, amount, "EUR")


@given(
    low=st.integers(1, 400), step=st.integers(1, 400), scale=st.sampled_from(["million", "bn", ""])
)
@settings(deadline=None)
def test_a_range_keeps_its_order_and_shares_its_scale(low: int, step: int, scale: str) -> None:
    (mention,) = find_mentions(f"about ${low}-{low + step} {scale}".rstrip(), "en", None)
    factor = {"million": 10**6, "bn": 10**9, "": 1}[scale]
    assert mention.amount == low * factor
    assert mention.amount_high == (low + step) * factor


_PRINTED = (
    "$ € £ ¥ 5 1,000 1.5 20.09.2024 million bn млн 万 억 to - – and between dollars euro рублей"
    " manatı USD ALL COP29 half a one hundred two پنج ५ ١٢ ½ , . ( ) % Rs kr 円 원 บาท $. de p m"
)
_PIECES = st.sampled_from([*_PRINTED.split(), "50 Cent", "1 000", "\n", "\u00a0", ""])


@given(pieces=st.lists(_PIECES, max_size=40), glue=st.sampled_from(["", " ", "\u00a0"]))
@settings(max_examples=300, deadline=None)
def test_spans_slice_to_their_surface_and_do_not_overlap(pieces: list[str], glue: str) -> None:
    _check(glue.join(pieces))


@given(text=st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_at_all_is_read(text: str) -> None:
    _check(text)


def _check(text: str) -> None:
    for language in ("en", "ru", "zh", None):
        end = 0
        for mention in find_mentions(text, language, None):
            assert mention.start is not None
            assert mention.end is not None
            assert end <= mention.start < mention.end
            assert text[mention.start : mention.end] == mention.surface
            assert mention.amount.is_finite()
            assert mention.amount_high is None or mention.amount_high > mention.amount
            end = mention.end


@pytest.mark.parametrize(
    "pattern", ["7", "$", " ", "1,1,1,", "one ", "$1-", "a", "円", "1 000 ", "п", "USD "]
)
def test_work_grows_with_the_length_not_its_square(pattern: str) -> None:
    """Counts calls, not seconds: twice the text is about twice the work."""
    lengths = (4_000, 8_000)
    short, long = (_calls((pattern * length)[:length]) for length in lengths)
    assert long <= 2.2 * short + 200


def _calls(text: str) -> int:
    find_mentions("$5 million", "en", None)  # the lexicon is loaded once
    count = 0

    def profile(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        find_mentions(text, "en", None)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("digits", [29, 60, 400])
def test_a_number_of_any_length_costs_no_other_amount(digits: int) -> None:
    text = f"It cost {'9' * digits} and a half million dollars, 1.{'9' * digits} million euros."
    found = find_mentions(f"{text} The second cost $5.", "en", None)
    assert found[-1].amount == 5
