"""What is read of a text may be kept: it has the same amounts afterwards, and the same rules."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tasks.normalize.decisions import Mention
from tasks.normalize.read_text_facts import read_text_facts
from tasks.normalize.text_facts import plain


def _mention(amount: Decimal) -> Mention:
    return Mention(start=0, end=1, surface="", kind="mention", amount=amount, rule="code")


@given(st.decimals(min_value=0, max_value=10**28, places=9, allow_nan=False))
def test_an_amount_is_the_same_number_however_many_zeros_it_has(amount: Decimal) -> None:
    found = plain(_mention(amount)).amount
    assert found == amount
    assert str(found) == str(plain(_mention(Decimal(f"{found:f}"))).amount)
    if amount == int(amount):
        assert str(found) == str(int(amount))


def test_a_range_keeps_both_ends() -> None:
    (mention,) = read_text_facts("It cost $5.00 to $7.50.", "en", "US", None).mentions
    assert (str(mention.amount), str(mention.amount_high)) == ("5", "7.5")
