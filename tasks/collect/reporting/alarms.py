"""What people are told of: each alarm once, until it is over."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tasks.collect.memory.state import State
from tasks.collect.reporting.hours import Drought
from tasks.collect.reporting.troubles import SourceTrouble, to_minute

_NOTE = "alarms"


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that people are told.

    Attributes:
        key: tells it from others, as long as it lasts.
        text: a line.
    """

    key: str
    text: str


# Tells people of alarms; whether any of them was reached.
Tell = Callable[[Sequence[Alarm]], bool]


def find_alarms(
    troubles: Iterable[SourceTrouble], drought: Drought | None, lost: Iterable[str] = ()
) -> list[Alarm]:
    """Returns the alarms that there are.

    Args:
        troubles: of sources.
        drought: hours in which nothing came.
        lost: files in raw/ that are gone or too short, with pages that count as stored.
    """
    alarms = [_of_trouble(trouble) for trouble in troubles if trouble.is_alarm]
    return [*map(_of_lost, lost), *([_of_drought(drought)] if drought else []), *alarms]


def tell_new_alarms(state: State, alarms: Sequence[Alarm], tell: Tell) -> None:
    """Tells those that nobody was told before; what is over may come again.

    They count as told once somebody was reached. A run that is killed in between tells them twice.

    Args:
        state: remembers what was told.
        alarms: all that there are.
        tell: is given the new ones.
    """
    told = set(json.loads(state.read_note(_NOTE) or "[]"))
    new = [alarm for alarm in alarms if alarm.key not in told]
    reached = not new or tell(new)
    known = sorted(alarm.key for alarm in alarms if reached or alarm.key in told)
    with state.transaction():
        state.leave_note(_NOTE, json.dumps(known))


def describe_alarms(alarms: Sequence[Alarm]) -> str:
    """Returns the text that people get: how many there are, then a line each."""
    one = len(alarms) == 1
    head = f"{len(alarms):,} {'thing needs' if one else 'things need'} a person."
    return "\n".join((head, *(alarm.text for alarm in alarms)))


def _of_trouble(trouble: SourceTrouble) -> Alarm:
    since = f" since {trouble.since_text} UTC" if trouble.since else ""
    whose = f" ({trouble.outlet})" if trouble.outlet else ""
    text = f"{trouble.trouble.value}{since}: {trouble.url}{whose}: {trouble.detail}"
    return Alarm(f"{trouble.trouble.value} {trouble.url}", text)


def _of_lost(name: str) -> Alarm:
    text = f"lost: {name} in raw/ is gone or too short, and its pages count as stored"
    return Alarm(f"lost {name}", text)


def _of_drought(drought: Drought) -> Alarm:
    text = (
        f"nothing stored since {to_minute(drought.since)} UTC: on other days"
        f" {drought.expected:,.0f} pages came in these hours"
    )
    return Alarm("drought", text)
