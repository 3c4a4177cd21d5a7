"""A disk that is really full: a file system in memory that grows by some pages from run to run."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pandas as pd
import pytest

from tests.conftest import read_published
from tests.reliability.raw_folders import Page, write_pages
from tests.reliability.steps import DONE, FAILED, finish

_FIRST_KIB, _MORE_KIB = 40, 24


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few memory pages, mounted; only root may do that."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    size = f"size={_FIRST_KIB}k"
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", size, "newsmill", disk], check=False)
    if mounted.returncode != 0:
        pytest.skip("this machine does not let root mount a small disk")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_run_goes_on_when_its_disk_has_room_again(tmp_path: Path, small_disk: Path) -> None:
    """What is published stays readable in between, and the end is that of a clean run."""
    write_pages(tmp_path / "raw", [Page(n, published=n, landing=n % 2) for n in range(4)])
    assert finish(tmp_path / "raw", tmp_path / "clean") == DONE
    warehouse = small_disk / "warehouse"
    for failures in count():
        size = _FIRST_KIB + failures * _MORE_KIB
        subprocess.run(["mount", "-o", f"remount,size={size}k", small_disk], check=True)
        ended = finish(tmp_path / "raw", warehouse)
        for dataset in ("articles", "money"):
            if any((warehouse / dataset).glob("*/*.parquet")):
                pd.read_parquet(warehouse / dataset)
        if ended == DONE:
            break
        assert ended == FAILED
    assert failures >= 5
    assert read_published(warehouse) == read_published(tmp_path / "clean")
    assert not list(warehouse.rglob("*.tmp"))
