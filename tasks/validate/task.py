"""The Prefect task of the validate step: verdicts for every batch that has none."""

from pathlib import Path

from prefect import task

from tasks.normalize.reference import ReferenceSource
from tasks.orchestrator.task_options import UNCACHED
from tasks.storage.records import check_staged
from tasks.storage.warehouse import Warehouse
from tasks.validate.apart import call_apart
from tasks.validate.findings import Finding
from tasks.validate.judging import judge_staged
from tasks.validate.verdicts import count_pending

# From so many records on they are judged in a process of its own, whose memory goes with it. It
# costs two seconds of CPU, most of them imports.
_APART_RECORDS = 5_000


@task(
    name="validate",
    task_run_name="validate {warehouse}",
    **UNCACHED,
)
def validate(
    warehouse: Path, reference: ReferenceSource, *, staged: int, accept: bool
) -> list[Finding]:
    """Judges the records of so many staged batches, then audits the whole; see `tasks.validate`.

    Raises:
        HeldBackError: the audit found what should not be published unseen.
        RecordsGoneError: not so many batches are there.
    """
    check_staged(Warehouse(warehouse), staged)
    question = (str(warehouse), reference, accept)
    if count_pending(Warehouse(warehouse)) < _APART_RECORDS:
        return judge_staged(*question)
    return call_apart(judge_staged, *question)
