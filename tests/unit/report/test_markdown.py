"""Summaries in Markdown: the figures of the run, and nothing from outside that is markup."""

from dataclasses import replace
from pathlib import Path

from schemas.settings import Settings
from tasks.inspect.changes.changed import (
    ColumnChange,
    DatasetChanges,
    Example,
    Group,
    WarehouseChanges,
)
from tasks.inspect.changes.trial import Trial
from tasks.normalize.reference import ReferenceSource
from tasks.report.html.counted_parts import CountedParts
from tasks.report.html.gathering import gather_data
from tasks.report.html.report_data import DocumentLink, ReportData, Speed
from tasks.report.markdown import accept_command, show_trial, summarize_run
from tasks.storage.staged_view import StagedView
from tests.unit.reported import Reported

NOTHING = Group(name="", rows=0, examples=())


def _of_row(reported: Reported) -> ReportData:
    """The data of a run of which only the row is known."""
    return ReportData(name="", run=reported.run, history=(), speed=Speed())


def test_a_run_is_summed_up_by_fate_reason_outlet_and_time(reported: Reported) -> None:
    run = reported.run
    warehouse = reported.warehouse
    counted, seen = CountedParts(warehouse), StagedView(warehouse)
    data = gather_data(warehouse, run, reported.batches, 1, counted, seen)
    lines = summarize_run(data).splitlines()
    assert lines[0] == f"## {run.processed_count} documents processed"
    for fate, count in (
        ("articles", run.article_count),
        ("earlier revisions", run.earlier_revision_count),
        ("quarantined", run.quarantined_count),
        ("**documents**", run.document_count),
    ):
        assert f"| {fate} | {count} | {count} |" in lines
    for code, count in run.reason_counts.items():
        assert f"| {code.replace('_', chr(92) + '_')} | {count} |" in lines
    by_outlet = [line.split(" | ") for line in lines[lines.index("### Articles by outlet") :]]
    articles = [int(cells[1]) for cells in by_outlet if cells[-1].startswith("2")]
    assert sum(articles) == run.article_count
    slowest = data.speed.slowest[0]
    assert f"- {slowest.seconds:.2f} s {slowest.name}" in lines
    assert "| --- |" not in lines, "each column says where it is aligned"


def test_a_run_that_changed_nothing_says_so(reported: Reported) -> None:
    run = replace(reported.run, batch_count=0, processed_count=0, partitions_written=0)
    text = summarize_run(replace(_of_row(reported), run=run))
    assert text.startswith("## Nothing new\n")
    assert f"| **documents** | {run.document_count} | 0 |" in text


def test_a_held_back_run_says_why_and_how_to_go_on(reported: Reported) -> None:
    finding = "harbour.example: median words: 4, expected at least 90."
    run = replace(reported.run, outcome="held_back", findings=(finding,))
    text = summarize_run(replace(_of_row(reported), run=run), "newsmill run --accept")
    assert text.startswith("## Held back: ")
    assert f"- {finding}" in text
    assert "```\nnewsmill run --accept\n```" in text


def test_names_from_outside_are_no_markup(reported: Reported) -> None:
    hostile = DocumentLink(
        batch_id="b",
        raw_path="<img src=x onerror=alert(1)>/[a](javascript:b)|c/`d`.html",
        raw_offset=None,
        seconds=1.0,
    )
    text = summarize_run(replace(_of_row(reported), speed=Speed(slowest=(hostile,))))
    assert r"1.00 s \<img src=x onerror=alert(1)\>/\[a\](javascript:b)\|c/\`d\`.html" in text


def test_the_command_that_accepts_is_the_run_as_it_was() -> None:
    reference = ReferenceSource(overlay=Path("my outlets.csv"), rates=(Path("rates.csv"),))
    settings = Settings(partition_by="date")
    command = accept_command(Path("raw"), Path("warehouse"), settings, reference)
    assert command.replace(" \\\n ", "") == (
        "newsmill run --raw raw --warehouse warehouse --partition-by date"
        " --registry 'my outlets.csv' --rates rates.csv --accept"
    )


def test_a_trial_shows_rows_and_values_and_what_the_audit_would_say() -> None:
    title = ColumnChange(
        column="title", rows=2, examples=(Example(key="0a49", old="One", new="*Two*"),)
    )
    articles = DatasetChanges(
        dataset="articles",
        rows_before=1_999,
        rows_after=2_000,
        partitions_changed=("2024-03",),
        partitions_same=4,
        added=Group(name="added", rows=1, examples=("14b3",)),
        gone=NOTHING,
        moved=(),
        changed=2,
        versions_only=0,
        columns=(title,),
        new_columns=(),
        lost_columns=(),
    )
    changes = WarehouseChanges(
        datasets=(articles,), to_quarantine=(), from_quarantine=(), renamed=NOTHING
    )
    text = show_trial(Trial(changes, ("share rejected: 80%",)))
    assert "| articles | 1,999 → 2,000 | 1 | 0 | 0 | 2 | 0 | 1 of 5 |" in text
    assert "- articles\n  - added 1: 14b3\n  - title changed in 2\n" in text
    assert r"    - 0a49: One → \*Two\*" in text
    assert "hold it back:\n\n- share rejected: 80%" in text
    assert "Nothing would change." in show_trial(Trial(None))
