"""`newsmill collect backfill`: what it refuses, and what it leaves to others."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsmill.collect_backfill import backfill
from tasks.collect.memory.backfills import Order
from tasks.collect.memory.state import open_state, read_state
from tasks.collect.planning.window import Window

_ORDER = Order(Window(date(2026, 1, 1), date(2026, 1, 31)), ("harbour-post",))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a sources file."""
    text = (
        '[defaults]\ncontact = "https://example.org/bot"\n'
        '[[outlet]]\nid = "harbour-post"\nfeeds = ["https://harbourpost.example/rss"]\n'
    )
    (tmp_path / "sources.toml").write_text(text)
    return tmp_path


def _call(folder: Path, *given: str) -> Result:
    known = {"--sources": "sources.toml", "--state": "state", "--raw": "raw"}
    options = [part for name, file in known.items() for part in (name, str(folder / file))]
    return CliRunner().invoke(backfill, [*options, *given])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--since", "2026-01-02", "--until", "2026-01-01"), "is after --until"),
        (("--since", "2026-01-01", "--until", "2026-01-02", "--only", "b"), "has no outlet b"),
        (("--since", "2026-01-01"), "Missing option '--until'"),
    ],
)
def test_what_cannot_be_meant_is_refused(folder: Path, given: tuple[str, ...], said: str) -> None:
    finished = _call(folder, *given)
    assert finished.exit_code == 2
    assert said in finished.output
    assert not (folder / "state").exists()


def test_warnings_of_the_sources_file_are_printed(folder: Path) -> None:
    sources = folder / "sources.toml"
    sources.write_text(sources.read_text().replace("harbour-post", "harbour-pots"))
    finished = _call(folder, "--since", "2026-01-01", "--until", "2026-01-31", "--later")
    assert finished.exit_code == 0, finished.output
    assert finished.stderr.startswith(f"{sources}:4: ")
    assert finished.stderr.count("harbour-pots") == 1


def test_an_order_is_left_to_other_runs(folder: Path) -> None:
    days = ("--since", "2026-01-01", "--until", "2026-01-31", "--only", "harbour-post")
    finished = _call(folder, *days, "--later")
    assert finished.exit_code == 0, finished.output
    with open_state(folder / "state"):
        # Somebody is at work with it: the order is given beside, once.
        again = _call(folder, *days)
    assert again.exit_code == 0, again.output
    assert "begins within five minutes" in again.output
    with read_state(folder / "state") as state:
        assert [known.order for known in state.backfills.all(only_new=True)] == [_ORDER]
