"""The Prefect task beside the normalize step: fetching reference rates."""

from datetime import date
from pathlib import Path
from typing import Any

from prefect import State, Task, task
from prefect.client.schemas.objects import TaskRun

from tasks.normalize.rates.fetching import BANKS, FetchError
from tasks.normalize.rates.updating import RatesUpdate, update_rates
from tasks.orchestrator.task_options import UNCACHED


def is_banks_fault(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Tells Prefect to try a bank again that did not answer with rates, and nothing else."""
    return isinstance(state.result(raise_on_failure=False), FetchError)


@task(
    name="fetch-rates",
    task_run_name="fetch {bank}",
    retries=3,
    retry_delay_seconds=[10, 60, 300],
    retry_condition_fn=is_banks_fault,
    **UNCACHED,
)
def fetch(bank: str, since: date | None, until: date, table: Path) -> RatesUpdate:
    """Fetches a central bank's rates into a table; see `tasks.normalize.rates.updating`."""
    return update_rates(BANKS[bank], since, until, table)
