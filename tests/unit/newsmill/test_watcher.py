"""A command whose memory is limited says in one line whatever ends it."""

import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import NEWSMILL

_LINE = "there is too little memory"
_WATCHED = """
import atexit, os, signal, sys, threading
from newsmill.watcher import watch_limited_memory
atexit.register(watch_limited_memory("there is too little memory"))
"""
_ENOUGH = 8 << 30


def _limit_memory(command: list[str | Path], limit: int) -> "subprocess.Popen[str]":
    shell = f'ulimit -v {limit >> 10}; exec "$@"'
    return subprocess.Popen(
        ["sh", "-c", shell, "sh", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def _run(code: str, limit: int = _ENOUGH) -> tuple[int, str]:
    with _limit_memory([sys.executable, "-c", _WATCHED + code], limit) as process:
        _, said = process.communicate()
    return process.returncode, said.strip()


@pytest.mark.parametrize(
    ("code", "status", "said"),
    [
        ("os.abort()", 1, _LINE),
        ("os._exit(127)", 1, _LINE),  # of the C library, without memory for a thread
        ("os._exit(1)", 1, _LINE),  # of OpenBLAS
        ("os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL, ""),
        ("os.write(2, b'Traceback of a worker')", 0, ""),
        ("threading.Thread(target=int, args=('x',)).start()", 0, ""),
        ("print('newsmill: a line', file=sys.stderr); sys.exit(3)", 3, "newsmill: a line"),
    ],
)
def test_what_ends_it_is_said_once(code: str, status: int, said: str) -> None:
    assert _run(code) == (status, said)


def test_a_fault_of_ours_keeps_its_traceback() -> None:
    status, said = _run("{}['outlet']")
    assert status == 1
    assert said.startswith("Traceback")
    assert said.endswith("KeyError: 'outlet'")


def test_it_ends_by_the_signal_that_its_watcher_gets() -> None:
    code = "print('ready', flush=True); signal.pause()"
    with _limit_memory([sys.executable, "-c", _WATCHED + code], _ENOUGH) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.terminate()
    assert process.returncode == -signal.SIGTERM


@pytest.mark.skipif(
    resource.getrlimit(resource.RLIMIT_AS)[1] != resource.RLIM_INFINITY, reason="limited already"
)
@pytest.mark.parametrize("limit", [200 << 20, 400 << 20])
def test_a_run_without_memory_ends_in_one_line(tmp_path: Path, limit: int) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "page.html").write_text("<p>Harbour opens</p>")
    places = ["--raw", tmp_path / "raw", "--warehouse", tmp_path / "warehouse"]
    with _limit_memory([NEWSMILL, "run", *places], limit) as process:
        _, said = process.communicate()
    assert process.returncode == 1
    # A library whose import fails for it may say a line of its own before.
    assert "Traceback" not in said
    (line,) = (line for line in said.splitlines() if line.startswith("newsmill: "))
    assert line.startswith(f"newsmill: {_LINE} (ulimit -v is {limit >> 10})")
    assert "fewer --workers" in line
