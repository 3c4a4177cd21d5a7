"""The Prefect task of the validate step: verdicts for every batch that has none."""

from pathlib import Path

from prefect import task

from schemas.settings import Settings
from tasks.normalize.reference import ReferenceSource
from tasks.orchestrator.states import held_back
from tasks.orchestrator.task_options import UNCACHED
from tasks.stage.erasing import erase_named
from tasks.storage.apart import call_apart
from tasks.storage.records import check_staged
from tasks.storage.staged_view import StagedView
from tasks.storage.tombstones import has_unfinished
from tasks.storage.warehouse import Warehouse
from tasks.validate.findings import Finding, HeldBackError
from tasks.validate.judging import judge_staged
from tasks.validate.profile_files import drop_outdated
from tasks.validate.verdicts import pending_batches

# From so many records on they are judged in a process of its own, whose memory goes with it. It
# costs two seconds of CPU, most of them imports.
APART_RECORDS = 5_000


@task(
    name="validate",
    task_run_name="validate {warehouse}",
    **UNCACHED,
)
def validate(
    warehouse: Path,
    reference: ReferenceSource,
    settings: Settings,
    *,
    staged: int,
    accept: bool,
    seen: StagedView,
) -> list[Finding]:
    """Judges the records of so many staged batches, then audits the whole; see `tasks.validate`.

    What an erasure that was interrupted left is erased before. So nobody has looked through `seen`
    yet; who publishes next sees through it what was judged here.

    Raises:
        HeldBackError: the audit found what should not be published unseen.
        RecordsGoneError: not so many batches are there.
    """
    target = Warehouse(warehouse)
    check_staged(target, staged)
    if has_unfinished(target):
        erase_named(target)
        drop_outdated(target)
    pending = pending_batches(target, seen)
    question = (str(warehouse), reference, accept, settings, pending)
    is_small = sum(map(seen.rows, pending)) < APART_RECORDS
    try:
        findings = judge_staged(*question) if is_small else call_apart(judge_staged, *question)
    except HeldBackError as held:
        return held_back(held)  # type: ignore[no-any-return]
    seen.see_judged(pending)
    return findings
