"""The revisions of an article: in the order in which they stood for it, each with its changes."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from schemas.settings import Settings
from tasks.inspect.document_history import History, read_histories
from tasks.normalize.record import Record, seal_record
from tasks.publish.partitions import publish_partition
from tasks.publish.select import select_partitions
from tasks.stage.staged_rows import write_records
from tasks.storage.warehouse import Warehouse
from tasks.validate.verdicts import validate_batches
from tests.records import GOOD, consistent

ARTICLE_ID = GOOD.article_id or ""
FETCH = datetime(2024, 3, 1, 12, 0, tzinfo=UTC)


def _fetch(name: str, **changes: Any) -> Record:
    record = replace(GOOD, **({"raw_path": f"{name}.html", "raw_offset": None} | changes))
    if record.text != GOOD.text:
        record = consistent(replace(record, money=()))
    content = f"{record.title}\n{record.text}"
    return replace(record, content_digest=hashlib.sha256(content.encode()).hexdigest())


def _publish(root: Path, batches: Sequence[Sequence[Record]]) -> Warehouse:
    warehouse = Warehouse(root)
    for number, records in enumerate(batches):
        sealed = [
            seal_record(record, batch_id=str(number), pipeline_version="1", reference_version="1")
            for record in records
        ]
        write_records(warehouse, str(number), sealed, {"state": str(number)})
    validate_batches(warehouse)
    for partition in select_partitions(warehouse, Settings()):
        publish_partition(warehouse, partition, Settings())
    return warehouse


def _history(warehouse: Warehouse, wanted: str = ARTICLE_ID) -> History:
    found = read_histories(warehouse, wanted)
    assert found is not None
    (history,) = found
    return history


def test_revisions_are_in_order_and_the_latest_is_published(tmp_path: Path) -> None:
    """By fetch, then landing, then path, whatever the batches: the first is not dated."""
    fetches = [
        _fetch("z", fetched_at=None, landing_date=None),
        _fetch("a"),
        _fetch("b"),
        _fetch("b2", raw_path="b.html", raw_offset=17),
        _fetch("c", landing_date=FETCH.date() + timedelta(days=1)),
        _fetch("a2", fetched_at=FETCH + timedelta(hours=1)),
    ]
    expected = [(record.raw_path, record.raw_offset) for record in fetches]
    for number, order in enumerate([(0, 1, 2, 3, 4, 5), (5, 3, 1, 4, 2, 0), (2, 5, 4, 0, 3, 1)]):
        shuffled = [fetches[position] for position in order]
        warehouse = _publish(tmp_path / str(number), [shuffled[:2], shuffled[2:]])
        revisions = _history(warehouse).revisions
        assert [(each.raw_path, each.raw_offset) for each in revisions] == expected
        assert [each.is_published for each in revisions] == [False] * 5 + [True]


def test_each_revision_says_what_it_changed(tmp_path: Path) -> None:
    fetches = [
        _fetch(str(hour), fetched_at=FETCH + timedelta(hours=hour), **changes)
        for hour, changes in enumerate(
            (
                {"text": "The crane is old.\nIt will go."},
                {"text": "The crane is old.\nIt will go.", "url": f"{GOOD.url}?from=feed"},
                {"text": "The crane is old.\nIt will stay.", "title": "The crane stays"},
            )
        )
    ]
    first, second, third = _history(_publish(tmp_path / "w", [fetches])).revisions
    assert first.is_unchanged
    assert second.is_unchanged
    assert [(each.column, each.old, each.new) for each in third.changes] == [
        ("title", "A title", "The crane stays")
    ]
    assert [paragraph.kind for paragraph in third.text] == ["same", "changed"]


def test_a_fetch_in_quarantine_is_no_revision(tmp_path: Path) -> None:
    refused = _fetch("late", fate="rejected", reasons=("page_is_paywall_stub",), detail="")
    failing = _fetch("bad", published_at=None, fetched_at=FETCH + timedelta(days=1))
    history = _history(_publish(tmp_path / "w", [[_fetch("a"), refused, failing]]))
    assert [each.raw_path for each in history.revisions] == ["a.html"]
    assert history.quarantined == ("bad.html", "late.html")


@pytest.mark.parametrize("wanted", [ARTICLE_ID[:8], "a.html", "b.html#5", GOOD.canonical_url or ""])
def test_an_article_is_found_by_any_of_its_names(tmp_path: Path, wanted: str) -> None:
    warehouse = _publish(tmp_path / "w", [[_fetch("a"), _fetch("b", raw_offset=5)]])
    assert _history(warehouse, wanted).article_id == ARTICLE_ID


def test_what_is_unknown_and_what_is_no_article_differ(tmp_path: Path) -> None:
    refused = _fetch("a", fate="rejected", reasons=("text_missing",), article_id=None)
    warehouse = _publish(tmp_path / "w", [[refused]])
    assert read_histories(warehouse, "nowhere.html") is None
    assert read_histories(warehouse, "a.html") == []
