"""What a run loads before it needs it, while it waits for something else."""

from flows.request import RunRequest
from tasks.discover.plan import Plan
from tasks.orchestrator.loading import load_meanwhile
from tasks.report.task import OF_PAGES
from tasks.stage.crew import worth_starting
from tasks.stage.shared_pools import shared_pool
from tasks.validate.judging import OF_JUDGING


def prepare(plan: Plan, request: RunRequest) -> None:
    """Starts to load what workers need, and what judging does where there are few of them.

    A run of many pages would hold the latter's memory beside that of all its workers. What was
    begun already is not begun again.

    Raises:
        StoppedError: the run was told to end.
    """
    if request.settings.dask is not None or not (plan.batches or plan.renormalize):
        return
    staging = worth_starting(request.settings, plan)
    shared_pool(staging, request.reference).load()
    if staging.workers < request.settings.workers:
        load_meanwhile(*OF_JUDGING, *OF_PAGES)
