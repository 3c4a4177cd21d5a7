"""Staging a batch: whole or as it was, again from staged/ with the same outcome."""

from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pyarrow as pa
import pytest

from schemas.settings import Settings
from tasks.discover.batches import Batch, discover
from tasks.normalize.reference import ReferenceSource
from tasks.stage.batch_staging import restage_batch, stage_batch
from tasks.stage.pool import PagePool
from tasks.storage.records import read_records, staged_batches, write_staged
from tasks.storage.schema_versions import SchemaVersionError
from tasks.storage.warehouse import Warehouse, read_metadata

SETTINGS = Settings(workers=1)
REFERENCE = ReferenceSource()
PAGE = """<html lang="en"><head><title>{title}</title>
<meta property="og:site_name" content="Harbour Post">
<meta property="article:published_time" content="2024-03-05T09:00:00+04:00"></head>
<body><article><h1>{title}</h1>{body}</article></body></html>"""
BODY = "".join(
    f"<p>In winter {number} the breakwater lost stones worth $2.9 million to the storms.</p>"
    for number in range(1, 9)
)


@pytest.fixture(scope="module")
def pool() -> Iterator[PagePool]:
    with PagePool(SETTINGS, REFERENCE) as running:
        yield running


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw" / "press" / "2024-03-05"
    folder.mkdir(parents=True)
    for name in ("a", "b"):
        page = PAGE.format(title=f"Breakwater {name} is finished", body=BODY)
        (folder / f"{name}.html").write_text(page)
    (folder / "broken.html.gz").write_bytes(b"\x1f\x8b\x08\x00 this is no gzip")
    return tmp_path / "raw"


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "warehouse")


def _stage(raw: Path, warehouse: Warehouse, pool: PagePool) -> Batch:
    (batch,) = discover(raw).batches
    stage_batch(batch, raw, warehouse, SETTINGS, REFERENCE, pool)
    return batch


def test_every_document_of_a_batch_is_staged(
    raw: Path, warehouse: Warehouse, pool: PagePool
) -> None:
    batch = _stage(raw, warehouse, pool)
    rows = read_records(warehouse, batch.batch_id).to_pylist()
    fates = {row["raw_path"].rpartition("/")[2]: row["reasons"] for row in rows}
    assert fates == {"a.html": [], "b.html": [], "broken.html.gz": ["file_corrupt"]}
    assert {row["outlet_name"] for row in rows if row["fate"] == "accepted"} == {"Harbour Post"}
    assert all(row["batch_id"] == batch.batch_id for row in rows)
    metadata = staged_batches(warehouse)[batch.batch_id]
    assert metadata["listing_digest"] == batch.listing_digest
    assert metadata["landed"] == ["2024-03-05", "2024-03-05"]


def test_staging_again_from_staged_gives_the_same_records_without_raw(
    raw: Path, warehouse: Warehouse, pool: PagePool
) -> None:
    batch = _stage(raw, warehouse, pool)
    path = warehouse.records / f"{batch.batch_id}.parquet"
    before, footer = read_records(warehouse, batch.batch_id), read_metadata(path)
    rmtree(raw)
    counts = restage_batch(batch.batch_id, warehouse, SETTINGS, REFERENCE, pool)
    assert counts.documents == 3
    assert read_records(warehouse, batch.batch_id).drop_columns("seconds") == (
        before.drop_columns("seconds")
    )
    assert read_metadata(path) == footer


def test_a_fault_of_the_disk_leaves_the_batch_as_it_was(
    raw: Path, warehouse: Warehouse, pool: PagePool
) -> None:
    batch = _stage(raw, warehouse, pool)
    before = (warehouse.records / f"{batch.batch_id}.parquet").read_bytes()
    (raw / "press" / "2024-03-05" / "b.html").unlink()
    (raw / "press" / "2024-03-05" / "b.html").mkdir()
    with pytest.raises(OSError, match=r"b\.html"):
        stage_batch(batch, raw, warehouse, SETTINGS, REFERENCE, pool)
    assert (warehouse.records / f"{batch.batch_id}.parquet").read_bytes() == before
    assert len(list(warehouse.records.iterdir())) == 1


def test_a_registry_that_is_switched_off_makes_another_reference_version(
    raw: Path, warehouse: Warehouse
) -> None:
    (batch,) = discover(raw).batches
    versions = set()
    for reference in (REFERENCE, ReferenceSource(registry=False)):
        with PagePool(SETTINGS, reference) as pool:
            stage_batch(batch, raw, warehouse, SETTINGS, reference, pool)
        versions.add(staged_batches(warehouse)[batch.batch_id]["reference_version"])
    assert len(versions) == 2


def test_records_of_an_unknown_source_are_refused_with_the_way_out_and_kept(
    raw: Path, warehouse: Warehouse, pool: PagePool
) -> None:
    """What another version found is not lost by code that cannot read it."""
    batch = _stage(raw, warehouse, pool)
    path = warehouse.records / f"{batch.batch_id}.parquet"
    rows = read_records(warehouse, batch.batch_id)
    texts = [text and text.replace('"meta"', '"oracle"') for text in rows["extraction"].to_pylist()]
    at = rows.column_names.index("extraction")
    rows = rows.set_column(at, rows.schema.field(at), pa.array(texts, pa.string()))
    write_staged(warehouse, batch.batch_id, [rows], read_metadata(path))
    before = path.read_bytes()
    with pytest.raises(SchemaVersionError, match=r"'oracle' as dates.*backfill --from raw"):
        restage_batch(batch.batch_id, warehouse, SETTINGS, REFERENCE, pool)
    assert path.read_bytes() == before


class TestFilesThatGoWhileARunReads:
    """They are listed and are not there when they are read; nobody else's record is lost."""

    def test_one_is_left_out_as_if_it_had_never_been_listed(
        self, raw: Path, warehouse: Warehouse, pool: PagePool
    ) -> None:
        (batch,) = discover(raw).batches
        (raw / "press/2024-03-05/a.html").unlink()
        counts = stage_batch(batch, raw, warehouse, SETTINGS, REFERENCE, pool)
        assert (counts.documents, counts.skipped) == (2, {"vanished": 1})
        # The next run has nothing to do.
        (now,) = discover(raw).batches
        assert staged_batches(warehouse)[now.batch_id]["listing_digest"] == now.listing_digest

    def test_a_batch_with_earlier_records_of_it_stays(
        self, raw: Path, warehouse: Warehouse, pool: PagePool
    ) -> None:
        """The next run says that the file is gone, and asks before its record goes."""
        batch = _stage(raw, warehouse, pool)
        before = (warehouse.records / f"{batch.batch_id}.parquet").read_bytes()
        (raw / "press/2024-03-05/a.html").unlink()
        counts = stage_batch(batch, raw, warehouse, SETTINGS, REFERENCE, pool)
        assert (counts.documents, counts.skipped) == (0, {"vanished": 1})
        assert (warehouse.records / f"{batch.batch_id}.parquet").read_bytes() == before

    def test_all_of_a_new_batch(self, raw: Path, warehouse: Warehouse, pool: PagePool) -> None:
        (batch,) = discover(raw).batches
        rmtree(raw / "press")
        counts = stage_batch(batch, raw, warehouse, SETTINGS, REFERENCE, pool)
        assert (counts.documents, counts.skipped) == (0, {"vanished": 3})
        assert not staged_batches(warehouse)

    def test_a_sidecar(self, raw: Path, warehouse: Warehouse, pool: PagePool) -> None:
        sidecar = raw / "press/2024-03-05/a.html.meta.json"
        sidecar.write_text('{"url": "https://harbourpost.example/a"}')
        (batch,) = discover(raw).batches
        sidecar.unlink()
        counts = stage_batch(batch, raw, warehouse, SETTINGS, REFERENCE, pool)
        assert counts.documents == 3
        (now,) = discover(raw).batches
        assert staged_batches(warehouse)[now.batch_id]["listing_digest"] == now.listing_digest

    def test_a_warehouse_that_goes_is_an_error(
        self, raw: Path, warehouse: Warehouse, pool: PagePool
    ) -> None:
        (batch,) = discover(raw).batches
        warehouse.root.write_text("no folder")
        with pytest.raises(OSError, match=r"exists|directory"):
            stage_batch(batch, raw, warehouse, SETTINGS, REFERENCE, pool)
