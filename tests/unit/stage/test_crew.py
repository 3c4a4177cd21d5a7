"""No more workers are started than have pages to work on."""

from dataclasses import replace
from pathlib import Path

import pytest

from schemas.settings import Settings
from tasks.discover.plan import plan_run
from tasks.stage.crew import worth_starting

FOUR = Settings(workers=4)


def _workers(raw: Path, settings: Settings = FOUR) -> int:
    return worth_starting(settings, plan_run(raw, {})).workers


@pytest.mark.parametrize(("pages", "workers"), [(1, 1), (20, 1), (21, 2), (60, 3), (500, 4)])
def test_twenty_pages_are_worth_a_worker(tmp_path: Path, pages: int, workers: int) -> None:
    for number in range(pages):
        (tmp_path / f"{number}.html").write_text("<html></html>")
    assert _workers(tmp_path) == workers


def test_long_pages_count_as_many(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.html").write_bytes(b"x" * 4_000_000)
    assert _workers(tmp_path) == 4


@pytest.mark.parametrize(("size", "workers"), [(100, 1), (150_000, 1), (10_000_000, 4)])
def test_a_container_is_judged_by_its_size(tmp_path: Path, size: int, workers: int) -> None:
    (tmp_path / "pages.warc.gz").write_bytes(b"x" * size)
    assert _workers(tmp_path) == workers


@pytest.mark.parametrize(("pages", "is_long"), [(12, False), (13, True)])
def test_so_many_pages_that_workers_are_replaced_are_told(
    tmp_path: Path, pages: int, is_long: bool
) -> None:
    settings = Settings(workers=4, pages_per_worker=12)
    for number in range(pages):
        (tmp_path / f"{number}.html").write_text("<html></html>")
    plan = plan_run(tmp_path, {})
    assert worth_starting(settings, plan).are_workers_replaced is is_long


def test_nothing_new_is_worth_one(tmp_path: Path) -> None:
    assert _workers(tmp_path) == 1


def test_what_is_staged_is_done_again_by_all(tmp_path: Path) -> None:
    plan = replace(plan_run(tmp_path, {}), renormalize=("0123456789abcdef",))
    assert worth_starting(FOUR, plan) == FOUR


def test_the_workers_of_a_cluster_are_not_counted(tmp_path: Path) -> None:
    settings = Settings(workers=4, dask="tcp://127.0.0.1:8786")
    assert _workers(tmp_path, settings) == 4
