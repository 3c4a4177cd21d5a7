"""The progress bar of a run: documents done, their rate, the time left."""

import threading
from collections.abc import Callable
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from tasks.stage.pool import documents_done

T = TypeVar("T")
_REFRESH_S = 0.25


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
        TaskProgressColumn(show_speed=True),
        TextColumn("{task.completed:,.0f} documents"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )
    finished = threading.Event()
    with progress:
        bar = progress.add_task("processing", total=expected)

        def refresh() -> None:
            while not finished.wait(_REFRESH_S):
                progress.update(bar, completed=documents_done())

        painter = threading.Thread(target=refresh, daemon=True)
        painter.start()
        try:
            return call()
        finally:
            finished.set()
            painter.join()
