"""A run that was told to end: it writes nothing more, and its threads get an exception."""

from threading import Event

_stopped = Event()


class StoppedError(Exception):
    """The run was told to end; what it was at is dropped, and the next run does it."""


def stop_writing() -> None:
    """Tells all threads of this process that the run is to end."""
    _stopped.set()


def resume_writing() -> None:
    """Allows the next run of this process; the threads of the one that was stopped have ended."""
    _stopped.clear()


def check_running() -> None:
    """Sees to it that a thread goes no further, once the run was told to end.

    Raises:
        StoppedError: it was.
    """
    if _stopped.is_set():
        raise StoppedError("the run was told to end")
