"""outlets/ has a row for each outlet that articles name, and is the same for the same warehouse."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from schemas.outlets import Outlet, Registry, build_registry
from schemas.settings import Settings
from schemas.tables import OUTLETS
from tasks.normalize.record import Record, seal_record
from tasks.publish.outlet_rows import make_outlets, write_outlets
from tasks.publish.partitions import publish_partition
from tasks.publish.select import select_partitions
from tasks.stage.staged_rows import write_records
from tasks.storage.caches import caches_folder
from tasks.storage.records import remove_batch
from tasks.storage.warehouse import Warehouse
from tasks.validate.verdicts import validate_batches
from tests.records import GOOD

GROUP = Outlet(outlet_id="shore-group", name="Shore Group", kind="online", country="CA")
POST = Outlet(
    outlet_id="shore-post",
    name="Shore Post",
    country="CA",
    kind="newspaper",
    parent="shore-group",
    languages=("en", "fr"),
    domains=("shorepost.example", "shore.example"),
    timezone="America/Halifax",
)
WIRE = Outlet(outlet_id="shore-wire", name="Shore Wire", kind="agency")
UNUSED = Outlet(outlet_id="unused", name="Unused")
REGISTRY = build_registry([[POST, GROUP, WIRE, UNUSED]], "digest")


def article(number: int, outlet_id: str | None, **changes: Any) -> Record:
    """An accepted record of an outlet."""
    return replace(
        GOOD,
        article_id=f"{number:020x}",
        raw_path=f"{number}.html",
        outlet_id=outlet_id,
        money=(),
        money_count=0,
        **changes,
    )


def stage(warehouse: Warehouse, batch_id: str, *records: Record) -> None:
    """Stages and judges a batch, and makes the selections."""
    sealed = [
        seal_record(record, batch_id=batch_id, pipeline_version="1", reference_version="1")
        for record in records
    ]
    write_records(warehouse, batch_id, sealed, {"state": repr(records), "pipeline_version": "1"})
    validate_batches(warehouse)
    select_partitions(warehouse, Settings())


def rows_of(
    warehouse: Warehouse, registry: Registry | None = REGISTRY
) -> dict[str, dict[str, Any]]:
    """The rows of outlets/ by id, as they would be written."""
    rows = make_outlets(warehouse, registry).to_pylist()
    assert [row["outlet_id"] for row in rows] == sorted({row["outlet_id"] for row in rows})
    return {row["outlet_id"]: row for row in rows}


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "warehouse")


def test_what_the_registry_knows_counts(warehouse: Warehouse) -> None:
    stage(warehouse, "a", article(1, "shore-post", outlet_name="SHORE POST", wire="shore-wire"))
    rows = rows_of(warehouse)
    # The organisation that an outlet belongs to has a row too; an outlet without articles has none.
    assert list(rows) == ["shore-group", "shore-post", "shore-wire"]
    assert rows["shore-post"] == {
        "outlet_id": "shore-post",
        "outlet_name": "Shore Post",
        "outlet_country": "CA",
        "outlet_origin": "registered",
        "outlet_kind": "newspaper",
        "parent_outlet_id": "shore-group",
        "outlet_languages": ["en", "fr"],
        "outlet_domains": ["shorepost.example", "shore.example"],
        "outlet_timezone": "America/Halifax",
    }
    assert rows["shore-wire"]["outlet_languages"] is None


def test_of_other_outlets_most_articles_are_believed(warehouse: Warehouse) -> None:
    harbour = {"outlet_domain": "harbour.example", "outlet_country": None}
    stage(
        warehouse,
        "a",
        article(1, "~harbour.example", outlet_name="Harbour", **harbour),
        article(2, "~harbour.example", outlet_name="The Harbour Post", **harbour),
        article(3, "~harbour.example", outlet_name="The Harbour Post", **harbour),
        article(4, "~pier-gazette", outlet_name="Pier Gazette", outlet_domain=None),
        article(5, "~t.example/pier", outlet_name="Pier", outlet_domain="t.example"),
        article(6, None, outlet_name=None, outlet_domain=None),
    )
    rows = rows_of(warehouse)
    assert {name: row["outlet_origin"] for name, row in rows.items()} == {
        "~harbour.example": "domain",
        "~pier-gazette": "name",
        "~t.example/pier": "channel",
    }
    assert rows["~harbour.example"]["outlet_name"] == "The Harbour Post"
    assert rows["~harbour.example"]["outlet_domains"] == ["harbour.example"]
    assert rows["~harbour.example"]["outlet_country"] is None
    assert rows["~pier-gazette"]["outlet_domains"] is None


def test_a_name_that_joins_a_domain_has_no_row_of_its_own(warehouse: Warehouse) -> None:
    name = {"outlet_name": "Pier Gazette"}
    stage(
        warehouse,
        "a",
        article(1, "~pier-gazette", outlet_domain=None, **name),
        article(2, "~pier.example", outlet_domain="pier.example", **name),
    )
    assert list(rows_of(warehouse)) == ["~pier.example"]


def test_an_outlet_that_left_the_registry_keeps_what_its_articles_say(warehouse: Warehouse) -> None:
    stage(warehouse, "a", article(1, "shore-post", outlet_name="Shore Post"))
    (row,) = rows_of(warehouse, None).values()
    assert (row["outlet_name"], row["outlet_origin"]) == ("Shore Post", "registered")
    assert row["outlet_kind"] is None


def test_quarantined_documents_name_no_outlet(warehouse: Warehouse) -> None:
    stage(warehouse, "a", article(1, "~a.example", fate="rejected", reasons=("text_missing",)))
    assert rows_of(warehouse) == {}


def test_it_is_the_same_however_it_came_about(warehouse: Warehouse, tmp_path: Path) -> None:
    first, second = article(1, "shore-post"), article(2, "~b.example", outlet_domain="b.example")
    stage(warehouse, "a", first)
    assert write_outlets(warehouse, REGISTRY)
    assert not write_outlets(warehouse, REGISTRY)
    stage(warehouse, "b", second)
    assert write_outlets(warehouse, REGISTRY)
    other = Warehouse(tmp_path / "other")
    stage(other, "b", second)
    stage(other, "a", first)
    (caches_folder(other) / "outlets").unlink(missing_ok=True)
    assert write_outlets(other, REGISTRY)
    assert other.outlets.read_bytes() == warehouse.outlets.read_bytes()
    assert pq.read_schema(warehouse.outlets) == OUTLETS.schema.remove_metadata()


def test_articles_of_before_keep_their_outlets_until_they_are_written_again(
    warehouse: Warehouse,
) -> None:
    stage(warehouse, "a", article(1, "~old.example", outlet_domain="old.example"))
    write_outlets(warehouse, REGISTRY)
    remove_batch(warehouse, "a")
    stage(warehouse, "b", article(2, "~new.example", outlet_domain="new.example"))
    write_outlets(warehouse, REGISTRY, keep_published=True)
    ids = pq.read_table(warehouse.outlets)["outlet_id"].to_pylist()
    assert ids == ["~new.example", "~old.example"]
    write_outlets(warehouse, REGISTRY)
    assert pq.read_table(warehouse.outlets)["outlet_id"].to_pylist() == ["~new.example"]


def test_every_outlet_of_published_articles_has_a_row(warehouse: Warehouse) -> None:
    stage(warehouse, "a", article(1, "shore-post", wire="shore-wire"), article(2, "~b.example"))
    for partition in select_partitions(warehouse, Settings()):
        publish_partition(warehouse, partition, Settings())
    write_outlets(warehouse, REGISTRY)
    articles = pq.read_table(warehouse.dataset("articles"), columns=["outlet_id", "wire"])
    named = {value for name in articles.column_names for value in articles[name].to_pylist()}
    assert named - {None} <= set(pq.read_table(warehouse.outlets)["outlet_id"].to_pylist())
