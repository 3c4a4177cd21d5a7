"""The Prefect task of the validate step: verdicts for every batch that has none."""

from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.storage import Warehouse
from tasks.validate.audit import audit_staged
from tasks.validate.verdicts import VerdictCounts, validate_batches


@task(name="validate", cache_policy=NO_CACHE, persist_result=False)
def validate(warehouse: Path, *, accept: bool) -> VerdictCounts:
    """Judges the staged records, then audits the whole; see `tasks.validate`."""
    counts = validate_batches(Warehouse(warehouse))
    audit_staged(Warehouse(warehouse), accept=accept)
    return counts
