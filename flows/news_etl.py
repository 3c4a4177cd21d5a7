"""The main job: raw pages in, published Parquet out."""

from collections.abc import Sequence
from datetime import UTC, datetime
from time import sleep
from typing import Any

from prefect import flow
from prefect.context import FlowRunContext
from prefect.runtime import flow_run
from prefect.task_runners import ThreadPoolTaskRunner

from flows.clock import Stopwatch
from flows.ending import ended_in_order, tasks_ended
from flows.futures import finish
from flows.preparing import prepare
from flows.progress import Progress
from flows.request import RunRequest
from tasks.discover.plan import Plan
from tasks.discover.task import discover
from tasks.inspect.second_reading import ReadingOrder
from tasks.lineage.versions import pipeline_version
from tasks.normalize.reference import load_reference
from tasks.orchestrator.states import held_back
from tasks.publish.empty_datasets import settling_pause_s
from tasks.publish.select import Partition
from tasks.publish.task import (
    begin_publication,
    end_publication,
    order,
    publish_partitions,
    read_published,
    select,
    shrink_partitions,
)
from tasks.report.read_ahead import ReadAhead
from tasks.report.runs import Run, RunContext
from tasks.report.task import report, report_held_back
from tasks.stage.batch_staging import BatchCounts
from tasks.stage.cluster import disconnect
from tasks.stage.crew import worth_starting
from tasks.stage.shared_pools import close_page_pools, close_shared_pools, forked_calls
from tasks.stage.task import process_batch, renormalize_batch
from tasks.storage.apart import end_calls
from tasks.storage.holding import hold_warehouse
from tasks.storage.locations import is_on_disk
from tasks.storage.staged_view import StagedView
from tasks.storage.stopping import resume_writing, stop_writing
from tasks.storage.warehouse import Warehouse
from tasks.validate.findings import HeldBackError
from tasks.validate.task import APART_RECORDS, validate

# Batches in progress at once; the command line sets it by the number of workers.
_RUNNER: Any = ThreadPoolTaskRunner(max_workers=4)


def _name_run() -> str:
    request: RunRequest = flow_run.parameters["request"]
    return request.name


def _stop_tasks() -> None:
    stop_writing()
    end_calls()
    disconnect()
    close_shared_pools()


def _wait_for_tasks() -> None:
    """Waits until no thread of the run's tasks is left."""
    run = FlowRunContext.get()
    if run is not None and isinstance(run.task_runner, ThreadPoolTaskRunner):
        run.task_runner.cancel_all()
    resume_writing()


@flow(
    name="news-etl",
    flow_run_name=_name_run,
    task_runner=_RUNNER,
    persist_result=False,
    # What the audit holds back it would hold back again; tasks that touch the world have retries.
    retries=0,
)
def news_etl(request: RunRequest) -> Run:
    """Processes what is new or changed in raw/ and publishes the partitions that it changes."""
    watch = Stopwatch(datetime.now(UTC))
    with (
        ended_in_order(_stop_tasks),
        hold_warehouse(request.warehouse),
        tasks_ended(_stop_tasks, _wait_for_tasks),
    ):
        with watch.step("discover"):
            reference_version = load_reference(request.reference).version
            current = (pipeline_version(), reference_version) if request.only_stale else None
            plan = discover(
                request.raw,
                request.warehouse,
                request.scope,
                current=current,
                prune=request.prune,
            )
        with watch.step("process"):
            batches, ahead = _process(plan, request)
        context = RunContext(
            run_id=watch.run_id,
            started_at=watch.started_at,
            raw=request.raw,
            limits=request.settings.limits,
            fields=request.settings.fields,
            parameters=request.describe(),
            batches=batches,
            step_seconds=watch.seconds,
            reference_version=reference_version,
            passed_over=plan.passed_over,
        )
        seen = StagedView(Warehouse(request.warehouse))
        try:
            with watch.step("validate"):
                state = validate(
                    request.warehouse,
                    request.reference,
                    request.settings,
                    staged=plan.staged,
                    accept=request.accept,
                    seen=seen,
                    return_state=True,
                )
                findings = state.result()
        except HeldBackError as held:
            run = report_held_back(
                request.warehouse,
                context,
                request.settings,
                request.reference,
                findings=held.findings,
                is_trial=request.is_trial,
                seen=seen,
                ahead=ahead,
            )
            # Raised by Prefect where the flow was called.
            return held_back(HeldBackError(held.findings, run.waiting_count))  # type: ignore[no-any-return]
        with watch.step("publish"):
            stale = select(request.warehouse, request.settings, seen)
            before = read_published(request.warehouse, stale)
            written = _publish(request, stale)
        return report(
            request.warehouse,
            context,
            findings=findings,
            partitions_written=len(written),
            before=before,
            is_trial=request.is_trial,
            seen=seen,
            ahead=ahead,
        )


def _process(plan: Plan, request: RunRequest) -> tuple[list[BatchCounts], ReadAhead | None]:
    """Stages the batches of a plan, several at once.

    Returns:
        What became of each, and what reads the report's examples again from now on.
    """
    progress = Progress(len(plan.batches) + len(plan.renormalize))
    staging = worth_starting(request.settings, plan)
    how = (request.warehouse, staging, request.reference)
    prepare(plan, request)
    try:
        futures = [process_batch.submit(batch, request.raw, *how) for batch in plan.batches]
        futures += [renormalize_batch.submit(batch_id, *how) for batch_id in plan.renormalize]
        batches = finish(futures, progress.tell)
        return batches, _read_ahead(batches, request)
    finally:
        close_page_pools()


def _read_ahead(batches: Sequence[BatchCounts], request: RunRequest) -> ReadAhead | None:
    """Starts to read the report's examples again, by what the workers were forked of.

    Its memory lies beside what judges the records, which is little where they are few. What lies in
    a store is read by who is connected to it.
    """
    is_small = sum(batch.documents for batch in batches) < APART_RECORDS
    if request.is_trial or not is_small or not is_on_disk(request.raw):
        return None
    limits, fields = request.settings.limits, request.settings.fields
    calls = forked_calls(limits)
    if calls is None:
        return None
    order = ReadingOrder(raw=request.raw, limits=limits, own=fields, quickly=True)
    return ReadAhead(
        Warehouse(request.warehouse), [each.batch_id for each in batches], order, calls
    )


def _publish(request: RunRequest, stale: Sequence[Partition]) -> set[Partition]:
    """Publishes partitions in waves; returns those that were written."""
    warehouse, settings = request.warehouse, request.settings
    written: set[Partition] = set()
    begin_publication(warehouse, settings, request.reference)
    for wave in order(warehouse, stale):
        sleep(wave.pause_s)
        counts = finish(
            [
                shrink_partitions.submit(share, warehouse, settings)
                if wave.shrink
                else publish_partitions.submit(share, warehouse, settings)
                for share in wave.shares()
            ]
        )
        written.update(count.partition for share in counts for count in share)
    sleep(settling_pause_s(Warehouse(warehouse)))
    end_publication(warehouse, settings, request.reference)
    return written
