"""Documents of an archive are found, explained and made again by their paths in it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from schemas.settings import Limits
from schemas.tables import ARTICLES
from tasks.discover.plan import plan_run
from tasks.inspect.explanation import explain_document
from tasks.inspect.healing import set_aside
from tasks.storage.records import staged_batches
from tasks.storage.setting_aside import damaged_batches
from tasks.storage.warehouse import Warehouse
from tests.unit.read.archived.packing import PACKERS
from tests.unit.reported_pages import CLOCK, QUAY, page
from tests.warehouses import make_warehouse

HARBOUR = page("Old quay closes", QUAY, "harbour.example", "2024-03-04T09:00:00+01:00")
TOWN = page("The clock is late", CLOCK, "clock.example", "2024-03-05T10:00:00+01:00")
ENTRIES = [
    ("news/quay.html", HARBOUR.encode()),
    ("rows.jsonl", json.dumps({"html": TOWN, "url": "https://clock.example/story"}).encode()),
    ("../out.html", b"<p>x"),
]


@pytest.fixture(params=["a.zip", "a.tar.gz"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, Warehouse, str]]:
    archive = f"press/2024-03-06/{request.param}"
    raw = tmp_path / "raw"
    (raw / archive).parent.mkdir(parents=True)
    (raw / archive).write_bytes(PACKERS[request.param](ENTRIES))
    warehouse, _ = make_warehouse(raw, tmp_path / "warehouse")
    yield raw, warehouse, archive


def published(warehouse: Warehouse) -> list[dict[str, Any]]:
    (path,) = warehouse.partitions(ARTICLES.name).values()
    rows: list[dict[str, Any]] = pq.read_table(path, partitioning=None).to_pylist()
    return rows


def test_each_is_explained_by_its_path(made: tuple[Path, Warehouse, str]) -> None:
    raw, warehouse, archive = made
    for name, standing in (
        ("news/quay.html", "article"),
        ("rows.jsonl#0", "article"),
        ("\\x2e\\x2e/out.html", "quarantined"),
    ):
        for word in (f"{archive}!{name}", f"{raw / archive}!{name}"):
            (found,) = explain_document(warehouse, word, raw, Limits())
            assert found.name == f"{archive}!{name}"
            assert found.standing == standing
            if standing == "article":
                assert any(piece.is_kept for piece in found.account.pieces), found.account.note


def test_an_archive_whose_records_are_damaged_is_read_again_and_not_taken_for_gone(
    made: tuple[Path, Warehouse, str],
) -> None:
    raw, warehouse, archive = made
    (path,) = warehouse.records.glob("*.parquet")
    before = published(warehouse)
    path.write_bytes(b"damaged")
    set_aside(warehouse, path)
    damaged = damaged_batches(warehouse)
    assert [footer["files"] for footer in damaged.values()] == [[archive]]
    plan = plan_run(raw, staged_batches(warehouse) | damaged)
    assert (plan.gone, len(plan.batches)) == ((), 1)
    make_warehouse(raw, warehouse.root)
    assert published(warehouse) == before
