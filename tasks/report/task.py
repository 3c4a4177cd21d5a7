"""The Prefect task of the report step: check the accounts, describe the columns, leave a row."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.publish.accounting import check_accounts
from tasks.report.datapackage import write_datapackage
from tasks.report.runs import Run, describe_run, write_run
from tasks.stage.batches import BatchCounts
from tasks.stage.versions import pipeline_version
from tasks.storage import Warehouse
from tasks.validate.audit import Finding


@task(name="report", cache_policy=NO_CACHE, persist_result=False)
def report(
    warehouse: Path,
    *,
    run_id: str,
    started_at: datetime,
    step_seconds: Mapping[str, float],
    parameters: Mapping[str, Any],
    batches: Sequence[BatchCounts],
    findings: Sequence[Finding],
    partitions_written: int,
    reference_version: str,
) -> Run:
    """Checks that no document is lost, then writes datapackage.json and the run's row.

    See `tasks.report.datapackage` and `tasks.report.runs`.

    Raises:
        AccountingError: documents are not articles + revisions + quarantined.
    """
    target = Warehouse(warehouse)
    run = describe_run(
        target,
        run_id=run_id,
        started_at=started_at,
        parameters=parameters,
        batches=batches,
        findings=findings,
        accounts=check_accounts(target),
        step_seconds=step_seconds,
        partitions_written=partitions_written,
        pipeline_version=pipeline_version(),
        reference_version=reference_version,
    )
    write_datapackage(target)
    write_run(target, run)
    return run
