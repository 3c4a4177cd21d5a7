"""`newsmill shards` says and sets into how many shards the index is divided."""

from pathlib import Path

from click.testing import CliRunner, Result

from newsmill.shards import shards


def _call(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(shards, [*arguments, "--warehouse", str(root)])


def test_it_sets_the_number_and_says_it(tmp_path: Path) -> None:
    (tmp_path / "staged").mkdir()
    assert _call(tmp_path).output == "1\n"
    assert _call(tmp_path, "16").output == "the next run divides the index into 16\n"
    assert _call(tmp_path).output == "16\n"
    assert _call(tmp_path, "1").exit_code == 0
    assert _call(tmp_path).output == "1\n"
    assert not (tmp_path / "staged" / "shards.json").exists()


def test_it_refuses_what_is_no_power_of_two(tmp_path: Path) -> None:
    (tmp_path / "staged").mkdir()
    refused = _call(tmp_path, "12")
    assert refused.exit_code == 2
    assert "12 is no power of two" in refused.output


def test_it_makes_no_warehouse(tmp_path: Path) -> None:
    assert _call(tmp_path / "none", "4").exit_code == 2
    assert not (tmp_path / "none").exists()
