"""A process that is told to end: page pools first, its tasks, the warehouse last, within seconds.

SIGTERM, SIGINT and SIGHUP reach the main thread as exceptions, but not while it is in C code or
waits for a thread; and Prefect then waits for its tasks, which wait for pages. So a thread learns
of the signal at the same moment, ends what others wait for, and sees to it that the process is out
in time. Where the warehouse is still held then, the operating system lets go of it after the last
thread, as it does where a process is killed.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

import psutil

# Prefect's own end takes 3 s, and Kubernetes waits for 30 before it kills.
_PATIENCE_S = 8.0
_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_ADVICE = "Nothing is half-written; the next run finishes the work."


class Ended(SystemExit):
    """A signal ends the process; `code` is its exit status."""


class _Process:
    """How this process ends, once it is told to."""

    def __init__(self) -> None:
        self.status: int | None = None
        self.line = ""
        # Whether Prefect's server is there to be told; else Prefect would ask for minutes.
        self.is_heard = True
        self.holds_warehouse = False
        self.lock = threading.Lock()


_process = _Process()


def raise_on_signals() -> None:
    """Makes SIGTERM and SIGHUP exceptions, as SIGINT is one, so that `finally` holds for them."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _raise)


def _raise(number: int, _frame: FrameType | None) -> NoReturn:
    # Where Python calls back, at the end of an import for one, it swallows what is raised.
    if _process.status is None:
        _process.status, _process.line = 128 + number, describe_signal(128 + number)
    raise Ended(128 + number)


def leave_on_signals(status: int) -> None:
    """Makes a further signal end this process at once, with its children and without a word.

    For a process that has said its last: who presses Ctrl-C again does not want to wait.

    Args:
        status: its exit status.
    """
    for number in _SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda *_: _leave(status))


def describe_signal(status: int) -> str:
    """Returns the line for who looks at a process that a signal ended, by its exit status."""
    name = signal.Signals(status - 128).name
    return f"ended by {name}. {_ADVICE}"


def end_status() -> tuple[int, str] | None:
    """Returns how this process is to end, and the line that says why; None where it goes on."""
    return None if _process.status is None else (_process.status, _process.line)


def end_without_server(line: str) -> None:
    """Ends this process with status 1, because Prefect's server is gone: a run cannot do without.

    What holds the warehouse lets go of it first, which may take seconds; who calls this goes on
    meanwhile.

    Args:
        line: says what happened and what to do.
    """
    with _process.lock:
        _process.is_heard = False
        if _process.status is None:
            _process.status, _process.line = 1, f"{line} {_ADVICE}"
    if not _process.holds_warehouse:
        _exit()
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)


@contextmanager
def ended_in_order(stop: Callable[[], None]) -> Iterator[None]:
    """Watches for signals while the block runs, which holds a warehouse.

    Args:
        stop: ends what tasks wait for; it is called in another thread.

    Raises:
        Ended: there was a signal before, which nobody heard.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    if _process.status is not None:
        raise Ended(_process.status)
    receiving, sending = os.pipe()
    os.set_blocking(sending, False)
    watcher = threading.Thread(target=_watch, args=(receiving, stop), daemon=True)
    watcher.start()
    earlier = signal.set_wakeup_fd(sending, warn_on_full_buffer=False)
    handlers = {number: signal.getsignal(number) for number in _SIGNALS}
    _process.holds_warehouse = True
    try:
        yield
    finally:
        _process.holds_warehouse = False
        signal.set_wakeup_fd(earlier)
        os.close(sending)
        if not _process.is_heard:
            _exit()
        for number, handler in handlers.items():
            if handler is not None:
                signal.signal(number, handler)


@contextmanager
def tasks_ended(stop: Callable[[], None], wait: Callable[[], None]) -> Iterator[None]:
    """Sees to it that no task is at work when the block ends by an exception.

    Args:
        stop: ends what tasks wait for.
        wait: waits for their threads.
    """
    try:
        yield
    except BaseException:
        # Once is enough: a second Ctrl-C would let go of the warehouse too early.
        if threading.current_thread() is threading.main_thread():
            for number in _SIGNALS:
                signal.signal(number, lambda *_: None)
        stop()
        wait()
        raise


def _watch(receiving: int, stop: Callable[[], None]) -> None:
    """Waits for signals; the first ends what tasks wait for, and in the end the process."""
    is_told = False
    while number := os.read(receiving, 1):
        if number[0] in _SIGNALS and not is_told:
            is_told = True
            _tell(number[0])
            stop()
    os.close(receiving)


def _tell(number: int) -> None:
    with _process.lock:
        # Prefect's server may have had the same signal, and be gone before.
        if _process.status is None or number != signal.SIGTERM:
            _process.status = 128 + number
            _process.line = describe_signal(_process.status)
    limit = threading.Timer(_PATIENCE_S, _exit)
    limit.daemon = True
    limit.start()


def _exit() -> NoReturn:
    """Ends the process at once, with its children, and says why."""
    status, line = end_status() or (1, "")
    _leave(status, f"newsmill: {line}\n")


def _leave(status: int, said: str = "") -> NoReturn:
    """Ends the process at once, with its children."""
    try:
        _kill_children()
        if said:
            sys.stderr.write(said)
            sys.stderr.flush()
    finally:
        # Whatever fails there: the terminal may be gone, or a line be half-written.
        os._exit(status)


def _kill_children() -> None:
    """Kills what this process has started, without a word of anybody else."""
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            # Python's own tracker ends by itself, once it has cleaned up.
            if "multiprocessing.resource_tracker" not in " ".join(child.cmdline()):
                child.kill()
    if sys.stderr.isatty():
        # A progress bar hides the cursor.
        sys.stderr.write("\x1b[?25h")
        sys.stderr.flush()
