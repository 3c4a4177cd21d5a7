"""What a text dump prints about who publishes it."""

from tasks.extract.evidence import OutletSource
from tasks.extract.outlets.outlet_lines import collect_outlet_lines


def clues_of(*lines: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for clue in collect_outlet_lines(lines):
        found.setdefault(clue.source, {})[clue.text] = clue.position
    return found


PROSE = ("It rained in the valley all day, and the river rose.",) * 4


def test_hosts_are_told_apart_by_how_they_stand() -> None:
    found = clues_of(
        *PROSE,
        "www.examplepost.az",
        "Example News - NEWSPOST.am",
        "QuayTimes.az",
        "Write to us at desk@example.org or see https://www.example.net/a",
        *PROSE,
    )
    assert set(found["printed_address"]) == {"examplepost.az"}
    assert set(found["printed_host_alone"]) == {"NEWSPOST.am", "QuayTimes.az"}
    assert set(found["printed_mail"]) == {"example.org"}
    assert set(found["printed_host"]) == {"example.net"}


def test_an_address_may_be_glued_to_a_writers_name() -> None:
    found = clues_of(*PROSE, "A. Reporterhttps://www.examplepost.az", *PROSE)
    assert set(found["printed_host"]) == {"examplepost.az"}


def test_hosts_are_read_as_they_are_printed() -> None:
    found = clues_of(*PROSE, "Bu barədə Misal.Az-a danışıb, Misal.Az xəbər verir.", *PROSE)
    assert found["printed_name_host"]["Misal.Az"] == "line 5"
    assert "Misal.Az" in found["telling"]


def test_a_missing_space_makes_no_host() -> None:
    found = clues_of(*PROSE, "It rained.In the valley it rained.It stopped.", *PROSE)
    assert "printed_name_host" not in found


def test_abbreviations_and_numbers_are_no_hosts() -> None:
    found = clues_of(*PROSE, "At 5 p.m. the U.S. team led 3.2 to 1, e.g. in the 2nd half.", *PROSE)
    assert not {source for source in found if source.startswith("printed")}


def test_positions_say_where_and_how_often() -> None:
    found = clues_of("Rain", *PROSE, "Subscribe to Example Post", "Subscribe to Example Post now")
    assert found["subscription"]["Example Post"] == "line 6, 2 lines"


def test_copyright_lines_and_picture_credits_are_kept_apart() -> None:
    found = clues_of(
        "Rain", "© A. Photographer / Agency", *PROSE, "© 2024 Example Post. All rights reserved."
    )
    assert list(found["copyright_line"]) == ["© 2024 Example Post. All rights reserved."]
    assert list(found["credit_line"]) == ["© A. Photographer / Agency"]


def test_a_brand_is_what_many_short_lines_share() -> None:
    menu = ("VALLEY Sport", "VALLEY Weather", "Zur VALLEY Startseite", "VALLEY Plus")
    found = clues_of(*menu, *PROSE)
    assert found["brand"]["VALLEY"] == "line 1, 4 lines"


def test_no_lines_give_no_clues() -> None:
    assert collect_outlet_lines([]) == ()
    assert collect_outlet_lines(["", "   "]) == ()


def test_a_clue_counts_the_lines_that_print_it() -> None:
    lines = (*PROSE, "", "Subscribe to Example Post", "Subscribe to Example Post", "It rained.")
    counts = {(clue.source, clue.text): clue.count for clue in collect_outlet_lines(lines)}
    assert counts[OutletSource.SUBSCRIPTION, "Example Post"] == 2
    assert counts[OutletSource.EDGE_LINE, "It rained."] == 1
