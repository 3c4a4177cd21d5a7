"""What publishing changed for analysts: a new article, a corrected one, one that went."""

from dataclasses import replace
from pathlib import Path

from schemas.settings import Settings
from tasks.normalize.record import Record, seal_record
from tasks.publish.partitions import publish_partition
from tasks.publish.published_changes import (
    PublishedChanges,
    find_published_changes,
    read_published_rows,
)
from tasks.publish.select import Partition, select_partitions
from tasks.stage.staged_rows import write_records
from tasks.storage.warehouse import Warehouse
from tasks.validate.verdicts import validate_batches
from tests.records import GOOD

FOOTER = {
    "pipeline_version": "1",
    "reference_version": "1",
    "listing_digest": "1",
    "source": "feed",
}


def _publish(warehouse: Warehouse, state: str, records: list[Record]) -> PublishedChanges:
    sealed = [
        seal_record(record, batch_id="a", pipeline_version="1", reference_version="1")
        for record in records
    ]
    write_records(warehouse, "a", sealed, FOOTER | {"state": state})
    validate_batches(warehouse)
    stale = select_partitions(warehouse, Settings())
    before = read_published_rows(warehouse, stale)
    for partition in stale:
        publish_partition(warehouse, partition, Settings())
    return find_published_changes(warehouse, before)


def _article(number: int, outlet: str, digest: str = "0" * 64) -> Record:
    url = f"https://{outlet}.example/{number}"
    return replace(
        GOOD,
        article_id=f"{number:020x}",
        url=url,
        canonical_url=url,
        outlet_id=outlet,
        raw_path=f"{number}.html",
        raw_digest=digest,
        money=(),
        money_count=0,
    )


def test_articles_come_are_replaced_and_go(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    first = [_article(1, "quay"), _article(2, "quay"), _article(3, "quay")]
    assert _publish(warehouse, "1", first) == PublishedChanges(added=3, new_outlets=("quay",))
    second = [_article(1, "quay"), _article(2, "quay", "f" * 64), _article(4, "pier")]
    assert _publish(warehouse, "2", second) == PublishedChanges(
        added=1, replaced=1, withdrawn=1, new_outlets=("pier",)
    )
    assert _publish(warehouse, "2", second) == PublishedChanges()


def test_a_partition_that_cannot_be_read_counts_as_nothing(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    _publish(warehouse, "1", [_article(1, "quay")])
    ((month, path),) = warehouse.partitions("articles").items()
    whole = read_published_rows(warehouse, [Partition("articles", month)])
    path.write_bytes(path.read_bytes()[:-9])
    damaged = read_published_rows(warehouse, [Partition("articles", month)])
    assert (whole.rows.num_rows, damaged.rows.num_rows) == (1, 0)
