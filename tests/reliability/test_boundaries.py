"""A run fails at any single write, and each time the next one ends as if nothing had been.

What is published here has all that can happen: two months exchange articles, one empties, one is
new, one changes, and a document goes from quarantine/ to articles/. The boundaries are those of
`tests.reliability.steps`: before each folder made, temporary file synced, rename and removal.
"""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pandas as pd
import pytest

from schemas.tables import STAGED
from tasks.storage.records import read_records, staged_batches
from tasks.storage.warehouse import Warehouse
from tests.conftest import read_published
from tests.reliability.raw_folders import Page, write_pages
from tests.reliability.steps import (
    DONE,
    FAILED,
    KILLED,
    UNHURT,
    Fault,
    FaultKind,
    Run,
    finish,
    run_steps,
)

JANUARY, FEBRUARY, LATER_IN_FEBRUARY, MARCH, UNKNOWN = range(5)
_BEFORE = [
    Page(0, published=JANUARY),
    Page(1, published=FEBRUARY),
    Page(2, published=MARCH),
    Page(3, published=UNKNOWN),
]
_LATER = [
    Page(0, published=FEBRUARY, landing=1),
    Page(1, published=JANUARY, landing=1),
    Page(2, published=LATER_IN_FEBRUARY, landing=1),
    Page(4, published=FEBRUARY, landing=1, priced=False),
]
_PUBLISH = Run(only="publish", workers=1)
_STAGE = Run(only="stage", workers=1)


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("boundaries") / "raw"


@pytest.fixture(scope="module")
def judged(raw: Path) -> Path:
    """A warehouse of which the first day is published and all is judged."""
    warehouse = raw.parent / "judged"
    write_pages(raw, _BEFORE)
    assert finish(raw, warehouse) == DONE
    write_pages(raw, _LATER)
    # The undated page lands once more, with a date.
    undated = raw / "desk" / "2024-03-05" / "3.html"
    undated.write_text(Page(3, published=JANUARY).html)
    assert finish(raw, warehouse, Run(only="judge")) == DONE
    return warehouse


@pytest.fixture(scope="module")
def published(raw: Path, judged: Path) -> dict[str, bytes]:
    """What one clean run in a fresh warehouse publishes."""
    assert finish(raw, raw.parent / "clean") == DONE
    published = read_published(raw.parent / "clean")
    assert published != read_published(judged)
    return published


def _until_done(
    kind: FaultKind, source: Path, target: Path, raw: Path, how: Run, stride: int = 1
) -> Iterator[Path]:
    """Yields copies of a warehouse on which the step failed at its 1st, 2nd, … last write."""
    for n in count(1, stride):
        if target.exists():
            shutil.rmtree(target)
        shutil.copytree(source, target)
        faulty = Run(only=how.only, workers=how.workers, fault=Fault(kind, n))
        ended = finish(raw, target, faulty)
        if ended == DONE:
            return
        assert ended in {UNHURT, FAILED, *KILLED}
        yield target


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("kind", "stride", "failures"),
    [
        ("kill", 7, 5),
        pytest.param("kill", 1, 40, marks=pytest.mark.campaign),
        ("full disk", 7, 5),
        ("no permission", 7, 5),
    ],
)
def test_a_publication_that_fails_anywhere_is_finished(
    tmp_path: Path,
    raw: Path,
    judged: Path,
    published: dict[str, bytes],
    kind: FaultKind,
    stride: int,
    failures: int,
) -> None:
    """And whoever reads the dataset as it was left finds no article twice."""
    failed = 0
    for warehouse in _until_done(kind, judged, tmp_path / "w", raw, _PUBLISH, stride):
        failed += 1
        articles = pd.read_parquet(warehouse / "articles")
        assert articles["article_id"].is_unique
        assert set(articles["published_month"]) == {
            f"{day:%Y-%m}" for day in articles["published_date"]
        }
        run_steps(raw, warehouse, _PUBLISH)
        assert read_published(warehouse) == published
        assert not list(warehouse.rglob("*.tmp"))
        assert not [path for path in warehouse.glob("*/*=*") if not any(path.iterdir())]
    assert failed >= failures


def test_staging_that_is_killed_anywhere_is_finished(tmp_path: Path) -> None:
    write_pages(tmp_path / "raw", [Page(0), Page(1, exported=True), Page(2, landing=1)])
    assert finish(tmp_path / "raw", tmp_path / "clean", _STAGE) == DONE
    expected = _records(tmp_path / "clean")
    (tmp_path / "empty").mkdir()
    failed = 0
    for warehouse in _until_done(
        "kill", tmp_path / "empty", tmp_path / "w", tmp_path / "raw", _STAGE
    ):
        failed += 1
        run_steps(tmp_path / "raw", warehouse, _STAGE)
        assert _records(warehouse) == expected
    assert failed >= 10


def _records(root: Path) -> dict[str, list[dict[str, object]]]:
    """Returns all that is staged but what it cost."""
    names = [name for name in STAGED.names if name != "seconds"]
    warehouse = Warehouse(root)
    return {
        batch_id: read_records(warehouse, batch_id, names).to_pylist()
        for batch_id in staged_batches(warehouse)
    }
