"""Settings: newsmill.toml, then the environment, then options; the last wins."""

import dataclasses
import subprocess
from pathlib import Path

import pytest

from schemas.configuration import Configuration
from schemas.row_fields import OwnFields, RowRole
from schemas.settings import Limits
from tests.conftest import NEWSMILL, PROJECT


def _status(folder: Path, *options: str, **variables: str) -> str:
    """Asks for the status of a warehouse that is not there, to be told which was meant."""
    finished = subprocess.run(
        [NEWSMILL, "status", *options],
        cwd=folder,
        env=variables,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert finished.returncode == 2
    return finished.stderr


def test_the_last_of_file_environment_and_option_wins(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    assert "no warehouse at warehouse yet" in _status(tmp_path)
    (tmp_path / "newsmill.toml").write_text('warehouse = "of-file"')
    assert "no warehouse at of-file yet" in _status(tmp_path)
    of_environment = {"NEWSMILL_WAREHOUSE": "of-environment"}
    assert "no warehouse at of-environment yet" in _status(tmp_path, **of_environment)
    assert "at of-option yet" in _status(tmp_path, "--warehouse", "of-option", **of_environment)


def test_limits_come_from_both_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "newsmill.toml").write_text(
        'rates = ["own.csv"]\n[limits]\nmax_nesting = 50\npage_deadline_s = 5'
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEWSMILL_LIMITS__PAGE_DEADLINE_S", "7.5")
    monkeypatch.setenv("NEWSMILL_WORKERS", "")
    configuration = Configuration()
    assert configuration.limits == Limits(page_deadline_s=7.5, max_nesting=50)
    assert configuration.rates == (Path("own.csv"),)
    assert configuration.workers >= 1
    assert configuration.settings().limits == configuration.limits


def test_own_names_of_fields_are_told_to_the_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "newsmill.toml").write_text(
        '[fields]\nhtml = ["seite"]\npublished = ["erschienen", "am"]'
    )
    monkeypatch.chdir(tmp_path)
    names = (RowRole.HTML, ("seite",)), (RowRole.PUBLISHED, ("erschienen", "am"))
    assert Configuration().settings().fields == OwnFields(names)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('warehose = "x"', "warehose: Extra inputs are not permitted"),
        ("workers = 0", "workers: Input should be greater than 0"),
        ('partition_by = "year"', "partition_by: Input should be 'month' or 'date'"),
        ('[fields]\nbody = ["x"]', "fields.body.[key]: Input should be 'html', 'text'"),
        ('[fields]\nurl = ["  "]', "fields: Value error, url: '  ' is no name of a field"),
        ('[fields]\nurl = ["a_b"]\nhtml = ["A B"]', "'A B', 'a_b' are one field"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_named(
    tmp_path: Path, content: str, message: str
) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "newsmill.toml").write_text(content)
    assert message in _status(tmp_path)


def test_the_table_in_the_docs_names_every_setting() -> None:
    documented = (PROJECT / "docs" / "operations.md").read_text(encoding="utf-8")
    names = [name for name in Configuration.model_fields if name != "limits"]
    names += [f"limits.{field.name}" for field in dataclasses.fields(Limits)]
    for name in names:
        variable = "NEWSMILL_" + name.replace(".", "__").upper()
        assert f"| `{name}` | `{variable}` |" in documented
