"""What the orchestration of a run costs, beside its steps called in plain processes.

    python benchmarks/overhead.py [--raw DIR] [--pages 5000] [--workers 2]

Without --raw it makes pages of its own, some 85 kB each. The same steps run without Prefect, as
the flow against a server that is up, and as the flow with a server of its own. All three also with
one page, where nearly all is starting, beside a flow that does nothing; and with as many pages that
are empty: they make as many tasks, and little else that could differ from run to run.

Prints CPU seconds of the process, of its workers and of Prefect's server. Whatever one of them
leaves behind is counted with it (Linux): this process adopts orphans and waits for them. What the
server that is up uses while it has nothing to do is measured meanwhile and taken out.
"""

import argparse
import ctypes
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

# Nothing else is imported up here: what a process imports is part of what it costs.
import psutil
from pages import empty_pages, make_pages
from prefect_servers import START_S, Server, quiet_environment, running_server

_ADOPT_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)
_SMALL_RUNS = 3


@dataclass(frozen=True)
class Cost:
    """CPU seconds of a run, by who used them; `server` holds the ends of the others, too."""

    process: float
    workers: float
    server: float

    @property
    def total(self) -> float:
        """All of them."""
        return self.process + self.workers + self.server


def main() -> None:
    """Runs the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--raw", type=Path, help="folder of pages")
    parser.add_argument("--pages", type=int, default=5_000, help="how many to make without --raw")
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    ctypes.CDLL(None).prctl(_ADOPT_ORPHANS, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        raw = {name: folder / name for name in ("one page", "empty pages", "all pages")}
        make_pages(raw["one page"], 1)
        if arguments.raw:
            raw["all pages"] = arguments.raw
        else:
            make_pages(raw["all pages"], arguments.pages)
        empty_pages(raw["all pages"], raw["empty pages"])
        bench = Bench(folder, arguments.workers)
        print(f"{'':<36}   process   workers    server       all   CPU seconds")
        with running_server(folder) as server:
            bench.spare(server)
            plain = bench.measure_all("plain", "steps", raw)
            server.rest()
            bench.serve(server)
            _compare(bench, "a server that is up", raw, plain)
        bench.serve(None)
        bench.measure("empty", raw["one page"])  # makes the database of Prefect's home
        _compare(bench, "a server of its own", raw, plain)


def _compare(
    bench: "Bench", server: str, raw: Mapping[str, Path], plain: Mapping[str, Cost]
) -> None:
    """Measures the flow, and prints what it costs more than the steps and an empty flow."""
    empty = bench.measure_all("empty", f"empty flow, {server}", {"one page": raw["one page"]})
    flow = bench.measure_all("flow", f"flow, {server}", raw)
    start = empty["one page"].total
    added = {pages: flow[pages].total - plain[pages].total - start for pages in raw}
    whole = plain["all pages"].total

    def ratio(pages: str) -> float:
        return 1 + (added[pages] - added["one page"]) / whole

    print(
        f"with {server}:\n"
        f"  the start adds to that of an empty flow {added['one page']:+.1f} s (aim: 2 s)\n"
        f"  the flow without both / the steps: {ratio('all pages'):.3f} (aim: 1.030); by what the"
        f" flow of empty pages adds: {ratio('empty pages'):.3f}\n"
        f"  the same with what the start adds: {1 + added['all pages'] / whole:.3f}\n"
        f"  in all {flow['all pages'].total:.1f} s (aim: {1.03 * whole + start + 2:.1f} s)",
        flush=True,
    )


class Bench:
    """Runs what is measured, each time in a process and a warehouse of its own."""

    def __init__(self, folder: Path, workers: int) -> None:
        self._folder = folder
        self._workers = workers
        self._runs = 0
        self._server: Server | None = None
        self._spared: int | None = None

    def spare(self, server: Server) -> None:
        """Takes a child for none of those that a run leaves behind."""
        self._spared = server.pid

    def serve(self, server: Server | None) -> None:
        """Lets flows use a server that is up, or each one of its own."""
        self._server = server

    def measure_all(self, kind: str, title: str, raw: Mapping[str, Path]) -> dict[str, Cost]:
        """Measures a kind of run on each folder of pages, and prints a row for each."""
        costs = {}
        for pages, folder in raw.items():
            repeats = 1 if pages == "all pages" else _SMALL_RUNS
            measured = [self.measure(kind, folder) for _ in range(repeats)]
            costs[pages] = cost = min(measured, key=lambda each: each.total)
            parts = (cost.process, cost.workers, cost.server, cost.total)
            print(
                f"{title + ', ' + pages:<36}" + "".join(f"{part:10.1f}" for part in parts),
                flush=True,
            )
        return costs

    def measure(self, kind: str, raw: Path) -> Cost:
        """Returns what a run costs."""
        self._runs += 1
        warehouse = self._folder / f"warehouse-{self._runs}"
        command = [sys.executable, __file__, kind, str(raw), str(warehouse), str(self._workers)]
        environment = {"PREFECT_HOME": str(self._folder / "prefect")}
        if self._server:
            environment["PREFECT_API_URL"] = self._server.url
            self._server.begin()
        ended = _ended_children()
        answer = subprocess.run(
            command, env=quiet_environment(environment), stdout=subprocess.PIPE, check=True
        )
        _wait_for_orphans(self._spared)
        process, workers = json.loads(answer.stdout.splitlines()[-1])
        rest = _ended_children() - ended - process - workers
        return Cost(process, workers, rest + (self._server.used() if self._server else 0.0))


def _ended_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _wait_for_orphans(spared: int | None) -> None:
    for child in psutil.Process().children():
        if child.pid != spared:
            os.waitpid(child.pid, 0)


def run_empty(_raw: Path, _warehouse: Path, _workers: int) -> None:
    """Runs a flow that does nothing."""
    os.environ["PREFECT_LOGGING_LEVEL"] = "CRITICAL"
    os.environ["PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS"] = str(START_S)
    from prefect import flow

    @flow
    def nothing() -> None:
        pass

    nothing()


def run_flow(raw: Path, warehouse: Path, workers: int) -> None:
    """Runs the flow as the command line does."""
    from newsmill.run import RunOptions, call_flow, make_request
    from schemas.settings import Settings

    options = RunOptions(
        raw=raw,
        warehouse=warehouse,
        workers=workers,
        since=None,
        until=None,
        partition_by="month",
        part_rows=Settings().part_rows,
        registry=None,
        rates=(),
        notify=(),
        dask=None,
        accept=True,
        prune=False,
        verbose=False,
    )
    call_flow(make_request(options, None), None, is_verbose=False)


def run_plain(raw: Path, root: Path, workers: int) -> None:
    """Calls what the flow's tasks call, in its order, with as many threads and workers."""
    from schemas.settings import Settings
    from tasks.discover.plan import plan_run
    from tasks.normalize.reference import ReferenceSource, load_reference
    from tasks.publish.accounting import check_accounts
    from tasks.publish.datapackage import write_datapackage
    from tasks.publish.partitions import publish_share
    from tasks.publish.select import select_partitions
    from tasks.publish.waves import order_waves
    from tasks.report.html.writing import write_report
    from tasks.report.runs import RunContext, describe_run, write_run
    from tasks.stage.batch_staging import stage_batch
    from tasks.stage.pool import PagePool
    from tasks.storage.holding import hold_warehouse
    from tasks.storage.records import staged_batches
    from tasks.storage.warehouse import Warehouse
    from tasks.validate.audit import audit_staged
    from tasks.validate.audit_state import clear_pending
    from tasks.validate.verdicts import validate_batches

    warehouse, settings, reference = Warehouse(root), Settings(workers=workers), ReferenceSource()
    with hold_warehouse(root), ThreadPoolExecutor(workers + 1) as threads:
        loaded = load_reference(reference)
        plan = plan_run(raw, staged_batches(warehouse))
        with PagePool(settings, reference) as pool:
            how = (raw, warehouse, settings, reference, pool)
            batches = list(threads.map(lambda batch: stage_batch(batch, *how), plan.batches))
        facts = RunContext(
            run_id="plain",
            started_at=datetime.now(UTC),
            raw=raw,
            limits=settings.limits,
            parameters={},
            batches=batches,
            step_seconds={},
            reference_version=loaded.version,
        )
        validate_batches(warehouse, frozenset(loaded.registry.outlets) if loaded.registry else None)
        findings = audit_staged(warehouse, accept=True)
        waves = order_waves(warehouse, select_partitions(warehouse, settings))
        shares = [share for wave in waves for share in wave.shares()]
        list(threads.map(lambda share: publish_share(warehouse, share, settings), shares))
        accounts = check_accounts(warehouse)
        run = describe_run(
            warehouse,
            facts,
            findings=findings,
            accounts=accounts,
            partitions_written=sum(map(len, shares)),
        )
        write_datapackage(warehouse)
        write_run(warehouse, run)
        clear_pending(warehouse)
        write_report(warehouse, run, [batch.batch_id for batch in batches], raw, settings.limits)


def _run_here(kind: str, raw: str, warehouse: str, workers: str) -> None:
    """Runs one of the three, then says what this process and its ended children used."""
    run = {"empty": run_empty, "flow": run_flow, "plain": run_plain}[kind]
    run(Path(raw), Path(warehouse), int(workers))
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps([usage.ru_utime + usage.ru_stime for usage in usages]))


if __name__ == "__main__":
    if sys.argv[1:] and sys.argv[1] in {"empty", "flow", "plain"}:
        _run_here(*sys.argv[1:])
    else:
        main()
