"""The one place that reads the clock for a run."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from time import monotonic, perf_counter


class Stopwatch:
    """Takes the wall time of each step of a run.

    Attributes:
        started_at: UTC instant of the start.
        run_id: names the run: its start and its process.
        seconds: wall time by step, in order.
    """

    def __init__(self, started_at: datetime) -> None:
        self.started_at = started_at
        self.run_id = f"{started_at:%Y%m%dT%H%M%S%fZ}-{os.getpid()}"
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Times a step."""
        begun = perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = perf_counter() - begun


class SystemClock:
    """The time of this machine, as `tasks.collect.exchange.Clock` wants it."""

    def now(self) -> datetime:
        """Returns the UTC instant."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Returns seconds that never go back."""
        return monotonic()

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        await asyncio.sleep(seconds)
