"""Calls a function in a process of its own, whose memory goes with it.

Validation holds Great Expectations, pandas and SciPy, and the texts that it judges: some 500 MB.
Publishing holds a month's rows, whose memory Arrow does not give back: some 300 MB. A run would
keep both until its end. multiprocessing is not used, because its child would import
the main module, which may be Prefect's.
"""

import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

from schemas.settings import MEBIBYTE
from tasks.storage.stopping import check_running

T = TypeVar("T")

# From how many bytes on glibc's allocator gives back a piece that is let go, and what is free at
# the end of its heap. It would raise both after the first such piece.
GIVING_BACK = {
    "MALLOC_MMAP_THRESHOLD_": 256 * 1024,
    "MALLOC_TRIM_THRESHOLD_": 2 * MEBIBYTE,
}
_PROGRAM = "from tasks.storage.apart import serve; serve()"
_children: set["subprocess.Popen[bytes]"] = set()
_lock = threading.Lock()


class ProcessLostError(RuntimeError):
    """A process ended before it told its outcome; the message says how."""


def call_apart(function: Callable[..., T], *arguments: Any) -> T:
    """Calls a function of a module in a new process, and returns what it returns.

    Args:
        function: found by its name in its module.
        arguments: anything that pickle takes, as what it returns and raises.

    Raises:
        Exception: what the function raises.
        ProcessLostError: the process was killed, or ended without a word.
        StoppedError: the run was told to end.
    """
    with _lock:
        check_running()
        child = subprocess.Popen(  # noqa: S603 - our own words
            # Not what lies in the working directory, which may have our packages' names.
            [sys.executable, "-P", "-c", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={name: str(size) for name, size in GIVING_BACK.items()} | os.environ,
        )
        _children.add(child)
    try:
        told = _ask(child, pickle.dumps((function, arguments)))
    finally:
        with _lock:
            _children.discard(child)
    if not told:
        check_running()
        raise ProcessLostError(_describe(child.returncode))
    error, outcome = pickle.loads(told)  # noqa: S301 - our own process wrote it
    if error is not None:
        raise error
    return cast(T, outcome)


def end_calls() -> None:
    """Kills the processes of calls that have not returned; who waits for them gets StoppedError."""
    with _lock:
        for child in _children:
            child.kill()


def serve() -> None:
    """Does one call for the process that started this one, and ends with it."""
    # Ctrl-C in a terminal reaches both; the caller ends this one, without a word from here.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Most objects stay until the end, which frees them without a search for cycles.
    gc.set_threshold(200_000, 50, 100)
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answer:
        # What libraries print is no answer.
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        function, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 - of our own parent
        threading.Thread(target=_end_with_parent, daemon=True).start()
        answer.write(_outcome_of(function, arguments))
    os._exit(0)


def _ask(child: "subprocess.Popen[bytes]", question: bytes) -> bytes:
    """Returns the answer, empty where there is none. The child lives while its input is open."""
    assert child.stdin is not None
    assert child.stdout is not None
    with child:
        try:
            child.stdin.write(question)
            child.stdin.flush()
        except BrokenPipeError:
            return b""
        return child.stdout.read()


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


def _outcome_of(function: Callable[..., Any], arguments: tuple[Any, ...]) -> bytes:
    try:
        return pickle.dumps((None, function(*arguments)))
    except Exception as error:  # noqa: BLE001 - it is raised again where the call was made
        return pickle.dumps((error, None))


def _describe(status: int) -> str:
    how = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
    return f"a process of the run {how}. If memory ran out, give the run more, and run again"
