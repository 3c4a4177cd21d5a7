"""What the deployments need of a Prefect server beside a work pool: a queue, and automations.

`prefect.yaml` runs this when it deploys. Each part is made where it is missing and brought up to
date where it is not.
"""

from datetime import timedelta

from prefect.automations import Automation
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification
from prefect.exceptions import ObjectNotFound

from flows.alerts import ENDS, provision_alerts, put_automation
from schemas.configuration import Configuration

POOL = "newsmill"
WRITERS = "writers"
AUTOMATION = "newsmill: crash runs without a heartbeat"
# Three heartbeats of prefect.yaml's 30 s: one may be lost to a busy machine, two hardly.
_SILENCE = timedelta(seconds=90)


async def provision() -> dict[str, str]:
    """A step of `prefect deploy`: makes or renews all of it, where PREFECT_API_URL points.

    Who is told of runs stands in newsmill.toml in the working directory, and the environment.

    Raises:
        AddressError: nothing can be sent to an address of `notify`.
        ObjectNotFound: there is no work pool; `prefect work-pool create newsmill --type process`.
        httpx.HTTPError: the server does not answer.
    """
    async with get_client() as client:
        await _limit_writers(client)
        await _crash_silent_runs()
        configuration = Configuration()
        told = await provision_alerts(
            client,
            configuration.addresses,
            timedelta(hours=configuration.silent_after_h),
            timedelta(hours=configuration.collect_silent_after_h),
        )
    return {"work_queue": WRITERS, "automation": AUTOMATION, "notifications": str(told)}


async def _limit_writers(client: PrefectClient) -> None:
    """A warehouse has one writer: the second run waits in the queue, not in a process."""
    try:
        queue = await client.read_work_queue_by_name(WRITERS, work_pool_name=POOL)
        await client.update_work_queue(queue.id, concurrency_limit=1)
    except ObjectNotFound:
        await client.create_work_queue(WRITERS, work_pool_name=POOL, concurrency_limit=1)


async def _crash_silent_runs() -> None:
    """A run whose process is gone would stay RUNNING, and hold the queue, for ever."""
    heartbeat = "prefect.flow-run.heartbeat"
    automation = Automation(
        name=AUTOMATION,
        description="The run's process or its machine is gone; the next run finishes its work.",
        trigger=EventTrigger(
            after={heartbeat},
            expect={heartbeat, *(f"prefect.flow-run.{end}" for end in ENDS)},
            match=ResourceSpecification({"prefect.resource.id": ["prefect.flow-run.*"]}),
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=_SILENCE,
        ),
        actions=[
            ChangeFlowRunState(
                name=None, state=StateType.CRASHED, message="No heartbeat for 90 s.", force=False
            )
        ],
    )
    await put_automation(automation)
