"""The Prefect task of the validate step: verdicts for every batch that has none."""

from pathlib import Path

from prefect import task

from tasks.normalize.reference import ReferenceSource, load_reference
from tasks.orchestrator.task_options import UNCACHED
from tasks.storage.records import check_staged
from tasks.storage.warehouse import Warehouse
from tasks.validate.audit import audit_staged
from tasks.validate.findings import Finding
from tasks.validate.verdicts import validate_batches


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
    registry = load_reference(reference).registry
    known = frozenset(registry.outlets) if registry else None
    validate_batches(Warehouse(warehouse), known)
    return audit_staged(Warehouse(warehouse), accept=accept)
