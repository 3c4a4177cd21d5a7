"""The main job: raw pages in, published Parquet out."""

from datetime import UTC, date, datetime
from pathlib import Path
from time import sleep
from typing import Any

from prefect import flow
from prefect.runtime import flow_run
from prefect.task_runners import ThreadPoolTaskRunner

from flows.clock import Stopwatch
from flows.futures import finish
from flows.progress import Progress
from schemas.settings import Settings
from tasks.discover.plan import Redo
from tasks.discover.task import discover
from tasks.lineage.versions import pipeline_version
from tasks.normalize.reference import ReferenceSource, load_reference
from tasks.publish.select import Partition
from tasks.publish.task import order, publish_partitions, select, shrink_partitions
from tasks.report.runs import Run, RunFacts
from tasks.report.task import report, report_held_back
from tasks.stage.pool import close_shared_pools
from tasks.stage.task import process_batch, renormalize_batch
from tasks.storage.holding import hold_warehouse
from tasks.validate.findings import HeldBackError
from tasks.validate.task import validate

# Batches in progress at once; the command line sets it by the number of workers.
_RUNNER: Any = ThreadPoolTaskRunner(max_workers=4)


def _name_run() -> str:
    """Names a run by its warehouse, and by what of raw/ it is about where that is not all."""
    given = flow_run.parameters
    words = ["trial" if given["is_trial"] else f"news-etl {given['warehouse']}"]
    if given["since"] or given["until"]:
        words.append(f"{given['since'] or ''}..{given['until'] or ''}")
    if given["redo"]:
        words.append(f"from {given['redo']}")
    return " ".join(words)


@flow(
    name="news-etl",
    flow_run_name=_name_run,
    task_runner=_RUNNER,
    validate_parameters=False,
    persist_result=False,
)
def news_etl(
    raw: Path,
    warehouse: Path,
    since: date | None = None,
    until: date | None = None,
    settings: Settings = Settings(),  # noqa: B008 - frozen
    reference: ReferenceSource = ReferenceSource(),  # noqa: B008 - frozen
    redo: Redo | None = None,
    redo_reason: str | None = None,
    only_stale: bool = False,
    accept: bool = False,
    prune: bool = False,
    is_trial: bool = False,
) -> Run:
    """Processes what is new or changed in raw/ and publishes the partitions that it changes.

    Args:
        raw: the raw folder.
        warehouse: where everything is written.
        since: first landing date to process.
        until: last landing date to process.
        settings: how the run works.
        reference: which outlets and rates normalization uses.
        redo: backfill: do again what is done, from `raw` or from `staged`.
        redo_reason: do again only the batches with documents quarantined under this code.
        only_stale: do not redo what today's code and reference data made.
        accept: publish in spite of the audit's findings.
        prune: drop the records of raw files that are gone.
        is_trial: the warehouse is a shadow that goes: leave no report.
    """
    watch = Stopwatch(datetime.now(UTC))
    with hold_warehouse(warehouse):
        with watch.step("discover"):
            reference_version = load_reference(reference).version
            plan = discover(
                raw,
                warehouse,
                since,
                until,
                redo,
                redo_reason=redo_reason,
                current=(pipeline_version(), reference_version) if only_stale else None,
                prune=prune,
            )
        with watch.step("process"):
            progress = Progress(len(plan.batches) + len(plan.renormalize))
            try:
                futures = [
                    process_batch.submit(batch, raw, warehouse, settings, reference)
                    for batch in plan.batches
                ] + [
                    renormalize_batch.submit(batch_id, warehouse, settings, reference)
                    for batch_id in plan.renormalize
                ]
                batches = finish(futures, progress.tell)
            finally:
                close_shared_pools()
        facts = RunFacts(
            run_id=watch.run_id,
            started_at=watch.started_at,
            raw=raw,
            parameters={
                "raw": raw,
                "since": since,
                "until": until,
                "redo": redo,
                "redo_reason": redo_reason,
                "only_stale": only_stale,
                "accept": accept,
            },
            batches=batches,
            step_seconds=watch.seconds,
            reference_version=reference_version,
            passed_over=plan.passed_over,
        )
        try:
            with watch.step("validate"):
                findings = validate(warehouse, reference, accept=accept)
        except HeldBackError as held:
            report_held_back(
                warehouse, facts, settings, reference, findings=held.findings, is_trial=is_trial
            )
            raise
        with watch.step("publish"):
            written: set[Partition] = set()
            for wave in order(warehouse, select(warehouse, settings)):
                sleep(wave.pause_s)
                counts = finish(
                    [
                        shrink_partitions.submit(share, warehouse)
                        if wave.shrink
                        else publish_partitions.submit(share, warehouse, settings)
                        for share in wave.shares()
                    ]
                )
                written.update(count.partition for share in counts for count in share)
        return report(
            warehouse,
            facts,
            findings=findings,
            partitions_written=len(written),
            is_trial=is_trial,
        )
