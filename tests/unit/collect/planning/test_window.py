"""Which days printed dates, addresses and names of sitemaps say."""

from datetime import date

import pytest

from tasks.collect.planning.window import Days, Window, days_of_address, days_of_names, read_days

_SITE = "https://a.example/"
_TODAY = date(2026, 3, 2)


def _days(first: str, last: str | None = None) -> Days:
    return Days(date.fromisoformat(first), date.fromisoformat(last or first))


@pytest.mark.parametrize(
    ("printed", "days"),
    [
        ("2024-03-05T23:30:00-05:00", _days("2024-03-05")),
        ("2024-03", _days("2024-03-01", "2024-03-31")),
        ("2023-12", _days("2023-12-01", "2023-12-31")),
        ("2024", _days("2024-01-01", "2024-12-31")),
        ("Tue, 05 Mar 2024 23:30:00 GMT", _days("2024-03-05")),
        ("2024-02-30", None),
        ("0024-02-03", None),
        ("20240305", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_date_is_read_as_it_is_printed(printed: str, days: Days | None) -> None:
    assert read_days(printed) == days


@pytest.mark.parametrize(
    ("path", "days"),
    [
        ("2024/03/05/ferry", _days("2024-03-05")),
        ("news/2024-03-05/ferry", _days("2024-03-05")),
        ("2024/03/ferry", _days("2024-03-01", "2024-03-31")),
        ("election-2024/03", None),
        ("what-happened-2024-03-05", None),
        ("ferry?day=/2024/03/05/", None),
    ],
)
def test_an_address_has_its_day_in_whole_parts_of_its_path(path: str, days: Days | None) -> None:
    assert days_of_address(f"{_SITE}{path}") == days


@pytest.mark.parametrize(
    ("names", "days"),
    [
        (["s-2019.xml", "s-2020.xml"], _days("2019-01-01", "2019-12-31")),
        (["s-2019.xml", "s-1.xml"], None),  # the 2,019th
        (["s-2019.xml", "s-2999.xml"], None),
        (["2019/03/s.xml"], _days("2019-03-01", "2019-03-31")),
        (["2019/s-2019-03.xml.gz"], _days("2019-03-01", "2019-03-31")),
        (["s-20190315.xml"], _days("2019-03-15")),
        (["s?yyyy=2019&mm=03&dd=15"], _days("2019-03-15")),
        (["s?from=2019-03-01&to=2019-03-15"], _days("2019-03-01", "2019-03-15")),
        (["s-2019-03-10.xml", "s-2019-03-1.xml"], _days("2019-03-01", "2019-03-31")),
        (["s-2019-02-10.xml", "s-2019-02-31.xml"], _days("2019-02-01", "2019-02-28")),
        (["s.xml", "t-2019.xml"], None),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_names_of_sitemaps_are_dates_together_or_not_at_all(
    names: list[str], days: Days | None
) -> None:
    found = days_of_names([f"{_SITE}{name}" for name in names], _TODAY)
    assert found.get(f"{_SITE}{names[0]}") == days


def test_a_day_beside_the_window_is_a_matter_of_zones() -> None:
    window = Window(date(2024, 3, 5), date(2024, 3, 6))
    assert window.holds(_days("2024-03-01", "2024-03-05"))
    assert not window.holds(_days("2024-03-04"))
    assert window.may_hold(_days("2024-03-07"))
    assert not window.may_hold(_days("2024-03-08"))
    assert window.is_after(_days("2024-03-03"))
    assert not window.is_after(_days("2024-03-04"))
    assert not window.covers(_days("2024-03-01", "2024-03-31"))
