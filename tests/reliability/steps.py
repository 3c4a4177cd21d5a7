"""A run of the steps without Prefect, in a process of its own in which the world may fail.

Only the orchestrator is missing: the functions are those that the flow's tasks call, in its order,
batches and partitions in threads as there. The page is processed in the thread that asks for it:
`test_containment.py` has the pool.

A fault hits the process at its n-th write to the warehouse: at a folder made, a file opened to be
written or synced, a rename, a removal, a change of times. Python tells of each before it happens.
What pyarrow writes in between is cut by the kernel's limit on the size of files.
"""

import os
import resource
import signal
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from errno import EACCES, ENOSPC
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Literal

from schemas.settings import Settings
from tasks.discover.plan import RawFilesGoneError, Scope, Start, plan_run, remove_superseded
from tasks.normalize.record import Record
from tasks.normalize.reference import ReferenceSource, load_reference
from tasks.publish.accounting import check_accounts
from tasks.publish.partitions import publish_partition, shrink_partition
from tasks.publish.publication import prepare_publication, settle_publication
from tasks.publish.select import select_partitions
from tasks.publish.waves import order_waves
from tasks.stage.batch_staging import restage_batch, stage_batch
from tasks.stage.documents import process_document
from tasks.stage.erasing import erase_named
from tasks.stage.work_orders import Item, WorkOrder
from tasks.storage.holding import hold_warehouse
from tasks.storage.lease import WarehouseHeldError
from tasks.storage.records import staged_batches
from tasks.storage.setting_aside import damaged_batches
from tasks.storage.staged_view import StagedView
from tasks.storage.tombstones import has_unfinished
from tasks.storage.warehouse import Warehouse
from tasks.validate.audit import audit_staged
from tasks.validate.verdicts import pending_batches, validate_batches

REFERENCE = ReferenceSource(registry=False)
# UNHURT: what failed made no difference, as a folder that could not be made but is there.
DONE, UNHURT, FAILED, HELD = 0, 73, 74, 75
KILLED = (-signal.SIGKILL, -signal.SIGXFSZ)
FaultKind = Literal["kill", "full disk", "no permission", "killed in a write", "full in a write"]
_WRITES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.utime"}
_NEED_SPACE = {"os.mkdir", "open"}

CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.reliability.warm"])


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong at the n-th write, or in the first file of more than n * 256 bytes."""

    kind: FaultKind
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How the steps are run."""

    workers: int = 2
    day: date | None = None
    start: Start | None = None
    partition_by: Literal["month", "date"] = "month"
    part_rows: int = Settings().part_rows
    fault: Fault | None = None
    reference: ReferenceSource = REFERENCE
    # Only this step; "judge" ends before anything is published.
    only: Literal["stage", "judge", "publish"] | None = None


class InlinePool:
    """Processes documents where it is called, with what the worker processes call."""

    def process(self, documents: Iterable[Item], order: WorkOrder) -> Iterator[Record]:
        return (process_document(document, order) for document in documents)


def start(raw: Path, warehouse: Path, run: Run) -> Any:
    process = CONTEXT.Process(target=_run_and_exit, args=(raw, warehouse, run))
    process.start()
    return process


def finish(raw: Path, warehouse: Path, run: Run = Run()) -> int:
    """Runs the steps; returns DONE, UNHURT, FAILED, HELD, or the signal that killed the process."""
    process = start(raw, warehouse, run)
    process.join()
    assert process.exitcode in {DONE, UNHURT, FAILED, HELD, *KILLED}, (
        "the run crashed: see its traceback"
    )
    return int(process.exitcode)


def run_steps(raw: Path, root: Path, run: Run) -> None:
    warehouse = Warehouse(root)
    settings = Settings(workers=run.workers, partition_by=run.partition_by, part_rows=run.part_rows)
    with hold_warehouse(root), ThreadPoolExecutor(run.workers) as threads:
        if run.only != "publish":
            _stage(raw, warehouse, run, settings, threads)
        if run.only == "stage":
            return
        seen = StagedView(warehouse)
        if run.only != "publish":
            if has_unfinished(warehouse):
                erase_named(warehouse)
            pending = pending_batches(warehouse, seen)
            validate_batches(warehouse, pending=pending)
            seen.see_judged(pending)
            audit_staged(warehouse, accept=True)
        if run.only == "judge":
            return
        stale = select_partitions(warehouse, settings, seen=seen)
        registry = load_reference(run.reference).registry
        prepare_publication(warehouse, settings, registry)
        for wave in order_waves(warehouse, stale):
            publish = (
                partial(shrink_partition, warehouse)
                if wave.shrink
                else partial(publish_partition, warehouse, settings=settings)
            )
            list(threads.map(publish, wave.partitions))
        settle_publication(warehouse, settings, registry)
        check_accounts(warehouse, seen)


def _stage(
    raw: Path, warehouse: Warehouse, run: Run, settings: Settings, threads: ThreadPoolExecutor
) -> None:
    scope = Scope(since=run.day, until=run.day, start=run.start)
    plan = plan_run(raw, staged_batches(warehouse) | damaged_batches(warehouse), scope)
    if plan.gone:
        raise RawFilesGoneError(plan.gone)
    remove_superseded(warehouse, plan)
    how: Any = (warehouse, settings, run.reference, InlinePool())
    futures = [threads.submit(stage_batch, batch, raw, *how) for batch in plan.batches]
    futures += [threads.submit(restage_batch, batch_id, *how) for batch_id in plan.renormalize]
    for future in futures:
        future.result()


def _run_and_exit(raw: Path, warehouse: Path, run: Run) -> None:
    load_reference(run.reference)
    struck: list[str] = []
    if run.fault:
        prepare(run.fault, str(warehouse), struck)
    try:
        run_steps(raw, warehouse, run)
        if struck:
            os._exit(UNHURT)
    except WarehouseHeldError:
        os._exit(HELD)
    except OSError:
        os._exit(FAILED)


def prepare(fault: Fault, below: str, struck: list[str]) -> None:
    if fault.kind in {"killed in a write", "full in a write"}:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (fault.n * 256, fault.n * 256))
        ends = fault.kind == "killed in a write"
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL if ends else signal.SIG_IGN)
        return
    seen = 0

    def strike(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal seen
        if not _is_write(event, arguments, below):
            return
        seen += 1
        if fault.kind == "kill" and seen == fault.n:
            os.kill(os.getpid(), signal.SIGKILL)
        if fault.kind == "no permission" and seen == fault.n:
            struck.append(event)
            raise PermissionError(EACCES, os.strerror(EACCES), str(arguments[0]))
        if fault.kind == "full disk" and seen >= fault.n and event in _NEED_SPACE:
            struck.append(event)
            raise OSError(ENOSPC, os.strerror(ENOSPC), str(arguments[0]))

    sys.addaudithook(strike)


def _is_write(event: str, arguments: tuple[Any, ...], below: str) -> bool:
    if event not in _WRITES and event != "open":
        return False
    path = str(arguments[0])
    if not path.startswith(below):
        return False
    if event != "open":
        return True
    flags = arguments[2]
    return path.endswith(".tmp") or bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
