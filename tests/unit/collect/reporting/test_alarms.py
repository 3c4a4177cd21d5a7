"""Each alarm is told once, until it is over."""

from collections.abc import Sequence
from pathlib import Path

from tasks.collect.memory.state import State, open_state
from tasks.collect.reporting.alarms import (
    Alarm,
    describe_alarms,
    find_alarms,
    tell_new_alarms,
)
from tasks.collect.reporting.hours import Drought
from tasks.collect.reporting.troubles import SourceTrouble, Trouble

SILENT, FAILING = Alarm("silent a", "silent: a"), Alarm("failing b", "failing: b")


def _told(state: State, alarms: list[Alarm], *, reaches: bool = True) -> list[Alarm]:
    heard: list[Alarm] = []

    def tell(new: Sequence[Alarm]) -> bool:
        heard.extend(new)
        return reaches

    tell_new_alarms(state, alarms, tell)
    return heard


def test_what_was_told_is_not_told_again_until_it_has_been_over(tmp_path: Path) -> None:
    with open_state(tmp_path) as state:
        assert _told(state, [SILENT]) == [SILENT]
    with open_state(tmp_path) as state:
        assert _told(state, [SILENT, FAILING]) == [FAILING]
        assert _told(state, [FAILING]) == []
        assert _told(state, [SILENT, FAILING]) == [SILENT]


def test_what_reached_nobody_is_told_again(tmp_path: Path) -> None:
    with open_state(tmp_path) as state:
        assert _told(state, [SILENT]) == [SILENT]
        assert _told(state, [SILENT, FAILING], reaches=False) == [FAILING]
        assert _told(state, [SILENT, FAILING]) == [FAILING]
        assert _told(state, [SILENT, FAILING]) == []


def test_an_alarm_says_since_when_whose_and_why() -> None:
    at = 1_775_000_000.0
    silent = SourceTrouble(
        Trouble.SILENT, "harbour-post", "https://a.example/rss", at, "no news", is_alarm=True
    )
    gaps = SourceTrouble(Trouble.GAPS, "a", "https://b.example/rss", None, "3 polls")
    alarms = find_alarms([gaps, silent], Drought(at, 40.0))
    assert describe_alarms(alarms).splitlines() == [
        "2 things need a person.",
        "nothing stored since 2026-03-31 23:33 UTC: on other days 40 pages came in these hours",
        "silent since 2026-03-31 23:33 UTC: https://a.example/rss (harbour-post): no news",
    ]
    assert describe_alarms(alarms[:1]).startswith("1 thing needs a person.\n")


def test_files_whose_pages_are_gone_are_told() -> None:
    name = "collect/2026-03-31/NEWSMILL-20260331100000-00001.warc.gz"
    (alarm,) = find_alarms([], None, [name])
    assert alarm.text == f"lost: {name} in raw/ is gone or too short, and its pages count as stored"
