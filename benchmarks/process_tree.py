"""What a command costs, with all processes that it starts (Linux).

CPU seconds come from the kernel's account of ended processes, so nothing short-lived is missed.
Memory is sampled: the proportional set size (PSS) of the processes that are alive, added up.
"""

import ctypes
import os
import pty
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread, Timer

import psutil

_ADOPT_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)
_SAMPLE_S = 0.1
_LAST_WORDS = 2_000
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Measured:
    """The cost of one command.

    Attributes:
        status: its exit status; negative is the signal that ended it.
        cpu_s: user and system seconds of all its processes.
        wall_s: seconds until the command itself ended.
        peak_mb: the highest PSS of all its processes, in MB; 0 where none was sampled.
        first_output_s: seconds until its first byte of output; None where it printed nothing.
        last_words: the end of its output.
    """

    status: int
    cpu_s: float
    wall_s: float
    peak_mb: float
    first_output_s: float | None
    last_words: str


def measure(
    command: Sequence[str], *, environment: Mapping[str, str], folder: Path, patience_s: float
) -> Measured:
    """Runs a command on a terminal of its own and returns what it cost.

    Args:
        command: the program and its arguments.
        environment: all of its environment.
        folder: where it runs.
        patience_s: it is killed, with its children, after so many seconds.
    """
    with _orphans_adopted(), _Terminal() as terminal, _PeakMemory() as memory:
        others = {child.pid for child in psutil.Process().children()}
        began = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=terminal.end,
            stderr=terminal.end,
        )
        memory.watch(process.pid)
        limit = Timer(patience_s, _kill, (process.pid, others))
        limit.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall_s = time.monotonic() - began
        cpu_s = usage.ru_utime + usage.ru_stime + _await_orphans(others)
        limit.cancel()
        # Popen would ask for a process that is gone.
        process.returncode = os.waitstatus_to_exitcode(status)
    return Measured(
        status=process.returncode,
        cpu_s=cpu_s,
        wall_s=wall_s,
        peak_mb=memory.peak / _MEGABYTE,
        first_output_s=None if terminal.first is None else terminal.first - began,
        last_words=terminal.output.decode(errors="replace"),
    )


@contextmanager
def _orphans_adopted() -> Iterator[None]:
    """Makes this process the parent of what its children leave behind."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_ADOPT_ORPHANS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "orphans cannot be adopted")
    try:
        yield
    finally:
        libc.prctl(_ADOPT_ORPHANS, 0, 0, 0, 0)


def _await_orphans(others: set[int]) -> float:
    """Waits for adopted processes; returns their CPU seconds."""
    cpu_s = 0.0
    while orphans := {child.pid for child in psutil.Process().children()} - others:
        _, _, usage = os.wait4(orphans.pop(), 0)
        cpu_s += usage.ru_utime + usage.ru_stime
    return cpu_s


def _kill(root: int, others: set[int]) -> None:
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if child.pid == root or not others & {child.pid, *(p.pid for p in child.parents())}:
                child.kill()


class _Terminal:
    """What a command prints on a terminal: its end, and when it began."""

    def __init__(self) -> None:
        self.first: float | None = None
        self.output = b""

    def __enter__(self) -> "_Terminal":
        self._reading, self.end = pty.openpty()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.end)
        self._reader.join()
        os.close(self._reading)

    def _read(self) -> None:
        # Linux says EIO where the other end was closed.
        with suppress(OSError):
            while some := os.read(self._reading, 65_536):
                self.first = self.first or time.monotonic()
                self.output = (self.output + some)[-_LAST_WORDS:]


class _PeakMemory:
    """The highest PSS of a process and its descendants, sampled in a thread."""

    def __init__(self) -> None:
        self.peak = 0
        self._is_over = Event()
        self._thread: Thread | None = None

    def watch(self, pid: int) -> None:
        """Begins to sample."""
        self._thread = Thread(target=self._sample, args=(pid,), daemon=True)
        self._thread.start()

    def __enter__(self) -> "_PeakMemory":
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        if self._thread:
            self._thread.join()

    def _sample(self, pid: int) -> None:
        with suppress(psutil.NoSuchProcess):
            root = psutil.Process(pid)
            while not self._is_over.is_set():
                family = (root, *root.children(recursive=True))
                self.peak = max(self.peak, sum(map(_pss, family)))
                self._is_over.wait(_SAMPLE_S)


def _pss(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:  # it ended meanwhile
        return 0
