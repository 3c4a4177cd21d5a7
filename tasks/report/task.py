"""The Prefect tasks of the report step: check the accounts, leave a row and a page."""

from collections.abc import Sequence
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.publish.accounting import check_accounts, published_accounts
from tasks.report.datapackage import write_datapackage
from tasks.report.html.writing import write_report
from tasks.report.runs import Run, RunFacts, describe_run, write_run
from tasks.storage import Warehouse
from tasks.validate.audit_state import clear_pending
from tasks.validate.findings import Finding


@task(name="report", task_run_name="report", cache_policy=NO_CACHE, persist_result=False)
def report(
    warehouse: Path, facts: RunFacts, *, findings: Sequence[Finding], partitions_written: int
) -> Run:
    """Checks that no document is lost, then writes datapackage.json, the run's row and its page.

    See `tasks.report.datapackage`, `tasks.report.runs` and `tasks.report.html`. A run that changed
    nothing leaves a row only.

    Raises:
        AccountingError: documents are not articles + revisions + quarantined.
    """
    target = Warehouse(warehouse)
    run = describe_run(
        target,
        facts,
        findings=findings,
        accounts=check_accounts(target),
        partitions_written=partitions_written,
    )
    write_datapackage(target)
    write_run(target, run)
    # What is audited and accepted stays so until a row says that it was published.
    clear_pending(target)
    if facts.batches or partitions_written:
        write_report(target, run, [batch.batch_id for batch in facts.batches], facts.raw)
    return run


@task(name="report-held-back", task_run_name="report", cache_policy=NO_CACHE, persist_result=False)
def report_held_back(warehouse: Path, facts: RunFacts, *, findings: Sequence[Finding]) -> Run:
    """Writes the row and the page of a run that the audit holds back; nothing else changes."""
    target = Warehouse(warehouse)
    run = describe_run(
        target,
        facts,
        findings=findings,
        accounts=published_accounts(target),
        partitions_written=0,
    )
    write_run(target, run)
    write_report(target, run, [batch.batch_id for batch in facts.batches], facts.raw)
    return run
