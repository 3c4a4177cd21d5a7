"""The benchmarks of hostile documents and moments, shorter and with seeds of their own."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from tests.reliability.raw_folders import Page, write_pages

pytestmark = [pytest.mark.campaign, pytest.mark.timeout(900)]
_DAYS, _PAGES_A_DAY = 12, 20


def _run(benchmark: str, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    """Runs a benchmark, which fails where a promise is broken."""
    command = [sys.executable, PROJECT / "benchmarks" / benchmark, *arguments]
    finished = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert finished.returncode == 0, f"{finished.stdout}\n{finished.stderr}"
    return finished


def test_every_mutated_document_is_accounted_for() -> None:
    finished = _run("fuzz.py", "--documents", "3000", "--first-seed", "100000")
    assert "every one accounted for; faults of newsmill: 0" in finished.stdout


def test_what_is_interrupted_anywhere_is_finished_by_the_next_run(tmp_path: Path) -> None:
    for day in range(_DAYS):
        numbers = range(day * _PAGES_A_DAY, (day + 1) * _PAGES_A_DAY)
        write_pages(tmp_path, (Page(n, published=n % 5, landing=day) for n in numbers))
    counts = ("--kill", "3", "--term", "2", "--int", "2", "--stop", "1")
    finished = _run(
        "interruptions.py", "--raw", tmp_path, *counts, "--pause", "5", "--seed", "100000"
    )
    met = re.findall(r"^SIG[A-Z]+ +(\d+)", finished.stdout, re.MULTILINE)
    assert sum(map(int, met)) >= 4, finished.stdout


def test_a_made_up_web_is_collected_completely_and_politely() -> None:
    finished = _run("collecting.py", "--hosts", "50", "--days", "7", "--seed", "100000")
    assert "0 of them twice" in finished.stdout


def test_what_a_killed_collector_stored_is_in_raw_once() -> None:
    finished = _run("collect_kills.py", "--kills", "30", "--seed", "100000")
    assert "0 of them twice or more" in finished.stdout
