"""A call that hangs or dies costs its own outcome, and its process goes with it."""

import os
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

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

LIMITS = Limits(page_deadline_s=1.5, page_wall_s=10.0)
_RULES = "tasks.extract.extract"


def do_as_told(word: str, order: Path) -> str:
    """Does what a call may do, in the process that it is made in."""
    if word == "hang":
        # A regular expression that backtracks for ever: C code that holds the interpreter's lock.
        re.match(r"(a+)+$", "a" * 64 + "b")
    elif word == "wait":
        Event().wait(60)
    elif word == "exit":
        os._exit(7)
    elif word == "exit once" and not (order / "exited").exists():
        (order / "exited").touch()
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
    assert [calls.call(do_as_told, word, Path("raw")) for word in words] == [
        *("a in raw", None, "b in raw", None, "c in raw")
    ]


def test_what_waits_for_ever_is_given_up(calls: ForkedCalls) -> None:
    assert calls.call(do_as_told, "wait", Path("raw")) is None
    assert calls.call(do_as_told, "a", Path("raw")) == "a in raw"


def test_the_process_has_the_rules_and_raises_here(calls: ForkedCalls) -> None:
    assert calls.call(do_as_told, "has the rules", Path("raw")) == "True"
    with pytest.raises(FileNotFoundError):
        calls.call(do_as_told, "raise", Path("raw"))
    assert calls.call(do_as_told, "a", Path("raw")) == "a in raw"


@pytest.mark.parametrize("size", [1, 500_000])
def test_a_process_that_is_killed_while_it_is_idle_costs_nothing(
    calls: ForkedCalls, size: int
) -> None:
    process = _process_of(calls)
    process.kill()
    wait_for(lambda: not _lives(process), 10, "the process to end")
    assert calls.call(do_as_told, "a" * size, Path("raw")) == f"{'a' * size} in raw"
    template = _process_of(calls).parent()
    assert template
    template.kill()
    # At once, while it is about to go: the next start may be refused.
    assert calls.call(do_as_told, "a" * size, Path("raw")) == f"{'a' * size} in raw"
    wait_for(lambda: not _lives(template), 10, "the template to end")
    assert calls.call(do_as_told, "a" * size, Path("raw")) == f"{'a' * size} in raw"


def test_one_that_dies_once_is_called_again(calls: ForkedCalls, tmp_path: Path) -> None:
    assert calls.call(do_as_told, "exit once", tmp_path) == f"exit once in {tmp_path.name}"


def test_its_process_goes_when_it_is_closed_and_who_waits_is_told(calls: ForkedCalls) -> None:
    process = _process_of(calls)
    template = process.parent()
    assert template
    with ThreadPoolExecutor(1) as beside:
        waiting = beside.submit(calls.call, do_as_told, "hang", Path("raw"))
        close_shared_pools()
        with pytest.raises(StoppedError):
            waiting.result(timeout=10)
    wait_for(lambda: not _lives(process), 10, "the process to end")
    wait_for(lambda: not _lives(template), 10, "the template to end")
    calls.close()
    with pytest.raises(StoppedError):
        calls.call(do_as_told, "a", Path("raw"))


def test_without_a_pool_there_is_no_template_to_call() -> None:
    assert forked_calls(LIMITS) is None


def _process_of(calls: ForkedCalls) -> psutil.Process:
    told = calls.call(do_as_told, "process", Path("raw"))
    assert told
    return psutil.Process(int(told))


def _lives(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
