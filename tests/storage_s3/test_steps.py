"""The steps on a store give what they give on a disk, and write no more than they must."""

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tasks.storage.lease import EXPIRES_S
from tasks.storage.locations import parse_location
from tasks.storage.shadow import shadowed
from tasks.storage.warehouse import Warehouse
from tests.conftest import PROJECT, read_published
from tests.reliability.raw_folders import Page, write_pages
from tests.reliability.steps import Run, run_steps
from tests.storage_s3.conftest import Bucket

PAGES = [
    Page(article=0, published=0),
    Page(article=1, published=1, exported=True),
    Page(article=2, published=3, story=1, exported=True),
    Page(article=3, published=4),
]

MONTHLY = Run()


def run_on_disk(folder: Path, run: Run = MONTHLY) -> dict[str, bytes]:
    run_steps(folder / "raw", folder / "warehouse", run)
    return read_published(folder / "warehouse")


def run_in(bucket: Bucket, run: Run = MONTHLY) -> dict[str, bytes]:
    run_steps(parse_location(f"{bucket.url}/raw"), parse_location(f"{bucket.url}/warehouse"), run)
    return bucket.published("warehouse")


def published_puts(bucket: Bucket) -> Counter[str]:
    datasets = ("articles", "money", "quarantine", "outlets")
    return Counter(
        version["Key"]
        for dataset in datasets
        for version in bucket.versions(f"warehouse/{dataset}/")
    )


def test_a_partition_is_one_put_and_an_unchanged_one_none(bucket: Bucket, tmp_path: Path) -> None:
    write_pages(tmp_path / "raw", PAGES)
    bucket.put_folder(tmp_path / "raw", "raw")
    run_in(bucket)
    first = published_puts(bucket)
    assert set(first.values()) == {1}

    (file,) = write_pages(tmp_path / "raw", [Page(article=4, published=3, landing=2)])
    bucket.put(file.relative_to(tmp_path).as_posix(), file.read_bytes())
    assert run_in(bucket) == run_on_disk(tmp_path)
    again = published_puts(bucket) - first
    assert again == {
        f"warehouse/{dataset}/published_month=2024-03/part-0.parquet": 1
        for dataset in ("articles", "money")
    }


def test_a_page_that_changes_within_a_second_moves_its_article(
    bucket: Bucket, tmp_path: Path
) -> None:
    """January has no article any more, and no object; names that are no pages are not seen."""
    write_pages(tmp_path / "raw", PAGES)
    bucket.put_folder(tmp_path / "raw", "raw")
    assert any("2024-01" in name for name in run_in(bucket))
    (file,) = write_pages(tmp_path / "raw", [Page(article=0, published=3)])
    bucket.put(file.relative_to(tmp_path).as_posix(), file.read_bytes())
    for name, content in (("desk/", b""), (".tmp/page.html", b"<html>")):
        bucket.put(f"raw/{name}", content)
    published = run_in(bucket)
    assert not any("2024-01" in name for name in published)
    assert published == run_on_disk(tmp_path)


@pytest.mark.timeout(EXPIRES_S + 240)
def test_the_next_run_finishes_what_a_killed_one_began(bucket: Bucket, tmp_path: Path) -> None:
    """It dies as it begins its second partition; the next waits until its lease has expired."""
    write_pages(tmp_path / "raw", PAGES)
    bucket.put_folder(tmp_path / "raw", "raw")
    run = Run(workers=1, partition_by="date")
    expected = run_on_disk(tmp_path, run)
    code = (
        "import os, signal;"
        "from itertools import count;"
        "from tasks.storage.locations import parse_location as at;"
        "from tests.reliability import steps;"
        "publish, begun = steps.publish_partition, count();"
        "steps.publish_partition = lambda *args, **kwargs:"
        " os.kill(os.getpid(), signal.SIGKILL) if next(begun) else publish(*args, **kwargs);"
        f"run = steps.Run(workers={run.workers}, partition_by={run.partition_by!r});"
        f"steps.run_steps(at('{bucket.url}/raw'), at('{bucket.url}/warehouse'), run)"
    )
    killed = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, env=os.environ, check=False)
    assert killed.returncode == -signal.SIGKILL
    published = bucket.published("warehouse").keys()
    assert published
    assert published < expected.keys()
    assert run_in(bucket, run) == expected
    assert not bucket.client.list_multipart_uploads(Bucket=bucket.name).get("Uploads")


def test_a_shadow_is_of_this_machine_and_changes_nothing(bucket: Bucket, tmp_path: Path) -> None:
    write_pages(tmp_path / "raw", PAGES)
    bucket.put_folder(tmp_path / "raw", "raw")
    before = run_in(bucket)
    puts = published_puts(bucket)
    with shadowed(Warehouse(parse_location(f"{bucket.url}/warehouse"))) as shadow:
        write_pages(tmp_path / "raw", [Page(article=0, published=3)])
        run_steps(tmp_path / "raw", shadow.after.root, Run())
        assert read_published(shadow.before.root) == before
        assert read_published(shadow.after.root) != before
    assert published_puts(bucket) == puts
