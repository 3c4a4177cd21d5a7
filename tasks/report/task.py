"""The Prefect tasks of the report step: check the accounts, leave a row, a page and artifacts.

A page is counted and written by pandas, DuckDB and Jinja, which a run need not hold beside its
workers. So these modules are imported where a page is written.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from prefect import task
from prefect.artifacts import create_link_artifact, create_markdown_artifact

from schemas.settings import Settings
from tasks.normalize.reference import ReferenceSource
from tasks.orchestrator.task_options import UNCACHED
from tasks.publish.accounting import check_accounts, read_accounts
from tasks.publish.datapackage import write_datapackage
from tasks.publish.empty_datasets import found_datasets
from tasks.publish.outlet_rows import found_outlets
from tasks.publish.published_changes import PublishedRows, find_published_changes
from tasks.report.read_ahead import ReadAhead
from tasks.report.runs import Run, RunContext, describe_run, write_run
from tasks.storage.staged_view import StagedView
from tasks.storage.warehouse import Warehouse
from tasks.validate.audit_state import clear_pending
from tasks.validate.findings import Finding

if TYPE_CHECKING:
    from tasks.inspect.changes.trial import Trial

# What a page takes beside this module.
OF_PAGES = ("tasks.report.html.writing", "tasks.report.markdown")
# The keys of artifacts; under each, Prefect's UI shows those of all runs, the newest first.
SUMMARY = "newsmill-summary"
REPORT = "newsmill-report"
CHANGES = "newsmill-changes"


@task(
    name="report",
    task_run_name="report {context.run_id}",
    **UNCACHED,
)
def report(
    warehouse: Path,
    context: RunContext,
    *,
    findings: Sequence[Finding],
    partitions_written: int,
    before: PublishedRows,
    is_trial: bool,
    seen: StagedView,
    ahead: ReadAhead | None = None,
) -> Run:
    """Checks that no document is lost, then writes datapackage.json, the run's row and its page.

    See `tasks.publish.datapackage`, `tasks.report.runs` and `tasks.report.html`. A run that changed
    nothing leaves a row and a summary, and writes the report of the last run that did, where that
    is missing. A trial, whose warehouse goes, leaves no page and no artifact.

    Raises:
        AccountingError: documents are not articles + revisions + quarantined.
    """
    target = Warehouse(warehouse)
    run = describe_run(
        target,
        context,
        findings=findings,
        accounts=check_accounts(target, seen),
        partitions_written=partitions_written,
        changes=find_published_changes(target, before),
    )
    write_datapackage(target)
    write_run(target, run)
    # What is audited and accepted stays so until a row says that it was published.
    clear_pending(target)
    if not is_trial:
        _show(target, run, context, seen, ahead)
    return run


@task(
    name="report-held-back",
    task_run_name="report {context.run_id}",
    **UNCACHED,
)
def report_held_back(
    warehouse: Path,
    context: RunContext,
    settings: Settings,
    reference: ReferenceSource,
    *,
    findings: Sequence[Finding],
    is_trial: bool,
    seen: StagedView,
    ahead: ReadAhead | None = None,
) -> Run:
    """Writes the row and the page of a run that the audit holds back.

    Nothing that is published changes. Datasets that were never published get their files without
    rows, so that readers find their columns.
    """
    from tasks.report.markdown import accept_command  # noqa: PLC0415 - see above

    target = Warehouse(warehouse)
    found_datasets(target, settings)
    found_outlets(target)
    write_datapackage(target)
    run = describe_run(
        target,
        context,
        findings=findings,
        accounts=read_accounts(target, seen=seen),
        partitions_written=0,
    )
    write_run(target, run)
    if not is_trial:
        accept = accept_command(context.raw, warehouse, settings, reference)
        _show(target, run, context, seen, ahead, accept)
    return run


def _show(
    warehouse: Warehouse,
    run: Run,
    context: RunContext,
    seen: StagedView,
    ahead: ReadAhead | None,
    accept: str | None = None,
) -> None:
    """Writes the report, and leaves its figures and the way to it in Prefect's UI."""
    from tasks.report.html.report_data import ReportData, Speed  # noqa: PLC0415 - see above
    from tasks.report.html.writing import make_up_report, write_report  # noqa: PLC0415
    from tasks.report.markdown import summarize_run  # noqa: PLC0415

    shown = ReportData(name="", run=run, history=(), speed=Speed())
    if not run.has_changed:
        make_up_report(warehouse, context.raw, context.limits, context.fields, seen)
    else:
        batches = [batch.batch_id for batch in context.batches]
        raw, limits, fields = context.raw, context.limits, context.fields
        known = ahead.readings() if ahead else None
        shown = write_report(warehouse, run, batches, raw, limits, fields, seen, known)
        page = warehouse.report(run.run_id).resolve()
        create_link_artifact(
            page.as_uri(),
            str(page),
            REPORT,
            "Browsers open no file from a page of a server: copy the path and open it on a machine"
            " that sees the warehouse.",
        )
    create_markdown_artifact(
        summarize_run(shown, accept), SUMMARY, f"{warehouse.root.resolve()}, run {run.run_id}"
    )


def show_changes(warehouse: Path, trial: "Trial") -> str:
    """Leaves what runs would change in Prefect's UI; returns it as text."""
    from tasks.report.markdown import show_trial  # noqa: PLC0415 - see above

    text = show_trial(trial)
    create_markdown_artifact(text, CHANGES, str(warehouse.resolve()))
    return text
