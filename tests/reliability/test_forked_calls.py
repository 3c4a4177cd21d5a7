"""A call that hangs or dies costs its own outcome, and its process goes with it."""

import os
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from schemas.settings import Limits, Settings
from tasks.normalize.reference import ReferenceSource
from tasks.stage.forked_calls import ForkedCalls
from tasks.stage.shared_pools import (
    close_page_pools,
    close_shared_pools,
    forked_calls,
    shared_pool,
)
from tasks.storage.stopping import StoppedError
from tests.servers import wait_for

LIMITS = Limits(page_deadline_s=1.5)
_RULES = "tasks.extract.extract"


def do_as_told(word: str, order: Path) -> str:
    """Does what a call may do, in the process that it is made in."""
    if word == "hang":
        # A regular expression that backtracks for ever: C code that holds the interpreter's lock.
        re.match(r"(a+)+$", "a" * 64 + "b")
    elif word == "exit":
        os._exit(7)
    elif word == "raise":
        raise FileNotFoundError(word)
    elif word == "process":
        return str(os.getpid())
    elif word == "has the rules":
        return str(_RULES in sys.modules)
    return f"{word} in {order.name}"


@pytest.fixture
def calls() -> Iterator[ForkedCalls]:
    """Calls beside a pool that has gone."""
    shared_pool(Settings(workers=1, limits=LIMITS), ReferenceSource())
    found = forked_calls(LIMITS)
    close_page_pools()
    assert found
    yield found
    close_shared_pools()


def test_what_hangs_or_dies_leaves_others_their_outcomes(calls: ForkedCalls) -> None:
    words = ["a", "hang", "b", "exit", "c"]
    assert list(calls.map(do_as_told, words, Path("raw"))) == [
        *("a in raw", None, "b in raw", None, "c in raw")
    ]


def test_the_process_has_the_rules_and_raises_here(calls: ForkedCalls) -> None:
    has_rules, raised = (
        calls.map(do_as_told, ["has the rules"], Path("raw")),
        calls.map(do_as_told, ["raise"], Path("raw")),
    )
    assert next(has_rules) == "True"
    with pytest.raises(FileNotFoundError):
        next(raised)


def test_its_process_goes_when_it_is_closed_and_who_waits_is_told(calls: ForkedCalls) -> None:
    (process,) = calls.map(do_as_told, ["process"], Path("raw"))
    assert process
    template = psutil.Process(int(process)).parent()
    assert template
    with ThreadPoolExecutor(1) as beside:
        hung = calls.map(do_as_told, ["hang"], Path("raw"))
        waiting = beside.submit(next, hung)
        close_shared_pools()
        with pytest.raises(StoppedError):
            waiting.result(timeout=10)
    wait_for(lambda: not psutil.pid_exists(int(process)), 10, "the process to end")
    wait_for(lambda: not _lives(template), 10, "the template to end")
    with pytest.raises(StoppedError):
        calls.map(do_as_told, ["a"], Path("raw"))


def test_without_a_pool_there_is_no_template_to_call() -> None:
    assert forked_calls(LIMITS) is None


def _lives(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
