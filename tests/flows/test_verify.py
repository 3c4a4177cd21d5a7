"""`newsmill verify` over the sample corpus, whole and damaged."""

import json
import shutil
from pathlib import Path

import pytest

from tasks.storage.holding import hold_warehouse
from tests.conftest import Command


@pytest.fixture
def copy(sample_warehouse: Path, tmp_path: Path) -> Path:
    """A copy of the sample's warehouse to damage."""
    return Path(shutil.copytree(sample_warehouse, tmp_path / "w"))


def test_what_a_run_makes_is_clean(newsmill: Command, sample_warehouse: Path) -> None:
    finished = newsmill("verify", "--warehouse", sample_warehouse)
    assert finished.returncode == 0, finished.stdout
    assert finished.stdout.startswith("0 faults; 66 documents = ")
    assert (sample_warehouse / "datapackage.json").exists()


def test_each_fault_is_a_line_and_the_next_run_mends_the_warehouse(
    newsmill: Command, copy: Path
) -> None:
    lost = copy / "money" / "published_month=2024-03" / "part-0.parquet"
    foreign = copy / "articles" / "notes.txt"
    lost.unlink()
    foreign.write_text("mine")
    finished = newsmill("verify", "--warehouse", copy)
    assert finished.returncode == 1
    *faults, summary = finished.stdout.splitlines()
    assert [fault.split(": ")[:2] for fault in faults] == [
        ["articles/notes.txt", "file_foreign"],
        ["money/published_month=2024-03/part-0.parquet", "file_missing"],
    ]
    assert summary.startswith("2 faults; ")

    machine = json.loads(newsmill("verify", "--warehouse", copy, "--json").stdout)
    assert [fault["code"] for fault in machine["faults"]] == ["file_foreign", "file_missing"]
    assert machine["faults"][0]["path"] == "articles/notes.txt"

    foreign.unlink()
    assert newsmill("run", "--raw", "raw", "--warehouse", copy).returncode == 0
    assert newsmill("verify", "--warehouse", copy).returncode == 0


def test_a_warehouse_that_a_run_is_changing_is_not_looked_at(newsmill: Command, copy: Path) -> None:
    left = copy / "articles" / ".part-0.parquet.1.tmp"
    left.touch()
    with hold_warehouse(copy, clean=False):
        finished = newsmill("verify", "--warehouse", copy)
    assert finished.returncode == 1
    assert "held by another run" in finished.stderr
    assert left.exists()
