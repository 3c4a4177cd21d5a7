"""A process that has loaded what every document needs, and of which workers are forked.

Loading takes seconds of CPU and some 150 MB. A forked worker has it all at once, and shares the
memory that neither writes to. A process forked of the flow itself would inherit the locks of
Prefect's threads; the template has none.

Workers do not import the main module, which may be Prefect's, or a script without a guard.
"""

import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver, popen_forkserver, reduction, spawn, util
from multiprocessing.context import ForkServerContext, ForkServerProcess, set_spawning_popen
from multiprocessing.process import BaseProcess
from threading import Lock
from typing import Any
from weakref import WeakSet

_LOADED, _LOADED_FOR_MANY = "tasks.stage.loaded", "tasks.stage.loaded_for_many"
_MAIN = ("init_main_from_name", "init_main_from_path")


class _Template(forkserver.ForkServer):
    """The template of this process; that of multiprocessing is left to others."""

    def __init__(self) -> None:
        super().__init__()
        self._users: WeakSet[ForkServerContext] = WeakSet()
        self._changing = Lock()

    def use(self, user: ForkServerContext, *, for_many: bool) -> None:
        """Notes who will fork workers, until it is released. One that runs stays as it is."""
        with self._changing:
            self.set_forkserver_preload([_LOADED_FOR_MANY if for_many else _LOADED])
            self._users.add(user)

    def release(self, user: ForkServerContext) -> None:
        """Ends the template where nobody uses it any more. Its memory is that of a worker."""
        with self._changing:
            self._users.discard(user)
            pid: int | None = self._forkserver_pid  # type: ignore[attr-defined]
            if not self._users and pid is not None:
                # Asked to end, it would first take all apart that it has loaded.
                os.kill(pid, signal.SIGKILL)
                self._stop()  # type: ignore[attr-defined]

    def ensure_running(self) -> None:
        """Starts it where it does not run."""
        with _interrupts_blocked(), _imports_as_here():
            super().ensure_running()


_template = _Template()


class _Popen(popen_forkserver.Popen):
    """A forked process. `_launch` is that of the standard library, but for its template."""

    def _launch(self, process_obj: BaseProcess) -> None:
        preparation = spawn.get_preparation_data(process_obj.name)
        for name in _MAIN:
            preparation.pop(name, None)
        told = io.BytesIO()
        set_spawning_popen(self)
        try:
            reduction.dump(preparation, told)
            reduction.dump(process_obj, told)
        finally:
            set_spawning_popen(None)
        self.sentinel, asking = _template.connect_to_new_process(self._fds)  # type: ignore[attr-defined]
        # The child ends when nobody holds this end of its pipe any more.
        held = os.dup(asking)
        self.finalizer = util.Finalize(self, util.close_fds, (held, self.sentinel))  # type: ignore[attr-defined]
        with os.fdopen(asking, "wb") as pipe:
            pipe.write(told.getbuffer())
        self.pid = forkserver.read_signed(self.sentinel)


class ForkedProcess(ForkServerProcess):
    """A process forked of the template; as `multiprocessing.Process`."""

    @staticmethod
    def _Popen(process_obj: BaseProcess) -> _Popen:
        return _Popen(process_obj)


class Forking(ForkServerContext):
    """A context of multiprocessing whose processes are forked of the template, and known.

    Whoever makes one closes it.

    Args:
        for_many: whether the template loads what few pages need, too.
    """

    def __init__(self, *, for_many: bool = False) -> None:
        super().__init__()
        _template.use(self, for_many=for_many)
        self._started: WeakSet[ForkedProcess] = WeakSet()

    def Process(self, *arguments: Any, **named: Any) -> ForkedProcess:  # type: ignore[override]
        """Returns a process that is about to be started."""
        process = ForkedProcess(*arguments, **named)
        self._started.add(process)
        return process

    def load(self) -> None:
        """Starts the template where it does not run; the first process waits until it is loaded."""
        _template.ensure_running()

    def kill_all(self) -> None:
        """Kills what was started and has not ended."""
        for process in tuple(self._started):
            if process.pid:
                process.kill()

    def close(self) -> None:
        """Ends the template, if nobody else uses it."""
        _template.release(self)


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Keeps Ctrl-C from what is started meanwhile, and from what that starts.

    Workers ignore it themselves, but not at once.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _imports_as_here() -> Iterator[None]:
    """Lets a new interpreter import what this one does.

    What lies in the working directory may have our packages' names.
    """
    told = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONSAFEPATH": "1"}
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
