"""`newsmill collect status`: for a person, as JSON, and as OpenMetrics, also beside a collector."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from newsmill.collect import collect
from newsmill.collected_tables import print_standing, standing_as_json
from newsmill.sources import sources as commands
from tasks.collect.memory.backfills import Order
from tasks.collect.memory.signs import leave_sign
from tasks.collect.memory.standings import Source, SourceKind
from tasks.collect.memory.state import State, open_state, read_state
from tasks.collect.planning.pace import Pace, leave_pace
from tasks.collect.planning.window import Window
from tasks.collect.reporting.backlog import FullOutlet
from tasks.collect.reporting.metrics import write_collect_metrics
from tasks.collect.reporting.standing import describe_collecting
from tests.collected import AT, waiting_page

_DAYS = Window(date(2025, 1, 1), date(2025, 1, 31))


def _write(state: State) -> None:
    page = waiting_page("https://a.example/1")
    failing = Source(
        url="https://a.example/rss",
        outlet="a",
        kind=SourceKind.FEED,
        failures=3,
        failing_since=AT.timestamp(),
        problem="connect_failed: refused",
    )
    with state.transaction():
        leave_pace(state, Pace(delays_s={"a.example": 30.0}))
        state.pages.add([page], AT.timestamp())
        state.standings.keep_source(failing, b"")
        for outlet in ("harbour-post", "gull-echo"):
            state.backfills.order(Order(_DAYS, (outlet,)))
    leave_sign(state, AT.timestamp(), is_scheduled=False)


def _status(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(collect, ["status", "--state", str(folder), *options])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_state(tmp_path) as state:
        _write(state)
    return tmp_path


def test_it_shows_counts_and_troubles(folder: Path) -> None:
    shown = _status(folder)
    assert shown.exit_code == 0, shown.output
    assert "failing" in shown.output
    as_json = json.loads(_status(folder, "--json").output)
    assert as_json["account"] == {"found": 1, "outcomes": {}, "waiting": 1}
    assert as_json["troubles"][0]["detail"] == "connect_failed: refused"
    assert as_json["backlog_hours"] == pytest.approx(30 / 3600), "the sources file's delay"
    assert as_json["full_outlets"] == []
    assert as_json["heard_at"] == AT.timestamp()
    ordered = [(known["since"], known["until"], known["outlets"]) for known in as_json["backfills"]]
    assert ordered == [("2025-01-01", "2025-01-31", [who]) for who in ("harbour-post", "gull-echo")]
    assert as_json["backfills"][0]["catalogues"] == {"known": 0, "read": 0, "waiting": 0}


def test_nothing_is_broken_at_80_columns(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = _status(folder).output.splitlines()
    assert max(map(len, lines)) <= 80
    shown = "\n".join(lines)
    for token in ("2025-01-01 to 2025-01-31", "harbour-post", "not begun", "2026-03-02 10:00"):
        assert token in shown


def test_a_scraper_can_read_it(folder: Path) -> None:
    families = {
        family.name: {tuple(sample.labels.values()): sample.value for sample in family.samples}
        for family in text_string_to_metric_families(_status(folder, "--openmetrics").output)
    }
    assert families["newsmill_collect_addresses"] == {("waiting",): 1}
    assert families["newsmill_collect_troubled_sources"][("failing",)] == 1
    by_source = families["newsmill_collect_source_trouble"]
    assert by_source == {("no", "a", "https://a.example/rss", "failing"): 1}
    # Two orders of the same days.
    waiting = families["newsmill_collect_backfill_pages_waiting"]
    assert waiting == {(number, "2025-01-01", "2025-01-31"): 0 for number in ("1", "2")}
    assert len(families["newsmill_collect_backfill_catalogues"]) == 6
    assert families["newsmill_collect_heard_timestamp_seconds"] == {(): AT.timestamp()}


def test_outlets_that_are_full_for_today_are_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    full = tuple(
        FullOutlet(f"outlet-{number}", is_backfill=number > 0, stored=5000, waiting=number)
        for number in range(22)
    )
    with read_state(folder) as state:
        standing = replace(describe_collecting(state, AT.timestamp()), full_outlets=full)
    print_standing(standing)
    shown = capsys.readouterr().out
    assert "max_pages_per_day" in shown
    assert "of backfills" in shown
    assert "2 more" in shown
    assert max(map(len, shown.splitlines())) <= 80
    first = {"outlet": "outlet-0", "is_backfill": False, "stored": 5000, "waiting": 0}
    assert standing_as_json(standing)["full_outlets"][0] == first
    assert "newsmill_collect_full_outlets 22.0" in write_collect_metrics(standing)


def test_it_reads_beside_a_collector_that_writes(tmp_path: Path) -> None:
    with open_state(tmp_path) as state:
        _write(state)
        with state.transaction():
            state.pages.add([waiting_page("https://a.example/2")], AT.timestamp())
            shown = json.loads(_status(tmp_path, "--json").output)
    assert shown["account"]["found"] == 1


def _check(sources: Path, state: Path) -> Result:
    return CliRunner().invoke(commands, ["check", "--sources", str(sources), "--state", str(state)])


def test_a_source_that_needs_a_person_ends_the_check_with_3(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    sources = folder / "sources.toml"
    sources.write_text(
        '[defaults]\ncontact = "https://example.org/bot"\n'
        '[[outlet]]\nid = "a"\nfeeds = ["https://a.example/rss"]\n'
    )
    checked = _check(sources, folder)
    assert checked.exit_code == 3
    assert "failing" in checked.output
    assert _check(sources, tmp_path_factory.mktemp("new")).exit_code == 0


def test_what_is_not_installed_is_said_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsmill.collect.find_spec", lambda _: None)
    for command, name in ((collect, "status"), (commands, "check")):
        said = CliRunner().invoke(command, [name])
        assert said.exit_code == 2
        assert "newsmill[collect]" in said.output


def test_without_a_state_it_says_how_to_get_one(tmp_path: Path) -> None:
    shown = _status(tmp_path)
    assert shown.exit_code == 2
    assert "newsmill collect" in shown.output
