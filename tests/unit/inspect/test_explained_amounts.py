"""What an explanation says of numbers and currencies that are no money."""

import json
from typing import Any

from schemas.tables import STAGED
from tasks.inspect.explained_amounts import words_around
from tasks.inspect.rejected_amounts import list_rejected


def _record(text: str, **columns: Any) -> dict[str, Any]:
    return dict.fromkeys(STAGED.names) | {"text": text, "language": "en"} | columns


def test_an_amount_that_only_todays_rules_accept_is_no_silent_difference() -> None:
    text = "The mill sold for $90,000."
    (group,) = list_rejected(_record(text, money=[]))
    assert (group.rule, group.amounts[0].text) == ("not_staged", "$90,000")
    staged = {"start": text.index("$"), "end": len(text) - 1}
    assert list_rejected(_record(text, money=[staged])) == ()


def test_a_ticker_that_may_be_a_price_list_is_shown() -> None:
    extraction = json.dumps({"quotes": ["$ 799.99 € 899.99", "USD 1.70 EUR 1.98 RUB 0.019"]})
    (group,) = list_rejected(_record("", extraction=extraction))
    assert (group.rule, [amount.text for amount in group.amounts]) == (
        "no_rates",
        ["$ 799.99 € 899.99"],
    )


def test_a_page_of_results_is_counted_and_its_beginning_shown() -> None:
    text = "\n".join(f"Runner {number} arrived. She lost 5 pounds." for number in range(150))
    weights, numbers = list_rejected(_record(text))
    assert (weights.rule, weights.count, len(weights.amounts)) == ("weight", 150, 100)
    assert (numbers.rule, numbers.count) == ("no_unit", 150)
    assert numbers.amounts[99].text == "99"


def test_words_around_a_place_are_whole_and_in_one_line() -> None:
    text = f"{'abc ' * 20}before\nthe 5 pounds,\nand {'xyz ' * 20}"
    start = text.index("5 pounds")
    before, behind = words_around(text, start, start + len("5 pounds"))
    assert before.startswith("…abc ")
    assert before.endswith(" before the ")
    assert behind.startswith(", and xyz ")
    assert behind.endswith(" xyz…")
