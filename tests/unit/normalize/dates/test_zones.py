"""Offsets of printed zones and of local times."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tasks.normalize.dates.zones import (
    local_offset,
    offset_at,
    offset_of,
    zone_named,
    zone_of_country,
    zone_of_language,
)

# A wall clock time without a zone.
SUMMER = datetime(2023, 7, 5, 9, 15)  # noqa: DTZ001
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("+04:00", 240), ("-0330", -210), ("gmt+7", 420), ("z", 0), ("cest", 120), ("jst", 540)],
)
def test_printed_zones(text: str, minutes: int) -> None:
    assert offset_of(text, None, SUMMER) == minutes


@pytest.mark.parametrize("text", ["+25:00", "and", "", "ist", "amt"])
def test_what_is_no_zone_or_several_has_no_offset(text: str) -> None:
    assert offset_of(text, None, SUMMER) is None


@pytest.mark.parametrize(
    ("text", "zone", "minutes"),
    [
        ("cst", "Asia/Shanghai", 480),
        ("cst", "America/Chicago", -300),
        ("amt", "Asia/Yerevan", 240),
        ("amt", "America/Manaus", -240),
        ("bst", "Asia/Dhaka", 360),
        ("bst", "Europe/London", 60),
        ("pt", "America/Los_Angeles", -420),
    ],
)
def test_an_abbreviation_means_what_it_means_to_the_outlet(
    text: str, zone: str, minutes: int
) -> None:
    assert offset_of(text, ZoneInfo(zone), SUMMER) == minutes


def test_a_clock_change_leaves_no_offset() -> None:
    skipped = datetime(2023, 3, 26, 2, 30)  # noqa: DTZ001
    repeated = datetime(2023, 10, 29, 2, 30)  # noqa: DTZ001
    assert local_offset(BERLIN, skipped) is None
    assert local_offset(BERLIN, repeated) is None
    assert local_offset(BERLIN, SUMMER) == 120


def test_an_instant_always_has_one() -> None:
    assert offset_at(BERLIN, datetime(2023, 10, 29, 0, 30, tzinfo=UTC)) == 120
    assert offset_at(BERLIN, datetime(2023, 10, 29, 1, 30, tzinfo=UTC)) == 60


@pytest.mark.parametrize(
    ("country", "zone"), [("AZ", "Asia/Baku"), ("de", "Europe/Berlin"), ("GB", "Europe/London")]
)
def test_a_country_with_one_clock_has_a_zone(country: str, zone: str) -> None:
    assert zone_of_country(country) == ZoneInfo(zone)


@pytest.mark.parametrize("country", ["US", "RU", "AU", "XX", None])
def test_others_have_none(country: str | None) -> None:
    assert zone_of_country(country) is None


def test_a_language_printed_in_one_zone() -> None:
    assert zone_of_language("az") == ZoneInfo("Asia/Baku")
    assert zone_of_language("en") is None
    assert zone_of_language(None) is None


def test_an_unknown_zone_is_none() -> None:
    assert zone_named("Mars/Olympus") is None
    assert zone_named("../etc/passwd") is None


@pytest.mark.parametrize(
    ("country", "zone"),
    [
        ("UA", "Europe/Kyiv"),
        ("CN", "Asia/Shanghai"),
        ("NZ", "Pacific/Auckland"),
        ("ES", "Europe/Madrid"),
        ("PT", "Europe/Lisbon"),
        ("CL", "America/Santiago"),
        ("MY", "Asia/Kuala_Lumpur"),
    ],
)
def test_a_press_that_prints_one_clock_has_it(country: str, zone: str) -> None:
    assert zone_of_country(country) == ZoneInfo(zone)


@pytest.mark.parametrize("country", ["US", "RU", "BR", "AU", "CA", "MX", "ID"])
def test_a_press_that_prints_several_clocks_has_none(country: str) -> None:
    assert zone_of_country(country) is None
