"""The progress bar of a run: documents done, their rate, the time left."""

import threading
from collections.abc import Callable
from typing import TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from tasks.stage.shared_pools import documents_done

T = TypeVar("T")
_REFRESH_S = 0.25


class _RateColumn(ProgressColumn):
    """Documents a second, once there are some."""

    def render(self, task: Task) -> Text:
        """Shows the rate."""
        return Text(f"{task.speed:.0f}/s" if task.speed else "-/s")


def watch(call: Callable[[], T], expected: int | None, console: Console) -> T:
    """Shows a bar on the console while a call runs, and returns what it returns.

    Args:
        call: runs in this thread; documents are counted by the worker pool.
        expected: how many documents there will be; None where only reading tells.
        console: where to draw; nothing is drawn where it is no terminal.
    """
    if not console.is_terminal:
        return call()
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} documents"),
        _RateColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )
    finished = threading.Event()
    with progress:
        bar = progress.add_task("starting", total=expected)

        def refresh() -> None:
            while not finished.wait(_REFRESH_S):
                done = documents_done()
                step = "processing" if done else "starting"
                if expected is not None and done >= expected:
                    step = "publishing"
                progress.update(bar, completed=done, description=step)

        painter = threading.Thread(target=refresh, daemon=True)
        painter.start()
        try:
            return call()
        finally:
            finished.set()
            painter.join()
