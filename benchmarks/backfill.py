"""What a backfill from staged/ costs, beside the same from raw/.

    python benchmarks/backfill.py --raw DIR [--workers 2]

Both write every record and partition of a warehouse in a temporary folder, by the steps of the flow
without Prefect; before the second an outlet is registered, as before a real backfill. Prints the
CPU seconds of each step, worker processes included, and the ratio of the two. What it costs to
start the workers, whatever they do then, is measured apart and taken out of `process`.
"""

import argparse
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schemas.settings import Settings
from tasks.discover.plan import Plan, Scope, plan_run
from tasks.normalize.reference import ReferenceSource
from tasks.publish.partitions import publish_share
from tasks.publish.select import select_partitions
from tasks.publish.waves import order_waves
from tasks.read.document import ContentForm, Document, Origin
from tasks.stage.batch_staging import restage_batch, stage_batch
from tasks.stage.pool import PagePool
from tasks.stage.work_orders import WorkOrder
from tasks.storage.records import staged_batches
from tasks.storage.warehouse import Warehouse
from tasks.validate.audit import audit_staged
from tasks.validate.verdicts import validate_batches

STEPS = ("start", "process", "validate", "publish")
NOTHING = Document(origin=Origin(raw_path="", raw_digest=""), form=ContentForm.TEXT, content=b"")
REGISTERED_MEANWHILE = "outlet_id,name\nquarry-gazette,Quarry Gazette\n"


def main() -> None:
    """Runs the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--raw", type=Path, required=True, help="folder of pages")
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    settings = Settings(workers=arguments.workers)
    # Workers would import this script, and with it more than those of `newsmill` do.
    del sys.modules["__main__"].__file__
    with tempfile.TemporaryDirectory() as scratch:
        warehouse = Warehouse(Path(scratch) / "warehouse")
        registry = Path(scratch) / "registry.csv"
        registry.write_text(REGISTERED_MEANWHILE, encoding="utf-8")
        plan = plan_run(arguments.raw, {}, Scope(start="raw"))
        from_raw = backfill(plan, arguments.raw, warehouse, settings, ReferenceSource())
        plan = plan_run(arguments.raw, staged_batches(warehouse), Scope(start="staged"))
        changed = ReferenceSource(overlay=registry)
        from_staged = backfill(plan, arguments.raw, warehouse, settings, changed)
    print(f"{'step':<10} {'from raw':>10} {'from staged':>12}  ratio   CPU seconds")
    for step in (*STEPS, "all"):
        one, other = (
            sum(cost.values()) if step == "all" else cost[step] for cost in (from_raw, from_staged)
        )
        print(f"{step:<10} {one:10.1f} {other:12.1f}  {other / max(one, 0.01):5.1%}")


def backfill(
    plan: Plan, raw: Path, warehouse: Warehouse, settings: Settings, reference: ReferenceSource
) -> dict[str, float]:
    """Does what a plan says and publishes it; returns CPU seconds by step."""
    spent: dict[str, float] = defaultdict(float)
    with measured(spent, "start"), PagePool(settings, reference) as pool:
        work = WorkOrder(
            batch_id="", pipeline_version="", limits=settings.limits, reference=reference
        )
        for _ in pool.process([NOTHING] * settings.workers, work):
            pass
    spent["process"] -= spent["start"]
    with measured(spent, "process"), PagePool(settings, reference) as pool:
        for batch in plan.batches:
            stage_batch(batch, raw, warehouse, settings, reference, pool)
        for batch_id in plan.renormalize:
            restage_batch(batch_id, warehouse, settings, reference, pool)
    with measured(spent, "validate"):
        validate_batches(warehouse)
        audit_staged(warehouse, accept=True)
    with measured(spent, "publish"):
        for wave in order_waves(warehouse, select_partitions(warehouse, settings)):
            for share in wave.shares():
                publish_share(warehouse, share, settings)
    return spent


@contextmanager
def measured(spent: dict[str, float], step: str) -> Iterator[None]:
    """Adds the CPU seconds of a step, and of the processes that ended in it."""
    before = sum(os.times()[:4])
    yield
    spent[step] += sum(os.times()[:4]) - before


if __name__ == "__main__":
    main()
