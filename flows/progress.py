"""How far a run is, for who looks at it in Prefect's UI."""

from typing import cast
from uuid import UUID

from prefect.artifacts import create_progress_artifact, update_progress_artifact

KEY = "newsmill-progress"
# A call of the server each, and as much as the bar can show.
_STEPS = 20


class Progress:
    """A bar that grows with the batches that have been processed; none where there are none."""

    def __init__(self, batches: int) -> None:
        self._batches = batches
        self._step = 0
        if batches:
            # Its type allows for a coroutine, which it returns where a loop runs; none does here.
            self._bar = cast(UUID, create_progress_artifact(0.0, KEY, self._describe(0)))

    def tell(self, done: int) -> None:
        """Moves the bar where it would be seen to move."""
        step = _STEPS * done // self._batches
        if step > self._step:
            self._step = step
            update_progress_artifact(self._bar, 100 * step / _STEPS, self._describe(done))

    def _describe(self, done: int) -> str:
        return f"{done:,} of {self._batches:,} batches processed"
