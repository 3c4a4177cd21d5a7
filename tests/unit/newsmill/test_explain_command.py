"""`newsmill explain` works with the settings that runs work with."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from newsmill.explain import explain
from tests.unit.reported import Reported, reported

__all__ = ["reported"]


@pytest.fixture
def configured(reported: Reported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory whose newsmill.toml names the folders of a warehouse."""
    file = tmp_path / "newsmill.toml"
    file.write_text(f'raw = "{reported.raw}"\nwarehouse = "{reported.warehouse.root}"\n')
    monkeypatch.chdir(tmp_path)
    return file


def _explain() -> str:
    finished = CliRunner().invoke(explain, ["desk/2024-03-06/quay.html"])
    assert finished.exit_code == 0, finished.output
    return finished.output


@pytest.mark.usefixtures("configured")
def test_the_configured_raw_folder_is_read_again() -> None:
    assert "of what is printed" in _explain()


def test_pages_are_read_again_with_the_configured_limits(configured: Path) -> None:
    with configured.open("a") as file:
        file.write("[limits]\nmax_document_bytes = 100\n")
    assert "of what is printed" not in _explain()
