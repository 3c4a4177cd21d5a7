"""Workers' rules are loaded while something else is waited for, where there will be workers."""

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from flows.preparing import prepare
from flows.request import RunRequest
from schemas.settings import Settings
from tasks.discover.plan import plan_run
from tasks.stage.shared_pools import close_shared_pools


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    close_shared_pools()


def _templates() -> set[int]:
    return {
        child.pid
        for child in psutil.Process().children()
        if any("forkserver" in word for word in child.cmdline())
    }


def _prepare(folder: Path, settings: Settings) -> set[int]:
    before = _templates()
    prepare(plan_run(folder, {}), RunRequest(raw=folder, warehouse=folder, settings=settings))
    return _templates() - before


def test_a_template_is_started_once_and_goes_with_the_pools(tmp_path: Path) -> None:
    (tmp_path / "1.html").write_text("<html></html>")
    (template,) = _prepare(tmp_path, Settings(workers=1))
    assert not _prepare(tmp_path, Settings(workers=1))
    close_shared_pools()
    assert template not in _templates()


def test_nothing_is_started_for_no_page(tmp_path: Path) -> None:
    assert not _prepare(tmp_path, Settings(workers=1))


def test_nothing_is_started_beside_a_cluster(tmp_path: Path) -> None:
    (tmp_path / "1.html").write_text("<html></html>")
    assert not _prepare(tmp_path, Settings(workers=1, dask="tcp://127.0.0.1:8786"))
