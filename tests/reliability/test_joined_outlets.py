"""An outlet without an address has the id of the domain that other documents give for its name."""

import shutil
from itertools import permutations
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.conftest import read_published
from tests.reliability.raw_folders import Page, write_pages
from tests.reliability.steps import DONE, Run, finish

# A dump of January and one of March that name the outlet, and a page that tells its domain.
_PAGES = (
    Page(article=1, published=0, story=1, dumped=True),
    Page(article=2, published=3, landing=1, dumped=True),
    Page(article=3, published=1, landing=2),
)
_NAMED, _DOMAIN = "~harbour-post", "~harbourpost.example"


@pytest.fixture
def arriving(tmp_path: Path) -> list[Path]:
    return write_pages(tmp_path / "arriving", _PAGES)


def _land(file: Path, root: Path) -> None:
    target = root / "raw" / file.relative_to(root / "arriving")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(file, target)


def _outlets(warehouse: Path) -> dict[str, str]:
    files = sorted((warehouse / "articles").rglob("*.parquet"))
    return {
        row["raw_path"].rpartition("/")[2]: row["outlet_id"]
        for file in files
        for row in pq.ParquetFile(file).read(columns=["raw_path", "outlet_id"]).to_pylist()
    }


def test_a_domain_that_appears_later_rewrites_older_months(
    arriving: list[Path], tmp_path: Path
) -> None:
    *dumps, page = arriving
    for dump in dumps:
        _land(dump, tmp_path)
    assert finish(tmp_path / "raw", tmp_path / "warehouse") == DONE
    assert _outlets(tmp_path / "warehouse") == {"0.txt": _NAMED, "1.txt": _NAMED}
    _land(page, tmp_path)
    assert finish(tmp_path / "raw", tmp_path / "warehouse") == DONE
    assert set(_outlets(tmp_path / "warehouse").values()) == {_DOMAIN}


def test_orders_of_landing_end_with_the_same_bytes(arriving: list[Path], tmp_path: Path) -> None:
    states = []
    for number, order in enumerate(list(permutations(arriving))[::2]):
        root = tmp_path / str(number)
        shutil.copytree(tmp_path / "arriving", root / "arriving", copy_function=shutil.copy2)
        for file in order:
            _land(root / file.relative_to(tmp_path), root)
            assert finish(root / "raw", root / "warehouse", Run(workers=1)) == DONE
        states.append(read_published(root / "warehouse"))
    assert states[0] == states[1] == states[2]
