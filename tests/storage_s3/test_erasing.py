"""Erasure and retention where raw/ and the warehouse are in a store."""

from functools import partial
from pathlib import Path

from schemas.settings import Settings
from tasks.discover.plan import Scope, plan_warehouse
from tasks.erase.documents import plan_erasure
from tasks.erase.forgetting import Means, forget
from tasks.erase.pruning import prune
from tasks.publish.accounting import read_accounts
from tasks.storage.locations import parse_location
from tasks.storage.warehouse import Warehouse
from tasks.validate.audit_state import clear_pending
from tests.reliability.raw_folders import FIRST_DAY, Page, write_pages
from tests.reliability.steps import Run, run_steps
from tests.storage_s3.conftest import Bucket

PAGES = [
    Page(1),
    Page(1, published=1, landing=9, exported=True),
    Page(2, published=1, story=1, landing=9, exported=True),
    Page(3, story=1),
]


def test_a_document_leaves_the_store_and_old_raw_files_can_follow(
    bucket: Bucket, tmp_path: Path
) -> None:
    write_pages(tmp_path / "raw", PAGES)
    bucket.put_folder(tmp_path / "raw", "raw")
    raw, root = (parse_location(f"{bucket.url}/{name}") for name in ("raw", "warehouse"))
    run_steps(raw, root, Run())
    warehouse = Warehouse(root)
    clear_pending(warehouse)
    means = Means(settings=Settings(), registry=None, pause=lambda _: None, raw=raw)
    done = forget(warehouse, partial(plan_erasure, warehouse, PAGES[0].url), means)

    assert done.removal is not None
    assert (len(done.removal.deleted), len(done.removal.rewritten)) == (1, 1)
    names = bucket.names("raw/")
    assert names == ["raw/desk/2024-03-05/3.html", "raw/export/2024-03-14/pages.jsonl"]
    assert PAGES[0].url.encode() not in bucket.get("raw/export/2024-03-14/pages.jsonl")
    assert read_accounts(warehouse).balanced

    # The export was written again, and is no longer what was staged: it is read first.
    run_steps(raw, root, Run())
    clear_pending(warehouse)
    prune(raw, warehouse, FIRST_DAY.replace(day=10))
    assert bucket.names("raw/") == ["raw/export/2024-03-14/pages.jsonl"]
    plan = plan_warehouse(raw, warehouse, Scope())
    assert (plan.batches, plan.gone) == ((), ())
    assert read_accounts(warehouse).documents == 2
