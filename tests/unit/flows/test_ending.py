"""A signal ends a process wherever it comes, and a second one at once."""

import signal
import subprocess
import sys

import psutil
import pytest

SWALLOWED = """
import os, signal, weakref
from flows.ending import ended_in_order, raise_on_signals

class Thing: pass

raise_on_signals()
thing = Thing()
held = weakref.ref(thing, lambda _: os.kill(os.getpid(), signal.SIGTERM))
del thing
with ended_in_order(print):
    print("the flow began")
"""
LEAVING = """
import signal, subprocess, sys, time
from flows.ending import leave_on_signals

leave_on_signals(143)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
try:
    time.sleep(60)
finally:
    print("this is not waited for")
"""
STUCK = """
import time
from flows import ending

ending._PATIENCE_S = 0.1
ending.raise_on_signals()
with ending.ended_in_order(lambda: None):
    print("the flow began", flush=True)
    while True:
        try:
            time.sleep(60)
        except SystemExit:
            pass
"""


def test_a_signal_that_python_swallowed_ends_the_run_before_it_begins() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SWALLOWED], capture_output=True, text=True, check=False
    )
    assert done.returncode == 143
    assert "the flow began" not in done.stdout


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_process_that_only_has_to_end_does_so_at_once_with_its_children(
    number: signal.Signals,
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", LEAVING],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        child = psutil.Process(int(process.stdout.readline()))
        process.send_signal(number)
        rest, said = process.communicate(timeout=30)
    assert (process.returncode, rest, said) == (143, "", "")
    _, alive = psutil.wait_procs([child], timeout=30)
    assert not alive


def test_a_process_that_does_not_end_is_ended_though_nobody_can_be_told() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STUCK], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "the flow began\n"
        process.stderr.close()
        process.send_signal(signal.SIGTERM)
        try:
            assert process.wait(timeout=30) == 143
        finally:
            process.kill()
