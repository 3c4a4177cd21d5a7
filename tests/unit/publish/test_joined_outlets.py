"""Which names join which outlet: what each document says, whatever their order."""

from itertools import permutations

import pyarrow as pa
import pytest

from tasks.publish.joined_outlets import COLUMNS, joined_ids

Row = tuple[str | None, str | None, str | None]

DUMP: Row = ("~harbour-post", "Harbour Post", None)
PAGE: Row = ("~harbourpost.example", "Harbour Post", "harbourpost.example")
OTHER: Row = ("~harbour-post.example", "Harbour Post", "harbour-post.example")
CHANNEL: Row = ("~t.me/harbourpost", "Harbour Post", "t.me")
REGISTERED: Row = ("harbour-post", "Harbour Post", "harbourpost.example")


def _join(*rows: Row) -> list[str | None]:
    columns = zip(*rows, strict=True)
    return joined_ids(
        pa.table({n: pa.array(c, pa.string()) for n, c in zip(COLUMNS, columns, strict=True)})
    )


@pytest.mark.parametrize(
    "name", ["Harbour Post", "HARBOUR POST", "The Harbour Post", "Hárbour-Post"]
)
def test_a_name_joins_the_one_domain_that_is_known_for_it(name: str) -> None:
    made: Row = ("~made-of-its-name", name, None)
    assert _join(made, PAGE, PAGE, CHANNEL) == [PAGE[0], PAGE[0], PAGE[0], CHANNEL[0]]


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([PAGE, OTHER], id="two domains"),
        pytest.param([CHANNEL], id="a channel alone"),
        pytest.param([REGISTERED], id="a registered outlet"),
        pytest.param([REGISTERED, PAGE], id="a registered outlet and a domain"),
        pytest.param([("~canal.example", "Canal Times", "canal.example")], id="another name"),
        pytest.param([("~canal.example", None, "canal.example")], id="no name"),
        pytest.param([], id="nothing"),
    ],
)
def test_a_name_stays_where_no_single_domain_is_known(others: list[Row]) -> None:
    assert _join(DUMP, *others)[0] == DUMP[0]


def test_a_post_on_a_platform_joins_by_its_name() -> None:
    post: Row = ("~harbour-post", "Harbour Post", "facebook.com")
    assert _join(post, PAGE)[0] == PAGE[0]


def test_the_order_of_records_makes_no_difference() -> None:
    rows = [DUMP, PAGE, OTHER, ("~canal-times", "Canal Times", None)]
    rows += [("~canal.example", "Canal Times", "canal.example"), (None, None, None)]
    joined = [dict(zip(order, _join(*order), strict=True)) for order in permutations(rows)]
    assert all(each == joined[0] for each in joined)
    assert joined[0]["~canal-times", "Canal Times", None] == "~canal.example"
