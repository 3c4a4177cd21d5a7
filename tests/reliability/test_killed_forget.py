"""`newsmill forget`, killed at any of its writes: the next run, or the next forget, finishes it."""

import os
import shutil
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from schemas.settings import Settings
from tasks.erase.documents import plan_erasure
from tasks.erase.forgetting import Means, forget
from tasks.inspect.verification.verify import verify_warehouse
from tasks.publish.accounting import read_accounts
from tasks.publish.datapackage import write_datapackage
from tasks.storage.warehouse import Warehouse
from tasks.validate.audit_state import clear_pending
from tests.reliability.raw_folders import Page, write_pages
from tests.reliability.steps import CONTEXT, DONE, KILLED, Fault, finish, prepare

# What an interruption leaves at each step is tested without processes in tests/unit/erase.
pytestmark = pytest.mark.campaign

PAGES = (
    Page(1),
    Page(1, published=1, landing=1, exported=True),
    Page(2, published=2, story=1, exported=True),
    Page(3, story=1, landing=1),
)
URL = PAGES[0].url


def _forget(root: Path, raw: Path, n: int) -> int:
    process = CONTEXT.Process(target=_forget_here, args=(root, raw, n))
    process.start()
    process.join()
    return int(process.exitcode or 0)


def _forget_here(root: Path, raw: Path, n: int) -> None:
    warehouse = Warehouse(root)
    if n:
        prepare(Fault("kill", n), str(root), [])
    means = Means(settings=Settings(), registry=None, pause=lambda _: None, raw=raw)
    forget(warehouse, partial(plan_erasure, warehouse, URL), means)
    os._exit(DONE)


def _says(root: Path, text: str) -> bool:
    files = [path for path in root.rglob("*") if path.is_file()]
    return any(
        text in str(pq.read_table(path, partitioning=None).to_pylist())
        if path.suffix == ".parquet"
        else text.encode() in path.read_bytes()
        for path in files
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed-forget")
    write_pages(folder / "raw", PAGES)
    assert finish(folder / "raw", folder / "warehouse") == DONE
    warehouse = Warehouse(folder / "warehouse")
    write_datapackage(warehouse)
    clear_pending(warehouse)
    return folder


# The tombstone, published files, records, caches, raw/ and the publication are all among them.
@pytest.mark.parametrize("n", [4, 11, 18, 24, 33, 46, 58])
def test_whatever_it_was_at_it_is_finished(made: Path, tmp_path: Path, n: int) -> None:
    raw, root = tmp_path / "raw", tmp_path / "warehouse"
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    status = _forget(root, raw, n)
    assert status in {DONE, *KILLED}
    # Before there is a tombstone nothing was begun.
    is_begun = any((root / "staged" / "tombstones").glob("*.json"))
    if n % 2 or not is_begun:
        assert _forget(root, raw, 0) == DONE
    assert finish(raw, root) == DONE

    assert not _says(root, URL)
    assert not _says(root, "Story 1")
    warehouse = Warehouse(root)
    assert read_accounts(warehouse).balanced
    assert read_accounts(warehouse).articles == 2
    assert verify_warehouse(warehouse).faults == ()
