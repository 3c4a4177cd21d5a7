"""Faults of a user's own registry, each with its line."""

import pytest

from schemas.outlet_faults import find_faults
from schemas.outlets import COLUMNS, Outlet, build_registry

EMBEDDED = build_registry(
    [[Outlet(outlet_id="known", name="Known", domains=("known.com",))]], digest=""
)
GOOD = {
    "outlet_id": "turtle-news",
    "name": "Turtle News",
    "aliases": "ru:Черепаха|TN",
    "domains": "turtle.az|turtle.com/az",
    "country": "AZ",
    "languages": "az|ru",
    "timezone": "Asia/Baku",
    "date_order": "DMY",
    "kind": "agency",
    "parent": "known",
    "since": "2019-04",
    "until": "2020",
}


def faults_of(*rows: dict[str, str]) -> list[tuple[int, str]]:
    lines = [",".join(COLUMNS), *(",".join(row.get(c, "") for c in COLUMNS) for row in rows)]
    return [(fault.line, fault.text) for fault in find_faults("\n".join(lines), EMBEDDED)]


def test_a_right_row_has_none() -> None:
    assert faults_of(GOOD) == []


@pytest.mark.parametrize(
    ("column", "cell", "text"),
    [
        ("outlet_id", "Turtle News", "outlet_id 'Turtle News' is not a slug"),
        ("name", "", "name '' is not a name"),
        ("domains", "https://turtle.az/", "domain 'https://turtle.az/' is not a bare host"),
        ("domains", "www.turtle.az", "domain 'www.turtle.az' is not a bare host"),
        ("domains", "Turtle.az", "domain 'Turtle.az' is not a bare host"),
        ("domains", "known.com", "domain known.com is known's in the registry"),
        ("country", "AZE", "country 'AZE' is not an ISO 3166-1"),
        ("languages", "aze", "language 'aze' is not an ISO 639-1"),
        ("timezone", "Baku", "timezone 'Baku' is not an IANA zone"),
        ("date_order", "MDYY", "date_order 'MDYY' is not"),
        ("kind", "paper", "kind 'paper' is not one of"),
        ("parent", "nobody", "parent 'nobody' is no outlet_id"),
        ("since", "2019-13", "since '2019-13' is not a date"),
        ("until", "1999", "since 2019-04 is after until 1999"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line(column: str, cell: str, text: str) -> None:
    row = GOOD | {"parent": ""} | {column: cell}
    found = faults_of({**GOOD, "outlet_id": "a", "name": "A", "aliases": "", "domains": ""}, row)
    assert [line for line, _ in found] == [3]
    assert found[0][1].startswith(text)


def test_what_two_rows_claim_is_named() -> None:
    other = GOOD | {"outlet_id": "other", "name": "TN", "aliases": ""}
    found = [text for _, text in faults_of(GOOD, other)]
    assert found == [
        "name 'TN' is turtle-news's already",
        "domain turtle.az is turtle-news's already",
        "domain turtle.com/az is turtle-news's already",
    ]


def test_a_parent_may_stand_further_down() -> None:
    parent = {"outlet_id": "owner", "name": "Owner"}
    assert faults_of(GOOD | {"parent": "owner"}, parent) == []


def test_the_parents_domain_may_be_shared() -> None:
    assert faults_of(GOOD | {"domains": "known.com"}) == []


def test_a_broken_table_is_one_fault() -> None:
    found = list(find_faults("outlet_id,name\none,One,1\n", EMBEDDED))
    assert [(fault.line, fault.text) for fault in found] == [(2, "3 cells, the header has 2")]
