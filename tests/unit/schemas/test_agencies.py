"""The marks of news agencies agree with each other and with the registry."""

import re
from collections import Counter

from schemas.agencies import AGENCY_MARKS
from schemas.outlets import load_registry


def test_a_mark_is_one_agencys() -> None:
    counts = Counter(mark for marks in AGENCY_MARKS.values() for mark in set(marks))
    assert [mark for mark, count in counts.items() if count > 1] == []


def test_ids_are_slugs_and_every_agency_has_a_mark() -> None:
    assert [key for key in AGENCY_MARKS if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)] == []
    assert all(AGENCY_MARKS.values())


def test_the_registry_gives_the_same_mark_to_the_same_agency() -> None:
    registry = load_registry()
    for outlet_id, marks in AGENCY_MARKS.items():
        for mark in marks:
            owners = {outlet.outlet_id for outlet in registry.find_alias(mark)}
            assert owners <= {outlet_id}, f"{mark}: {owners}"


def test_the_great_agencies_are_registered() -> None:
    registry = load_registry()
    great = {
        "afp",
        "ap",
        "dpa",
        "efe",
        "interfax",
        "reuters",
        "ria",
        "tass",
        "xinhua",
        "aa",
        "azertac",
    }
    assert great <= set(AGENCY_MARKS)
    assert {registry.outlets[key].kind for key in great} == {"agency"}
