"""The next command, as it is printed after a run: it can be typed as it stands."""

import shlex
from pathlib import Path

import pytest

from newsmill.next_command import next_command


@pytest.fixture(autouse=True)
def called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command was called in a folder without a newsmill.toml."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", [str(tmp_path / ".venv/bin/newsmill"), "run"])


def test_folders_of_one_s_own_are_named_and_configured_ones_are_not() -> None:
    assert next_command("status", raw=Path("raw"), warehouse=Path("warehouse")) == (
        ".venv/bin/newsmill status"
    )
    assert next_command("status", raw=Path("my pages"), warehouse=Path("/data/w")) == (
        ".venv/bin/newsmill status --raw 'my pages' --warehouse /data/w"
    )


def test_own_outlets_and_rates_are_named() -> None:
    command = next_command(
        "backfill", registry=Path("outlets.csv"), rates=(Path("a.csv"), Path("b.csv"))
    )
    assert shlex.split(command)[2:] == [
        *("--registry", "outlets.csv"),
        *("--rates", "a.csv", "--rates", "b.csv"),
    ]


def test_a_default_is_named_where_another_is_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSMILL_RAW", "/data/raw")
    assert next_command("status", raw=Path("raw")).endswith(" --raw raw")
    assert next_command("status", raw=Path("/data/raw")) == ".venv/bin/newsmill status"


def test_a_query_is_one_word() -> None:
    query = "SELECT count(*) FROM articles"
    assert shlex.split(next_command("sql", query))[2:] == [query]
