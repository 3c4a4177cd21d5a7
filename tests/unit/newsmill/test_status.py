"""`newsmill status` over a small warehouse: for a person, as JSON, and as OpenMetrics."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from newsmill.status import status
from schemas.settings import Limits, Settings
from tasks.normalize.record import Record, seal_record
from tasks.publish.accounting import read_accounts
from tasks.publish.partitions import publish_partition
from tasks.publish.select import select_partitions
from tasks.report.runs import RunContext, describe_run, write_run
from tasks.stage.staged_rows import write_records
from tasks.storage.warehouse import Warehouse
from tasks.validate.audit_state import clear_pending
from tasks.validate.findings import Finding
from tasks.validate.verdicts import validate_batches
from tests.records import GOOD
from tests.troubled_collecting import BACKFILLED, WAITING, write_troubled_state

HELD = Finding(
    measure="share rejected: text_missing",
    value="100% of 7 documents",
    expected="at most 43% (usual 1%)",
    advice="Look at one: `newsmill explain a.html`.",
    source="feed",
    outlet="harbour-post",
    landing_date=date(2024, 3, 2),
    number=1.0,
)


def _write_run(warehouse: Warehouse, hour: int, findings: list[Finding]) -> None:
    started = datetime(2024, 3, 2, hour, tzinfo=UTC)
    run = describe_run(
        warehouse,
        RunContext(
            run_id=f"{started:%Y%m%dT%H%M%S}Z-1",
            started_at=started,
            raw=Path("raw"),
            limits=Limits(),
            parameters={},
            batches=[],
            step_seconds={"process": 1.5, "validate": 0.5},
            reference_version="1",
        ),
        findings=findings,
        accounts=read_accounts(warehouse),
        partitions_written=2,
    )
    write_run(warehouse, run)


def _refused(number: int, reason: str, outlet_id: str | None) -> Record:
    return replace(
        GOOD,
        fate="rejected",
        reasons=(reason,),
        outlet_id=outlet_id,
        money=(),
        raw_path=f"refused-{number}.html",
    )


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Published once, then held back."""
    warehouse = Warehouse(tmp_path_factory.mktemp("status") / "w")
    records = [
        GOOD,
        _refused(1, "text_missing", "harbour-post"),
        _refused(2, "text_missing", "harbour-post"),
        _refused(3, "http_status_not_ok", None),
    ]
    versions = {"batch_id": "a", "pipeline_version": "1", "reference_version": "1"}
    sealed = [seal_record(record, **versions) for record in records]
    footer = {
        "state": "1",
        "pipeline_version": "1",
        "reference_version": "1",
        "listing_digest": "1",
        "source": "feed",
    }
    write_records(warehouse, "a", sealed, footer)
    validate_batches(warehouse)
    for partition in select_partitions(warehouse, Settings()):
        publish_partition(warehouse, partition, Settings())
    clear_pending(warehouse)
    _write_run(warehouse, 6, [])
    waiting = [
        seal_record(_refused(n, "text_missing", None), **versions | {"batch_id": "b"})
        for n in (4, 5)
    ]
    write_records(warehouse, "b", waiting, footer)
    _write_run(warehouse, 7, [HELD])
    return warehouse


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page that no run has seen."""
    folder = tmp_path_factory.mktemp("raw")
    (folder / "feed" / "2024-03-03").mkdir(parents=True)
    (folder / "feed" / "2024-03-03" / "new.html").write_text("<html></html>")
    return folder


def _status(warehouse: Warehouse, raw: Path, *options: str, columns: int = 160) -> str:
    places = ["--raw", str(raw), "--warehouse", str(warehouse.root)]
    result = CliRunner().invoke(status, [*places, *options], env={"COLUMNS": str(columns)})
    assert result.exit_code == 0, result.output
    return result.stdout


def test_json_says_what_is_new_held_back_and_quarantined(warehouse: Warehouse, raw: Path) -> None:
    told = json.loads(_status(warehouse, raw, "--json"))
    assert told["new_or_changed_files"] == 1
    assert told["batches_of_other_versions"] == 2
    assert told["records_of_other_references"] == 6
    assert (told["documents"], told["articles"], told["quarantined"]) == (6, 1, 3)
    assert told["waiting"] == 2
    assert [run["waiting_count"] for run in told["last_runs"]] == [2, 0]
    assert told["quarantined_by_outlet"] == {
        "harbour-post": {"text_missing": 2},
        "unknown": {"http_status_not_ok": 1},
    }
    assert [run["outcome"] for run in told["last_runs"]] == ["held_back", "published"]
    assert all(run["started_at"][10] == "T" for run in told["last_runs"])
    (finding,) = told["held_back"]
    assert finding["outlet"] == "harbour-post"
    assert finding["expected"] == HELD.expected


def test_table_names_what_holds_and_how_to_publish(warehouse: Warehouse, raw: Path) -> None:
    printed = _status(warehouse, raw)
    for words in ("1 files, 1 batches", "newsmill run --accept", HELD.value, "held back"):
        assert words in printed
    assert "harbour-post 2" in printed
    assert re.search(r"waiting for a decision +│ 2 ", printed)


def test_the_last_runs_are_whole_on_80_columns(warehouse: Warehouse, raw: Path) -> None:
    printed = _status(warehouse, raw, columns=80)
    table, _, _ = printed[printed.index("Last runs") :].partition("└")
    assert max(map(len, table.splitlines())) <= 80
    rows = [line.replace("│", "").split() for line in table.splitlines() if "2024-" in line]
    assert rows == [
        ["2024-03-02", "07:00", "held", "back", "0", "4", "2", "1", "2", "s"],
        ["2024-03-02", "06:00", "published", "0", "4", "-", "-", "2", "s"],
    ]


def test_openmetrics_is_read_by_the_library_s_own_parser(warehouse: Warehouse, raw: Path) -> None:
    text = _status(warehouse, raw, "--openmetrics")
    samples = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert samples["newsmill_documents", "quarantined"] == 3
    assert samples["newsmill_documents", "waiting"] == 2
    assert samples["newsmill_quarantined_documents", "text_missing"] == 2
    assert samples["newsmill_waiting_batches", "new_or_changed"] == 1
    assert samples["newsmill_held_back_findings",] == 1
    assert samples["newsmill_last_run_step_seconds", "process"] == 1.5
    assert text.endswith("# EOF\n")


def test_sources_are_shown_where_somebody_collects(
    warehouse: Warehouse, raw: Path, tmp_path: Path
) -> None:
    assert json.loads(_status(warehouse, raw, "--json"))["sources"] is None
    write_troubled_state(tmp_path)
    state = ("--state", str(tmp_path))
    printed = _status(warehouse, raw, *state, columns=80)
    sources = printed[printed.index("Sources") : printed.index("To make with")]
    assert max(map(len, sources.splitlines())) <= 80
    for words in ("https://quay.example/feed", "robots.txt forbids it", "2026-03-28 07:40"):
        assert words in sources
    told = json.loads(_status(warehouse, raw, *state, "--json"))["sources"]
    assert told["account"]["waiting"] == WAITING + BACKFILLED
    assert {trouble["trouble"] for trouble in told["troubles"]} > {"denied", "failing", "lying"}
    text = _status(warehouse, raw, *state, "--openmetrics")
    families = {family.name for family in text_string_to_metric_families(text)}
    assert families > {"newsmill_documents", "newsmill_collect_source_trouble"}
