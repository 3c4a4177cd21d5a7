"""`newsmill backfill --diff` and `newsmill history`, as a person would use them."""

import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from schemas.outlets import COLUMNS
from schemas.reasons import Reason
from schemas.tables import STAGED
from tasks.storage.records import read_records, staged_batches
from tasks.storage.warehouse import Warehouse, write_table
from tests.conftest import Command

AMBIGUOUS = "archive-desk/2024-04-15/pier-notes-starfish.html"
# As many of a landing day as hold a run back (schemas/drift.py).
BROKEN = tuple(
    f"regional-press/2024-03-05/{name}.html"
    for name in ("gaceta-lonja", "liman-postasi-kutuphane", "vestnik-most")
)
FERRY = "regional-press/2024-03-06/harbour-post-ferry-terminal.html"


@pytest.fixture
def warehouse(sample_warehouse: Path, tmp_path: Path) -> Path:
    """A copy, in which newsmill failed on three documents of a day: the audit holds that back."""
    copy = tmp_path / "warehouse"
    shutil.copytree(sample_warehouse, copy)
    target = Warehouse(copy)
    for batch_id, footer in staged_batches(target).items():
        rows = read_records(target, batch_id).to_pylist()
        broken = [row for row in rows if row["raw_path"] in BROKEN]
        for row in broken:
            fault = {"fate": "rejected", "reasons": [Reason.INTERNAL_ERROR.value]}
            row.update(fault, detail="Traceback", extraction=None)
        if broken:
            table = pa.Table.from_pylist(rows, schema=STAGED.schema)
            path = target.records / f"{batch_id}.parquet"
            write_table(path, [table], STAGED.schema, footer)
    return copy


def _state(warehouse: Path) -> dict[str, tuple[int, int, bytes]]:
    return {
        path.relative_to(warehouse).as_posix(): (
            path.stat().st_ino,
            path.stat().st_mtime_ns,
            path.read_bytes(),
        )
        for path in warehouse.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


def _reasons(groups: list[dict[str, Any]]) -> dict[str, list[str]]:
    return {group["name"]: group["examples"] for group in groups}


# Two flows, and the sample's run where this test is the first to ask for it.
@pytest.mark.timeout(900)
def test_a_backfill_is_shown_before_anything_is_replaced(
    newsmill: Command, warehouse: Path, tmp_path: Path
) -> None:
    """An outlet was registered whose dates were ambiguous; and the audit would hold it back."""
    registry = tmp_path / "registry.csv"
    row = {"outlet_id": "pier-notes", "name": "Pier Notes", "domains": "piernotes.example"}
    row |= {"date_order": "DMY"}
    registry.write_text(",".join(COLUMNS) + "\n" + ",".join(row.get(name, "") for name in COLUMNS))
    before = _state(warehouse)
    places = ("--raw", "raw", "--warehouse", warehouse, "--registry", registry)
    finished = newsmill("backfill", "--from", "staged", "--diff", "--json", *places)
    assert finished.returncode == 0, finished.stderr
    trial = json.loads(finished.stdout)

    (finding,) = trial["held_back_by"]
    assert BROKEN[0] in finding
    changes = trial["changes"]
    assert _reasons(changes["to_quarantine"]) == {"internal_error": list(BROKEN)}
    assert _reasons(changes["from_quarantine"]) == {"published_date_ambiguous": [AMBIGUOUS]}
    articles, _, quarantine = changes["datasets"]
    assert (articles["added"]["rows"], articles["gone"]["rows"]) == (1, 3)
    assert articles["versions_only"] == articles["rows_before"] - 3
    assert quarantine["rows_after"] == quarantine["rows_before"] + 2

    assert _state(warehouse) == before
    assert not list(warehouse.glob(".shadow-*"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--json"], "--diff"),
        (["--diff", "--warehouse", "no-such-warehouse"], "newsmill run"),
        (["--diff", "--since", "2024-03-05", "--until", "2024-03-01"], "after --until"),
    ],
)
def test_a_mistake_of_usage(newsmill: Command, arguments: list[str], words: str) -> None:
    finished = newsmill("backfill", *arguments)
    assert finished.returncode == 2
    assert words in finished.stderr


def test_a_window_without_documents_changes_nothing(
    newsmill: Command, sample_warehouse: Path
) -> None:
    window = ("--since", "1999-01-01", "--until", "1999-01-31")
    finished = newsmill("backfill", "--diff", "--warehouse", sample_warehouse, *window)
    assert finished.stdout == "Nothing would change.\n"


def test_the_history_of_an_article_shows_what_each_revision_changed(
    newsmill: Command, sample_warehouse: Path
) -> None:
    shown = newsmill("history", FERRY, "--warehouse", sample_warehouse).stdout
    assert "1. fetched 2024-03-05" in shown
    assert "published" in shown
    assert "[-180-]{+210+}" in shown
    (found,) = json.loads(
        newsmill("history", FERRY, "--warehouse", sample_warehouse, "--json").stdout
    )
    assert [each["is_published"] for each in found["revisions"]] == [False, True]
    assert any(paragraph["kind"] == "changed" for paragraph in found["revisions"][1]["text"])


def test_an_unknown_article_is_a_mistake_of_usage(
    newsmill: Command, sample_warehouse: Path
) -> None:
    finished = newsmill("history", "0123456789", "--warehouse", sample_warehouse)
    assert finished.returncode == 2
    assert "0123456789" in finished.stderr
