"""A call in a process of its own: what it returns and raises, and how it ends with its caller."""

import operator
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Timer

import psutil
import pytest

from schemas.settings import Settings
from tasks.normalize.reference import ReferenceSource
from tasks.publish.partitions import publish_share
from tasks.publish.select import select_partitions
from tasks.storage.apart import GIVING_BACK, ProcessLostError, call_apart, end_calls
from tasks.storage.parquet import DamagedFileError
from tasks.storage.records import staged_batches
from tasks.storage.stopping import StoppedError, resume_writing, stop_writing
from tasks.validate.findings import Finding, HeldBackError
from tasks.validate.judging import judge_staged
from tasks.validate.verdicts import pending_batches, read_verdict
from tests.conftest import PROJECT
from tests.reliability.raw_folders import Page, write_pages
from tests.warehouses import make_warehouse

FINDING = Finding(measure="texts", value="1", expected="9", advice="look")


def test_it_returns_what_the_function_returns() -> None:
    assert call_apart(operator.add, [FINDING], [None]) == [FINDING, None]


@pytest.mark.parametrize("given", [None, "4194304"])
def test_it_gives_memory_back_unless_the_environment_says_otherwise(
    given: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "MALLOC_TRIM_THRESHOLD_"
    monkeypatch.delenv(name, raising=False)
    if given is not None:
        monkeypatch.setenv(name, given)
    assert call_apart(os.getenv, name) == (given or str(GIVING_BACK[name]))


def test_what_it_prints_is_no_answer(capfd: pytest.CaptureFixture[str]) -> None:
    assert call_apart(print, "by the way") is None
    assert "by the way" in capfd.readouterr().err


def test_it_raises_what_the_function_raises() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        call_apart(int, "x")


@pytest.mark.parametrize(
    "error", [HeldBackError([FINDING]), DamagedFileError(Path("a.parquet"), "a flipped byte")]
)
def test_what_the_validate_step_raises_comes_back_whole(error: Exception) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def test_a_process_that_ends_without_a_word_is_told() -> None:
    with pytest.raises(ProcessLostError, match="ended with status 3"):
        call_apart(os._exit, 3)


def test_a_run_that_is_told_to_end_waits_for_no_call() -> None:
    def stop() -> None:
        stop_writing()
        end_calls()

    Timer(1, stop).start()
    try:
        with pytest.raises(StoppedError):
            call_apart(time.sleep, 600)
    finally:
        resume_writing()


def test_an_interrupt_from_the_terminal_is_left_to_the_caller(
    capfd: pytest.CaptureFixture[str],
) -> None:
    def interrupt() -> None:
        for child in psutil.Process().children():
            if "tasks.storage.apart" in " ".join(child.cmdline()):
                child.send_signal(signal.SIGINT)

    Timer(2, interrupt).start()
    assert call_apart(time.sleep, 4) is None
    assert capfd.readouterr().err == ""


def test_records_are_judged_apart_as_they_are_here(tmp_path: Path) -> None:
    raw, root = tmp_path / "raw", tmp_path / "warehouse"
    write_pages(raw, [Page(article=0), Page(article=1, published=1)])
    warehouse, _ = make_warehouse(raw, root)
    here = {batch: read_verdict(warehouse, batch) for batch in staged_batches(warehouse)}
    shutil.rmtree(warehouse.verdicts)
    assert call_apart(judge_staged, str(root), ReferenceSource(), False) == []
    assert pending_batches(warehouse) == []
    assert here == {batch: read_verdict(warehouse, batch) for batch in here}


def test_partitions_are_published_apart_as_they_are_here(tmp_path: Path) -> None:
    raw, root = tmp_path / "raw", tmp_path / "warehouse"
    write_pages(raw, [Page(article=0), Page(article=1, published=1)])
    warehouse, _ = make_warehouse(raw, root)
    here = {path: path.read_bytes() for path in root.glob("*/published_month=*/part-0.parquet")}
    for path in here:
        path.unlink()
    settings = Settings()
    share = select_partitions(warehouse, settings)
    counts = call_apart(publish_share, warehouse, share, settings)
    assert [(count.partition, count.rows) for count in counts] == [(one, 1) for one in share]
    assert here == {path: path.read_bytes() for path in here if path.exists()}


def test_it_does_not_outlive_its_caller() -> None:
    code = "import time; from tasks.storage.apart import call_apart; call_apart(time.sleep, 600)"
    caller = subprocess.Popen([sys.executable, "-c", code], cwd=PROJECT)
    process = psutil.Process(caller.pid)
    while not (children := process.children()):
        time.sleep(0.05)
    caller.send_signal(signal.SIGKILL)
    caller.wait()
    gone, alive = psutil.wait_procs(children, timeout=60)
    assert gone
    assert not alive
