"""The database of the state: an older one is brought up to date."""

import sqlite3
from pathlib import Path

import pytest

from tasks.collect.memory.database import StateVersionError
from tasks.collect.memory.pages import LISTED
from tasks.collect.memory.state import open_state, read_state
from tests.collected import waiting_page

_BACK_TO_THE_FIRST = """
DROP TABLE backfills; DROP TABLE catalogues; DROP TABLE backfilled;
ALTER TABLE pages DROP COLUMN version;
UPDATE pages SET rank = 1;
PRAGMA user_version = 1;
"""


def test_a_state_of_the_first_version_keeps_its_pages(tmp_path: Path) -> None:
    page = waiting_page("https://a.example/1")
    with open_state(tmp_path) as state, state.transaction():
        state.pages.add([page], page.found_at)
    connection = sqlite3.connect(tmp_path / "state.sqlite3")
    connection.executescript(_BACK_TO_THE_FIRST)
    connection.close()
    with pytest.raises(StateVersionError, match="of version 1"), read_state(tmp_path):
        pass
    with open_state(tmp_path) as state:
        (kept,) = state.pages.all()
        assert (kept.url, kept.rank, kept.version) == (page.url, LISTED, None)
        assert list(state.backfills.all()) == []
        state.accounts.read().check()
