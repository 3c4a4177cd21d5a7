"""The Prefect tasks of collecting: its phases, never a page."""

from collections.abc import Callable
from pathlib import Path

from prefect import task
from prefect.artifacts import create_markdown_artifact

from tasks.collect.archive.recovery import Recovery, recover
from tasks.collect.memory.state import State
from tasks.collect.reporting.markdown import summarize_collecting
from tasks.collect.reporting.runs import CollectRun
from tasks.collect.running.collector import Collector, Span
from tasks.collect.running.equipment import Collected, Equipment, collect_pages
from tasks.orchestrator.task_options import UNCACHED

COLLECT = "newsmill-collect"


@task(name="recover", **UNCACHED)
def recover_files(raw: Path, state: State) -> Recovery:
    """Finishes the files that a dead collector left; see `tasks.collect.archive.recovery`."""
    return recover(raw, state)


@task(name="collect", **UNCACHED)
def poll_and_fetch(
    equipment: Equipment,
    span: Span,
    *,
    watch: Callable[[Collector], None],
    after_seal: Callable[[], None],
) -> Collected:
    """Polls, fetches, and seals what it stored; see `tasks.collect.running.equipment`."""
    return collect_pages(equipment, span, watch=watch, after_seal=after_seal)


@task(name="report-collecting", **UNCACHED)
def report_collecting(run: CollectRun, page: Path) -> None:
    """Leaves how collecting stands, and where its report lies, in Prefect's UI."""
    create_markdown_artifact(summarize_collecting(run, page), COLLECT, str(run.raw))
