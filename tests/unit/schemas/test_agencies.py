"""The marks of news agencies agree with each other and with the registry."""

import re

from schemas.agencies import SYNDICATED_AGENCIES
from schemas.languages.compiled_tables import meanings
from schemas.outlets import load_registry

AGENCIES: dict[str, str] = meanings("wires", "agencies")


def test_ids_are_slugs_and_every_syndicated_agency_has_a_mark() -> None:
    ids = set(AGENCIES.values())
    assert [key for key in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)] == []
    assert ids >= SYNDICATED_AGENCIES


def test_the_registry_gives_the_same_mark_to_the_same_agency() -> None:
    registry = load_registry()
    for mark, outlet_id in AGENCIES.items():
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
    assert great <= set(AGENCIES.values())
    assert {registry.outlets[key].kind for key in great} == {"agency"}
