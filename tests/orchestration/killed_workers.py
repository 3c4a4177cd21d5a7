"""What Dask's workers run first in `test_dask_steps`: one of them is killed in each map of a run.

It is killed when the call of a function has returned there, and before anybody was told: its files
are written, and its result is lost. Which functions were met is noted in files below KILLS.
"""

import os
import signal
import time
from pathlib import Path
from typing import Any

from distributed import Worker, WorkerPlugin

# A function of each map, in the order of a run.
CALLED = (
    "judge",
    "join_days",
    "sum_days",
    "_lay_out",
    "_make_shard",
    "select_share",
    "publish_there",
)
# From when a test asks for it, the next call of the last one is held, for the scheduler to go.
HOLD, HELD = "hold", "held"
_HELD_S = 60


class Killer(WorkerPlugin):
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def transition(self, key: Any, start: str, finish: str, **_: Any) -> None:
        # A key is a function's name and a UUID.
        name = str(key).rsplit("-", 5)[0]
        is_done = start == "executing" and finish == "memory"
        if is_done and name in CALLED and self._note(name):
            os.kill(os.getpid(), signal.SIGKILL)
        is_asked = name == CALLED[-1] and (self._folder / HOLD).exists()
        if finish == "executing" and is_asked and self._note(HELD):
            time.sleep(_HELD_S)

    def _note(self, name: str) -> bool:
        """Tells whether this is the first to note a name."""
        try:
            (self._folder / name).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


async def dask_setup(worker: Worker) -> None:
    folder = Path(os.environ["KILLS"])
    await worker.plugin_add(Killer(folder))  # type: ignore[no-untyped-call]
