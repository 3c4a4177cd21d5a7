"""What a Prefect server tells people by itself: blocks for their addresses, and automations.

The server tells also of what no run can: that its process is gone, or that none ended in time.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from prefect.automations import Automation
from prefect.client.orchestration import PrefectClient
from prefect.events.actions import ActionTypes, SendNotification
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification

from flows.notifications import make_block
from tasks.orchestrator.states import COLLECT_ALARM, HELD_BACK

# Of all deployments in prefect.yaml, and so of their runs; not of runs from the command line.
_TAG = "newsmill"
# The deployment whose runs are expected.
_EXPECTED = "daily"
_BLOCKS = "newsmill-notify-"
_TOLD = {HELD_BACK: "is held back", "Failed": "fails", "Crashed": "crashes"}
# By their names: of a state that is not here the run would seem silent.
ENDS = ("Completed", "Failed", "Cancelled", "Crashed", HELD_BACK)
_SILENT = "newsmill: notify when no run has ended in time"
# The deployment whose runs are expected once its schedule is on, which it is not by itself.
_COLLECT = "collect"
# Its next run is cancelled while one hangs: that is no sign of life.
_COLLECT_ENDS = tuple(end for end in ENDS if end != "Cancelled")
# Prefect's own, of runs that a schedule has made.
_SCHEDULED = "auto-scheduled"
_COLLECT_SILENT = "newsmill: notify when no scheduled run of the collector has ended in time"
_COLLECTING = "newsmill: notify when collecting needs a person"
_ANY_RUN = ResourceSpecification({"prefect.resource.id": "prefect.flow-run.*"})

_SUBJECT = "newsmill: {{ flow_run.name }}: {{ flow_run.state.name }}"
_BODY = "{{ flow_run.state.message }}\n\nRun {{ flow_run.id }} {{ flow_run|ui_url or '' }}"


async def provision_alerts(
    client: PrefectClient,
    addresses: Sequence[str],
    silent_after: timedelta,
    collect_silent_after: timedelta,
) -> int:
    """Makes or renews blocks and automations; without addresses, removes them.

    Args:
        client: of the server.
        addresses: who is told; see `flows.notifications`.
        silent_after: how long no run may end.
        collect_silent_after: how long no scheduled run of the collector may end, once one has.

    Returns:
        How many automations there are.

    Raises:
        AddressError: nothing can be sent to one of the addresses.
    """
    blocks = [make_block(address) for address in dict.fromkeys(addresses)]
    kept = {
        await block.save(f"{_BLOCKS}{number}", overwrite=True)
        for number, block in enumerate(blocks, start=1)
    }
    automations = [
        *_of_runs(kept),
        _of_silence(kept, silent_after),
        _of_collecting(kept),
        _of_silent_collecting(kept, collect_silent_after),
    ]
    for automation in automations:
        await (put_automation(automation) if kept else _drop_automation(automation.name))
    for document in await client.read_block_documents(limit=None):
        if (document.name or "").startswith(_BLOCKS) and document.id not in kept:
            await client.delete_block_document(document.id)
    return len(automations) if kept else 0


async def put_automation(automation: Automation) -> None:
    """Makes an automation, or brings the one of its name up to date."""
    try:
        known = await Automation.aread(name=automation.name)
    except ValueError:
        await automation.acreate()
    else:
        automation.id = known.id
        await automation.aupdate()


def _of_runs(blocks: set[UUID]) -> list[Automation]:
    return [
        Automation(
            name=f"newsmill: notify when a run {what}",
            trigger=EventTrigger(
                expect={f"prefect.flow-run.{state}"},
                match=_ANY_RUN,
                match_related=_tag(_TAG),
                for_each={"prefect.resource.id"},
                posture=Posture.Reactive,
                threshold=1,
                within=timedelta(0),
            ),
            actions=_messages(blocks, _SUBJECT, _BODY),
        )
        for state, what in _TOLD.items()
    ]


def _of_silence(blocks: set[UUID], silent_after: timedelta) -> Automation:
    """Tells that no run ends, also where none ever has: one is expected from the deploy on."""
    return Automation(
        name=_SILENT,
        trigger=EventTrigger(
            expect={f"prefect.flow-run.{end}" for end in ENDS},
            match=_ANY_RUN,
            match_related=_deployment(_EXPECTED),
            posture=Posture.Proactive,
            threshold=1,
            within=silent_after,
        ),
        actions=_messages(
            blocks,
            "newsmill: silent",
            f"No run of the deployment “{_EXPECTED}” has ended for {_hours(silent_after)} hours. Is"
            " its schedule active, and a worker up?",
        ),
    )


def _of_silent_collecting(blocks: set[UUID], silent_after: timedelta) -> Automation:
    """Tells that the collector's schedule brings no run to its end any more, where it ever has."""
    ends = {f"prefect.flow-run.{end}" for end in _COLLECT_ENDS}
    return Automation(
        name=_COLLECT_SILENT,
        trigger=EventTrigger(
            after=ends,
            expect=ends,
            match=_ANY_RUN,
            match_related=[_deployment(_COLLECT), _tag(_SCHEDULED)],
            # Without a label here the server would wait for a run from the deploy on.
            for_each={"related:deployment:prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=silent_after,
        ),
        actions=_messages(
            blocks,
            "newsmill: collecting is silent",
            f"No scheduled run of the deployment “{_COLLECT}” has ended for {_hours(silent_after)}"
            " hours. Is its schedule active, and a worker up? This is told once, until one ends.",
        ),
    )


def _of_collecting(blocks: set[UUID]) -> Automation:
    """Tells what the collector has found out: the event holds the words."""
    return Automation(
        name=_COLLECTING,
        trigger=EventTrigger(
            expect={COLLECT_ALARM},
            match=ResourceSpecification({"prefect.resource.id": "newsmill.collect"}),
            posture=Posture.Reactive,
            threshold=1,
            within=timedelta(0),
        ),
        actions=_messages(
            blocks,
            "newsmill: collecting into {{ event.payload.raw }}",
            "{{ event.payload.message }}",
        ),
    )


def _tag(name: str) -> ResourceSpecification:
    return ResourceSpecification({"prefect.resource.id": f"prefect.tag.{name}"})


def _deployment(name: str) -> ResourceSpecification:
    return ResourceSpecification(
        {"prefect.resource.role": "deployment", "prefect.resource.name": name}
    )


def _messages(blocks: set[UUID], subject: str, body: str) -> list[ActionTypes]:
    return [
        SendNotification(block_document_id=block, subject=subject, body=body) for block in blocks
    ]


def _hours(span: timedelta) -> str:
    return f"{span / timedelta(hours=1):g}"


async def _drop_automation(name: str) -> None:
    try:
        known = await Automation.aread(name=name)
    except ValueError:
        return
    await known.adelete()
