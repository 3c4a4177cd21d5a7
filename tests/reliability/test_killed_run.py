"""A run that is ended anywhere, by anybody, is finished by the next, with the same bytes."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import psutil
import pytest

from tests.conftest import NEWSMILL, Command, read_published
from tests.reliability.raw_folders import Page, write_pages

_POLL_S = 0.01
_PRESSED_AGAIN_S = 0.1
_STAGED = ("staged/records/[!.]*",)
_PUBLISHED = ("articles/*/*", "money/*/*", "quarantine/*/*")
_ADVICE = "Nothing is half-written; the next run finishes the work."


def _kill_group(run: psutil.Process) -> None:
    """Kills a run with its workers."""
    os.killpg(run.pid, signal.SIGKILL)


def _interrupt_group(run: psutil.Process) -> None:
    """Ctrl-C in a terminal."""
    os.killpg(run.pid, signal.SIGINT)


def _interrupt_again_and_again(run: psutil.Process) -> None:
    """Ctrl-C by somebody who does not want to wait, until the prompt is back."""
    while run.is_running() and run.status() != psutil.STATUS_ZOMBIE:
        run.send_signal(signal.SIGINT)
        time.sleep(_PRESSED_AGAIN_S)


def _terminate(run: psutil.Process) -> None:
    """What systemd, Kubernetes and Prefect's worker do."""
    run.terminate()


def _hang_up(run: psutil.Process) -> None:
    """The terminal is closed."""
    run.send_signal(signal.SIGHUP)


def _kill_server(run: psutil.Process) -> None:
    """Kills the server that the run has started for itself."""
    (server,) = (
        child for child in run.children() if any("create_app" in word for word in child.cmdline())
    )
    server.kill()


@dataclass(frozen=True, slots=True)
class Interruption:
    """How a run is ended, once files come into being that these patterns find, and what it says."""

    end: Callable[[psutil.Process], None]
    signs: tuple[str, ...]
    status: int
    said: str


USUAL = (Interruption(_kill_group, _PUBLISHED, -9, ""),)
OTHER = (
    Interruption(_terminate, _STAGED, 143, f"newsmill: ended by SIGTERM. {_ADVICE}"),
    Interruption(_kill_server, _STAGED, 1, "was killed by signal 9, and the run ends with it."),
    Interruption(_interrupt_group, _STAGED, 130, f"newsmill: ended by SIGINT. {_ADVICE}"),
    Interruption(_interrupt_again_and_again, _STAGED, 130, f"newsmill: ended by SIGINT. {_ADVICE}"),
    Interruption(_hang_up, _STAGED, 129, f"newsmill: ended by SIGHUP. {_ADVICE}"),
)


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "interruptions",
    [
        pytest.param(USUAL, id="usual"),
        pytest.param(OTHER, id="other", marks=pytest.mark.campaign),
    ],
)
def test_the_next_run_finishes_what_was_interrupted(
    interruptions: Sequence[Interruption],
    newsmill: Command,
    environment: dict[str, str],
    tmp_path: Path,
) -> None:
    """One warehouse meets all of it, run after run."""
    raw, warehouse = tmp_path / "raw", tmp_path / "warehouse"
    write_pages(raw, (Page(n, published=n % 5, landing=n) for n in range(60)))
    for interruption in interruptions:
        # All pages are to be staged again, so that no run is done before it is told to end.
        shutil.rmtree(warehouse / "staged" / "records", ignore_errors=True)
        _interrupt(interruption, raw, warehouse, environment)
    finished = newsmill("run", "--raw", raw, "--warehouse", warehouse)
    assert finished.returncode == 0, finished.stderr
    clean = newsmill("run", "--raw", raw, "--warehouse", tmp_path / "clean")
    assert clean.returncode == 0, clean.stderr
    assert read_published(warehouse) == read_published(tmp_path / "clean")
    assert not list(warehouse.rglob("*.tmp"))


def _interrupt(
    interruption: Interruption, raw: Path, warehouse: Path, environment: dict[str, str]
) -> None:
    before = _files(warehouse, interruption.signs)
    with subprocess.Popen(
        [NEWSMILL, "run", "--raw", raw, "--warehouse", warehouse],
        env=environment | {"NEWSMILL_WORKERS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        # Where the tests run under nohup, a run would ignore it as they do.
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),  # noqa: PLW1509 - no locks
    ) as run:
        poll = Event()
        while run.poll() is None and _files(warehouse, interruption.signs) <= before:
            poll.wait(_POLL_S)
        assert run.poll() is None, "the run ended before it could be interrupted"
        process = psutil.Process(run.pid)
        family = process.children(recursive=True)
        interruption.end(process)
        _, said = run.communicate()
    assert (run.returncode, len(said.strip().splitlines())) == (
        interruption.status,
        bool(interruption.said),
    ), said
    assert interruption.said in said
    if interruption.said:
        _, alive = psutil.wait_procs(family, timeout=10)
        assert not alive, "nothing of a run that ends by itself stays behind"


def _files(warehouse: Path, signs: tuple[str, ...]) -> set[tuple[Path, float]]:
    found = {path for sign in signs for path in warehouse.glob(sign)}
    return {(path, path.stat().st_mtime) for path in found if path.exists()}
