"""What Prefect's automations wait for: a state of our own, and an event."""

from typing import Any

from prefect import State
from prefect.client.schemas.objects import StateType

# Of a run, while the audit holds it back.
HELD_BACK = "Held back"
# That collecting needs a person.
COLLECT_ALARM = "newsmill.collect.alarm"


def held_back(error: Exception) -> Any:
    """Returns the state of a flow or a task that the audit holds back, to be returned by it.

    Automations are told of a state by its name, `prefect.flow-run.Held back`. Its type is FAILED:
    nothing was published, so what waits for the run must not go on, and its slot is free. Who calls
    the flow, or asks the task's state for its result, is raised the error all the same.

    Args:
        error: what holds it back; its text is the state's message.
    """
    return State(type=StateType.FAILED, name=HELD_BACK, message=str(error), data=error)
