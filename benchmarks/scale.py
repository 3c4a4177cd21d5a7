"""What a day's run costs as the warehouse grows.

    python benchmarks/scale.py --folder DIR [--rows 10000 100000 300000 1000000] [--runs 3]
        [--sentences 24]

Made-up records (`scale_records`) are staged by the pipeline's own writer into DIR: 2,000 documents
a day for as many days as it takes, 350 outlets, containers of 500 to 1,000 documents, 3 % fetched
again, 5 % near-duplicates, 4 % rejected, all published. The warehouse grows into the past from each
size to the next; DIR is kept, and a second call begins with what it holds. A text of 24 sentences
has 2.7 kB. Documents of more than 100 days ago have a verdict without being judged (nothing failed)
and no profile: the audit does not look at them.

At each size 2,000 documents arrive, published on the last two days, and the steps of the flow run
in a process of their own, without Prefect; that several times, one run after the other. Staging
costs the same at any size and is left out, as are imports. Prints CPU seconds a step, the median of
the runs; the highest resident memory (Linux); and the sum of all steps but publishing, with its
ratio to that of the first size.
"""

import argparse
import multiprocessing
import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter
from pathlib import Path
from statistics import median

from scale_records import REFERENCE, Container, Writer
from step_costs import Cost, measured, print_table

from schemas.settings import Settings
from tasks.discover.plan import Scope, plan_warehouse
from tasks.lineage.versions import pipeline_version
from tasks.publish.accounting import Accounts, check_accounts
from tasks.publish.partitions import publish_partition
from tasks.publish.parts import count_reasons
from tasks.publish.select import select_partitions
from tasks.publish.waves import order_waves, write_wave
from tasks.report.html.writing import write_report
from tasks.report.runs import RunContext, describe_run, write_run
from tasks.report.summary import summarize
from tasks.storage.records import state_of, write_staged
from tasks.storage.staged_view import StagedView
from tasks.storage.warehouse import Warehouse, read_metadata, write_table
from tasks.validate.audit import audit_staged
from tasks.validate.audit_state import clear_pending
from tasks.validate.verdicts import VERDICT_SCHEMA, pending_batches, validate_batches

SETTINGS = Settings()
SIZES = [10_000, 100_000, 300_000, 1_000_000]
LAST_DAY = date(2024, 12, 31)
DAY_CONTAINERS, DAY_DOCUMENTS = 4, 2_000
# Days before the last one whose documents are judged.
JUDGED_DAYS = 100
SENTENCES = 24
# Steps that should cost the same at any size.
COMPARED = (
    "discover",
    "validate",
    "audit",
    "select",
    "order",
    "accounts and reasons",
    "report",
    "summary",
)


def main() -> None:
    """Runs the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--rows", type=int, nargs="+", default=SIZES)
    parser.add_argument("--runs", type=int, default=3, help="at each size")
    parser.add_argument("--sentences", type=int, default=SENTENCES, help="of a text")
    arguments = parser.parse_args()
    spawn = multiprocessing.get_context("spawn")
    costs = {}
    for rows in arguments.rows:
        with spawn.Pool(1) as process:
            process.apply(_grow, (arguments.folder, rows, arguments.sentences))
        runs = []
        for _ in range(arguments.runs):
            with spawn.Pool(1) as process:
                runs.append(process.apply(_run_day, (arguments.folder, arguments.sentences)))
        costs[rows] = _middle(runs)
        print(f"Texts of {arguments.sentences} sentences:")
        _print(costs)


def _grow(folder: Path, rows: int, sentences: int) -> None:
    """Stages documents until the warehouse holds `rows`, and publishes them."""
    raw, warehouse = folder / "raw", Warehouse(folder / "warehouse")
    containers = containers_of(raw)
    held = sum(container.documents for container in containers)
    while held < rows:
        day = LAST_DAY - timedelta(days=1 + held // DAY_DOCUMENTS)
        size = random.Random(len(containers)).randint(500, 1_000)
        containers.append(add_container(raw, Container(len(containers), day, size)))
        held += size
    _stage(raw, warehouse, sentences)
    validate_batches(warehouse)
    for partition in select_partitions(warehouse, SETTINGS):
        publish_partition(warehouse, partition, SETTINGS)
    check_accounts(warehouse)
    clear_pending(warehouse)


def _run_day(folder: Path, sentences: int) -> dict[str, Cost]:
    """Stages a day of documents and measures the run that follows."""
    raw, warehouse = folder / "raw", Warehouse(folder / "warehouse")
    costs: dict[str, Cost] = {}
    with measured(costs, "nothing new"):
        seen = StagedView(warehouse)
        assert not plan_warehouse(raw, warehouse, Scope(), seen=seen).batches
        assert not pending_batches(warehouse, seen)
        assert not select_partitions(warehouse, SETTINGS, seen=seen)
    first = len(containers_of(raw))
    for number in range(first, first + DAY_CONTAINERS):
        add_container(raw, Container(number, LAST_DAY, DAY_DOCUMENTS // DAY_CONTAINERS))
    _stage(raw, warehouse, sentences)
    with measured(costs, "discover"):
        plan_warehouse(raw, warehouse, Scope())
    with measured(costs, "validate"):
        seen = StagedView(warehouse)
        pending = pending_batches(warehouse, seen)
        validate_batches(warehouse, pending=pending)
        seen.see_judged(pending)
    with measured(costs, "audit"):
        audit_staged(warehouse, accept=True)
    with measured(costs, "select"):
        stale = select_partitions(warehouse, SETTINGS, seen=seen)
    with measured(costs, "order"):
        waves = order_waves(warehouse, stale)
    with measured(costs, "publish"):
        for wave in waves:
            list(write_wave(warehouse, wave, SETTINGS))
    with measured(costs, "accounts and reasons"):
        accounts = check_accounts(warehouse, seen)
        count_reasons(warehouse)
        clear_pending(warehouse)
    with measured(costs, "report"):
        _report(raw, warehouse, accounts, pending, seen)
    with measured(costs, "summary"):
        summarize(warehouse, accounts)
    with measured(costs, "status"):
        seen = StagedView(warehouse)
        plan_warehouse(raw, warehouse, Scope(), seen=seen)
        pending_batches(warehouse, seen)
        summarize(warehouse)
    return costs


def _report(
    raw: Path, warehouse: Warehouse, accounts: Accounts, batches: Sequence[str], seen: StagedView
) -> None:
    """Writes the row and the page of a run that processed some batches."""
    context = RunContext(
        run_id=f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}-1",
        started_at=datetime.now(UTC),
        raw=raw,
        limits=SETTINGS.limits,
        parameters={},
        batches=(),
        step_seconds={},
        reference_version=REFERENCE,
    )
    run = describe_run(warehouse, context, findings=(), accounts=accounts, partitions_written=1)
    write_run(warehouse, run)
    write_report(warehouse, run, batches, raw, SETTINGS.limits, seen=seen)


def _middle(runs: list[dict[str, Cost]]) -> dict[str, Cost]:
    """Returns of each step the median of the seconds, and the highest memory."""
    return {
        step: Cost(
            seconds=median(run[step].seconds for run in runs),
            peak_bytes=max(run[step].peak_bytes for run in runs),
            rise_bytes=max(run[step].rise_bytes for run in runs),
        )
        for step in runs[0]
    }


def _print(costs: dict[int, dict[str, Cost]]) -> None:
    print_table(costs, attrgetter("peak_bytes"))
    sums = [sum(steps[step].seconds for step in COMPARED) for steps in costs.values()]
    print("| these | " + " | ".join(f"{each:.2f} s, {each / sums[0]:.2f}" for each in sums) + " |")


def containers_of(raw: Path) -> list[Container]:
    """Returns the containers in raw/, by number."""
    names = sorted((path.stem.split("-"), path.parent.name) for path in raw.rglob("*.jsonl"))
    return [
        Container(int(number), date.fromisoformat(day), int(documents))
        for (number, documents), day in names
    ]


def add_container(raw: Path, container: Container) -> Container:
    """Adds an empty file for a container to raw/."""
    path = raw / container.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return container


def _stage(raw: Path, warehouse: Warehouse, sentences: int) -> None:
    """Stages the containers that are new, and gives the old ones among them their verdicts."""
    raw.mkdir(parents=True, exist_ok=True)
    containers = containers_of(raw)
    by_path = {container.path: container for container in containers}
    writer = Writer(containers, sentences)
    for batch in plan_warehouse(raw, warehouse, Scope()).batches:
        container = by_path[batch.files[0].path]
        footer = {
            "batch_id": batch.batch_id,
            "source": batch.source,
            "landed": [container.day.isoformat()] * 2,
            "files": [container.path],
            "listing_digest": batch.listing_digest,
            "pipeline_version": pipeline_version(),
            "reference_version": REFERENCE,
            "state": batch.listing_digest,
        }
        write_staged(warehouse, batch.batch_id, [writer.table(container, batch)], footer)
        if container.day < LAST_DAY - timedelta(days=JUDGED_DAYS):
            _pass(warehouse, batch.batch_id)


def _pass(warehouse: Warehouse, batch_id: str) -> None:
    """Writes the verdict of a batch of which no record failed."""
    state = state_of(read_metadata(warehouse.records / f"{batch_id}.parquet"))
    path = warehouse.verdicts / f"{batch_id}.parquet"
    table = VERDICT_SCHEMA.empty_table()
    write_table(path, [table], VERDICT_SCHEMA, {"state": state, "days": []})


if __name__ == "__main__":
    main()
