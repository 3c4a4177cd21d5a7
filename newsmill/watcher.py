"""A watcher of a command whose memory is limited: whatever ends it is said in one line.

Where `ulimit -v` leaves too little, any line may fail. Libraries abort the process without an
exception, workers print tracebacks, threads end unheard. So the command goes on in a process of its
own, in which only what newsmill itself says reaches the standard error.
"""

import os
import resource
import signal
import sys
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from tempfile import TemporaryFile
from typing import NoReturn

_HANDED_ON = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})
# SI_USER of sigaction(2): by kill, not by the kernel.
_SENT_BY_PROCESS = 0
# What ends a process from outside; others come of what fails in it.
_ENDED = (*_HANDED_ON, signal.SIGKILL)
# Exit statuses of a run that was told to end, and says so; the C library's own, 127, is below.
_BY_SIGNAL = 128
_LIMITS = (resource.RLIMIT_AS, resource.RLIMIT_DATA)


def watch_limited_memory(line: str) -> Callable[[], None]:
    """Returns at once where memory is not limited, and else in a process that is watched.

    Call it before anything starts a thread. The process that it was called in ends as the watched
    one does.

    Args:
        line: what to say where a failure inside the watched process ended it.

    Returns:
        What to call last: it tells that the process ends by itself.
    """
    if not _is_memory_limited():
        return lambda: None
    receiving, sending = os.pipe()
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {*_HANDED_ON, signal.SIGCHLD})
    child = os.fork()
    if child:
        os.close(sending)
        status = _wait(child)
        _end_like(status, "" if _is_told(receiving) else line)
    os.close(receiving)
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    _keep_to_ourselves()
    return partial(_tell, sending)


def comes_of_limited_memory(error: BaseException) -> bool:
    """Tells whether an error is the lack of memory under a limit, or followed from it.

    Where memory lacks, Python's own functions may return an error without an exception.
    """
    chain: BaseException | None = error
    while _is_memory_limited() and chain is not None:
        if isinstance(chain, MemoryError | SystemError):
            return True
        chain = chain.__cause__ or chain.__context__
    return False


def _is_memory_limited() -> bool:
    return any(resource.getrlimit(limit)[0] != resource.RLIM_INFINITY for limit in _LIMITS)


def _tell(sending: int) -> None:
    os.write(sending, b"\0")


def _is_told(receiving: int) -> bool:
    # Processes that the child has left behind may hold the other end.
    os.set_blocking(receiving, False)
    with suppress(BlockingIOError):
        return bool(os.read(receiving, 1))
    return False


def _wait(child: int) -> int:
    """Waits for a child and hands signals on; returns its exit status, -N where signal N ended it.

    What a terminal sends, the child has too.
    """
    while True:
        received = signal.sigwaitinfo({*_HANDED_ON, signal.SIGCHLD})
        if received.si_signo != signal.SIGCHLD:
            if received.si_code == _SENT_BY_PROCESS:
                os.kill(child, received.si_signo)
            continue
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)


def _end_like(status: int, line: str) -> NoReturn:
    """Ends this process as its child ended; a line is said where a failure inside ended that."""
    if -status in _ENDED:
        if -status in _HANDED_ON:
            signal.signal(-status, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {-status})
        os.kill(os.getpid(), -status)
    if line and status and status < _BY_SIGNAL:
        os.write(2, f"{line}\n".encode())
        status = 1
    os._exit(status)


def _keep_to_ourselves() -> None:
    """Leaves the standard error to what this process writes there by name.

    Native code, and processes that this one starts, write to a file that nobody sees.
    """
    shown = os.dup(2)
    with TemporaryFile() as unseen:
        os.dup2(unseen.fileno(), 2)
    sys.stderr = os.fdopen(shown, "w", buffering=1, errors="backslashreplace")
    warnings.simplefilter("ignore", RuntimeWarning)
    sys.unraisablehook = lambda _: None
    threading.excepthook = lambda _: None
